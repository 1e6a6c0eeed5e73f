"""Dates, offices and places as people write them."""

from __future__ import annotations

import pytest

from reuse.reading.dates import date_facts, parse_date
from reuse.reading.facts import byline_of, place_in


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-10-08", "2024-10-08"),
        ("2024-10-8 9:05", "2024-10-08T09:05"),
        ("2012-07-02 19:06:13", "2012-07-02T19:06:13"),
        ("2024-10-08T19:06:13Z", "2024-10-08T19:06:13"),
        ("2024年10月8日", "2024-10-08"),
        ("（2024年10月8日）", "2024-10-08"),
        ("2024 年 10 月 8 日", "2024-10-08"),
        ("2024/10/08", "2024-10-08"),
        ("2024.10.8", "2024-10-08"),
        ("20241008", "2024-10-08"),
        ("二〇二四年十月八日", "2024-10-08"),
        ("二○一九年十二月二十一日", "2019-12-21"),
        ("一九七八年十二月", "1978-12"),
        ("2024年10月", "2024-10"),
        ("2024", "2024"),
        ("2024年", "2024"),
        ("October 8, 2024", "2024-10-08"),
        ("8th October 2024", "2024-10-08"),
        ("Sept. 1, 1999", "1999-09-01"),
        ("2024年13月8日", None),
        ("2024-10-45", None),
        ("去年十月", None),
        ("12345", None),
        ("第20241008号文件", "2024-10-08"),
        ("Xxxember 8, 2024", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert parse_date(text) == date


def test_lines_tell_date_of_speech_and_of_upload() -> None:
    assert date_facts(["（2024年10月8日）", "发布时间：2024-10-09"]) == {
        "date": "2024-10-08",
        "uploaded": "2024-10-09",
    }
    assert date_facts(["2024-10-09 08:30:00"]) == {"uploaded": "2024-10-09T08:30:00"}
    assert date_facts(["会议时间：2024年10月8日"]) == {"date": "2024-10-08"}
    assert date_facts(["——2024年10月8日在全市大会上的讲话"]) == {"date": "2024-10-08"}
    assert date_facts(["到2030年12月，全市要建成三百公里防火通道和二十座瞭望塔"]) == {}


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("省长 王守林", "省长 王守林"),
        ("东岭市市长　林 山", "东岭市市长 林山"),
        ("自治区主席 阿不都·卡德尔", "自治区主席 阿不都·卡德尔"),
        ("习　近　平", "习近平"),
        ("作者：林守山", "林守山"),
        ("各位领导", None),
        ("加强领导 压实责任", None),
        ("总结 表彰 动员", None),
    ],
)
def test_bylines(line: str, author: str | None) -> None:
    assert byline_of(line) == author


def test_a_name_below_an_office() -> None:
    assert byline_of("林守山", "东岭市人民政府市长") == "东岭市人民政府市长 林守山"
    assert byline_of("林守山", "防火工作") is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("在东岭市第十届人民代表大会上的报告", "东岭市"),
        ("2026年东岭省政府工作报告", "东岭省"),
        ("在全市森林防火工作会议上的讲话", None),
        ("在社区书记培训班上的讲话", None),
        ("我县防火工作总结", None),
        ("在X市干部大会上的讲话", None),
        ("关于东岭县青石乡的调研报告", "东岭县"),
    ],
)
def test_places(title: str, place: str | None) -> None:
    assert place_in(title) == place
