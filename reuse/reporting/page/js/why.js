// "Why is this a match": the same sentences as `speech-reuse explain` prints.
import { h } from "./dom.js";
import { nameOf } from "./naming.js";
import { to } from "./state.js";
import { percent, chance, t } from "./words.js";

const FEW = 6;

/** What is shared, in characters and runs. */
function shared(match) {
  const lengths = match.aligned.map(([a, b]) => b - a);
  const same = lengths.reduce((sum, length) => sum + length, 0);
  const [left, right] = [match.le - match.ls, match.re - match.rs];
  return t("why.shared", {
    same,
    n: lengths.length,
    longest: Math.max(0, ...lengths),
    left,
    right,
    left_share: percent(left ? same / left : 0),
    right_share: percent(right ? same / right : 0),
  });
}

function differences(slots, texts) {
  if (!slots.length) return t("why.slots.none");
  const said = (text, start, end) =>
    end > start ? t("why.quoted", { text: text.slice(start, end) }) : t("why.nothing");
  const list = slots.map(([a, b, c, d, type]) =>
    t("why.slot", { type: t(`slot.${type}`), left: said(texts[0], a, b), right: said(texts[1], c, d) }),
  );
  return t("why.slots", { list: list.join(t("list.semicolon")) });
}

/** Other documents that hold at least half of either side. */
function alsoHolding(report, match) {
  const sides = [
    [match.left, match.ls, match.le],
    [match.right, match.rs, match.re],
  ];
  const found = new Set();
  for (const other of report.matches) {
    for (const [own, start, end, there] of [
      [other.left, other.ls, other.le, other.right],
      [other.right, other.rs, other.re, other.left],
    ]) {
      const holds = sides.some(
        ([n, from, until]) => n === own && 2 * (Math.min(end, until) - Math.max(start, from)) >= until - from,
      );
      if (holds) found.add(there);
    }
  }
  found.delete(match.left);
  found.delete(match.right);
  return [...found].sort((a, b) => a - b);
}

function elsewhere(report, match) {
  const others = alsoHolding(report, match);
  if (!others.length) return t("why.elsewhere.none");
  const links = others
    .slice(0, FEW)
    .map((n) => h("a", { class: "also", href: to(["document", n]) }, nameOf(report.documents[n])));
  return [
    t("why.elsewhere", { n: others.length }),
    " ",
    links,
    others.length > FEW ? ` ${t("why.andMore", { n: others.length - FEW })}` : null,
  ];
}

/** The reasons, as a list of nodes and texts. */
export function reasons(report, match, texts) {
  const family = match.family === null ? null : report.families[match.family];
  return [
    match.through ? t("why.through", { id: match.through.id }) : null,
    t(`why.kind.${match.kind}`),
    t(`why.level.${match.level}`),
    shared(match),
    t("why.containment", {
      left: percent(match.left_in_right),
      right: percent(match.right_in_left),
      resemblance: match.resemblance.toFixed(2),
    }),
    differences(match.slots, texts),
    t("why.score", { score: match.score.toFixed(1) }),
    elsewhere(report, match),
    t("why.evidence", { evidence: match.evidence.toFixed(2) }),
    match.evalue === null ? t("why.evalue.none") : t("why.evalue", { evalue: chance(match.evalue) }),
    family
      ? [
          t("why.family.short", { n: family.size, documents: family.documents }),
          " ",
          h("a", { href: to(["family", family.n]) }, t("why.family.open")),
        ]
      : null,
  ].filter(Boolean);
}

/** The panel under two panes. */
export function whyPanel(report, match, texts) {
  return h(
    "section",
    { class: "why", "aria-labelledby": "why-title" },
    h("h2", { id: "why-title" }, t("why.heading")),
    h(
      "p",
      { class: "badges" },
      h("span", { class: `badge part-${match.part}` }, t(`kind.${match.kind}`)),
      h("span", { class: "badge" }, t(`level.${match.level}`)),
      h("code", {}, (match.through ?? match).id),
    ),
    h(
      "ul",
      { class: "reasons" },
      reasons(report, match, texts).map((reason) => h("li", {}, reason)),
    ),
    h("p", { class: "note" }, t("notice.evidence")),
  );
}
