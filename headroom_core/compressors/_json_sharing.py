"""How many characters each part of a document may have."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

_LONG: Final = 120
_LONG_STRING = re.compile(rf'"[^"]{{{_LONG},}}"')


def rooms(texts: Sequence[str], weights: Sequence[float], room: float) -> list[float]:
    """Share `room` among parts: first what each needs with its long strings cut, then the rest."""
    trimmed = [trimmed_length(text) for text in texts]
    weights = [w * math.sqrt(size) for w, size in zip(weights, trimmed, strict=True)]
    first = _share(trimmed, weights, room)
    lacking = [len(text) - space for text, space in zip(texts, first, strict=True)]
    more = _share(lacking, weights, room - sum(first))
    return [a + b for a, b in zip(first, more, strict=True)]


def trimmed_length(text: str) -> int:
    """Return the length of JSON if its long strings were cut."""
    if len(text) <= _LONG:
        return len(text)
    return len(text) - sum(len(found) - _LONG for found in _LONG_STRING.findall(text))


def _share(sizes: Sequence[float], weights: Sequence[float], room: float) -> list[float]:
    """Share `room`: who needs less than a fair part by weight gets it all, the rest share."""
    rooms = [0.0] * len(sizes)
    total = sum(weights)
    for index in sorted(range(len(sizes)), key=lambda i: sizes[i] / weights[i]):
        rooms[index] = min(sizes[index], room * weights[index] / total)
        room -= rooms[index]
        total -= weights[index]
    return rooms
