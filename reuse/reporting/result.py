"""What a scan found, as one value: saved, loaded, turned into tables, drawn, cut again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.model import DocumentRecord, Family, Kind, Match, Paragraph
from reuse.reporting.folder import Parts, read_folder, write_file, write_folder
from reuse.reporting.notebook import result_html, show_in_notebooks
from reuse.reporting.tables import table, to_frame
from reuse.sharing import collector_paused

if TYPE_CHECKING:
    import os

    import pandas as pd


PAGE_MATCHES = 150_000
PAGE_CHARACTERS = 20_000_000
"""What one page holds: with 84,000 matches in 2 million characters it is 13 MB and opens in 6 s."""


@dataclass(frozen=True, slots=True)
class Result:
    """Documents with their originality, paragraphs, matches, families, and how the run went."""

    documents: list[DocumentRecord]
    paragraphs: Sequence[Paragraph]
    matches: Sequence[Match]
    families: Sequence[Family]
    run: dict[str, Any]

    def save(self, directory: str | os.PathLike[str], *, report: bool = True, jobs: int = 1) -> None:
        """Write the output folder of the contract, the page included unless `report` is false or `beyond_a_page` says why not.

        `jobs` processes write at once; what they write does not depend on it.
        Raises OutputError when the folder cannot be written; what was there before is then as it was.
        """
        from reuse.reporting.page.rendering import page

        reason = self.beyond_a_page() if report else None
        run = self.run | ({"no_report": reason} if reason else {})
        parts = Parts(self.documents, self.paragraphs, self.matches, self.families, run)
        with collector_paused():
            write_folder(Path(directory), parts, page(self) if report and not reason else None, jobs)

    def beyond_a_page(self) -> str | None:
        """Why the result is too large for one page to be opened, in a sentence; None where it is not."""
        characters = sum(record.characters for record in self.documents)
        if len(self.matches) <= PAGE_MATCHES and characters <= PAGE_CHARACTERS:
            return None
        return (
            f"no report.html: {len(self.matches):,} matches in {characters:,} characters are more than a browser opens at "
            f"once ({PAGE_MATCHES:,} and {PAGE_CHARACTERS:,}); the tables hold everything, `speech-reuse families`, "
            "`audit` and `export` show them, and a scan of fewer documents has a report"
        )

    @classmethod
    def load(cls, directory: str | os.PathLike[str]) -> Result:
        """Read an output folder back. Raises OutputError when it is missing, unfinished or damaged."""
        return cls(*read_folder(Path(directory)))

    def to_pandas(self, name: str = "matches") -> pd.DataFrame:
        """One table (`documents`, `spans`, `paragraphs`, `matches`, `families`, `members`, `fillers`, `run`).

        Raises OutputError for another name, MissingExtraError without pandas.
        """
        return to_frame(table(self, name))

    def to_html(self, path: str | os.PathLike[str]) -> None:
        """Write the page, one file that loads nothing. Raises OutputError when it cannot be written."""
        from reuse.reporting.page.rendering import page

        write_file(Path(path), page(self))

    def at(
        self,
        *,
        min_score: float = 0.0,
        min_evidence: float = 0.0,
        kinds: Iterable[Kind] | None = None,
        phrases: bool | None = None,
        quotations: bool | None = None,
        self_reuse: bool = False,
        without: Iterable[str] = (),
    ) -> Result:
        """The result cut again without searching anew: fewer matches, and every figure counted from what remains.

        `kinds` are taken in (None: all). `phrases` and `quotations` say whether these stay in the ratios (None: as the
        run counted), `self_reuse` whether own earlier texts count, `without` names documents that are no sources.
        Raises ConfigError for a kind or a document there is not.
        """
        from reuse.reporting.cutting import KINDS, Cut, cut

        chosen = Cut(
            min_score=min_score,
            min_evidence=min_evidence,
            kinds=KINDS if kinds is None else tuple(kinds),
            phrases=phrases,
            quotations=quotations,
            self_reuse=self_reuse,
            without=tuple(without),
        )
        return cut(self, chosen)

    def _repr_html_(self) -> str:
        return result_html(self)


show_in_notebooks()
