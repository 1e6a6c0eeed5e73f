"""The package on the news corpus.

`paragraphs N` up to verified pairs; `dedup N` from a file of so many records to the written one; `paragraph` and
`passage`, the two levels of a scan of all of it, with everything a user gets.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from reuse.model import Document
from tests.benchmarks.measuring import limits, paragraphs


def documents(limit: int | None) -> list[Document]:
    """Each paragraph a document of its own: what the textbook pipeline compares."""
    return [Document(id=f"{k:07d}", source="news", text=text) for k, text in enumerate(paragraphs(limit))]


def paragraph_pass(limit: int | None, jobs: int) -> dict[str, object]:
    """Comparable text, words, shingles, signatures, bands, candidates, exact check: the textbook pipeline's job."""
    from reuse.config import SketchSettings
    from reuse.matching.duplicates import find_places
    from reuse.matching.near_duplicates import candidate_paragraphs
    from reuse.text.comparable import comparable
    from reuse.text.words import cut

    given = documents(limit)
    _warm_up(given[:50])
    stages: dict[str, float] = {}
    begun = at = time.perf_counter()
    text = comparable(given, jobs=jobs)
    stages["comparable text"], at = time.perf_counter() - at, time.perf_counter()
    cut(text, jobs=jobs)
    stages["words"], at = time.perf_counter() - at, time.perf_counter()
    _, counts = candidate_paragraphs(text, find_places(text), SketchSettings(), jobs)
    stages["sketches, candidates, check"] = time.perf_counter() - at
    seconds = time.perf_counter() - begun
    return {
        "characters": sum(len(d.text) for d in given),
        "seconds": seconds,
        "stages": stages,
        "found": counts,
    }


def _warm_up(given: list[Document]) -> None:
    """The same on a few documents, one with a character that is written out: code is compiled before the clock starts."""
    given = [*given, Document(id="warm-up", source="", text="面积3㎡。")]
    from reuse.config import SketchSettings
    from reuse.matching.duplicates import find_places
    from reuse.matching.near_duplicates import candidate_paragraphs
    from reuse.text.comparable import comparable
    from reuse.text.words import cut

    text = comparable(given)
    cut(text)
    candidate_paragraphs(text, find_places(text), SketchSettings())


def deduplication(limit: int | None, jobs: int) -> dict[str, object]:
    """Near-duplicates left out of a file of paragraphs: the job of other deduplicators."""
    import reuse

    given = paragraphs(limit)
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder) / "corpus.jsonl", Path(folder) / "kept.jsonl"
        for texts in (given[:50], given):
            with corpus.open("w", encoding="utf-8") as lines:
                lines.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
            begun = time.perf_counter()
            done = reuse.deduplicate(corpus, out, jobs=jobs)
            seconds = time.perf_counter() - begun
    return {"characters": sum(map(len, given)), "seconds": seconds, "found": {"kept": done.kept}}


def whole_scan(level: str, limit: int | None, jobs: int) -> dict[str, object]:
    """A scan of news items from the saved corpus to the written folder, without the report."""
    import reuse
    from tests.benchmarks.measuring import NEWS

    reuse.scan(["一段文字。", "另一段文字。"], level=level, jobs=jobs)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        result = reuse.scan([str(NEWS)], level=level, jobs=jobs)
        at = time.perf_counter()
        result.save(Path(folder) / "out", report=False)
        stages = {row["stage"]: row["seconds"] for row in result.run["stages"]}
        stages["writing"] = time.perf_counter() - at
    counts = result.run["counts"]
    return {
        "characters": counts["characters"],
        "seconds": time.perf_counter() - begun,
        "stages": stages,
        "found": counts,
    }


def main() -> None:
    """Print what was measured as JSON: `package paragraphs|dedup|paragraph|passage N|all JOBS`."""
    what, limit, jobs = sys.argv[1], limits(sys.argv[2:3]), int(sys.argv[3])
    if what == "paragraphs":
        told = paragraph_pass(limit, jobs)
    elif what == "dedup":
        told = deduplication(limit, jobs)
    else:
        told = whole_scan(what, limit, jobs)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
