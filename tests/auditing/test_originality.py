"""How much of a document others hold, from whom, and what every figure rests on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reuse.auditing import recount
from reuse.auditing.counting import rounded
from reuse.auditing.lists import bundled_phrases, parse_list
from reuse.config import AuditSettings, Settings
from reuse.model import ConfigError, Document, DocumentRecord, Originality, Removed
from tests.auditing.making import audited, compared_positions, speech
from tests.families.aligner import made_match, pairwise_matches
from tests.quality.corpora import own_paragraphs
from tests.quality.families import originality_error

PARAGRAPHS = own_paragraphs()
PASSAGE = PARAGRAPHS[0]


def letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def pair(**later: str) -> list[Document]:
    """An earlier speech, and a later one that holds a passage of it and a paragraph of its own."""
    return [
        speech("early", f"{PARAGRAPHS[1]}\n{PASSAGE}", date="2019-05"),
        speech("late", f"{PASSAGE}\n{PARAGRAPHS[2]}", **{"date": "2020-03", **later}),
    ]


def layer(own: Originality, name: str) -> int:
    return sum(span.characters for span in own.spans if span.layer == name)


def test_a_copied_passage_is_reuse_of_the_later_speech() -> None:
    told, _ = audited(pair())
    late = told["late"]
    assert late.reused == letters(PASSAGE)
    assert late.counted == letters(PASSAGE) + letters(PARAGRAPHS[2])
    assert late.reused_ratio == round(late.reused / late.counted, 4) == late.copied_ratio
    assert (late.templated_ratio, late.phrase_ratio, late.quoted_ratio) == (0.0, 0.0, 0.0)
    assert late.score == round(1 - late.reused / late.counted, 4)
    assert late.longest_run == letters(PASSAGE)
    assert (late.sources, late.basis) == (1, "date")
    assert late.max_source is not None
    assert (late.max_source.document, late.max_source.characters) == ("early", letters(PASSAGE))


def test_the_earlier_speech_owes_nothing() -> None:
    told, _ = audited(pair())
    assert (told["early"].reused, told["early"].max_source, told["early"].sources) == (0, None, 0)
    assert told["early"].basis == "date"


def test_the_order_of_the_documents_does_not_say_who_was_first() -> None:
    early, late = pair()
    told, _ = audited([late, early])
    assert (told["late"].reused, told["early"].reused) == (letters(PASSAGE), 0)


@pytest.mark.parametrize("date", [None, "2019"])
def test_without_a_known_order_all_others_count_and_the_basis_says_so(date: str | None) -> None:
    early, late = pair()
    told, _ = audited([early, replace(late, date=date)])
    assert told["late"].reused == letters(PASSAGE)
    assert told["late"].basis == "unknown"


def test_undated_speeches_may_be_taken_in_the_order_of_the_input() -> None:
    early, late = (replace(document, date=None) for document in pair())
    told, _ = audited([early, late], undated="order")
    assert (told["early"].reused, told["late"].reused) == (0, letters(PASSAGE))
    assert told["late"].basis == "order"


@pytest.mark.parametrize("known", [{"author": "甲"}, {"series": "理论学习"}])
def test_own_earlier_text_is_kept_apart(known: dict[str, str]) -> None:
    told, _ = audited([replace(document, **known) for document in pair()])
    late = told["late"]
    assert (late.reused, late.sources) == (0, 0)
    assert layer(late, "self") == letters(PASSAGE)
    assert late.self_reused_ratio == round(letters(PASSAGE) / late.counted, 4)


def test_reuse_of_others_comes_before_own_text() -> None:
    mine = speech("mine", f"{PARAGRAPHS[5]}\n{PASSAGE}", date="2018", author="甲")
    told, _ = audited([mine, *pair(author="甲")])
    assert (told["late"].reused, told["late"].self_reused_ratio) == (letters(PASSAGE), 0.0)


def test_versions_of_a_speech_are_no_sources_of_each_other() -> None:
    text = "\n".join(PARAGRAPHS[30:36])
    told, _ = audited([speech("draft", text, date="2020-01"), speech("final", text + "完", date="2020-02")])
    assert (told["final"].reused, told["final"].versions) == (0, ("draft",))
    assert (told["draft"].reused, told["draft"].versions) == (0, ("final",))


def test_a_speech_taken_over_entire_by_another_author_is_reuse() -> None:
    text = "\n".join(PARAGRAPHS[30:36])
    told, _ = audited(
        [speech("his", text, date="2020-01", author="甲"), speech("mine", text, date="2020-02", author="乙")]
    )
    assert (told["mine"].reused_ratio, told["mine"].versions) == (1.0, ())


def test_a_base_document_leaves_both_sides_and_is_shown() -> None:
    told, _ = audited(pair(), base_documents=("early",))
    late = told["late"]
    assert (late.reused, late.counted) == (0, letters(PARAGRAPHS[2]))
    assert layer(late, "base") == letters(PASSAGE)
    assert late.spans[0].document == "early"


def test_a_base_document_there_is_not_is_an_error() -> None:
    with pytest.raises(ConfigError, match="'nowhere'"):
        audited(pair(), base_documents=("nowhere",))


QUOTATION = "李主任强调，“把群众的小事当作自己的大事来办，一件一件办好，一年一年坚持下去，群众自然信你服你”。"


def test_quotations_leave_both_sides() -> None:
    documents = [
        speech("early", f"{PARAGRAPHS[1]}\n{QUOTATION}", date="2019"),
        speech("late", f"{QUOTATION}\n{PARAGRAPHS[2]}", date="2020"),
    ]
    told, _ = audited(documents)
    said = letters(QUOTATION[QUOTATION.index("“") :])
    late = told["late"]
    assert layer(late, "quoted") == said
    assert late.counted == letters(documents[1].text) - said
    assert late.quoted_ratio == round(said / letters(documents[1].text), 4)
    assert late.reused <= letters("李主任强调")


def test_quotations_that_are_not_excluded_count_like_any_text() -> None:
    documents = [
        speech("early", f"{PARAGRAPHS[1]}\n{QUOTATION}", date="2019"),
        speech("late", f"{QUOTATION}\n{PARAGRAPHS[2]}", date="2020"),
    ]
    told, _ = audited(documents, exclude=())
    assert (told["late"].reused, told["late"].quoted_ratio) == (letters(QUOTATION), 0.0)
    assert told["late"].counted == letters(documents[1].text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("《安全生产法》第五条规定，“主要负责人全面负责”。", "安全生产法第五条主要负责人全面负责"),
        ("大家都要读一读《荀子》。", "荀子"),
        ("根据宪法第三十五条，公民有言论自由。", "第三十五条"),
        ("他说：「慢慢来，比较快」，我们都笑了。", "慢慢来比较快"),
        ('The mayor said, "we will build it again", and left.', "wewillbuilditagain"),
        ("要增强“四个意识”。", ""),
        ("他常说'少说多做'。", ""),
    ],
)
def test_what_is_a_quotation(text: str, quoted: str) -> None:
    document = speech("a", text)
    told, _ = audited([document], [])
    spans = [document.slice(span.start, span.end) for span in told["a"].spans if span.layer == "quoted"]
    assert "".join(c for span in spans for c in span if c.isalpha()) == quoted


SLOGAN = "增强四个意识、坚定四个自信、做到两个维护"


def test_a_match_of_listed_phrases_alone_is_no_reuse() -> None:
    documents = [
        speech("early", f"{PARAGRAPHS[1]}\n{SLOGAN}", date="2019"),
        speech("late", f"{PARAGRAPHS[2]}\n{SLOGAN}", date="2020"),
    ]
    told, _ = audited(documents)
    assert told["late"].reused == 0
    assert layer(told["late"], "phrase") == letters(SLOGAN)
    assert told["late"].counted == letters(documents[1].text)


def test_a_phrase_inside_a_copied_passage_is_copied_with_it() -> None:
    loan = PASSAGE + SLOGAN + PARAGRAPHS[3]
    documents = [
        speech("early", f"{PARAGRAPHS[1]}\n{loan}", date="2019"),
        speech("late", f"{loan}\n{PARAGRAPHS[2]}", date="2020"),
    ]
    told, _ = audited(documents)
    assert (told["late"].reused, layer(told["late"], "phrase")) == (letters(loan), 0)


def test_users_add_phrases_of_their_own() -> None:
    told, _ = audited(pair(), phrases=(PASSAGE,))
    assert told["late"].reused == 0
    assert layer(told["late"], "phrase") == letters(PASSAGE)


def test_phrases_leave_both_sides_where_that_is_asked_for() -> None:
    told, _ = audited(pair(), phrases=(PASSAGE,), exclude=("phrases", "quotations"))
    assert told["late"].counted == letters(PARAGRAPHS[2])


def test_shared_stock_phrases_are_phrases_whoever_came_first() -> None:
    matches = [replace(m, level="phrase", kind="commonplace") for m in pairwise_matches(pair())]
    told, _ = audited(pair(), matches)
    for name in ("early", "late"):
        assert (told[name].reused, layer(told[name], "phrase")) == (0, letters(PASSAGE))
    assert told["late"].spans[0].document == "early"


def test_the_list_of_the_package_names_each_phrase_once() -> None:
    assert len(set(bundled_phrases())) == len(bundled_phrases()) > 50


def test_a_list_is_one_entry_a_line_with_comments() -> None:
    assert parse_list("\ufeff# 说明\n 一句话 \n\n一句话\n另一句#不是说明\n") == ("一句话", "另一句#不是说明")


def test_what_is_marked_is_on_neither_side() -> None:
    early, late = pair()
    marked = replace(late, removed=(Removed(0, len(PASSAGE), "banner"),))
    told, _ = audited([early, marked], pairwise_matches([early, late]))
    assert (told["late"].reused, told["late"].counted) == (0, letters(PARAGRAPHS[2]))


def test_kinds_have_figures_of_their_own() -> None:
    kinds = ("copied", "edited", "templated")
    source = speech("early", "\n".join(PARAGRAPHS[:3]), date="2019")
    late = speech("late", "\n".join(PARAGRAPHS[:4]), date="2020")
    at = [0, len(PARAGRAPHS[0]) + 1, len(PARAGRAPHS[0]) + len(PARAGRAPHS[1]) + 2]
    matches = [
        made_match(
            f"m{n}",
            source,
            late,
            [(at[n], at[n] + len(PARAGRAPHS[n]), at[n], at[n] + len(PARAGRAPHS[n]))],
            kind=kind,
        )
        for n, kind in enumerate(kinds)
    ]
    told, paragraphs = audited([source, late], matches)
    own = told["late"]
    assert [layer(own, kind) for kind in kinds] == [letters(PARAGRAPHS[n]) for n in range(3)]
    assert own.copied_ratio == round((letters(PARAGRAPHS[0]) + letters(PARAGRAPHS[1])) / own.counted, 4)
    assert own.templated_ratio == round(letters(PARAGRAPHS[2]) / own.counted, 4)
    weighed = 1.0 * (layer(own, "copied") + layer(own, "edited")) + 0.7 * layer(own, "templated")
    assert own.score == round(1 - weighed / own.counted, 4)
    assert [p.kind for p in paragraphs if p.document == "late"] == [*kinds, None]


def test_the_most_from_one_source_counts_overlapping_matches_once() -> None:
    one = speech("one", PASSAGE + PARAGRAPHS[5], date="2018")
    other = speech("other", f"{PASSAGE}\n{PARAGRAPHS[6]}", date="2018")
    late = speech("late", f"{PASSAGE}\n{PARAGRAPHS[6]}\n{PARAGRAPHS[7]}", date="2020")
    length = len(PASSAGE)
    matches = [
        *pairwise_matches([one, late]),
        *pairwise_matches([other, late]),
        made_match("again", one, late, [(0, length, 0, length)]),
        made_match("part", one, late, [(0, length - 9, 0, length - 9)], kind="edited"),
    ]
    told, _ = audited([one, other, late], matches)
    largest = told["late"].max_source
    assert largest is not None
    assert largest.document == "other"
    assert largest.characters == letters(PASSAGE) + letters(PARAGRAPHS[6])
    assert told["late"].sources == 2


def test_a_paragraph_of_many_places_has_the_earliest_as_its_source() -> None:
    """The star is matched with the first in order; who is first by date is another."""
    found = [
        speech("a", f"{PASSAGE}\n{PARAGRAPHS[11]}", date="2020"),
        speech("b", f"{PASSAGE}\n{PARAGRAPHS[12]}", date="2018"),
        speech("c", f"{PASSAGE}\n{PARAGRAPHS[13]}", date="2019"),
    ]
    whole = (0, len(PASSAGE))
    star = [made_match(f"m{n}", found[0], found[n], [(*whole, *whole)], level="paragraph") for n in (1, 2)]
    told, paragraphs = audited(found, star)
    assert {name: own.reused for name, own in told.items()} == {
        "a": letters(PASSAGE),
        "b": 0,
        "c": letters(PASSAGE),
    }
    assert [span.document for name in ("a", "c") for span in told[name].spans] == ["b", "b"]
    assert (told["a"].sources, told["c"].sources) == (2, 1)
    best = [p.best.document if p.best else None for p in paragraphs]
    assert best == ["b", None, None, None, "b", None]


def test_a_variant_of_an_equal_paragraph_has_all_its_places_as_sources() -> None:
    found = [speech(name, f"{PASSAGE}\n{PARAGRAPHS[11 + n]}", date=f"201{n}") for n, name in enumerate("abc")]
    found.append(speech("d", f"{PARAGRAPHS[15]}\n{PASSAGE[5:45]}", date="2019"))
    whole, at = (0, len(PASSAGE)), len(PARAGRAPHS[15]) + 1
    star = [made_match(f"m{n}", found[0], found[n], [(*whole, *whole)], level="paragraph") for n in (1, 2)]
    variant = made_match("v", found[0], found[3], [(5, 45, at, at + 40)])
    told, _ = audited(found, [*star, variant])
    assert told["d"].sources == 3
    assert told["d"].reused == letters(PASSAGE[5:45])
    assert told["d"].spans[0].others == 2


def test_spans_are_in_order_and_name_source_match_and_family() -> None:
    told, _ = audited(pair())
    (span,) = told["late"].spans
    assert (span.start, span.end) == (0, len(PASSAGE) - 1)
    assert (span.document, span.source_start) == ("early", len(PARAGRAPHS[1]) + 1)
    assert (span.match, span.family, span.others) == ("m000000", "f00001", 0)


def test_paragraphs_say_how_much_of_them_is_whose() -> None:
    _, paragraphs = audited(pair())
    copied, own = (paragraph for paragraph in paragraphs if paragraph.document == "late")
    assert (copied.reused_ratio, copied.kind, copied.families) == (1.0, "copied", ("f00001",))
    assert copied.best is not None
    assert (copied.best.document, copied.best.containment) == ("early", 1.0)
    assert copied.best.start == len(PARAGRAPHS[1]) + 1
    assert (own.reused_ratio, own.kind, own.best, own.families) == (0.0, None, None, ())


def test_an_empty_document_is_all_its_own() -> None:
    told, _ = audited([speech("a", ""), speech("b", "。")], [])
    assert [(own.score, own.reused_ratio, own.counted, own.spans) for own in told.values()] == [
        (1.0, 0.0, 0, ())
    ] * 2


def test_a_finished_result_is_counted_again() -> None:
    documents = pair()
    compared = [compared_positions(document) for document in documents]
    records = [
        DocumentRecord(document=d, characters=len(d.text), compared=len(c), removed=(), sha256="")
        for d, c in zip(documents, compared, strict=True)
    ]
    again = recount(records, [], pairwise_matches(documents), [], AuditSettings(phrases=(PASSAGE,)))
    assert [record.originality.reused for record in again.documents if record.originality] == [0, 0]


@pytest.mark.parametrize("changes", [{"exclude": ["slogans"]}, {"weights": [1, 2, 3]}, {"undated": "none"}])
def test_settings_that_mean_nothing_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(changes))):
        Settings().changed(auditing=changes)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_known_share_of_reuse_is_found(share: float) -> None:
    assert originality_error(share) <= 3


def test_shares_are_rounded_as_the_interpreter_rounds_them() -> None:
    """`numpy.round` multiplies first, and takes .00035, a little less than the middle of two, for the middle."""
    shares = [part / whole for whole in (1, 3, 7, 400, 20_000, 99_991) for part in range(0, whole + 1, 7)]
    assert rounded(np.array(shares)).tolist() == [round(share, 4) for share in shares]
