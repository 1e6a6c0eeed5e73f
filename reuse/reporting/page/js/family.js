// One family: its template as a sentence, what each member puts into the slots, every place it stands in.
import { CodePoints } from "./coordinates.js";
import { loadFamily, loadText } from "./data.js";
import { h, stepped } from "./dom.js";
import { firstKnown, templateSentence } from "./families.js";
import { nameOf, originOf } from "./naming.js";
import { noteItem } from "./notes.js";
import { to } from "./state.js";
import { t } from "./words.js";

const STEP = 40;
const AROUND = 36;

/** Members in the order of dates, those without one last; ties keep the order of the documents. */
function inOrder(report, members) {
  const dateOf = ([n]) => report.documents[n].day ?? Infinity;
  return members
    .map((member, place) => ({ member, place }))
    .sort((a, b) => dateOf(a.member) - dateOf(b.member) || a.place - b.place);
}

function fillerCell(part, place) {
  const filler = part.fillers[place];
  if (filler === undefined) return h("td", { class: "none" }, "–");
  return filler[1] === "" ? h("td", { class: "none" }, t("family.nothing")) : h("td", {}, filler[1]);
}

function fillersTable(report, family, details, ordered) {
  const slots = details.template.filter((part) => part.fixed === undefined);
  if (!slots.length) return h("p", { class: "note" }, t("family.noSlots"));
  const head = h(
    "tr",
    {},
    h("th", { scope: "col" }, t("column.document.short")),
    h("th", { scope: "col" }, t("column.date.short")),
    slots.map((part) =>
      h(
        "th",
        { scope: "col" },
        h("span", { class: `slot-name${part.tentative ? " tentative" : ""}` }, part.slot),
        h("span", { class: "slot-kind" }, t(`slot.${part.type}`)),
      ),
    ),
  );
  const body = h("tbody", {});
  const more = stepped(
    body,
    ordered,
    STEP,
    ({ member, place }) => {
      const row = report.documents[member[0]];
      const cells = slots.map((part) => fillerCell(part, place));
      return h(
        "tr",
        { class: row.n === family.first ? "first" : null },
        h("th", { scope: "row" }, h("a", { href: to(["document", row.n]) }, nameOf(row))),
        h("td", { class: "date" }, row.date ?? "–"),
        cells,
      );
    },
    (n) => t("more", { n }),
  );
  return [
    h(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": t("family.fillers") },
      h("table", { class: "fillers" }, h("thead", {}, head), body),
    ),
    more,
  ];
}

/** A member with some words before and after it. */
async function occurrence(report, family, [n, start, end]) {
  const row = report.documents[n];
  const points = new CodePoints((await loadText(report, n)).text);
  const before = points
    .slice(Math.max(0, start - AROUND), start)
    .split("\n")
    .at(-1);
  const after = points.slice(end, Math.min(points.length, end + AROUND)).split("\n")[0];
  return h(
    "li",
    { class: "occurrence" },
    h(
      "p",
      { class: "occurrence-head" },
      h("a", { href: to(["document", n]) }, nameOf(row)),
      " ",
      h("span", { class: "origin" }, originOf(row)),
      n === family.first ? h("span", { class: "tag" }, t("family.first")) : null,
    ),
    h(
      "p",
      { class: "context" },
      before,
      h("mark", { class: `part-${family.part}` }, points.slice(start, end)),
      after,
    ),
  );
}

async function occurrences(report, family, ordered) {
  const list = h("ol", { class: "occurrences" });
  let shown = 0;
  const button = h("button", { type: "button", class: "more" });
  const more = async () => {
    const next = ordered.slice(shown, shown + STEP);
    shown += next.length;
    list.append(...(await Promise.all(next.map(({ member }) => occurrence(report, family, member)))));
    button.textContent = t("more", { n: ordered.length - shown });
    button.hidden = shown >= ordered.length;
  };
  button.addEventListener("click", more);
  await more();
  return [list, button];
}

function weakestLine(report, family) {
  const match = report.matches.find((each) => each.id === family.weakest);
  if (!match) return null;
  return h(
    "p",
    { class: "note" },
    t("family.weakest", { score: match.score.toFixed(1) }),
    " ",
    h("a", { href: to(["pair", match.left, match.right], match.id) }, t("family.weakest.open")),
  );
}

/** Draw family `path[1]`. */
export async function familyView({ report, path }) {
  const family = report.families[Number(path[1])];
  const details = await loadFamily(family.n);
  const ordered = inOrder(report, details.members);
  return h(
    "article",
    { class: "view family" },
    h(
      "p",
      { class: "crumb" },
      h("a", { href: to(["families"]) }, t("nav.families")),
      h("span", { "aria-hidden": "true" }, " / "),
      family.id,
    ),
    h("h1", { tabindex: "-1" }, t("family.title", { n: family.size, documents: family.documents })),
    h(
      "p",
      { class: "badges" },
      h("span", { class: `badge part-${family.part}` }, t(`kind.${family.kind}`)),
      h("span", { class: "badge" }, t(`level.${family.level}`)),
    ),
    h("blockquote", { class: "template" }, templateSentence(details.template)),
    h("p", { class: "lead" }, firstKnown(report, family)),
    details.notes.length
      ? h(
          "section",
          { class: "notes" },
          h("h2", {}, t("family.notes.title")),
          h(
            "ul",
            {},
            details.notes.map((note) => noteItem(report, note)),
          ),
        )
      : null,
    h("section", {}, h("h2", {}, t("family.fillers")), fillersTable(report, family, details, ordered)),
    h("section", {}, h("h2", {}, t("family.occurrences")), await occurrences(report, family, ordered)),
    weakestLine(report, family),
  );
}
