"""Groups the masked lines of a log that were printed from one template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final

from headroom_core.compressors._log.templates import LETTERED, VALUE

_ASIDE: Final = re.compile(rf"\([^()\n]{{0,40}}{VALUE}[^()\n]{{0,40}}\)")
_UNIT: Final = re.compile(rf"{VALUE} ?(?:[kKMGT]i?B|B|bytes|secs?|seconds|min|minutes|[mu]?s)\b")
_BETWEEN: Final = "=,;()[]{}\"'|"
_HALF: Final = 4
_FILLERS: Final = 5
_FREE_WORDS: Final = 8
_MAX_CHARS: Final = 500
_MAX_KINDS: Final = 5_000


def group(masks: Iterable[str]) -> dict[str, str]:
    r"""Return for each masked line the first one that tells of the same kind of event.

    Lines are alike if they have the same words, whatever values and signs stand between them. A
    word is a value too if five lines or more differ in nothing else.

    >>> found = group(["up \x01", "up, \x01 (\x01 ms)", "down"])
    >>> list(found.values())
    ['up \x01', 'up \x01', 'down']
    """
    order = list(dict.fromkeys(masks))
    plain = "\n".join(order).replace(LETTERED, VALUE)
    plain = _UNIT.sub(VALUE, _ASIDE.sub(VALUE, plain))
    for sign in _BETWEEN:
        plain = plain.replace(sign, " ")
    tells = _Words().__getitem__
    kinds = [" ".join(filter(tells, line.split())) for line in plain.split("\n")]
    leaders = _merge(kinds)
    first: dict[str, str] = {}
    return {
        masked: first.setdefault(leaders.get(kind, kind), masked)
        for masked, kind in zip(order, kinds, strict=True)
    }


class _Words(dict[str, bool]):
    """Whether each word is one: what holds a value, or no letter, is none."""

    def __missing__(self, word: str) -> bool:
        self[word] = found = VALUE not in word and word.lower() != word.upper()
        return found


def _merge(kinds: Iterable[str]) -> dict[str, str]:
    """Return for each kind that differs from others in one word only who stands for them all.

    Those that differ in one of the first words have all that follows in common, and the other way
    round: few kinds have enough others like them to be looked at word by word.
    """
    order = [kind for kind in islice(dict.fromkeys(kinds), _MAX_KINDS) if len(kind) <= _MAX_CHARS]
    long = [kind for kind in order if kind.count(" ") >= _HALF]
    rests = [kind.split(" ", _HALF)[_HALF] for kind in long]
    ends = Counter(rests)
    fronts = Counter(kind[: -len(rest)] for kind, rest in zip(long, rests, strict=True))
    alike: dict[tuple[str, str], list[str]] = {}
    for kind, rest in zip(long, rests, strict=True):
        front = kind[: -len(rest)]
        free = kind.split(" ", _HALF)[:_HALF] if ends[rest] >= _FILLERS else []
        start = 0 if free else len(front)
        if fronts[front] >= _FILLERS:
            free += rest.split(" ", _FREE_WORDS - _HALF)[: _FREE_WORDS - _HALF]
        for word in free:
            end = start + len(word)
            alike.setdefault((kind[:start], kind[end:]), []).append(kind)
            start = end + 1
    leaders: dict[str, str] = {}
    for others in alike.values():
        if len(others) >= _FILLERS:
            chosen = _leader(leaders, others[0])
            for kind in others:
                leaders[_leader(leaders, kind)] = chosen
    return {kind: _leader(leaders, kind) for kind in leaders}


def _leader(leaders: dict[str, str], kind: str) -> str:
    """Return who stands for `kind`, and make the way there short."""
    found = kind
    while leaders.get(found, found) != found:
        found = leaders[found]
    if kind in leaders:
        leaders[kind] = found
    return found
