"""JSON as a tree that loses nothing: spelling of numbers, order and repetition of keys."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TypeAlias


class Number(NamedTuple):
    """A number as it is spelled."""

    spelling: str


class Pairs(NamedTuple):
    """An object: its keys and values in order."""

    items: tuple[tuple[str, Any], ...]


Tree: TypeAlias = Any


def same(one: Tree, other: Tree) -> bool:
    """Return whether two trees say the same: types, spelling of numbers, order of keys."""
    if type(one) is not type(other) or not isinstance(one, list | Pairs):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return len(one.items) == len(other.items) and all(
        key == k and same(value, v)
        for (key, value), (k, v) in zip(one.items, other.items, strict=True)
    )


def read(text: str) -> Tree:
    """Return the tree of a JSON text."""
    return json.loads(
        text,
        parse_int=Number,
        parse_float=Number,
        parse_constant=Number,
        object_pairs_hook=lambda pairs: Pairs(tuple(pairs)),
    )


def write(tree: Tree, *, comma: str = ",", colon: str = ":", ascii_only: bool = True) -> str:
    """Return the JSON text of a tree. Halves of surrogate pairs are always escaped."""

    def text(value: Tree) -> str:
        if isinstance(value, Number):
            return value.spelling
        if isinstance(value, Pairs):
            inner = (f"{text(key)}{colon}{text(v)}" for key, v in value.items)
            return f"{{{comma.join(inner)}}}"
        if isinstance(value, list):
            return f"[{comma.join(map(text, value))}]"
        quoted = json.dumps(value, ensure_ascii=ascii_only)
        return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in quoted)

    return text(tree)
