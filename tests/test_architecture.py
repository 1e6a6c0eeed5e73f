"""Rooms import from rooms before them only, and each library has one owner."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "reuse"
ORDER = (
    "model",
    "result_files",
    "arrays",
    "sorting",
    "storage",
    "sharing",
    "column_table",
    "match_table",
    "paragraph_table",
    "config",
    "reading",
    "text",
    "sketching",
    "matching",
    "families",
    "auditing",
    "reporting",
    "deduplication",
    "run_record",
    "preparing",
    "pipeline",
    "detector",
    "compiling",
    "cli",
)
OWNERS = {
    "numba": {"arrays"},
    "jieba": {"text"},
    "rjieba": {"text"},
    "opencc": {"text"},
    "datasketch": {"sketching"},
    "sklearn": {"families", "matching", "detector"},
    "lxml": {"reading"},
    "pypdf": {"reading"},
    "olefile": {"reading"},
    "jinja2": {"reporting"},
    "click": {"cli"},
    "rich": {"cli"},
}  # fmt: skip
PURE = ("text", "sketching", "matching", "families", "auditing")
IMPURE = {"os", "pathlib", "time", "random", "logging", "tempfile", "io", "socket"}
ALLOWED = {("text", "subprocess"), ("text", "logging")}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if room(path) not in ("__init__", "__main__")]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "reuse" and len(parts) > 1:
            assert ORDER.index(parts[1]) <= ORDER.index(own), f"{own} imports {name}"
        assert own in OWNERS.get(parts[0], {own}), f"{own} imports {name}, which {OWNERS[parts[0]]} owns"
        if own in PURE and parts[0] in IMPURE:
            assert (own, parts[0]) in ALLOWED, f"{own} is pure and imports {name}"
