"""Every kind of noise the research found in real files (its table of 33), on texts of our own, and real speech beside it.

What is marked stays where it is; what is speech is never marked.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.config import ReadingSettings
from reuse.model import ConfigError
from reuse.reading import clean
from reuse.reading.reasons import REASONS
from tests.reading.material import (
    ADDRESS,
    BODY,
    SPEECH,
    THANKS,
    TITLE,
    cleaned,
    kept,
    marked,
    paragraphs,
    source_of,
)

REST = "\n".join([ADDRESS, *BODY, THANKS])
SHORT = "全市森林防火工作会议上讲话"


def with_head(*lines: str) -> str:
    return "\n".join([*lines, REST])


def with_tail(*lines: str) -> str:
    return "\n".join([SPEECH, *lines])


def assert_speech_whole(text: str) -> None:
    """Nothing of the speech is marked."""
    found = paragraphs(cleaned(text))
    assert [line for line in (ADDRESS, *BODY, THANKS) if line not in found] == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        # 1 navigation and breadcrumbs
        (["栏目导航"], "navigation"),
        (["首页"], "navigation"),
        (["首页 > 领导讲话 > " + TITLE], "navigation"),
        (["当前位置：首页 >> 讲话"], "navigation"),
        (["【字号：", "大", "中", "小", "】"], "navigation"),
        # 2 dates, sources and counters
        (["发布时间:2024-10-09 08:30:00"], "date-line"),
        (["时间:2024-10-09 08:30:00 浏览量:"], "date-line"),
        (["来源：某某网 作者：佚名 点击：12次"], "date-line"),
        (["（2024年10月8日）"], "date-line"),
        # 7 members, prohibitions
        (["仅供学习 禁止外传"], "membership"),
        (["举报倒卖会员资料的人，举报成功免费赠送会员材料！"], "membership"),
        (["会员群：                免费QQ群：         "], "advert"),
        # 10 the banner of a sharing site
        (
            [f"《{TITLE}.docx》由会员分享,可在线阅读,更多相关《{TITLE}.docx(8页珍藏版)》请在某文库上搜索。"],
            "banner",
        ),
        # editors' credits
        (["责任编辑：张三"], "editor"),
        # page numbers
        (["第 1 页 共 9 页"], "page-number"),
    ],
)
def test_lines_above_the_title(lines: list[str], reason: str) -> None:
    document = cleaned(with_head(*lines, TITLE))
    found = [text.strip() for text in marked(document).get(reason, [])]
    assert [text for text in lines if text.strip() not in found] == []
    assert document.title == TITLE
    assert_speech_whole(with_head(*lines, TITLE))


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        # 5 editors
        (["以上就是小编为大家整理的讲话，希望对大家有所帮助。"], "editor"),
        # 6 preview ends and ghost writers
        (["......", "预览结束,获取全文定制代笔此类文章,请联系老师!"], "preview-end"),
        (["点击查看全文"], "preview-end"),
        (["还剩 3 页未读，继续阅读"], "preview-end"),
        # 9 tags
        (["推荐访问:森林 防火 在全市森林防火工作会议上的讲话"], "tags"),
        (["相关热词搜索：防火 讲话"], "tags"),
        (["上一篇：在全市水利工作会议上的讲话"], "navigation"),
        (["Top"], "navigation"),
        (["分享到："], "navigation"),
        (["版权所有 某某文秘网 未经许可不得转载"], "licence"),
        (["（编辑：李四 审核：王五）"], "editor"),
        (["专业代写各类公文，微信号：abc123"], "advert"),
        (["（记者 赵六 摄）"], "caption"),
        (["— 9 —"], "page-number"),
    ],
)
def test_lines_below_the_speech(lines: list[str], reason: str) -> None:
    document = cleaned(with_tail(*lines))
    assert set(marked(document)[reason]) == set(lines)
    assert_speech_whole(with_tail(*lines))


def test_3_the_title_said_again_is_marked_also_in_shorter_form_and_below_the_address() -> None:
    document = cleaned(
        "\n".join([f"2024年{SHORT}", TITLE, "", TITLE.replace("在", ""), ADDRESS, TITLE, *BODY, THANKS])
    )
    marks = marked(document)
    assert len(marks["title"]) == 1 and len(marks["repeated-title"]) == 3
    assert document.title in (TITLE, TITLE.replace("在", ""))
    assert paragraphs(document) == [ADDRESS, *BODY, THANKS]


def test_4_a_title_over_two_lines_is_one() -> None:
    document = cleaned(with_head("在全市森林防火工作会议", "暨秋季扑火演练动员大会上的讲话", "", ""))
    assert document.title == "在全市森林防火工作会议暨秋季扑火演练动员大会上的讲话"
    assert marked(document) == {"title": ["在全市森林防火工作会议", "暨秋季扑火演练动员大会上的讲话"]}


def test_5_the_sentence_of_an_editor_is_marked_where_it_stands() -> None:
    sentence = f"下面是小编为大家整理的{TITLE},供大家参考。"
    assert marked(cleaned(with_head(TITLE, sentence)))["editor"] == [sentence]
    inside = REST.replace(BODY[2], f"{sentence}{BODY[2]}")
    assert kept(cleaned(f"{TITLE}\n{inside}")).strip() == REST


def test_6_a_preview_that_breaks_off_means_the_rest_is_missing() -> None:
    assert cleaned(with_tail("......", "预览结束,获取全文请联系老师!")).truncated
    assert cleaned(SPEECH[: SPEECH.index("，防火工作责任")] + "\n……").truncated
    assert not cleaned(SPEECH).truncated


def test_8_the_name_and_the_motto_of_a_site_above_the_title() -> None:
    document = cleaned(
        with_head("仅供学习 禁止外传", "某某文库网", "自己写稿、随时更新", "现在订阅立享三年资料", TITLE)
    )
    assert set(marked(document)["site-name"]) == {"某某文库网", "自己写稿、随时更新"}
    assert paragraphs(document) == [ADDRESS, *BODY, THANKS]


def test_11_page_markers_inside_sentences_are_marked_and_the_sentence_joined() -> None:
    body = "".join(BODY) * 3
    cuts = list(range(0, len(body), 97))
    text = "\n".join(f"{number}、{body[start : start + 97]}" for number, start in enumerate(cuts, start=1))
    document = cleaned(text)
    assert marked(document)["page-marker"] == [f"{number}、" for number in range(1, len(cuts) + 1)]
    assert "".join(kept(document).split("\n")) == body


@pytest.mark.parametrize(
    "items",
    [
        [f"{number}.{line}" for number, line in enumerate(BODY, start=1)],
        [
            f"{number}、{line}"
            for number, line in enumerate(["提高认识", "加强领导", "压实责任", "严格督查"], start=1)
        ],
        [f"{number}、{line}" for number, line in enumerate([BODY[0], BODY[2], BODY[3], BODY[4]], start=1)],
        ["1998年，" + BODY[0], "1999年，" + BODY[2], "2000年，" + BODY[3]],
    ],
)
def test_11_real_numbered_items_are_no_page_markers(items: list[str]) -> None:
    document = cleaned("\n".join([TITLE, ADDRESS, *items]))
    assert "page-marker" not in marked(document) and "page-number" not in marked(document)


def test_11_page_numbers_on_lines_of_their_own() -> None:
    parts = ["".join(BODY)[at : at + 60] for at in range(0, 240, 60)]
    text = "".join(f"{part}\n{number}\n" for number, part in enumerate(parts, start=1))
    document = cleaned(text)
    assert marked(document) == {"page-number": ["1", "2", "3", "4"]}
    assert "".join(kept(document).split()) == "".join(parts)


def test_12_headings_glued_to_text_begin_a_paragraph() -> None:
    glued = f"{BODY[0]}下面，我讲三点意见。{BODY[1]}。{BODY[2]}（一）加强巡护。{BODY[4]}（二）备足机具。"
    document = cleaned(f"{TITLE}\n{ADDRESS}\n{glued}")
    starts = [document.slice(cut, cut + 3) for cut in document.cuts]
    assert starts == ["一、认", "（一）", "（二）"]


def test_12_title_and_address_glued_to_text() -> None:
    document = cleaned(f"{TITLE}同志们:{BODY[0]}{BODY[2]}{BODY[4]}")
    assert document.title == TITLE and marked(document) == {"title": [TITLE]}
    assert [document.slice(cut, cut + 4) for cut in document.cuts] == ["同志们:", BODY[0][:4]]


def test_13_two_documents_in_one_file_are_two() -> None:
    second = "关于全市瞭望塔建设情况的调研报告"
    report = BODY[2] * 4
    banner = f"《{TITLE}&{second}.docx》由会员分享,可在线阅读,更多相关请在某文库上搜索。"
    text = f"{banner}\n{TITLE}{ADDRESS}{''.join(BODY) * 2}谢谢大家。{second}{report}"
    left, right = clean(source_of(text))
    assert (left.id, right.id) == ("a.txt#1", "a.txt#2")
    assert (left.title, right.title) == (TITLE, second)
    assert left.text + right.text == text and right.start == left.end == text.index(second, len(banner))
    assert kept(right).strip() == report


def test_13_a_second_title_line_after_the_closing_words_begins_a_document() -> None:
    text = SPEECH + "\n\n在全市水利工作会议上的讲话\n同志们：\n" + BODY[2] * 4
    left, right = clean(source_of(text))
    assert right.title == "在全市水利工作会议上的讲话" and left.text + right.text == text
    assert all(mark.end <= left.end for mark in left.removed) and all(
        mark.start >= right.start for mark in right.removed
    )


@pytest.mark.parametrize(
    "after", ["附：防火工作任务分解表", "最后，再讲一点意见。" + BODY[2] * 3, "谢谢大家！"]
)
def test_13_what_follows_thanks_need_not_be_a_document(after: str) -> None:
    assert len(clean(source_of(f"{SPEECH}\n{after}"))) == 1


def test_14_a_text_that_stops_inside_a_sentence_is_truncated() -> None:
    assert cleaned(SPEECH[: SPEECH.index("安排今年秋冬季") + 5]).truncated
    assert not cleaned(SPEECH.rstrip("！")).truncated


@pytest.mark.parametrize("sign", ["X", "×", "*", "××", "某", "○"])
def test_18_to_20_and_33_placeholders_are_text(sign: str) -> None:
    text = SPEECH.replace("我市", f"{sign}市").replace("全市", f"{sign}市")
    assert set(marked(cleaned(text))) <= {"title"}
    assert f"{sign}市降水比常年少三成" in kept(cleaned(text))


def test_21_to_23_half_width_signs_and_breaks_after_semicolons() -> None:
    counties = (
        "一些县选得准,人选配得好;\n一些县抓得早,演练组织得实;\n一些县管得严,火源看得住.总之,各县都有进步。"
    )
    text = f"{TITLE}\n同志们:\n{counties}\n{BODY[2]}"
    document = cleaned(text)
    assert "一些县选得准,人选配得好;一些县抓得早,演练组织得实;一些县管得严" in kept(document)
    assert len(document.joins) == 2


def test_23_items_after_semicolons_stay_items() -> None:
    text = (
        f"{TITLE}\n{ADDRESS}\n要做好三件事：\n（一）备足机具；\n（二）排好班次；\n（三）守好路口。\n{BODY[2]}"
    )
    assert cleaned(text).joins == ()


@pytest.mark.parametrize(
    "line",
    [
        "党员群众可以扫码报名，也可以加入微信群，会员单位享受优惠。",
        "我们要办好全市的微信公众号，请大家关注。",
        "请看大屏幕，这是去年的火点分布图。",
        "大家要认真阅读全文，领会精神。",
        "版权保护是创新的保障，著作权法修改要抓紧。",
        "2024年10月8日，全市发生三起火情，扑救及时，没有人员伤亡。",
        "时间：不等人；责任：不容推；工作：不能松。我们要有紧迫感。",
        "“首页”建设得好不好，群众说了算。",
        "编辑、记者、摄影师都是宣传战线的同志，大家辛苦了。",
        "《森林法》由全国人大常委会通过，我们要学习好、宣传好。",
        "第一，认清形势；第二，压实责任；第三，严格督查。",
        "相关部门要加强配合，形成合力。",
        "今晚，我们将在大礼堂播出防火宣传片，请各单位组织收看。",
    ],
)
def test_real_sentences_with_words_of_sites_are_never_marked(line: str) -> None:
    for text in (
        "\n".join([TITLE, ADDRESS, line, *BODY, THANKS]),
        "\n".join([TITLE, ADDRESS, *BODY, line]),
        "\n".join([TITLE, ADDRESS, *BODY[:2], line, *BODY[2:]]),
    ):
        assert line in kept(cleaned(text))


def test_dates_of_speech_and_upload_are_kept_apart() -> None:
    document = cleaned(with_head(TITLE, "（2024年10月8日）", "发布时间：2024-10-11 09:00", "市长 林守山"))
    assert document.date == "2024-10-08"
    assert document.metadata["uploaded"] == "2024-10-11T09:00"
    assert document.author == "市长 林守山"
    assert paragraphs(document) == [ADDRESS, *BODY, THANKS]


def test_meeting_line_tells_date_and_place() -> None:
    line = "——2026年1月28日在东岭省第十四届人民代表大会第四次会议上"
    document = cleaned(with_head("政府工作报告", line, "省长　王守林"))
    assert (document.title, document.date, document.place, document.author) == (
        "政府工作报告",
        "2026-01-28",
        "东岭省",
        "省长 王守林",
    )


def test_what_is_not_known_stays_unknown() -> None:
    document = cleaned(REST)
    assert (document.title, document.date, document.author, document.place) == (None, None, None, None)


def test_dateline_of_an_agency_is_marked() -> None:
    document = cleaned(f"东岭通讯社东岭10月8日电（记者张三、李四）{BODY[0]}\n{BODY[2]}")
    assert marked(document)["dateline"] == ["东岭通讯社东岭10月8日电（记者张三、李四）"]
    document = cleaned(f"NEW HAVEN, Oct. 8 (Agency) -- The fire season has begun. {'We must be ready. ' * 5}")
    assert marked(document)["dateline"] == ["NEW HAVEN, Oct. 8 (Agency) -- "]


def test_mail_headers_are_marked() -> None:
    head = "From: office@example.org\nTo: all@example.org\nSubject: speech\nDate: Mon, 7 Oct 2024 10:00:00"
    document = cleaned(f"{head}\n\n{SPEECH}")
    assert len(marked(document)["mail-header"]) == 4
    assert document.title == TITLE


def test_lines_the_user_names_are_marked() -> None:
    text = SPEECH.replace(BODY[2], f"{BODY[2]}\n内部编号：林防〔2024〕7号")
    [document] = clean(source_of(text), ReadingSettings(lines=(r"内部编号：.*",)))
    assert marked(document)["named-by-user"] == ["内部编号：林防〔2024〕7号"]
    with pytest.raises(ConfigError, match="no regular expression"):
        clean(source_of(text), ReadingSettings(lines=("(",)))


NOISE = [
    *(
        "首页",
        "栏目导航",
        "发布时间:2024-10-09",
        "......",
        "12",
        "— 3 —",
        "推荐访问:防火",
        "谢谢大家！",
        TITLE,
        SHORT,
        ADDRESS,
    ),
    *(
        "1、",
        "2、森林",
        "3、防火",
        "\x00",
        "\ufffd",
        "　",
        "预览结束",
        "由会员分享",
        "同志们:今天",
        "From: a",
        "To: b",
        "《",
        "；",
    ),
    *BODY,
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(NOISE), max_size=25), st.sampled_from(["\n", "\r\n", "", "\n\n", "\u2028"]))
def test_marks_never_change_text_and_lie_where_they_belong(lines: list[str], glue: str) -> None:
    text = glue.join(lines) or "空"
    documents = clean(source_of(text))
    assert "".join(document.text for document in documents) == text
    position = 0
    for document in documents:
        assert document.start == position and document.text
        position = document.end
        ends = [document.start]
        for mark in document.removed:
            assert ends[-1] <= mark.start < mark.end <= document.end and mark.reason in REASONS
            ends.append(mark.end)
        assert all(
            text[join] in "\n\r\u2028" and document.start <= join < document.end for join in document.joins
        )
        assert all(document.start < cut < document.end for cut in document.cuts)
        assert list(document.joins) == sorted(set(document.joins)) and list(document.cuts) == sorted(
            set(document.cuts)
        )
