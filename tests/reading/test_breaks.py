"""Line breaks inside sentences, wrapped text, and texts that come in pages."""

from __future__ import annotations

import textwrap

import pytest

from tests.reading.material import ADDRESS, BODY, SPEECH, THANKS, TITLE, cleaned, kept, marked, paragraphs

ENGLISH = (
    "My fellow citizens, we have come together this morning because the forests that our parents planted are in danger, "
    "and because nobody but ourselves can keep them. I will not speak for long. The season has been dry, the wind has been "
    "strong, and every one of us knows a hill where a single match would be enough.",
    "There are three things that I want to ask of you. Look after the paths, so that the engines can pass. Look after each "
    "other, so that nobody stands alone at a fire. And look after the children, who have never seen these valleys burn and "
    "never should.",
    "We have done this before, and we shall do it again. Thank you for coming, and thank you for what you are going to do.",
)


def wrapped(width: int, lines: tuple[str, ...] = (ADDRESS, *BODY, THANKS)) -> str:
    """A text as a printer breaks it: `width` characters a line, the last line of a paragraph short."""
    return "\n".join(line[at : at + width] for line in (TITLE, *lines) for at in range(0, len(line), width))


@pytest.mark.parametrize("width", [20, 25, 30, 35, 38])
def test_chinese_text_wrapped_at_a_width_is_whole_again(width: int) -> None:
    document = cleaned(wrapped(width))
    found = "\n".join(paragraphs(document))
    assert [line for line in (BODY[0], BODY[2], BODY[4]) if line not in found] == []
    assert [line for line in (BODY[1], ADDRESS) if line not in paragraphs(document)] == []


@pytest.mark.parametrize("width", [60, 72, 78])
def test_english_text_wrapped_at_a_width_is_whole_again(width: int) -> None:
    text = "\n".join(textwrap.fill(line, width) for line in ENGLISH)
    document = cleaned(text)
    found = [line.strip() for line in kept(document).replace("\n ", "\n").splitlines() if line.strip()]
    assert len(found) <= 5, found
    assert "".join("".join(found).split()) == "".join("".join(ENGLISH).split())


def test_indented_paragraphs_of_wrapped_text_stay_apart() -> None:
    lines = [("　　" + line) for line in (BODY[0], BODY[2], BODY[4], BODY[3]) * 2]
    text = "\n".join(line[at : at + 30] for line in lines for at in range(0, len(line), 30))
    assert paragraphs(cleaned(text)) == [line.strip("　") for line in lines]


def test_text_that_is_not_wrapped_is_left_alone() -> None:
    assert cleaned(SPEECH).joins == ()
    assert cleaned("\n".join([TITLE, ADDRESS, *BODY * 5, THANKS])).joins == ()
    poem = "\n".join(["春眠不觉晓，", "处处闻啼鸟。", "夜来风雨声，", "花落知多少。"] * 4)
    assert {poem[join - 1] for join in cleaned(poem).joins} <= {"，"}


def test_a_list_of_headlines_is_no_wrapped_text() -> None:
    lines = [
        f"{place}林区今冬防火物资储备全部到位验收合格"
        for place in ("东岭", "西川", "南坪", "北港", "青石", "白沙", "红山", "黄土", "蓝湖", "紫云")
    ]
    assert cleaned("\n".join(lines)).joins == ()


def test_breaks_around_links_and_brackets_are_inside_a_sentence() -> None:
    text = f"{TITLE}\n{ADDRESS}\n要认真贯彻《\n森林防火条例\n》，落实“\n谁的山谁看\n”的责任，\n做到守土有责。\n{BODY[2]}"
    assert "要认真贯彻《森林防火条例》，落实“谁的山谁看”的责任，做到守土有责。" in paragraphs(cleaned(text))


def test_windows_breaks_are_joined_whole() -> None:
    text = f"{TITLE}\r\n{ADDRESS}\r\n一些县抓得早;\r\n一些县抓得实。\r\n{BODY[2]}"
    document = cleaned(text)
    assert [text[join] for join in document.joins] == ["\r", "\n"]


def test_pages_divided_by_form_feeds_lose_heads_and_numbers() -> None:
    body = (BODY[2] + BODY[4]) * 9
    lines = [body[at : at + 36] for at in range(0, len(body), 36)]
    pages = [lines[at : at + 8] for at in range(0, len(lines), 8)]
    text = "\f".join(
        "\n".join(["防火工作简报", *page, f"第 {number} 页"]) for number, page in enumerate(pages, start=1)
    )
    document = cleaned(text)
    assert marked(document)["page-number"] == [f"第 {number} 页" for number in range(1, len(pages) + 1)]
    assert marked(document)["running-head"] == ["防火工作简报"] * len(pages)
    assert paragraphs(document) == [body]


def test_running_heads_of_a_collection_change_with_every_speech_and_hold_page_numbers() -> None:
    body = (BODY[2] + BODY[4]) * 12
    lines = [body[at : at + 36] for at in range(0, len(body), 36)]
    pages = [lines[at : at + 5] for at in range(0, len(lines), 5)]
    assert len(pages) >= 9
    heads = [
        f"在防火会上的讲话 {number}"
        if number <= 3
        else ("讲话汇编" if number % 2 else "在林场座谈会上的讲话")
        for number in range(1, len(pages) + 1)
    ]
    text = "\f".join("\n".join([head, *page]) for head, page in zip(heads, pages, strict=True))
    document = cleaned(text)
    assert marked(document)["running-head"] == heads
    assert paragraphs(document) == [body]


def test_a_line_that_opens_pages_far_apart_is_no_running_head() -> None:
    pages = [f"{BODY[number % 5]}\n{BODY[(number + 2) % 5]}{number}" for number in range(12)]
    for number in (0, 4, 8):
        pages[number] = f"同志们，防火工作怎么做？\n{pages[number]}"
    assert "running-head" not in marked(cleaned("\f".join(pages)))
