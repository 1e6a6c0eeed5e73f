"""What the verbs `families` and `audit` have in common: words, names of documents, and notes as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reuse.reporting.hidden import with_hidden_shown
from reuse.reporting.naming import names_of
from reuse.reporting.wording import Wording

if TYPE_CHECKING:
    from reuse.model import Document
    from reuse.reporting import Result

_WORDS = {
    "zh": {
        "places": "{size} 处，{documents} 篇",
        "frame": "通行写法",
        "otherwise": "另有写法",
        "member": "出处",
        "weakest": "维系这一组的最弱匹配：{match}，得分 {score}",
        "tentative": "只有两处可比，槽位未定",
        "no such family": "没有编号为 {name!r} 的复用组；编号形如 {known}，见 families.jsonl",
        "no such document": "没有名为 {name!r} 的文档；形如 {known}，见 documents.jsonl",
        "none": "没有符合条件的复用语段",
        "more": "…… 其余 {n} 组，用 --limit 0 全部列出",
        "document": "文档",
        "reused": "复用",
        "copied": "原样与改写",
        "templated": "套用模板",
        "quoted": "引文",
        "phrases": "套话",
        "self": "本人旧稿",
        "base": "所给模板",
        "largest": "最大来源",
        "longest": "最长连续",
        "sources": "来源",
        "notes": "提示",
        "score": "原创度",
        "counted": "参与比较 {compared} 字；引文与所给模板不计，余 {counted} 字为分母",
        "of": "{part} / {whole} 字",
        "from": "取自",
        "others": "另见 {n} 篇",
        "by form": "（据其形式）",
        "versions": "与下列文档实为同一稿的不同版本，互不计为来源：{titles}",
        "spans": "依据（按先后；每项的字数之和即上面的数字）",
        "unknown date": "无日期",
        "at": "第 {start}–{end} 字",
        "characters": "{n} 字",
        "nothing": "没有任何文字计入",
    },
    "en": {
        "places": "{size} places in {documents} documents",
        "frame": "usual wording",
        "otherwise": "other wordings",
        "member": "place",
        "weakest": "weakest match that holds it together: {match}, score {score}",
        "tentative": "only two places to compare: slots are tentative",
        "no such family": "no family {name!r}; ids look like {known}, see families.jsonl",
        "no such document": "no document {name!r}; ids look like {known}, see documents.jsonl",
        "none": "no recurring passage is like that",
        "more": "… {n} more; --limit 0 lists all",
        "document": "document",
        "reused": "reused",
        "copied": "copied, edited",
        "templated": "templated",
        "quoted": "quoted",
        "phrases": "phrases",
        "self": "own text",
        "base": "given",
        "largest": "most from one source",
        "longest": "longest run",
        "sources": "sources",
        "notes": "notes",
        "score": "originality",
        "counted": "{compared} characters compared; without quotations and what was given, {counted} are divided by",
        "of": "{part} of {whole} characters",
        "from": "from",
        "others": "{n} more hold it",
        "by form": "(by its form)",
        "versions": "Versions of this same document, which are no sources of each other: {titles}",
        "spans": "What the figures rest on, in order; the characters of each kind add up to the figure",
        "unknown date": "no date",
        "at": "characters {start}–{end}",
        "characters": "{n} characters",
        "nothing": "nothing counts",
    },
}


class Telling:
    """Says things of one result in one language."""

    def __init__(self, result: Result, language: str | None) -> None:
        from reuse.cli.summary import language as of_terminal

        self.words = Wording("zh" if language == "zh" else "en" if language else of_terminal())
        self.documents = {record.document.id: record.document for record in result.documents}
        self._names = names_of(self.documents.values())
        self._notes: dict[str, list[Mapping[str, Any]]] = {
            record.document.id: list(record.originality.notes) if record.originality else []
            for record in result.documents
        }
        for family in result.families:
            for note in family.notes:
                for document in _concerned(note):
                    self._notes[document].append(note)

    def __call__(self, key: str, **values: object) -> str:
        """A text of these verbs with its values filled in."""
        return _WORDS[self.words.language][key].format(**values)

    def document(self, identity: str) -> str:
        """A document by title, date and id."""
        document = self.documents[identity]
        facts = [fact for fact in (document.date, identity if document.title else None) if fact]
        title = shown(document.title or identity)
        return f"{title} ({', '.join(map(shown, facts))})" if facts else title

    def name(self, identity: str) -> str:
        """A document by title and id."""
        title = self.documents[identity].title
        return f"{shown(title)} ({shown(identity)})" if title else shown(identity)

    def short(self, identity: str) -> str:
        """A document by title, else id, with its date on a line below."""
        facts = (self._names[identity], self.documents[identity].date)
        return "\n".join(shown(fact) for fact in facts if fact)

    def about(self, identity: str) -> list[Mapping[str, Any]]:
        """All notes that concern a document, its own first, then those of families."""
        return self._notes[identity]

    def date(self, identity: str) -> str:
        """The date of a document, or that it has none."""
        return shown(self.documents[identity].date or self("unknown date"))

    def notes(self, notes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """Each note as a line: what it is, what was found, where."""
        for note in notes:
            yield f"{self.words('note.' + note['note'])}: {self._said(note)}"

    def _said(self, note: Mapping[str, Any]) -> str:
        values = {key: shown(str(value)) for key, value in note.items()}
        values["others"] = shown(self.words("list.comma").join(map(str, note.get("others", ()))))
        sentence = self.words(_sentence(note), **values)
        return " ".join([sentence, *self._where(note)])

    def _where(self, note: Mapping[str, Any]) -> Iterator[str]:
        places = note.get("places") or ([note] if "start" in note else [])
        yield "; ".join(f"{self.document(p['document'])} {self.place(p['start'], p['end'])}" for p in places)
        if "documents" in note:
            yield "; ".join(map(self.document, note["documents"]))
        if "belongs_to" in note:
            yield f"— {self.words('note.of')} {self.document(note['belongs_to'])}"

    def place(self, start: int, end: int) -> str:
        """A span in words."""
        return self("at", start=start, end=end)


def _concerned(note: Mapping[str, Any]) -> list[str]:
    """The documents in which a note finds something amiss; one that only tells members apart finds nothing."""
    places = note.get("places") or [note]
    return list(dict.fromkeys(place["document"] for place in places if "document" in place))


def _sentence(note: Mapping[str, Any]) -> str:
    """Which sentence of the wording tells a note."""
    kind = note["note"]
    if kind == "foreign" and "count" in note:
        return "note.foreign.counted"
    if kind == "stale" and "expected" in note:
        return "note.stale.expected"
    if kind == "slip" and note.get("meant"):
        return "note.slip.meant"
    return f"note.{kind}.said"


def shown(text: str) -> str:
    """A text on one line, with nothing in it that could drive a terminal."""
    return with_hidden_shown(" ".join(text.split()))


def excerpt(document: Document, start: int, end: int) -> str:
    """The source text of a span, on one line."""
    return shown(document.slice(start, end))
