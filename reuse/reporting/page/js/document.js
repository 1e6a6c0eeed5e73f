// One speech: its words with what is shared marked in them, and the documents it is shared with.
import { legend, positionBar, stackedBar } from "./bars.js";
import { sourceCards } from "./cards.js";
import { CodePoints } from "./coordinates.js";
import { coverOf, withBridges } from "./cover.js";
import { loadText } from "./data.js";
import { h } from "./dom.js";
import { cutUp, speech } from "./marks.js";
import { nameOf, originOf } from "./naming.js";
import { noteItem } from "./notes.js";
import { strongestMatch } from "./pairing.js";
import { share, sourcesOf } from "./ratios.js";
import { to } from "./state.js";
import { number, percent, t, tOr } from "./words.js";

/** Whom a stretch is shared with: its sources, or whoever holds it where it does not count. */
function namedBy(stretch) {
  return [
    ...new Set(
      stretch.claims.flatMap((claim) =>
        stretch.later || !claim.others.length ? claim.holders : claim.others,
      ),
    ),
  ];
}

/** Of several the one with the best rank, else the first. */
function bestOf(numbers, ranks) {
  return numbers.reduce(
    (best, n) => ((ranks.get(n) ?? Infinity) < (ranks.get(best) ?? Infinity) ? n : best),
    numbers[0],
  );
}

/** Where a click on a marked stretch goes: side by side, at the strongest match of that place. */
function pairAddress(audited, n, stretch, other) {
  return to(
    ["pair", ...[n, other].sort((a, b) => a - b)],
    strongestMatch(audited, stretch.claims, other)?.id,
  );
}

function markOf(audited, n, ranks) {
  return (piece) => {
    const { stretch } = piece;
    if (stretch.bridge)
      return h("span", { class: `bridge part-${stretch.part}${stretch.later ? " later" : ""}` }, piece.text);
    const named = namedBy(stretch);
    const best = bestOf(named, ranks);
    const rank = stretch.later ? undefined : ranks.get(best);
    const properties = {
      class: `part-${stretch.part}${stretch.later ? " later" : ""}`,
      "data-start": String(stretch.start),
      "data-sources": named.join(" "),
    };
    if (best !== undefined) {
      const go = () => {
        if (String(getSelection()) === "") location.hash = pairAddress(audited, n, stretch, best);
      };
      Object.assign(properties, {
        role: "link",
        tabindex: piece.first && !stretch.continued ? "0" : "-1",
        onclick: go,
        onkeydown: (event) => event.key === "Enter" && go(),
      });
    }
    const label =
      piece.first && !stretch.continued && rank !== undefined
        ? h("sup", { class: "rank", "aria-hidden": "true" }, String(rank))
        : null;
    return h("mark", properties, label, piece.text);
  };
}

function fact(name, value, detail = null) {
  return h(
    "div",
    { class: "fact" },
    h("dt", {}, name),
    h("dd", {}, h("strong", {}, value), detail ? h("span", { class: "detail" }, detail) : null),
  );
}

function figures(report, audited, n, sources) {
  const own = audited.documents[n];
  const { sizes } = own;
  const of = (characters) => t("ratio.of", { part: characters, whole: own.counted });
  const ofCounted = (key, characters) => fact(t(key), percent(share(own, characters)), of(characters));
  const aside = (part) =>
    fact(t(`part.${part}`), t("figure.leftOut"), t("figure.characters", { n: sizes[part] }));
  const isAside = { quoted: !audited.filters.quotations, phrase: !audited.filters.phrases, base: true };
  const largest = sources[0];
  return h(
    "dl",
    { class: "facts" },
    ofCounted("figure.reused", own.reused),
    ["copied", "edited", "templated"].map((part) => ofCounted(`part.${part}`, sizes[part])),
    sizes.self ? ofCounted("part.self", sizes.self) : null,
    ["quoted", "phrase", "base"]
      .filter((part) => sizes[part] || part === "phrase" || (part === "quoted" && isAside.quoted))
      .map((part) => (isAside[part] ? aside(part) : ofCounted(`part.${part}`, sizes[part]))),
    largest
      ? fact(t("figure.largest"), percent(share(own, largest.characters)), [
          of(largest.characters),
          t("list.comma"),
          h("a", { href: to(["document", largest.n]) }, nameOf(report.documents[largest.n])),
        ])
      : null,
    fact(t("figure.longest"), t("figure.characters", { n: own.longest })),
    fact(t("figure.sources"), number(own.sourceCount), t(`basis.${own.basis}`)),
  );
}

