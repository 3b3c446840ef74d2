"""How a value is spelled in a table cell, and a key in a table header: one rule for all places."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from enum import Enum
from typing import Final, TypeAlias

from headroom_core.compressors._json.value import STRING, Value, dump, dump_each, quote


class Missing(Enum):
    """The value of a key that an object does not have; its cell is empty."""

    MISSING = ""

    __hash__ = object.__hash__  # that of an Enum is slow, and columns are made sets


MISSING: Final = Missing.MISSING
Field: TypeAlias = "Value | Missing"
"""A value, or none."""

_SIGNS: Final = (
    *(",", ";", "(", ")", '"', "=[", "={"),
    *("\n\n", "\n ", "\n[", "\n{", "\n@", " \n"),
)
_ODD = re.compile(r'[,;()"\x00-\x1f\ud800-\udfff]')
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_BRACKET = re.compile(r"[\[\]{}]|^~")
_HEADER_SIGN = re.compile(r"[\[\]{}<>*~]|\.\.")

_KEY_SIGN = r"\s\",;:.=()\[\]{}<>?^*\x00-\x1f\ud800-\udfff"
KEY = rf"[^@{_KEY_SIGN}][^{_KEY_SIGN}]*"
"""Pattern of a key that needs no quotes."""

PATH = rf"@?(?:{STRING}|{KEY})(?:\.(?:{STRING}|{KEY}))*"
"""Pattern of keys, from the outer object to the inner, with dots between."""

_BARE_KEY = re.compile(KEY)
_LITERAL = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null")
_LITERAL_LINE = re.compile(rf"\n(?:{_LITERAL.pattern})(?=\n)")


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
        return field if _is_bare(field) and not _LITERAL.fullmatch(field) else quote(field)
    return "null" if field is None else dump(field)


def cells(column: Sequence[Field]) -> Sequence[str]:
    """Return the cells of a column: what `cell` returns for each value, but faster."""
    kinds = set(map(type, column))
    if kinds == {bytes}:
        return b"\n".join(column).decode("ascii").split("\n")  # type: ignore[arg-type]
    if list in kinds or dict in kinds:
        nested = iter(dump_each([field for field in column if isinstance(field, list | dict)]))
        return [next(nested) if isinstance(field, list | dict) else cell(field) for field in column]
    distinct = list(dict.fromkeys(column))
    return spread(column, distinct, distinct_cells(distinct))


def distinct_cells(distinct: Sequence[Field]) -> Sequence[str]:
    """Return the cells of scalars that all differ."""
    if set(map(type, distinct)) == {bytes}:
        return b"\n".join(distinct).decode("ascii").split("\n")  # type: ignore[arg-type]
    texts = [field for field in distinct if isinstance(field, str)]
    spelled: dict[Field, str] = {
        field: field.decode("ascii") if isinstance(field, bytes) else cell(field)
        for field in distinct
        if not isinstance(field, str)
    }
    spelled.update((text, quote(text)) for text in _not_bare(texts))
    if is_ambiguous(texts):
        spelled.update((text, quote(text)) for text in texts if _LITERAL.fullmatch(text))
    return list(map(spelled.get, distinct, distinct)) if spelled else texts  # type: ignore[arg-type]


def spread(
    column: Sequence[Field], distinct: Collection[Field], spelled: Sequence[str]
) -> Sequence[str]:
    """Return for each value of a column what is `spelled` for it.

    Args:
        column: The values.
        distinct: The values that occur, in the order in which they do.
        spelled: A text for each of those.
    """
    if len(distinct) == len(column):
        return spelled
    return list(map(dict(zip(distinct, spelled, strict=True)).__getitem__, column))


def text_cells(column: Sequence[str | Missing]) -> list[str]:
    """Return the cells of a column that the header calls text: "1" and "null" stand bare too."""
    texts = [text for text in column if text is not MISSING]
    spelled: dict[str | Missing, str] = {text: quote(text) for text in _not_bare(texts)}
    if not spelled and len(texts) == len(column):
        return texts
    spelled[MISSING] = ""
    return list(map(spelled.get, column, column))  # type: ignore[arg-type]


def value_of(text: str, *, is_text: bool = False) -> str:
    """Return the JSON that a cell which is not empty stands for; the inverse of `cell`.

    Args:
        text: The cell.
        is_text: Whether the header calls its column text.
    """
    if text[0] in '"[{@' or (not is_text and _LITERAL.fullmatch(text)):
        return text
    return quote(text)


def string_of(value: str) -> str:
    """Return what a JSON string says, and any other JSON as it is."""
    return str(json.loads(value)) if value[:1] == '"' else value


def name(key: str) -> str:
    """Return a key as a header spells it.

    >>> name("id"), name("a.b"), name("")
    ('id', '"a.b"', '""')
    """
    return key if key.isidentifier() or _BARE_KEY.fullmatch(key) else quote(key)


def in_header(text: str) -> str:
    """Return a cell in a spelling that is safe in a header too, where more signs have a meaning."""
    if text[:1] in '"[{(' or not _HEADER_SIGN.search(text):
        return text
    return quote(text)


def in_template(text: str) -> str:
    """Return a template (its stars and angle brackets have a meaning) as a header spells it."""
    return text if _is_bare(text) and not _BRACKET.search(text) else "~" + quote(text)


def is_ambiguous(texts: Sequence[str]) -> bool:
    """Return whether some of `texts` look like a number or another literal."""
    # A line may also be part of a text.
    return bool(_LITERAL_LINE.search(_lines(texts))) and any(map(_LITERAL.fullmatch, texts))


def _is_bare(text: str) -> bool:
    """Return whether a string needs no quotes for its signs."""
    if _ODD.search(text) or not text or text[0] in " [{@":
        return False
    return text[-1] != " " and "=[" not in text and "={" not in text


def _not_bare(texts: Sequence[str]) -> list[str]:
    """Return which of `texts` need quotes for their signs."""
    return [] if _are_bare(texts) else [text for text in texts if not _is_bare(text)]


def _are_bare(texts: Sequence[str]) -> bool:
    """Return whether none of `texts` needs quotes for its signs: many substrings, sought in C."""
    lines = _lines(texts)
    if lines.count("\n") != len(texts) + 1:
        return False
    if not lines.isprintable() and _CONTROL.search(lines):
        return False
    return not any(sign in lines for sign in _SIGNS)


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(("", *texts, ""))
