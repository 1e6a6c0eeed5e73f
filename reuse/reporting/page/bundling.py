"""The scripts and styles of the page as one text each.

The scripts are small modules in the syntax of ECMAScript (`import { a } from "./b.js"` on one line each), so
that editors and checkers understand them. A page opened from a disk cannot load modules, so each becomes a
strict function that returns what it exports, in the order of their imports.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_IMPORT = re.compile(r'^import (\{[^}\n]*\}) from "\./([\w]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_STYLES = ("base", "marks", "frame", "overview", "charts", "reading", "pair", "families", "sheet")
_ENTRY = "main"


def script(*entries: str) -> str:
    """The modules that `entries` need, by default all of the page, as one script; each is `module_NAME` in it.

    Raises ValueError where modules import each other in a circle.
    """
    return "\n".join(
        _as_function(name, source) for name, source in _import_order(entries or (_ENTRY,)).items()
    )


def style() -> str:
    """All styles, in order."""
    return "\n".join(_read("css", f"{name}.css") for name in _STYLES)


def modules() -> dict[str, str]:
    """The source of every module by name, as it lies in the package."""
    folder = resources.files("reuse.reporting.page") / "js"
    names = sorted(file.name.removesuffix(".js") for file in folder.iterdir() if file.name.endswith(".js"))
    return {name: _read("js", f"{name}.js") for name in names}


def _as_function(name: str, source: str) -> str:
    exported = ", ".join(found[1] for found in _EXPORT.findall(source))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = module_\2;", source))
    return f'const module_{name} = (() => {{\n"use strict";\n{body}return {{ {exported} }};\n}})();\n'


def _import_order(entries: tuple[str, ...]) -> dict[str, str]:
    """Modules such that each comes after those it imports."""
    ordered: dict[str, str] = {}
    waiting: list[str] = []

    def visit(name: str) -> None:
        if name in ordered:
            return
        if name in waiting:
            raise ValueError(f"modules import each other in a circle: {' → '.join([*waiting, name])}")
        waiting.append(name)
        source = _read("js", f"{name}.js")
        for _, imported in _IMPORT.findall(source):
            visit(imported)
        waiting.pop()
        ordered[name] = source

    for entry in entries:
        visit(entry)
    return ordered


@cache
def _read(folder: str, name: str) -> str:
    file = resources.files("reuse.reporting.page") / folder / name
    return file.read_text(encoding="utf-8")
