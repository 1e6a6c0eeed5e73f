"""Finds the paragraphs and templated passages that speeches share, Chinese first, and audits how original each speech is.

`scan` takes a folder of speeches to a `Result`; `compare` takes two texts, `deduplicate` a corpus. Rooms, in the order of the
data: `reading`, `text`, `sketching`, `matching`, `families`, `auditing`, `reporting`, `deduplication`; `pipeline` joins them,
`cli` is the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reuse.config import Settings as Settings
    from reuse.deduplication import deduplicate as deduplicate
    from reuse.detector import ReuseDetector as ReuseDetector
    from reuse.model import Document as Document
    from reuse.model import Match as Match
    from reuse.model import ReuseError as ReuseError
    from reuse.pipeline import compare as compare
    from reuse.pipeline import scan as scan
    from reuse.reporting import Result as Result

__version__ = "0.1.0"

_HOMES = {
    "Document": "reuse.model",
    "Match": "reuse.model",
    "Result": "reuse.reporting",
    "ReuseDetector": "reuse.detector",
    "ReuseError": "reuse.model",
    "Settings": "reuse.config",
    "compare": "reuse.pipeline",
    "deduplicate": "reuse.deduplication",
    "scan": "reuse.pipeline",
}

__all__ = [
    "Document",
    "Match",
    "Result",
    "ReuseDetector",
    "ReuseError",
    "Settings",
    "__version__",
    "compare",
    "deduplicate",
    "scan",
]


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used: `import reuse` alone loads nothing heavy."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'reuse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
