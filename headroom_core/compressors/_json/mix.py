"""Lists whose records are of several kinds: a table for each kind, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from headroom_core.compressors._json.table import Table
from headroom_core.compressors._json.value import Value

_MAX_KINDS: Final = 12
_MIN_ROWS: Final = 6
_ALIKE: Final = 0.7
_SPARSE: Final = 0.35


def is_sparse(table: Table) -> bool:
    """Return whether so many cells are empty that the records may be of several kinds."""
    rows, columns = len(table.lines), len(table.columns)
    empty = sum(column.missing for column in table.columns)
    return rows >= _MIN_ROWS and empty > _SPARSE * rows * columns


def kinds_of(records: Sequence[dict[str, Value]]) -> list[int]:
    """Return the kind of each record, from 0 in the order in which they occur.

    Records of one kind have most keys in common; keys of inner objects count too. Empty if there
    is one kind only, or too many.
    """
    shapes = [_shape(record) for record in records]
    kinds: list[frozenset[str]] = []
    found: dict[frozenset[str], int] = {}
    for shape, _ in Counter(shapes).most_common():
        near = next((i for i, kind in enumerate(kinds) if _alike(shape, kind)), len(kinds))
        if near == len(kinds):
            kinds.append(shape)
        found[shape] = near
        if len(kinds) > _MAX_KINDS:
            return []
    rows = [found[shape] for shape in shapes]
    place = {kind: at for at, kind in enumerate(dict.fromkeys(rows))}
    return [place[kind] for kind in rows] if len(place) > 1 else []


def order_of(kinds: Sequence[int], tables: Sequence[int]) -> str:
    """Return from which table each row is: "2*5 3" for five rows of table 2 and one of table 3."""
    runs = ((tables[kind], len(list(run))) for kind, run in groupby(kinds))
    return " ".join(f"{table}*{times}" if times > 1 else str(table) for table, times in runs)


def read_order(text: str) -> list[tuple[str, int]]:
    """Return the tables that rows come from, in order, each with how many in a row.

    Raises:
        ValueError: If it is no order.
    """
    runs = (run.partition("*") for run in text.split(" "))
    return [(table, int(times or 1)) for table, _, times in runs]


def _shape(record: dict[str, Value]) -> frozenset[str]:
    keys = set(record)
    for key, value in record.items():
        if isinstance(value, dict):
            keys.update(f"{key}.{inner}" for inner in value)
    return frozenset(keys)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
