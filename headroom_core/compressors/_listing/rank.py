"""Which entries of a listing say most: those asked for, then shallow and unusual ones."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from headroom_core.compressors._listing.entries import At, Entries
from headroom_core.relevance import score_units

_TELLING: Final = re.compile(
    r"\n(?:re(?:adme|quirements)|licen[cs]e|c(?:opying|hangelog|ontributing|makelists|argo\.toml"
    r"|onfig\b)|ma(?:kefile|in\.)|docker(?:file|-compose)|p(?:ackage\.json|yproject|om\.xml)"
    r"|set(?:up\.|tings\b)|g(?:o\.mod|emfile)|build\.|index\.|__main__|\.env|justfile)"
)
_TELLING_BONUS: Final = 1.2
_LARGEST: Final = 5
_LARGEST_BONUS: Final = 1.5
_RARITY_WEIGHT: Final = 0.4
_DEPTH_WEIGHT: Final = 0.35
_MANY: Final = 1_000
_AGAIN: Final = [0.5 * math.log1p(number) for number in range(_MANY)]
_MOST: Final = _AGAIN[-1]
_ASKED_SHARE: Final = 0.55


def extensions(names: Sequence[str]) -> list[str]:
    """Return the last extension of each name with its dot, "" if it has none."""
    starts = [name.rfind(".") for name in names]
    return [
        name[start:] if start > 0 and name[start + 1 : start + 2].isalpha() else ""
        for name, start in zip(names, starts, strict=True)
    ]


def rank(entries: Entries, kinds: Sequence[str], query: str) -> tuple[list[int], list[int]]:
    """Return the indexes of the entries that the question names, and of the others, best first.

    Args:
        entries: All entries.
        kinds: The extension of each.
        query: The question.
    """
    names = zip(entries.folders, entries.names, strict=True)
    asked = score_units([folder[1] + name for folder, name in names], query)
    least = _ASKED_SHARE * max(asked, default=0.0)
    worth = _worth(entries, kinds)
    if not least:
        return [], sorted(range(len(worth)), key=worth.__getitem__)
    total = [low - score for low, score in zip(worth, asked, strict=True)]
    strong = [index for index, score in enumerate(asked) if score >= least]
    weak = [index for index, score in enumerate(asked) if score < least]
    strong.sort(key=asked.__getitem__, reverse=True)
    weak.sort(key=total.__getitem__)
    return strong, weak


def _worth(entries: Entries, kinds: Sequence[str]) -> list[float]:
    """Return how usual each entry is: the less, the more it says.

    Another one of its kind in its folder is more so.
    """
    rarity = _rarity(kinds)
    worth: list[float] = []
    again: dict[At, dict[str, int]] = {}
    for at, start, end in entries.runs:
        depth = _DEPTH_WEIGHT * at[1].count("/")
        seen = again.setdefault(at, {})
        for kind in kinds[start:end]:
            before = seen.get(kind, 0)
            seen[kind] = before + 1
            worth.append(depth + (_AGAIN[before] if before < _MANY else _MOST) - rarity[kind])
    if entries.values:
        unusual = _rarity(entries.values)
        worth = [low - unusual[value] for low, value in zip(worth, entries.values, strict=True)]
    for index in _telling(entries.names):
        worth[index] -= _TELLING_BONUS
    sizes = entries.sizes
    usual = sorted(sizes, reverse=True)[_LARGEST] if len(sizes) > _LARGEST else 0
    for index in [index for index, size in enumerate(sizes) if size > usual]:
        worth[index] -= _LARGEST_BONUS
    return worth


def _telling(names: Sequence[str]) -> list[int]:
    """Return the indexes of names that tell what a folder is about."""
    text = "\n".join(["", *names]).lower()
    starts = list(accumulate([len(name) + 1 for name in text.split("\n")]))
    return [bisect_right(starts, match.start()) for match in _TELLING.finditer(text)]


def _rarity(values: Sequence[str]) -> dict[str, float]:
    return {
        value: _RARITY_WEIGHT * math.log(len(values) / often)
        for value, often in Counter(values).items()
    }
