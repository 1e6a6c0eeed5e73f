"""A result and its parts in a notebook: HTML that is safe and that says what is there."""

from __future__ import annotations

from html.parser import HTMLParser

from reuse.reporting.notebook import family_html, match_html, paragraph_html, record_html, result_html
from reuse.reporting.result import Result


class Tags(HTMLParser):
    """Collects tags and text; unclosed tags are an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Tags:
    html.encode("utf-8")
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    assert tags.seen <= {"p", "strong", "table", "tr", "th", "td", "span", "code", "br"}
    return tags


def test_a_result_shows_counts_documents_and_its_strongest_matches(result: Result) -> None:
    said = parsed(result._repr_html_()).text
    assert "8 documents, 13 matches, 2 families" in said
    assert "青石镇基层治理业务培训班上的讲话" in said
    assert "m13 paragraph, edited, score 52.0" in said


def test_every_part_shows_itself_and_nothing_of_a_text_becomes_a_tag(result: Result) -> None:
    parts = [record_html(record) for record in result.documents]
    parts += [match_html(match) for match in result.matches]
    parts += [family_html(family) for family in result.families]
    parts += [paragraph_html(paragraph) for paragraph in result.paragraphs]
    texts = [parsed(part).text for part in parts]
    assert any("<script>window.harmed" in text for text in texts)
    assert not any("\u202e" in text or "\x00" in text for text in texts)


def test_a_match_shows_both_sides_whole(result: Result) -> None:
    for match in result.matches:
        said = parsed(match_html(match)).text
        assert match.left.text in said
        assert match.right.text in said


def test_an_empty_result_shows_itself() -> None:
    assert "0 documents" in parsed(result_html(Result([], [], [], [], {}))).text


def test_ipython_is_told_how_to_show_the_values(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import sys
    from types import SimpleNamespace

    from reuse.model import Match
    from reuse.reporting.notebook import show_in_notebooks

    told: dict[type, object] = {}
    formatter = SimpleNamespace(for_type=told.__setitem__)
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    show_in_notebooks()
    assert told[Match] is match_html
