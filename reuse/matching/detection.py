"""The matching room from end to end: comparable text in, verified matches out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reuse.arrays import F64, I64, Bool, kernel, ranges
from reuse.config import MatchSettings, SketchSettings
from reuse.match_table import MatchTable
from reuse.matching import assembly, duplicates, grouping, rarity, search, signs, spans, stream, suffixes
from reuse.matching.candidates import candidates
from reuse.matching.evidence import default_model
from reuse.matching.grouping import Groups
from reuse.matching.signs import NAMES
from reuse.model import Document, Progress, silent
from reuse.sketching.bands import band_keys
from reuse.sketching.minhash import signatures
from reuse.storage import Storage
from reuse.text.comparable import ComparableText
from reuse.text.passages import passages
from reuse.text.sensitive import default_words, kept
from reuse.text.shingles import shared, shingles
from reuse.text.words import Words

LEAST = 8
"""Symbols of the smallest fragment that is judged: of two million shorter ones of the news the model takes none (its
smallest has ten), and two in five of all fragments are shorter."""
_CHARACTERS, _SPAN, _SURPRISE = NAMES.index("characters"), NAMES.index("span"), NAMES.index("surprise")


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


def find(
    text: ComparableText,
    words: Words,
    *,
    level: str,
    sketch: SketchSettings,
    jobs: int = 1,
    stage: Progress = silent,
    storage: Storage | None = None,
) -> Found:
    """Everything two documents share that may be a match, with its signs, before any of it is judged."""
    stage("paragraph pass")
    places = duplicates.find_places(text)
    pairs, counts = candidate_paragraphs(text, places, sketch)
    stage("gram index")
    keep = kept(text.symbols, default_words())
    left_out = places.repeated() if level == "passage" else _outside(text, places, pairs)
    line = stream.build(text, words.classes, keep, left_out, storage)
    index = suffixes.build(line, jobs, storage)
    weights = rarity.weights(index, line.documents)
    weight_sum = np.concatenate(([0.0], np.cumsum(weights, dtype=np.float64)))
    name = "passage pass" if level == "passage" else "verification"
    stage(name)
    stream_pairs, offsets = _by_document(line, text, pairs)
    found = search.search(line, index, weight_sum, stream_pairs, offsets, seeds=level == "passage", jobs=jobs)
    fragments = grouping.group(line, found)
    long_enough = _large_enough(fragments)
    groups = _with_equal(long_enough, duplicates.equal_groups(text, line, places))
    stage("signs")
    counts |= {
        "alignments": len(found),
        "short_runs_not_followed": found.dropped,
        "fragments": len(groups),
        "fragments_too_short": len(fragments) - len(long_enough),
    }
    return Found(line, groups, signs.measure(line, index, groups), places, counts)


def detect(
    documents: Sequence[Document],
    text: ComparableText,
    words: Words,
    *,
    level: str,
    sketch: SketchSettings,
    settings: MatchSettings,
    jobs: int = 1,
    stage: Progress = silent,
    storage: Storage | None = None,
) -> Detected:
    """All verified matches between different documents.

    `level` "paragraph" runs the paragraph pass alone, "passage" both. `stage` is told the name of each stage as it begins;
    `storage` holds the large arrays.
    """
    found = find(text, words, level=level, sketch=sketch, jobs=jobs, stage=stage, storage=storage)
    stage("matches")
    model = default_model()
    evidence = model.evidence(found.table)
    strong = evidence >= model.cut
    chosen, left_out = _choose(found.groups, found.table, strong, settings)
    runs = spans.without_overlap(spans.restore(text, found.line, found.groups.take(chosen)))
    runs = duplicates.expand(text, found.places, runs)
    origin = chosen[runs.source]
    matches = assembly.assemble(
        documents, text, runs, found.table[origin], evidence[origin], strong[origin], sketch.shingle
    )
    return Detected(matches, found.counts | {"phrases_left_out": left_out})


def candidate_paragraphs(
    text: ComparableText, places: duplicates.Places, sketch: SketchSettings
) -> tuple[I64, dict[str, int]]:
    """Candidate pairs of passages that pass the check of their shingle sets: rows (first, last, first, last), later
    side first."""
    chosen = np.sort(places.first)
    pieces = passages(text.flags, text.paragraphs, chosen)
    sets = shingles(text.symbols, text.flags, pieces.span, sketch.shingle)
    keys = band_keys(signatures(sets, sketch.permutations), sketch.bands, sketch.rows)
    sketched = np.diff(sets.offsets) >= sketch.least_shingles
    owner = text.document_of(pieces.span[:, 0])
    found = candidates(keys, owner, sketched, sketch.agreeing)
    alike = _alike(sets.values, sets.offsets, found.pairs, sketch.containment)
    pairs = found.pairs[alike]
    rows = np.concatenate((pieces.span[pairs[:, 0]], pieces.span[pairs[:, 1]]), axis=1)
    counts = {
        "paragraphs": len(text.paragraphs) - 1,
        "distinct_paragraphs": len(chosen),
        "passages_sketched": int(sketched.sum()),
        "candidate_pairs": len(found.pairs),
        "candidate_pairs_verified": len(pairs),
        "hot_bucket_entries_dropped": found.dropped,
    }
    return rows, counts


@kernel
def _alike(values: np.ndarray, offsets: I64, pairs: I64, least: float) -> Bool:
    """Whether the smaller shingle set of each pair lies in the larger one to at least that share."""
    out = np.zeros(len(pairs), np.bool_)
    for k in range(len(pairs)):
        a, b = pairs[k, 0], pairs[k, 1]
        smaller = min(offsets[a + 1] - offsets[a], offsets[b + 1] - offsets[b])
        out[k] = shared(values, offsets, a, b) >= least * smaller
    return out


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
    """Those of at least `LEAST` symbols: of shorter ones none is evidence, and none a phrase to report."""
    if not len(groups):
        return groups
    return groups.take(np.flatnonzero(np.add.reduceat(groups.runs[:, 2], groups.offsets[:-1]) >= LEAST))


def _with_equal(groups: Groups, equal: Groups) -> Groups:
    return Groups(
        np.concatenate((groups.here, equal.here)),
        np.concatenate((groups.there, equal.there)),
        np.concatenate((groups.offsets[:-1], equal.offsets + groups.offsets[-1])),
        np.concatenate((groups.runs, equal.runs)),
    )


def _choose(groups: Groups, table: F64, strong: Bool, settings: MatchSettings) -> tuple[I64, int]:
    """Groups that are reported: evidence, and of phrases the few of each place that share most; how many phrases are not."""
    long_enough = table[:, _CHARACTERS] >= settings.phrase_characters
    surprising = table[:, _SURPRISE] >= settings.phrase_surprise
    slogan = table[:, _CHARACTERS] >= settings.slogan_characters
    dense = table[:, _CHARACTERS] >= settings.phrase_density * table[:, _SPAN]
    phrase = ~strong & dense & (slogan | (long_enough & surprising))
    numbers = np.flatnonzero(phrase)
    order = numbers[np.lexsort((numbers, -table[numbers, _CHARACTERS], groups.here[numbers]))]
    kept_phrases = _few_a_place(order, groups.here, groups.offsets, groups.runs, settings.phrase_partners)
    return np.sort(np.concatenate((np.flatnonzero(strong), kept_phrases))), len(numbers) - len(kept_phrases)


@kernel
def _few_a_place(order: I64, here: np.ndarray, offsets: I64, runs: I64, partners: int) -> I64:
    """Of groups in order, those whose place in the later document fewer than `partners` before them cover by half."""
    chosen = np.empty(len(order), np.int64)
    count, begin = 0, 0
    for k in range(len(order)):
        g = order[k]
        if k and here[g] != here[order[k - 1]]:
            begin = count
        low = runs[offsets[g], 0]
        high = runs[offsets[g + 1] - 1, 0] + runs[offsets[g + 1] - 1, 2]
        told = 0
        for c in range(begin, count):
            other = chosen[c]
            other_low = runs[offsets[other], 0]
            other_high = runs[offsets[other + 1] - 1, 0] + runs[offsets[other + 1] - 1, 2]
            told += 2 * (min(high, other_high) - max(low, other_low)) > high - low
        if told < partners:
            chosen[count] = g
            count += 1
    return chosen[:count].copy()
