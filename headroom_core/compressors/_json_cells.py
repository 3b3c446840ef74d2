"""How a value is spelled in a table cell, and a key in a table header: one rule for all places."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import Enum
from typing import Final, TypeAlias

from headroom_core.compressors._json_value import STRING, Value, dump


class Missing(Enum):
    """The value of a key that an object does not have; its cell is empty."""

    MISSING = ""


MISSING: Final = Missing.MISSING
Field: TypeAlias = "Value | Missing"
"""A value, or none."""

_LITERAL = r"true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_ODD = r'[,;()"\x00-\x09\x0b-\x1f\ud800-\udfff]|=[\[{]|^[ \[{@]|^$| $'
_NEEDS_QUOTES = re.compile(rf"(?m){_ODD}|^(?:{_LITERAL})$")
_NEEDS_QUOTES_AS_TEXT = re.compile(rf"(?m){_ODD}")
_HAS_LITERAL = re.compile(rf"(?m)^(?:{_LITERAL})$")
_BRACKET = re.compile(r"[\[\]{}]|^~")
_HEADER_SIGN = re.compile(r"[\[\]{}<>*~]|\.\.")

_KEY_SIGN = r"\s\",;:.=()\[\]{}<>?^*\x00-\x1f\ud800-\udfff"
KEY = rf"[^@{_KEY_SIGN}][^{_KEY_SIGN}]*"
"""Pattern of a key that needs no quotes."""

PATH = rf"@?(?:{STRING}|{KEY})(?:\.(?:{STRING}|{KEY}))*"
"""Pattern of keys, from the outer object to the inner, with dots between."""

_BARE_KEY = re.compile(KEY)
_IS_LITERAL = re.compile(_LITERAL)


def cell(field: Field) -> str:
    """Return the cell of one value.

    A string stands bare where it cannot be mistaken for anything else; all other values are
    JSON; a value that is not there is an empty cell.

    >>> [cell(v) for v in ("a b", "1.0", b"1.0", None, "", MISSING, "a,b", ["x"])]
    ['a b', '"1.0"', '1.0', 'null', '""', '', '"a,b"', '["x"]']
    """
    if field is MISSING:
        return ""
    if isinstance(field, str):
        return dump(field) if "\n" in field or _NEEDS_QUOTES.search(field) else field
    return dump(field)


def cells(column: Sequence[Field]) -> list[str]:
    """Return the cells of a column: what `cell` returns for each value, but faster."""
    kinds = set(map(type, column))
    if kinds == {bytes}:
        return b"\n".join(column).decode("ascii").split("\n")  # type: ignore[arg-type]
    if kinds == {str}:
        joined = "\n".join(column)  # type: ignore[arg-type]
        if joined.count("\n") == len(column) - 1 and not _NEEDS_QUOTES.search(joined):
            return list(column)  # type: ignore[arg-type]
    return [cell(field) for field in column]


def text_cells(column: Sequence[str | Missing]) -> list[str]:
    """Return the cells of a column that the header calls text: "1" and "null" stand bare too."""
    return [
        ""
        if text is MISSING
        else dump(text)
        if "\n" in text or _NEEDS_QUOTES_AS_TEXT.search(text)
        else text
        for text in column
    ]


def value_of(text: str, *, is_text: bool = False) -> str:
    """Return the JSON that a cell which is not empty stands for; the inverse of `cell`.

    Args:
        text: The cell.
        is_text: Whether the header calls its column text.
    """
    if text[0] in '"[{@' or (not is_text and _IS_LITERAL.fullmatch(text)):
        return text
    return dump(text)


def string_of(value: str) -> str:
    """Return what a JSON string says, and any other JSON as it is."""
    return str(json.loads(value)) if value[:1] == '"' else value


def name(key: str) -> str:
    """Return a key as a header spells it.

    >>> name("id"), name("a.b"), name("")
    ('id', '"a.b"', '""')
    """
    return key if _BARE_KEY.fullmatch(key) else dump(key)


def in_header(text: str) -> str:
    """Return a cell in a spelling that is safe in a header too, where more signs have a meaning."""
    if text[:1] in '"[{(' or not _HEADER_SIGN.search(text):
        return text
    return dump(text)


def in_template(text: str) -> str:
    """Return a template (its stars and angle brackets have a meaning) as a header spells it."""
    if _NEEDS_QUOTES_AS_TEXT.search(text) or "\n" in text or _BRACKET.search(text):
        return "~" + dump(text)
    return text


def is_ambiguous(texts: Sequence[str]) -> bool:
    """Return whether some of `texts` look like a number or another literal."""
    return _HAS_LITERAL.search("\n".join(texts)) is not None
