// The figures of every document under the filters of the moment. With `equality`, `claims` and `layers` this is
// the one second home of the formulas of `reuse/auditing`; tests hold both to the same numbers.
import { Claims } from "./claims.js";
import { CODE, LAYERS, REUSE, layered, sizesOf, stockOf } from "./layers.js";

/** Whether a match is taken in under `filters`; a source that is left out is left out of sources, not of matches. */
function passes(match, filters) {
  return match.score >= filters.score && match.evidence >= filters.evidence && filters.kinds.has(match.kind);
}

function touchesLeftOut(match, filters) {
  return filters.without.has(match.left) || filters.without.has(match.right);
}

/** Whether `other` may be a source of `row`: it is not known to be later. */
function mayBeSource(report, row, other, filters) {
  if (filters.without.has(other.n)) return false;
  if (row.first !== null) return other.first === null || other.first <= row.last;
  return report.audit.undated !== "order" || other.n < row.n;
}

/** Whether two documents are of one author or one series. */
export function isOwn(row, other) {
  return (
    (row.author !== null && row.author === other.author) ||
    (row.series !== null && row.series === other.series)
  );
}

/** A claim with whom it names; `named` is false where nobody may be a source. */
function weigh(report, row, claim, filters) {
  const holders = claim.holders
    .map((n) => report.documents[n])
    .filter((other) => other.version !== row.version);
  if (!holders.length) return null;
  const base = holders.some((other) => other.base);
  const sources = holders.filter((other) => !other.base && mayBeSource(report, row, other, filters));
  const own = filters.own ? [] : sources.filter((other) => isOwn(row, other));
  return {
    claim,
    ranges: claim.here.map(([start, end]) => [row.indexOf(start), row.indexOf(end)]),
    others: sources.filter((other) => !own.includes(other)).map((other) => other.n),
    holders: holders.map((other) => other.n),
    own: own.length > 0,
    base,
    named: sources.length > 0 || base,
  };
}

function longestTrue(codes, start, end) {
  let longest = 0;
  let run = 0;
  for (let place = start; place < end; place += 1) {
    run = codes[place] < REUSE ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/** The ranges of a claim, joined where the next begins where one ends, here and in the document the match is with. */
function rowsOf(report, { claim, ranges }) {
  const { other, there } = claim.sides[0];
  const opposite = there.map(([start, end]) => [
    report.documents[other[0]].indexOf(start),
    report.documents[other[0]].indexOf(end),
  ]);
  const rows = [];
  ranges.forEach(([start, end], place) => {
    const goesOn =
      place > 0 && start === ranges[place - 1][1] && opposite[place][0] === opposite[place - 1][1];
    if (goesOn) rows.at(-1)[1] = end;
    else rows.push([start, end]);
  });
  return rows;
}

/** The most reused characters in a row that stand in a row in one source too. */
function longestRun(report, reuse, codes) {
  let longest = 0;
  for (const weighed of reuse) {
    if (weighed.ranges.at(-1)[1] - weighed.ranges[0][0] <= longest) continue;
    for (const [start, end] of rowsOf(report, weighed))
      if (end - start > longest) longest = Math.max(longest, longestTrue(codes, start, end));
  }
  return longest;
}

/** How many reused characters a source holds; those that two claims give it are counted once. */
function heldBy(source, reuse, codes) {
  const mask = new Uint8Array(codes.length);
  for (const weighed of reuse)
    if (weighed.others.includes(source)) for (const [start, end] of weighed.ranges) mask.fill(1, start, end);
  const counts = { copied: 0, edited: 0, templated: 0 };
  let characters = 0;
  for (let place = 0; place < codes.length; place += 1) {
    if (!mask[place] || codes[place] >= REUSE) continue;
    characters += 1;
    counts[LAYERS[codes[place]]] += 1;
  }
  return { n: source, characters, counts };
}

function earlierFirst(report, a, b) {
  const moment = (n) => report.documents[n].first ?? Infinity;
  return moment(a) - moment(b) || a - b;
}

/** Sources, those that hold most first; of equals the earliest dated, then the first. */
function rankedSources(report, reuse, codes) {
  const numbers = [...new Set(reuse.flatMap((weighed) => weighed.others))];
  return numbers
    .map((n) => heldBy(n, reuse, codes))
    .sort((a, b) => b.characters - a.characters || earlierFirst(report, a.n, b.n));
}

/** The first of `rankedSources`, without counting those that cannot be it. */
function largestSource(report, reuse, codes) {
  const bound = new Map();
  for (const weighed of reuse) {
    let characters = 0;
    for (const [start, end] of weighed.ranges)
      for (let place = start; place < end; place += 1) if (codes[place] < REUSE) characters += 1;
    for (const n of weighed.others) bound.set(n, (bound.get(n) ?? 0) + characters);
  }
  const order = [...bound].sort((a, b) => b[1] - a[1] || earlierFirst(report, a[0], b[0]));
  let best = null;
  for (const [n, most] of order) {
    if (best && most <= best.characters) break;
    const held = heldBy(n, reuse, codes);
    if (held.characters > (best?.characters ?? 0)) best = held;
  }
  return best;
}

/** What the choice of sources rests on. */
function basisOf(report, row, reuse) {
  if (row.first === null) return report.audit.undated === "order" ? "order" : "unknown";
  const others = reuse.flatMap((weighed) => weighed.others).map((n) => report.documents[n]);
  return others.every((other) => other.first !== null && other.last < row.first) ? "date" : "unknown";
}

function figuresOf(report, claims, phrases, row, filters) {
  const rules = { least: report.audit.least_characters, apart: !filters.quotations };
  const weighed = claims
    .of(row.n)
    .map((claim) => weigh(report, row, claim, filters))
    .filter(Boolean);
  const stock = stockOf(row, phrases);
  const codes = layered(row, weighed, stock, rules);
  const sizes = sizesOf(codes);
  const reuse = weighed.filter((each) => each.layer !== null && CODE[each.layer] < REUSE);
  const leftOut = sizes.base + sizes.quoted + (filters.phrases ? 0 : sizes.phrase);
  return {
    compared: row.compared,
    counted: row.compared - leftOut,
    reused: sizes.copied + sizes.edited + sizes.templated,
    sizes,
    codes,
    weighed,
    stock,
    reuse,
    longest: longestRun(report, reuse, codes),
    largest: largestSource(report, reuse, codes),
    sourceCount: new Set(reuse.flatMap((each) => each.others)).size,
    basis: basisOf(report, row, reuse),
  };
}

/** Everything the views ask for under `filters`. */
export function audit(report, filters) {
  const taken = report.matches.filter((match) => passes(match, filters));
  const claims = new Claims(taken);
  const phrases = report.documents.map(() => []);
  for (const match of taken)
    if (match.level === "phrase") [match.left, match.right].forEach((n) => phrases[n].push(match));
  const documents = report.documents.map((row) => figuresOf(report, claims, phrases[row.n], row, filters));
  return { filters, claims, documents, matches: taken.filter((match) => !touchesLeftOut(match, filters)) };
}

/** The sources of document `n` in rank order, with the characters each holds. */
export function sourcesOf(report, audited, n) {
  const { reuse, codes } = audited.documents[n];
  return rankedSources(report, reuse, codes);
}

/** A share of what is counted. */
export function share(own, characters) {
  return own.counted ? characters / own.counted : 0;
}
