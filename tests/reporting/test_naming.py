"""What documents are called: whoever reads of two must know which is which."""

from __future__ import annotations

from pathlib import Path

import pytest

from reuse import scan
from reuse.cli.summary import summary
from reuse.model import Document
from reuse.reporting.naming import names_of
from reuse.reporting.notebook import result_html


def document(identity: str, title: str | None) -> Document:
    return Document(id=identity, source=identity, text="", title=title)


def test_a_title_a_shared_title_and_none() -> None:
    documents = [
        document("a.txt", "开班式上的讲话"),
        document("b.txt", "在座谈会上的讲话"),
        document("c.txt", "开班式上的讲话"),
        document("d.txt", None),
        document("e.txt", None),
    ]
    assert names_of(documents) == {
        "a.txt": "开班式上的讲话 (a.txt)",
        "b.txt": "在座谈会上的讲话",
        "c.txt": "开班式上的讲话 (c.txt)",
        "d.txt": "d.txt",
        "e.txt": "e.txt",
    }


def test_who_sees_a_result_can_tell_two_of_one_title_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    text = "那年河水上涨，没有人等着别人来叫；渔民、面点师傅和小学教师肩并肩扛着沙袋，一直扛到天亮。"
    result = scan([Document(id=f"{name}.txt", source=name, text=text, title="讲话") for name in ("北", "南")])
    summary(result, tmp_path)
    said = capsys.readouterr().out
    for name in ("讲话 (北.txt)", "讲话 (南.txt)"):
        assert name in said
        assert name in result_html(result)
