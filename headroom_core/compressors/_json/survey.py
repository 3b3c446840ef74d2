"""The columns of a list of records, counted."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Final

from headroom_core.compressors._json.cells import Field, Missing, cells
from headroom_core.compressors._json.columns import Column

FEW: Final = 24
"""So many different values of a column are listed with their counts."""

MAX_LISTED: Final = 40
"""So many characters of a value are."""

NO_NUMBERS: Final = ("NaN", "nan", "NA", "N/A", "n/a", "None", "-")
"""What programs write where there is no number."""

_NUMBERS: Final = frozenset((bytes, Missing, NoneType))
_TEXTS: Final = frozenset((str, Missing, NoneType))
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_SHAPE: Final = str.maketrans("123456789", "000000000")


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A column with more than one value.

    Attributes:
        path: The keys that lead to it.
        kinds: The types of its fields.
        texts: The cells of its fields.
        counts: How often each of them occurs.
        numbers: Its numbers, where they are quantities: almost no two of them equal. A field
            that is none of them, missing or null, is NaN.
    """

    path: str
    kinds: frozenset[type]
    texts: Sequence[str]
    counts: Counter[str]
    numbers: Sequence[float] = ()


def survey(columns: Sequence[Column]) -> list[Surveyed]:
    """Return the columns that do not say the same of every record."""
    found = []
    for column in columns:
        if column.path == "@order":
            continue
        texts = cells(column.fields)
        counts = Counter(texts)
        if len(counts) > 1:
            kinds = frozenset(map(type, column.fields))
            numbers = _numbers(column.fields, kinds) if len(counts) > FEW // 2 else ()
            found.append(Surveyed(column.path, kinds, texts, counts, numbers))
    return found


def nearest(ordered: Sequence[float], percent: int) -> float:
    """Return the percentile of sorted numbers: the nearest rank."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def is_time(column: Surveyed) -> bool:
    """Return whether all texts are times of one spelling: then their order is that of time."""
    if not column.kinds <= _TEXTS:
        return False
    texts = [text for text in column.counts if text not in ("", "null")]
    if not texts or not _TIME.fullmatch(texts[0]):
        return False
    shape = texts[0].translate(_SHAPE)
    return all(text.translate(_SHAPE) == shape for text in texts)


def _numbers(fields: Sequence[Field], kinds: frozenset[type]) -> Sequence[float]:
    if bytes not in kinds or not kinds <= _NUMBERS | {str}:
        return ()
    if str in kinds and not {field for field in fields if isinstance(field, str)} <= {*NO_NUMBERS}:
        return ()
    numbers = [float(field) if isinstance(field, bytes) else math.nan for field in fields]
    present = [number for number in numbers if number == number]
    if 10 * len(present) < len(fields) or not all(map(math.isfinite, present)):
        return ()
    return numbers
