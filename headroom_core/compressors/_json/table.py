"""Records as the lines of a table whose header says everything that rows have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, cast

from headroom_core.compressors._json.cells import (
    MISSING,
    Field,
    Missing,
    cell,
    cells,
    distinct_cells,
    in_header,
    is_ambiguous,
    spread,
    text_cells,
)
from headroom_core.compressors._json.columns import Column, columns_of
from headroom_core.compressors._json.progressions import Progression, progression_of
from headroom_core.compressors._json.stored import Cells, Stored, run_starts, shortest
from headroom_core.compressors._json.templates import derive, factor
from headroom_core.compressors._json.value import Value, dump

EVERY: Final = 10
"""In so many rows one says where it is, if a column only counts."""

GROUP: Final = "@ "
"""What a line opens with that says what holds for the rows below it."""

CLEARLY: Final = 0.7
"""A table of so many characters for each of its JSON is shorter in tokens too."""

_CONTAINERS: Final = frozenset((dict, list))
_MAX_DEPTH: Final = 5
_WIDEST_CELL: Final = 24


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
        mixed: So many characters, at least, has the JSON in columns of values of several types
            or with parts, beside one for each value.
    """

    header: str
    lines: list[str]
    columns: Sequence[Column]
    progression: Progression | None = None
    width: int = 1
    mixed: int = 0

    @property
    def size(self) -> int:
        """Characters of the whole table."""
        return len(self.header) + sum(map(len, self.lines)) + len(self.lines)

    @property
    def least_json(self) -> int:
        """So many characters, at least, has the JSON that the table stands for."""
        return self.mixed + sum(map(_least_json, self.columns))

    def written(self) -> Iterator[str]:
        """Yield the rows; where a column only counts, every tenth says where it is."""
        if self.progression is None:
            yield from self.lines
            return
        for row in range(0, len(self.lines), EVERY):
            if row:
                yield f"#{self.progression.at(row)}"
            yield from self.lines[row : row + EVERY]


def _least_json(column: Column) -> int:
    key = len(column.path) - column.path.rfind(".") + 2
    if column.kinds == {bytes}:
        return len(column.fields) * key + len(b"".join(column.fields))  # type: ignore[arg-type]
    if column.kinds == {str}:
        return len(column.fields) * (key + 2) + len("".join(column.fields))  # type: ignore[arg-type]
    return (len(column.fields) - column.missing) * (key + 1)


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
            stored.append(Stored(f"{column.path}={template}", None, exact))
        else:
            stored.append(_store(column, count, depth))
    if all(each.cells is None or each.grouped for each in stored):
        # Some cell must say which row it is: one that counts anyway, else the number of the row.
        counting = next((i for i, each in enumerate(stored) if each.progression), None)
        if counting is not None:
            column = columns[counting]
            stored[counting] = Stored(column.path, cells(column.fields))
    parts = [each.cells for each in stored if each.cells is not None and not each.grouped]
    lines = list(map(",".join, zip(*parts, strict=True))) if parts else _row_numbers(count)
    for each in stored:
        for row, text in each.exceptions.items():
            lines[row] += f",{text}"
    for row, line in _group_lines(columns, stored).items():
        lines[row] = f"{line}\n{lines[row]}"
    progression = next((each.progression for each in stored if each.progression), None)
    header = ",".join(each.header for each in stored)
    mixed = sum(each.mixed for each in stored)
    return Table(header, lines, columns, progression, len(parts), mixed)


def _group_lines(columns: Sequence[Column], stored: Sequence[Stored]) -> dict[int, str]:
    """Return the lines that say what holds from a row on, by that row."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    for column, each in zip(columns, stored, strict=True):
        if each.grouped and each.cells is not None:
            for row in run_starts(each.cells):
                said[row].append(f"{column.path}={each.cells[row]}")
    return {row: f"{GROUP}{','.join(parts)}" for row, parts in said.items()}


def _row_numbers(count: int) -> list[str]:
    return [str(row) for row in range(1, count + 1)]


def _store(column: Column, count: int, depth: int) -> Stored:
    path, fields, kinds = column.path, column.fields, column.kinds
    if count > 1 and _is_constant(column):
        return Stored(f"{path}={in_header(cell(fields[0]))}")
    if not depth and len(kinds) == 1 and (progression := progression_of(fields)):
        return Stored(f"{path}={progression}", progression=progression)
    if count > 3 and kinds == {str} and (parts := factor(cast("Sequence[str]", fields))):
        template, middles = parts
        return Stored(f"{path}={template}", text_cells(middles))
    if kinds.isdisjoint(_CONTAINERS):
        values = Counter(fields)
        head, distinct = _spell(column, list(values))
        texts = spread(fields, values, distinct)
        return shortest(column, Cells(head, texts, distinct, list(values.values())), depth)
    nested = _nest(column, depth) if depth < _MAX_DEPTH else None
    head, texts = nested[:2] if nested else (path, cells(fields))
    counts = Counter(texts)
    spelled = Cells(head, texts, list(counts), list(counts.values()))
    stored = shortest(column, spelled, depth)
    return replace(stored, mixed=nested[2]) if nested else stored


def _spell(column: Column, distinct: Sequence[Field]) -> tuple[str, Sequence[str]]:
    """Return the head of a column, and the cells of its values, each of which occurs once."""
    if column.kinds <= {str, Missing}:
        texts = cast("Sequence[str | Missing]", distinct)
        remark = ":text" if is_ambiguous([text for text in texts if text is not MISSING]) else ""
        return column.path + remark, text_cells(texts)
    return column.path + column.remark, distinct_cells(distinct)


def _is_constant(column: Column) -> bool:
    """Return whether one scalar is in every row."""
    fields = column.fields
    first = fields[0]
    # Objects are equal in any order of their keys.
    if isinstance(first, dict | list) or fields[-1] != first or fields[len(fields) // 2] != first:
        return False
    return fields.count(first) == len(fields)


def _nest(column: Column, depth: int) -> tuple[str, list[str], int] | None:
    """Return a column whose values hold records as a table within the table, if that is shorter.

    Returns:
        Its head, its cells, and `Table.mixed` for it.
    """
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
    # Of entries every key is counted as long as "@key" and "@value".
    least = 0 if opening == "{" else table.least_json
    if size > CLEARLY * least and size >= len(dump(nested)):  # type: ignore[arg-type]
        return None
    head = f"{column.path}{opening}{table.header}{_CLOSING[opening]}"
    others = iter(
        cells([field for field, group in zip(column.fields, groups, strict=True) if not group])
    )
    lines = iter(table.lines)
    spelled = [
        f"({';'.join(islice(lines, len(group)))})" if group else next(others) for group in groups
    ]
    return head, spelled, max(0, least - len(nested))


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
