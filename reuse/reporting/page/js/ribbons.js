// The ribbons between two panes: one from each match to its other side, and threads between the equal runs of
// the chosen one.
import { fill, svg } from "./dom.js";

/** Where the marks of `id` stand in a pane, in pixels from the top of the gutter; null when none is drawn. */
function heightsOf(marks, top) {
  if (!marks?.length) return null;
  const boxes = marks.map((mark) => mark.getBoundingClientRect());
  return [Math.min(...boxes.map((box) => box.top)) - top, Math.max(...boxes.map((box) => box.bottom)) - top];
}

function byMatch(pane) {
  const found = new Map();
  for (const mark of pane.querySelectorAll(".in-match")) {
    if (!found.has(mark.dataset.match)) found.set(mark.dataset.match, []);
    found.get(mark.dataset.match).push(mark);
  }
  return found;
}

function ribbon([a, b], [c, d], width, name) {
  const middle = width / 2;
  const path = `M0 ${a} C${middle} ${a} ${middle} ${c} ${width} ${c} L${width} ${d} C${middle} ${d} ${middle} ${b} 0 ${b} Z`;
  return svg("path", { d: path, class: name });
}

/** The mark that holds the offset `place`, among the marks of one match. */
function holding(marks, place) {
  return marks?.find((mark) => Number(mark.dataset.start) <= place && place < Number(mark.dataset.end));
}

function threads(aligned, left, right, top, width) {
  return aligned.map(([a, , c]) => {
    const [here, there] = [holding(left, a), holding(right, c)];
    if (!here || !there) return null;
    const [from, to] = [here, there].map((mark) => {
      const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
      return (box.top + box.bottom) / 2 - top;
    });
    const middle = width / 2;
    return svg("path", {
      d: `M0 ${from} C${middle} ${from} ${middle} ${to} ${width} ${to}`,
      class: "thread",
    });
  });
}

/** Draw into `gutter` what joins the two panes at their present scroll. */
export function drawRibbons(gutter, panes, matches, chosen) {
  const box = gutter.getBoundingClientRect();
  if (box.width < 8) return;
  const [left, right] = panes.map(byMatch);
  const paths = matches.map((match) => {
    const here = heightsOf(left.get(match.id), box.top);
    const there = heightsOf(right.get(match.id), box.top);
    const far = (heights) => heights[1] < 0 || heights[0] > box.height;
    if (!here || !there || (far(here) && far(there))) return null;
    return ribbon(here, there, box.width, `ribbon part-${match.part}${match === chosen ? " chosen" : ""}`);
  });
  const lines = threads(chosen.aligned, left.get(chosen.id), right.get(chosen.id), box.top, box.width);
  fill(
    gutter,
    svg(
      "svg",
      { width: box.width, height: box.height, viewBox: `0 0 ${box.width} ${box.height}` },
      paths,
      lines,
    ),
  );
}
