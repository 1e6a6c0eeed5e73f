// The filters, always at hand. Each change rewrites the address; the page follows.
import { fill, h } from "./dom.js";
import { filtersInUse, KINDS, openFilters, setFilters, state } from "./state.js";
import { number, t } from "./words.js";

// Sliders step through what is there, not through a range nobody's scores lie in.
const SCORE_STEPS = 60;
let timer = null;

/** Wait until the slider rests: a recount of 20,000 matches need not run for every pixel. */
function soon(change) {
  clearTimeout(timer);
  timer = setTimeout(() => setFilters(change), 90);
}

/** The scores a slider stops at: even steps through the sorted scores, and the one in force. */
function scoreStops(matches, current) {
  const scores = matches.map((match) => match.score).sort((a, b) => a - b);
  const stops = [0];
  for (let step = 0; step < SCORE_STEPS; step += 1) {
    const score = Math.ceil(10 * (scores[Math.floor((step * scores.length) / SCORE_STEPS)] ?? 0)) / 10;
    if (score > stops.at(-1)) stops.push(score);
  }
  return [...new Set([...stops, current])].sort((a, b) => a - b);
}

function slider({ id, label, value, max, shown, onValue }) {
  const output = h("output", { for: id, class: "value" }, shown(value));
  const input = h("input", {
    type: "range",
    id,
    min: 0,
    max,
    step: 1,
    value: String(value),
    "aria-valuetext": shown(value),
  });
  input.addEventListener("input", () => {
    output.textContent = shown(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
    onValue(Number(input.value));
  });
  return h("div", { class: "filter slider" }, h("label", { for: id }, label), input, output);
}

function tick(id, label, checked, onChange, extra = null) {
  const input = h("input", { type: "checkbox", id, checked, onchange: () => onChange(input.checked) });
  return h("label", { class: "tick", for: id }, input, extra, h("span", {}, label));
}

function kindTicks(report, filters) {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const match of report.matches) counts[match.kind] += 1;
  return KINDS.map((kind) =>
    tick(
      `kind-${kind}`,
      [t(`kind.${kind}`), h("span", { class: "tally" }, number(counts[kind]))],
      filters.kinds.has(kind),
      (on) => {
        const kinds = new Set(state().filters.kinds);
        if (on) kinds.add(kind);
        else kinds.delete(kind);
        setFilters({ kinds });
      },
      h("span", { class: `swatch part-${kind === "commonplace" ? "phrase" : kind}`, "aria-hidden": "true" }),
    ),
  );
}

function excluded(report, filters) {
  if (!filters.without.size) return null;
  const chips = [...filters.without]
    .sort((a, b) => a - b)
    .filter((n) => report.documents[n])
    .map((n) => {
      const name = report.documents[n].title ?? report.documents[n].id;
      const back = () =>
        setFilters({ without: new Set([...state().filters.without].filter((other) => other !== n)) });
      return h(
        "button",
        { type: "button", class: "chip", onclick: back, "aria-label": t("filter.restore", { name }) },
        h("span", { class: "clip" }, name),
        h("span", { "aria-hidden": "true" }, "×"),
      );
    });
  return h("div", { class: "filter chips" }, h("span", { class: "filter-name" }, t("filter.without")), chips);
}

/** Draw the filters into `holder`, keeping the focus where it was. */
export function drawFilters(holder, report) {
  const focused = holder.contains(document.activeElement) ? document.activeElement.id : null;
  const { filters } = state();
  const stops = scoreStops(report.matches, filters.score);
  const at = stops.findLastIndex((stop) => stop <= filters.score);
  const inUse = filtersInUse(filters);
  const open = holder.querySelector("details")?.open ?? matchMedia("(min-width: 900px)").matches;
  const summary = h(
    "summary",
    {},
    h("span", { class: "filter-title" }, t("filter.title")),
    h("span", { class: "in-use" }, inUse ? t("filter.inUse", { n: inUse }) : t("filter.none")),
  );
  const reset = h(
    "button",
    { type: "button", id: "filter-reset", class: "quiet", onclick: () => setFilters(openFilters()) },
    t("filter.reset"),
  );
  const groups = h(
    "div",
    { class: "filter-groups" },
    slider({
      id: "filter-score",
      label: t("filter.score"),
      value: Math.max(0, at),
      max: stops.length - 1,
      shown: (step) => `≥ ${stops[step].toFixed(stops[step] ? 1 : 0)}`,
      onValue: (step) => soon({ score: stops[step] }),
    }),
    slider({
      id: "filter-evidence",
      label: t("filter.evidence"),
      value: Math.round(filters.evidence * 100),
      max: 100,
      shown: (step) => `≥ ${(step / 100).toFixed(2)}`,
      onValue: (step) => soon({ evidence: step / 100 }),
    }),
    h("fieldset", { class: "filter" }, h("legend", {}, t("filter.kinds")), kindTicks(report, filters)),
    h(
      "fieldset",
      { class: "filter" },
      h("legend", {}, t("filter.counted")),
      tick("filter-phrases", t("filter.phrases"), filters.phrases, (phrases) => setFilters({ phrases })),
      tick("filter-quotations", t("filter.quotations"), filters.quotations, (quotations) =>
        setFilters({ quotations }),
      ),
      tick("filter-own", t("filter.own"), filters.own, (own) => setFilters({ own })),
    ),
    excluded(report, filters),
    inUse ? reset : null,
  );
  fill(holder, h("details", { open }, summary, groups));
  if (focused) document.getElementById(focused)?.focus();
}
