"""The files that a result consists of, by name: `reporting` writes them, `reading` leaves them alone."""

from __future__ import annotations

REPORT = "report.html"
RUN = "run.json"
TEXTS = "texts.jsonl"
TABLES = ("documents.jsonl", "paragraphs.jsonl", "matches.jsonl", "families.jsonl")
