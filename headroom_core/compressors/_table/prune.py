"""Tables cut to a budget: what is true of all rows, then the rows that matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast

from headroom_core.compressors._json.budget import fit
from headroom_core.compressors._json.cells import MISSING, Field, name
from headroom_core.compressors._json.columns import Column
from headroom_core.compressors._json.table import table_of_columns
from headroom_core.compressors._json.value import Value, dump
from headroom_core.compressors._table.document import TablePart, encode
from headroom_core.compressors._table.grid import AS_IS, Grid, names_of, records_of
from headroom_core.types import Budget, Compressed

_NOTE: Final = (
    "(commas between cells; # is the number of a row; key=value in a header holds in every row "
    "below that says no other; * is the cell)"
)
_MAX_TABLES: Final = 7
_MAX_FRAME: Final = 2
_NUMBER_OF_ROW: Final = "#"


def prune(
    parts: Sequence[TablePart], query: str, budget: Budget, lossless: str
) -> Compressed | None:
    """Return what fits of the tables among `parts`, with all that stands between them.

    None if nothing sensible fits.

    Args:
        parts: The text.
        query: The question.
        budget: What fits, and what must survive.
        lossless: The text as it is sent whole.
    """
    grids = [part for part in parts if isinstance(part.piece, Grid)]
    if len(grids) > _MAX_TABLES:
        return None
    rows = [records_of(cast("Grid", part.piece), part.table) for part in grids]
    if budget.keep and any(map(_hides, grids, rows, [budget.keep] * len(grids))):
        return None
    document = dict(zip(_keys(len(grids)), rows, strict=True))
    tables = {
        id(records): part.table
        for part, records in zip(grids, rows, strict=True)
        if part.table is not None
    }
    return fit(
        cast("Value", document),
        tables,
        query,
        budget,
        lossless,
        # Of a table in too little room nothing is left: more is tried if this does not fit.
        lambda pruned: (
            "\n".join(_render(parts, document, pruned)) if isinstance(pruned, dict) else lossless
        ),
    )


def _keys(count: int) -> list[str]:
    return ["rows"] if count == 1 else [f"rows of table {at}" for at in range(1, count + 1)]


def _hides(part: TablePart, records: Sequence[Value], keep: re.Pattern[str]) -> bool:
    """Return whether a row that must survive can be told by its line only, not by its cells."""
    lines = part.text.split("\n")
    count = len(records)
    if len(lines) > count + _MAX_FRAME:
        # Cells hold line breaks: which line belongs to which row takes too long to tell.
        return sum(1 for line in lines if keep.search(line)) > sum(
            1 for record in records if keep.search(dump(record))
        )
    rows = lines[len(lines) - count - (not lines[-1]) :]
    return any(
        keep.search(line) and not keep.search(dump(record))
        for line, record in zip(rows, records, strict=False)
    )


def _render(
    parts: Sequence[TablePart],
    document: dict[str, list[dict[str, Value]]],
    pruned: dict[str, Value],
) -> Iterator[str]:
    yield _NOTE
    tables = iter(document.items())
    for part in parts:
        if not isinstance(part.piece, Grid):
            yield part.text
            continue
        key, rows = next(tables)
        left = pruned.get(key)
        if left == rows:
            yield encode([part])[0]
        elif not isinstance(left, list):
            yield f"0 of {len(rows)} rows"
        else:
            yield from _rows(left, len(rows), names_of(part.piece.header))


def _rows(left: Sequence[Value], total: int, columns: Sequence[str]) -> Iterator[str]:
    """Yield the rows that are left of `total`, with their columns in the old order."""
    records = [record for record in left if isinstance(record, dict)]
    found = {key for record in records for key in record}
    names = [key for key in (_NUMBER_OF_ROW, *columns, AS_IS) if key in found]
    made = [
        Column(name(each), [cast("Field", record.get(each, MISSING)) for record in records])
        for each in names
    ]
    table = table_of_columns(made, len(records), 0)
    yield f"{len(records)} of {total} rows: {table.header}"
    yield from table.written()
