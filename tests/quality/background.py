"""The background of general text: `python -m tests.quality.background` makes the table that the package brings.

It is made of the shared reports and news. What is measured on one of them is measured with a table made of the other: the
package meets texts that its table was not made of. So the figures of reports and of news are those of a smaller table.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from reuse.matching.background import Background, write
from reuse.pipeline import background_of
from tests.quality.corpora import ROOT, gov_documents, news_documents

TABLE = ROOT / "reuse" / "matching" / "data" / "background.npz"
SOURCES = {"gov": gov_documents, "news": news_documents}


@lru_cache(maxsize=2)
def made_of(*corpora: str) -> Background:
    """The table of the shared corpora of these names."""
    return background_of([document for corpus in corpora for document in SOURCES[corpus]()])


def unlike(corpus: str) -> Background:
    """The table of all shared corpora but the one a measured text is from."""
    return made_of(*(name for name in SOURCES if name != corpus))


@lru_cache(maxsize=2)
def file_unlike(corpus: str) -> Path:
    """The same in a file, as settings name it; it lives as long as the system keeps what is temporary."""
    path = Path(mkdtemp(prefix="background-")) / f"without-{corpus}.npz"
    with path.open("wb") as file:
        write(unlike(corpus), file)
    return path


def main() -> int:
    """Write the package's table, and say how large it is."""
    background = made_of(*SOURCES)
    with TABLE.open("wb") as file:
        write(background, file)
    print(f"{len(background.grams):,} grams, {TABLE.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
