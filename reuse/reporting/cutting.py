"""A result cut again: fewer matches, another way to count, the same formulas.

Nothing is searched anew: `reuse.auditing` counts with the matches that remain. The page does the same in the
browser, and tests hold both to the same numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from reuse.auditing.auditor import Auditor
from reuse.config import AuditSettings
from reuse.model import ConfigError, DocumentRecord, Kind, Match, Paragraph

if TYPE_CHECKING:
    from reuse.arrays import I64
    from reuse.reporting.result import Result

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is taken in, and what counts; the default is the result as it was found."""

    min_score: float = 0.0
    min_evidence: float = 0.0
    kinds: tuple[Kind, ...] = KINDS
    phrases: bool | None = None
    """Whether stock phrases stay in the ratios; None as the run counted."""
    quotations: bool | None = None
    """Whether quotations count as any other text; None as the run counted."""
    self_reuse: bool = False
    """Whether own earlier texts count as sources."""
    without: tuple[str, ...] = ()
    """Ids of documents that are no sources."""

    def takes(self, match: Match) -> bool:
        """Whether a match is taken in; `without` concerns sources and is no reason to leave a match out."""
        return (
            match.score >= self.min_score and match.evidence >= self.min_evidence and match.kind in self.kinds
        )


def cut(result: Result, chosen: Cut) -> Result:
    """`result` with the matches that `chosen` takes in and every figure counted from them.

    Families stay while a match of theirs does. Raises ConfigError for a kind or a document there is not.
    """
    _check(result, chosen)
    taken = [match for match in result.matches if chosen.takes(match)]
    documents, paragraphs = _counted(result, taken, chosen)
    left_out = set(chosen.without)
    shown = [m for m in taken if m.left.document not in left_out and m.right.document not in left_out]
    held = {match.family for match in shown}
    families = [family for family in result.families if family.id in held]
    run = result.run | {"cut": dataclasses.asdict(chosen)}
    return dataclasses.replace(
        result, documents=documents, paragraphs=paragraphs, matches=shown, families=families, run=run
    )


def audit_settings(run: Mapping[str, Any]) -> AuditSettings:
    """How a run counted, from its `run.json`; the defaults where it does not say."""
    told = run.get("settings", {}).get("auditing", {})
    known = {field.name for field in dataclasses.fields(AuditSettings)}
    values: dict[str, Any] = {name: value for name, value in told.items() if name in known}
    return AuditSettings(**{name: _frozen(value) for name, value in values.items()})


def _frozen(value: Any) -> Any:
    """JSON has lists where settings have tuples."""
    return tuple(value) if isinstance(value, list) else value


def compared_positions(records: Sequence[DocumentRecord]) -> Sequence[I64]:
    """For each document the source positions (int64, ascending) of the code points that take part in comparison."""
    from reuse.text.comparable import comparable

    text = comparable([dataclasses.replace(record.document, removed=record.removed) for record in records])
    return text.compared()


def _check(result: Result, chosen: Cut) -> None:
    unknown = sorted(set(chosen.kinds) - set(KINDS))
    if unknown:
        raise ConfigError(f"no kind {unknown[0]!r}; there are {', '.join(KINDS)}.")
    missing = sorted(set(chosen.without) - {record.document.id for record in result.documents})
    if missing:
        raise ConfigError(f"no document {missing[0]!r} in this result; ids stand in documents.jsonl.")


def _counted(
    result: Result, taken: list[Match], chosen: Cut
) -> tuple[list[DocumentRecord], Sequence[Paragraph]]:
    """Counted as the run did, but for sources left out and own texts taken in.

    Versions are those the whole result shows: what is filtered does not make a draft another document.
    """
    records = result.documents
    auditor = Auditor(
        records,
        compared_positions(records),
        taken,
        result.families,
        _settings(audit_settings(result.run), chosen),
        versions=version_numbers(records, result.matches),
        left_out=chosen.without,
        own_counts=chosen.self_reuse,
    )
    return auditor.audited(result.paragraphs)


def _settings(settings: AuditSettings, chosen: Cut) -> AuditSettings:
    exclude = set(settings.exclude)
    for name, counts in (("phrases", chosen.phrases), ("quotations", chosen.quotations)):
        if counts is not None:
            exclude = exclude - {name} if counts else exclude | {name}
    return dataclasses.replace(settings, exclude=tuple(sorted(exclude)))


def version_numbers(records: Sequence[DocumentRecord], matches: Sequence[Match]) -> I64:
    """For each document the number of the first version of it (int64)."""
    from reuse.families.versions import version_groups

    return version_groups([record.document for record in records], matches)
