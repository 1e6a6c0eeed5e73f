// Small drawings without a library: distribution, timeline, heat map. Each has its numbers in words as well.
import { h, svg } from "./dom.js";
import { percent, t } from "./words.js";

/** How many documents fall into each tenth of `ratios` (0 to 1). */
export function tenths(ratios) {
  const counts = new Array(10).fill(0);
  for (const ratio of ratios) counts[Math.min(9, Math.floor(ratio * 10 + 1e-9))] += 1;
  return counts;
}

/** Columns over tenths. */
export function histogram(ratios) {
  const counts = tenths(ratios);
  const most = Math.max(1, ...counts);
  const columns = counts.map((count, place) => {
    const range = `${place * 10}–${place * 10 + 10}%`;
    return h(
      "li",
      { class: "column" },
      h("span", { class: "count" }, count ? String(count) : ""),
      h("span", { class: "stem", style: { height: `${(100 * count) / most}%` } }),
      h("span", { class: "tick", "aria-hidden": "true" }, String(place * 10)),
      h("span", { class: "unseen" }, t("overview.histogram.column", { range, n: count })),
    );
  });
  return h("ul", { class: "histogram" }, columns);
}

const DAY = 86400000;
const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 28;

function yearTicks(first, last) {
  const [from, until] = [first, last].map((day) => new Date(day * DAY).getUTCFullYear());
  const step = Math.max(1, Math.ceil((until - from + 1) / 8));
  const years = [];
  for (let year = from; year <= until + 1; year += step) years.push(year);
  return years.map((year) => ({ year, day: Date.UTC(year, 0, 1) / DAY }));
}

/** Documents by date and by how much of them is reused; `points` are `{day, ratio, label, href}`, days since 1970. */
export function timeline(points) {
  const days = points.map((point) => point.day);
  const ticks = yearTicks(Math.min(...days), Math.max(...days));
  const first = Math.min(...days, ticks[0].day);
  const last = Math.max(...days, ticks.at(-1).day);
  const x = (day) => LEFT + ((day - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 12);
  const y = (ratio) => 10 + (1 - ratio) * (HEIGHT - BOTTOM - 10);
  const lines = [0, 0.5, 1].map((ratio) => [
    svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(ratio), y2: y(ratio), class: "rule" }),
    svg("text", { x: LEFT - 6, y: y(ratio) + 4, class: "axis end" }, `${ratio * 100}%`),
  ]);
  const years = ticks.map(({ year, day }) =>
    svg("text", { x: x(day), y: HEIGHT - 8, class: "axis" }, String(year)),
  );
  const dots = points.map(({ day, ratio, label, href }) =>
    svg(
      "a",
      { href, "aria-label": `${label} ${percent(ratio)}` },
      svg(
        "circle",
        { cx: x(day), cy: y(ratio), r: 5, class: "dot" },
        svg("title", {}, `${plainLabel(label)} · ${percent(ratio)}`),
      ),
    ),
  );
  return svg(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: "timeline",
      role: "group",
      "aria-label": t("overview.timeline"),
    },
    lines,
    years,
    dots,
  );
}

function plainLabel(label) {
  return label.length > 60 ? `${label.slice(0, 59)}…` : label;
}

const SHADES = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7];

/** Which of the seven shades a share gets. */
function shade(ratio) {
  let step = 0;
  while (step + 1 < SHADES.length && ratio >= SHADES[step + 1]) step += 1;
  return ratio > 0 ? Math.max(1, step) : 0;
}

/** Documents against documents: a row's share that the column's document holds too. */
export function heatMap(documents, ratioOf, hrefOf, nameOf) {
  const head = h(
    "tr",
    {},
    h("td"),
    documents.map((column, place) =>
      h(
        "th",
        { scope: "col", title: nameOf(column) },
        h("span", { class: "unseen" }, nameOf(column)),
        h("span", { "aria-hidden": "true" }, String(place + 1)),
      ),
    ),
  );
  const rows = documents.map((row, place) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row", title: nameOf(row) },
        h("span", { class: "place", "aria-hidden": "true" }, String(place + 1)),
        h("span", { class: "name" }, nameOf(row)),
      ),
      documents.map((column) => heatCell(row, column, ratioOf(row, column), hrefOf, nameOf)),
    ),
  );
  return h(
    "table",
    { class: "heat" },
    h("caption", { class: "unseen" }, t("overview.heat")),
    h("thead", {}, head),
    h("tbody", {}, rows),
  );
}

function heatCell(row, column, ratio, hrefOf, nameOf) {
  if (row === column) return h("td", { class: "self" });
  if (!ratio) return h("td", { class: "shade-0" });
  const label = t("overview.heat.cell", { share: percent(ratio), row: nameOf(row), column: nameOf(column) });
  return h(
    "td",
    { class: `shade-${shade(ratio)}` },
    h("a", { href: hrefOf(row, column), title: label, "aria-label": label }),
  );
}
