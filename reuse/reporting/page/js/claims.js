// Who else holds what of a document, as `reuse/auditing/claims.py` gathers it: matches seen from one side, with
// the places of equal paragraphs given back. Stock phrases claim nothing and are kept apart.
import { Equality } from "./equality.js";

function sameRuns(a, b) {
  return a.length === b.length && a.every((run, place) => run[0] === b[place][0] && run[1] === b[place][1]);
}

function isAscending(runs) {
  for (let place = 1; place < runs.length; place += 1) if (runs[place][0] < runs[place - 1][0]) return false;
  return true;
}

/** Runs of one side in order, and those of the other side in the same order. */
function byStart(mine, theirs) {
  if (isAscending(mine)) return [mine, theirs];
  const order = mine.map((_, place) => place).sort((a, b) => mine[a][0] - mine[b][0] || a - b);
  return [order.map((place) => mine[place]), order.map((place) => theirs[place])];
}

function between(star, copy) {
  const own = copy ?? star.copies[0];
  const side = {
    match: copy ? copy.match : null,
    other: [star.document, star.start, star.end],
    there: own.inFirst,
  };
  return {
    here: copy ? copy.inCopy : own.inFirst,
    kind: own.match.kind,
    holders: star.holders,
    sides: [side],
  };
}

/** The claims on every document, made from `matches` (with their `aligned` runs) when asked for. */
export class Claims {
  constructor(matches) {
    this.equality = new Equality(matches);
    this.stretches = new Map();
    const equal = new Set(this.equality.stars.flatMap((star) => star.copies.map((copy) => copy.match)));
    const known = new Map();
    const seen = new Set();
    for (const match of matches)
      if (!equal.has(match) && match.aligned.length && match.level !== "phrase")
        this.#add(match, known, seen);
    for (const stretch of [...known.values()].flat()) {
      const document = stretch.place[0];
      if (!this.stretches.has(document)) this.stretches.set(document, []);
      this.stretches.get(document).push(stretch);
    }
    for (const rows of this.stretches.values())
      rows.sort((a, b) => a.place[1] - b.place[1] || a.place[2] - b.place[2]);
  }

  /** Keep both sides of a match in canonical places, unless a match of the same places is kept already. */
  #add(match, known, seen) {
    const left = [match.left, match.ls, match.le];
    const right = [match.right, match.rs, match.re];
    const [here, there] = [this.equality.canonical(left), this.equality.canonical(right)];
    const [hereName, thereName] = [here.join(), there.join()];
    const name = `${hereName}|${thereName}`;
    if (hereName === thereName || seen.has(name)) return;
    seen.add(name);
    const one = this.equality.canonicalRuns(left, match.leftRuns);
    const other = this.equality.canonicalRuns(right, match.rightRuns);
    this.#keep(known, hereName, here, match, byStart(one, other), there);
    this.#keep(known, thereName, there, match, byStart(other, one), here);
  }

  /** Add a side to the stretch of its place, runs and kind. */
  #keep(known, name, place, match, [runs, across], opposite) {
    if (!known.has(name)) known.set(name, []);
    const stretches = known.get(name);
    let stretch = stretches.find((each) => each.kind === match.kind && sameRuns(each.here, runs));
    if (!stretch) {
      stretch = { place, here: runs, kind: match.kind, sides: [] };
      stretches.push(stretch);
    }
    stretch.sides.push({ match, other: opposite, there: across });
  }

  #claim(stretch, here) {
    const holders = [...new Set(stretch.sides.flatMap((side) => this.equality.holders(side.other)))].sort(
      (a, b) => a - b,
    );
    return { here, kind: stretch.kind, holders, sides: stretch.sides };
  }

  /** The claims on a document: on its own places in order, then on its equal paragraphs in order. */
  of(document) {
    const claims = (this.stretches.get(document) ?? []).map((stretch) => this.#claim(stretch, stretch.here));
    for (const { star, copy } of this.equality.starsOf(document)) {
      claims.push(between(star, copy));
      if (!copy) continue;
      const within = (this.stretches.get(star.document) ?? []).filter(
        ({ place }) => star.start <= place[1] && place[1] < star.end && place[2] <= star.end,
      );
      for (const stretch of within)
        claims.push(
          this.#claim(
            stretch,
            stretch.here.map(([start, end]) => copy.fromFirst(start, end)),
          ),
        );
    }
    return claims;
  }

  /** The match that says a holder has a claim, and the runs in that holder in order of `here`; null for the claimed itself. */
  side(claim, holder) {
    const direct = claim.sides.find((side) => side.other[0] === holder && side.match);
    if (direct) return { match: direct.match, there: direct.there };
    for (const side of claim.sides) {
      const copy = this.equality.copyIn(side.other, holder);
      if (copy)
        return {
          match: side.match ?? copy.match,
          there: side.there.map(([start, end]) => copy.fromFirst(start, end)),
        };
    }
    return null;
  }
}
