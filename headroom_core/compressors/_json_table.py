"""Records as the lines of a table whose header says everything that rows have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice
from operator import ne
from typing import Final, cast

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
from headroom_core.compressors._json_progressions import Progression, progression_of
from headroom_core.compressors._json_templates import derive, factor
from headroom_core.compressors._json_value import Value, dump

EVERY: Final = 10
"""In so many rows one says where it is, if a column only counts."""

GROUP: Final = "@ "
"""What a line opens with that says what holds for the rows below it."""

_MAX_DEPTH: Final = 5
_WIDEST_CELL: Final = 24
_MIN_GROUPED: Final = 6
_GROUPED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        header: The columns, between commas.
        lines: One text for each row: cells between commas; before them, on a line of its own,
            what holds from this row on.
        columns: What it was made from.
        progression: What the first column that only counts counts, None if none does.
        width: Cells of a row.
    """

    header: str
    lines: list[str]
    columns: Sequence[Column]
    progression: Progression | None = None
    width: int = 1

    @property
    def size(self) -> int:
        """Characters of the whole table."""
        return len(self.header) + sum(map(len, self.lines)) + len(self.lines)

    @property
    def least_json(self) -> int:
        """So many characters, at least, has the JSON that the table stands for."""
        return sum(map(_least_json, self.columns))

    def written(self) -> Iterator[str]:
        """Yield the rows; where a column only counts, every tenth says where it is."""
        if self.progression is None:
            yield from self.lines
            return
        for row, line in enumerate(self.lines):
            if row and not row % EVERY:
                yield f"#{self.progression.at(row)}"
            yield line


def _least_json(column: Column) -> int:
    key = len(column.path) - column.path.rfind(".") + 2
    kinds = set(map(type, column.fields))
    if kinds <= {bytes}:
        return len(column.fields) * key + sum(map(len, column.fields))  # type: ignore[arg-type]
    if kinds <= {str}:
        return len(column.fields) * (key + 2) + sum(map(len, column.fields))  # type: ignore[arg-type]
    return (len(column.fields) - column.fields.count(MISSING)) * (key + 1)


def table_of_records(records: Sequence[dict[str, Value]], depth: int = 0) -> Table | None:
    """Return a list of objects as a table, or None if it cannot be one."""
    columns = columns_of(records)
    return None if not columns else table_of_columns(columns, len(records), depth)


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
    return table_of_columns([Column("@key", keys), *columns], len(keys), depth)


@dataclass(frozen=True, slots=True)
class _Stored:
    """How one column is written: in the header, in cells, and in `key=value` where it differs."""

    header: str
    cells: Sequence[str] | None = None
    exceptions: dict[int, str] = field(default_factory=dict)
    progression: Progression | None = None
    grouped: bool = False


def table_of_columns(columns: Sequence[Column], count: int, depth: int) -> Table:
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
    if all(each.cells is None or each.grouped for each in stored):
        # Some cell must say which row it is: one that counts anyway, else the number of the row.
        counting = next((i for i, each in enumerate(stored) if each.progression), None)
        if counting is not None:
            column = columns[counting]
            stored[counting] = _Stored(column.path, cells(column.fields))
    parts = [each.cells for each in stored if each.cells is not None and not each.grouped]
    lines = list(map(",".join, zip(*parts, strict=True))) if parts else _row_numbers(count)
    for each in stored:
        for row, text in each.exceptions.items():
            lines[row] += f",{text}"
    for row, line in _group_lines(columns, stored).items():
        lines[row] = f"{line}\n{lines[row]}"
    progression = next((each.progression for each in stored if each.progression), None)
    header = ",".join(each.header for each in stored)
    return Table(header, lines, columns, progression, len(parts))


def _group_lines(columns: Sequence[Column], stored: Sequence[_Stored]) -> dict[int, str]:
    """Return the lines that say what holds from a row on, by that row."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    for column, each in zip(columns, stored, strict=True):
        if each.grouped and each.cells is not None:
            for row in run_starts(each.cells):
                said[row].append(f"{column.path}={each.cells[row]}")
    return {row: f"{GROUP}{','.join(parts)}" for row, parts in said.items()}


def run_starts(texts: Sequence[str]) -> list[int]:
    """Return the rows whose text is not that of the row before."""
    return [0, *compress(range(1, len(texts)), map(ne, texts, islice(texts, 1, None)))]


def _row_numbers(count: int) -> list[str]:
    return [str(row) for row in range(1, count + 1)]


def _store(column: Column, count: int, depth: int) -> _Stored:
    if count > 1 and _is_constant(column):
        return _Stored(f"{column.path}={in_header(cell(column.fields[0]))}")
    kinds = set(map(type, column.fields))
    if not depth and len(kinds) == 1 and (progression := progression_of(column.fields)):
        return _Stored(f"{column.path}={progression}", progression=progression)
    head, spelled = _spell(column, kinds, depth)
    counts = Counter(spelled)
    usual = max(counts, key=counts.__getitem__)
    times = counts[usual]
    if head.startswith("=", len(column.path)):
        return _Stored(head, spelled)
    everywhere = head + ("=" + in_header(usual) if usual else "?")
    if times == count and count > 1:
        return _Stored(everywhere)
    in_cells = sum(map(len, spelled)) + count
    by_name = len(column.path) + 6
    as_exceptions = in_cells - times * len(usual) + (count - times) * by_name
    most = _GROUPED * min(in_cells, as_exceptions)
    if not depth and count >= _MIN_GROUPED and len(counts) * by_name < most:
        starts = run_starts(spelled)
        if len(starts) * by_name + sum(map(len, map(spelled.__getitem__, starts))) < most:
            return _Stored(f"{head}=@", spelled, grouped=True)
    if count > 3 and as_exceptions + len(usual) < in_cells + 2 * count:
        odd = {row: f"{column.path}={text}" for row, text in enumerate(spelled) if text != usual}
        return _Stored(everywhere, None, odd)
    return _Stored(head, spelled)


def _is_constant(column: Column) -> bool:
    """Return whether one scalar is in every row."""
    first = column.fields[0]
    if column.fields[-1] != first:
        return False
    # Objects are equal in any order of their keys.
    return not isinstance(first, dict | list) and column.fields.count(first) == len(column.fields)


def _spell(column: Column, kinds: set[type], depth: int) -> tuple[str, Sequence[str]]:
    """Return the head of a column and its cells, in the spelling that is shortest."""
    if kinds <= {str, type(MISSING)}:
        texts = cast("Sequence[str]", column.fields)
        if kinds != {str}:
            texts = [text for text in texts if isinstance(text, str)]
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
    if table is None or table.width > _WIDEST_CELL:
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
