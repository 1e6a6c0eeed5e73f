// The table of documents: sorted by any column, filtered by words, a stacked bar a row.
import { legend, stackedBar } from "./bars.js";
import { fill, h, stepped } from "./dom.js";
import { nameOf, originOf } from "./naming.js";
import { share } from "./ratios.js";
import { to } from "./state.js";
import { number, percent, t } from "./words.js";

const STEP = 100;
const asked = { column: "reused", down: true, query: "" };

const COLUMNS = {
  name: { value: (row) => nameOf(row), kind: "words" },
  date: { value: (row) => row.day ?? -Infinity, kind: "date" },
  reused: { value: (row, own) => share(own, own.reused), kind: "number" },
  largest: { value: (row, own) => own.largest?.characters ?? 0, kind: "number" },
  longest: { value: (row, own) => own.longest, kind: "number" },
  sources: { value: (row, own) => own.sourceCount, kind: "number" },
  compared: { value: (row, own) => own.compared, kind: "number" },
};

function compare(a, b) {
  return typeof a === "string" ? a.localeCompare(b, "zh-Hans-u-co-pinyin") : a - b;
}

function chosen(report, audited) {
  const wanted = asked.query.trim().toLowerCase();
  const value = (row) => COLUMNS[asked.column].value(row, audited.documents[row.n]);
  const holds = (row) =>
    [row.title, row.id, row.date, row.author, row.place, row.series].some((part) =>
      part?.toLowerCase().includes(wanted),
    );
  const found = report.documents.filter((row) => !wanted || holds(row));
  return found.sort((a, b) => (asked.down ? -1 : 1) * compare(value(a), value(b)) || a.n - b.n);
}

function line(report, audited, row) {
  const own = audited.documents[row.n];
  const { largest } = own;
  const told = (characters) => percent(share(own, characters));
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row", class: "name" },
      h("a", { href: to(["document", row.n]) }, nameOf(row)),
      h("span", { class: "origin" }, originOf(row)),
    ),
    h("td", { class: "bar-cell" }, stackedBar(own.sizes, own.compared)),
    h(
      "td",
      { class: "figure" },
      h("strong", {}, told(own.reused)),
      h("span", { class: "detail" }, t("ratio.short", { part: own.reused, whole: own.counted })),
    ),
    h(
      "td",
      { class: "figure source" },
      largest
        ? [
            h(
              "a",
              { href: to(["pair", ...[row.n, largest.n].sort((a, b) => a - b)]) },
              told(largest.characters),
            ),
            h("span", { class: "detail clip" }, nameOf(report.documents[largest.n])),
          ]
        : "–",
    ),
    h("td", { class: "figure" }, own.longest ? number(own.longest) : "–"),
    h("td", { class: "figure" }, number(COLUMNS.sources.value(row, own))),
  );
}

function heads(redraw) {
  const head = (column) => {
    const sorted = asked.column === column;
    const turn = () => {
      asked.down = sorted ? !asked.down : COLUMNS[column].kind !== "words";
      asked.column = column;
      redraw();
      document.getElementById(`sort-${column}`)?.focus();
    };
    const arrow = h(
      "span",
      { class: "arrow", "aria-hidden": "true" },
      sorted ? (asked.down ? "↓" : "↑") : "",
    );
    return h(
      "th",
      {
        scope: "col",
        class: `col-${column}`,
        "aria-sort": sorted ? (asked.down ? "descending" : "ascending") : null,
      },
      h("button", { type: "button", id: `sort-${column}`, onclick: turn }, t(`table.${column}`), arrow),
    );
  };
  return h(
    "tr",
    {},
    head("name"),
    h("th", { scope: "col", class: "bar-cell" }, t("table.bar")),
    ["reused", "largest", "longest", "sources"].map(head),
  );
}

/** The table with its search, its order and its legend. */
export function documentsTable(report, audited) {
  const holder = h("div", {});
  const redraw = () => {
    const found = chosen(report, audited);
    const body = h("tbody", {});
    const more = stepped(
      body,
      found,
      STEP,
      (row) => line(report, audited, row),
      (n) => t("more", { n }),
    );
    const table = h(
      "table",
      { class: "documents" },
      h("caption", { class: "unseen" }, t("table.title")),
      h("thead", {}, heads(redraw)),
      body,
    );
    fill(
      holder,
      h(
        "p",
        { class: "note", role: "status" },
        t("table.shown", { n: found.length, of: number(report.documents.length) }),
      ),
      found.length ? [table, more] : h("p", { class: "empty" }, t("table.none")),
    );
  };
  const search = h("input", {
    type: "search",
    id: "search",
    value: asked.query,
    oninput: () => {
      asked.query = search.value;
      redraw();
    },
  });
  const order = h(
    "select",
    {
      id: "order",
      onchange: () => {
        asked.column = order.value;
        asked.down = COLUMNS[order.value].kind !== "words";
        redraw();
      },
    },
    Object.keys(COLUMNS).map((column) =>
      h("option", { value: column, selected: column === asked.column }, t(`table.${column}`)),
    ),
  );
  redraw();
  return h(
    "section",
    { class: "panel wide documents-panel" },
    h(
      "div",
      { class: "panel-head" },
      h("h2", {}, t("table.title")),
      h(
        "div",
        { class: "tools" },
        h("label", {}, h("span", {}, t("table.search")), search),
        h("label", {}, h("span", {}, t("table.order")), order),
      ),
    ),
    legend(
      new Set(audited.documents.flatMap((own) => Object.keys(own.sizes).filter((part) => own.sizes[part]))),
    ),
    holder,
  );
}
