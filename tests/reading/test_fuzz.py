"""Mutated files raise nothing but the package's own errors; 2,000 of them here, SPEECH_REUSE_FUZZ=20000 for more."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reuse.model import ReuseError
from reuse.reading import clean, read_inputs, read_source
from tests.reading.material import BODY, SETTINGS, SPEECH, TITLE, write_jsonl
from tests.reading.test_html import LAYOUTS, page
from tests.reading.test_tables import write_csv, write_parquet, write_xlsx

CASES = int(os.environ.get("SPEECH_REUSE_FUZZ", "2000"))

CONVERTED = ("doc", "rtf", "odt", "fodt", "pdf", "xml:MS Word 2003 XML")
"""What LibreOffice makes of the sample; the other samples need no program."""


@pytest.fixture(scope="module")
def samples(
    tmp_path_factory: pytest.TempPathFactory, word: Path, converted: Callable[[str], Path]
) -> list[bytes]:
    """One real file of every format."""
    home = tmp_path_factory.mktemp("samples")
    files = [word, write_csv(home / "t.csv"), write_xlsx(home / "t.xlsx"), write_parquet(home / "t.parquet")]
    files.append(write_jsonl(home / "t.jsonl", [{"id": str(n), "text": line} for n, line in enumerate(BODY)]))
    files += [converted(target) for target in CONVERTED]
    texts = [page(LAYOUTS["table"]).encode("gb18030"), page(LAYOUTS["nested"]).encode(), *_texts()]
    return [path.read_bytes() for path in files] + texts


def _texts() -> Iterator[bytes]:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        yield SPEECH.encode(encoding)
    yield "\n".join(f"{n}、{BODY[n % 5]}{BODY[2]}"[:120] for n in range(1, 30)).encode()
    yield (SPEECH + "谢谢大家。\n" + TITLE + "\n" + SPEECH).encode()


MUTATIONS = ("flip", "cut", "drop", "repeat", "insert", "swap", "inside", "splice")


@cache
def _parts(data: bytes) -> tuple[tuple[str, bytes], ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return tuple((name, package.read(name)) for name in package.namelist())
    except (zipfile.BadZipFile, zlib.error):
        return ()


def _inside_zip(data: bytes, which: int, change: Callable[[bytes], bytes]) -> bytes:
    """The package `data` with one of its parts changed; `data` itself changed when it is no package."""
    parts = _parts(data)
    if not parts:
        return change(data)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, part) in enumerate(parts):
            package.writestr(name, change(part) if number == which % len(parts) else part)
    return stream.getvalue()


def mutate(data: bytes, kind: str, at: float, length: int, noise: bytes, other: bytes) -> bytes:
    """`data` damaged at a place between 0 and 1."""
    start = int(at * len(data))
    if kind == "flip":
        return (
            data[:start]
            + bytes(byte ^ 0x55 for byte in data[start : start + length])
            + data[start + length :]
        )
    if kind == "cut":
        return data[:start]
    if kind == "drop":
        return data[:start] + data[start + length :]
    if kind == "repeat":
        return data[:start] + data[start : start + length] * 50 + data[start + length :]
    if kind == "insert":
        return data[:start] + noise + data[start:]
    if kind == "swap":
        return data[start:] + data[:start]
    if kind == "splice":
        return data[:start] + other[int(at * len(other)) :]
    return _inside_zip(data, length, lambda part: mutate(part, "insert", at, length, noise, other))


@settings(
    max_examples=CASES,
    derandomize=CASES == 2000,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    sample=st.integers(0, 30),
    other=st.integers(0, 30),
    kind=st.sampled_from(MUTATIONS),
    at=st.floats(0, 1),
    length=st.integers(1, 300),
    noise=st.binary(min_size=1, max_size=60),
    suffix=st.sampled_from([".doc", ".txt", ".pdf", ".html", ".csv", ".jsonl", ".md", ""]),
)
def test_nothing_but_own_errors(
    samples: list[bytes],
    tmp_path: Path,
    sample: int,
    other: int,
    kind: str,
    at: float,
    length: int,
    noise: bytes,
    suffix: str,
) -> None:
    path = tmp_path / f"mutant{suffix}"
    path.write_bytes(
        mutate(samples[sample % len(samples)], kind, at, length, noise, samples[other % len(samples)])
    )
    try:
        source = read_source(path, SETTINGS)
    except ReuseError as error:
        assert str(error)
    else:
        documents = clean(source)
        assert "".join(document.text for document in documents) == source.text
        source.text.encode("utf-8")
    try:
        readings = read_inputs([path], SETTINGS)
    except ReuseError as error:
        assert str(error)
    else:
        for document in readings.documents:
            assert all(document.start <= mark.start < mark.end <= document.end for mark in document.removed)
