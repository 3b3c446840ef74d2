"""Finds the cut of a document that uses a budget best, and says what was cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from headroom_core.compressors._json.align import aligned
from headroom_core.compressors._json.cut import Cut
from headroom_core.compressors._json.prune import Pruner
from headroom_core.compressors._json.table import Table
from headroom_core.compressors._json.value import Value
from headroom_core.types import Budget, Compressed

_TRIES: Final = 6
_FULL: Final = 0.75
_WORTHWHILE: Final = 0.7
"""What a cut may take of the whole, if the whole is allowed too: omitting has its price."""
_AIM: Final = 0.92
_STEEP: Final = 1.3
_NOTES: Final = 120


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

    def price(text: str) -> float:
        return budget.count(text) * len(lossless) / size

    pruner = Pruner(value, tables, query, budget.keep, price)

    def cut_to(limit: int, *, only_much: bool) -> tuple[Compressed | None, int]:
        write = _writer(pruner, lossless, render, only_much=only_much)
        return _search(write, budget.count, (len(lossless), size), limit)

    if budget.cut_tokens:
        best, used = cut_to(min(budget.cut_tokens, size - 1), only_much=True)
        if size <= budget.cut_tokens and used > _WORTHWHILE * size:
            return Compressed(lossless)
        if best and used > _FULL * budget.tokens:
            return best
    return cut_to(budget.tokens, only_much=False)[0]


def _writer(
    pruner: Pruner, lossless: str, render: Callable[[Value], str], *, only_much: bool
) -> Callable[[float], tuple[Compressed, bool]]:
    """Return what cuts the document to so many characters, and says if more would show more."""
    seen: list[tuple[Value, Cut, Compressed]] = []

    def write(room: float) -> tuple[Compressed, bool]:
        pruned, cut = pruner.prune(room, only_much=only_much)
        if not (omitted := str(cut)):
            return Compressed(lossless), False
        # Some more room often changes nothing, and to compare is quicker than to render.
        made = next((made for value, same, made in seen if same == cut and value == pruned), None)
        if made is None:
            text = "\n".join([*cut.lines(), render(aligned([pruned])[0])])
            made = Compressed(text, omitted)
            seen.append((pruned, cut, made))
        return made, pruner.wants

    return write


def _search(
    cut_to: Callable[[float], tuple[Compressed, bool]],
    count: Callable[[str], int],
    whole: tuple[int, int],
    limit: int,
) -> tuple[Compressed | None, int]:
    """Return what fits in `limit` and uses most of it, and its tokens.

    Args:
        cut_to: Returns the document in so many characters, and whether more would show more.
        count: Counts tokens.
        whole: Characters and tokens of the whole document as it is rendered.
        limit: Tokens.
    """
    length, size = whole
    room = _AIM * length * limit / size - min(_NOTES, 0.1 * length * limit / size)
    below: tuple[float, int] = (0.0, 0)
    above: tuple[float, int] | None = None
    best = before = None
    for _ in range(_TRIES):
        made, wants = cut_to(room)
        if best and made == before:
            break
        before = made
        used = count(made.text) if made.omitted else size
        if used > limit:
            above = room, used
        else:
            below, best = (room, used), made
            if used > _FULL * limit or not wants:
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
