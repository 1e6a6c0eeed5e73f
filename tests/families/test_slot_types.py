from __future__ import annotations

import pytest

from reuse.families.slot_types import column_type, slot_type


@pytest.mark.parametrize(
    ("kind", "fillers"),
    [
        ("place", "青石县 全市 我州 望江街道 大王庄 东湖乡 北京市 长江"),
        ("organization", "市委组织部 县教育局 人民医院 第二中学 党支部 水务集团 中共安徽省委 合作社"),
        ("person", "李卫民 王建国同志 孙玉梅 罗桂兰"),
        ("date", "2022年6月10日 二〇二二年度 三月十二日 上半年 去年冬天 元月初五 上个星期"),
        ("number", "12.5% 328个 9600多名 三百 第六十五条 7 十二"),
        ("placeholder", "X × XX *** ○○"),
        ("other", "提高 机会 社会 大局 进一步 平台 部署 领导干部 一定 发展"),
    ],
)
def test_the_form_of_a_filler_tells_its_type(kind: str, fillers: str) -> None:
    assert {filler: slot_type(filler) for filler in fillers.split()} == dict.fromkeys(fillers.split(), kind)


def test_a_slot_is_what_most_fillers_are_and_blanks_do_not_vote() -> None:
    assert column_type(["青石县", "X", "", "临江市"]) == "place"
    assert column_type(["×", "X"]) == "placeholder"
    assert column_type(["提高", "青石县", "加强"]) == "other"
    assert column_type(["", ""]) == "other"
