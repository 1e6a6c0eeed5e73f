"""Bytes of unknown encoding become text: byte order mark, then strict UTF-8, then the guess that reads best.

A guess is scored by how common its characters are in Chinese. `data/characters.txt` has them in the order of their
frequency in jieba's dictionary (MIT): simplified in the first line, traditional in the second.
GB2312 and GBK are always read as GB18030, which holds both.
"""

from __future__ import annotations

import codecs
import math
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from reuse.model import UnreadableError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

SAMPLE = 65_536
"""Bytes a guess is made from; all of the file is then decoded with it."""

SCORED = 2048
"""Bytes that are scored: with 5 characters the guess is right 99 times of 100, with 20 always."""

WORST_SCORE = -8.6
"""Mean log probability below which no guess is believed: Chinese has -5 to -7, bytes of pictures -9 and less."""

MOST_BROKEN = 0.02
"""Share of undecodable places among the letters beyond ASCII up to which UTF-8 is still believed."""

_SPOILT = "锟斤拷"
"""What UTF-8 replacement characters make when read as GBK."""

_RARE = math.log(1 / 30_000)
_IMPOSSIBLE = math.log(1 / 3_000_000)
_PUNCTUATION = math.log(1 / 300)
_SIGNS = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】—…·　％０１２３４５６７８９")
_LONE_HIGH = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER_AROUND = re.compile(rb"[A-Za-z ][\x80-\xff][A-Za-z ,.]|[A-Za-z ][\x80-\xff]\Z")


class Decoded(NamedTuple):
    """A text without its byte order mark, the encoding it was in, and what was wrong with it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Decode `data`; `encoding` overrules the guess, `declared` (what a page says of itself) only breaks ties.

    Raises UnreadableError, reason `encoding`, when nothing fits; the message names the best guess and what to try.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], marked)
    if encoding is not None:
        return _forgiving(data, _known(encoding, name))
    try:
        return _doubted(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return _forgiving(data, "utf-8")
    return _forgiving(data, guess(data, name, declared))


def guess(data: bytes, name: str, declared: str | None = None) -> str:
    """The encoding that makes the best Chinese of `data`, or the one that makes it Western.

    Raises UnreadableError, reason `encoding`, when none makes sense.
    """
    sample = data[:SAMPLE]
    telling = _telling(sample)
    if _is_western(telling):
        return "cp1252"
    text = sample.decode("utf-8", "replace")
    if text.count("\ufffd") <= MOST_BROKEN * (len(text) - len(text.encode("ascii", "ignore"))):
        return "utf-8"
    candidates = ["gb18030", "big5hkscs"]
    if b"\x00" in sample or not re.search(rb"[\n\r !-~]{2}", sample):
        candidates += ["utf-16-le", "utf-16-be"]
    scores = {candidate: _score(telling, candidate) for candidate in candidates}
    if declared and (known := _family(declared)) in scores:
        scores[known] += 0.3
    best = max(candidates, key=lambda candidate: scores[candidate])
    if scores[best] < WORST_SCORE:
        raise UnreadableError(
            name,
            "encoding",
            f"its bytes make no text in any known encoding, least badly in {best}; try --encoding {best}",
        )
    return best


def _telling(sample: bytes) -> bytes:
    """The part of `sample` that is scored: from its first byte beyond ASCII, for markup comes before text."""
    first = _HIGH.search(sample)
    start = first.start() // 2 * 2 if first and b"\x00" in sample else first.start() if first else 0
    return sample[start : start + SCORED]


def _is_western(sample: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone between Latin letters; Chinese encodings have them in pairs."""
    high = len(_HIGH.findall(sample))
    return len(_LONE_HIGH.findall(sample)) >= 0.8 * high and len(_LETTER_AROUND.findall(sample)) >= 0.6 * high


def _score(sample: bytes, encoding: str) -> float:
    """Mean log probability of the characters beyond ASCII that `encoding` makes of `sample`, roughly by Zipf's law."""
    known = _log_probabilities()
    total = count = 0.0
    for character in sample.decode(encoding, errors="replace").rstrip("\ufffd"):
        if character <= "\x7f":
            if character < " " and character not in "\t\n\r\f":
                total, count = total + _IMPOSSIBLE, count + 1
            continue
        count += 1
        total += known.get(character) or (_RARE if "\u4e00" <= character <= "\u9fff" else _IMPOSSIBLE)
    return total / count if count else _IMPOSSIBLE


@cache
def _log_probabilities() -> dict[str, float]:
    """What common characters weigh: by Zipf's law from their rank, in whichever of the two lists it is better."""
    simplified, traditional = (
        resources.files("reuse.reading").joinpath("data/characters.txt").read_text("utf-8").split()
    )
    ranks: dict[str, int] = {}
    for rank, characters in enumerate(zip(simplified, traditional, strict=True)):
        for character in characters:
            ranks.setdefault(character, rank)
    weights = {character: -math.log(8.0 * (rank + 10)) for character, rank in ranks.items()}
    return weights | dict.fromkeys(_SIGNS, _PUNCTUATION)


def _family(encoding: str) -> str:
    """The encoding that is read for a declared one: GB18030 for all of GB2312 and GBK, Big5-HKSCS for Big5."""
    label = encoding.strip().lower().replace("_", "-")
    if label in ("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb-2312", "hz-gb-2312"):
        return "gb18030"
    return "big5hkscs" if label.startswith(("big5", "cp950")) else label


def _known(encoding: str, name: str) -> str:
    try:
        return codecs.lookup(_family(encoding)).name
    except LookupError as error:
        raise UnreadableError(
            name,
            "encoding",
            f"there is no encoding {encoding!r}; utf-8, gb18030, big5 and utf-16 are the usual ones",
        ) from error


def _forgiving(data: bytes, encoding: str) -> Decoded:
    """Decode all of `data`; what cannot be decoded becomes U+FFFD and is counted."""
    try:
        return _doubted(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    return Decoded(text, encoding, (f"{broken} places are no {encoding}, read as U+FFFD",))


def _doubted(text: str, encoding: str) -> Decoded:
    """A text that decodes well; somebody may have spoilt it before, which cannot be undone but should be told."""
    spoilt = text.count(_SPOILT)
    return Decoded(
        text,
        encoding,
        (f"{spoilt} places read {_SPOILT}: spoilt before by a wrong encoding",) if spoilt else (),
    )
