"""Picks the lines of a log that tell most within a budget, and shows them with honest gaps."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import accumulate
from typing import Final

from headroom_core.compressors._log_survey import Survey
from headroom_core.types import Budget, Compressed

_HEAD: Final = 3
_TAIL: Final = 12
_EDGE_SHARE: Final = 0.2
_NAMED_SHARE: Final = 0.5
_ASKED_SHARE: Final = 0.15
_SURPLUS: Final = 3.0
_GAP_TOKENS: Final = 4.0
_FRESH: Final = 2.5
_WORTH: Final = 0.45
_THRIFT: Final = 0.5
_MAX_LINE: Final = 2000
_CUT_HEAD: Final = 400
_CUT_TAIL: Final = 200
_MANY: Final = 4
_TRIES: Final = 3
_DENSITY: Final = 1.3
_FULL: Final = 0.9


def select(log: Survey, budget: Budget, rate: float, spell: Callable[[str], str]) -> Compressed:
    """Return the lines that tell most, in order, within `budget`, which must have a limit.

    The first and last lines, what failed and what stands around it, what is rare, an example of
    every kind of line, and what the question names. Lines that the budget's pattern is found in
    are all shown, whatever they cost.

    Args:
        log: The log.
        budget: What the rendering may use.
        rate: Tokens per character of the log.
        spell: Writes the lines that were picked in fewer tokens, omitting nothing.
    """
    limit = budget.tokens or 0
    costs = [min(len(line), _CUT_HEAD + _CUT_TAIL) * rate + _GAP_TOKENS for line in log.lines]
    order = _order(log, costs, limit)
    reached = list(accumulate(costs[index] for index in order))
    total = len(log.lines) - (not log.lines[-1])
    best, most = _show(log, log.kept, total)
    room = limit * _DENSITY
    for _ in range(_TRIES):
        count = bisect_right(reached, room)
        shown, whole = _show(log, log.kept.union(order[:count]), total)
        spelled = spell(shown)
        used = budget.count(spelled)
        if used <= limit and whole >= most:
            best, most = spelled, whole
            if count == len(order) or used >= _FULL * limit:
                break
        room *= 0.98 * limit / max(1, used)
    return Compressed(best, f"{total - most:,} of {total:,} lines" if most < total else "")


def _order(log: Survey, costs: list[float], limit: float) -> list[int]:
    """Return the indexes of the lines worth showing, the most important first."""
    taken = set(log.kept)
    order: list[int] = []

    def take(indexes: Iterable[int], room: float) -> None:
        for index in indexes:
            if room < _GAP_TOKENS:
                break
            if index not in taken and costs[index] <= room:
                taken.add(index)
                order.append(index)
                room -= costs[index]

    take(range(min(_HEAD, len(log.lines))), limit * _EDGE_SHARE)
    take(log.named, limit * _NAMED_SHARE)
    take(log.asked, limit * _ASKED_SHARE)
    take(_tail(log), limit * _EDGE_SHARE)
    take(_by_value(log, costs, frozenset(taken)), limit * _SURPLUS)
    return order


def _tail(log: Survey) -> Iterator[int]:
    """Yield the last lines, backwards, no kind of line more than twice."""
    seen: Counter[str] = Counter()
    last = len(log.lines) - 1
    for index in range(last, max(-1, last - 10 * _TAIL), -1):
        if log.scores[index] >= 0 and seen[log.kinds[index]] < 2:
            seen[log.kinds[index]] += 1
            yield index
            if seen.total() == _TAIL:
                break


def _by_value(log: Survey, costs: list[float], taken: Set[int]) -> Iterator[int]:
    """Yield lines not taken, best first; a line is worth less when ones like it came before.

    Of the lines of one kind the first comes first.
    """
    shown = Counter(log.groups[index] for index in taken)
    waiting: dict[str, list[int]] = {}
    for index in range(len(log.lines) - 1, -1, -1):
        if log.scores[index] >= 0 and index not in taken:
            waiting.setdefault(log.kinds[index], []).append(index)

    def worth(index: int) -> float:
        seen = shown[log.groups[index]]
        return (log.scores[index] + (0.0 if seen else _FRESH)) / (1 + 2 * seen)

    heap = [(-worth(i) / costs[i] ** _THRIFT, i) for i in map(list.pop, waiting.values())]
    heapq.heapify(heap)
    while heap:
        promised, index = heap[0]
        now = -worth(index) / costs[index] ** _THRIFT
        if promised < now - 1e-9:
            heapq.heapreplace(heap, (now, index))
            continue
        heapq.heappop(heap)
        yield index
        shown[log.groups[index]] += 1
        others = waiting[log.kinds[index]]
        if others and worth(others[-1]) >= _WORTH:
            following = others.pop()
            heapq.heappush(heap, (-worth(following) / costs[following] ** _THRIFT, following))


def _show(log: Survey, chosen: Set[int], total: int) -> tuple[str, int]:
    """Return the chosen lines with notes on the others, and how many are shown whole."""
    legend = (
        f'[{total:,} lines; "[..20]" stands for lines left out, up to line 20; "[9x]" says that 9 '
        'lines in all equal the one above but for their values, "[9x 3]" says so of the 3 above]'
    )
    out = [legend]
    whole = following = 0
    times = alike = 0
    counted: set[str] = set()
    for index in [*sorted(chosen), total]:
        gap = log.lines[following:index]
        tiny = len(gap) <= 2 and sum(map(len, gap)) <= 8
        kind = log.kinds[index] if index < total else ""
        count = log.counts[kind] if kind and kind not in counted else 0
        count = count if count > _MANY else 0
        if not tiny or (times and (gap or count != times)):
            out.append(_note(times, alike, 0 if tiny else index))
            times = alike = 0
        if tiny:
            out += gap
            whole += len(gap)
        if index < total:
            line = log.lines[index] if index in log.kept else _cut(log.lines[index])
            out.append(line)
            whole += line == log.lines[index]
            counted.add(kind)
            times, alike = count, alike + bool(count)
        following = index + 1
    return "\n".join(out), whole


def _note(times: int, alike: int, last: int) -> str:
    """Return the line that says how often the `alike` lines above occur, and where a gap ends."""
    notes = [f"{times}x"] * bool(times) + [f"{alike}"] * (alike > 1) + [f"..{last}"] * bool(last)
    return f"[{' '.join(notes)}]"


def _cut(line: str) -> str:
    """Return `line`, or its start and end if it is very long."""
    if len(line) <= _MAX_LINE:
        return line
    cut = len(line) - _CUT_HEAD - _CUT_TAIL
    return f"{line[:_CUT_HEAD]} [{cut:,} characters left out] {line[-_CUT_TAIL:]}"
