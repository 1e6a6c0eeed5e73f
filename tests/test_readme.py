"""Every command and every example in the READMEs does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from reuse.cli import VERBS
from tests.cli.running import ROOT, speech_reuse

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def commands(path: Path) -> list[str]:
    return [
        line[2:] for block in blocks(path, "console") for line in block.splitlines() if line.startswith("$ ")
    ]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the fixtures in it, so that commands write outside the project."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    return folder


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_commands_run(path: Path, elsewhere: Path) -> None:
    own = [shlex.split(line) for line in commands(path) if line.startswith("speech-reuse")]
    assert len(own) >= 5
    for words in own:
        ran = speech_reuse(*words[1:], cwd=elsewhere)
        assert ran.code == 0, f"{' '.join(words)}: {ran.err}"
        assert ran.out.strip(), words


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_make_targets_exist(path: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {line.split()[1] for line in commands(path) if line.startswith("make ")}
    assert {"demo", "test"} <= named <= set(targets)


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_python_examples_run(path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(elsewhere)
    for block in blocks(path, "python"):
        exec(compile(block, path.name, "exec"), {})


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_pictures_and_files_exist(path: Path) -> None:
    linked = re.findall(r"!\[[^]]*\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    assert linked
    assert all((ROOT / name).is_file() for name in linked)


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_every_verb_is_shown(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"speech-reuse {verb}" not in text] == []
