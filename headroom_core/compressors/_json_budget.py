"""Finds the cut of a document that uses a budget best, and says what was cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from headroom_core.compressors._json_align import aligned
from headroom_core.compressors._json_cut import Cut
from headroom_core.compressors._json_prune import Pruner
from headroom_core.compressors._json_table import Table
from headroom_core.compressors._json_value import Value
from headroom_core.types import Budget, Compressed

_TRIES: Final = 6
_FULL: Final = 0.75
_AIM: Final = 0.92
_STEEP: Final = 1.3


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
    if budget.tokens is None or (size := budget.count(lossless)) <= budget.tokens:
        return Compressed(lossless)
    pruner = Pruner(value, tables, query, budget.keep)

    def cut_to(limit: int, *, only_much: bool) -> tuple[Compressed | None, int]:
        def write(room: float) -> tuple[Value, Cut]:
            return pruner.prune(room, only_much=only_much)

        return _search(write, render, budget.count, (len(lossless), size), limit)

    if budget.cut_tokens:
        best, used = cut_to(min(budget.cut_tokens, size - 1), only_much=True)
        if best and used > _FULL * budget.tokens:
            return best
    return cut_to(budget.tokens, only_much=False)[0]


def _search(
    prune: Callable[[float], tuple[Value, Cut]],
    render: Callable[[Value], str],
    count: Callable[[str], int],
    whole: tuple[int, int],
    limit: int,
) -> tuple[Compressed | None, int]:
    """Return what fits in `limit` and uses most of it, and its tokens.

    Args:
        prune: Returns the document in so many characters, and what that left out.
        render: Renders a document.
        count: Counts tokens.
        whole: Characters and tokens of the whole document as it is rendered.
        limit: Tokens.
    """
    length, size = whole
    room = _AIM * length * limit / size
    below: tuple[float, int] = (0.0, 0)
    above: tuple[float, int] | None = None
    best = before = None
    for _ in range(_TRIES):
        pruned, cut = prune(room)
        if best and pruned == before:
            break  # what is left adds nothing
        before, text, used = pruned, "", size
        if omitted := str(cut):
            text = "\n".join([*cut.lines(), render(aligned([pruned])[0])])
            used = count(text)
        if used > limit:
            above = room, used
        else:
            below, best = (room, used), Compressed(text, omitted)
            if used > _FULL * limit:
                break
        room = _guess(limit, below, above)
    return best, below[1]


def _guess(limit: int, below: tuple[float, int], above: tuple[float, int] | None) -> float:
    """Return the room that probably takes nearly `limit` tokens.

    Args:
        limit: The tokens there are.
        below: The most room that was not too much, and the tokens it took.
        above: The least room that was too much, and the tokens it took.
    """
    if above is None:
        return below[0] * min(_AIM * limit / max(1, below[1]), 2.0)
    if not below[0]:
        return float(above[0] * min((_AIM * limit / above[1]) ** _STEEP, _AIM))
    part = (_AIM * limit - below[1]) / max(1, above[1] - below[1])
    return below[0] + (above[0] - below[0]) * min(max(part, 0.1), 0.9)
