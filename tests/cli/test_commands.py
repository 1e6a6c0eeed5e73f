"""The other verbs, and what holds for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import reuse
from reuse.cli import VERBS
from reuse.model import InputError
from tests.cli.running import PARAGRAPHS, speech_reuse, write_speeches


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    folder = write_speeches(tmp_path, PARAGRAPHS[0], PARAGRAPHS[0].replace("。", "！"))
    return folder / "speech-0.txt", folder / "speech-1.txt"


def test_compare_marks_what_is_shared_on_both_sides(pair: tuple[Path, Path]) -> None:
    ran = speech_reuse("compare", *pair, "--width", "200")
    assert ran.code == 0, ran.err
    assert ran.out.count("⟦1:") == 2
    assert "⟦1⟧ paragraph, copied" in ran.out


def test_compare_prints_matches_as_json(pair: tuple[Path, Path]) -> None:
    ran = speech_reuse("compare", *pair, "--json")
    (match,) = [json.loads(line) for line in ran.out.splitlines()]
    assert match["level"] == "paragraph"
    assert match["left"]["text"][:-1] == PARAGRAPHS[0][: len(match["left"]["text"]) - 1]


def test_compare_shows_every_speech_of_a_file_that_holds_several(tmp_path: Path) -> None:
    banner, speech = "在{}年全县干部大会上的讲话", "{}\n\n同志们：\n{}\n谢谢大家！\n\n"
    first = speech.format(banner.format("2019"), "\n".join(PARAGRAPHS[1:4]))
    second = speech.format(banner.format("2020"), "\n".join([PARAGRAPHS[0], *PARAGRAPHS[4:7]]))
    (tmp_path / "both.txt").write_text(first + second, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(PARAGRAPHS[0], encoding="utf-8")
    ran = speech_reuse("compare", tmp_path / "both.txt", tmp_path / "copy.txt", "--width", "200")
    assert ran.code == 0 and "⟦1:" in ran.out and "The left file holds 2 speeches" in ran.out, ran.out
    assert PARAGRAPHS[1][:10] not in ran.out  # of the first speech nothing is shared
    (tmp_path / "copy.txt").write_text(PARAGRAPHS[9], encoding="utf-8")
    ran = speech_reuse("compare", tmp_path / "both.txt", tmp_path / "copy.txt", "--width", "200")
    assert ran.code == 0 and "⟦1:" not in ran.out and "The left file holds 2 speeches" in ran.out


@pytest.mark.parametrize("marker", ["— 3 —", "第 3 页 共 12 页", "Page 3 of 12"])
def test_a_page_marker_is_no_difference_for_compare_either(marker: str) -> None:
    broken = f"{PARAGRAPHS[0][:33]}\n{marker}\n{PARAGRAPHS[0][33:]}"
    (match,) = reuse.compare(PARAGRAPHS[0], broken)
    assert (match.kind, match.slots, match.right.text) == ("copied", (), broken)
    (scanned,) = reuse.scan([PARAGRAPHS[0], broken]).matches
    assert scanned.kind == "copied"


def test_compare_says_what_is_no_text() -> None:
    with pytest.raises(InputError, match="cannot compare a NoneType: give two texts"):
        reuse.compare("大家好。", None)  # type: ignore[arg-type]


def test_compare_leaves_out_what_shares_nothing(pair: tuple[Path, Path]) -> None:
    ran = speech_reuse("compare", *pair, "--only-shared", "--width", "200")
    assert PARAGRAPHS[10][:10] not in ran.out
    assert "⟦1:" in ran.out


def test_explain_settings_prints_the_curve_and_the_scheme() -> None:
    ran = speech_reuse("explain-settings")
    assert ran.code == 0
    assert "42 bands of 3 rows" in ran.out
    assert "0.50                                 0.99" in ran.out
    assert "scheme 1-" in ran.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    ran = speech_reuse(verb, "--help")
    assert ran.code == 0, ran.err
    assert "Usage:" in ran.out and len(ran.out) > 150


def test_a_background_is_made_and_used(tmp_path: Path) -> None:
    folder = write_speeches(tmp_path / "many", *[PARAGRAPHS[0][:40] + str(k) * 3 for k in range(7)])
    (folder / "empty.txt").write_bytes(b"")
    table, settings = tmp_path / "table.npz", tmp_path / "settings.toml"
    ran = speech_reuse("background", folder, "--out", table)
    assert ran.code == 0 and "common" in ran.out and "empty.txt" in ran.err, ran.err
    settings.write_text(f'[matching]\nbackground = "{table.as_posix()}"\n', encoding="utf-8")
    ran = speech_reuse("scan", folder, "--out", tmp_path / "out", "--no-report", "--config", settings)
    assert ran.code == 0, ran.err
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["matching"]["background"] == table.as_posix()


def test_a_background_that_is_none_is_said_before_anything_is_read(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[matching]\nbackground = "nowhere.npz"\n', encoding="utf-8")
    ran = speech_reuse("scan", tmp_path, "--out", tmp_path / "out", "--config", settings)
    assert ran.code == 2 and "nowhere.npz cannot be read" in ran.err


def test_words_that_a_site_deletes_are_named_in_a_file(tmp_path: Path) -> None:
    source = "上山采菌菇，下山背菌菇，进城卖菌菇，回村晒菌菇，夜里数菌菇，梦里说菌菇，过年炖菌菇，待客炒菌菇，出门带菌菇。"
    frames = [f"{PARAGRAPHS[k]}\n{{}}\n{PARAGRAPHS[k + 1]}" for k in (1, 3)]
    folder = write_speeches(
        tmp_path / "in", frames[0].format(source), frames[1].format(source.replace("菌菇", ""))
    )
    words, settings, out = tmp_path / "words.txt", tmp_path / "settings.toml", tmp_path / "out"
    words.write_text("# 本站删去的词\n菌菇\n", encoding="utf-8")
    settings.write_text(f'[text]\nsensitive = "{words.as_posix()}"\n', encoding="utf-8")
    found = []
    for options in ((), ("--config", settings)):
        ran = speech_reuse("scan", folder, "--out", out, "--no-report", *options)
        assert ran.code == 0, ran.err
        found.append((out / "matches.jsonl").read_text(encoding="utf-8").count("上山采"))
    assert found[0] == 0 < found[1]
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["settings"]["text"]["sensitive"]


@pytest.mark.parametrize(
    ("content", "told"), [(None, "cannot be read"), ("敏感\n".encode("gbk"), "is not UTF-8")]
)
def test_a_list_of_words_that_cannot_be_read_is_said(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "words.txt").write_bytes(content)
    words = (tmp_path / "words.txt").as_posix()
    (tmp_path / "settings.toml").write_text(f'[text]\nsensitive = "{words}"\n', encoding="utf-8")
    ran = speech_reuse("scan", tmp_path, "--out", tmp_path / "out", "--config", tmp_path / "settings.toml")
    assert ran.code == 2 and told in ran.err and "words.txt" in ran.err


def test_a_background_of_two_speeches_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    ran = speech_reuse("background", *pair, "--out", tmp_path / "table.npz")
    assert ran.code == 2 and "of the 2 documents" in ran.err and not (tmp_path / "table.npz").exists()


def test_an_unknown_verb_is_wrong_usage() -> None:
    assert speech_reuse("scna").code == 2


def test_import_loads_nothing_heavy() -> None:
    script = "import sys, reuse; print(sorted({'numpy','numba','sklearn','pandas','datasketch','jieba'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "reuse", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "reuse.cli" in loaded
    assert {"numpy", "numba", "sklearn", "pandas", "datasketch", "jieba"}.isdisjoint(loaded)


def test_the_public_names_are_those_announced() -> None:
    import reuse

    assert sorted(reuse.__all__) == dir(reuse)
    assert all(getattr(reuse, name) is not None for name in reuse.__all__)
