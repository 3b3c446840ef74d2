"""JSON in and out without touching what it says: numbers keep their spelling, keys their order."""

from __future__ import annotations

import json
import re
from _json import make_encoder
from collections.abc import Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import NoReturn, TypeAlias, cast

Value: TypeAlias = "str | bytes | bool | list[Value] | dict[str, Value] | None"
"""A JSON value. A number is the bytes it was spelled with, so it never equals a string."""

STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
"""Pattern of a JSON string."""

STRING_OR_REST = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
"""Pattern of a JSON string, or of what is left where one is never closed: in a text of open quotes
each would be looked at to the end of the text otherwise."""

_MAX_DIGITS = 300
_SEPARATOR = ',"\\u0000",'
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKED = re.compile(r'"\\u0000(-?[0-9][0-9.eE+-]*)"')


def parse(text: str) -> Value:
    """Return the value of a JSON text.

    Raises:
        ValueError: If it is not JSON, or is JSON that could not be written back the same: keys
            that occur twice, NaN, raw surrogates, strings that open with NUL, nesting too deep.
    """
    if '"\\u0000' in text or has_surrogates(text):
        raise ValueError("would not survive being written again")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=str.encode,
            parse_float=str.encode,
            parse_constant=_refuse,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return cast("Value", value)


def dump(value: Value) -> str:
    """Return `value` as JSON on one line, without a space to spare.

    Raises:
        RecursionError: If it is nested too deeply.
    """
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bytes):
        return value.decode("ascii")
    text = "".join(_encode(value, 0))
    if "\\u0000" in text:
        text = _MARKED.sub(r"\1", text)
    return _SURROGATE.sub(_escape, text) if has_surrogates(text) else text


def dump_each(values: Sequence[Value]) -> list[str]:
    """Return each of `values` as JSON: what `dump` returns, but faster for many."""
    # One call for all of them: no string of a value that was parsed is a NUL.
    parts = [part for value in values for part in (value, "\0")]
    return dump(parts[:-1])[1:-1].split(_SEPARATOR) if values else []


def quote(text: str) -> str:
    """Return a string as JSON; halves of surrogate pairs as escapes."""
    quoted = encode_basestring(text)
    return _SURROGATE.sub(_escape, quoted) if has_surrogates(quoted) else quoted


def has_surrogates(text: str) -> bool:
    """Return whether `text` holds half of a surrogate pair: it cannot be sent as UTF-8."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice in one object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


@lru_cache(1024)
def _spell(number: bytes) -> int | float | str:
    """Return what the encoder spells like `number`, or a marked text if nothing does."""
    if len(number) < _MAX_DIGITS:
        if number.isdigit() or (number[1:].isdigit() and number != b"-0"):
            return int(number)
        if repr(value := float(number)).encode() == number:
            return value
    return "\0" + number.decode("ascii")


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


# What json.JSONEncoder makes anew for every value, which takes longer than most values.
_encode = make_encoder(None, _spell, encode_basestring, None, ":", ",", False, False, True)
