"""A JSON document as one minified line, in which every list of records is a table below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._json_columns import all_records
from headroom_core.compressors._json_decode import read_header, read_table
from headroom_core.compressors._json_table import Table, table_of_entries, table_of_records
from headroom_core.compressors._json_value import STRING, Value, dump, quote

_MIN_ROWS: Final = 3
_MIN_ENTRIES: Final = 4
_MAX_DEPTH: Final = 12

_TABLE = re.compile(r"@([0-9]{1,9}) ([0-9]{1,9}) (rows|entries|lines): (.*)")
_REFERENCE = re.compile(rf"{STRING}|@([0-9]{{1,9}})")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is sent.

    Attributes:
        body: The document, minified, with "@n" where table n belongs; below it the tables. A
            document that is nothing but one table has no such first line.
        has_tables: Whether there are tables: else `body` is plain JSON.
        tables: What was made a table, by the id of the list or object.
    """

    body: str
    has_tables: bool
    tables: Mapping[int, Table]


def render(value: Value) -> Document:
    """Return `value` with its tables.

    Raises:
        RecursionError: If it is nested too deeply.
    """
    writer = _Writer()
    document = writer.write(value, 0)
    lines = writer.lines if document == "@1" else [document, *writer.lines]
    return Document("\n".join(lines), bool(writer.lines), writer.tables)


def render_lines(value: Value) -> Document:
    """Return the objects of JSON Lines as one table.

    Raises:
        ValueError: If they are not all objects, or no table is shorter.
    """
    if not isinstance(value, list) or not all_records(value):
        raise ValueError("not only objects")
    table = table_of_records(value)
    if table is None:
        raise ValueError("too many columns")
    return Document("\n".join(_written(1, "lines", table)), True, {id(value): table})


def expand(body: str) -> str:
    """Return the JSON text that a body made by `render` or `render_lines` stands for.

    Raises:
        ValueError: If it is not such a body.
    """
    try:
        return _expand(body.split("\n"))
    except (IndexError, KeyError, RecursionError) as error:
        raise ValueError("not the body of a JSON document") from error


class _Writer:
    """Writes a document and collects its tables."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: dict[int, Table] = {}
        self._count = 0

    def write(self, value: Value, depth: int) -> str:
        if isinstance(value, list) and value:
            return self._write_list(value, depth)
        if isinstance(value, dict) and value:
            return self._write_object(value, depth)
        return dump(value)

    def _write_list(self, values: list[Value], depth: int) -> str:
        kinds = set(map(type, values))
        if depth > _MAX_DEPTH or not kinds & {dict, list}:
            return dump(values)
        if len(values) >= _MIN_ROWS and kinds == {dict}:
            table = table_of_records(values)  # type: ignore[arg-type]
            if reference := self._add(table, "rows", values):
                return reference
        return f"[{','.join([self.write(value, depth + 1) for value in values])}]"

    def _write_object(self, record: dict[str, Value], depth: int) -> str:
        values = list(record.values())
        kinds = set(map(type, values))
        if depth > _MAX_DEPTH or not kinds & {dict, list}:
            return dump(record)
        if len(values) >= _MIN_ENTRIES and kinds in ({dict}, {list}):
            table = table_of_entries(list(record.items()))
            if reference := self._add(table, "entries", record):
                return reference
        entries = [f"{quote(key)}:{self.write(value, depth + 1)}" for key, value in record.items()]
        return f"{{{','.join(entries)}}}"

    def _add(self, table: Table | None, kind: str, value: Value) -> str:
        """Return the reference to a new table, "" if it is not worth it."""
        if table is None or (table.size + 16) * 10 > len(dump(value)) * 9:
            return ""
        self._count += 1
        self.tables[id(value)] = table
        self.lines += _written(self._count, kind, table)
        return f"@{self._count}"


def _written(number: int, kind: str, table: Table) -> Iterator[str]:
    yield f"@{number} {len(table.lines)} {kind}: {table.header}"
    yield from table.written()


def _expand(lines: Sequence[str]) -> str:
    tables: dict[str, str] = {}
    is_table = _TABLE.fullmatch(lines[0])
    document, at = ("@1", 0) if is_table else (lines[0], 1)
    while at < len(lines):
        match = _TABLE.fullmatch(lines[at])
        if match is None:
            raise ValueError("not a table")
        number, count, kind, header = match.groups()
        rows, at = read_table(read_header(header), lines, at + 1, int(count))
        if kind == "lines":
            return "\n".join(rows)
        tables[number] = f"[{','.join(rows)}]" if kind == "rows" else f"{{{','.join(rows)}}}"
    if not tables:
        raise ValueError("no table")
    return _REFERENCE.sub(lambda match: tables[match[1]] if match[1] else match[0], document)
