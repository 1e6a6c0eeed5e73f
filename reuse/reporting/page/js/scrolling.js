// Two panes that scroll as one: where a match stands level on both sides it stays level, between matches the
// longer side moves faster.

/** Top and bottom of every match in a pane's text, by id, in pixels from the beginning of the text. */
function placesOf(text) {
  const origin = text.getBoundingClientRect().top - text.scrollTop;
  const places = new Map();
  for (const mark of text.querySelectorAll(".in-match")) {
    const box = mark.getBoundingClientRect();
    const known = places.get(mark.dataset.match) ?? { top: Infinity, bottom: -Infinity };
    known.top = Math.min(known.top, box.top - origin);
    known.bottom = Math.max(known.bottom, box.bottom - origin);
    places.set(mark.dataset.match, known);
  }
  return places;
}

/** Pairs of heights that rise on both sides: matches in another order on the right cannot all stand level. */
function rising(left, right) {
  const anchors = [];
  for (const [id, here] of [...left].sort((a, b) => a[1].top - b[1].top)) {
    const there = right.get(id);
    const last = anchors.at(-1) ?? [-1, -1];
    if (there && here.top > last[0] && there.top > last[1])
      anchors.push(
        [here.top, there.top],
        [Math.max(here.bottom, here.top + 1), Math.max(there.bottom, there.top + 1)],
      );
  }
  return anchors;
}

/** The height on the other side for a height on this one, by the anchors around it. */
export function levelWith(anchors, height, from, to) {
  let low = anchors[0];
  for (const high of anchors.slice(1)) {
    if (height < high[from]) {
      const part = (height - low[from]) / Math.max(1, high[from] - low[from]);
      return low[to] + part * (high[to] - low[to]);
    }
    low = high;
  }
  return low[to];
}

/** Let `panes` scroll together; `redraw` runs after every step. */
export function lockScrolling(panes, redraw) {
  const texts = panes.map((pane) => pane.querySelector(".pane-text"));
  const expected = [null, null];
  let locked = true;
  let anchors = [[0, 0]];
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      redraw();
    });
  };
  const measure = () => {
    anchors = [[0, 0], ...rising(...texts.map(placesOf)), texts.map((text) => text.scrollHeight)];
  };
  texts.forEach((text, side) => {
    text.addEventListener(
      "scroll",
      () => {
        soon();
        // A pane that was moved by the other one must not move it back.
        if (!locked || Math.abs((expected[side] ?? -9) - text.scrollTop) < 2) return;
        const other = texts[1 - side];
        const middle = text.scrollTop + text.clientHeight / 3;
        other.scrollTop = levelWith(anchors, middle, side, 1 - side) - other.clientHeight / 3;
        expected[1 - side] = other.scrollTop;
        expected[side] = null;
      },
      { passive: true },
    );
  });
  new ResizeObserver(() => {
    measure();
    soon();
  }).observe(panes[0]);
  return {
    measure,
    redraw: soon,
    setLocked: (on) => {
      locked = on;
    },
    expect: expected,
  };
}

/** Bring a match into the upper third of both panes. */
export function scrollBoth(panes, id) {
  for (const pane of panes) {
    const text = pane.querySelector(".pane-text");
    const mark = [...text.querySelectorAll(".in-match")].find((each) => each.dataset.match === id);
    if (!mark) continue;
    const origin = text.getBoundingClientRect().top - text.scrollTop;
    text.scrollTop = mark.getBoundingClientRect().top - origin - text.clientHeight / 3;
  }
}
