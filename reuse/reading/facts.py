"""What lines around a speech tell of it besides dates: by whom it was given, and where."""

from __future__ import annotations

import re
from typing import Any

_OFFICES = (
    "总理|主席|书记|省长|市长|县长|区长|州长|盟长|镇长|乡长|部长|主任|局长|厅长|处长|科长|院长|校长|会长|委员长|总统|首相|司令员?"
    "|政委|秘书长|检察长|董事长|总经理|总裁|行长|组长|议长|大使|代表"
    "|president|premier|minister|secretary(?:-general)?|chairman|director|governor|mayor"
)
_OFFICE = f".{{0,30}}(?:{_OFFICES})"
_NAME = r"(?:[一-鿿](?:[ \u3000]*[一-鿿]){1,2}|[一-鿿]{1,8}·[一-鿿·]{1,12})"
_BYLINE = re.compile(rf"[（(]?({_OFFICE})[ \u3000:：]+({_NAME})[）)]?", re.IGNORECASE)
_SPACED_NAME = re.compile(r"[一-鿿](?:[ \u3000]+[一-鿿]){1,2}")
_OFFICE_ALONE = re.compile(_OFFICE, re.IGNORECASE)
_NAME_ALONE = re.compile(_NAME)
_AUTHOR = re.compile(
    r"(?:作者|讲话人|报告人|演讲者|发言人|主讲人?|speaker|author)\s*[:：]\s*(.{2,30})", re.IGNORECASE
)
_VENUE = re.compile(r"(?:会议)?(?:地点|place|venue)\s*[:：]\s*(.{2,40})", re.IGNORECASE)

_PLACE = re.compile(
    "(?:^|(?<=[在年届—于]))(?!在|关于|对)"
    "((?:[一-鿿]{2,7}?(?:省|自治区|特别行政区)|[一-鿿]{2,6}?(?:市|自治州|地区|盟|自治县|县|区|旗))+)"
)
_NO_PLACE = re.compile(
    "^(?:全|我|本|各|县|市|区|乡|省|州|这|该|某|基层|有关|学|社)|(?:[社小校园市辖]区|开发区|全[市县区]|[党业城]区)$|[Xx×*]"
)


def byline_of(line: str, before: str | None = None) -> str | None:
    """Who speaks, if `line` says so and nothing else: `省长 胡玉亭`, `习　近　平`, a name below an office, `作者：某某`."""
    if found := _AUTHOR.fullmatch(line):
        return found.group(1).strip()
    if found := _BYLINE.fullmatch(line):
        return f"{found.group(1)} {''.join(found.group(2).split())}"
    if before is not None and is_office(before) and _NAME_ALONE.fullmatch(line):
        return f"{before} {''.join(line.split())}"
    return "".join(line.split()) if _SPACED_NAME.fullmatch(line) else None


def is_office(line: str) -> bool:
    """Whether a short line is an office and nothing else: `国务院总理`."""
    return len(line) <= 20 and bool(_OFFICE_ALONE.fullmatch(line))


def venue_of(line: str) -> str | None:
    """The place a line `地点：…` names."""
    found = _VENUE.fullmatch(line)
    return found.group(1).strip() if found else None


def place_in(title: str) -> str | None:
    """The province, city or county a title names (`在北京市第十六届…`), None for 全市, 我县, 社区."""
    for found in _PLACE.finditer(title):
        if not _NO_PLACE.search(found.group(1)):
            return found.group(1)
    return None


def known(facts: dict[str, Any]) -> dict[str, Any]:
    """`facts` without what is not known."""
    return {name: value for name, value in facts.items() if value is not None and value != ""}
