"""Which blocks of a page are its article: those of the element that holds most of the sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

MOST_OF_IT = 0.8
"""Share of the sentences an element must hold to be the article; below it, its parent is taken."""

MOST_LINKED = 0.5
"""Share of linked letters from which a block is navigation."""

_SENTENCE = re.compile("[。！？；]|[.!?](?:\\s|$)|，.{6,}，")
_FURNITURE_NAMES = (
    "nav|navbar|menu|breadcrumbs?|crumbs?|position|location|footer|foot|sidebar|side|related?|recommend|hot|rank|share|social"
    "|comments?|copyright|tags?|ads?|advert|banner|toolbar|login|search|links?|pager|pagination|prev|next|qrcode|weixin|tools?"
    "|print|fontsize"
)
_FURNITURE = re.compile(f"(?:^|[-_ ])(?:{_FURNITURE_NAMES})(?:$|[-_ 0-9])", re.IGNORECASE)
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside"})
_TOP = frozenset({"html", "body"})


class Block(NamedTuple):
    """A line of a page, the element it stands in, and how many of its letters are links."""

    element: Any
    text: str
    linked: int


def main_blocks(blocks: Sequence[Block]) -> list[bool]:
    """For each block whether it belongs to the article; all do where a page has no sentences."""
    weights = [_weight(block) for block in blocks]
    total = sum(weights)
    if not total:
        return [True] * len(blocks)
    container = _container(blocks, weights, total)
    return [_is_inside(block, container) and not _is_furniture(block, container) for block in blocks]


def _weight(block: Block) -> int:
    """How much of a sentence a block is: its length if it holds punctuation and few links."""
    if _link_share(block) > 0.3 or not _SENTENCE.search(block.text) or _is_furniture(block, None):
        return 0
    return len(block.text)


def _link_share(block: Block) -> float:
    letters = len("".join(block.text.split()))
    return block.linked / letters if letters else 0.0


def _container(blocks: Sequence[Block], weights: Sequence[int], total: int) -> Any:
    """The deepest element that holds MOST_OF_IT of the weight."""
    held: dict[Any, int] = defaultdict(int)
    depth: dict[Any, int] = {}
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            path = [block.element, *block.element.iterancestors()]
            for level, element in enumerate(reversed(path)):
                held[element] += weight
                depth[element] = level
    enough = [element for element, weight in held.items() if weight >= MOST_OF_IT * total]
    container = max(enough, key=lambda element: depth[element])
    while container.tag in ("p", "span", "font", "b", "strong") and container.getparent() is not None:
        container = container.getparent()
    return container


def _is_inside(block: Block, container: Any) -> bool:
    return block.element is container or any(
        element is container for element in block.element.iterancestors()
    )


def _is_furniture(block: Block, container: Any) -> bool:
    """Whether a block is mostly links, or stands in an element that says it is furniture, below `container`."""
    if _link_share(block) > MOST_LINKED:
        return True
    element = block.element
    while element is not None and element is not container and element.tag not in _TOP:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in _FURNITURE_TAGS or _FURNITURE.search(names):
            return True
        element = element.getparent()
    return False
