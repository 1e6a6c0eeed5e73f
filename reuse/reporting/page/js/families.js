// The passages that go round: a list of families, most documents first.
import { fill, h, stepped } from "./dom.js";
import { nameOf, shortened } from "./naming.js";
import { KINDS, to } from "./state.js";
import { number, t } from "./words.js";

const STEP = 60;

/** The beginning of a family's template as plain text, for search and for its length. */
export function excerptText(family) {
  return family.excerpt.flat().join("");
}

/** The beginning of a family's template as nodes, slots set apart, at most about `most` characters. */
export function excerptNodes(family, most) {
  const nodes = [];
  let left = most;
  for (const part of family.excerpt) {
    if (left <= 0) return [...nodes, "…"];
    const slot = Array.isArray(part);
    const text = slot ? part[0] : shortened(part, left);
    nodes.push(slot ? h("span", { class: "slot-name" }, text) : text);
    left -= [...text].length;
  }
  return nodes;
}

/** A template as a sentence with its slots set apart. */
export function templateSentence(template) {
  return template.map((part) =>
    part.fixed === undefined
      ? h(
          "span",
          {
            class: `slot-name${part.tentative ? " tentative" : ""}`,
            title: part.tentative ? t("family.tentative") : t(`slot.${part.type}`),
          },
          part.slot,
        )
      : part.fixed,
  );
}

/** Where it is known from first, in words that claim no more than the basis does. */
export function firstKnown(report, family) {
  const row = report.documents[family.first];
  return row ? t(`first.${family.basis}`, { title: nameOf(row), date: row.date ?? "" }) : "";
}

function familyCard(report, family) {
  return h(
    "li",
    { class: "family-card" },
    h(
      "p",
      { class: "family-head" },
      h("span", { class: `badge part-${family.part}` }, t(`kind.${family.kind}`)),
      h("span", { class: "family-size" }, t("family.size", { n: family.size, documents: family.documents })),
      family.notes ? h("span", { class: "tag warn" }, t("family.notes", { n: family.notes })) : null,
    ),
    h("a", { class: "family-text", href: to(["family", family.n]) }, excerptNodes(family, 160)),
    h("p", { class: "origin" }, firstKnown(report, family)),
  );
}

/** Whether a family is of the kind asked for; stock phrases are shown when they are asked for. */
function isOfKind(kind, family) {
  if (kind === "reuse") return family.kind !== "commonplace";
  return kind === "all" || family.kind === kind;
}

function chosenFamilies(report, { kind, query, order }) {
  const wanted = query.trim().toLowerCase();
  const found = report.families.filter(
    (family) => isOfKind(kind, family) && (!wanted || excerptText(family).toLowerCase().includes(wanted)),
  );
  const sizes = {
    documents: (family) => -family.documents,
    size: (family) => -family.size,
    length: (family) => -excerptText(family).length,
  };
  return found.sort((a, b) => sizes[order](a) - sizes[order](b) || a.n - b.n);
}

/** Draw the list of families. */
export function familiesView({ report }) {
  const asked = { kind: "reuse", query: "", order: "documents" };
  const holder = h("div", {});
  const redraw = () => {
    const found = chosenFamilies(report, asked);
    const list = h("ol", { class: "family-list" });
    const more = stepped(
      list,
      found,
      STEP,
      (family) => familyCard(report, family),
      (n) => t("more", { n }),
    );
    const empty = h(
      "div",
      { class: "empty" },
      h("p", {}, report.families.length ? t("families.none") : t("families.empty")),
    );
    fill(
      holder,
      h(
        "p",
        { class: "note", role: "status" },
        t("families.shown", { n: found.length, of: number(report.families.length) }),
      ),
      found.length ? [list, more] : empty,
    );
  };
  const option = (value, label) => h("option", { value }, label);
  const kinds = KINDS.filter((kind) => report.families.some((family) => family.kind === kind));
  const tools = h(
    "div",
    { class: "tools" },
    h(
      "label",
      {},
      h("span", {}, t("families.search")),
      h("input", {
        type: "search",
        id: "search",
        oninput: (event) => {
          asked.query = event.target.value;
          redraw();
        },
      }),
    ),
    h(
      "label",
      {},
      h("span", {}, t("families.kind")),
      h(
        "select",
        {
          onchange: (event) => {
            asked.kind = event.target.value;
            redraw();
          },
        },
        ["reuse", "all"].map((kind) => option(kind, t(`families.kind.${kind}`))),
        kinds.map((kind) => option(kind, t(`kind.${kind}`))),
      ),
    ),
    h(
      "label",
      {},
      h("span", {}, t("families.order")),
      h(
        "select",
        {
          onchange: (event) => {
            asked.order = event.target.value;
            redraw();
          },
        },
        ["documents", "size", "length"].map((order) => option(order, t(`families.order.${order}`))),
      ),
    ),
  );
  redraw();
  return h(
    "article",
    { class: "view families" },
    h("h1", { tabindex: "-1" }, t("families.title")),
    h("p", { class: "lead" }, t("families.lead")),
    tools,
    holder,
  );
}
