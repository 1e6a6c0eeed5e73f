"""Pages as sites build them: seven layouts, four encoding traps, and what must not become text."""

from __future__ import annotations

from pathlib import Path

import pytest

from reuse.model import UnreadableError
from reuse.reading import Source, clean, read_source
from tests.reading.material import ADDRESS, BODY, SETTINGS, THANKS, TITLE, marked, paragraphs

LINES = [ADDRESS, *BODY, THANKS]
CRUFT = (
    "首页",
    "政务公开",
    "当前位置：首页 > 领导讲话 > 正文",
    "浏览量：1024",
    "推荐访问：森林 防火 讲话",
    "上一篇：在全市水利工作会议上的讲话",
    "某某市人民政府主办 ICP备00000001号",
    "版权所有 某某文秘网",
    "热门文章：如何写好一份动员讲话",
)
NAV = "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/z'>政务公开</a></li></ul>"
CRUMB = "<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='/j'>领导讲话</a> &gt; 正文</div>"
META = "<div class='info'>发布时间：2024-10-09 08:30:00 来源：某某文秘网 浏览量：1024</div>"
TAGS = "<div class='tags'>推荐访问：<a>森林</a> <a>防火</a> <a>讲话</a></div>"
NEXT = "<p>上一篇：<a href='/1'>在全市水利工作会议上的讲话</a></p>"
SIDE = "<div class='sidebar'>热门文章：<a href='/2'>如何写好一份动员讲话</a></div>"
FOOT = "<div id='footer'><p>某某市人民政府主办 ICP备00000001号</p><p>版权所有 某某文秘网</p></div>"


def page(body: str, head: str = "", title: str = TITLE) -> str:
    head = f"<title>{title}_某某文秘网</title><style>p{{color:red}}</style><script>var a='脚本。';</script>{head}"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def paragraphs_of(tag: str) -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in LINES)


BROKEN = "<br>".join(LINES)
LAYOUTS = {
    "article": f"{NAV}{CRUMB}<article><h1>{TITLE}</h1>{META}{paragraphs_of('p')}</article>{TAGS}{NEXT}{SIDE}{FOOT}",
    "divs": f"{NAV}{CRUMB}<div id='main'><h1>{TITLE}</h1>{META}<div class='text'>{paragraphs_of('div')}</div>"
    f"{TAGS}{NEXT}</div>{SIDE}{FOOT}",
    "br": f"{NAV}{CRUMB}<div><h2>{TITLE}</h2>{META}<div class='zw'>{BROKEN}</div></div>{TAGS}{NEXT}{SIDE}{FOOT}",
    "table": f"<table><tr><td>{NAV}</td></tr><tr><td>{CRUMB}</td></tr><tr><td><h1>{TITLE}</h1>{META}<span>{BROKEN}</span></td>"
    f"<td>{SIDE}</td></tr><tr><td>{TAGS}{NEXT}</td></tr><tr><td>{FOOT}</td></tr></table>",
    "fonts": f"{NAV}{CRUMB}<center><font size=5>{TITLE}</font></center>{META}<div>"
    + "".join(f"<p><font face=宋体><span>{line[:9]}</span><b>{line[9:]}</b></font></p>" for line in LINES)
    + f"</div>{TAGS}{NEXT}{SIDE}{FOOT}",
    "unclosed": f"{NAV}{CRUMB}<h1>{TITLE}</h1>{META}<div>"
    + "".join(f"<p>{line}" for line in LINES)
    + f"</div>{TAGS}{NEXT}{SIDE}{FOOT}",
    "nested": f"{NAV}{CRUMB}<div><div><div><h1>{TITLE}</h1></div><div>{META}</div><div>"
    + "".join(f"<section><p>　　{line}</p></section>" for line in LINES)
    + f"</div></div></div>{TAGS}{NEXT}{SIDE}{FOOT}",
}


