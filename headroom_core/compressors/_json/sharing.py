"""How many characters each part of a document may have."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from operator import add, mul, sub, truediv
from typing import Final

_LONG: Final = 120
_LONG_STRING = re.compile(rf'"[^"]{{{_LONG},}}"')


def rooms(
    lengths: Sequence[int], trimmed: Sequence[int], weights: Sequence[float], room: float
) -> list[float]:
    """Share `room` among parts: first what each needs with its long strings cut, then the rest."""
    weights = list(map(mul, weights, map(math.sqrt, trimmed)))
    first = _share(trimmed, weights, room)
    more = _share(list(map(sub, lengths, first)), weights, room - sum(first))
    return list(map(add, first, more))


def trimmed_length(text: str) -> int:
    """Return the length of JSON if its long strings were cut."""
    if len(text) <= _LONG:
        return len(text)
    return len(text) - sum(len(found) - _LONG for found in _LONG_STRING.findall(text))


def _share(sizes: Sequence[float], weights: Sequence[float], room: float) -> list[float]:
    """Share `room`: who needs less than a fair part by weight gets it all, the rest share."""
    rooms = [0.0] * len(sizes)
    total = sum(weights)
    keys = list(map(truediv, sizes, weights))
    for index in sorted(range(len(sizes)), key=keys.__getitem__):
        rooms[index] = min(sizes[index], room * weights[index] / total)
        room -= rooms[index]
        total -= weights[index]
    return rooms
