"""A slow and obvious way to say whether two texts say the same."""

from __future__ import annotations

import json
import re


def same_text(one, other):
    """Return whether both texts are the same, but for the white space inside JSON values.

    A JSON value is one that starts a line. Numbers are compared as they are spelled, objects with
    the order and repetition of their keys.
    """
    return one == other or _parts(one) == _parts(other)


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
