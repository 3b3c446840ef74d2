"""Finds the cut of a document that uses a budget best, and says what was cut."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from headroom_core.compressors._json_align import aligned
from headroom_core.compressors._json_prune import Pruner
from headroom_core.compressors._json_table import Table
from headroom_core.compressors._json_value import Value
from headroom_core.types import Budget, Compressed

_TRIES: Final = 5
_FULL: Final = 0.8


def fit(
    value: Value,
    tables: Mapping[int, Table],
    query: str,
    budget: Budget,
    lossless: str,
    render: Callable[[Value], str],
) -> Compressed | None:
    """Return what fits in the budget and uses most of it, or None if nothing sensible does.

    Args:
        value: The document.
        tables: The tables already made of its lists and objects, by their id.
        query: The question.
        budget: What fits, and what must survive.
        lossless: The whole document as it is rendered.
        render: Renders a document, whole or cut.
    """
    limit = budget.tokens
    if limit is None or (size := budget.count(lossless)) <= limit:
        return Compressed(lossless)
    pruner = Pruner(value, tables, query, budget.keep)
    room = len(lossless) * limit / size
    low, high, best = 0.0, math.inf, None
    before = None
    for _ in range(_TRIES):
        pruned, cut = pruner.prune(room)
        if best and pruned == before:
            break  # what is left adds nothing
        before, text, used = pruned, "", size
        if omitted := str(cut):
            text = "\n".join([*cut.lines(), render(aligned([pruned])[0])])
            used = budget.count(text)
        if used > limit:
            high = min(high, room)
        else:
            low, best = room, Compressed(text, omitted)
            if used > _FULL * limit:
                break
        guess = room * limit / used * (0.97 if best else 0.8)
        room = guess if low < guess < high else (low + min(high, 2 * room)) / 2
    return best
