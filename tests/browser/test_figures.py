"""The page counts as Python does: the same characters over the same characters, whatever is filtered."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import reuse
from reuse.model import Document, DocumentRecord
from reuse.reporting.cutting import KINDS
from reuse.reporting.page.bundling import script
from reuse.reporting.result import Result
from reuse.reporting.wording import percent
from tests.browser.test_views import go, shown, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
SPEECHES = Path(__file__).parents[2] / "fixtures" / "speeches"

# The page's own modules, called without its views.
COUNT = f"""async (asked) => {{
{script("ratios", "data")}
globalThis.loaded ??= await module_data.loadReport();
const filters = {{ ...asked, kinds: new Set(asked.kinds), without: new Set(asked.without) }};
const audited = module_ratios.audit(globalThis.loaded, filters);
return {{
  matches: audited.matches.map((match) => match.id),
  documents: audited.documents.map((own) => ({{
    reused: own.reused, counted: own.counted, sizes: own.sizes, longest: own.longest, sources: own.sourceCount,
    basis: own.basis, largest: own.largest && [own.largest.n, own.largest.characters],
  }})),
}};
}}"""


def asked(draw: random.Random, result: Result) -> dict[str, Any]:
    """Some filters, drawn so that most leave something."""
    scores = [match.score for match in result.matches]
    return {
        "score": draw.choice([0, draw.choice(scores)]),
        "evidence": draw.choice([0, draw.random()]),
        "kinds": [kind for kind in KINDS if draw.random() < 0.8],
        "phrases": draw.random() < 0.5,
        "quotations": draw.random() < 0.5,
        "own": draw.random() < 0.4,
        "without": draw.sample(range(len(result.documents)), draw.choice([0, 0, 1, 2])),
    }


def at(result: Result, filters: dict[str, Any]) -> Result:
    """What Python makes of the filters of the page."""
    return result.at(
        min_score=filters["score"],
        min_evidence=filters["evidence"],
        kinds=filters["kinds"],
        phrases=filters["phrases"],
        quotations=filters["quotations"],
        self_reuse=filters["own"],
        without=[result.documents[n].document.id for n in filters["without"]],
    )


def figures(record: DocumentRecord, ids: list[str]) -> dict[str, Any]:
    """The figures of a document as Python has them."""
    own = record.originality
    assert own is not None
    largest = own.max_source
    return {
        "reused": own.reused,
        "counted": own.counted,
        "longest": own.longest_run,
        "sources": own.sources,
        "basis": own.basis,
        "largest": [ids.index(largest.document), largest.characters] if largest else None,
        "shares": pytest.approx(
            [
                own.copied_ratio,
                own.templated_ratio,
                own.self_reused_ratio,
                own.phrase_ratio,
                own.quoted_ratio,
            ],
            abs=1e-4,
        ),
    }


def of_page(row: dict[str, Any], compared: int) -> dict[str, Any]:
    """The same of the page: its sizes of layers as Python's ratios."""
    sizes, counted = row.pop("sizes"), row["counted"] or 1
    in_counted = [sizes["copied"] + sizes["edited"], sizes["templated"], sizes["self"]]
    in_compared = [sizes["phrase"], sizes["quoted"]]
    return row | {
        "shares": [size / counted for size in in_counted] + [size / (compared or 1) for size in in_compared]
    }


class Counter:
    """The page of a result, asked for its figures."""

    def __init__(self, browser: Browser, result: Result, folder: Path) -> None:
        result.to_html(folder / "report.html")
        self.result = result
        self.page = browser.new_page()
        self.page.goto((folder / "report.html").as_uri())
        self.page.wait_for_selector(".view")

    def agrees(self, filters: dict[str, Any]) -> None:
        """Fail unless both count alike."""
        here = self.page.evaluate(COUNT, filters)
        there = at(self.result, filters)
        ids = [record.document.id for record in self.result.documents]
        assert here["matches"] == [match.id for match in there.matches]
        for row, record in zip(here["documents"], there.documents, strict=True):
            assert of_page(row, record.compared) == figures(record, ids), (record.document.id, filters)


