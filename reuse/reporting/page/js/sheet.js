// The evidence sheet of a document or of a pair: everything a reader needs who was not there, for A4 paper.
import { CodePoints } from "./coordinates.js";
import { loadText } from "./data.js";
import { h } from "./dom.js";
import { nameOf, originOf } from "./naming.js";
import { matchesBetween } from "./pairing.js";
import { share, sourcesOf } from "./ratios.js";
import { KINDS, state, to } from "./state.js";
import { chance, number, percent, t } from "./words.js";

const WORDS = /[\p{L}\p{N}]/u;

/** The filters in force, in words: figures are nothing without them. */
function filtersInWords(report) {
  const { filters } = state();
  const said = [];
  if (filters.score) said.push(`${t("filter.score")} ≥ ${filters.score}`);
  if (filters.evidence) said.push(`${t("filter.evidence")} ≥ ${filters.evidence}`);
  if (filters.kinds.size < KINDS.length)
    said.push(
      `${t("filter.kinds")}: ${KINDS.filter((kind) => filters.kinds.has(kind))
        .map((kind) => t(`kind.${kind}`))
        .join(t("list.comma"))}`,
    );
  for (const name of ["phrases", "quotations", "own"])
    said.push(t(filters[name] ? `sheet.${name}.in` : `sheet.${name}.out`));
  const known = [...filters.without].filter((n) => report.documents[n]);
  if (known.length)
    said.push(
      `${t("filter.without")}: ${known.map((n) => nameOf(report.documents[n])).join(t("list.comma"))}`,
    );
  return said.join(t("list.semicolon"));
}

function settingsText(run) {
  const flat = (value, name) => {
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      return Object.entries(value).flatMap(([key, own]) => flat(own, name ? `${name}.${key}` : key));
    return [`${name} = ${Array.isArray(value) ? value.join(", ") : value}`];
  };
  return flat(run.settings ?? {}, "");
}

/** How the figures came about: program, scheme, settings, digest, filters. */
export function provenance(report) {
  const { run } = report;
  const versions = Object.entries(run.versions ?? {})
    .map(([name, version]) => `${name} ${version}`)
    .join(t("list.comma"));
  const line = (key, value) => (value ? [h("dt", {}, t(key)), h("dd", {}, value)] : null);
  return h(
    "dl",
    { class: "provenance" },
    line("sheet.versions", versions),
    line("sheet.scheme", run.scheme ? h("code", {}, run.scheme) : null),
    line(
      "sheet.corpus",
      t("sheet.corpus.size", { documents: report.documents.length, matches: number(report.matches.length) }),
    ),
    line("sheet.digest", h("code", { class: "digest" }, report.digest)),
    line("sheet.filters", filtersInWords(report)),
    line(
      "sheet.settings",
      settingsText(run).length
        ? h("span", { class: "settings" }, settingsText(run).join(t("list.semicolon")))
        : null,
    ),
  );
}

function documentHead(report, audited, n) {
  const row = report.documents[n];
  const own = audited.documents[n];
  const told = (characters) => percent(share(own, characters));
  const cells = [
    [t("figure.reused"), own.reused],
    ...["copied", "edited", "templated"].map((part) => [t(`part.${part}`), own.sizes[part]]),
  ];
  return h(
    "section",
    { class: "sheet-document" },
    h("h2", {}, nameOf(row)),
    h("p", { class: "origin" }, originOf(row)),
    h("p", { class: "origin digest" }, `${row.source} · sha256 ${row.sha256}`),
    h(
      "table",
      { class: "sheet-figures" },
      h("caption", { class: "unseen" }, t("sheet.figures")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          cells.map(([name]) => h("th", { scope: "col" }, name)),
        ),
      ),
      h(
        "tbody",
        {},
        h(
          "tr",
          {},
          cells.map(([, characters]) =>
            h(
              "td",
              {},
              h("strong", {}, told(characters)),
              h("br"),
              t("ratio.of", { part: characters, whole: own.counted }),
            ),
          ),
        ),
      ),
    ),
  );
}

/** One side of a match with what the other side lacks underlined. */
function sideText(points, match, side, aligned) {
  const at = side === "left" ? 0 : 2;
  const [start, end] = side === "left" ? [match.ls, match.le] : [match.rs, match.re];
  const nodes = [];
  let here = start;
  const differs = (until) => {
    const text = points.slice(here, Math.max(here, until));
    if (text) nodes.push(WORDS.test(text) ? h(side === "left" ? "del" : "ins", {}, text) : text);
    here = Math.max(here, until);
  };
  for (const run of aligned) {
    differs(run[at]);
    if (run[at + 1] > here) nodes.push(points.slice(here, run[at + 1]));
    here = Math.max(here, run[at + 1]);
  }
  differs(end);
  return nodes;
}

