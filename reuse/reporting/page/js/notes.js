// Remarks on what was left in a text: the names, blanks, dates and slips that inspectors look for.
import { h } from "./dom.js";
import { nameOf } from "./naming.js";
import { to } from "./state.js";
import { has, t } from "./words.js";

/** What a remark says, from its fields; a kind the page does not know yet shows its fields as they are. */
function sentence(note) {
  const key = `note.${note.note}`;
  const variant = [`${key}.counted`, `${key}.expected`, `${key}.meant`, `${key}.said`].find(
    (each) => has(each) && fits(each, note),
  );
  if (variant) return t(variant, { ...note, others: (note.others ?? []).join(t("list.comma")) });
  return Object.entries(note)
    .filter(([, value]) => typeof value === "string")
    .map(([name, value]) => `${name}: ${value}`)
    .join(t("list.semicolon"));
}

/** Whether a remark has what a wording speaks of. */
function fits(key, note) {
  const needs = {
    counted: note.count !== undefined,
    expected: note.expected !== undefined,
    meant: Boolean(note.meant),
    said: true,
  };
  return needs[key.split(".").at(-1)];
}

function links(report, numbers) {
  const known = [...new Set(numbers)].filter((n) => report.documents[n]);
  return known.map((n, place) => [
    place ? t("list.comma") : "",
    h("a", { href: to(["document", n]) }, nameOf(report.documents[n])),
  ]);
}

/** One remark as a list item, with the documents it speaks of. */
export function noteItem(report, note) {
  const about = [note.n, ...(note.ns ?? [])].filter((n) => n !== null && n !== undefined);
  return h(
    "li",
    { class: `remark remark-${note.note}` },
    h("span", { class: "tag warn" }, has(`note.${note.note}`) ? t(`note.${note.note}`) : note.note),
    " ",
    sentence(note),
    about.length ? [" ", links(report, about)] : null,
    note.owner === undefined || note.owner === null
      ? null
      : [" ", h("span", { class: "origin" }, t("note.of")), " ", links(report, [note.owner])],
  );
}
