// The matches between two documents: those that were found, and those that follow because both hold a paragraph
// that is equal to one of a third.

function bounds(runs) {
  return [Math.min(...runs.map(([start]) => start)), Math.max(...runs.map(([, end]) => end))];
}

/** Whether at least half of a claim's span lies in a match. */
function isWithin(claim, match) {
  const [start, end] = bounds(claim.here);
  return 2 * (Math.min(end, match.le) - Math.max(start, match.ls)) >= end - start;
}

/** What a claim says of two documents, in the shape of a match; `through` is the match it follows from. */
function derived(claim, { match, there }, a, b, number) {
  const [ls, le] = bounds(claim.here);
  const [rs, re] = bounds(there);
  const aligned = claim.here.map(([start, end], place) => [start, end, ...there[place]]);
  return {
    ...match,
    id: `${match.id}+${number}`,
    through: match,
    left: a,
    right: b,
    ls,
    le,
    rs,
    re,
    aligned,
    slots: [],
  };
}

/** The matches between documents `a` and `b` (`a < b`) under the filters, in the order of `a`. */
export function matchesBetween(audited, a, b) {
  if (audited.filters.without.has(a) || audited.filters.without.has(b)) return [];
  const found = audited.matches.filter((match) => match.left === a && match.right === b);
  const direct = [...found];
  let number = 0;
  for (const claim of audited.claims.of(a)) {
    if (!claim.holders.includes(b)) continue;
    const side = audited.claims.side(claim, b);
    if (!side || direct.some((match) => isWithin(claim, match))) continue;
    number += 1;
    found.push(derived(claim, side, a, b, number));
  }
  return found.sort((x, y) => x.ls - y.ls || x.rs - y.rs || y.score - x.score);
}

/** The strongest match by which `other` holds one of `claims`: where a click leads; null where there is none. */
export function strongestMatch(audited, claims, other) {
  const found = claims
    .map(({ claim }) => (claim.holders.includes(other) ? audited.claims.side(claim, other)?.match : null))
    .filter(Boolean);
  return found.reduce((best, match) => (best && best.score >= match.score ? best : match), null);
}
