"""Tables back to JSON: the inverse of `_json.table`, on the texts alone, so spellings stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from headroom_core.compressors._json.cells import PATH, string_of, value_of
from headroom_core.compressors._json.header import Spec, skip_value
from headroom_core.compressors._json.table import EVERY, GROUP
from headroom_core.compressors._json.value import STRING, dump

_SEGMENT = re.compile(rf"@?(?:{STRING}|[^\".,]+)")
_PATH = re.compile(PATH)
_OVERRIDE = re.compile(r"=")
_SIGNED_OVERRIDE = re.compile(r"=[\[{(\"]")
_NOTHING: Final[Mapping[str, str]] = {}


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
