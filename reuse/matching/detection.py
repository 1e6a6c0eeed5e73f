"""The matching room from end to end: comparable text in, verified matches out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from reuse.arrays import F64, I64, U16, U32, Bool, ranges
from reuse.config import MatchSettings, SketchSettings
from reuse.match_table import MatchTable
from reuse.matching import (
    assembly,
    duplicates,
    grouping,
    parts,
    rarity,
    search,
    signs,
    spans,
    stream,
    suffixes,
)
from reuse.matching.background import Background, default_background, expected
from reuse.matching.grouping import Groups, joined
from reuse.matching.judging import judge
from reuse.matching.near_duplicates import candidate_paragraphs
from reuse.model import Document, Progress, silent
from reuse.storage import Storage
from reuse.text.comparable import ComparableText
from reuse.text.sensitive import default_words, kept
from reuse.text.words import Words

_COUNTED = ("alignments", "short_runs_not_followed", "fragments", "fragments_too_short")
_Counts = dict[str, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Detected:
    """Matches in output order, and the counts that a run reports."""

    matches: MatchTable
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a match: groups of the stream, their signs (float64, one row each), equal paragraphs, and counts."""

    line: stream.Stream
    groups: Groups
    table: F64
    places: duplicates.Places
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Searchable:
    """Everything the search looks things up in."""

    line: stream.Stream
    index: suffixes.Suffixes
    expected: U16
    weight_sum: U32
    pairs: I64
    pair_offsets: I64
    places: duplicates.Places
    counts: dict[str, int]


def find(
    text: ComparableText,
    words: Words,
    *,
    level: str,
    sketch: SketchSettings,
    jobs: int = 1,
    background: Background | None = None,
    stage: Progress = silent,
    storage: Storage | None = None,
) -> Found:
    """Everything two documents share that may be a match, with its signs, before any of it is judged.

    `background` is the package's own unless given.
    """
    given = _prepared(text, words, level, sketch, jobs, background, None, stage, storage)

    def measured(found: search.Alignments) -> tuple[tuple[Groups, F64], _Counts]:
        groups, told = _fragments(given.line, found)
        return (groups, signs.measure(given.line, given.index, given.expected, groups)), told

    blocks: list[tuple[Groups, F64]] = []
    counts = _searched(given, measured, blocks.append, level, jobs, stage)
    equal = duplicates.equal_groups(text, given.line, given.places)
    blocks.append((equal, signs.measure(given.line, given.index, given.expected, equal)))
    groups = joined([groups for groups, _ in blocks])
    return Found(given.line, groups, np.concatenate([table for _, table in blocks]), given.places, counts)


def detect(
    documents: Sequence[Document],
    text: ComparableText,
    words: Words,
    *,
    level: str,
    sketch: SketchSettings,
    settings: MatchSettings,
    jobs: int = 1,
    background: Background | None = None,
    sensitive: Sequence[str] | None = None,
    stage: Progress = silent,
    storage: Storage | None = None,
) -> Detected:
    """All verified matches between different documents.

    `level` "paragraph" runs the paragraph pass alone, "passage" both. `background` and the `sensitive` words that are left out on
    both sides are the package's own unless given. `stage` is told the name of each stage as it begins; `storage` holds the large
    arrays. What is found is judged block by block, and only what is reported is kept.
    """
    given = _prepared(text, words, level, sketch, jobs, background, sensitive, stage, storage)
    material = parts.Material.of(documents, text, sketch.shingle, storage)
    found = assembly.Gathered(storage or Storage())
    counts = _gather(found, given, material, settings, level, jobs, stage)
    del given, material  # a third of the memory, which putting the matches in order needs
    stage("matches")
    return Detected(assembly.assemble(documents, found), counts)


