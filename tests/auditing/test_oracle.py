"""The audit against a slow, obvious count over sets of characters."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reuse.auditing.layers import LAYERS, REUSE
from reuse.families.chronology import moments
from reuse.model import Document, Kind, Match
from tests.auditing.making import audited, compared_positions, speech
from tests.families.aligner import Run, made_match

SIZE = 30
"""Letters of each document: few enough that matches overlap, and too few to be a version of another."""


@dataclass(frozen=True)
class Case:
    documents: list[Document]
    matches: list[Match]


def build(
    dates: list[str | None], authors: list[str | None], links: list[tuple[int, int, int, int, int, Kind]]
) -> Case:
    """Of several links of the same places the first, as no two matches that are found have the same."""
    documents = [
        speech(f"d{n}", "".join(chr(0x4E00 + 100 * n + k) for k in range(SIZE)), date=date, author=author)
        for n, (date, author) in enumerate(zip(dates, authors, strict=True))
    ]
    matches: list[Match] = []
    told: set[tuple[int, int, Run]] = set()
    for n, (one, other, here, there, length, kind) in enumerate(links):
        left, right = sorted((one, other))
        run = (here, here + length, there, there + length)
        if left != right and (left, right, run) not in told:
            told.add((left, right, run))
            matches.append(
                made_match(
                    f"m{n}", documents[left], documents[right], [run], kind=kind, figures=(0.5, 0.5, 0.5, 0.9)
                )
            )
    return Case(documents, matches)


cases = st.integers(2, 5).flatmap(
    lambda count: st.builds(
        build,
        st.lists(st.sampled_from([None, "2018", "2019", "2019-05", "2020"]), min_size=count, max_size=count),
        st.lists(st.sampled_from([None, "甲", "乙"]), min_size=count, max_size=count),
        st.lists(
            st.tuples(
                st.integers(0, count - 1),
                st.integers(0, count - 1),
                st.integers(0, SIZE - 12),
                st.integers(0, SIZE - 12),
                st.integers(8, 12),
                st.sampled_from(["copied", "edited", "templated"]),
            ),
            max_size=6,
        ),
    )
)


def may_be_source(source: Document, document: Document) -> bool:
    one, other = moments(source.date), moments(document.date)
    return one is None or other is None or one[0] <= other[1]


def held_by(case: Case, document: Document) -> dict[tuple[str, Kind], set[int]]:
    """For every possible source and kind the positions it holds of a document."""
    held: dict[tuple[str, Kind], set[int]] = {}
    by_id = {d.id: d for d in case.documents}
    for match in case.matches:
        for here, there, at in ((match.left, match.right, 0), (match.right, match.left, 2)):
            if here.document == document.id and may_be_source(by_id[there.document], document):
                run = match.aligned[0]
                held.setdefault((there.document, match.kind), set()).update(range(run[at], run[at + 1]))
    return held


@given(cases)
@example(build([None] * 3, [None] * 3, [(0, 1, 0, 0, 8, "copied"), (0, 2, 0, 0, 8, "edited")]))
@settings(max_examples=150)
def test_every_figure_is_a_count_of_characters(case: Case) -> None:
    told, _ = audited(case.documents, case.matches)
    authors = {document.id: document.author for document in case.documents}
    for document in case.documents:
        own = told[document.id]
        held = held_by(case, document)
        same = {key for key in held if authors[key[0]] is not None and authors[key[0]] == document.author}
        others = {key: places for key, places in held.items() if key not in same}
        reused = set().union(*others.values())
        layers: dict[str, set[int]] = {}
        taken: set[int] = set()
        for kind in ("copied", "edited", "templated"):
            places = set().union(*(p for key, p in others.items() if key[1] == kind)) - taken
            layers[kind] = places
            taken |= places
        layers["self"] = set().union(*(held[key] for key in same)) - reused
        assert own.reused == len(reused)
        assert own.counted == SIZE
        assert own.sources == len({source for source, _ in others})
        for kind, places in layers.items():
            assert sum(s.characters for s in own.spans if s.layer == kind) == len(places), kind
        by_source = {
            source: set().union(*(p for key, p in others.items() if key[0] == source)) for source, _ in others
        }
        largest = own.max_source.characters if own.max_source else 0
        assert largest == max((len(places) for places in by_source.values()), default=0)
        if own.max_source:
            assert len(by_source[own.max_source.document]) == largest


@given(cases)
@settings(max_examples=50)
def test_spans_are_ordered_disjoint_and_add_up(case: Case) -> None:
    told, paragraphs = audited(case.documents, case.matches)
    for document, paragraph in zip(case.documents, paragraphs, strict=True):
        own = told[document.id]
        assert sum(s.characters for s in own.spans if s.layer in LAYERS[:REUSE]) == own.reused
        assert all(one.end <= other.start for one, other in zip(own.spans, own.spans[1:], strict=False))
        positions = set(compared_positions(document).tolist())
        for span in own.spans:
            assert 0 < span.characters <= len(positions & set(range(span.start, span.end)))
        assert paragraph.reused_ratio == own.reused_ratio
        assert (paragraph.best is None) == (own.reused == 0 and own.self_reused_ratio == 0)