def equal_paragraphs() -> Result:
    """Documents that hold one paragraph alike, parts of it, drafts, own texts and a template that was given."""
    shared = "河道整治要一段一段地修,先清淤再护坡,汛期之前必须把险工险段过一遍,责任人的名字写在桩上,雨再大也要有人守着。"
    other = (
        "果园里的老梨树去年结了四百斤,今年一场倒春寒只剩下一百来斤,合作社的冷库空着大半,账却要一笔一笔还。"
    )
    draft = (
        "档案馆搬家那天,三百六十二箱卷宗一箱没少,登记册上每一页都有两个人的签字,老管理员在门口站了一整天。"
        * 5
    )
    authors = ["甲", "乙", "丙", "乙"]
    texts = [
        Document(
            id=f"{number:02}.txt",
            source=f"{number:02}.txt",
            text=f"{'一二三四五六七八九十'[number % 10] * 3}号讲稿各有各的开头。\n{shared}\n结尾{number}也不一样。\n",
            date=f"20{10 + number % 20}-01-0{1 + number % 9}" if number % 5 else None,
            author=authors[number % 4],
        )
        for number in range(30)
    ]
    texts += [
        Document(
            id="part.txt",
            source="part.txt",
            text=f"前几天下了雨。{shared[8:40]}大家都辛苦。\n{other}\n谢谢各位。\n",
            date="2030-05-01",
        ),
        Document(id="given.txt", source="given.txt", text=f"范本\n{other}\n到此为止。\n", date="2001-01-01"),
        Document(
            id="user.txt",
            source="user.txt",
            text=f"我们也说几句。\n{other}\n{shared[:30]}另有安排。\n",
            date="2031",
        ),
        Document(id="draft-1.txt", source="draft-1.txt", text=draft, date="2032-01-01"),
        Document(id="draft-2.txt", source="draft-2.txt", text=draft + "补一句。", date="2032-02-01"),
    ]
    return reuse.scan(texts, jobs=1, auditing={"base_documents": ("given.txt",)})


@pytest.fixture(scope="module")
def speeches() -> Result:
    """The fixture speeches of the project, as a scan leaves them."""
    return reuse.scan([SPEECHES], jobs=1)


@pytest.mark.parametrize("name", ["sample", "speeches", "equal paragraphs"])
def test_whatever_is_filtered_the_page_counts_as_python_does(
    browser: Browser, sample: Result, speeches: Result, tmp_path: Path, name: str
) -> None:
    result = {"sample": lambda: sample, "speeches": lambda: speeches, "equal paragraphs": equal_paragraphs}[
        name
    ]()
    counter = Counter(browser, result, tmp_path)
    counter.agrees({"score": 0, "evidence": 0, "kinds": list(KINDS), "phrases": True, "quotations": False,
                    "own": False, "without": []})  # fmt: skip
    draw = random.Random(name)
    for _ in range(12):
        counter.agrees(asked(draw, result))
    counter.page.close()


