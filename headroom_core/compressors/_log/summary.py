"""Says in a few words what many lines of a log hold: how often, until where, which values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import takewhile
from operator import methodcaller
from typing import Final

from headroom_core.compressors._log.templates import CLOCK, VALUE, Masked

_NUMBER: Final = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)([A-Za-z%]{0,3})")
_FRACTION: Final = re.compile(rf"[^{VALUE}]{{0,60}}{CLOCK}[.,]{VALUE}")
_LEAST: Final = 10
_FEW: Final = 3
_MAX_COLUMNS: Final = 5
_MAX_CHARS: Final = 24
_LINE_END: Final = ".:/-"


def time_span(masked: Masked) -> str:
    """Return the first and the last time in a log, "" if it has none."""
    first = next(filter(None, masked.clocks), "")
    last = next(filter(None, reversed(masked.clocks)), "")
    if first == last:
        return first
    return f"{first} to {last[-8:] if first[:-8] == last[:-8] else last}"


def summarize_most(
    masked: Masked, groups: Sequence[str], counts: Mapping[str, int], most: int
) -> dict[str, str]:
    """Return the values of the most frequent groups of lines, by the mask of their lines.

    Args:
        masked: The lines.
        groups: The group of each line. One of lines with different masks has no values to tell.
        counts: How many lines each group has.
        most: How many groups there is room for.
    """
    wanted = nlargest(most, ((n, group) for group, n in counts.items() if n >= _LEAST))
    lines: dict[str, list[int]] = {group: [] for _, group in wanted}
    for index, group in enumerate(groups):
        if group in lines:
            lines[group].append(index)
    masks = masked.masks
    return {
        masks[indexes[0]]: summarize(masked, indexes)
        for indexes in lines.values()
        if all(masks[index] == masks[indexes[0]] for index in indexes)
    }


def summarize(masked: Masked, indexes: Sequence[int]) -> str:
    r"""Return the values in lines that have the same mask, place by place, "" for none.

    A place where all lines have the same value is left out, and so is the time of the line.

    >>> from headroom_core.compressors._log.templates import mask
    >>> lines = ["took 5 ms for a1", "took 9 ms for a2", "took 7 ms for a2", "took 8 ms for a2"]
    >>> summarize(mask("\n".join(lines)), range(4))
    '5..9, 2 x3|1 x1'
    """
    if not indexes:
        return ""
    masks, value = masked.masks, masked.values.__getitem__
    starts = [masked.starts[index] for index in indexes]
    told = []
    first = bool(_FRACTION.match(masks[indexes[0]]))
    for place in range(first, masks[indexes[0]].count(VALUE)):
        column = [value(start + place) for start in starts]
        counts = Counter(map(methodcaller("rstrip", _LINE_END), column))
        if len(counts) > 1:
            told.append(_tell(counts))
        if len(told) > _MAX_COLUMNS:
            return ""
    return ", ".join(told) if any("." in text or "|" in text for text in told) else ""


def _tell(counts: Counter[str]) -> str:
    """Return what values there are: each of a few, the range of numbers, or how many."""
    if len(counts) <= _FEW and max(map(len, counts)) <= _MAX_CHARS:
        return "|".join(f"{value} x{count}" for value, count in counts.most_common())
    found = list(takewhile(bool, map(_NUMBER.fullmatch, counts)))
    if len(found) == len(counts) and len({match[2] for match in found if match}) == 1:
        numbers = [(float(match[1]), match[0]) for match in found if match]
        return f"{min(numbers)[1]}..{max(numbers)[1]}"
    return f"{len(counts):,} values"
