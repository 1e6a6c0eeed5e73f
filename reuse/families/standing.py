"""Where a document stands: the level of government it speaks for, the places and offices it calls its own.

Inspectors catch people by what was left unchanged: `全市` nine times and `我州` twice, the name of the county a
speech was taken from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reuse.families.wordings import CLAUSE_MARKS
from reuse.model import Document, Removed
from reuse.text.words import tag

RANK = {
    "省": 1,
    **dict.fromkeys(("市", "州", "盟", "地区"), 2),
    **dict.fromkeys(("县", "区", "旗"), 3),
    **dict.fromkeys(("镇", "乡", "街道"), 4),
}
"""Levels that a speaker may call `全…` or `我…`; a smaller number is higher up."""

_LEVEL = "地区|街道|[省市州盟县区旗镇乡]"
_NO_SELF = "[安健完齐保周成顾自]"
_SELF = re.compile(
    rf"(全(?<!{_NO_SELF}全)|我(?<!{_NO_SELF}我)们?|咱(?<!{_NO_SELF}咱)们?)({_LEVEL})(?![场域间位面静县民])"
)
"""What may not stand before a word is asked behind its first character: of 6,000 news a pattern that begins with what it
looks for takes a quarter of the time."""
_NO_ORGAN = "[各、（(市县区]"
_ORGAN = re.compile(
    rf"(地区(?<!{_NO_ORGAN}地区)|街道(?<!{_NO_ORGAN}街道)|[省市州盟县区旗镇乡](?<!{_NO_ORGAN}[省市州盟县区旗镇乡]))"
    rf"(?:委(?!员)|政府|纪委|人大|政协|直(?:机关|各|单位|属)|财政局|教育局|公安局)"
)
_COMPARED = re.compile(
    r"(?:前列|前茅|前\d|前[一二三四五六七八九十]|第[一二三四五六七八九十\d]|排名|平均|首[位个批]|率先|领先|先进|最|唯一|之[首最]|[、和]?全[国省市县区])"
)
_RANKED = re.compile(r"(?:走在|位居|居于?|位列|列|排|高于|低于|占|较|比|全[国省市区][、和]?)$")
_PRONOUN = re.compile("[全各我本该某在]")
_INSTITUTION = re.compile(
    r"学校|医院|公司|集团|部队|法院|检察院|林场|农场|银行|学院|大学|中学|小学|幼儿园|工厂|矿山|监狱|车站"
)
_GIVEN = re.compile(
    rf"(?:在|中共|\d{{4}}年度?|\s)*([\u4e00-\u9fff]{{2,4}}?)(?:自治区|自治州|自治县|{_LEVEL})"
)
_AUDIENCE = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:干部|工作者|人员|系统|战线|学员|骨干)")
_NAMED = re.compile(
    rf"([^{CLAUSE_MARKS}]{{2}}[^{CLAUSE_MARKS}]*?(?:{_LEVEL})[^{CLAUSE_MARKS}]*[{CLAUSE_MARKS}]*)|[^{CLAUSE_MARKS}]+"
)
"""The clauses with a level word from the third character on (a name has two), and others, so that each is looked at once."""
_PLACE_SUFFIX = (
    "自治区",
    "自治州",
    "自治县",
    "街道",
    "地区",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
    "镇",
    "乡",
)
_COMMON = frozenset(
    "城市 市辖 开发 工业 高新 示范 试验 保税 经济 民族 贫困".split()  # noqa: SIM905
    + "东北 西北 华北 东部 中部 西部 沿海 边疆 革命".split()  # noqa: SIM905
)
"""Words before a level word that name no place."""


@dataclass(frozen=True)
class Own:
    """A word of a document that is not its own, with what is: `own` stands in it `own_count` times, the
    word `count` times."""

    start: int
    end: int
    text: str
    own: str
    count: int
    own_count: int


class Standing:
    """What one document says of its own place; everything is found when it is first asked for."""

    def __init__(self, document: Document, removed: Sequence[Removed] = ()) -> None:
        self.document = document
        self._removed = [(mark.start, mark.end) for mark in (*document.removed, *removed)]

    @cached_property
    def _selves(self) -> list[tuple[int, int, str, str]]:
        """Start, end, wording and level of every `全…` and `我…` that is compared."""
        base = self.document.start
        found = ((base + m.start(), base + m.end(), m[0], m[2]) for m in _SELF.finditer(self.document.text))
        return [hit for hit in found if not any(a <= hit[0] < b for a, b in self._removed)]

    @cached_property
    def level(self) -> str | None:
        """The level the document speaks for, None where it is not plain."""
        title = self.document.title or ""
        score: Counter[str] = Counter(level for *_, level in self._selves)
        score.update({level: 1 for *_, level in self._selves})
        score.update(match[1] for match in _ORGAN.finditer(self.document.text))
        for name, weight in ((title, 3), (self.document.place or "", 6)):
            level = next((suffix for suffix in _PLACE_SUFFIX if name.rstrip("…").endswith(suffix)), None)
            said = [match[2] for match in _SELF.finditer(name)] + ([level] if level in RANK else [])
            score.update(dict.fromkeys(said, weight))
        best = min(score, key=lambda level: (-score[level], RANK[level], level), default=None)
        return best if best is not None and score[best] >= 3 else None

    def foreign_levels(self) -> list[Own]:
        """Every `全…` or `我…` of a level that is not the document's own and is not its superior by
        comparison only."""
        if not self._selves or self.level is None:
            return []
        counts = Counter(level for *_, level in self._selves)
        own = Counter(text for *_, text, level in self._selves if level == self.level)
        wording = min(own, key=lambda text: (-own[text], text), default=f"全{self.level}")
        return [
            Own(start, end, text, wording, counts[level], counts[self.level])
            for start, end, text, level in self._selves
            if self._is_foreign(start, end, text, level, counts[level], counts[self.level])
        ]

    def _is_foreign(self, start: int, end: int, text: str, level: str, count: int, own: int) -> bool:
        assert self.level is not None
        rank, mine = RANK[level], RANK[self.level]
        if level in (self.level, "省") or 2 * count > max(own, 4):
            return False
        if rank > mine and text.startswith("全"):
            return False
        before = self.document.slice(max(self.document.start, start - 4), start)
        after = self.document.slice(end, min(self.document.end, end + 6))
        return not (_RANKED.search(before) or (text.startswith("全") and _COMPARED.match(after)))

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """The stems of the places the document calls its own (`青石` of `青石县`), sorted: those its place,
        title or author begins with, else the one it names most, three times or more."""
        given = (self.document.place, self.document.title, self.document.author)
        stems = {found[1] for found in (_GIVEN.match(text or "") for text in given) if found}
        known = sorted(stem for stem in stems if stem not in _COMMON and not _PRONOUN.search(stem))
        return tuple(known) or self._named_most()

    def _named_most(self) -> tuple[str, ...]:
        ranked = Counter(_stems(self.document.text)).most_common(2)
        plain = ranked and ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        return (ranked[0][0],) if plain else ()

    @cached_property
    def institution(self) -> str | None:
        """The kind of institution the document speaks of as its own: named four times and most, or in its
        title."""
        counts = Counter(_INSTITUTION.findall(self.document.text))
        counts.update(dict.fromkeys(_INSTITUTION.findall(self.document.title or ""), 4))
        ranked = counts.most_common(2)
        plain = ranked and ranked[0][1] >= 4 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        return ranked[0][0] if plain else None

    @cached_property
    def audience(self) -> str | None:
        """Whom the title says the document speaks to (`纪检监察` of `纪检监察干部培训班`)."""
        title = re.sub(r"^(?:在|\d{4}年度?|全|[省市州县区])+", "", self.document.title or "")
        found = _AUDIENCE.search(title)
        return found[1] if found else None

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """Names and offices that are this document's own."""
        return (*self.own_names, *(word for word in (self.institution, self.audience) if word is not None))

    def count(self, word: str) -> int:
        """How often a word stands in the document."""
        return self.document.text.count(word)


def _stems(text: str) -> list[str]:
    """The place names of a text that a level word follows, without it: side by side in one clause. One clause in eight has a
    level word, and a line break keeps the words of one from the next."""
    words = tag("\n".join(filter(None, _NAMED.findall(text))))
    return [
        stem
        for (stem, kind), (word, _) in pairwise(words)
        if word in RANK and kind in ("ns", "nr", "nz") and 2 <= len(stem) <= 4 and stem not in _COMMON
    ]
