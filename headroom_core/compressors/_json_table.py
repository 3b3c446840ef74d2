"""Records as the lines of a table whose header says everything that rows have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from headroom_core.compressors._json_cells import (
    MISSING,
    Field,
    cell,
    cells,
    in_header,
    is_ambiguous,
    text_cells,
)
from headroom_core.compressors._json_columns import Column, columns_of
from headroom_core.compressors._json_templates import derive, factor
from headroom_core.compressors._json_value import Value, dump

_MAX_DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        header: The columns, between commas.
        lines: One line for each row; cells between commas.
        columns: What it was made from.
    """

    header: str
    lines: list[str]
    columns: Sequence[Column]

    @property
    def size(self) -> int:
        """Characters of the whole table."""
        return len(self.header) + sum(map(len, self.lines)) + len(self.lines)


def table_of_records(records: Sequence[dict[str, Value]], depth: int = 0) -> Table | None:
    """Return a list of objects as a table, or None if it cannot be one."""
    columns = columns_of(records)
    return None if not columns else _table(columns, len(records), depth)


def table_of_entries(entries: Sequence[tuple[str, Value]], depth: int = 0) -> Table | None:
    """Return the entries of an object as a table with its keys in the first column.

    If all values are objects, their keys make the other columns; else there is one for the value.
    """
    keys, values = zip(*entries, strict=True)
    columns: list[Column] | None = [Column("@value", values)]
    if all(type(value) is dict and value for value in values):
        columns = columns_of(values)
    if columns is None:
        return None
    return _table([Column("@key", keys), *columns], len(keys), depth)


@dataclass(frozen=True, slots=True)
class _Stored:
    """How one column is written: in the header, in cells, and in `key=value` where it differs."""

    header: str
    cells: Sequence[str] | None = None
    exceptions: dict[int, str] = field(default_factory=dict)
    numbers: bool = False


def _table(columns: Sequence[Column], count: int, depth: int) -> Table:
    derived = derive(columns, count)
    stored = []
    for column in columns:
        if column.path in derived:
            template, exceptions = derived[column.path]
            odd = cells([column.fields[row] for row in exceptions])
            exact = {
                row: f"{column.path}={text}" for row, text in zip(exceptions, odd, strict=True)
            }
            stored.append(_Stored(f"{column.path}={template}", None, exact))
        else:
            stored.append(_store(column, count, depth))
    if all(each.cells is None for each in stored):
        # Some cell must say which row it is: one that counts anyway, else the number of the row.
        counting = next((i for i, each in enumerate(stored) if each.numbers), None)
        if counting is not None:
            column = columns[counting]
            stored[counting] = _Stored(column.path, cells(column.fields))
    parts = [each.cells for each in stored if each.cells is not None]
    lines = list(map(",".join, zip(*parts, strict=True))) if parts else _row_numbers(count)
    for each in stored:
        for row, text in each.exceptions.items():
            lines[row] += f",{text}"
    return Table(",".join(each.header for each in stored), lines, columns)


def _row_numbers(count: int) -> list[str]:
    return [str(row) for row in range(1, count + 1)]


def _store(column: Column, count: int, depth: int) -> _Stored:
    if count > 1 and _is_constant(column):
        return _Stored(f"{column.path}={in_header(cell(column.fields[0]))}")
    kinds = set(map(type, column.fields))
    if count > 3 and not depth and kinds == {bytes} and (numbers := _sequence(column.fields)):
        return _Stored(f"{column.path}={numbers}", numbers=True)
    head, spelled = _spell(column, kinds, depth)
    counts = Counter(spelled)
    usual = max(counts, key=counts.__getitem__)
    times = counts[usual]
    if head[len(column.path) : len(column.path) + 1] != "=":
        everywhere = head + ("=" + in_header(usual) if usual else "?")
        if times == count and count > 1:
            return _Stored(everywhere)
        length = sum(map(len, spelled))
        odd = length - times * len(usual) + (count - times) * (len(column.path) + 6)
        if count > 3 and odd + len(usual) < length + 3 * count:
            return _Stored(
                everywhere,
                None,
                {row: f"{column.path}={text}" for row, text in enumerate(spelled) if text != usual},
            )
    return _Stored(head, spelled)