async function matchRow(report, match, number_) {
  const [first, second] = await Promise.all([loadText(report, match.left), loadText(report, match.right)]);
  const [left, right] = [new CodePoints(first.text), new CodePoints(second.text)];
  const [from, until] = [report.documents[match.left], report.documents[match.right]];
  const place = (row, start, end) =>
    h(
      "p",
      { class: "place" },
      t("sheet.place", { name: nameOf(row), start: start + row.start, end: end + row.start }),
    );
  return h(
    "tbody",
    { class: "sheet-match" },
    h(
      "tr",
      {},
      h(
        "td",
        { colspan: 2, class: "sheet-match-head" },
        h("strong", {}, `${number_}. ${t(`kind.${match.kind}`)}`),
        ` · ${t(`level.${match.level}`)} · `,
        t("sheet.numbers", {
          score: match.score.toFixed(1),
          evidence: match.evidence.toFixed(2),
          evalue: match.evalue === null ? t("sheet.evalue.none") : chance(match.evalue),
          left: percent(match.left_in_right),
          right: percent(match.right_in_left),
        }),
        ` · ${(match.through ?? match).id}`,
      ),
    ),
    h(
      "tr",
      {},
      h(
        "td",
        {},
        place(from, match.ls, match.le),
        h("p", { class: "words" }, sideText(left, match, "left", match.aligned)),
      ),
      h(
        "td",
        {},
        place(until, match.rs, match.re),
        h("p", { class: "words" }, sideText(right, match, "right", match.aligned)),
      ),
    ),
  );
}

async function matchTable(report, matches) {
  if (!matches.length) return h("p", { class: "empty" }, t("sheet.empty"));
  const rows = await Promise.all(matches.map((match, place) => matchRow(report, match, place + 1)));
  return h("table", { class: "sheet-matches" }, h("caption", { class: "unseen" }, t("sheet.matches")), rows);
}

function sourceTable(report, audited, n, sources) {
  const own = audited.documents[n];
  if (!sources.length) return null;
  const rows = sources.slice(0, 20).map(({ n: source, characters }, place) => {
    const row = report.documents[source];
    return h(
      "tr",
      {},
      h("td", {}, String(place + 1)),
      h("td", {}, nameOf(row)),
      h("td", {}, row.date ?? "–"),
      h("td", { class: "figure" }, t("ratio.of", { part: characters, whole: own.counted })),
      h("td", { class: "figure" }, percent(share(own, characters))),
    );
  });
  const head = ["#", t("column.document.short"), t("column.date.short"), t("sheet.shared"), t("sheet.share")];
  return h(
    "table",
    { class: "sheet-sources" },
    h("caption", {}, t("source.title")),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((name) => h("th", { scope: "col" }, name)),
      ),
    ),
    h("tbody", {}, rows),
  );
}

/** Draw the sheet of `sheet/document/N` or `sheet/pair/A/B`. */
export async function sheetView({ report, audited, path }) {
  const pair = path[1] === "pair";
  const ns = (pair ? path.slice(2, 4) : path.slice(2, 3)).map(Number).sort((a, b) => a - b);
  const sources = pair ? [] : sourcesOf(report, audited, ns[0]);
  const matches = pair
    ? matchesBetween(audited, ...ns)
    : sources.flatMap((source) => matchesBetween(audited, ...[ns[0], source.n].sort((a, b) => a - b)));
  const own = (match) => (match.left === ns[0] ? match.ls : match.rs);
  const ordered = [...matches].sort((a, b) => own(a) - own(b) || b.score - a.score);
  const back = pair ? to(["pair", ...ns]) : to(["document", ns[0]]);
  return h(
    "article",
    { class: "view sheet" },
    h(
      "p",
      { class: "sheet-tools" },
      h("a", { href: back }, "← ", t("sheet.back")),
      h("button", { type: "button", class: "primary", onclick: () => print() }, t("sheet.print")),
    ),
    h(
      "div",
      { class: "sheet-paper" },
      h(
        "header",
        {},
        h("h1", { tabindex: "-1" }, t(pair ? "sheet.title.pair" : "sheet.title.document")),
        h("p", { class: "lead" }, t("notice.evidence")),
      ),
      ns.map((n) => documentHead(report, audited, n)),
      pair ? null : sourceTable(report, audited, ns[0], sources),
      h("h2", {}, t("sheet.matches"), " ", h("span", { class: "tally" }, number(ordered.length))),
      await matchTable(report, ordered),
      h(
        "footer",
        {},
        h("h2", {}, t("sheet.provenance")),
        provenance(report),
        h("p", { class: "note" }, t("sheet.local")),
        h(
          "p",
          { class: "sign-off" },
          h("span", {}, t("sheet.checkedBy")),
          h("span", {}, t("sheet.checkedOn")),
        ),
      ),
    ),
  );
}
