// Places whose paragraphs are equal, as `reuse/families/equality.py` knows them: matching compares each of them
// once, through the first; what is said of the first place holds, moved along the aligned runs, for all.

/** Whether a match says that two whole paragraphs are equal in all that is compared. */
function isEqual(match) {
  return (
    match.level === "paragraph" &&
    match.resemblance === 1 &&
    match.identity >= 1 &&
    match.left_in_right >= 1 &&
    match.right_in_left >= 1
  );
}

function compareRows(a, b) {
  for (let place = 0; place < a.length; place += 1) if (a[place] !== b[place]) return a[place] - b[place];
  return 0;
}

/** Move `[start, end)` along runs `here` to where they stand in `there`; ends between runs go to the nearest run inside. */
function moved(here, there, start, end) {
  let opening = here.findIndex((run) => run[1] > start);
  if (opening < 0) opening = here.length - 1;
  let closing = here.findLastIndex((run) => run[0] < end);
  if (closing < 0) closing = 0;
  const first = there[opening][0] + Math.max(0, start - here[opening][0]);
  const last = there[closing][1] - Math.max(0, here[closing][1] - end);
  return [Math.min(first, there[opening][1]), Math.max(last, there[closing][0])];
}

/** A later place of an equal paragraph, with the runs that align it with the first. */
class Copy {
  constructor(match) {
    const runs = match.aligned.length
      ? [...match.aligned].sort(compareRows)
      : [[match.ls, match.le, match.rs, match.re]];
    this.document = match.right;
    this.start = match.rs;
    this.end = match.re;
    this.match = match;
    this.inFirst = runs.map(([a, b]) => [a, b]);
    this.inCopy = runs.map(([, , c, d]) => [c, d]);
  }

  fromFirst(start, end) {
    return moved(this.inFirst, this.inCopy, start, end);
  }

  toFirst(start, end) {
    return moved(this.inCopy, this.inFirst, start, end);
  }
}

function starOf(matches) {
  const copies = matches
    .map((match) => new Copy(match))
    .sort((a, b) => a.document - b.document || a.start - b.start || a.end - b.end);
  const { left, ls } = matches[0];
  const holders = [...new Set([left, ...copies.map((copy) => copy.document)])].sort((a, b) => a - b);
  return { document: left, start: ls, end: Math.max(...matches.map((match) => match.le)), copies, holders };
}

/** The first matches of every star, by the place of the star: later places tell nothing new. */
function starsIn(matches) {
  const stars = new Map();
  const later = new Set();
  for (const match of matches) {
    const place = `${match.left}:${match.ls}`;
    if (!isEqual(match) || later.has(place)) continue;
    if (!stars.has(place)) stars.set(place, []);
    stars.get(place).push(match);
    later.add(`${match.right}:${match.rs}`);
  }
  return [...stars.values()].map(starOf).sort((a, b) => a.document - b.document || a.start - b.start);
}

function byDocument(entries) {
  const table = new Map();
  for (const entry of entries) {
    if (!table.has(entry.document)) table.set(entry.document, []);
    table.get(entry.document).push(entry);
  }
  for (const rows of table.values()) rows.sort((a, b) => a.start - b.start || a.end - b.end);
  return table;
}

/** All equal paragraphs among `matches`, found by the place asked for. Places are `[document, start, end]`. */
export class Equality {
  constructor(matches) {
    this.stars = starsIn(matches);
    this.firsts = byDocument(
      this.stars.map((star) => ({
        document: star.document,
        start: star.start,
        end: star.end,
        star,
        copy: null,
      })),
    );
    this.copies = byDocument(
      this.stars.flatMap((star) =>
        star.copies.map((copy) => ({
          document: copy.document,
          start: copy.start,
          end: copy.end,
          star,
          copy,
        })),
      ),
    );
  }

  #holding(table, [document, start, end]) {
    return (table.get(document) ?? []).find((entry) => entry.start <= start && end <= entry.end) ?? null;
  }

  /** The same span in the first of the equal places that hold it; itself where there is none. */
  canonical(place) {
    const held = this.#holding(this.copies, place);
    return held ? [held.star.document, ...held.copy.toFirst(place[1], place[2])] : place;
  }

  /** Runs inside a place, moved to where `canonical` puts that place. */
  canonicalRuns(place, runs) {
    const held = this.#holding(this.copies, place);
    return held ? runs.map(([start, end]) => held.copy.toFirst(start, end)) : runs;
  }

  /** The documents in which a span of a first place stands. */
  holders(place) {
    return this.#holding(this.firsts, place)?.star.holders ?? [place[0]];
  }

  /** The first copy in a document of the equal paragraph that holds a span of a first place, or null. */
  copyIn(place, document) {
    return this.#holding(this.firsts, place)?.star.copies.find((copy) => copy.document === document) ?? null;
  }

  /** The equal paragraphs that have a place in a document; `copy` is null where the first place is this one. */
  starsOf(document) {
    const entries = [...(this.firsts.get(document) ?? []), ...(this.copies.get(document) ?? [])];
    return entries.sort((a, b) => a.start - b.start || a.end - b.end);
  }
}
