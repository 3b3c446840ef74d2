"""A JSON document as one minified line, in which every list of records is a table below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from headroom_core.compressors._json.columns import all_records
from headroom_core.compressors._json.items import table_of_items
from headroom_core.compressors._json.mix import is_sparse, kinds_of, order_of
from headroom_core.compressors._json.shared import Shared
from headroom_core.compressors._json.table import CLEARLY, Table, table_of_entries, table_of_records
from headroom_core.compressors._json.value import Value, dump, quote

_MIN_ROWS: Final = 3
_MIN_ENTRIES: Final = 4
_MAX_DEPTH: Final = 12
_WIDEST: Final = 100
"""Nobody counts more cells of a row."""

_PAYS: Final = 0.93
_MUCH: Final = 200_000
"""Of longer JSON only so many characters are counted, in pieces."""

_PIECES: Final = 64

Count: TypeAlias = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is sent.

    Attributes:
        body: The document, minified, with "@n" where table n belongs; below it the tables. A
            document that is nothing but one table has no such first line.
        headers: The lines that say how to read the others; none if `body` is plain JSON.
        tables: What was made a table, by the id of the list or object.
    """

    body: str
    headers: Sequence[str]
    tables: Mapping[int, Table]


def render(value: Value, count: Count = len) -> Document:
    """Return `value` with its tables.

    Args:
        value: The document.
        count: Counts tokens: whether a table pays is decided by them.

    Raises:
        RecursionError: If it is nested too deeply.
    """
    writer = _Writer(count)
    document, shared = writer.shared.resolve(writer.write(value, 0), writer.taken)
    tables = [*writer.lines, *shared]
    lines = tables if document == "@1" else [document, *tables]
    return Document("\n".join(lines), [*writer.headers, *shared[:1]], writer.tables)


def render_lines(value: Value, count: Count = len) -> Document:
    """Return the objects of JSON Lines as one table, or one for each kind of them.

    Raises:
        ValueError: If they are not all objects, or no table is shorter.
    """
    if not isinstance(value, list) or not all_records(value):
        raise ValueError("not only objects")
    writer = _Writer(count)
    if not writer.write_records(value, "lines"):
        raise ValueError("no table is shorter")
    return Document("\n".join(writer.lines), writer.headers, writer.tables)


class _Writer:
    """Writes a document and collects its tables."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self.lines: list[str] = []
        self.headers: list[str] = []
        self.tables: dict[int, Table] = {}
        self.shared = Shared()
        self.taken = 0

    def write(self, value: Value, depth: int) -> str:
        if isinstance(value, list) and value:
            return self._write_list(value, depth)
        if isinstance(value, dict) and value:
            return self._write_object(value, depth)
        return dump(value)

    def _write_list(self, values: list[Value], depth: int) -> str:
        kinds = set(map(type, values))
        if depth > _MAX_DEPTH:
            return dump(values)
        if not kinds & {dict, list}:
            found = table_of_items(values)
            if found and (reference := self._add(found[1], found[0], values, len(values))):
                return reference
            return self.shared.place(dump(values))
        if (
            len(values) >= _MIN_ROWS
            and all_records(values)
            and (reference := self.write_records(values, "rows"))
        ):
            return reference
        parts = [self.write(value, depth + 1) for value in values]
        return self.shared.place(f"[{','.join(parts)}]")

    def write_records(self, records: Sequence[dict[str, Value]], unit: str) -> str:
        """Return the reference to new tables that hold `records`, "" if none is worth it.

        Args:
            records: The records.
            unit: What they are in the source: "rows" of a list, or "lines".
        """
        table = table_of_records(records)
        if (table is None or is_sparse(table)) and (kinds := kinds_of(records)):
            by_kind = [
                [record for record, kind in zip(records, kinds, strict=True) if kind == each]
                for each in range(max(kinds) + 1)
            ]
            tables = [each for part in by_kind if (each := table_of_records(part))]
            size = sum(each.size for each in tables) + 2 * len(records)
            other = table.size if table else len(dump(records))  # type: ignore[arg-type]
            if len(tables) == len(by_kind) and size * 10 < other * 9:
                return self._add_mix(tables, kinds, unit)
        return self._add(table, unit, records, len(records))  # type: ignore[arg-type]

    def _write_object(self, record: dict[str, Value], depth: int) -> str:
        values = list(record.values())
        kinds = set(map(type, values))
        if depth > _MAX_DEPTH:
            return dump(record)
        if not kinds & {dict, list}:
            return self.shared.place(dump(record))
        if len(values) >= _MIN_ENTRIES and kinds in ({dict}, {list}):
            table = table_of_entries(list(record.items()))
            if reference := self._add(table, "entries", record, len(record)):
                return reference
        entries = [f"{quote(key)}:{self.write(value, depth + 1)}" for key, value in record.items()]
        return self.shared.place(f"{{{','.join(entries)}}}")

    def _add(self, table: Table | None, unit: str, value: Value, size: int) -> str:
        """Return the reference to a new table, "" if it is not worth it."""
        if table is None or table.width > _WIDEST or not self._pays(table, value):
            return ""
        self.taken += 1
        if unit not in ("items", "runs"):
            self.tables[id(value)] = table
        self._write_table(table, unit, self.taken, len(table.lines) if unit == "runs" else size)
        return f"@{self.taken}"

    def _add_mix(self, tables: Sequence[Table], kinds: Sequence[int], unit: str) -> str:
        """Return the reference to the rows of several new tables."""
        mix = self.taken + 1
        numbers = range(mix + 1, mix + 1 + len(tables))
        self.headers.append(f"@{mix} {len(kinds)} {unit} from: {order_of(kinds, numbers)}")
        self.lines.append(self.headers[-1])
        for number, table in zip(numbers, tables, strict=True):
            self._write_table(table, "rows", number, len(table.lines))
        self.taken = numbers[-1]
        return f"@{mix}"

    def _write_table(self, table: Table, unit: str, number: int, size: int) -> None:
        self.headers.append(f"@{number} {size} {unit}: {table.header}")
        self.lines.append(self.headers[-1])
        self.lines += table.written()

    def _pays(self, table: Table, value: Value) -> bool:
        """Return whether a table is shorter than the JSON that it stands for."""
        size = table.size + 16
        if size <= CLEARLY * table.least_json:
            return True
        text = dump(value)
        if size <= CLEARLY * len(text):
            return True
        if size >= len(text):
            return False
        share = min(1.0, _MUCH / len(text))
        made = self._count(_part("\n".join([table.header, *table.lines]), share))
        return made < _PAYS * self._count(_part(text, share))


def _part(text: str, share: float) -> str:
    """Return evenly spaced pieces of `text` that are such a share of it."""
    if share == 1:
        return text
    step = len(text) / _PIECES
    starts = [int(step * number) for number in range(_PIECES)]
    return "".join(text[start : start + int(step * share)] for start in starts)
