// Two speeches side by side: what they share joined by ribbons, what differs inside a match marked on both sides.
import { CodePoints } from "./coordinates.js";
import { loadText } from "./data.js";
import { h } from "./dom.js";
import { cutUp, speech } from "./marks.js";
import { nameOf, originOf } from "./naming.js";
import { matchesBetween } from "./pairing.js";
import { drawRibbons } from "./ribbons.js";
import { lockScrolling, scrollBoth } from "./scrolling.js";
import { state, to, writeAddress } from "./state.js";
import { percent, t } from "./words.js";
import { whyPanel } from "./why.js";

const SIDES = ["left", "right"];

const WORDS = /[\p{L}\p{N}]/u;

/** Parts in which nothing is written but signs: a comma for a comma of another width is no difference. */
function withoutSigns(parts, points) {
  return parts.map((part) =>
    part.role === "differs" && !WORDS.test(points.slice(part.start, part.end))
      ? { ...part, role: "between" }
      : part,
  );
}

/** Equal runs, slots and what is on one side only, as disjoint ranges of one side of a match. */
function partsOf(match, side) {
  const { aligned, slots } = match;
  const at = side === "left" ? 0 : 2;
  const [start, end] = side === "left" ? [match.ls, match.le] : [match.rs, match.re];
  const slotAt = (from) => slots.find((slot) => slot[at] <= from && from < slot[at + 1]);
  const parts = [];
  let here = start;
  const differs = (until) => {
    while (here < until) {
      const slot = slotAt(here);
      const next = slot
        ? Math.min(slot[at + 1], until)
        : Math.min(until, ...slots.map((each) => each[at]).filter((from) => from > here));
      parts.push({ start: here, end: next, role: slot ? "slot" : "differs", type: slot ? slot[4] : null });
      here = next;
    }
  };
  for (const run of aligned) {
    differs(run[at]);
    if (run[at + 1] > here) parts.push({ start: here, end: run[at + 1], role: "equal", type: null });
    here = Math.max(here, run[at + 1]);
  }
  differs(end);
  return parts;
}

