"""A slow and obvious way to say whether two texts say the same."""

from __future__ import annotations

import json
import re

_PIECE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"]|\s+|"', re.DOTALL)


def same_text(one, other):
    """Return whether both texts are the same, but for the white space inside JSON values.

    A JSON value is one that starts a line. Numbers are compared as they are spelled, objects with
    the order and repetition of their keys. JSON that is cut off is compared piece by piece.
    """
    if one == other or _parts(one) == _parts(other):
        return True
    return _is_cut_off(other) and squeezed(one) == squeezed(other)


def squeezed(text):
    """Return the pieces of a text, blanks between strings left out, strings spelled in one way."""
    return [_spelled(piece) for piece in _PIECE.findall(text) if not piece.isspace()]


def _spelled(piece):
    try:
        return json.dumps(json.loads(piece))
    except ValueError:
        return piece


def _is_cut_off(text):
    try:
        json.JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return text.lstrip()[:1] in ("[", "{")
    return False


def _parts(text):
    """Return the text between JSON values, and the tokens of each value, in order."""
    decoder = json.JSONDecoder(
        parse_int=lambda digits: ("number", digits),
        parse_float=lambda digits: ("number", digits),
        parse_constant=lambda name: ("constant", name),
        object_pairs_hook=lambda pairs: ("object", pairs),
    )
    parts, position = [], 0
    for start in re.finditer(r"^[ \t]*(?=[\[{])", text, re.MULTILINE):
        if start.end() < position:
            continue
        try:
            value, end = decoder.raw_decode(text, start.end())
        except (ValueError, RecursionError):
            continue
        parts += [text[position : start.start()].strip(), value]
        position = end
    return [*parts, text[position:].strip()]
