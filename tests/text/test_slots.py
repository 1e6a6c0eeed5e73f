"""What stands in a slot."""

from __future__ import annotations

import pytest

from reuse.text.slots import filler_kind, slot_type


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("李建国", "person"),
        ("赵卫国", "person"),
        ("王秀英", "person"),
        ("张校长", "person"),
        ("中国", "place"),
        ("大英帝国", "place"),
        ("滨江区", "place"),
        ("县教育局", "organization"),
        ("2024年3月", "date"),
        ("二〇二一年", "date"),
        ("上午八点半", "date"),
        ("八时三十分", "date"),
        ("百分之二十", "number"),
        ("三点", "number"),
        ("126个", "number"),
        ("××", "placeholder"),
        ("某某", "placeholder"),
        ("灯亮到深夜", "other"),
        ("", ""),
    ],
)
def test_a_filler_is_of_its_kind(text: str, kind: str) -> None:
    assert filler_kind(text) == kind


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("李建国", "×××", "person"),
        ("某县", "滨江区", "place"),
        ("×", "××", "placeholder"),
        ("2019年", "46", "number"),
        ("李建国", "滨江区", "other"),
        ("", "", "other"),
    ],
)
def test_both_sides_tell_the_type_of_a_slot(left: str, right: str, expected: str) -> None:
    assert slot_type(filler_kind(left), filler_kind(right)) == expected