/** The parts of all matches on one side; where matches overlap the stronger keeps the place. */
function stretchesOf(matches, side, points) {
  const taken = [];
  for (const match of [...matches].sort((a, b) => b.score - a.score)) {
    for (const part of withoutSigns(partsOf(match, side), points)) {
      for (const [start, end] of freeOf(part, taken)) taken.push({ ...part, start, end, match });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}

/** What of `part` no range of `taken` holds. */
function freeOf(part, taken) {
  let free = [[part.start, part.end]];
  for (const other of taken) {
    free = free.flatMap(([start, end]) =>
      [
        [start, Math.min(end, other.start)],
        [Math.max(start, other.end), end],
      ].filter(([from, until]) => from < until),
    );
  }
  return free;
}

function markOf(side, numbers, choose) {
  return (piece) => {
    const { match, role, type } = piece.stretch;
    const tag = role === "differs" ? (side === "left" ? "del" : "ins") : "mark";
    const first = piece.start === (side === "left" ? match.ls : match.rs);
    const properties = {
      class: `in-match ${role} part-${match.part}`,
      "data-match": match.id,
      "data-start": String(piece.start),
      "data-end": String(piece.end),
      onclick: () => String(getSelection()) === "" && choose(match),
    };
    if (first)
      Object.assign(properties, {
        tabindex: "0",
        role: "button",
        "aria-label": t("pair.choose", { number: numbers.get(match.id) }),
        onkeydown: (event) => event.key === "Enter" && choose(match),
      });
    const kind =
      role === "slot" && piece.start === piece.stretch.start
        ? h("span", { class: "slot-type", "aria-hidden": "true" }, t(`slot.${type}`))
        : null;
    const label = first
      ? h("sup", { class: "rank", "aria-hidden": "true" }, String(numbers.get(match.id)))
      : null;
    return h(tag, properties, label, piece.text, kind);
  };
}

function pane(side, row, points, stretches, draw) {
  const removed = row.removed.map(([start, end, reason]) => ({ start, end, reason }));
  const words = speech(cutUp(points, stretches, removed), draw);
  return h(
    "section",
    { class: `pane ${side}`, "aria-label": nameOf(row) },
    h(
      "header",
      { class: "pane-head" },
      h("a", { class: "pane-title", href: to(["document", row.n]) }, nameOf(row)),
      h("p", { class: "origin" }, originOf(row)),
    ),
    h(
      "div",
      {
        class: "pane-text",
        tabindex: "0",
        role: "region",
        "aria-label": t(`pair.${side}`, { name: nameOf(row) }),
      },
      words,
    ),
  );
}

function controls(matches, at, choose, locked) {
  const step = (by) => choose(matches[(at() + by + matches.length) % matches.length]);
  const counter = h("span", { class: "counter", "aria-live": "polite" });
  const lock = h("input", {
    type: "checkbox",
    id: "lock",
    checked: true,
    onchange: () => locked(lock.checked),
  });
  const bar = h(
    "div",
    { class: "pair-controls" },
    h(
      "button",
      { type: "button", id: "previous", onclick: () => step(-1), title: t("pair.previous.key") },
      "↑ ",
      t("pair.previous"),
    ),
    counter,
    h(
      "button",
      { type: "button", id: "next", onclick: () => step(1), title: t("pair.next.key") },
      t("pair.next"),
      " ↓",
    ),
    h("label", { class: "tick", for: "lock" }, lock, h("span", {}, t("pair.lock"))),
  );
  return { bar, counter, step };
}

/** The sum of what is shared, seen from both sides: one number for a pair hides a short speech in a long one. */
function both(report, matches, [left, right]) {
  const share = (start, end, row) => {
    const ranges = matches.map((match) => [match[start], match[end]]).sort((a, b) => a[0] - b[0]);
    let covered = 0;
    let until = 0;
    for (const [from, to_] of ranges) {
      covered += Math.max(0, to_ - Math.max(from, until));
      until = Math.max(until, to_);
    }
    return percent(row.compared ? Math.min(1, covered / row.compared) : 0);
  };
  return t("pair.both", {
    n: matches.length,
    left: share("ls", "le", left),
    right: share("rs", "re", right),
  });
}

function emptyPair(rows) {
  return h(
    "article",
    { class: "view pair" },
    h("h1", { tabindex: "-1" }, t("pair.title")),
    h(
      "div",
      { class: "empty" },
      h("p", {}, t("pair.empty", { left: nameOf(rows[0]), right: nameOf(rows[1]) })),
      h("p", { class: "note" }, t("pair.empty.note")),
    ),
  );
}

/** Draw documents `path[1]` and `path[2]` side by side, at the match of the address. */
export async function pairView({ report, audited, path, match: wanted }) {
  const [a, b] = [Number(path[1]), Number(path[2])].sort((x, y) => x - y);
  const rows = [report.documents[a], report.documents[b]];
  const matches = matchesBetween(audited, a, b);
  if (!matches.length) return emptyPair(rows);
  const [first, second] = await Promise.all([loadText(report, a), loadText(report, b)]);
  const numbers = new Map(matches.map((match, place) => [match.id, place + 1]));
  let chosen = matches.find((match) => match.id === wanted) ?? matches[0];
  const why = h("div", { class: "why-holder" });
  const points = [first, second].map((each) => new CodePoints(each.text));
  const panes = SIDES.map((side, place) =>
    pane(
      side,
      rows[place],
      points[place],
      stretchesOf(matches, side, points[place]),
      markOf(side, numbers, (match) => choose(match, false)),
    ),
  );
  const gutter = h("div", { class: "gutter", "aria-hidden": "true" });
  const scrolling = lockScrolling(panes, () => drawRibbons(gutter, panes, matches, chosen));
  const { bar, counter, step } = controls(
    matches,
    () => matches.indexOf(chosen),
    (match) => choose(match),
    scrolling.setLocked,
  );

  function choose(match, scroll = true) {
    chosen = match;
    counter.textContent = t("pair.counter", { at: numbers.get(match.id), of: matches.length });
    view
      .querySelectorAll(".in-match")
      .forEach((mark) => mark.classList.toggle("chosen", mark.dataset.match === match.id));
    why.replaceChildren(whyPanel(report, match, points));
    history.replaceState(null, "", writeAddress({ ...state(), match: match.id }));
    state().match = match.id;
    if (scroll) scrollBoth(panes, match.id);
    scrolling.measure();
    scrolling.redraw();
  }

  const view = h(
    "article",
    { class: "view pair" },
    h(
      "p",
      { class: "crumb" },
      h("a", { href: to(["overview"]) }, t("nav.overview")),
      h("span", { "aria-hidden": "true" }, " / "),
      t("pair.crumb"),
    ),
    h("h1", { tabindex: "-1" }, t("pair.title")),
    h(
      "p",
      { class: "lead" },
      both(report, matches, rows),
      " ",
      h("a", { href: to(["sheet", "pair", a, b]) }, t("sheet.make")),
    ),
    bar,
    h("div", { class: "panes" }, panes[0], gutter, panes[1]),
    why,
  );
  view.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select")) return;
    if (event.key === "n" || event.key === "j") step(1);
    if (event.key === "p" || event.key === "k") step(-1);
  });
  view.whenShown = () => choose(chosen);
  return view;
}
