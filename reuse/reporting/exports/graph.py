"""Documents and what they share, as GraphML (Gephi, Cytoscape, igraph, networkx)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from reuse.model import DocumentRecord, Match
from reuse.reporting.folder import write_file

if TYPE_CHECKING:
    from reuse.reporting.result import Result

# XML 1.0 has no place for these characters, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NODE_FIELDS = {
    "label": "string",
    "date": "string",
    "author": "string",
    "place": "string",
    "series": "string",
    "compared": "int",
    "reused_ratio": "double",
}
_EDGE_FIELDS = {"weight": "double", "matches": "int", "characters": "int", "best": "double"}


@dataclass(slots=True)
class _Edge:
    """What two documents share: summed score, matches, characters of the shorter sides, best score."""

    weight: float = 0.0
    matches: int = 0
    characters: int = 0
    best: float = 0.0

    def add(self, match: Match) -> None:
        self.weight += match.score
        self.matches += 1
        self.characters += min(match.left.end - match.left.start, match.right.end - match.right.start)
        self.best = max(self.best, match.score)


def write_graphml(result: Result, path: Path) -> list[Path]:
    """A node a document, an edge for every two documents that share more than phrases; undirected."""
    write_file(path, _lines(result))
    return [path]


def _lines(result: Result) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for target, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        for name, kind in fields.items():
            yield f'<key id="{target}_{name}" for="{target}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="undirected">\n'
    for record in result.documents:
        yield _node(record)
    for number, ((left, right), edge) in enumerate(sorted(_edges(result.matches).items())):
        yield _edge(number, left, right, edge)
    yield "</graph>\n</graphml>\n"


def _edges(matches: Iterable[Match]) -> dict[tuple[str, str], _Edge]:
    edges: dict[tuple[str, str], _Edge] = {}
    for match in matches:
        if match.level != "phrase":
            pair = (match.left.document, match.right.document)
            edges.setdefault(pair, _Edge()).add(match)
    return edges


def _node(record: DocumentRecord) -> str:
    document = record.document
    values: dict[str, Any] = {
        "label": document.title or document.id,
        "date": document.date,
        "author": document.author,
        "place": document.place,
        "series": document.series,
        "compared": record.compared,
        "reused_ratio": record.originality and record.originality.reused_ratio,
    }
    return f"<node id={_attribute(document.id)}>{_data('node', values)}</node>\n"


def _edge(number: int, left: str, right: str, edge: _Edge) -> str:
    values = {name: getattr(edge, name) for name in _EDGE_FIELDS}
    ends = f"source={_attribute(left)} target={_attribute(right)}"
    return f'<edge id="e{number}" {ends}>{_data("edge", values)}</edge>\n'


def _data(target: str, values: dict[str, Any]) -> str:
    cells = ((name, value) for name, value in values.items() if value is not None)
    return "".join(f'<data key="{target}_{name}">{escape(_xml(str(value)))}</data>' for name, value in cells)


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
