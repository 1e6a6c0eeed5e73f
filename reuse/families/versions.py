"""Versions of one document: near-identical as wholes, with nothing known that speaks against it.

An author's own draft would otherwise make a speech wholly reused. But a speech taken over entire is reuse:
documents of different authors or places, of other levels of government, or with other names in their slots
are never versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reuse.families.standing import Standing
from reuse.model import Document, Match

_NAMES = frozenset(("place", "organization", "person"))
SHARE = 0.9
"""Share of each other's letters that two versions hold. Copies made public as such shared 80 to 98 %: what
tells a version from a copy is who signs it, and that is looked at too."""
_SHORTEST = 200
"""Letters below which a document is a notice or an item, whose likeness as a whole says nothing."""


def version_groups(documents: Sequence[Document], matches: Sequence[Match]) -> list[int]:
    """For each document the number of the first version of it; its own where it is the first or only one."""
    letters = [sum(map(str.isalnum, document.text)) for document in documents]
    group = list(range(len(documents)))
    for (left, right), shared in _likely_pairs(documents, matches, letters).items():
        here = _covered(documents[left], (run[:2] for match in shared for run in match.aligned))
        there = _covered(documents[right], (run[2:] for match in shared for run in match.aligned))
        alike = here >= SHARE * letters[left] and there >= SHARE * letters[right]
        if alike and not _contradicted(documents[left], documents[right], shared):
            group[right] = min(group[right], group[left])
    return group


def _likely_pairs(
    documents: Sequence[Document], matches: Sequence[Match], letters: Sequence[int]
) -> Mapping[tuple[int, int], list[Match]]:
    """The pairs of documents whose matches may be enough, with these matches; in order of the pairs."""
    numbers = {document.id: number for number, document in enumerate(documents)}
    reuse = [match for match in matches if match.level != "phrase"]
    pairs = [(numbers[match.left.document], numbers[match.right.document]) for match in reuse]
    aligned: dict[tuple[int, int], int] = {}
    for pair, match in zip(pairs, reuse, strict=True):
        aligned[pair] = aligned.get(pair, 0) + sum(run[1] - run[0] for run in match.aligned)
    likely = {
        (left, right): list[Match]()
        for (left, right), total in sorted(aligned.items())
        if min(letters[left], letters[right]) >= _SHORTEST and total >= SHARE * letters[left]
    }
    for pair, match in zip(pairs, reuse, strict=True):
        if pair in likely:
            likely[pair].append(match)
    return likely


def _covered(document: Document, runs: Iterable[Sequence[int]]) -> int:
    """Letters of a document that lie in any of the runs."""
    total, reached = 0, document.start
    for start, end in sorted((run[0], run[1]) for run in runs):
        if end > reached:
            total += sum(map(str.isalnum, document.slice(max(start, reached), end)))
            reached = end
    return total


def _contradicted(left: Document, right: Document, shared: Sequence[Match]) -> bool:
    """Whether what is known of two documents says that they are not of one hand."""
    facts = (
        (left.author, right.author),
        (left.place, right.place),
        (Standing(left).level, Standing(right).level),
    )
    differ = any(one and other and one != other for one, other in facts)
    return differ or any(slot.type in _NAMES for match in shared for slot in match.slots)
