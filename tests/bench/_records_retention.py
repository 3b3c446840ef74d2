"""What a reader of some of the records must still find: rare values, outliers, extremes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from headroom_core import expand

KINDS: Final = ("rare", "outlier", "extreme")
_RARE_SHARE: Final = 0.02
_RARE_COUNT: Final = 3
_MOST_DISTINCT: Final = 0.5
_MOST_OUTLIERS: Final = 20
_ROW_NUMBER = re.compile(r'"#": ?[0-9]+,?')


def needles(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, ...]]]:
    """Return, by kind, the spellings of each value that is looked for.

    rare: A string that at most 3 or 2% of the records have, in a column in which at most half of
    the values are distinct. outlier: The 20 numbers of a column that are furthest off, if more
    than 3 times its interquartile range. extreme: The least and the greatest number of a column.
    """
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in KINDS}
    for cells in _columns(rows).values():
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        numbers = [cell for cell in cells if type(cell) in (int, float)]
        found["rare"] += [_of_text(text) for text in _rare(texts, len(rows))]
        if len(numbers) * 2 > len(rows) and len(set(numbers)) > 2:
            found["outlier"] += [_of_number(number) for number in _outliers(sorted(numbers))]
            found["extreme"] += [_of_number(min(numbers)), _of_number(max(numbers))]
    return found


def visible(wanted: Sequence[tuple[str, ...]], sent: str) -> int:
    """Return how many values can be read in what is sent, or in `expand` of it.

    A value must stand alone, not inside a longer word or number. Row numbers are no values.
    """
    view = _ROW_NUMBER.sub("", expand(sent)) + " "
    return sum(any(_stands_alone(spelling, view) for spelling in each) for each in wanted)


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for row in rows:
        for path, cell in _cells("", row):
            columns.setdefault(path, []).append(cell)
    return columns


def _cells(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _cells(f"{path}.{key}", inner)
    elif not isinstance(value, list):
        yield path, value


def _rare(texts: Sequence[str], rows: int) -> list[str]:
    counts = Counter(texts)
    if len(counts) > len(texts) * _MOST_DISTINCT:
        return []
    most = max(_RARE_COUNT, rows * _RARE_SHARE)
    return [text for text, count in counts.items() if count <= most]


def _outliers(ordered: Sequence[float]) -> list[float]:
    low, middle, high = (ordered[len(ordered) * part // 4] for part in (1, 2, 3))
    reach = 3 * (high - low)
    if not reach:
        return []
    far = {number for number in ordered if number < low - reach or number > high + reach}
    return sorted(far, key=lambda number: (-abs(number - middle), number))[:_MOST_OUTLIERS]


def _of_text(text: str) -> tuple[str, ...]:
    escaped = (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    return tuple(dict.fromkeys((text, *escaped)))


def _of_number(number: float) -> tuple[str, ...]:
    spelled = json.dumps(number)
    return (spelled, spelled.removesuffix(".0")) if spelled.endswith(".0") else (spelled,)


def _stands_alone(spelling: str, view: str) -> bool:
    is_number = spelling[-1].isdigit() and spelling.lstrip("-")[:1].isdigit()
    at = view.find(spelling)
    while at >= 0:
        before, after = view[at - 1 : at], view[at + len(spelling) :][:2]
        joined = before.isalnum() or after[:1].isalnum()
        if is_number:
            joined = joined or before in (".", "-") or (after[0] == "." and after[1:].isdigit())
        if not joined:
            return True
        at = view.find(spelling, at + 1)
    return False
