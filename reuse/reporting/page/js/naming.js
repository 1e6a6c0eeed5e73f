// What a document is called, and where it comes from, in one line.
import { t } from "./words.js";

/** The title, or the id where there is none. */
export function nameOf(row) {
  return row.title || row.id;
}

/** Date, author, place, series: what is known. */
export function originOf(row) {
  const known = [row.date, row.author, row.place, row.series].filter(Boolean);
  return known.length ? known.join(t("list.facts")) : t("document.undated");
}

/** At most `most` characters of `text`. */
export function shortened(text, most) {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : text;
}
