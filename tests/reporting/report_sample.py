"""A small result made by hand: every level and kind, dates and none, and texts that mean harm.

The texts are our own. Matches are located by their words and aligned with difflib, so that no offset in here
is typed by hand.
"""

from __future__ import annotations

import difflib
import hashlib
from typing import Any

from reuse.auditing import audit
from reuse.config import AuditSettings
from reuse.model import (
    Document,
    DocumentRecord,
    Family,
    Filler,
    FirstKnown,
    Kind,
    Level,
    Match,
    Paragraph,
    Removed,
    Slot,
    SlotType,
    Span,
    TemplatePart,
    TextSpan,
)
from reuse.reporting.coding import encode
from reuse.reporting.cutting import compared_positions
from reuse.reporting.result import Result

TOWN = """青石镇基层治理业务培训班上的讲话
同志们:
今天,我们在青石镇举办这期基层治理业务培训班,目的只有一个,就是把各村的骨干集中起来,静下心来学一学,想一想。
从全镇网格工作的实际情况来看,我们共有网格员86名,人员流动大、任务重,不少同志是边干边学。
老槐树下的议事会,是去年秋天几位大爷自己张罗起来的,一张方桌、几条板凳,谁家有难处都可以坐下来说。
一要把功课做在平时,把台账记在手上,把群众的急事难事记在心上,件件有回音、事事有着落。
预祝这次培训班圆满成功!
"""
COUNTY = """在临河县基层治理业务培训班上的讲话
同志们:
今天,我们在临河县举办这期基层治理业务培训班,目的只有一个,就是把各乡镇的骨干集中起来,静下心来学一学,想一想。
从全县网格工作的实际情况来看,我们共有网格员1240名,人员流动大、任务重,不少同志是边干边学。
一要把功课做在平时,把台账记在手上,把群众的急事难事记在心上,件件有回音、事事有着落。
二要守住底线。《信访工作条例》第三条指出:“信访工作应当坚持以人民为中心,把握群众的所思所盼。”
县里的水库修了四十年,当年挑土的人如今大多不在了,坝上那棵枫树还在,每到深秋红得像一团火。
预祝这次培训班圆满成功!
"""
CITY = """全市基层治理工作推进会讲话提纲
同志们:
今天召开这次推进会,既是总结,也是动员。
从全市网格工作的实际情况来看,我们共有网格员X名,人员变动大、任务繁重,很多同志是边干边学。
群众的急事难事要记在心上,件件有回音、事事有着落,功课要做在平时,台账要记在手上。
《信访工作条例》第三条指出:“信访工作应当坚持以人民为中心,把握群众的所思所盼。”
"""
CITY_NEXT = """全市基层治理年度工作会议上的讲话
网站首页 > 讲话稿 > 会议讲话
同志们:
从全市网格工作的实际情况来看,我们共有网格员3015名,人员变动大、任务繁重,很多同志是边干边学。
今年的雨水来得早,防汛的弦要绷紧,值守的同志要轮换着休息,不能硬扛。
预祝这次会议圆满成功!
本文来自范文网,更多讲话稿请点击下载
"""
OWN = """写给新同事的几句话
到单位的第一天,先把自己的杯子洗干净,再去认一认走廊尽头的那台打印机,它脾气不好,但心肠不坏。
别怕问笨问题,我们都是从笨问题里走出来的。
"""
FOUNDERS = """Remarks at the opening of the river museum
Friends, the river gave this town its mills, its floods and its songs.
We built this house so that no one who follows us has to guess what the water meant to those who came before.
Let us keep the doors open and the lamps lit.
"""
ANNIVERSARY = """Remarks on the first anniversary of the museum
A year ago there was a queue around the corner and rain on every hat.
We built this house so that nobody who follows us has to guess what the water meant to those who came before.
The lamps are lit, the doors are open, and the kettle is on.
"""
HOSTILE_TITLE = "<script>window.harmed = 1</script>\"'&\u202etxt.exe"
HOSTILE = (
    "<script>window.harmed = 2</script> </script><img src=x onerror=\"window.harmed = 3\"> 'quotes' & &amp;\n"
    "被反转的\u202e文字\u202c与零\x00字节,孤代理\ud83d也在,罕见字𠮷𡈽与笑脸😀👩‍👩‍👧都算一个一个的字符。\n"
    "😀𠮷一要把功课做在平时,把台账记在手上,把群众的急事难事记在心上,件件有回音、事事有着落。𠮷😀\n"
)


