"""The header of a table: what it says about each column, and where a value in a line ends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Final

from headroom_core.compressors._json.cells import PATH
from headroom_core.compressors._json.progressions import Progression, read_progression
from headroom_core.compressors._json.value import STRING, STRING_OR_REST

_PATH = re.compile(PATH)
_STRING = re.compile(STRING)
_JSON_PART = re.compile(rf"{STRING_OR_REST}|([\[{{])|[\]}}]")
_NESTED_PART = re.compile(rf"{STRING_OR_REST}|(\()|\)")
_BARE = re.compile(r"[^,;()]*")
_HEADER_BARE = re.compile(r"[^,;()\[\]{}]*")
_ORDERS = re.compile(r"\(([0-9 /]+)\)")
_TEMPLATE_SIGN = re.compile(r"[<*]")
_PIECE = re.compile(r"<([^<>]*)>")
_CLOSING: Final = {"[": "]", "{": "}", "(": ")"}


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