function knownAbout(row, extra) {
  const pairs = [
    ["about.id", row.id],
    ["about.source", row.source === row.id ? null : row.source],
    ["about.date", row.date],
    ["about.author", row.author],
    ["about.place", row.place],
    ["about.series", row.series],
    ["about.characters", t("about.compared", { characters: row.characters, compared: row.compared })],
    ["about.sha256", row.sha256],
  ].filter(([, value]) => value !== null && value !== undefined);
  const more = Object.entries(extra ?? {}).filter(([, value]) => value !== null && value !== "");
  return h(
    "details",
    { class: "about" },
    h("summary", {}, t("document.about")),
    h(
      "dl",
      {},
      pairs.map(([key, value]) => [h("dt", {}, t(key)), h("dd", {}, value)]),
      more.map(([key, value]) => [
        h("dt", {}, key),
        h("dd", {}, typeof value === "string" ? value : JSON.stringify(value)),
      ]),
    ),
  );
}

function removedSummary(row) {
  if (!row.removed.length) return null;
  const counts = new Map();
  for (const [start, end, reason] of row.removed) counts.set(reason, (counts.get(reason) ?? 0) + end - start);
  const list = [...counts].map(([reason, n]) => `${tOr(`removed.${reason}`, reason)} ${number(n)}`);
  return h("p", { class: "note" }, t("document.removed", { list: list.join(t("list.comma")) }));
}

/** The line of the text that begins last at or before `place`, brought into view. */
function showPlace(holder, place) {
  const lines = [...holder.querySelectorAll(".line")];
  const line = lines.findLast((each) => Number(each.dataset.start) <= place) ?? lines[0];
  line?.scrollIntoView({ block: "center" });
}

/** Draw the view of document `path[1]`. */
export async function documentView({ report, audited, path }) {
  const n = Number(path[1]);
  const row = report.documents[n];
  const { text, metadata } = await loadText(report, n);
  const own = audited.documents[n];
  const sources = sourcesOf(report, audited, n);
  const cover = coverOf(row, own);
  const removed = row.removed.map(([start, end, reason]) => ({ start, end, reason }));
  const { cards, ranks } = sourceCards(report, audited, n, sources);
  const points = new CodePoints(text);
  const words = speech(cutUp(points, withBridges(cover), removed), markOf(audited, n, ranks));
  return h(
    "article",
    { class: "view document" },
    h(
      "p",
      { class: "crumb" },
      h("a", { href: to(["overview"]) }, t("nav.overview")),
      h("span", { "aria-hidden": "true" }, " / "),
      t("document.crumb"),
    ),
    h("h1", { tabindex: "-1" }, nameOf(row)),
    h("p", { class: "origin" }, originOf(row)),
    row.truncated ? h("p", { class: "note warn" }, t("document.truncated")) : null,
    h("div", { class: "measure" }, stackedBar(own.sizes, own.compared), figures(report, audited, n, sources)),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button", href: to(["sheet", "document", n]) }, t("sheet.make")),
    ),
    row.notes.length
      ? h(
          "section",
          { class: "notes" },
          h("h2", {}, t("family.notes.title")),
          h(
            "ul",
            {},
            row.notes.map((note) => noteItem(report, { ...note, n: null })),
          ),
        )
      : null,
    removedSummary(row),
    knownAbout(row, metadata),
    positionBar(points.length || 1, cover, (place) => showPlace(words, place)),
    legend(new Set(cover.map((stretch) => stretch.part)), false),
    h(
      "div",
      { class: "reading" },
      h("section", { class: "paper", "aria-label": t("document.text") }, words),
      cards,
    ),
  );
}
