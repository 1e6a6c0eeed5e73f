// Which layer each compared character of a document is in, as `reuse/auditing/layers.py` puts it there.

/** The layers in order: the first three are reuse of others; `own` is what is left. */
export const LAYERS = ["copied", "edited", "templated", "self", "phrase", "quoted", "base", "own"];
export const CODE = Object.fromEntries(LAYERS.map((layer, code) => [layer, code]));
export const REUSE = 3;

/** What the form of a text makes of a character: bits of the mask of a document. */
export const FORM = { phrase: 1, quoted: 2 };

/** How many of the ranges' characters have none of `bits` in `mask`. */
function fresh(ranges, mask, bits) {
  let count = 0;
  for (const [start, end] of ranges) {
    for (let place = start; place < end; place += 1) if (!(mask[place] & bits)) count += 1;
  }
  return count;
}

function layerOf(weighed, mask, { least, apart }) {
  const { kind } = weighed.claim;
  if (weighed.base) return "base";
  if (kind === "quoted" && apart) return "quoted";
  if (fresh(weighed.ranges, mask, apart ? FORM.phrase | FORM.quoted : FORM.phrase) < least) return "phrase";
  if (weighed.others.length) return kind === "edited" || kind === "templated" ? kind : "copied";
  return weighed.own ? "self" : null;
}

function paint(codes, claims, layers) {
  for (const layer of layers) {
    for (const weighed of claims) {
      if (weighed.layer !== layer) continue;
      for (const [start, end] of weighed.ranges) codes.fill(CODE[layer], start, end);
    }
  }
}

/** Paint `ranges`, a flat list of starts and ends. */
function paintRanges(codes, ranges, layer) {
  for (let place = 0; place < ranges.length; place += 2)
    codes.fill(CODE[layer], ranges[place], ranges[place + 1]);
}

/** Which ranges of compared characters stock phrases hold, by their matches: `{ranges, other, match}`. */
export function stockOf(row, matches) {
  return matches.map((match) => {
    const here = match.left === row.n;
    const runs = here ? match.leftRuns : match.rightRuns;
    return {
      match,
      other: here ? match.right : match.left,
      ranges: runs.map(([start, end]) => [row.indexOf(start), row.indexOf(end)]),
    };
  });
}

/**
 * Put every compared character of `row` into one layer. The surer wins: base document, quotation, then copied,
 * edited, templated, own earlier text, stock phrase.
 *
 * `stock` are the rows of `stockOf`. Sets the `layer` of every claim of `weighed`, null where it counts for nothing; returns the codes.
 */
export function layered(row, weighed, stock, rules) {
  for (const each of weighed) each.layer = each.named ? layerOf(each, row.form, rules) : null;
  const codes = new Uint8Array(row.compared).fill(CODE.own);
  paintRanges(codes, row.phrases, "phrase");
  for (const { ranges } of stock) for (const [start, end] of ranges) codes.fill(CODE.phrase, start, end);
  paint(codes, weighed, ["phrase", "self", "templated", "edited", "copied"]);
  if (rules.apart) paintRanges(codes, row.quoted, "quoted");
  paint(codes, weighed, ["quoted", "base"]);
  return codes;
}

/** How many characters each layer has. */
export function sizesOf(codes) {
  const counts = new Uint32Array(LAYERS.length);
  for (let place = 0; place < codes.length; place += 1) counts[codes[place]] += 1;
  return Object.fromEntries(LAYERS.map((layer, code) => [layer, counts[code]]));
}
