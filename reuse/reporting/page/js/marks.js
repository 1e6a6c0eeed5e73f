// A text cut up at every border of what is to be marked in it, line by line.
import { h } from "./dom.js";
import { tOr } from "./words.js";

/** Above this many characters a removed stretch is folded to begin with. */
const LONG_REMOVED = 120;
/** Above this many lines those out of sight are not laid out: a book of a million characters still scrolls. */
const MANY_LINES = 1500;

/** The ranges of `list` (disjoint, sorted) as a function from an offset to the range that holds it, going forward. */
function follower(list) {
  let at = 0;
  return (offset) => {
    while (at < list.length && list[at].end <= offset) at += 1;
    return at < list.length && list[at].start <= offset ? list[at] : null;
  };
}

/**
 * Cut `text` (CodePoints) into lines of pieces `{text, start, end, stretch, removed, first}`.
 *
 * `stretches` and `removed` are disjoint and sorted `{start, end, …}`; `first` is true where a stretch begins.
 */
export function cutUp(text, stretches, removed) {
  const ends = text.lineEnds();
  const borders = new Set(ends);
  for (const range of [...stretches, ...removed]) borders.add(range.start).add(range.end);
  const sorted = [...borders].filter((place) => place > 0 && place <= text.length).sort((a, b) => a - b);
  const [stretchAt, removedAt, lineEnds] = [follower(stretches), follower(removed), new Set(ends)];
  const lines = [[]];
  let start = 0;
  for (const end of sorted) {
    const stretch = stretchAt(start);
    const piece = { text: text.slice(start, end), start, end, stretch, removed: removedAt(start) };
    piece.first = stretch !== null && stretch.start === start;
    lines.at(-1).push(piece);
    if (lineEnds.has(end) && end < text.length) lines.push([]);
    start = end;
  }
  return lines;
}

/** A removed stretch: struck out behind a button that names the reason and folds it. */
export function removedNode(piece) {
  const { reason, start, end } = piece.removed;
  const struck = h("s", { class: "removed-text" }, piece.text);
  if (piece.start !== start) return h("span", { class: "removed", "data-removed": String(start) }, struck);
  const name = tOr(`removed.${reason}`, reason);
  const folded = end - start > LONG_REMOVED;
  const button = h(
    "button",
    { type: "button", class: "reason", "aria-expanded": String(!folded), onclick: () => fold(button, start) },
    name,
  );
  return h(
    "span",
    { class: folded ? "removed folded" : "removed", "data-removed": String(start) },
    button,
    struck,
  );
}

function fold(button, start) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  const pieces = button.closest(".speech").querySelectorAll(`[data-removed="${start}"]`);
  pieces.forEach((piece) => piece.classList.toggle("folded", !open));
}

/** Lines of pieces as paragraphs; `draw` makes the node of a marked piece. Blank lines become space, not paragraphs. */
export function speech(lines, draw) {
  const paragraphs = lines.map((pieces) => {
    const nodes = pieces.map((piece) => {
      if (piece.removed) return removedNode(piece);
      return piece.stretch ? draw(piece) : piece.text;
    });
    const blank = pieces.every((piece) => !piece.text.trim());
    return h(
      "p",
      { class: blank ? "line blank" : "line", "data-start": String(pieces[0]?.start ?? 0) },
      nodes,
    );
  });
  return h("div", { class: lines.length > MANY_LINES ? "speech long" : "speech" }, paragraphs);
}
