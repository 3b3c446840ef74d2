"""Finds how much a budget has room for, with a few counts instead of one per line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headroom_core.types import Budget, Compressed

_SAMPLE: Final = 20_000
_TRIES: Final = 6
_FULL: Final = 0.92
_AIM: Final = 0.97
_GROWTH: Final = 1.5


def fit(
    sample: str, budget: Budget, render: Callable[[float], Compressed | None]
) -> Compressed | None:
    """Return the fullest rendering seen that is within `budget`; None if none is.

    Args:
        sample: Text like that in the rendering: how many characters make a token.
        budget: What may be used. Without a limit there is nothing to fit.
        render: Makes a rendering of about so many characters; None if that is too few.
    """
    if budget.tokens is None:
        return None
    sample = sample[:_SAMPLE]
    room = budget.tokens * len(sample) / max(1, budget.count(sample))
    best: Compressed | None = None
    most = 0
    for _ in range(_TRIES):
        rendered = render(room)
        if rendered is None:
            break
        used = budget.count(rendered.text)
        if most < used <= budget.tokens:
            best, most = rendered, used
        if most > _FULL * budget.tokens or (
            best and used == most and room > len(rendered.text) * 2
        ):
            break
        room *= min(_GROWTH, _AIM * budget.tokens / max(1, used))
    return best
