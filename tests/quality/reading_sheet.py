"""Draw matches to be read by people, blind: the sheet shows texts and context, never level, kind or score.

`python -m tests.quality.reading_sheet CORPUS --out DIR` writes `CORPUS.sheet.txt`, to be filled in, and
`CORPUS.key.jsonl`, which says where the matches stand. Both are written outside the repository, because
the texts are other people's. Matches that a stored verdict judges already are drawn but not shown again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reuse.model import Match
from tests.quality.corpora import ROOT
from tests.quality.detector import Detection, Place
from tests.quality.scans import CORPUS_DOCUMENTS, package_scans, readable_texts
from tests.quality.verdicts import Verdict, located, read_verdicts, readable, stratum, verdict_on

CONTEXT = 60
LONGEST_SHOWN = 600
LEAST_PER_STRATUM = 4

GUIDE = """\
One entry is two places in two documents, each between 【 and 】, with what stands around it. Write one
letter behind "label:". R  the same sentence, clause sequence or passage in both, or the same frame with
other fillers P  a stock phrase: fixed expression, slogan, policy name, title, office, list of names F
furniture: page, site, edition or programme boilerplate C  chance: scattered or ordinary words; the two
places do not say the same thing Between R and P: take the fixed expressions away; is there still shared
wording in shared order of about a clause (eight characters, slots not counted)?
"""


def draw(matches: Sequence[Match], count: int, seed: int) -> list[Match]:
    """`count` matches, some of every stratum of level and evidence, the rest by size of stratum; shuffled.

    The same matches in any order give the same draw.
    """
    ordered = sorted(matches, key=lambda m: (m.left.document, m.left.start, m.right.document, m.right.start))
    strata: dict[tuple[str, int], list[Match]] = {}
    for match in ordered:
        strata.setdefault(stratum(match), []).append(match)
    source = random.Random(seed)
    sizes = {name: len(members) for name, members in sorted(strata.items())}
    wanted = shares(sizes, count)
    drawn = [match for name, share in wanted.items() for match in source.sample(strata[name], share)]
    source.shuffle(drawn)
    return drawn


def shares(sizes: Mapping[tuple[str, int], int], count: int) -> dict[tuple[str, int], int]:
    """How many to draw from strata of these sizes: a few of each, then one where most stand for one."""
    given = {name: min(LEAST_PER_STRATUM, size) for name, size in sizes.items()}
    while sum(given.values()) < min(count, sum(sizes.values())):
        open_strata = [name for name in sizes if given[name] < sizes[name]]
        neediest = max(open_strata, key=lambda name: (sizes[name] / max(1, given[name]), name))
        given[neediest] += 1
    return given


def sheet_lines(places: Sequence[Detection], texts: Mapping[str, str]) -> list[str]:
    """The sheet: a guide, then an entry for each pair of places."""
    lines = [GUIDE]
    for number, one in enumerate(places, start=1):
        lines += [f"## {number}", shown(one.left, texts), shown(one.right, texts), "label:", ""]
    return lines


def shown(place: Place, texts: Mapping[str, str]) -> str:
    """A place between brackets, 60 characters on either side, on one line; if long, without its middle."""
    text = texts[place.document]
    inside = text[place.start : place.end]
    if len(inside) > LONGEST_SHOWN:
        inside = f"{inside[: LONGEST_SHOWN // 2]} […] {inside[-LONGEST_SHOWN // 2 :]}"
    before = text[max(0, place.start - CONTEXT) : place.start]
    after = text[place.end : place.end + CONTEXT]
    return "- " + f"{before}【{inside}】{after}".replace("\r", "").replace("\n", "⏎")


def key_line(corpus: str, place: Detection) -> str:
    """Where an entry of the sheet stands."""
    record = {
        "corpus": corpus,
        "left": place.left.document,
        "left_span": [place.left.start, place.left.end],
        "right": place.right.document,
        "right_span": [place.right.start, place.right.end],
    }
    return json.dumps(record, ensure_ascii=False)


def to_read(
    corpus: str, matches: Sequence[Match], count: int, seed: int, verdicts: Iterable[Verdict]
) -> list[Detection]:
    """The places of the drawn matches that no verdict judges."""
    known = list(verdicts)
    places = [located(corpus, match) for match in draw(matches, count, seed)]
    return [place for place in places if verdict_on(place, known) is None]


def main(argv: Sequence[str]) -> int:
    """Scan (or load), draw, and write sheet and key."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.reading_sheet", description=__doc__)
    parser.add_argument("corpus", choices=["speeches", *CORPUS_DOCUMENTS])
    parser.add_argument("--out", type=Path, required=True, help="a folder outside the repository")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--saved", type=Path, help="a saved result of the corpus, instead of a scan")
    parser.add_argument("--phrases", action="store_true", help="draw from level `phrase` too")
    options = parser.parse_args(argv)
    if options.out.resolve().is_relative_to(ROOT):
        parser.error("--out must be outside the repository: the texts are other people's")
    texts = readable_texts(options.corpus)
    saved = {options.corpus: options.saved} if options.saved else {}
    found = package_scans(saved=saved).matches(options.corpus)
    found = [m for m in found if options.phrases or m.level != "phrase"]
    found = readable(options.corpus, found, texts.keys())
    places = to_read(options.corpus, found, options.count, options.seed, read_verdicts(options.corpus))
    write(options.out, options.corpus, places, texts)
    print(f"{len(places)} of {len(found)} matches to read: {options.out}", file=sys.stderr)
    return 0


def write(folder: Path, corpus: str, places: Sequence[Detection], texts: Mapping[str, str]) -> None:
    """Write `CORPUS.sheet.txt` and `CORPUS.key.jsonl`."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet = "\n".join(sheet_lines(places, texts)) + "\n"
    (folder / f"{corpus}.sheet.txt").write_text(sheet, encoding="utf-8")
    key = "".join(key_line(corpus, place) + "\n" for place in places)
    (folder / f"{corpus}.key.jsonl").write_text(key, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
