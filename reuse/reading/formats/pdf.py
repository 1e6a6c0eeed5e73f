"""PDF: the text of its pages, a form feed between them. Needs pypdf (extra `docs`).

Running heads and page numbers are marked by `running`, lines that are mere wrapping joined by `breaks`, as in any text.
"""

from __future__ import annotations

import logging
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

from reuse.model import MissingExtraError, UnreadableError
from reuse.reading.source import Source

LEAST_LETTERS = 20
"""Letters a page; a scan has none, and a PDF with fewer on average is not worth scoring as original."""


def read_pdf(content: Path | BytesIO, name: str) -> Source:
    """The text of a PDF. Raises UnreadableError (encrypted, needs-ocr, corrupt), MissingExtraError without pypdf."""
    texts, properties = _extract(content, name)
    letters = sum(character.isalnum() for text in texts for character in text)
    if letters < LEAST_LETTERS * len(texts):
        raise UnreadableError(
            name,
            "needs-ocr",
            f"has {letters} letters on {len(texts)} pages: it is a scan and needs OCR first",
        )
    text = "\f".join(texts)
    return Source(name=name, text=text, format="pdf", properties=properties)


def _extract(content: Path | BytesIO, name: str) -> tuple[list[str], dict[str, Any]]:
    try:
        import pypdf
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError as error:
        raise MissingExtraError(
            f"{name}: reading PDF needs pypdf; pip install 'speech-reuse[docs]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(content)
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableError(name, "encrypted", "is encrypted; save it without a password")
            texts = [_tidy(page.extract_text()) for page in reader.pages]
            return texts, _properties(reader)
    except UnreadableError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise UnreadableError(
            name, "encrypted", f"is encrypted in a way pypdf cannot open ({error})"
        ) from error
    except (Exception, RecursionError) as error:  # pypdf raises whatever a broken object makes Python raise
        raise UnreadableError(
            name, "corrupt", f"is a broken PDF ({type(error).__name__}: {error})"
        ) from error


def _tidy(text: str) -> str:
    """A page without NULs and lone surrogates, which broken font maps give."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _properties(reader: Any) -> dict[str, Any]:
    try:
        information = reader.metadata or {}
        facts = {"file_title": information.get("/Title"), "created": information.get("/CreationDate")}
    except Exception:
        return {}
    return {"facts": {key: str(value) for key, value in facts.items() if value}}