def _gather(
    found: assembly.Gathered,
    given: _Searchable,
    material: parts.Material,
    settings: MatchSettings,
    level: str,
    jobs: int,
    stage: Progress,
) -> _Counts:
    """Add the matches of every block to `found`; counts."""
    text = material.text

    def verified(groups: Groups) -> tuple[parts.Part, int]:
        chosen = judge(given.line, given.index, given.expected, groups, settings)
        runs = spans.without_overlap(text, spans.restore(text, given.line, chosen.groups))
        runs, not_written = duplicates.expand(text, given.places, runs, chosen.strong[runs.source])
        of = runs.source
        columns = chosen.table[of], chosen.evidence[of], chosen.strong[of]
        return parts.part_of(material, runs, *columns), chosen.left_out + not_written

    def judged(alignments: search.Alignments) -> tuple[parts.Part, _Counts]:
        groups, told = _fragments(given.line, alignments)
        part, left_out = verified(groups)
        return part, told | {"phrases_left_out": left_out}

    counts = _searched(given, judged, found.add, level, jobs, stage)
    equal, left_out = verified(duplicates.equal_groups(text, given.line, given.places))
    found.add(equal)
    return counts | {"phrases_left_out": counts.get("phrases_left_out", 0) + left_out}


def _prepared(
    text: ComparableText,
    words: Words,
    level: str,
    sketch: SketchSettings,
    jobs: int,
    background: Background | None,
    sensitive: Sequence[str] | None,
    stage: Progress,
    storage: Storage | None,
) -> _Searchable:
    stage("paragraph pass")
    places = duplicates.find_places(text)
    pairs, counts = candidate_paragraphs(text, places, sketch, jobs)
    stage("gram index")
    left_out = places.repeated() if level == "passage" else _outside(text, places, pairs)
    stays = kept(text.symbols, default_words() if sensitive is None else sensitive)
    line = stream.build(text, words.classes, stays, left_out, storage)
    index = suffixes.build(line, jobs, storage, seeds=level == "passage")
    expectation = expected(line, background or default_background(), jobs, storage)
    weight_sum = rarity.weight_sums(index, line.documents, storage)
    return _Searchable(line, index, expectation, weight_sum, *_by_document(line, text, pairs), places, counts)


def _searched(
    given: _Searchable,
    each: Callable[[search.Alignments], tuple[T, _Counts]],
    keep: Callable[[T], None],
    level: str,
    jobs: int,
    stage: Progress,
) -> _Counts:
    """Give `keep` what `each` makes of every block, in their order; all counts so far."""
    name = "passage pass" if level == "passage" else "verification"
    stage(name)
    blocks = search.search(
        given.line,
        given.index,
        given.weight_sum,
        given.pairs,
        given.pair_offsets,
        each,
        seeds=level == "passage",
        jobs=jobs,
        tell=lambda done, total: stage(name, done, total),
    )
    counts = Counter[str]()
    for block, told in blocks:
        keep(block)
        counts.update(told)
    return given.counts | {name: counts[name] for name in (*_COUNTED, *counts)}


def _fragments(line: stream.Stream, found: search.Alignments) -> tuple[Groups, _Counts]:
    """Alignments as groups that are long enough to be judged, and how many of what there were."""
    fragments = grouping.group(line, found)
    groups = _large_enough(fragments)
    told = (len(found), found.dropped, len(groups), len(fragments) - len(groups))
    return groups, dict(zip(_COUNTED, told, strict=True))


def _outside(text: ComparableText, places: duplicates.Places, pairs: I64) -> Bool:
    """Paragraphs that the paragraph pass alone has no use for: in no candidate pair, and equal to no other."""
    wanted = np.diff(places.offsets)[places.content] > 1
    touched = np.searchsorted(text.paragraphs, pairs[:, [0, 2]], side="right") - 1
    wanted[touched.ravel()] = True
    return ~wanted | places.repeated()


def _by_document(line: stream.Stream, text: ComparableText, pairs: I64) -> tuple[I64, I64]:
    """Candidate pairs in stream positions, and where each later document's begin."""
    if not len(pairs):
        return np.zeros((0, 4), dtype=np.int64), np.zeros(line.documents + 1, dtype=np.int64)
    placed = line.stretches(pairs.reshape(-1, 2)).reshape(pairs.shape)
    owner = text.document_of(pairs[:, 0])
    order = np.argsort(owner, kind="stable")
    return placed[order], ranges(np.bincount(owner, minlength=line.documents))


def _large_enough(groups: Groups) -> Groups:
    """Those of at least `search.LEAST` symbols: of shorter ones none is evidence, and none a phrase to report."""
    if not len(groups):
        return groups
    return groups.take(
        np.flatnonzero(np.add.reduceat(groups.runs[:, 2], groups.offsets[:-1]) >= search.LEAST)
    )