def sample_result() -> Result:
    """The whole sample; built anew on every call."""
    return _Sample().result()


class _Sample:
    """Collects documents and matches; offsets are found, never given."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.matches: list[Match] = []
        self._add_documents()
        self._add_matches()

    def result(self) -> Result:
        """The sample as the pipeline would leave it: originality and paragraphs counted by the auditing room."""
        compared = compared_positions([self._record(document, 0) for document in self.documents.values()])
        records = [
            self._record(document, len(positions))
            for document, positions in zip(self.documents.values(), compared, strict=True)
        ]
        paragraphs = [part for document in self.documents.values() for part in _paragraphs(document)]
        families = [self._grid_family(), self._ledger_family()]
        audited = audit(records, paragraphs, compared, self.matches, families, AuditSettings())
        return Result(audited.documents, audited.paragraphs, self.matches, families, _run())

    def _add_documents(self) -> None:
        self._document(
            "2023/青石镇.txt",
            TOWN,
            title="青石镇基层治理业务培训班上的讲话",
            date="2023-03-06",
            author="周远",
            place="青石镇",
        )
        self._document(
            "2024/临河县.txt",
            COUNTY,
            title="在临河县基层治理业务培训班上的讲话",
            date="2024-04-11",
            author="梁禾",
            place="临河县",
        )
        self._document(
            "2024/推进会.txt",
            CITY,
            title="全市基层治理工作推进会讲话提纲",
            date="2024-09-02",
            author="沈川",
            place="云汀市",
            series="年度会议",
        )
        self._document(
            "2025/年度会议.txt",
            CITY_NEXT,
            title="全市基层治理年度工作会议上的讲话",
            date="2025-01-20",
            author="沈川",
            place="云汀市",
            series="年度会议",
            removed=[
                ("网站首页 > 讲话稿 > 会议讲话", "navigation"),
                ("本文来自范文网,更多讲话稿请点击下载", "advert"),
            ],
        )
        self._document("写给新同事.txt", OWN)
        self._document(
            "museum-1.txt",
            FOUNDERS,
            title="Opening of the river museum",
            date="2022-05-01",
            author="A. Moreau",
        )
        self._document(
            "museum-2.txt",
            ANNIVERSARY,
            title="First anniversary of the museum",
            date="2023-05-01",
            author="A. Moreau",
        )
        self._document(
            "<img src=x onerror=alert(1)>\x00.txt",
            HOSTILE,
            title=HOSTILE_TITLE,
            date="2025-06-01",
            author='O\'Neil & "Sons"',
        )

    def _document(
        self, name: str, text: str, removed: list[tuple[str, str]] | None = None, **known: Any
    ) -> None:
        marks = [(text.index(words), words, reason) for words, reason in removed or []]
        self.documents[name] = Document(
            id=name,
            source=name,
            text=text,
            removed=tuple(Removed(at, at + len(words), reason) for at, words, reason in marks),
            metadata={"folder": name.split("/", maxsplit=1)[0], "pages": 2},
            **known,
        )

    def _add_matches(self) -> None:
        town, county, city, later, _, museum, anniversary, hostile = self.documents
        opening = (
            "我们在{}举办这期基层治理业务培训班,目的只有一个,就是把{}的骨干集中起来,静下心来学一学,想一想"
        )
        ledger = "一要把功课做在平时,把台账记在手上,把群众的急事难事记在心上,件件有回音、事事有着落"
        turned = "群众的急事难事要记在心上,件件有回音、事事有着落,功课要做在平时,台账要记在手上"
        grid = "从全{}网格工作的实际情况来看,我们共有网格员{}名,人员{}动大、任务{},{}同志是边干边学"
        law = "信访工作应当坚持以人民为中心,把握群众的所思所盼"
        wish = "预祝这次{}圆满成功"
        first, second = (
            grid.format("镇", "86", "流", "重", "不少"),
            grid.format("县", "1240", "流", "重", "不少"),
        )
        third, fourth = (grid.format("市", n, "变", "繁重", "很多") for n in ("X", "3015"))
        self._match(
            "paragraph",
            "templated",
            town,
            opening.format("青石镇", "各村"),
            county,
            opening.format("临河县", "各乡镇"),
            41.5,
            0.97,
            ("place", "organization"),
        )
        self._match("paragraph", "copied", town, ledger, county, ledger, 38.2, 0.99, family="f2")
        self._match(
            "passage", "templated", town, first, county, second, 27.4, 0.93, ("place", "number"), "f1"
        )
        self._match(
            "passage", "templated", town, first, city, third, 17.1, 0.81, ("place", "placeholder"), "f1"
        )
        self._match(
            "passage", "templated", county, second, later, fourth, 17.9, 0.82, ("place", "number"), "f1"
        )
        self._match("paragraph", "copied", city, third, later, fourth, 30.2, 0.96, ("number",), "f1")
        self._match("passage", "edited", county, ledger, city, turned, 11.6, 0.64, family="f2")
        self._match("passage", "quoted", county, law, city, law, 22.0, 0.9)
        self._match(
            "phrase", "commonplace", town, wish.format("培训班"), county, wish.format("培训班"), 3.1, 0.12
        )
        self._match(
            "phrase", "commonplace", town, wish.format("培训班"), later, wish.format("会议"), 2.4, 0.08
        )
        self._match(
            "phrase", "commonplace", town, "件件有回音、事事有着落", city, "件件有回音、事事有着落", 4.4, 0.31
        )
        self._match("passage", "copied", town, ledger, hostile, ledger, 36.9, 0.98, family="f2")
        said = (
            "We built this house so that {} who follows us has to guess what the water meant "
            "to those who came before"
        )
        self._match(
            "paragraph",
            "edited",
            museum,
            said.format("no one"),
            anniversary,
            said.format("nobody"),
            52.0,
            0.99,
        )

    def _match(
        self,
        level: Level,
        kind: Kind,
        left: str,
        left_text: str,
        right: str,
        right_text: str,
        score: float,
        evidence: float,
        types: tuple[SlotType, ...] = (),
        family: str | None = None,
    ) -> None:
        here, there = self._span(left, left_text), self._span(right, right_text)
        blocks = difflib.SequenceMatcher(None, left_text, right_text, autojunk=False).get_opcodes()
        equal = [
            (here.start + a, here.start + b, there.start + c, there.start + d)
            for tag, a, b, c, d in blocks
            if tag == "equal"
        ]
        gaps = [
            (Span(here.start + a, here.start + b), Span(there.start + c, there.start + d))
            for tag, a, b, c, d in blocks
            if tag != "equal"
        ]
        same = sum(b - a for a, b, _, _ in equal)
        self.matches.append(
            Match(
                id=f"m{len(self.matches) + 1}",
                level=level,
                kind=kind,
                left=here,
                right=there,
                score=score,
                evidence=evidence,
                evalue=None if level == "phrase" else 10**-score,
                resemblance=same / (len(left_text) + len(right_text) - same),
                left_in_right=same / len(left_text),
                right_in_left=same / len(right_text),
                identity=same / min(len(left_text), len(right_text)),
                aligned=tuple(equal),
                slots=tuple(Slot(a, b, kind_) for (a, b), kind_ in zip(gaps, types, strict=False)),
                family=family,
            )
        )

    def _span(self, name: str, words: str) -> TextSpan:
        document = self.documents[name]
        start = document.text.index(words)
        return TextSpan(name, document.source, start, start + len(words), words)

    def _record(self, document: Document, compared: int) -> DocumentRecord:
        return DocumentRecord(
            document=document,
            characters=len(document.text),
            compared=compared,
            removed=document.removed,
            sha256=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        )

    def _grid_family(self) -> Family:
        town, county, city, later = list(self.documents)[:4]
        members = {
            town: ("镇", "86", "流动大、任务重,不少"),
            county: ("县", "1240", "流动大、任务重,不少"),
            city: ("市", "X", "变动大、任务繁重,很多"),
            later: ("市", "3015", "变动大、任务繁重,很多"),
        }
        frame = ("从全", "网格工作的实际情况来看,我们共有网格员", "名,人员", "同志是边干边学")
        spans = {
            name: self._span(name, frame[0] + a + frame[1] + b + frame[2] + c + frame[3])
            for name, (a, b, c) in members.items()
        }
        names: tuple[tuple[str, SlotType], ...] = (("地点", "place"), ("数字", "number"), ("其他", "other"))
        parts: list[TemplatePart] = []
        for place, fixed in enumerate(frame):
            parts.append(TemplatePart(fixed=fixed))
            if place < len(names):
                parts.append(self._slot(spans, members, place, *names[place]))
        return Family(
            id="f1",
            kind="templated",
            level="passage",
            size=4,
            documents=4,
            members=tuple(spans.values()),
            template=tuple(parts),
            first=FirstKnown(town, "date"),
            weakest="m4",
            notes=(
                {
                    "note": "blank",
                    "document": city,
                    "start": 62,
                    "end": 63,
                    "text": "X",
                    "slot": "数字",
                    "others": ["86", "1240"],
                },
            ),
        )

    def _slot(
        self,
        spans: dict[str, TextSpan],
        members: dict[str, tuple[str, ...]],
        place: int,
        name: str,
        kind: SlotType,
    ) -> TemplatePart:
        fillers = []
        for document, span in spans.items():
            text = members[document][place]
            frame = ("从全", "网格工作的实际情况来看,我们共有网格员", "名,人员")
            before = sum(map(len, frame[: place + 1])) + sum(map(len, members[document][:place]))
            fillers.append(Filler(document, text, span.start + before, span.start + before + len(text)))
        return TemplatePart(slot=name, type=kind, fillers=tuple(fillers), tentative=kind == "other")

    def _ledger_family(self) -> Family:
        town, county = list(self.documents)[:2]
        hostile = list(self.documents)[-1]
        words = "一要把功课做在平时,把台账记在手上,把群众的急事难事记在心上,件件有回音、事事有着落"
        members = tuple(self._span(name, words) for name in (town, county, hostile))
        return Family(
            id="f2",
            kind="copied",
            level="paragraph",
            size=3,
            documents=3,
            members=members,
            template=(TemplatePart(fixed=words),),
            first=FirstKnown(town, "date"),
            weakest="m12",
        )


def _paragraphs(document: Document) -> list[Paragraph]:
    parts, start = [], 0
    for line in document.text.split("\n"):
        if line:
            parts.append(
                Paragraph(document=document.id, source=document.source, start=start, end=start + len(line))
            )
        start += len(line) + 1
    return parts


def _run() -> dict[str, Any]:
    return {
        "scheme": "w2-128-64x2",
        "versions": {"speech-reuse": "0.1.0"},
        "settings": {"level": "passage", "jobs": 2, "auditing": encode(AuditSettings())},
        "counts": {"documents": 8, "matches": 13, "families": 2},
        "seconds": {"reading": 0.1, "matching": 0.9},
        "peak_memory": 123456789,
        "skipped": [
            {
                "source": "扫描件.pdf",
                "reason": "needs-ocr",
                "message": "fewer than 20 characters a page: a scan; run OCR first",
            }
        ],
    }