def _is_constant(column: Column) -> bool:
    """Return whether one scalar is in every row."""
    first = column.fields[0]
    # Objects are equal in any order of their keys.
    return not isinstance(first, dict | list) and column.fields.count(first) == len(column.fields)


def _spell(column: Column, kinds: set[type], depth: int) -> tuple[str, Sequence[str]]:
    """Return the head of a column and its cells, in the spelling that is shortest."""
    if kinds <= {str, type(MISSING)}:
        texts: Sequence[str] = [t for t in column.fields if isinstance(t, str)]
        if len(texts) == len(column.fields) and len(texts) > 3 and (parts := factor(texts)):
            template, middles = parts
            return f"{column.path}={template}", text_cells(middles)
        if is_ambiguous(texts):
            return f"{column.path}:text", text_cells(column.fields)  # type: ignore[arg-type]
    elif (dict in kinds or list in kinds) and depth < _MAX_DEPTH:
        nested = _nest(column, depth)
        if nested is not None:
            return nested
    return column.path + column.remark, cells(column.fields)


def _nest(column: Column, depth: int) -> tuple[str, list[str]] | None:
    """Return a column whose values hold records as a table within the table, if that is shorter."""
    opening, groups = _groups(column.fields)
    counts = [len(group) for group in groups if group]
    if sum(counts) < 2:
        return None
    table: Table | None
    if opening == "{":
        table = table_of_entries([e for g in groups for e in g], depth + 1)  # type: ignore[misc]
    else:
        table = table_of_records([r for g in groups for r in g], depth + 1)  # type: ignore[misc]
    if table is None:
        return None
    nested = [field for field, group in zip(column.fields, groups, strict=True) if group]
    size = len(column.path) + 2 + table.size + len(nested)
    if size >= len(dump(nested)):  # type: ignore[arg-type]
        return None
    head = f"{column.path}{opening}{table.header}{_CLOSING[opening]}"
    others = iter(
        cells([field for field, group in zip(column.fields, groups, strict=True) if not group])
    )
    lines = iter(table.lines)
    spelled = [
        f"({';'.join(islice(lines, len(group)))})" if group else next(others) for group in groups
    ]
    return head, spelled


_CLOSING: Final = {"[": "]", "{": "}", "(": ")"}


def _groups(fields: Sequence[Field]) -> tuple[str, list[Sequence[object]]]:
    """Return what kind of nested table `fields` make, and the rows that each of them brings."""
    lists: list[Sequence[object]] = [
        value if type(value) is list and set(map(type, value)) == {dict} else () for value in fields
    ]
    records = [value for value in fields if type(value) is dict and value]
    if sum(map(bool, lists)) >= len(records):
        return "[", lists
    keys = {key for record in records for key in record}
    if 2 * sum(map(len, records)) >= len(keys) * len(records):
        return "(", [(value,) if type(value) is dict and value else () for value in fields]
    return "{", [list(value.items()) if type(value) is dict else () for value in fields]


def _sequence(fields: Sequence[Field]) -> str:
    """Return "first..last" if `fields` are whole numbers in even steps, else ""."""
    first, second = fields[0], fields[1]
    if not isinstance(first, bytes) or not isinstance(second, bytes):
        return ""
    if len(first) > 18 or len(second) > 18 or not _is_whole(first) or not _is_whole(second):
        return ""
    start, step = int(first), int(second) - int(first)
    stop = start + step * len(fields)
    if not step or list(fields) != [b"%d" % number for number in range(start, stop, step)]:
        return ""
    return f"{start}..{stop - step}" + (f" step {step}" if step != 1 else "")


def _is_whole(number: bytes) -> bool:
    return number.removeprefix(b"-").isdigit()
