"""Bytes of unknown encoding: marks, strict UTF-8, then what reads best."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.config import ReadingSettings
from reuse.model import UnreadableError
from reuse.reading import read_source
from reuse.reading.encoding import decode
from tests.reading.material import SETTINGS, SPEECH

GENERAL = (
    "今天下午的比赛踢得并不顺利，上半场主队就丢了两个球，好在替补门将发挥出色。奶奶把泡好的黄豆倒进石磨，一边添水一边慢慢转动把手。"
    "这家小店的牛肉面汤头清亮，葱花切得很细，一碗只要十二块钱。台风过境之后，海滩上到处是折断的椰子树和被吹翻的小船。"
    "他从抽屉里翻出一张发黄的车票，日期是一九八七年的春天。猫咪蹲在窗台上盯着楼下的麻雀，尾巴不停地摇来摇去。"
    "地铁口的花店每天早上六点开门，老板娘总爱哼着老歌。物理老师在黑板上画了一条抛物线，让我们猜小球最后落在哪里。"
    "医生建议他少吃油腻的东西，每天至少走一万步。图书馆的空调坏了，大家只好把窗户全部打开。那部电影的结尾让很多观众感到意外。"
    "沙漠里的骆驼队排成长长的一列，铃铛声传得很远很远。手机屏幕碎了一个角，换一块新的要花八百多元。"
    "弟弟蹲在地上看蚂蚁搬家，连晚饭都忘了吃。火山喷发后的灰烬覆盖了整个小镇，居民们只能暂时住进体育馆。"
)
TRADITIONAL = (
    "今天下午的比賽踢得並不順利，上半場主隊就丟了兩個球，好在替補門將發揮出色。奶奶把泡好的黃豆倒進石磨，一邊添水一邊慢慢轉動把手。"
    "這家小店的牛肉麵湯頭清亮，蔥花切得很細，一碗只要十二塊錢。颱風過境之後，海灘上到處是折斷的椰子樹和被吹翻的小船。"
    "他從抽屜裡翻出一張發黃的車票，日期是一九八七年的春天。貓咪蹲在窗臺上盯著樓下的麻雀，尾巴不停地搖來搖去。"
    "地鐵口的花店每天早上六點開門，老闆娘總愛哼著老歌。物理老師在黑板上畫了一條拋物線，讓我們猜小球最後落在哪裡。"
    "醫生建議他少吃油膩的東西，每天至少走一萬步。圖書館的空調壞了，大家只好把窗戶全部打開。那部電影的結尾讓很多觀眾感到意外。"
)


def test_short_strings_of_general_text_are_right() -> None:
    rng = random.Random(20261122)
    right = 0
    for number in range(500):
        encoding = ("gbk", "gb18030", "big5", "utf-8")[number % 4]
        text = TRADITIONAL if encoding == "big5" else GENERAL
        length = rng.randint(5, 120)
        start = rng.randrange(len(text) - length)
        sample = text[start : start + length]
        try:
            right += decode(sample.encode(encoding), "x").text == sample
        except UnreadableError:
            continue
    assert right >= 0.98 * 500, right


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030", "utf-8"]
)
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_a_file_in_any_encoding_is_the_same_text(tmp_path: Path, encoding: str, breaks: str) -> None:
    text = SPEECH.replace("\n", breaks)
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert read_source(path, SETTINGS).text == text


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_tail_costs_one_character(cut: int) -> None:
    data = GENERAL.encode()[:-cut]
    decoded = decode(data, "x")
    assert decoded.encoding == "utf-8" and decoded.text == GENERAL[:-1] + "\ufffd"
    assert decoded.warnings == ("1 places are no utf-8, read as U+FFFD",)
    assert decode(GENERAL.encode("gbk")[:-1], "x").text[:-1] == GENERAL[:-1]


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = bytearray(GENERAL.encode())
    data[100] = 0xFF
    decoded = decode(bytes(data), "x")
    assert decoded.encoding == "utf-8" and GENERAL[60:] in decoded.text and decoded.warnings


def test_characters_beyond_gbk_survive() -> None:
    assert decode((GENERAL + "镕囍𠮷").encode("gb18030"), "x").text.endswith("镕囍𠮷")


def test_western_text_is_not_taken_for_chinese() -> None:
    text = "Déjà vu: the café’s menu — naïve façades, coöperation; señor Müller’s résumé."
    assert decode(text.encode("cp1252"), "x").text == text


def test_bytes_of_nothing_name_the_best_guess() -> None:
    with pytest.raises(UnreadableError, match="--encoding") as failure:
        decode(random.Random(1).randbytes(3000), "x")
    assert failure.value.reason == "encoding"


def test_the_user_overrules_the_guess(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SPEECH.encode("utf-16-le"))
    assert read_source(path, ReadingSettings(encoding="utf-16-le")).text == SPEECH
    path.write_bytes("café".encode("cp1250"))
    assert read_source(path, ReadingSettings(encoding="cp1250")).text == "café"


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_utf8_is_always_read_to_the_letter(text: str) -> None:
    decoded = decode(text.encode(), "x")
    assert decoded.text == text.removeprefix("\ufeff") and decoded.encoding == "utf-8"


def test_text_that_was_spoilt_before_is_told_of() -> None:
    spoilt = "今天的会议锟斤拷锟斤拷由市长主持。"
    assert decode(spoilt.encode(), "x").warnings == (
        "2 places read 锟斤拷: spoilt before by a wrong encoding",
    )
    assert decode(GENERAL.encode(), "x").warnings == ()
