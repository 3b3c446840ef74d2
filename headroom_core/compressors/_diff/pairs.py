"""Writes a removed line and the added one that took its place as one, with both in what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise, takewhile
from operator import eq
from typing import Final

CHANGED: Final = "*"
_OPEN: Final = "«"
_ARROW: Final = "→"
_CLOSE: Final = "»"
_OTHERS: Final = f"[^{_OPEN}{_ARROW}{_CLOSE}]*"
_GROUP = re.compile(f"{_OPEN}({_OTHERS}){_ARROW}({_OTHERS}){_CLOSE}")
_SIGNS = re.compile(f"[{_OPEN}{_ARROW}{_CLOSE}]")
_WORD = re.compile(r"[vV]?\d[\w.]*\w|\w+")
_PIECE = re.compile(r"[vV]?\d[\w.]*\w|\w+|\s+|[^\w\s]")
_VALUE = re.compile(r"(?<![\w.+/=-])(?:[^\W\d]|[.+/=-])*+\d[\w.+/=-]*+")
_DIGIT = re.compile(r"\d")
_LONGEST: Final = 2_000
_MOST_PIECES: Final = 16
_AHEAD: Final = 12
_BRIDGE: Final = 1
_GROUP_COST: Final = 10
_LEAST_SAVED: Final = 2


class Replaced:
    """The words that were put in the place of others so far, in a patch read from its start."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def mark(self, removed: str, added: str) -> str | None:
        """Return one line for two, without their signs; None if that is not shorter.

        >>> words = Replaced()
        >>> words.mark("size = limit(first, 4.1)", "size = limit(first, 4.2)")
        'size = limit(first, «4.1→4.2»)'
        >>> words.mark("    rest: 4.1", "    rest: 4.2")
        '    rest: 4.2'
        >>> words.mark("one", "two")
        """
        if len(removed) > _LONGEST or len(added) > _LONGEST:
            return None
        pieces = _PIECE.findall(added)
        if not self._before.keys().isdisjoint(pieces) and removed != added:
            get = self._before.get
            if "".join([get(piece, piece) for piece in pieces]) == removed:
                return None if _SIGNS.search(added) else added
        if len(removed) < _GROUP_COST:
            return None
        runs = _runs(_PIECE.findall(removed), pieces)
        gone = [old for old, new in runs if old != new]
        cost = sum(map(len, gone)) + _GROUP_COST * len(gone)
        if len(removed) - cost < _LEAST_SAVED or _SIGNS.search(removed) or _SIGNS.search(added):
            return None
        for old, new in runs:
            self._learn(old, new)
        return "".join([new if old == new else f"{_OPEN}{old}{_ARROW}{new}{_CLOSE}"
                        for old, new in runs])  # fmt: skip

    def unmark(self, line: str) -> tuple[str, str]:
        """Return the removed line and the added one for which `line` stands."""
        if _OPEN not in line:
            return self.before(line), line
        for match in _GROUP.finditer(line):
            self._learn(match[1], match[2])
        return _GROUP.sub(r"\1", line), _GROUP.sub(r"\2", line)

    def before(self, added: str) -> str:
        """Return `added` with the words in it that replaced others replaced by those."""
        return _WORD.sub(lambda match: self._before.get(match[0], match[0]), added)

    def _learn(self, old: str, new: str) -> None:
        if old != new and _WORD.fullmatch(old) and _WORD.fullmatch(new):
            self._before[new] = old


def align(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which removed lines may have become which added ones, in order."""
    if len(removed) == len(added):
        yield from enumerate(range(len(added)))
        return
    at = to = 0
    for one, other in [*_anchors(removed, added), (len(removed), len(added))]:
        if one - at == other - to:
            yield from zip(range(at, one), range(to, other), strict=True)
        if one < len(removed):
            yield one, other
        at, to = one + 1, other + 1


def _anchors(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the lines that are the same but for numbers, versions and hashes."""
    shapes = [*map(_shape, added)]
    to = 0
    for at, shape in enumerate(map(_shape, removed)):
        if shape in shapes[to : to + _AHEAD]:
            to = shapes.index(shape, to)
            yield at, to
            to += 1


def _shape(line: str) -> str:
    return _VALUE.sub("0", line) if _DIGIT.search(line) else line


def _runs(removed: list[str], added: list[str]) -> list[tuple[str, str]]:
    """Return both lines in pieces: pairs that are equal or differ, taking turns."""
    start = _same(removed, added)
    end = _same(removed[start:][::-1], added[start:][::-1])
    old, new = removed[start : len(removed) - end], added[start : len(added) - end]
    runs = [("".join(removed[:start]),) * 2]
    for tag, *(first, last, to, end_of_new) in _steps(old, new):
        before, after = "".join(old[first:last]), "".join(new[to:end_of_new])
        if tag == "equal" and last - first > _BRIDGE:
            runs.append((before, after))
        elif runs and runs[-1][0] != runs[-1][1]:
            runs[-1] = (runs[-1][0] + before, runs[-1][1] + after)
        else:
            runs.append((before, after))
    runs.append(("".join(removed[len(removed) - end :]),) * 2)
    return runs


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(takewhile(bool, map(eq, one, other)))


def _steps(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) != len(new):
        if max(len(old), len(new)) > _MOST_PIECES or _are_strangers(old, new):
            return [("replace", 0, len(old), 0, len(new))]
        return SequenceMatcher(None, old, new, False).get_opcodes()
    steps = []
    at = 0
    for equal, run in groupby(map(eq, old, new)):
        end = at + len(list(run))
        steps.append(("equal" if equal else "replace", at, end, at, end))
        at = end
    return steps


def _are_strangers(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether no two pieces that follow each other do so in both lists."""
    return {*pairwise(old)}.isdisjoint(pairwise(new))
