// What a document is called, and where it comes from, in one line.
import { t } from "./words.js";

/** What each of some documents is called: its title, with the id behind it where others have the same title, else the id. */
export function namesOf(rows) {
  const times = new Map();
  for (const { title } of rows) times.set(title, (times.get(title) ?? 0) + 1);
  return rows.map(({ id, title }) => {
    if (!title) return id;
    return times.get(title) > 1 ? `${title} (${id})` : title;
  });
}

/** What a document is called. */
export function nameOf(row) {
  return row.name;
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
