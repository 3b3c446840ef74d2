"""Cells padded to the width of their column, and how to find out which way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final


def _left(texts: Sequence[str], width: int) -> list[str]:
    return [text.ljust(width) for text in texts]


def _right(texts: Sequence[str], width: int) -> list[str]:
    return [text.rjust(width) for text in texts]


def _centre(texts: Sequence[str], width: int) -> list[str]:
    return [(" " * (max(0, width - len(text)) // 2) + text).ljust(width) for text in texts]


def _point(texts: Sequence[str], width: int) -> list[str]:
    """Let the points of numbers stand below each other; what has none ends before them."""
    tails = [len(text) - at if (at := text.rfind(".")) >= 0 else 0 for text in texts]
    most = max(tails, default=0)
    return [
        (text + " " * (most - tail)).rjust(width) for text, tail in zip(texts, tails, strict=True)
    ]


_PADDINGS: Final[Mapping[str, Callable[[Sequence[str], int], list[str]]]] = {
    "left": _left,
    "right": _right,
    "centre": _centre,
    "by point": _point,
}
"""How texts are made as long as their column is wide."""

SIDES: Final = "".join(rf"(?:, columns ([0-9 ]+) {side})?" for side in list(_PADDINGS)[1:])
"""Pattern of what `write_sides` writes: a group for each way but the first."""

COUNT_OF_SIDES: Final = len(_PADDINGS) - 1
"""The groups of `SIDES`."""


def pad(texts: Sequence[str], width: int, side: str) -> list[str]:
    """Return the `texts` of a column as cells of `width`."""
    return _PADDINGS[side](texts, width)


def side_of(raw: Sequence[str], texts: Sequence[str], width: int, *, names: int = 0) -> str:
    """Return the side at which most of the padded cells `raw` have their text; "left" wins.

    Args:
        raw: The cells.
        texts: The same without spaces around them.
        width: How long the cells are.
        names: How many of them, the first, are names: what is a number has no part in these.
    """
    best, least = "left", len(raw) + 1
    for side in _PADDINGS:
        made = [*pad(texts[:names], width, side), *pad(texts[names:], width, side)]
        odd = sum(map(str.__ne__, made, raw))
        if odd < least:
            best, least = side, odd
        if not odd:
            break
    return best


def write_sides(sides: Sequence[str]) -> str:
    """Return the columns that are not at the left, in words.

    >>> write_sides(["left", "right", "right"])
    ', columns 2 3 right'
    """
    parts = []
    for side in list(_PADDINGS)[1:]:
        places = " ".join(str(at) for at, each in enumerate(sides, 1) if each == side)
        if places:
            parts.append(f", columns {places} {side}")
    return "".join(parts)


def read_sides(groups: Sequence[str | None], count: int) -> list[str]:
    """Return the sides of `count` columns from the groups of `SIDES`.

    Raises:
        ValueError: If these are not numbers of columns.
    """
    sides = ["left"] * count
    for places, side in zip(groups, list(_PADDINGS)[1:], strict=True):
        for place in map(int, (places or "").split()):
            if not 0 < place <= count:
                raise ValueError("no such column")
            sides[place - 1] = side
    return sides
