"""Strings that make a regular expression work hard, made from the expression itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as sre, _parser as parser

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_LONG = 16
_ENDS = ("", "\x00", "\n", "!", "a")
_KINDS = {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_NOT_WORD: "-"}
_SIGNS = " \t\n\ra1._-:/\\\"'([{<=,;#@$|+*>)]}~^%&?!é\x00\x1b"
_PAIRS = (
    'a |1 |1.|a:|a/|1:|-1| \n|\n\n |a1|A|a,|""|",|\r\n|/a.b|a=| a:1|1-|a\n|[a|{a|<a |a(|# |- |'
    "2026-01-01 10:00:00 |ab/c.d:1:2: "
).split("|")
_PLAIN = (*_SIGNS, *_PAIRS, "| ", "|a")


def pumps(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """Return (before, again, after): `before`, `again` many times over, then `after`."""
    found = dict.fromkeys(("", unit, "") for unit in _PLAIN)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    found |= dict.fromkeys(wholes(pattern))
    for before, again in _repeats(tree, ""):
        for unit in {again, again[:1], again * 2 + before}:
            found |= dict.fromkeys((before, unit, end) for end in _ENDS if unit)
        found[("", before + again, "")] = None
        found[("", before + again * 40, "")] = None
    return [pump for pump in found if pump[1]]


def wholes(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """Return the pumps that repeat what the pattern matches as a whole, and nearly that.

    Where a repetition has an end, they are in no way slow until they go beyond it.
    """
    whole = _sample(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return [("", each, "") for each in (whole, whole[:-1], whole + "\n") if each]


def _repeats(nodes: Iterable, before: str) -> Iterator[tuple[str, str]]:
    """Yield, for each long repetition, a text that leads to it and one that it takes once."""
    for kind, value in nodes:
        if kind in _REPEATS:
            if value[1] >= _LONG:
                for sample in _samples(value[2]):
                    yield before, sample
            yield from _repeats(value[2], before)
        else:
            for inner in _inside(kind, value):
                yield from _repeats(inner, before)
        before += _sample([(kind, value)])


def _inside(kind: object, value: object) -> list[Iterable]:
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind is sre.BRANCH:
        return list(value[1])
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is sre.ATOMIC_GROUP else []


def _samples(nodes: Iterable) -> list[str]:
    """Return what `nodes` match, once for each choice at their start."""
    first = next(iter(nodes))
    if first[0] is sre.SUBPATTERN and first[1][3] and first[1][3][0][0] is sre.BRANCH:
        return [_sample(branch) for branch in first[1][3][0][1][1]]
    if first[0] is sre.IN:
        return [sample for item in first[1] if (sample := _sample([item]))] or [_sample(nodes)]
    return [_sample(nodes)]


def _sample(nodes: Iterable) -> str:
    """Return a text that `nodes` match, or nearly."""
    return "".join(_one(kind, value) for kind, value in nodes)


def _one(kind: object, value: object) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(value[0])
    if kind in (sre.ANY, sre.NOT_LITERAL):
        return "x"
    if kind is sre.CATEGORY:
        return _KINDS.get(value, "a")
    if kind is sre.IN:
        return "x" if value[0][0] is sre.NEGATE else _one(*value[0])
    if kind in _REPEATS:
        return _sample(value[2]) * max(1, min(value[0], 50))
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return ""
    inside = _inside(kind, value)
    return _sample(inside[0]) if inside else ""
