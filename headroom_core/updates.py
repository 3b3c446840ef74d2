"""Spells a JSON object that stands above in an earlier state as what is new in it."""

from __future__ import annotations

import json
import re
from typing import Final

from headroom_core.repeats import NAME
from headroom_core.store.base import Rendering

_SPACE = re.compile(r"[ \t\r\n]*+")
_FIRST = re.compile(
    r'\s{0,9}+\{\s{0,40}+("[^"\\\n]{1,60}+")\s{0,9}+:\s{0,9}+("[^"\\\n]{1,100}+"|\d{1,30}+)[\s,]'
)
_BLANKS = re.compile(r'("(?:[^"\\]|\\.)*+")|[ \t\r\n]++')
_DECODER: Final = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)
_LEAST: Final = 2


def identity(text: str) -> str:
    """Return the first member of the object that a text is, "" if it is none.

    >>> identity('{"id": "A7", "paid": true}')
    '"id": "A7"'
    """
    match = _FIRST.match(text)
    return f"{match[1]}: {match[2]}" if match else ""


def updated(text: str, above: str) -> Rendering | None:
    """Return `text` as the members that `above` has not, None if these are most or it cannot be.

    >>> old = '{"id": "A7", "items": [1, 2, 3], "city": "Rome", "paid": false}'
    >>> print(updated(old.replace("false", "true"), old).text)
    {"id":"A7","paid":true}
    [2 other keys as in the last whole result above that begins: {"id": "A7",]
    """
    new, old = _members(text), _members(above)
    if not new or not old or list(new) != list(old):
        return None
    first = next(iter(new))
    same = {key for key in new if new[key] == old[key] and key != first}
    if len(same) < _LEAST:
        return None
    shown = ",".join(f"{key}:{value}" for key, value in new.items() if key not in same)
    place = f"the last whole result above that begins: {{{identity(text)},"
    return Rendering(
        f"{{{shown}}}\n[{len(same)} other keys as in {place}]",
        f"{len(same)} of {len(new)} keys",
        NAME,
    )


def _members(text: str) -> dict[str, str]:
    """Return the members of an object as they are spelled but for blanks, {} if it is none."""
    members: dict[str, str] = {}
    position = text.find("{") + 1
    try:
        while text[position - 1] != "}":
            start = _skip(text, position)
            end = _DECODER.raw_decode(text, start)[1]
            key, colon = text[start:end], _skip(text, end)
            start = _skip(text, colon + 1)
            end = _DECODER.raw_decode(text, start)[1]
            if key in members or key[:1] != '"' or text[colon] != ":":
                return {}
            members[key] = _BLANKS.sub(r"\1", text[start:end])
            position = _skip(text, end) + 1
            if text[position - 1] not in ",}":
                return {}
    except (ValueError, IndexError, RecursionError):
        return {}
    return members if not text[position:].strip() else {}


def _skip(text: str, position: int) -> int:
    """Return where the blanks end that begin at `position`."""
    match = _SPACE.match(text, position)
    return match.end() if match else position
