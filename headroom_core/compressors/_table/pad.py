"""Cells padded to the width of their column, and how to find out which way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final


def _centre(text: str, width: int) -> str:
    left = max(0, width - len(text)) // 2
    return (" " * left + text).ljust(width)


PADDINGS: Final[Mapping[str, Callable[[str, int], str]]] = {
    "left": str.ljust,
    "right": str.rjust,
    "centre": _centre,
}
"""How a text is made as long as its column is wide."""


def pad(texts: Sequence[str], width: int, side: str) -> list[str]:
    """Return `texts` as cells of `width`."""
    make = PADDINGS[side]
    return [make(text, width) for text in texts]


def side_of(raw: Sequence[str], texts: Sequence[str], width: int) -> str:
    """Return the side at which most of the padded cells `raw` have their text; "left" wins."""
    best, least = "left", len(raw) + 1
    for side in PADDINGS:
        odd = sum(map(str.__ne__, pad(texts, width, side), raw))
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
    for side in ("right", "centre"):
        places = " ".join(str(at) for at, each in enumerate(sides, 1) if each == side)
        if places:
            parts.append(f", columns {places} {side}")
    return "".join(parts)


SIDES: Final = r"(?:, columns ([0-9 ]+) right)?(?:, columns ([0-9 ]+) centre)?"
"""Pattern of what `write_sides` writes."""


def read_sides(right: str | None, centre: str | None, count: int) -> list[str]:
    """Return the sides of `count` columns from the groups of `SIDES`.

    Raises:
        ValueError: If these are not numbers of columns.
    """
    sides = ["left"] * count
    for places, side in ((right, "right"), (centre, "centre")):
        for place in map(int, (places or "").split()):
            if not 0 < place <= count:
                raise ValueError("no such column")
            sides[place - 1] = side
    return sides
