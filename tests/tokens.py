"""A slow and obvious way to say whether two texts are the same JSON."""

from __future__ import annotations

import json


def same_json(one, other):
    """Return whether both texts are JSON with the same tokens in the same order.

    Numbers are compared as they are spelled, objects with the order and repetition of their keys.
    """
    try:
        return _tokens(one) == _tokens(other)
    except ValueError:
        return False


def _tokens(text):
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        return [_parse(text)]
    except ValueError:
        return [_parse(line) for line in lines]


def _parse(text):
    return json.loads(
        text,
        parse_int=lambda digits: ("number", digits),
        parse_float=lambda digits: ("number", digits),
        parse_constant=lambda name: ("constant", name),
        object_pairs_hook=lambda pairs: ("object", pairs),
    )
