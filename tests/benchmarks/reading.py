"""How fast reading is, by format: `python -m tests.benchmarks.reading`.

Files are made here; DOC, RTF, ODT and PDF only where LibreOffice is. The corpora are those of ../shared, if it is there.
"""

from __future__ import annotations

import gc
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from reuse.config import ReadingSettings
from reuse.model import Skipped
from reuse.reading import Source, clean, read_inputs
from reuse.reading.furniture import mark_furniture
from reuse.reading.gathering import FoundFile
from reuse.reading.tables import read_table
from tests.reading.material import ADDRESS, BODY, THANKS, TITLE, convert, write_docx, write_jsonl

T = TypeVar("T")
SETTINGS = ReadingSettings()
FILES = 2000
SHARED = Path(__file__).parents[2].parent / "shared" / "corpora"
HTML = "<html><head><title>{title}</title></head><body><div class='nav'><a href='/'>首页</a></div>{body}</body></html>"


def main() -> None:
    """Print a table: what was read, how much, and how fast on one core."""
    print(
        f"{'what':34}{'files':>7}{'M characters':>14}{'seconds':>9}{'MB a minute':>13}{'M characters a second':>23}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _folders(Path(folder)):
            _report(name, path)
    for corpus in ("gov_reports", "news_2012_2016"):
        path = SHARED / f"{corpus}.jsonl.gz"
        if path.exists():
            _report_cleaning(corpus, path)


def _speech(rng: random.Random) -> list[str]:
    return [TITLE, ADDRESS, *(f"{rng.choice(BODY)}（第{rng.randrange(10**6)}号）" for _ in range(50)), THANKS]


def _folders(root: Path) -> Iterator[tuple[str, Path]]:
    """A folder of many small files for each cheap format, of a few for each dear one."""
    rng = random.Random(1)
    speeches = [_speech(rng) for _ in range(FILES)]
    makers: dict[str, Callable[[list[str]], bytes]] = {
        "text, UTF-8": lambda lines: "\n".join(lines).encode(),
        "text, GB18030": lambda lines: "\n".join(lines).encode("gb18030"),
        "HTML, UTF-8": lambda lines: _html(lines).encode(),
        "HTML, GB18030": lambda lines: _html(lines).encode("gb18030"),
    }
    for name, make in makers.items():
        folder = root / name
        folder.mkdir()
        for number, lines in enumerate(speeches):
            (folder / str(number)).write_bytes(make(lines))
        yield name, folder
    table = root / "table"
    table.mkdir()
    write_jsonl(
        table / "t.jsonl", [{"id": str(n), "text": "\n".join(lines)} for n, lines in enumerate(speeches)]
    )
    yield "JSON Lines", table
    word = write_docx(root / "speech.docx", speeches[0])
    yield "DOCX", _copies(word, root / "DOCX", 100)
    if shutil.which("soffice"):
        for target in ("doc", "rtf", "odt", "pdf"):
            yield target.upper(), _copies(convert(word, target, root), root / target.upper(), 20)


def _html(lines: list[str]) -> str:
    return HTML.format(title=lines[0], body="".join(f"<p>{line}</p>" for line in lines))


def _copies(path: Path, folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        shutil.copy(path, folder / f"{number}{path.suffix}")
    return folder


def _report(name: str, folder: Path) -> None:
    read_inputs([folder], SETTINGS)
    seconds, readings = _timed(lambda: read_inputs([folder], SETTINGS))
    texts = [document.text for document in readings.documents]
    assert not readings.skipped, readings.skipped
    _line(name, readings.files, sum(map(len, texts)), sum(len(text.encode()) for text in texts), seconds)


def _report_cleaning(name: str, path: Path) -> None:
    """Cleaning alone, the table parsed before: what a million records cost beside parsing them."""
    records = read_table(FoundFile(path, path.name), "jsonl", SETTINGS)
    sources = [item for item in records if not isinstance(item, Skipped)]
    seconds = min(_timed(lambda: _clean(sources))[0] for _ in range(3))
    characters = sum(len(source.text) for source in sources)
    _line(f"cleaning of {name}", 1, characters, sum(len(source.text.encode()) for source in sources), seconds)


def _clean(sources: list[Source]) -> int:
    return len(mark_furniture([document for source in sources for document in clean(source, SETTINGS)])[0])


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    gc.collect()
    started = time.process_time()
    result = call()
    return time.process_time() - started, result


def _line(name: str, files: int, characters: int, size: int, seconds: float) -> None:
    rate = size / 1e6 / seconds * 60
    print(
        f"{name:34}{files:7}{characters / 1e6:14.2f}{seconds:9.2f}{rate:13.0f}{characters / 1e6 / seconds:23.2f}"
    )


if __name__ == "__main__":
    main()
