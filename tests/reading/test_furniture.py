"""What a site repeats around its documents is found by shape, place and recurrence; what speeches repeat is not touched."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from reuse.model import Document
from reuse.reading.furniture import least_documents, mark_furniture
from tests.reading.material import BODY, kept, marked

PLACES = ("东岭", "西川", "南坪", "北港", "青石", "白沙", "红山", "黄土", "蓝湖", "紫云", "金谷", "银滩")
NAMES = (
    "林守山",
    "王小溪",
    "李大江",
    "赵青松",
    "钱白云",
    "孙明月",
    "周长河",
    "吴高峰",
    "郑春雨",
    "冯秋实",
    "陈冬雪",
    "褚夏荷",
)
SUBJECTS = ("防火", "防汛", "春耕", "教育", "卫生", "交通", "水利", "环保", "旅游", "安全", "就业", "养老")
OPENING = "各位代表：\n现在，我代表{place}市人民政府，向大会报告工作，请予审议，并请政协委员和其他列席人员提出意见。"
ENDING = "各位代表！让我们团结一心，真抓实干，为建设美丽{place}而努力奋斗！"


def own(number: int) -> str:
    """Text that only one document has."""
    subject, place = SUBJECTS[number % 12], PLACES[number % 12]
    return (
        f"今年以来，{place}各级把{subject}工作摆在突出位置，先后召开{number + 3}次专题会议，"
        f"投入资金{number * 7 + 11}万元，群众反映良好。\n从检查情况看，{subject}方面还有{number + 2}个薄弱环节，"
        f"{place}要列出清单，逐项销号，年底前全部整改到位。"
    )


def corpus(build: Callable[[int], str], size: int = 12) -> list[Document]:
    return [Document(id=str(number), source=str(number), text=build(number)) for number in range(size)]


def furniture_of(documents: Sequence[Document]) -> list[list[str]]:
    marked_documents, _ = mark_furniture(documents)
    return [[text for texts in marked(document).values() for text in texts] for document in marked_documents]


def test_titles_blocks_with_dates_places_and_names_as_slots() -> None:
    def build(n: int) -> str:
        place = PLACES[n]
        meeting = f"在{place}市第{n + 5}届人民代表大会第{n % 4 + 1}次会议上"
        head = f"下载\n打印\n【字号：\n加大\n】\n2026年{place}市政府工作报告\n——2026年1月{n + 10}日{meeting}"
        speech = f"{OPENING.format(place=place)}\n{own(n)}\n{ENDING.format(place=place)}"
        return f"{head}\n来源：{place}日报\n市长 {NAMES[n]}\n{speech}\n相关报道："

    for number, (found, document) in enumerate(zip(furniture_of(corpus(build)), corpus(build), strict=True)):
        lines = document.text.splitlines()
        assert [line for line in lines[:5] if line not in found] == []
        assert (
            lines[6] in found
            and lines[7] in found
            and f"市长 {NAMES[number]}" in found
            and "相关报道：" in found
        )
        speech = [
            *OPENING.format(place=PLACES[number]).splitlines(),
            *own(number).splitlines(),
            ENDING.format(place=PLACES[number]),
        ]
        assert not any(line in found for line in speech)


def test_the_prefix_of_a_programme_is_marked_and_the_sentence_behind_it_is_not() -> None:
    documents = corpus(
        lambda n: f"{'东岭台消息(东岭新闻)：' if n % 3 else '东岭台消息（东岭新闻）：本台消息：'}{own(n)}"
    )
    for document, found in zip(documents, furniture_of(documents), strict=True):
        assert "".join(found) == document.text.split("今年")[0]


def test_link_broken_licence_footers_go_as_a_whole() -> None:
    footer = (
        "本作品是东岭国的\n法律\n、\n法规\n，机关的决议、决定、命令和其他具有立法、行政、司法性质的文件，及其官方正式译文。根据《\n"
        "东岭国著作权法\n》第五条第一项，本作品不适用于该法，在\n东岭\n属于\n公有领域\n。\n注：东岭文库社群认为，\n不总是\n"
        "具有行政性质的文件。\nPublic domain\nfalse"
    )
    documents = corpus(lambda n: f"{own(n)}\n{ENDING.format(place=PLACES[n])}\n\n\n{footer}")
    for number, document in enumerate(mark_furniture(documents)[0]):
        assert "".join(kept(document).split()) == "".join(
            (own(number) + ENDING.format(place=PLACES[number])).split()
        )


def test_english_transcripts_lose_their_letterhead_and_keep_their_greeting() -> None:
    def build(n: int) -> str:
        return (
            "THE GOVERNOR'S HOUSE\nOffice of the Press Secretary\nFor Immediate Release\n"
            f"May {n + 1}, 2024\nREMARKS BY THE GOVERNOR AT TOWN {n}\nThank you. Good morning, everybody.\n"
            f"We are here in town number {n} to speak about the {n} bridges that the flood took away last spring.\n"
            f"I promise you that {n + 1} of them will stand again before the winter comes.\nThank you very much.\nEND"
        )

    for found in furniture_of(corpus(build)):
        assert {
            "THE GOVERNOR'S HOUSE",
            "Office of the Press Secretary",
            "For Immediate Release",
            "END",
        } <= set(found)
        assert not any("Thank you" in line or "promise" in line for line in found)


@pytest.mark.parametrize(
    "line",
    [
        "同志们：",
        "各位代表，同志们：",
        "尊敬的各位领导、各位来宾：",
        "大家上午好！",
        "今天，我们在这里隆重集会，共同庆祝这个光荣的节日。",
        "一、过去一年工作回顾",
        "（一）坚持党的领导",
        "第一，提高思想认识。",
        "谢谢大家！",
        "最后，祝大家身体健康，工作顺利！",
        "让我们携起手来，共创美好未来！",
        "会议还研究了其他事项。",
        "现在，请审议。",
        "Ladies and gentlemen,",
        "Thank you.",
    ],
)
@pytest.mark.parametrize("where", ["head", "tail", "both"])
def test_what_speakers_say_is_no_furniture_however_often_it_recurs(line: str, where: str) -> None:
    def build(n: int) -> str:
        text = f"{line}\n{own(n)}" if where != "tail" else own(n)
        return f"{text}\n{line}" if where != "head" else text

    assert furniture_of(corpus(build)) == [[]] * 12


def test_a_repeated_sentence_above_a_footer_is_still_speech() -> None:
    documents = corpus(
        lambda n: f"{own(n)}\n会议还研究了其他事项。\n（视频编辑：{NAMES[n]} 文字编辑：张三丰）"
    )
    for document in mark_furniture(documents)[0]:
        assert marked(document) == {"furniture": [document.text.splitlines()[-1]]}


def test_two_alike_are_not_enough() -> None:
    documents = corpus(lambda n: f"{'某某网首发专稿' if n < 2 else '第一手报道' * n}\n{own(n)}")
    assert furniture_of(documents)[:2] == [[], []]
    assert furniture_of(documents[:2]) == [[], []]
    assert [least_documents(n) for n in (2, 5, 119, 400, 1000, 23_000, 10**6)] == [3, 3, 3, 4, 10, 20, 20]


def test_a_document_that_is_nothing_else_keeps_its_lines() -> None:
    documents = corpus(lambda n: "今日要闻一览" if n < 4 else f"今日要闻一览\n{own(n)}")
    found = furniture_of(documents)
    assert found[:4] == [[]] * 4 and all(lines == ["今日要闻一览"] for lines in found[4:])


def test_what_is_told_of_furniture() -> None:
    documents = corpus(lambda n: f"东岭台消息：{own(n)}\n（责任编辑：{NAMES[n]}）")
    shapes = mark_furniture(documents)[1]
    assert [(shape.place, shape.documents) for shape in shapes] == [("prefix", 12), ("tail", 12)]
    assert shapes[1].shape == "(责任编辑:*)"


def test_order_and_marks_already_there_do_not_matter() -> None:
    documents = corpus(lambda n: f"东岭台消息：{own(n)}\n（责任编辑：{NAMES[n]}）")
    shuffled = list(documents)
    random.Random(5).shuffle(shuffled)
    expected = {document.id: document for document in mark_furniture(documents)[0]}
    assert {document.id: document for document in mark_furniture(shuffled)[0]} == expected
    once = mark_furniture(documents)[0]
    assert mark_furniture(once)[0] == once


def test_coordinates_are_those_of_the_source() -> None:
    shifted = [
        Document(
            id=str(n), source="s", text=f"东岭台消息：{own(n)}", start=1000 * n, title="t", metadata={"a": n}
        )
        for n in range(5)
    ]
    for before, after in zip(shifted, mark_furniture(shifted)[0], strict=True):
        assert after.slice(after.removed[0].start, after.removed[0].end) == "东岭台消息："
        assert (after.id, after.text, after.start, after.title, after.metadata) == (
            before.id,
            before.text,
            before.start,
            before.title,
            before.metadata,
        )


@pytest.mark.parametrize("size", [0, 1, 2])
def test_few_documents_have_no_furniture(size: int) -> None:
    documents = corpus(lambda n: f"东岭台消息：{own(n)}", size)
    assert mark_furniture(documents) == (documents, [])


def test_paragraphs_given_one_by_one_are_never_hidden() -> None:
    documents = [
        Document(id=str(n), source=str(n), text="增强四个意识坚定四个自信" if n % 2 else BODY[n % 5])
        for n in range(40)
    ]
    assert furniture_of(documents) == [[]] * 40


@pytest.mark.parametrize(
    "words", ["党的二十大报告提出", "大家知道", "我认为", "会议强调", "工作的总体要求是", "一是"]
)
def test_words_that_introduce_a_sentence_are_no_prefix_of_a_programme(words: str) -> None:
    assert furniture_of(corpus(lambda n: f"{words}：{own(n)}")) == [[]] * 12