class TestFiltersInHand:
    """Each filter used as a reader would, against Python's figures; both sides of every ratio."""

    def told(self, page: Page) -> dict[str, tuple[str, str]]:
        """For each document of the table: the percentage, and `reused / counted`."""
        rows = page.locator("table.documents tbody tr")
        return {
            row.locator("th a").inner_text(): (
                row.locator("td.figure strong").first.inner_text(),
                row.locator("td.figure .detail").first.inner_text(),
            )
            for row in rows.all()
        }

    def wanted(self, result: Result, **filters: Any) -> dict[str, tuple[str, str]]:
        """The same from Python."""
        told = {}
        for record in result.at(**filters).documents:
            own = record.originality
            assert own is not None
            ratio = own.reused / own.counted if own.counted else 0.0
            name = (record.document.title or record.document.id).replace("\u202e", "U+202E")
            told[name] = (percent(ratio), f"{own.reused:,} / {own.counted:,}")
        return told

    def test_the_first_page_shows_what_the_scan_found(self, opened: Open, sample: Result) -> None:
        assert self.told(opened()) == self.wanted(sample)

    def test_minimum_score(self, opened: Open, sample: Result) -> None:
        page = opened()
        page.locator("#filter-score").focus()
        for _ in range(9):
            page.keyboard.press("ArrowRight")
        until(page, "location.hash.includes('score=')")
        score = float(page.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('score')"))
        until(page, "document.querySelector('#filters .in-use').textContent === '1 in use'")
        assert score > 11.6
        assert self.told(page) == self.wanted(sample, min_score=score) != self.wanted(sample)

    def test_minimum_evidence(self, opened: Open, sample: Result) -> None:
        page = opened("overview?evidence=0.95")
        assert page.input_value("#filter-evidence") == "95"
        assert self.told(page) == self.wanted(sample, min_evidence=0.95) != self.wanted(sample)

    @pytest.mark.parametrize("kind", ["copied", "edited", "templated", "quoted", "commonplace"])
    def test_kinds_on_and_off(self, opened: Open, sample: Result, kind: str) -> None:
        page = opened()
        page.uncheck(f"#kind-{kind}")
        until(page, "location.hash.includes('kinds=')")
        kinds = [each for each in KINDS if each != kind]
        assert self.told(page) == self.wanted(sample, kinds=kinds)
        page.check(f"#kind-{kind}")
        until(page, "!location.hash.includes('kinds=')")
        assert self.told(page) == self.wanted(sample)

    @pytest.mark.parametrize(
        ("box", "filters"),
        [
            ("phrases", {"phrases": False}),
            ("quotations", {"quotations": True}),
            ("own", {"self_reuse": True}),
        ],
    )
    def test_what_stays_in_the_ratios(
        self, opened: Open, sample: Result, box: str, filters: dict[str, bool]
    ) -> None:
        page = opened()
        page.locator(f"#filter-{box}").click()
        until(page, f"location.hash.includes('{box}=')")
        assert self.told(page) == self.wanted(sample, **filters) != self.wanted(sample)

    def test_a_source_is_left_out_and_taken_in_again(self, opened: Open, sample: Result) -> None:
        page = opened("document/1")
        page.locator(".card .card-actions button", has_text="Leave out").first.click()
        until(page, "location.hash.includes('without=0')")
        go(page, "overview?without=0", "overview")
        left_out = sample.documents[0].document.id
        assert self.told(page) == self.wanted(sample, without=[left_out]) != self.wanted(sample)
        page.locator(".chip").click()
        until(page, "!location.hash.includes('without=')")
        assert self.told(page) == self.wanted(sample)

    def test_reset_brings_everything_back(self, opened: Open, sample: Result) -> None:
        page = opened("overview?score=20&evidence=0.5&kinds=copied&phrases=0&quotations=1&own=1&without=1")
        assert "7 in use" in shown(page, "#filters .in-use")
        page.click("#filter-reset")
        until(page, "!location.hash.includes('?')")
        assert self.told(page) == self.wanted(sample)

    def test_every_view_follows(self, opened: Open, sample: Result) -> None:
        cut = sample.at(kinds=["copied"])
        own = cut.documents[1].originality
        assert own is not None
        expected = f"{own.reused:,} of {own.counted:,} characters"
        page = opened("document/1?kinds=copied")
        assert expected in shown(page, ".facts")
        assert page.locator(".speech mark.part-templated").count() == 0
        go(page, "sheet/document/1?kinds=copied", "sheet/document/1")
        assert expected in shown(page, ".sheet-figures")
        assert "Kinds of match: Copied" in shown(page, ".provenance")
        go(page, "pair/0/1?kinds=copied", "pair/0/1")
        assert shown(page, ".counter") == "Match 1 of 1"

    def test_when_nothing_is_left_the_views_say_so(self, opened: Open) -> None:
        page = opened("document/1?score=999")
        assert "Under the present filters" in shown(page, ".sources")
        go(page, "sheet/document/1?score=999", "sheet/document/1")
        assert "No match under the present filters" in shown(page, ".sheet-paper")

    def test_the_slider_shows_the_score_in_force_even_between_its_stops(self, opened: Open) -> None:
        page = opened("overview?score=21.25")
        assert page.inner_text("output[for=filter-score]") == "≥ 21.3"
        assert page.evaluate("location.hash").endswith("score=21.25")
