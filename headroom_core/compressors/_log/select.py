"""Picks the lines of a log that tell most within a budget."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

from headroom_core.compressors._log.survey import DULL, Survey

_HEAD: Final = 3
_TAIL: Final = 12
_HEAD_SHARE: Final = 0.125
_TAIL_SHARE: Final = 0.2
_NAMED_SHARE: Final = 0.5
_WORDED_SHARE: Final = 0.15
_FAILURE_SHARE: Final = 0.25
_FAILURES_SHARE: Final = 0.6
_SURPLUS: Final = 2.0
_ENOUGH: Final = 0.5
_GAP_TOKENS: Final = 4.0
_FAILED: Final = 9.5
_TIRING: Final = 0.2
_FRESH: Final = 2.5
_WORTH: Final = 0.45
_MOST_CHARS: Final = 600
_LONG: Final = 60
_CLOSE: Final = 1e-9


def rank(log: Survey, limit: float, rate: float) -> Iterator[tuple[int, float]]:
    """Yield the indexes of the lines worth showing, the most important first, and their costs.

    The first and last lines, what failed and all it says, what is rare, an example of every kind
    of line, and what the question asks for. Lines that must stay are not among them.

    Args:
        log: The log.
        limit: The tokens that there is room for.
        rate: Tokens per character of the log.
    """
    most = _MOST_CHARS * rate + _GAP_TOKENS
    costs = [
        length * rate + _GAP_TOKENS if length < _MOST_CHARS else most
        for length in map(len, log.lines)
    ]
    taken = set(log.kept)

    def take(
        units: Iterable[Sequence[int]], room: float, enough: float = 0.0
    ) -> Iterator[tuple[int, float]]:
        for unit in units:
            if room < _GAP_TOKENS:
                break
            new = [index for index in unit if index not in taken]
            cost = sum(map(costs.__getitem__, new))
            if cost <= room:
                taken.update(new)
                yield from ((index, costs[index]) for index in new)
                room -= cost
            elif room < enough:
                break

    head = limit * _HEAD_SHARE + (_HEAD - 1) * _GAP_TOKENS
    yield from take(([index] for index in range(min(_HEAD, len(log.lines)))), head)
    yield from take(([index] for index in log.asked.named), limit * _NAMED_SHARE)
    yield from take(([index] for index in log.asked.worded), limit * _WORDED_SHARE)
    yield from take(([index] for index in _tail(log)), limit * _TAIL_SHARE)
    best = _by_value(log, costs, frozenset(taken), limit)
    yield from take(best, limit * _SURPLUS, limit * _ENOUGH)


def _tail(log: Survey) -> Iterator[int]:
    """Yield the last lines, backwards, no kind of line more than twice."""
    seen: Counter[str] = Counter()
    last = len(log.lines) - 1
    for index in range(last, max(-1, last - 10 * _TAIL), -1):
        if log.scores[index] >= 0 and seen[log.groups[index]] < 2:
            seen[log.groups[index]] += 1
            yield index
            if seen.total() == _TAIL:
                break


def _by_value(
    log: Survey, costs: Sequence[float], taken: Set[int], limit: float
) -> Iterator[Sequence[int]]:
    """Yield what is not taken, best first: failures whole, other lines one by one.

    What has been said is worth less when it is said again.
    """
    failed = [f.core for f in log.failures if not f.again and len(f.core) > 1]
    share = max(_FAILURE_SHARE, _FAILURES_SHARE / max(1, len(failed)))
    units = {u[0]: u for core in failed if (u := _within(core, costs, limit * share))}
    inside = frozenset(taken).union(*units.values())
    value = _Value(log, costs, units, taken)
    keys = [
        group if score <= DULL else kind
        for group, kind, score in zip(log.groups, log.kinds, log.scores, strict=True)
    ]
    waiting: dict[str, list[int]] = defaultdict(list)
    for index in range(len(keys) - 1, -1, -1):
        if log.scores[index] >= 0 and index not in inside:
            waiting[keys[index]].append(index)
    heads = [*units, *(indexes.pop() for indexes in waiting.values())]
    heap = [(-worth, head) for head in heads if (worth := value.of(head))]
    heapq.heapify(heap)
    while heap:
        promised, head = heap[0]
        now = -value.of(head)
        if promised < now - _CLOSE:
            heapq.heapreplace(heap, (now, head))
            continue
        heapq.heappop(heap)
        if not now:
            continue
        unit = units.get(head) or [head]
        yield unit
        value.show(unit)
        if head not in units and (others := waiting[keys[head]]):
            following = others.pop()
            heapq.heappush(heap, (-value.of(following), following))


class _Value:
    """What lines are worth beside those shown already.

    Args:
        log: The log.
        costs: What each line costs.
        units: The lines of failures, by the first of each.
        taken: Indexes of the lines that are shown.
    """

    def __init__(
        self,
        log: Survey,
        costs: Sequence[float],
        units: Mapping[int, Sequence[int]],
        taken: Set[int],
    ) -> None:
        self._groups = log.groups
        self._events = log.events
        self._scores = log.scores
        self._costs = costs
        self._failures = {
            head: (len(unit), _mean_cost(unit, costs)) for head, unit in units.items()
        }
        self._shown = dict(Counter(log.groups[index] for index in taken))
        self._failed = dict(Counter(log.events[index] for index in taken))

    def show(self, unit: Sequence[int]) -> None:
        """Count the lines of `unit` as shown."""
        for group in map(self._groups.__getitem__, unit):
            self._shown[group] = self._shown.get(group, 0) + 1
        if unit[0] in self._failures:
            event = self._events[unit[0]]
            self._failed[event] = self._failed.get(event, 0) + 1

    def of(self, head: int) -> float:
        """Return what the line, or the failure that begins with it, is worth for what it costs.

        0 for nothing.
        """
        if head in self._failures:
            length, cost = self._failures[head]
            seen = self._failed.get(self._events[head], 0)
            return _FAILED / (1 + _TIRING * seen) / (1 + length / _LONG) / math.sqrt(cost)
        seen = self._shown.get(self._groups[head], 0)
        worth = (self._scores[head] + (0.0 if seen else _FRESH)) / (1 + 2 * seen)
        return worth / math.sqrt(self._costs[head]) if worth >= _WORTH else 0.0


def _within(indexes: Sequence[int], costs: Sequence[float], room: float) -> Sequence[int]:
    """Return the first of `indexes`, as many as there is room for.

    No note on a gap stands between neighbours.
    """
    chosen: dict[int, None] = {}
    for index in indexes:
        beside = (index - 1 in chosen) + (index + 1 in chosen)
        room -= costs[index] - beside * _GAP_TOKENS
        if room < 0:
            break
        chosen[index] = None
    return list(chosen)


def _mean_cost(unit: Sequence[int], costs: Sequence[float]) -> float:
    """Return what a line of `unit` costs; no note on a gap stands between neighbours."""
    inside = frozenset(unit)
    beside = sum(index + 1 in inside for index in unit)
    return (sum(costs[index] for index in unit) - beside * _GAP_TOKENS) / len(unit)
