// Offsets of the data count code points, strings of this language count UTF-16 units. This is the one place
// where the one becomes the other.

const HALF_OF_ASTRAL = /[\ud800-\udfff]/;

/** A text that is cut by code points. */
export class CodePoints {
  constructor(text) {
    this.text = text;
    this.starts = HALF_OF_ASTRAL.test(text) ? CodePoints.#unitsOf(text) : null;
    this.length = this.starts ? this.starts.length - 1 : text.length;
  }

  static #unitsOf(text) {
    const starts = [];
    let unit = 0;
    for (const sign of text) {
      starts.push(unit);
      unit += sign.length;
    }
    starts.push(unit);
    return Uint32Array.from(starts);
  }

  /** The text of `[start, end)`. */
  slice(start, end) {
    if (!this.starts) return this.text.slice(start, end);
    return this.text.slice(this.starts[start], this.starts[end]);
  }

  /** The offsets behind every line break (LF, CR LF, CR), the end included: where lines end. */
  lineEnds() {
    const ends = [];
    let place = 0;
    let before = "";
    for (const sign of this.text) {
      if (before === "\n" || (before === "\r" && sign !== "\n")) ends.push(place);
      place += 1;
      before = sign;
    }
    if (ends.at(-1) !== this.length) ends.push(this.length);
    return ends;
  }
}