def read(tmp_path: Path, data: bytes | str, name: str = "a.html") -> Source:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_source(path, SETTINGS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_speech_and_marks_the_page(tmp_path: Path, layout: str) -> None:
    [document] = clean(read(tmp_path, page(LAYOUTS[layout])))
    assert [line for line in LINES if line not in paragraphs(document)] == []
    left = [cruft for cruft in CRUFT if "".join(cruft.split()) in "".join(paragraphs(document))]
    assert left == []
    assert document.title == TITLE
    assert document.metadata["uploaded"] == "2024-10-09T08:30:00"
    assert document.date is None
    assert TITLE not in paragraphs(document)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", None),
        ("gb18030", "utf-8"),
        ("utf-8", "gb2312"),
        ("big5", "big5"),
        ("utf-8", None),
    ],
)
def test_the_bytes_decide_and_not_what_the_page_says_of_them(
    tmp_path: Path, encoding: str, declared: str | None
) -> None:
    head = f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>" if declared else ""
    text = (
        "總理說：國家興旺，匹夫有責。我們要團結一致，把森林防火工作做好。" if encoding == "big5" else BODY[2]
    )
    source = read(tmp_path, page(f"<p>{text}</p>", head, "x").encode(encoding, "xmlcharrefreplace"))
    assert source.encoding == {"big5": "big5hkscs"}.get(encoding, encoding)
    assert text in source.text.splitlines()


def test_scripts_styles_and_hidden_text_are_no_text(tmp_path: Path) -> None:
    hidden = (
        "<p style='display:none'>防复制乱码一</p><span style='font-size:0'>乱码二</span><p hidden>乱码三</p>"
        "<font style='color:#ffffff'>乱码四</font><!-- 注释 --><noscript>请打开脚本</noscript><textarea>框</textarea>"
    )
    source = read(tmp_path, page("".join(f"<p>{line}{hidden}</p>" for line in BODY)))
    assert source.text.splitlines() == list(BODY)


def test_entities_and_blanks_become_characters(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        page(
            "<p>&nbsp;&nbsp;防火&mdash;&#26862;&#x6797;&lt;重&gt;</p>\n<p>第一行\n   接第二行 and\nthe end</p>",
            title="x",
        ),
    )
    assert source.text.splitlines() == ["\xa0\xa0防火—森林<重>", "第一行接第二行 and the end"]


def test_the_page_tells_title_and_upload_date(tmp_path: Path) -> None:
    head = (
        "<meta name='ArticleTitle' content='" + TITLE + "'><meta name='PubDate' content='2024-10-09 08:30'>"
    )
    [document] = clean(read(tmp_path, page(f"<h3>{TITLE}</h3>" + paragraphs_of("p"), head, "政府网")))
    assert document.title == TITLE
    assert document.metadata["uploaded"] == "2024-10-09T08:30"


def test_a_title_that_stands_nowhere_on_the_page_is_not_believed(tmp_path: Path) -> None:
    [document] = clean(read(tmp_path, page(f"<p>{TITLE}</p>" + paragraphs_of("p"), title="无标题文档")))
    assert document.title == TITLE
    assert document.metadata["page_title"] == "无标题文档"


def test_deep_and_endless_pages_do_not_hurt(tmp_path: Path) -> None:
    deep = "<div>" * 3000 + BODY[0] + "</div>" * 3000
    try:
        assert BODY[0] in read(tmp_path, page(deep)).text
    except UnreadableError as error:
        assert error.reason in ("corrupt", "empty")
    wide = "<p>" + "<b>" * 20000 + BODY[0]
    try:
        assert BODY[0] in read(tmp_path, page(wide)).text
    except UnreadableError as error:
        assert error.reason in ("corrupt", "empty")


def test_a_page_without_text_is_empty(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as failure:
        read(tmp_path, page("<script>1</script><div> </div>"))
    assert failure.value.reason == "empty"


def test_a_page_of_short_lines_is_all_text(tmp_path: Path) -> None:
    source = read(tmp_path, page("<div>春眠不觉晓</div><div>处处闻啼鸟</div>", title="x"))
    assert source.text == "春眠不觉晓\n处处闻啼鸟" and source.removed == ()


def test_marks_lie_on_whole_lines(tmp_path: Path) -> None:
    source = read(tmp_path, page(LAYOUTS["table"]))
    lines = source.text.splitlines()
    assert {source.text[mark.start : mark.end] for mark in source.removed} <= set(lines)
    [document] = clean(source)
    assert marked(document)["navigation"]
