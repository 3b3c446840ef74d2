"""Tables back to JSON: the inverse of `_json_table`, on the texts alone, so spellings stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from headroom_core.compressors._json_cells import PATH, string_of, value_of
from headroom_core.compressors._json_progressions import Progression, read_progression
from headroom_core.compressors._json_table import EVERY, GROUP
from headroom_core.compressors._json_value import STRING, dump

_SEGMENT = re.compile(rf"@?(?:{STRING}|[^\".,]+)")
_PATH = re.compile(PATH)
_STRING = re.compile(STRING)
_JSON_PART = re.compile(rf"{STRING}|([\[{{])|[\]}}]")
_NESTED_PART = re.compile(rf"{STRING}|(\()|\)")
_BARE = re.compile(r"[^,;()]*")
_HEADER_BARE = re.compile(r"[^,;()\[\]{}]*")
_ORDERS = re.compile(r"\(([0-9 /]+)\)")
_TEMPLATE_SIGN = re.compile(r"[<*]")
_PIECE = re.compile(r"<([^<>]*)>")
_OVERRIDE = re.compile(r"=")
_SIGNED_OVERRIDE = re.compile(r"=[\[{(\"]")
_CLOSING: Final = {"[": "]", "{": "}", "(": ")"}
_NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Spec:
    """One column, as its header says it.

    Attributes:
        path: The keys that lead to it, as a header spells them.
        nested: "[", "{" or "(" if its cells hold rows: of a list, of entries, or one record.
        columns: The columns of those rows.
        is_text: Whether all its cells are strings.
        default: Its cell in rows that do not say another; None if every row has a cell.
        template: What its strings are made of: literal, path, literal ...; None for nothing.
            The path "*" is the cell itself.
        progression: What it counts.
        grouped: Whether lines between the rows say its cell.
        orders: The orders of keys that its cells name, from 1, as numbers of columns.
    """

    path: str
    nested: str = ""
    columns: tuple[Spec, ...] = ()
    is_text: bool = False
    default: str | None = None
    template: tuple[str, ...] | None = None
    progression: Progression | None = None
    grouped: bool = False
    orders: tuple[tuple[int, ...], ...] = ()

    @property
    def has_cell(self) -> bool:
        """Whether every row has a cell for it."""
        if self.template is not None:
            return "*" in self.template[1::2]
        return self.default is None and self.progression is None and not self.grouped


def read_header(header: str) -> tuple[Spec, ...]:
    """Return the columns that a header names.

    Raises:
        ValueError: If it is not a header.
    """
    specs, end = _read_specs(header, 0)
    if end != len(header):
        raise ValueError("not a table header")
    return specs


def read_table(
    specs: Sequence[Spec], lines: Sequence[str], start: int, count: int
) -> tuple[list[str], int]:
    """Return `count` rows, from line `start` on, as JSON; and the line after them.

    A row is a JSON object, `"key":value` if the table is one of entries, the JSON of an item, or
    how often a run has it, a space, and the item.

    Raises:
        ValueError: If these are not the rows of this table.
    """
    counts = any(spec.progression for spec in specs)
    rows: list[str] = []
    group: dict[str, str] = {}
    for index in range(count):
        if counts and index and not index % EVERY:
            start += 1
        if start < len(lines) and lines[start].startswith(GROUP):
            group |= _read_named(lines[start], len(GROUP))
            start += 1
        if start >= len(lines):
            raise ValueError("a table is cut off")
        rows.append(_read_row(specs, lines[start], index, group))
        start += 1
    return rows, start


def skip_value(text: str, start: int, bare: re.Pattern[str] = _BARE) -> int:
    """Return the end of the cell that starts at `start`."""
    sign = text[start : start + 1]
    if sign == '"':
        match = _STRING.match(text, start)
    elif sign and sign in "[{(":
        return _closing_of(text, start, _NESTED_PART if sign == "(" else _JSON_PART)
    else:
        match = bare.match(text, start)
    if match is None:
        raise ValueError("a quote is not closed")
    return match.end()


def _read_specs(header: str, start: int) -> tuple[tuple[Spec, ...], int]:
    specs = []
    while True:
        spec, start = _read_spec(header, start)
        specs.append(spec)
        if header[start : start + 1] != ",":
            return tuple(specs), start
        start += 1


def _read_spec(header: str, start: int) -> tuple[Spec, int]:
    match = _PATH.match(header, start)
    if match is None:
        raise ValueError("not a column")
    path, at = match[0], match.end()
    if path == "@order":
        return _read_orders(header, at)
    nested = header[at : at + 1]
    columns: tuple[Spec, ...] = ()
    if nested and nested in _CLOSING:
        columns, at = _read_specs(header, at + 1)
        if header[at : at + 1] != _CLOSING[nested]:
            raise ValueError("a bracket is not closed")
        at += 1
    else:
        nested = ""
    is_text = header.startswith(":text", at)
    at += 5 * is_text
    return _read_default(Spec(path, nested, columns, is_text), header, at)


def _read_orders(header: str, start: int) -> tuple[Spec, int]:
    match = _ORDERS.match(header, start)
    if match is None:
        raise ValueError("not a list of orders")
    orders = tuple(tuple(map(int, order.split(" "))) for order in match[1].split("/"))
    return _read_default(Spec("@order", orders=orders), header, match.end())


def _read_default(spec: Spec, header: str, start: int) -> tuple[Spec, int]:
    """Return `spec` with what its header says about rows that have no cell for it."""
    if header[start : start + 1] == "?":
        return replace(spec, default=""), start + 1
    if header[start : start + 1] != "=":
        return spec, start
    quoted = header[start + 1 : start + 2] == "~"
    start += 1 + quoted
    end = skip_value(header, start, _HEADER_BARE)
    text = json.loads(header[start:end]) if quoted else header[start:end]
    if quoted or (text[:1] not in ('"', "[", "{", "(") and _TEMPLATE_SIGN.search(text)):
        pieces = _PIECE.split(text.replace("*", "<*>"))
        return replace(spec, template=tuple(pieces)), end
    if text == "@":
        return replace(spec, grouped=True), end
    if ".." in text and (progression := read_progression(text)):
        return replace(spec, progression=progression), end
    return replace(spec, default=text), end


def _read_row(
    specs: Sequence[Spec], line: str, index: int, group: Mapping[str, str] = _NOTHING
) -> str:
    values = _read_values(specs, line, index, group)
    if specs[0].path == "@value":
        return f"{values['@times']} {values['@value']}" if len(specs) > 1 else values["@value"]
    named = specs[0].path == "@key"
    if named and specs[1].path == "@value":
        return f"{values['@key']}:{values['@value']}"
    columns = specs[1:] if named else specs
    if columns[-1].orders:
        code = values[columns[-1].path]
        order = columns[-1].orders[int(code) - 1] if code else range(len(columns) - 1)
        columns = [columns[place] for place in order]
    text = _object(columns, values)
    return f"{values['@key']}:{text}" if named else text


def _read_values(
    specs: Sequence[Spec], line: str, index: int, group: Mapping[str, str]
) -> dict[str, str]:
    """Return the JSON of each column in one line, "" for a key that is not there."""
    texts = {**group, **_read_cells(specs, line)}
    values: dict[str, str] = {}
    for spec in specs:
        text = texts.get(spec.path, spec.default)
        if spec.template is not None and spec.has_cell:
            values[spec.path] = _fill(spec.template, {"*": value_of(text or "", is_text=True)})
        elif text is not None:
            values[spec.path] = _value(spec, text)
        elif spec.progression is not None:
            values[spec.path] = spec.progression.json_at(index)
    for spec in specs:
        if spec.path not in values and spec.template is not None:
            values[spec.path] = _fill(spec.template, values)
    return values


def _read_cells(specs: Sequence[Spec], line: str) -> dict[str, str]:
    """Return the cells of one line by the path of their column."""
    paths = [spec.path for spec in specs if spec.has_cell]
    texts: dict[str, str] = {}
    at = 0 if paths else _after_number(line)
    for path in paths:
        if at > len(line):
            raise ValueError("a row is too short")
        end = skip_value(line, at)
        texts[path] = line[at:end]
        if line[end : end + 1] not in ("", ","):
            raise ValueError("not a row")
        at = end + 1
    return texts | _read_named(line, at)


def _read_named(line: str, at: int) -> dict[str, str]:
    """Return the cells that are written `key=value`, from `at` to the end of the line."""
    texts: dict[str, str] = {}
    while at <= len(line):
        match = _PATH.match(line, at)
        if match is None or line[match.end() : match.end() + 1] != "=":
            raise ValueError("not key=value")
        end = skip_value(line, match.end() + 1)
        if line[end : end + 1] not in ("", ","):
            raise ValueError("not a row")
        texts[match[0]] = line[match.end() + 1 : end]
        at = end + 1
    return texts


def _after_number(line: str) -> int:
    """Return where the cells begin in a row that has none of its own, and opens with its number."""
    number = line.partition(",")[0]
    if not number.isdecimal():
        raise ValueError("not the number of a row")
    return len(number) + 1


def _value(spec: Spec, text: str) -> str:
    """Return the JSON that a cell of `spec` stands for, "" for nothing."""
    if not text or text[0] != "(":
        return value_of(text, is_text=spec.is_text) if text else ""
    lines = _split_rows(text[1:-1])
    rows = [_read_row(spec.columns, line, index) for index, line in enumerate(lines)]
    if spec.nested == "(":
        return rows[0]
    return f"[{','.join(rows)}]" if spec.nested == "[" else f"{{{','.join(rows)}}}"


def _split_rows(text: str) -> list[str]:
    rows, start, at = [], 0, 0
    while True:
        path = _PATH.match(text, at)
        # A bare string may hold "=", but never before one of these signs.
        if path and (_OVERRIDE if '"' in path[0] else _SIGNED_OVERRIDE).match(text, path.end()):
            at = path.end() + 1
        at = skip_value(text, at)
        if at < len(text) and text[at] not in ",;":
            raise ValueError("not a row")
        if at == len(text) or text[at] == ";":
            rows.append(text[start:at])
            start = at + 1
            if at == len(text):
                return rows
        at += 1


def _fill(template: Sequence[str], values: dict[str, str]) -> str:
    return dump(
        "".join(
            string_of(values[piece]) if index % 2 else piece for index, piece in enumerate(template)
        )
    )


def _object(specs: Sequence[Spec], values: dict[str, str]) -> str:
    """Return the object whose leaves are `values`."""
    parts: list[str] = []
    opened: list[str] = []
    for spec in specs:
        value = values[spec.path]
        if not value:
            continue
        *outer, key = map(_json_key, _SEGMENT.findall(spec.path))
        same = 0
        while same < min(len(outer), len(opened)) and outer[same] == opened[same]:
            same += 1
        parts.append("}" * (len(opened) - same) + ("," if parts else ""))
        parts += [f"{segment}:{{" for segment in outer[same:]]
        parts.append(f"{key}:{value}")
        opened = outer
    return "{" + "".join(parts) + "}" * (len(opened) + 1)


def _json_key(segment: str) -> str:
    return segment if segment[0] == '"' else dump(segment)


def _closing_of(text: str, start: int, pattern: re.Pattern[str]) -> int:
    depth = 0
    for match in pattern.finditer(text, start):
        if match[1]:
            depth += 1
        elif match[0][0] != '"':
            depth -= 1
            if not depth:
                return match.end()
    raise ValueError("a bracket is not closed")
