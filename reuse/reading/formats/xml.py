"""XML that nobody can hurt with: no entities, no network, no depth beyond what libxml2 allows."""

from __future__ import annotations

from typing import Any

from reuse.model import UnreadableError


def parse_xml(data: bytes, name: str, part: str) -> Any:
    """The root element of `data`. Raises UnreadableError, reason `corrupt`, when it is broken or nested too deep."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(name, "corrupt", f"its part {part} is no well-formed XML ({error})") from error
    if root is None:
        raise UnreadableError(name, "corrupt", f"its part {part} is empty")
    return root


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local_attribute(element: Any, name: str) -> str | None:
    """The value of an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None
