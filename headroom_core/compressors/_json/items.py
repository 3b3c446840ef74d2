"""Lists of strings and numbers that count, repeat themselves or begin alike, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headroom_core.compressors._json.cells import cells, text_cells
from headroom_core.compressors._json.columns import Column
from headroom_core.compressors._json.progressions import progression_of
from headroom_core.compressors._json.stored import run_starts
from headroom_core.compressors._json.table import Table, table_of_columns
from headroom_core.compressors._json.templates import factor
from headroom_core.compressors._json.value import Value

MAX_ITEMS: Final = 1_000_000
"""So many items may stand for themselves without a line each: a bound for who reads it back."""

_MIN_ITEMS: Final = 8
_MIN_RUN: Final = 3


def table_of_items(values: Sequence[Value]) -> tuple[str, Table] | None:
    """Return a list of scalars as a table and what its lines are, None if it is better as it is.

    "items" has a line for each value, or none if the values count; "runs" has a line for each
    run of equal values, with its length.
    """
    if not _MIN_ITEMS <= len(values) <= MAX_ITEMS:
        return None
    if progression := progression_of(values):
        return "items", Table(f"@value={progression}", [], ())
    starts = run_starts(cells(values))
    if len(starts) * _MIN_RUN <= len(values):
        lengths = [b - a for a, b in zip(starts, [*starts[1:], len(values)], strict=True)]
        runs = Column("@value", [values[start] for start in starts])
        times = Column("@times", [b"%d" % length for length in lengths])
        return "runs", table_of_columns([runs, times], len(starts), 1)
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values) or (parts := factor(texts)) is None:
        return None
    template, middles = parts
    return "items", Table(f"@value={template}", text_cells(middles), ())
