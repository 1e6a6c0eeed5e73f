"""The slips of one text."""

from reuse.families.slips import Slip, Slips


def slips_in(text: str) -> list[Slip]:
    """In order."""
    return Slips().of([text])[text]
