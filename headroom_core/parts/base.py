"""What a search in an original returns, and which of its parts have most to do with a query."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.relevance import score_units

MAX_UNITS: Final = 60
"""How many parts a search gives back."""

MAX_CHARS: Final = 12_000
"""About how many characters a search gives back."""

_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an original.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        label: What it is, such as "items[16], row 17 of 400"; "" for lines.
    """

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found in an original.

    Attributes:
        places: The parts, in order.
        note: What is there instead if there are none; else how much more there is.
    """

    places: Sequence[Place]
    note: str = ""


def best_first(units: Sequence[str], query: str) -> list[int]:
    """Return the indexes of the units that contain `query`; if none does, of those about it.

    The text of `query` counts as its JSON spelling does. About it is what scores half of the best.
    """
    wanted = {
        text.lower()
        for text in (query, json.dumps(query)[1:-1], json.dumps(query, ensure_ascii=False)[1:-1])
    }
    lowered = [unit.lower() for unit in units]
    hits = {index for text in wanted for index, unit in enumerate(lowered) if text in unit}
    if hits:
        return sorted(hits)
    scores = score_units(units, query)
    enough = max(scores, default=0.0) * _ENOUGH
    about = [index for index, score in enumerate(scores) if score and score >= enough]
    return sorted(about, key=lambda index: -scores[index])


def within_limit(best: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """Return the best units that fit together, in order of place; the first one always fits."""
    chosen: list[int] = []
    used = 0
    for index in best[:MAX_UNITS]:
        used += sizes[index]
        if chosen and used > MAX_CHARS:
            break
        chosen.append(index)
    return sorted(chosen)
