"""Dates in words and numbers, Chinese and English, and which date a line tells: of the speech or of its upload."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= dict.fromkeys("○零ＯО", "0")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMERIC = re.compile(
    r"(?<!\d)([12]\d{3})\s*(?:[-/.]|年)\s*(\d{1,2})(?:\s*(?:[-/.]|月)\s*(\d{1,2})(?!\d)日?)?(?:[T\s]+(\d{1,2}:\d\d(?::\d\d)?))?"
)
_EXACT = re.compile(r"([12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[ T](\d\d:\d\d(?::\d\d)?))?")
_COMPACT = re.compile(r"(?<!\d)([12]\d{3})([01]\d)([0-3]\d)(?!\d)")
_YEAR = re.compile(r"\s*([12]\d{3})\s*年?\s*")
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"([A-Za-z]{3,9})\.?"
_ENGLISH = re.compile(rf"\b{_MONTH} {_DAY},? ([12]\d{{3}})\b|\b{_DAY} {_MONTH},? ([12]\d{{3}})\b")
_CHINESE_YEAR = "[一二][〇○零ＯО一二三四五六七八九]{3}"
_NUMBER = "[一二三四五六七八九十]"
_CHINESE = re.compile(f"({_CHINESE_YEAR})年({_NUMBER}{{1,2}})月(?:({_NUMBER}{{1,3}})日)?")

_UPLOAD = re.compile(
    r"发布|发表|更新|上传|录入|添加|浏览|阅读|点击|来源|时间\s*[:：]|日期\s*[:：]|posted|published|updated",
    re.IGNORECASE,
)
_OCCASION = re.compile("(?:讲话|会议|活动|演讲)(?:时间|日期)")
_CLOCK = re.compile(r"\d{1,2}:\d\d|\d时\d")
_GIVEN_AT = re.compile(
    rf"((?:[12]\d{{3}}|{_CHINESE_YEAR})年\s*(?:\d|{_NUMBER}){{1,2}}\s*月\s*(?:\d|{_NUMBER}){{1,3}}\s*日)\s*在"
)

LONGEST_DATE_LINE = 24
"""A line with a date and much more does not tell the date of the speech."""


def parse_date(text: str) -> str | None:
    """The first date in `text` in ISO 8601, as exact as it stands there (`2025-08-18`, `2025-08`, `2025-08-18T10:40:38`).

    None when there is none, or when month or day cannot be. A text that is a year and nothing else gives the year.
    """
    if exact := _EXACT.fullmatch(text):
        date, clock = exact.groups()
        return f"{date}T{clock}" if clock else str(date)
    if "年" in text and not text[:1].isdigit() and (found := _CHINESE.search(text)):
        year = "".join(_DIGITS[character] for character in found.group(1))
        return _iso(year, *(_chinese_number(part) for part in found.group(2, 3)))
    if found := _NUMERIC.search(text):
        date = _iso(found.group(1), found.group(2), found.group(3))
        return _with_clock(date, found.group(4)) if date and found.group(3) and found.group(4) else date
    if found := _COMPACT.search(text):
        return _iso(*found.groups())
    if found := _ENGLISH.search(text):
        month, day, year = found.group(1, 2, 3) if found.group(1) else found.group(5, 4, 6)
        return _iso(year, _month(month), day)
    year_alone = _YEAR.fullmatch(text)
    return year_alone.group(1) if year_alone else None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    if month is None or not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return f"{int(year):04}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _with_clock(date: str, clock: str) -> str:
    return f"{date}T{clock if clock[1:2] != ':' else '0' + clock}"


def _month(name: str) -> str | None:
    short = name[:3].lower()
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else None


def _chinese_number(text: str | None) -> str | None:
    if text is None:
        return None
    tens, ten, ones = text.rpartition("十")
    value = (int(_DIGITS.get(tens, "1")) * 10 if ten else 0) + (
        int(_DIGITS.get(ones[-1:], "0")) if ones else 0
    )
    return str(value)


def date_facts(lines: Sequence[str]) -> dict[str, str]:
    """`date` of the speech and `uploaded` from the lines around it; what a line is, its words and a clock time say."""
    facts: dict[str, str] = {}
    for line in lines:
        date = parse_date(line)
        if date is None:
            continue
        if given := _GIVEN_AT.search(line):
            facts.setdefault("date", parse_date(given.group(1)) or date)
        elif (_UPLOAD.search(line) or _CLOCK.search(line)) and not _OCCASION.search(line):
            facts.setdefault("uploaded", date)
        elif len(line) <= LONGEST_DATE_LINE or _OCCASION.search(line):
            facts.setdefault("date", date[:10])
    return facts
