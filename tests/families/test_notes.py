"""What an inspector reads off slots: names left in, blanks left in, years that do not fit, slips in common."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

import reuse
from reuse.config import FamilySettings
from reuse.families import build_families
from reuse.families.notes import document_notes
from reuse.model import Document, Removed
from tests.families.aligner import pairwise_matches
from tests.families.slips import slips_in
from tests.quality.corpora import FIXTURES, own_paragraphs
from tests.quality.families import foreign_fillers

PARAGRAPHS = own_paragraphs()
Note = Mapping[str, Any]


def speech(name: str, text: str, **known: str) -> Document:
    return Document(id=name, source=f"{name}.txt", text=text, **known)  # type: ignore[arg-type]


def notes_on(documents: Sequence[Document], kind: str) -> list[Note]:
    matches = pairwise_matches(documents)
    families = build_families(documents, matches, FamilySettings()).families
    return [note for family in families for note in family.notes if note["note"] == kind]


def spans(documents: Sequence[Document], notes: Sequence[Note]) -> list[tuple[str, str]]:
    by_id = {document.id: document for document in documents}
    return [(n["document"], by_id[n["document"]].slice(n["start"], n["end"])) for n in notes]


LOAN = "这件事办得成办不成，关键看干部肯不肯往前站，群众的眼睛是亮的，{}的干部从来没有在难事面前退过。"


def test_the_name_of_the_place_a_passage_was_taken_from() -> None:
    documents = [
        speech(
            "a", LOAN.format("平乐") + PARAGRAPHS[3], place="平乐县", title="在平乐县三级干部会议上的讲话"
        ),
        speech(
            "b", PARAGRAPHS[4] + LOAN.format("平乐"), place="安化县", title="在安化县三级干部会议上的讲话"
        ),
    ]
    (note,) = notes_on(documents, "foreign")
    assert spans(documents, [note]) == [("b", "平乐")]
    assert (note["own"], note["belongs_to"]) == ("安化", "a")


@pytest.mark.parametrize("said", ["二○二○年", "PM_2.5", "3×4", "X-47B"])
def test_a_nought_a_subscript_and_a_sign_of_multiplication_are_no_blanks(said: str) -> None:
    frame = "到{}的时候，各项任务都要见到实实在在的成效，谁的责任谁来担，谁的难题谁来解。"
    words = (said, "明年三月", "下个季度", "年底以前")
    documents = [speech(f"d{n}", PARAGRAPHS[n] + frame.format(word)) for n, word in enumerate(words)]
    assert notes_on(documents, "blank") == []


@pytest.mark.parametrize(("date", "left"), [("2024-02-10", 0), ("2024-09-10", 1)])
def test_in_spring_the_year_before_is_not_left_behind(date: str, left: int) -> None:
    frame = "{}年的各项任务要逐条对账，谁的责任谁来担，谁的难题谁来解，年底以前全部见到成效。"
    dates = ("2020-06-01", "2021-06-01", "2022-06-01", date)
    years = ("2020", "2021", "2022", "2023")
    documents = [
        speech(f"d{n}", PARAGRAPHS[n] + frame.format(year), date=day)
        for n, (day, year) in enumerate(zip(dates, years, strict=True))
    ]
    assert len(notes_on(documents, "stale")) == left


def test_a_superior_may_be_named_by_both() -> None:
    documents = [
        speech(
            "a", LOAN.format("忻州") + PARAGRAPHS[3], place="忻州市", title="在忻州市三级干部会议上的讲话"
        ),
        speech(
            "b", PARAGRAPHS[4] + LOAN.format("忻州"), place="五台县", title="在五台县三级干部会议上的讲话"
        ),
    ]
    assert notes_on(documents, "foreign") == []


def test_a_place_the_speech_names_elsewhere_too_is_its_own_affair() -> None:
    documents = [
        speech("a", LOAN.format("平乐") + PARAGRAPHS[3], place="平乐县"),
        speech("b", "前天我刚从平乐学习回来。" + PARAGRAPHS[4] + LOAN.format("平乐"), place="安化县"),
    ]
    assert notes_on(documents, "foreign") == []


def test_an_author_may_quote_his_own_place() -> None:
    documents = [
        speech("a", LOAN.format("平乐") + PARAGRAPHS[3], place="平乐县", author="甲"),
        speech("b", PARAGRAPHS[4] + LOAN.format("平乐"), place="安化县", author="甲"),
    ]
    assert notes_on(documents, "foreign") == []
    assert notes_on(documents, "self-reuse") == [{"note": "self-reuse", "documents": ["a", "b"], "of": "甲"}]


COUNTY = "全县各部门都要行动起来。全县的底子并不差，县委、县政府下了决心，全县上下要有信心。"


@pytest.mark.parametrize("wording", ["我州", "我区", "我镇", "全区"])
def test_a_level_of_government_that_is_not_its_own(wording: str) -> None:
    document = speech("a", f"{COUNTY}{wording}的经验值得总结。", title="在全县工作会议上的讲话")
    (note,) = document_notes(document)
    assert (note["note"], note["text"], note["own"]) == ("foreign", wording, "全县")
    assert (note["count"], note["own_count"]) == (1, 3)
    assert spans([document], [note]) == [("a", wording)]


@pytest.mark.parametrize(
    "harmless",
    [
        "全省的会议刚刚开过。",
        "工作走在全市前列。",
        "居全市第三位。",
        "带领全村致富。",
        "全国、全省、全市的会都开过了。",
        "食品安全县创建成功。",
    ],
)
def test_levels_a_county_may_well_speak_of(harmless: str) -> None:
    assert document_notes(speech("a", COUNTY + harmless, title="在全县工作会议上的讲话")) == ()


def test_what_reading_marked_is_no_residue() -> None:
    document = speech("a", f"{COUNTY}我州的经验", title="在全县工作会议上的讲话")
    marked = replace(document, removed=(Removed(len(COUNTY), len(document.text), "tags"),))
    assert document_notes(marked) == ()


def test_a_blank_where_others_have_a_value() -> None:
    frame = "今年以来，全区先后有{}家企业完成技术改造，带动就业的人数比去年多出将近两成，成绩来之不易。"
    documents = [
        speech(str(n), frame.format(value)) for n, value in enumerate(("三十六", "X", "四十二", "五十一"))
    ]
    (note,) = notes_on(documents, "blank")
    assert spans(documents, [note]) == [("1", "X")]
    assert "三十六" in note["others"]


def test_a_year_that_does_not_follow_its_date() -> None:
    frame = "同志们，{}年的工作已经全面铺开，开局良好，大家要一鼓作气，把各项任务往前赶，争取主动。"
    years = ((2019, 2019), (2020, 2020), (2021, 2019), (2022, 2022))
    documents = [speech(f"d{date}", frame.format(said), date=f"{date}-03-01") for date, said in years]
    (note,) = notes_on(documents, "stale")
    assert spans(documents, [note]) == [("d2021", "2019")]
    assert note["expected"] == 2021


@pytest.mark.parametrize(
    ("wording", "date", "stale"),
    [
        ("我们即将召开的党的二十大，意义重大。", "2022-12-06", True),
        ("我们即将召开的党的二十大，意义重大。", "2022-08-01", False),
        ("要深入学习贯彻党的十九大精神。", "2024-03", True),
        ("要深入学习贯彻党的十九大精神，全面贯彻党的二十大精神。", "2023-11", False),
        ("要深入学习贯彻党的十九大精神。", None, False),
        ("党的十九大以来，变化很大。", "2024-03", False),
        ("眼下正处于全面建成小康社会的决胜阶段。", "2022-02", True),
        ("“十三五”规划收官在即，任务很重。", "2023", True),
        ("到县卫生和计划生育局备案。", "2021-10-18", True),
        ("党的二十大胜利闭幕。", "2019-05", True),
    ],
)
def test_wording_that_its_date_has_left_behind(wording: str, date: str | None, stale: bool) -> None:
    document = Document(id="a", source="a", text=wording, date=date)
    assert [note["note"] for note in document_notes(document)] == ["stale"] * stale


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("领导干部要以身作责，胜过开会", "以身作则"),
        ("真正做到防犯于未然", "防患于未然"),
        ("大家十分幸苦", "辛苦"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(text: str, meant: str) -> None:
    (slip,) = slips_in(text)
    assert slip.meant == meant
    assert text[slip.start : slip.end] == slip.text


def test_garbled_text_is_a_slip_too() -> None:
    assert [
        slip.text for slip in slips_in("要抓好落实，，不能拖延；贯彻落实贯彻落实到位，出真业绩o新形势")
    ] == ["，，", "贯彻落实贯彻落实", "o"]


def test_paragraphs_of_the_repository_hold_hardly_a_slip() -> None:
    found = [slip for paragraph in PARAGRAPHS for slip in slips_in(paragraph)]
    assert len(found) <= len(PARAGRAPHS) // 50


def test_a_slip_counts_only_where_two_documents_share_it() -> None:
    text = "领导干部以身作责，胜过开一百场报告会，底下的人看的是你怎么做，不是你怎么说，道理就这么简单。"
    shared = [speech("a", text + PARAGRAPHS[3]), speech("b", PARAGRAPHS[4] + text)]
    (note,) = notes_on(shared, "slip")
    assert (note["text"], note["meant"]) == ("以身作责", "以身作则")
    assert spans(shared, note["places"]) == [("a", "以身作责"), ("b", "以身作责")]
    alone = [shared[0], speech("b", PARAGRAPHS[4] + text.replace("责", "则"))]
    assert notes_on(alone, "slip") == []


def test_versions_are_named_as_such() -> None:
    text = "\n".join(PARAGRAPHS[30:36])
    note = notes_on([speech("a", text), speech("b", text)], "versions")[0]
    assert note["documents"] == ["a", "b"]


def test_foreign_names_of_the_fixture_speeches() -> None:
    told = foreign_fillers()
    assert told.found >= 0.9 * told.planted
    assert told.alarms <= 1


def test_what_was_planted_in_the_fixture_speeches() -> None:
    result = reuse.scan([FIXTURES / "speeches"])
    told = [note for family in result.families for note in family.notes]
    told += [note for record in result.documents for note in record.originality.notes]  # type: ignore[union-attr]
    places = {
        kind: [
            (p["document"], p["start"], p["end"])
            for n in told
            if n["note"] == kind
            for p in n.get("places", [n])
        ]
        for kind in ("stale", "slip")
    }
    gold = [json.loads(line) for line in (FIXTURES / "slots.jsonl").read_text(encoding="utf-8").splitlines()]
    planted = {
        "stale": [g for g in gold if g["kind"] == "stale"],
        "slip": [p for g in gold if g["kind"] == "slip" for p in g["places"]],
    }
    for kind, least in (("stale", 5), ("slip", 6)):
        hits = [
            any(
                p["document"] == d and start < p["end"] and p["start"] < end for d, start, end in places[kind]
            )
            for p in planted[kind]
        ]
        assert sum(hits) >= least, kind
