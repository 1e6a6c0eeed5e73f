// The stretches of a document that are marked in its text: which layer, held by whom.
import { CODE, LAYERS } from "./layers.js";

/** What of a claim's kind is shown where it counts for nothing. */
function shownAs(claim) {
  return claim.kind === "commonplace" ? "phrase" : claim.kind;
}

/** Stock phrases in the shape of claims, to be shown like them. */
function phrasesAsClaims(stock) {
  return stock.map(({ match, other, ranges }) => ({
    claim: { kind: match.kind, holders: [other], sides: [{ match, other: [other] }] },
    ranges,
    others: [],
    holders: [other],
    layer: "phrase",
  }));
}

/** The places among compared characters where a claim begins or ends, or the layer changes. */
function bordersOf(codes, claims) {
  const borders = new Set([0, codes.length]);
  for (const { ranges } of claims) for (const [start, end] of ranges) borders.add(start).add(end);
  for (let place = 1; place < codes.length; place += 1)
    if (codes[place] !== codes[place - 1]) borders.add(place);
  return [...borders].sort((a, b) => a - b);
}

/** For each stretch between borders the claims that hold it. */
function claimsBetween(borders, claims) {
  const number = new Map(borders.map((border, place) => [border, place]));
  const held = borders.map(() => []);
  for (const weighed of claims) {
    for (const [start, end] of weighed.ranges) {
      for (let place = number.get(start); place < number.get(end); place += 1) held[place].push(weighed);
    }
  }
  return held;
}

function same(a, b) {
  return (
    a.part === b.part &&
    a.later === b.later &&
    a.claims.length === b.claims.length &&
    a.claims.every((claim) => b.claims.includes(claim))
  );
}

/** Characters between two stretches of one claim that are still told of as one passage: a slot, a changed word. */
const BRIDGED = 24;

/**
 * Stretches with bridges between those of one claim: `{bridge: true}` where what differs stands, `continued` on the
 * stretch behind a bridge. A bridge counts for nothing.
 */
export function withBridges(stretches) {
  const joined = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    const gap = last ? stretch.start - last.end : 0;
    const goesOn =
      last &&
      gap >= 0 &&
      gap <= BRIDGED &&
      last.later === stretch.later &&
      stretch.claims.some((claim) => last.claims.includes(claim));
    if (goesOn && gap > 0)
      joined.push({
        start: last.end,
        end: stretch.start,
        part: stretch.part,
        later: stretch.later,
        claims: [],
        bridge: true,
      });
    joined.push({ ...stretch, continued: Boolean(goesOn) });
  }
  return joined;
}

/** Stretches `{start, end, part, later, claims}` of a document, disjoint and sorted; `later` where they do not count. */
export function coverOf(row, own) {
  const claims = [...own.weighed, ...phrasesAsClaims(own.stock)];
  const borders = bordersOf(own.codes, claims);
  const held = claimsBetween(borders, claims);
  const stretches = [];
  for (let place = 0; place + 1 < borders.length; place += 1) {
    const code = own.codes[borders[place]];
    const later = code === CODE.own;
    const shown = [...new Set(held[place])].filter((weighed) =>
      later ? weighed.layer === null : weighed.layer === LAYERS[code],
    );
    if (later && !shown.length) continue;
    const next = {
      from: borders[place],
      until: borders[place + 1],
      part: later ? shownAs(shown[0].claim) : LAYERS[code],
      later,
      claims: shown,
    };
    const last = stretches.at(-1);
    if (last && last.until === next.from && same(last, next)) last.until = next.until;
    else stretches.push(next);
  }
  return stretches.map((stretch) => ({
    ...stretch,
    start: row.offsetOf(stretch.from),
    end: row.offsetOf(stretch.until - 1) + 1,
  }));
}

/** The share of document `row` that each of the documents `wanted` holds too, whoever was first; stock phrases set aside. */
export function sharedWith(row, own, wanted) {
  const masks = new Map([...wanted].map((n) => [n, new Uint8Array(row.compared)]));
  for (const { ranges, holders } of own.weighed) {
    for (const n of holders)
      if (masks.has(n)) for (const [start, end] of ranges) masks.get(n).fill(1, start, end);
  }
  const count = (mask) => mask.reduce((sum, held) => sum + held, 0);
  return new Map([...masks].map(([n, mask]) => [n, row.compared ? count(mask) / row.compared : 0]));
}
