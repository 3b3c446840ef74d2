"""Says in a few words what many lines of a log hold: how often, until where, which values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from heapq import nlargest
from itertools import islice
from typing import Final

from headroom_core.compressors._log.templates import CLOCK, VALUE, Masked

_NO_NUMBER: Final = re.compile(r"^(?![0-9]{1,15}(?:\.[0-9]{1,9})?$)", re.MULTILINE)
_FRACTION: Final = re.compile(rf"[^{VALUE}]{{0,60}}{CLOCK}[.,]{VALUE}")
_SAMPLE: Final = 32
_UNIT: Final = 3
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
        if len(set(map(masks.__getitem__, indexes))) == 1
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
    first = bool(_FRACTION.match(masks[indexes[0]]))
    places = range(first, masks[indexes[0]].count(VALUE))
    sample = ({value(start + place) for start in starts[:_SAMPLE]} for place in places)
    if sum(len(_ends_cut(column)) > 1 for column in sample) > _MAX_COLUMNS:
        return ""
    columns = ([value(start + place) for start in starts] for place in places)
    told = list(islice(filter(None, map(_tell, columns)), _MAX_COLUMNS + 1))
    few = len(told) <= _MAX_COLUMNS and any("." in text or "|" in text for text in told)
    return ", ".join(told) if few else ""


def _tell(column: Sequence[str]) -> str:
    """Return what values there are: each of a few, the range of numbers, or how many."""
    distinct = _ends_cut(set(column))
    if len(distinct) == 1:
        return ""
    if len(distinct) <= _FEW and max(map(len, distinct)) <= _MAX_CHARS:
        counts = Counter([value.rstrip(_LINE_END) for value in column])
        return "|".join(f"{value} x{count}" for value, count in counts.most_common())
    unit = next(iter(distinct)).lstrip("0123456789.")
    if len(unit) <= _UNIT and all(value.endswith(unit) for value in distinct):
        bare = [value.removesuffix(unit) for value in distinct]
        if not _NO_NUMBER.search("\n".join(bare)):
            ends = [most(zip(map(float, bare), distinct, strict=True)) for most in (min, max)]
            return "..".join(value for _, value in ends)
    return f"{len(distinct):,} values"


def _ends_cut(values: Set[str]) -> Set[str]:
    return {value.rstrip(_LINE_END) for value in values}
