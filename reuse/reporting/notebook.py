"""How a result and its parts show themselves in a notebook: small HTML without scripts, everything escaped.

The values of the model know nothing of HTML; where IPython runs, it is told how to show them.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reuse.model import DocumentRecord, Family, Kind, Match, Paragraph, TemplatePart, TextSpan
from reuse.reporting.hidden import with_hidden_shown
from reuse.reporting.naming import names_of
from reuse.reporting.wording import percent

if TYPE_CHECKING:
    from reuse.reporting.result import Result

_SHOWN = 8
_EXCERPT = 120
_TINTS: dict[Kind, str] = {
    "copied": "background:#fbe4d8;border-bottom:2px solid #b5410d",
    "edited": "background:#fbf0cb;border-bottom:2px dashed #8a6100",
    "templated": "background:#dceaf8;border-bottom:3px double #1c5c9c",
    "quoted": "background:#ddf1e7;border-bottom:2px dotted #1c7352",
    "commonplace": "background:#ececf1;border-bottom:1px solid #666577",
}
_SLOT = "border:1px solid #7fa9d4;border-radius:4px;padding:0 4px;background:#dceaf8"
_CELL = "text-align:left;vertical-align:top;padding:4px 10px;white-space:normal"


def result_html(result: Result) -> str:
    """Counts, the documents most of which is reused, and the strongest matches."""
    head = (
        f"<p><strong>{len(result.documents):,} documents, {len(result.matches):,} matches, "
        f"{len(result.families):,} families</strong></p>"
    )
    reused = sorted(result.documents, key=_reused, reverse=True)[:_SHOWN]
    strongest = sorted(result.matches, key=lambda match: (-match.score, match.id))[:_SHOWN]
    return (
        head
        + _records_table(reused, names_of(record.document for record in result.documents))
        + "".join(map(match_html, strongest))
    )


def record_html(record: DocumentRecord) -> str:
    """A document with its figures."""
    return _records_table([record], names_of([record.document]))


def match_html(match: Match) -> str:
    """Both sides of a match; what is equal is marked by kind, what differs is not."""
    sides = ((match.left, 0), (match.right, 2))
    cells = [f"<strong>{_text(span.document)}</strong><br>{_marked(match, span, at)}" for span, at in sides]
    figures = f"{match.level}, {match.kind}, score {match.score:.1f}, evidence {match.evidence:.2f}"
    return _table([[f"<code>{_text(match.id)}</code> {figures}", ""], cells])


def family_html(family: Family) -> str:
    """The template as a sentence and the first members."""
    members = [[_text(member.document), _excerpt(member.text)] for member in family.members[:_SHOWN]]
    more = len(family.members) - len(members)
    rest = [[f"… {more:,} more", ""]] if more > 0 else []
    count = f"{family.size:,} places in {family.documents:,} documents, {family.kind}"
    sentence = "".join(map(_part, family.template))
    return f"<p><code>{_text(family.id)}</code> {count}</p><p>{sentence}</p>{_table([*members, *rest])}"


def paragraph_html(paragraph: Paragraph) -> str:
    """Where the paragraph stands, how much of it is reused, and the best source."""
    place = f"{_text(paragraph.document)} {paragraph.start:,}–{paragraph.end:,}"
    best = paragraph.best
    source = f"{_text(best.document)} {best.start:,}–{best.end:,}" if best else "–"
    return _table([[place, percent(paragraph.reused_ratio), paragraph.kind or "–", source]])


def show_in_notebooks() -> None:
    """Tell a running IPython how to show the values of the model; without one, nothing happens."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    formatter = getattr(shell, "display_formatter", None)
    if formatter is None:
        return
    for kind, show in _SHOWS.items():
        formatter.formatters["text/html"].for_type(kind, show)


def _reused(record: DocumentRecord) -> float:
    return record.originality.reused_ratio if record.originality else 0.0


def _records_table(records: Sequence[DocumentRecord], names: Mapping[str, str]) -> str:
    head = ["document", "date", "characters", "reused", "copied", "templated", "largest source"]
    return _table([head, *(_record_row(record, names[record.document.id]) for record in records)], head=True)


def _record_row(record: DocumentRecord, name: str) -> list[str]:
    own = record.originality
    known = [_text(name), _text(record.document.date or "–"), f"{record.characters:,}"]
    if own is None:
        return known
    ratios = [percent(ratio) for ratio in (own.reused_ratio, own.copied_ratio, own.templated_ratio)]
    largest = own.max_source
    return [*known, *ratios, f"{_text(largest.document)} {percent(largest.ratio)}" if largest else "–"]


def _marked(match: Match, span: TextSpan, at: int) -> str:
    parts, here = [], span.start
    for run in match.aligned:
        start, end = run[at], run[at + 1]
        parts.append(_text(_cut(span, here, start)))
        parts.append(f'<span style="{_TINTS[match.kind]}">{_text(_cut(span, start, end))}</span>')
        here = end
    return "".join(parts) + _text(_cut(span, here, span.end))


def _cut(span: TextSpan, start: int, end: int) -> str:
    return span.text[start - span.start : end - span.start]


def _part(part: TemplatePart) -> str:
    if part.fixed is not None:
        return _text(part.fixed)
    return f'<span style="{_SLOT}">{_text(part.slot or "")}</span>'


def _excerpt(text: str) -> str:
    return _text(text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…")


def _text(text: str) -> str:
    return html.escape(with_hidden_shown(text))


def _table(rows: Iterable[Sequence[str]], *, head: bool = False) -> str:
    lines = []
    for number, row in enumerate(rows):
        tag = "th" if head and number == 0 else "td"
        lines.append("".join(f'<{tag} style="{_CELL}">{cell}</{tag}>' for cell in row))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


_SHOWS: dict[type, Callable[[Any], str]] = {
    DocumentRecord: record_html,
    Match: match_html,
    Family: family_html,
    Paragraph: paragraph_html,
}
