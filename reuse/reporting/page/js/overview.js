// The first page: what was scanned, how much of each document is shared, what goes round most.
import { histogram, heatMap, timeline } from "./charts.js";
import { sharedWith } from "./cover.js";
import { documentsTable } from "./documents.js";
import { h } from "./dom.js";
import { excerptNodes, excerptText, firstKnown } from "./families.js";
import { nameOf } from "./naming.js";
import { share } from "./ratios.js";
import { provenance } from "./sheet.js";
import { to } from "./state.js";
import { number, percent, t, tOr } from "./words.js";

const TOP_FAMILIES = 6;
const HEAT_DOCUMENTS = 30;
const SKIPPED_SHOWN = 200;

function ratioOf(own) {
  return share(own, own.reused);
}

function keyFigures(report, audited) {
  const total = (name) => audited.documents.reduce((sum, own) => sum + own[name], 0);
  const [compared, counted, reused] = ["compared", "counted", "reused"].map(total);
  const figure = (value, name, detail) =>
    h(
      "div",
      { class: "key-figure" },
      h("dd", {}, value),
      h("dt", {}, name),
      detail ? h("dd", { class: "detail" }, detail) : null,
    );
  return h(
    "dl",
    { class: "key-figures" },
    figure(number(report.documents.length), t("figure.documents"), t("figure.comparedIn", { n: compared })),
    figure(
      percent(counted ? reused / counted : 0),
      t("figure.reusedAll"),
      t("ratio.of", { part: reused, whole: counted }),
    ),
    figure(
      number(audited.matches.length),
      t("figure.matches"),
      audited.matches.length === report.matches.length
        ? null
        : t("figure.ofAll", { n: report.matches.length }),
    ),
    figure(number(report.families.length), t("figure.families")),
  );
}

function topFamilies(report) {
  const top = report.families
    .filter((family) => family.kind !== "commonplace")
    .sort((a, b) => b.documents - a.documents || excerptText(b).length - excerptText(a).length || a.n - b.n)
    .slice(0, TOP_FAMILIES);
  const items = top.map((family) =>
    h(
      "li",
      {},
      h("span", { class: "times" }, String(family.documents)),
      h(
        "div",
        {},
        h("a", { class: "family-text", href: to(["family", family.n]) }, excerptNodes(family, 90)),
        h(
          "p",
          { class: "origin" },
          h("span", { class: `badge part-${family.part}` }, t(`kind.${family.kind}`)),
          " ",
          firstKnown(report, family),
        ),
      ),
    ),
  );
  return h(
    "section",
    { class: "panel top-families" },
    h("h2", {}, t("overview.families")),
    items.length
      ? [
          h("p", { class: "note" }, t("overview.families.note")),
          h("ol", {}, items),
          h("p", {}, h("a", { href: to(["families"]) }, t("overview.families.all"))),
        ]
      : h("p", { class: "empty" }, t("families.empty")),
  );
}

function distribution(audited) {
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, t("overview.histogram")),
    h("p", { class: "note" }, t("overview.histogram.note")),
    histogram(audited.documents.map(ratioOf)),
  );
}

function dated(report, audited) {
  const points = report.documents
    .filter((row) => row.day !== null)
    .map((row) => ({
      day: row.day,
      ratio: ratioOf(audited.documents[row.n]),
      label: nameOf(row),
      href: to(["document", row.n]),
    }));
  if (points.length < 2) return null;
  const undated = report.documents.length - points.length;
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, t("overview.timeline")),
    h(
      "p",
      { class: "note" },
      t("overview.timeline.note"),
      " ",
      undated ? t("overview.timeline.undated", { n: undated }) : null,
    ),
    h("div", { class: "scroller" }, timeline(points)),
  );
}

/** The documents that share most with others; a heat map of a thousand shows nothing. */
function mostConnected(report, audited) {
  const shared = report.documents.map(() => 0);
  for (const match of audited.matches) {
    shared[match.left] += match.le - match.ls;
    shared[match.right] += match.re - match.rs;
  }
  const order = report.documents
    .filter((row) => shared[row.n])
    .sort((a, b) => shared[b.n] - shared[a.n] || a.n - b.n);
  return order.slice(0, HEAT_DOCUMENTS).sort((a, b) => a.n - b.n);
}

function heat(report, audited) {
  const documents = mostConnected(report, audited);
  if (documents.length < 2) return null;
  const wanted = documents.map((row) => row.n);
  const shares = new Map(documents.map((row) => [row.n, sharedWith(row, audited.documents[row.n], wanted)]));
  const ratio = (row, column) => shares.get(row.n).get(column.n);
  const address = (row, column) => to(["pair", ...[row.n, column.n].sort((a, b) => a - b)]);
  const cut =
    documents.length === HEAT_DOCUMENTS
      ? t("overview.heat.cut", { n: HEAT_DOCUMENTS, of: report.documents.length })
      : null;
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, t("overview.heat")),
    h("p", { class: "note" }, t("overview.heat.note"), " ", cut),
    h(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": t("overview.heat") },
      heatMap(documents, ratio, address, nameOf),
    ),
  );
}

function skipped(report) {
  const { skipped: list = [] } = report.run;
  if (!list.length) return h("p", { class: "note" }, t("overview.skipped.none"));
  const rows = list
    .slice(0, SKIPPED_SHOWN)
    .map((each) =>
      h(
        "tr",
        {},
        h("td", {}, each.source),
        h("td", {}, tOr(`skipped.${each.reason}`, each.reason)),
        h("td", {}, each.message),
      ),
    );
  const head = ["overview.skipped.source", "overview.skipped.reason", "overview.skipped.message"];
  return [
    h(
      "div",
      { class: "scroller" },
      h(
        "table",
        { class: "skipped" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            head.map((key) => h("th", { scope: "col" }, t(key))),
          ),
        ),
        h("tbody", {}, rows),
      ),
    ),
    list.length > SKIPPED_SHOWN
      ? h("p", { class: "note" }, t("overview.skipped.more", { n: list.length - SKIPPED_SHOWN }))
      : null,
  ];
}

function nothingFound(report) {
  if (report.matches.length) return null;
  const reason = report.run.nothing_found;
  return h(
    "div",
    { class: "empty" },
    h("p", {}, t("overview.nothing")),
    h("p", { class: "note" }, t("overview.nothing.note")),
    reason ? h("p", { class: "note" }, reason) : null,
  );
}

/** Draw the overview. */
export function overviewView({ report, audited }) {
  return h(
    "article",
    { class: "view overview" },
    h("h1", { tabindex: "-1" }, t("overview.title", { n: report.documents.length })),
    h(
      "div",
      { class: "notice" },
      h("p", {}, h("strong", {}, t("notice.local.title")), " ", t("notice.local")),
      h("p", {}, h("strong", {}, t("notice.evidence.title")), " ", t("notice.evidence")),
    ),
    keyFigures(report, audited),
    nothingFound(report),
    documentsTable(report, audited),
    h(
      "div",
      { class: "panels" },
      topFamilies(report),
      h("div", {}, distribution(audited), dated(report, audited)),
    ),
    heat(report, audited),
    h("section", { class: "panel" }, h("h2", {}, t("overview.skipped")), skipped(report)),
    h("section", { class: "panel" }, h("h2", {}, t("sheet.provenance")), provenance(report)),
  );
}
