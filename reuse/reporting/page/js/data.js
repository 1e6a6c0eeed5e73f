// What the page knows. It lies compressed in the page, in several pieces, and is inflated when a view asks.
// Offsets in all pieces are code points from the beginning of the document.

import { FORM } from "./layers.js";
import { namesOf } from "./naming.js";

const inflated = new Map();

function bytesOf(piece) {
  const packed = atob(document.getElementById(`data-${piece}`).textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let place = 0; place < packed.length; place += 1) bytes[place] = packed.charCodeAt(place);
  return bytes;
}

async function inflate(piece) {
  const stream = new Blob([bytesOf(piece)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** A piece of the data; every piece is inflated once. */
function load(piece) {
  if (!inflated.has(piece)) inflated.set(piece, inflate(piece));
  return inflated.get(piece);
}

/** Rows as objects, out of named columns of equal length. */
function rowsOf(columns) {
  const names = Object.keys(columns);
  const size = names.length ? columns[names[0]].length : 0;
  return Array.from({ length: size }, (_, n) => {
    const row = { n };
    for (const name of names) row[name] = columns[name][n];
    return row;
  });
}

/** What is compared of a document: from offsets of the text to places among the compared characters, and back. */
class Compared {
  /** `steps` alternate: so many characters left out, so many compared. */
  constructor(steps) {
    this.starts = [];
    this.before = [0];
    let offset = 0;
    for (let place = 0; place < steps.length; place += 2) {
      offset += steps[place];
      this.starts.push(offset);
      this.before.push(this.before.at(-1) + steps[place + 1]);
      offset += steps[place + 1];
    }
    this.size = this.before.at(-1);
  }

  /** How many compared characters stand before `offset`. */
  indexOf(offset) {
    const range = last(this.starts, offset);
    if (range < 0) return 0;
    return Math.min(this.before[range] + offset - this.starts[range], this.before[range + 1]);
  }

  /** The offset of the compared character number `index`. */
  offsetOf(index) {
    const range = last(this.before, index);
    return this.starts[range] + index - this.before[range];
  }
}

/** The place of the last value of a sorted list that is not above `value`; -1 where all are. */
function last(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Which compared characters are phrases or quoted by their form: bits, one byte a character. */
function formMask(size, { phrases, quoted }) {
  const mask = new Uint8Array(size);
  for (const [ranges, bit] of [
    [phrases, FORM.phrase],
    [quoted, FORM.quoted],
  ]) {
    for (let place = 0; place < ranges.length; place += 2) {
      for (let at = ranges[place]; at < ranges[place + 1]; at += 1) mask[at] |= bit;
    }
  }
  return mask;
}

function documentOf(row, n, name) {
  const places = new Compared(row.steps);
  return {
    n,
    name,
    ...row,
    compared: places.size,
    form: formMask(places.size, row),
    indexOf: (offset) => places.indexOf(offset),
    offsetOf: (index) => places.offsetOf(index),
  };
}

/** Give a match its equal runs, as they are and by side, and its slots. */
function align(match, aligned, slots) {
  match.aligned = aligned;
  match.slots = slots;
  match.leftRuns = aligned.map(([a, b]) => [a, b]);
  match.rightRuns = aligned.map(([, , c, d]) => [c, d]);
}

/** Everything but texts and members of families: enough for the first page and for every ratio. */
export async function loadReport() {
  const [index, alignments] = await Promise.all([load("index"), load("alignments")]);
  const matches = rowsOf(index.matches);
  const names = namesOf(index.documents);
  matches.forEach((match, n) => align(match, alignments.aligned[n], alignments.slots[n]));
  return {
    ...index,
    matches,
    documents: index.documents.map((row, n) => documentOf(row, n, names[n])),
    families: index.families.map((row, n) => ({ n, ...row })),
  };
}

/** The text of document `n` with what else was read of it: `{text, metadata}`. */
export async function loadText(report, n) {
  const [block, place] = report.documents[n].at;
  return (await load(`texts-${block}`))[place];
}

/** Members, template and notes of family `n`. */
export async function loadFamily(n) {
  return (await load("families"))[n];
}
