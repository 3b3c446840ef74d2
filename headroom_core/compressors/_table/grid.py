"""What a table is before and after it is made shorter: named columns of texts, and a layout."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from headroom_core.compressors._json.cells import MISSING, Field, name
from headroom_core.compressors._json.columns import MAX_COLUMNS, Column
from headroom_core.compressors._json.decode import read_table
from headroom_core.compressors._json.header import read_header
from headroom_core.compressors._json.table import Table, table_of_columns
from headroom_core.compressors._json.value import Value

NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
"""Pattern of a cell that counts as a number: it is spelled as JSON spells numbers."""

AS_IS: Final = "line"
"""The column of the lines that the layout of a table cannot give."""

_NUMBERS = re.compile(rf"(?:(?:{NUMBER})?\n)*+(?:{NUMBER})?")
_STARTS: Final = frozenset(("", "\n", *"-0123456789"))
_SPECIAL = re.compile(rf"\n({NUMBER}|true|false|null|)(?=\n)")
_WORDS: Final[Mapping[str, Field]] = {"": MISSING, "true": True, "false": False, "null": None}
_SPELLED: Final = {None: "null", True: "true", False: "false"}
_WITH_LINES: Final = f", {AS_IS}: one that fits no column"
_WITH_TWINS: Final = ", (n) in a name: column n of that name"
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_TWIN = re.compile(r" \([0-9]{1,3}\)$")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        layout: How its text is laid out, in words; with it and the cells the text can be written.
        header: The names of the columns.
        columns: The cells of each column, top to bottom.
        misfits: Lines that the layout cannot give, by their row; their cells are empty.
    """

    layout: str
    header: Sequence[str]
    columns: Sequence[Sequence[str]]
    misfits: Mapping[int, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.columns[0])


def names_of(header: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each column: its own, with its number behind where two are the same.

    >>> names_of(["a", "b", "a"])
    ('a (1)', 'b', 'a (3)')
    """
    if len(set(header)) == len(header):
        return tuple(header)
    return tuple(
        f"{each} ({place})" if header.count(each) > 1 else each
        for place, each in enumerate(header, 1)
    )


def table_of(grid: Grid) -> Table | None:
    """Return the table that says what `grid` says, or None if it has too many columns."""
    columns = [fields_of(column) for column in grid.columns]
    names = [*names_of(grid.header)]
    if grid.misfits:
        names.append(_free(AS_IS, names))
        columns.append([grid.misfits.get(row, MISSING) for row in range(grid.count)])
    if len(set(names)) < len(names) or len(names) > MAX_COLUMNS:
        return None
    if _has_twins(grid.header) and _without_numbers(names_of(grid.header)) != list(grid.header):
        return None
    made = [Column(name(each), fields) for each, fields in zip(names, columns, strict=True)]
    return table_of_columns(made, grid.count, 0)


def records_of(grid: Grid, table: Table | None) -> list[dict[str, Value]]:
    """Return the rows of `grid` as JSON objects; what is empty is left out.

    Args:
        grid: The rows.
        table: What `table_of` makes of them.
    """
    columns = (
        [column.fields for column in table.columns[: len(grid.columns)]]
        if table
        else [fields_of(column) for column in grid.columns]
    )
    names = names_of(grid.header)
    records: list[dict[str, Value]] = []
    if not grid.misfits and not any(MISSING in column for column in columns):
        return [dict(zip(names, fields, strict=True)) for fields in zip(*columns, strict=True)]
    for row, fields in enumerate(zip(*columns, strict=True)):
        pairs = zip(names, fields, strict=True)
        record = {key: field for key, field in pairs if field is not MISSING}
        misfit = grid.misfits.get(row)
        records.append({AS_IS: misfit} if misfit else cast("dict[str, Value]", record))
    return records


def read_grid(
    layout: str, header: str, lines: Sequence[str], start: int, count: int
) -> tuple[Grid, int]:
    """Return the table whose rows start at line `start`, and the line behind it.

    Raises:
        ValueError: If it is not a table.
    """
    specs = read_header(header)
    names = [str(json.loads(spec.path)) if spec.path[:1] == '"' else spec.path for spec in specs]
    texts, end = read_table(specs, lines, start, count)
    records = [_DECODER.decode(text) for text in texts]
    columns = [[_spelled(record.get(each, "")) for record in records] for each in names]
    misfits: dict[int, str] = {}
    if layout.endswith(_WITH_LINES):
        layout = layout.removesuffix(_WITH_LINES)
        whole = names.pop()
        columns.pop()
        misfits = {row: each[whole] for row, each in enumerate(records) if whole in each}
    if layout.endswith(_WITH_TWINS):
        layout = layout.removesuffix(_WITH_TWINS)
        names = _without_numbers(names)
    return Grid(layout, names, columns, misfits), end


def described(grid: Grid) -> str:
    """Return the layout of `grid` with what `read_grid` must know beside it."""
    twins = _WITH_TWINS if _has_twins(grid.header) else ""
    return f"{grid.layout}{twins}{_WITH_LINES if grid.misfits else ''}"


def fields_of(column: Sequence[str]) -> Sequence[Field]:
    """Return cells as JSON values: numbers as their spelling, empty ones as missing.

    >>> fields_of(["12", "007", "", "true"])
    [b'12', '007', <Missing.MISSING: ''>, True]
    """
    joined = "\n".join(column)
    broken = joined.count("\n") >= len(column)  # a line of a cell may look like a cell
    if not broken and joined[:1] in _STARTS and _NUMBERS.fullmatch(joined):
        numbers = joined.encode().split(b"\n")
        return [number or MISSING for number in numbers] if "" in column else numbers
    found = set(_SPECIAL.findall(f"\n{joined}\n"))
    special = {text: _field(text) for text in (found.intersection(column) if broken else found)}
    return [special.get(text, text) for text in column] if special else column


def _has_twins(header: Sequence[str]) -> bool:
    return len(set(header)) < len(header)


def _without_numbers(names: Sequence[str]) -> list[str]:
    bare = [_TWIN.sub("", each) for each in names]
    return [own if bare.count(own) > 1 else each for own, each in zip(bare, names, strict=True)]


def _field(text: str) -> Field:
    return _WORDS[text] if text in _WORDS else text.encode()


def _spelled(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return _SPELLED[value]
    raise ValueError("not a cell")


def _free(key: str, taken: Sequence[str]) -> str:
    while key in taken:
        key += "_"
    return key
