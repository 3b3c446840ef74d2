"""Picks the lines of a log that tell most within a budget, and shows them with honest gaps."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from headroom_core.compressors._log_score import HARD, score_lines
from headroom_core.compressors._log_templates import MARKS, VALUE, mask, mine
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

_HEAD: Final = 3
_TAIL: Final = 12
_TAIL_SHARE: Final = 0.2
_ASKED_SHARE: Final = 0.6
_MAX_LINE: Final = 2000
_CUT_HEAD: Final = 400
_CUT_TAIL: Final = 200
_GAP_TOKENS: Final = 4.0
_WORTH: Final = 0.9
_TRIES: Final = 5
_SURPLUS: Final = 3.0
_THRIFT: Final = 0.5
_VARIANT: Final = re.compile(rf"(?:\b[a-f]{{1,8}}|-){VALUE}")
_PLAIN: Final = str.maketrans(dict.fromkeys(MARKS, " "))


def select(text: str, budget: Budget, query: str, spell: Callable[[str], str]) -> Compressed:
    """Return the lines that tell most, in order, within `budget`, which must have a limit.

    The first and last lines, what failed and what stands around it, what is rare, an example of
    every template, and what the question names. Lines that the budget's pattern is found in are
    all shown, whatever they cost.

    Args:
        text: The log.
        budget: What the rendering may use.
        query: The question.
        spell: Writes the lines that were picked in fewer tokens, omitting nothing.
    """
    limit = budget.tokens or 0
    log = _survey(text, budget.keep, query)
    rate = budget.count(text) / max(1, len(text))
    costs = [min(len(line), _CUT_HEAD + _CUT_TAIL) * rate + 1 + _GAP_TOKENS for line in log.lines]
    order = _order(log, costs, limit)
    reached = list(accumulate(costs[index] for index in order))
    total = len(log.lines) - (not log.lines[-1])
    best = _show(log, set(log.kept), total)
    room = float(limit)
    for _ in range(_TRIES):
        count = bisect_right(reached, room)
        picked, whole = _show(log, {*log.kept, *order[:count]}, total)
        spelled = spell(picked)
        used = budget.count(spelled)
        if used <= limit and whole >= best[1]:
            best = (spelled, whole)
        if used <= limit and (count == len(order) or used > 0.93 * limit):
            break
        room *= 0.98 * limit / used
    rendered, whole = best
    return Compressed(rendered, f"{total - whole:,} of {total:,} lines" if whole < total else "")


@dataclass(frozen=True, slots=True)
class _Survey:
    """What is known of a log before anything is chosen.

    Attributes:
        lines: Its lines.
        masks: The lines with their values taken out.
        counts: How often each mask occurs.
        owners: The template of each line, by number; -1 for a line like no other.
        scores: How much each line tells.
        asked: How much each line has to do with the question, 0 to 1.
        kept: Indexes of the lines that must stay.
    """

    lines: list[str]
    masks: list[str]
    counts: Counter[str]
    owners: list[int]
    scores: list[float]
    asked: list[float]
    kept: frozenset[int]


def _survey(text: str, keep: re.Pattern[str] | None, query: str) -> _Survey:
    lines = text.split("\n")
    masks = mask(text.translate(_PLAIN).split("\n") if _has_marks(text) else lines).masks
    owners = [-1] * len(lines)
    sizes = [1]
    for number, template in enumerate(mine(masks, bytearray(len(lines)))):
        sizes.insert(number, len(template.lines))
        for index in template.lines:
            owners[index] = number
    kinds = {masked: _VARIANT.sub(VALUE, masked) for masked in set(masks)}
    masks = [kinds[masked] for masked in masks]
    counts = Counter(masks)
    scores = score_lines(lines, masks, [sizes[owner] for owner in owners], counts)
    kept = [i for i, line in enumerate(lines) if keep.search(line)] if keep else []
    return _Survey(lines, masks, counts, owners, scores, _asked(lines, query), frozenset(kept))


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in MARKS)


def _asked(lines: Sequence[str], query: str) -> list[float]:
    """Return how much each line has to do with the question, the best one 1.

    A line counts only if it matches nearly as well as the best, and if few do.
    """
    found = score_units(lines, query)
    best = max(found)
    if not best:
        return found
    near = best * 0.7
    return [score / best if score >= near else 0.0 for score in found]


def _order(log: _Survey, costs: Sequence[float], limit: float) -> list[int]:
    """Return the indexes of the lines worth showing, the most important first."""
    taken = set(log.kept)
    order: list[int] = []

    def take(indexes: Iterable[int], most: float) -> None:
        for index in indexes:
            if index not in taken and costs[index] <= most:
                taken.add(index)
                order.append(index)
                most -= costs[index]

    take(range(min(_HEAD, len(log.lines))), limit * _TAIL_SHARE)
    asked = [index for index, score in enumerate(log.asked) if score]
    take(sorted(asked, key=lambda index: (-log.asked[index], index)), limit * _ASKED_SHARE)
    take(_tail(log), limit * _TAIL_SHARE)
    take(_by_value(log, costs, set(taken)), limit * _SURPLUS)
    return order


def _tail(log: _Survey) -> Iterator[int]:
    """Yield the last lines, backwards, no kind of line more than twice."""
    seen: Counter[str] = Counter()
    found = 0
    for index in range(len(log.lines) - 1, max(-1, len(log.lines) - 200), -1):
        if log.scores[index] < 0 or seen[log.masks[index]] > 1:
            continue
        seen[log.masks[index]] += 1
        found += 1
        yield index
        if found == _TAIL:
            break


def _by_value(log: _Survey, costs: Sequence[float], taken: set[int]) -> Iterator[int]:
    """Yield lines not taken, best first; a line is worth less when ones like it came before.

    Of lines that are equal but for their values the first one comes first.
    """
    waiting: dict[str, list[int]] = {}
    for index in range(len(log.lines) - 1, -1, -1):
        if log.scores[index] >= 0 and index not in taken:
            waiting.setdefault(log.masks[index], []).append(index)
    shown = Counter(log.masks[index] for index in taken)
    kin = Counter(log.owners[index] for index in taken)

    def value(index: int) -> float:
        score, seen = log.scores[index], shown[log.masks[index]]
        relatives = kin[log.owners[index]] if log.owners[index] >= 0 else 0
        fresh = 0.0 if seen else _WORTH if relatives else 2 * _WORTH
        fading = 0.7 if score >= HARD else 2.0
        worth = (score + fresh) / (1 + fading * seen) / (1 + 0.05 * relatives)
        return worth / costs[index] ** _THRIFT

    heap = [(-value(indexes[-1]), indexes.pop()) for indexes in waiting.values()]
    heapq.heapify(heap)
    while heap:
        promised, index = heapq.heappop(heap)
        now = value(index)
        if -promised > now + 1e-9:
            heapq.heappush(heap, (-now, index))
            continue
        yield index
        shown[log.masks[index]] += 1
        kin[log.owners[index]] += 1
        if waiting[log.masks[index]]:
            following = waiting[log.masks[index]].pop()
            if (
                log.scores[following]
                / (1 + (0.7 if log.scores[following] >= HARD else 2.0) * shown[log.masks[index]])
                >= _WORTH
            ):
                heapq.heappush(heap, (-value(following), following))


def _show(log: _Survey, chosen: set[int], total: int) -> tuple[str, int]:
    """Return the chosen lines with notes on the others, and how many are shown whole."""
    out = [
        f'[{total:,} lines; "[..20]" stands for all lines left out up to line 20, "[×9]" for '
        "9 lines in all that equal the one above but for their values]"
    ]
    whole, following = 0, 0
    counted: set[str] = set()
    for index in [*sorted(chosen), total]:
        gap = log.lines[following:index]
        note = f"..{index}" if gap else ""
        if len(gap) <= 2 and sum(map(len, gap)) <= 8:
            out += gap
            whole += len(gap)
            note = ""
        masked = log.masks[following - 1] if following else ""
        if following and log.counts[masked] > 2 and masked not in counted:
            counted.add(masked)
            times = f"×{log.counts[masked]}"
            note = f"{times} {note}" if note else times
        if note:
            out.append(f"[{note}]")
        if index < total:
            out.append(_cut(log.lines[index]) if index not in log.kept else log.lines[index])
            whole += out[-1] is log.lines[index]
        following = index + 1
    return "\n".join(out), whole


def _cut(line: str) -> str:
    """Return `line`, or its start and end if it is very long."""
    if len(line) <= _MAX_LINE:
        return line
    cut = len(line) - _CUT_HEAD - _CUT_TAIL
    return f"{line[:_CUT_HEAD]} [{cut:,} characters] {line[-_CUT_TAIL:]}"
