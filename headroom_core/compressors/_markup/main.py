"""Tells what a page is about from what stands on every page of its site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from headroom_core.compressors._markup.blocks import PageBlock, Reader

_MOST_OF_PAGE: Final = 0.3
"""What says by its class only that it is an aside is none if it has so much of the text."""

_MOST_IF_SURE: Final = 0.6
_LINKY: Final = 0.7
_SHORT: Final = 160
_PROSE: Final = 80
_MIN_RUN: Final = 4
_MIN_MAIN: Final = 0.4
_LITTLE: Final = 250
_LITTLE_SHARE: Final = 0.12
_MUCH: Final = 1_500
_MUCH_SHARE: Final = 0.35
"""An index has little but links: they are its main text."""

_MANY: Final = 4
_BESIDE_LINK = re.compile(
    r"[^\w\n]{0,3}\d{1,4}\+? ?(?:min(?:ute)?s?|sec|h|d|hours?|days?|weeks?|months?|years?|comments?"
    r"|views?|replies|shares?|likes?)\b(?: read| ago)?[^\w\n]{0,3}"
)
"""What stands beside a link to something else to read: how long it is, or how old."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The blocks of a page.

    Attributes:
        blocks: All of them, in order.
        aside: For each, what it is part of ("navigation", "footer", ...), "" for the main text.
    """

    blocks: Sequence[PageBlock]
    aside: Sequence[str]


def sort(reader: Reader) -> Sorted:
    """Return the blocks of a page, those that are not its main text marked."""
    blocks = reader.blocks
    total = sum(len(block.text) for block in blocks)
    asides = [_named(block, reader.sizes, total) for block in blocks]
    before = _main_size(blocks, asides)
    for mark, much, share in (
        (_mark_links, _MUCH, _MUCH_SHARE),
        (_mark_outside, _LITTLE, _LITTLE_SHARE),
        (_mark_empty_headings, _LITTLE, _LITTLE_SHARE),
    ):
        marked = [*asides]
        mark(blocks, marked)
        if _main_size(blocks, marked) >= min(much, share * before):
            asides = marked
    return Sorted(blocks, asides)


def _main_size(blocks: Sequence[PageBlock], asides: Sequence[str]) -> int:
    return sum(len(b.text) for b, aside in zip(blocks, asides, strict=True) if not aside)


def _named(block: PageBlock, sizes: Mapping[int, int], total: int) -> str:
    for region in block.regions:
        if region.name == "main":
            continue
        if region.name == "header" and (block.kind == "heading" and block.level == 1):
            continue
        most = _MOST_IF_SURE if region.sure else _MOST_OF_PAGE
        if sizes[region.number] <= most * total:
            return region.name
    return ""


def _mark_links(blocks: Sequence[PageBlock], asides: list[str]) -> None:
    """Mark lists of links: what else there is to read."""

    def linky(at: int) -> bool:
        block = blocks[at]
        return (
            block.kind != "heading"
            and len(block.text) <= _SHORT
            and block.links >= _LINKY * len(block.text)
        )

    def listed(at: int) -> bool:
        return linky(at) or _BESIDE_LINK.fullmatch(blocks[at].text) is not None

    for is_listed, group in groupby((at for at in range(len(blocks)) if not asides[at]), listed):
        run = list(group)
        if is_listed and sum(map(linky, run)) >= _MIN_RUN:
            for at in run:
                asides[at] = "links"
    for at, block in enumerate(blocks):
        if linky(at) and block.linked.count("](") >= _MANY and not asides[at]:
            asides[at] = "links"


def _mark_outside(blocks: Sequence[PageBlock], asides: list[str]) -> None:
    """Mark what stands outside of the elements that hold the main text, if there are any."""
    inside = [any(region.name == "main" for region in block.regions) for block in blocks]
    texts = [0, 0]
    for block, within, aside in zip(blocks, inside, asides, strict=True):
        if not aside:
            texts[within] += len(block.text)
    if texts[True] < _MIN_MAIN * sum(texts):
        return
    for at, block in enumerate(blocks):
        title = block.kind == "heading" and block.level == 1
        prose = len(block.text) >= _PROSE and block.links < 0.5 * len(block.text)
        if not (inside[at] or asides[at] or title or prose):
            asides[at] = "outside"


def _mark_empty_headings(blocks: Sequence[PageBlock], asides: list[str]) -> None:
    """Mark the headings below which nothing is left."""
    filled = [False] * 7
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if asides[at]:
            continue
        if block.kind != "heading":
            filled = [True] * 7
            continue
        level = block.level
        if not filled[level] and level > 1 and at + 1 < len(blocks) and asides[at + 1]:
            asides[at] = asides[at + 1]
        filled[level:] = [False] * (7 - level)
