// Stacked bars, their legend, and the bar that shows where in a document what lies.
import { h } from "./dom.js";
import { percent, t } from "./words.js";

/** The layers of every bar, in order; `own` is what is left. */
export const PARTS = ["copied", "edited", "templated", "self", "quoted", "phrase", "base", "own"];
/** Those that a legend names even where nothing is in them. */
const USUAL = new Set(["copied", "edited", "templated", "quoted", "phrase", "own"]);

function ratioOf(part, whole) {
  return whole ? part / whole : 0;
}

/** Shares in words, for those who do not see the bar. */
export function sharesInWords(counts, whole) {
  return PARTS.filter((part) => counts[part])
    .map((part) => `${t(`part.${part}`)} ${percent(ratioOf(counts[part], whole))}`)
    .join(t("list.semicolon"));
}

/** One bar: `counts` characters by part, of `whole`. */
export function stackedBar(counts, whole) {
  const pieces = PARTS.filter((part) => counts[part] > 0).map((part) =>
    h("span", { class: `piece part-${part}`, style: { width: `${100 * ratioOf(counts[part], whole)}%` } }),
  );
  return h(
    "span",
    { class: "bar", role: "img", "aria-label": sharesInWords(counts, whole) || t("part.none") },
    pieces,
  );
}

/** What the colours and lines mean: the usual ones, and the others of `used`. */
export function legend(used, own = true) {
  const parts = PARTS.filter((part) => (USUAL.has(part) || used.has(part)) && (own || part !== "own"));
  return h(
    "ul",
    { class: "legend", "aria-label": t("legend.title") },
    parts.map((part) =>
      h("li", {}, h("span", { class: `swatch part-${part}`, "aria-hidden": "true" }), t(`part.${part}`)),
    ),
  );
}

/** A line as long as the document, with coloured stretches; a click goes to that place. */
export function positionBar(length, stretches, onPlace) {
  const pieces = stretches.map(({ start, end, part }) =>
    h("span", {
      class: `stretch part-${part}`,
      style: {
        left: `${(100 * start) / length}%`,
        width: `${Math.max(0.15, (100 * (end - start)) / length)}%`,
      },
    }),
  );
  const jump = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    onPlace(Math.round(((event.clientX - box.left) / box.width) * length));
  };
  return h(
    "div",
    { class: "position-bar", "aria-hidden": "true", onclick: jump, title: t("document.position") },
    pieces,
  );
}
