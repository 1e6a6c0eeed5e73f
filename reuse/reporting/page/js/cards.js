// The documents one document is shared with, those that count as its sources first, in rank order.
import { stackedBar } from "./bars.js";
import { h } from "./dom.js";
import { nameOf, originOf } from "./naming.js";
import { strongestMatch } from "./pairing.js";
import { isOwn, share } from "./ratios.js";
import { setFilters, state, to } from "./state.js";
import { percent, t } from "./words.js";

const FIRST_CARDS = 12;

/** Light up the stretches shared with document `source`, and dim the others, while `on`. */
function spotlight(source, on) {
  const text = document.querySelector(".reading .speech");
  text?.classList.toggle("spotlit", on);
  text?.querySelectorAll("mark").forEach((mark) => {
    mark.classList.toggle("lit", on && mark.dataset.sources.split(" ").includes(String(source)));
  });
}

function firstMark(source) {
  const marks = [...document.querySelectorAll(".reading mark")];
  return marks.find((mark) => mark.dataset.sources.split(" ").includes(String(source)));
}

function showFirst(source) {
  const mark = firstMark(source);
  mark?.scrollIntoView({ block: "center" });
  mark?.focus({ preventScroll: true });
}

function leaveOut(source) {
  setFilters({ without: new Set([...state().filters.without, source]) });
}

function card(report, audited, n, { n: other, characters, counts, role }, rank) {
  const row = report.documents[other];
  const own = audited.documents[n];
  const match = strongestMatch(audited, own.weighed, other);
  const figure =
    characters === undefined
      ? null
      : [
          stackedBar(counts, own.counted),
          h(
            "p",
            { class: "card-figure" },
            h("strong", {}, percent(share(own, characters))),
            " ",
            t("ratio.of", { part: characters, whole: own.counted }),
          ),
        ];
  return h(
    "li",
    {
      class: "card",
      onmouseenter: () => spotlight(other, true),
      onmouseleave: () => spotlight(other, false),
    },
    h(
      "div",
      { class: "card-head" },
      rank === null ? null : h("span", { class: "rank" }, String(rank)),
      h(
        "a",
        { class: "card-title", href: to(["pair", ...[n, other].sort((a, b) => a - b)], match?.id) },
        nameOf(row),
      ),
    ),
    h(
      "p",
      { class: "origin" },
      originOf(row),
      role && role !== "later" ? h("span", { class: "tag" }, t(`source.${role}`)) : null,
    ),
    figure,
    h(
      "p",
      { class: "card-actions" },
      h("button", { type: "button", class: "quiet", onclick: () => showFirst(other) }, t("source.show")),
      h("button", { type: "button", class: "quiet", onclick: () => leaveOut(other) }, t("source.leaveOut")),
    ),
  );
}

/** Documents that hold something of `n` and are no source of it, with the reason: later, own, version, base. */
function othersOf(report, audited, n, sources) {
  const known = new Set([n, ...sources.map((source) => source.n)]);
  const row = report.documents[n];
  const holders = new Set(audited.claims.of(n).flatMap((claim) => claim.holders));
  return [...holders]
    .filter((other) => !known.has(other) && !audited.filters.without.has(other))
    .sort((a, b) => a - b)
    .map((other) => ({ n: other, role: roleOf(row, report.documents[other]) }));
}

function roleOf(row, other) {
  if (row.version === other.version) return "version";
  if (other.base) return "base";
  return isOwn(row, other) ? "own" : "later";
}

function section(title, note, items) {
  const list = h(
    "ol",
    { class: "cards" },
    items.slice(0, FIRST_CARDS).map((draw) => draw()),
  );
  const rest = items.slice(FIRST_CARDS);
  const more = h(
    "button",
    { type: "button", class: "more", hidden: rest.length === 0 },
    t("more", { n: rest.length }),
  );
  more.addEventListener("click", () => {
    list.append(...rest.map((draw) => draw()));
    more.hidden = true;
  });
  return h("section", {}, h("h2", {}, title), note ? h("p", { class: "note" }, note) : null, list, more);
}

/** The column of cards of document `n`, and the rank of every source, as marks in the text show it. */
export function sourceCards(report, audited, n, sources) {
  const ranks = new Map(sources.map((source, place) => [source.n, place + 1]));
  const others = othersOf(report, audited, n, sources);
  const parts = [];
  if (sources.length)
    parts.push(
      section(
        t("source.title"),
        null,
        sources.map((source, place) => () => card(report, audited, n, source, place + 1)),
      ),
    );
  if (others.length)
    parts.push(
      section(
        t("source.later"),
        t("source.later.note"),
        others.map((other) => () => card(report, audited, n, other, null)),
      ),
    );
  if (!parts.length)
    parts.push(
      h(
        "div",
        { class: "empty" },
        h("p", {}, t("source.none")),
        h("p", { class: "note" }, t("source.none.note")),
      ),
    );
  return { cards: h("aside", { class: "sources", "aria-label": t("source.title") }, parts), ranks };
}
