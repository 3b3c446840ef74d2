"""What is worth seeing in a list of records, and which records show most of it for their length.

Every rare value, outlier and extreme is worth its surprise: choosing the records is a maximum
coverage problem with costs, for which taking the best gain for its cost is close to the best
(Lin and Bilmes, "Multi-document summarization via budgeted maximization of submodular functions",
2010), and a heap of gains that only ever fall finds it fast (Leskovec et al., "Cost-effective
outbreak detection in networks", 2007).
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from headroom_core.compressors._json.cells import Field
from headroom_core.compressors._json.columns import Column, all_records, columns_of
from headroom_core.compressors._json.survey import FEW, MAX_LISTED, Surveyed, nearest, survey
from headroom_core.compressors._json.value import Value

_RARE: Final = 0.05
_SOME: Final = 0.2
_TROUBLE: Final = (
    *("error", "fail", "fatal", "critical", "exception", "panic", "denied", "refused", "timeout"),
    *("timed out", "crash", "unavailable", "unhealthy", "degraded", "invalid", "not found"),
    *("corrupt", "oomkill", "out of memory", "suspended", "stopped", "terminated", "expired"),
)
_VARIABLE = re.compile(r"(?<![a-f])[a-f]*+[0-9][0-9a-f-]*")
_MOST: Final = 12.0
_LEAST: Final = 0.15
_MUCH: Final = 1.2
_TROUBLED: Final = 3.0
_EXTREME: Final = 3.0
_EXAMPLE: Final = 0.35
_POWER: Final = 0.7
_OVERHEAD: Final = 20
_BLOCKS: Final = 16
_MIN_BLOCK: Final = 8
_MIN_NESTED: Final = 12
_MAX_NESTED: Final = 3


class Cover:
    """Records, the facts that each of them shows, and what a fact is worth."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.base = [0.0] * count
        self._facts: defaultdict[int, list[int]] = defaultdict(list)
        self._worth: list[float] = []

    def add(self, rows: Iterable[int], worth: float) -> None:
        """Add a fact that any of `rows` shows."""
        for row in rows:
            self._facts[row].append(len(self._worth))
        self._worth.append(worth)

    def order(self, shown: Iterable[int], costs: Sequence[float]) -> tuple[list[int], list[int]]:
        """Return the other records that add something, and those that add little.

        Each is the best after the ones before it.

        Args:
            shown: The records that are shown already.
            costs: The characters that each record takes.
        """
        covered = {fact for row in shown for fact in self._facts.get(row, ())}
        left = set(range(self.count)) - set(shown)
        prices = [(cost + _OVERHEAD) ** _POWER for cost in costs]
        # Of records that are worth the same, those far from each other come first.
        ties = _reversed_bits(self.count.bit_length())
        heap = [
            (-gain / prices[row], ties[row], row)
            for row in left
            if (gain := self.worth(row, covered)) > 0
        ]
        heapq.heapify(heap)
        much: list[int] = []
        little: list[int] = []
        while heap:
            _, tie, row = heapq.heappop(heap)
            gain = self.worth(row, covered)
            if heap and -gain / prices[row] > heap[0][0]:
                if gain > 0:
                    heapq.heappush(heap, (-gain / prices[row], tie, row))
                continue
            if gain > 0:
                (much if gain >= _MUCH else little).append(row)
                covered.update(self._facts.get(row, ()))
        return much, little

    def worth(self, row: int, covered: Iterable[int] = frozenset()) -> float:
        """Return what `row` is worth where the facts `covered` are known."""
        facts = self._facts.get(row)
        if not facts:
            return self.base[row]
        return self.base[row] + sum(self._worth[fact] for fact in facts if fact not in covered)

    def shared(self, owners: Sequence[int], outer: Cover) -> None:
        """Add what is worth seeing here to the records that own the ones here."""
        where: defaultdict[int, set[int]] = defaultdict(set)
        sums: defaultdict[int, list[float]] = defaultdict(list)
        for row, facts in self._facts.items():
            for fact in facts:
                where[fact].add(owners[row])
        for fact, rows in where.items():
            outer.add(rows, self._worth[fact])
        for row, base in enumerate(self.base):
            if base:
                sums[owners[row]].append(base)
        for owner, bases in sums.items():
            # Many rare things in one record are not as surprising as each of them alone.
            outer.base[owner] += max(bases) * (1 + math.log2(len(bases)) / 2)


def _reversed_bits(bits: int) -> list[int]:
    """Return for each number of so many bits the one with the same bits in reverse order.

    >>> _reversed_bits(2)
    [0, 2, 1, 3]
    """
    found = [0]
    for _ in range(bits):
        found = [2 * number for number in found]
        found += [number + 1 for number in found]
    return found


def weigh(columns: Sequence[Surveyed], cover: Cover) -> None:
    """Add what is worth seeing in `columns` to `cover`."""
    for column in columns:
        if column.numbers:
            _weigh_numbers(column.numbers, cover)
        elif len(column.counts) > min(max(FEW, 0.3 * cover.count), 0.5 * cover.count):
            _weigh_names(column.texts, cover)
        else:
            _weigh_values(column.texts, column.counts, cover)


def weigh_nested(
    fields: Sequence[Field], cover: Cover, notable: dict[int, float], depth: int = 0
) -> None:
    """Add what is worth seeing in lists of records that are the fields of a column.

    Args:
        fields: The column.
        cover: What is worth seeing in the records that the fields belong to.
        notable: What the nested records are worth, by their id.
        depth: How many lists stand around the column.
    """
    owners: list[int] = []
    records: list[dict[str, Value]] = []
    for row, value in enumerate(fields):
        if isinstance(value, list) and all_records(value):
            owners += [row] * len(value)
            records += value
    if len(records) < _MIN_NESTED or depth > _MAX_NESTED:
        return
    inner = Cover(len(records))
    columns: Sequence[Column] = columns_of(records) or ()
    weigh(survey(columns), inner)
    for column in columns:
        if list in column.kinds:
            weigh_nested(column.fields, inner, notable, depth + 1)
    inner.shared(owners, cover)
    for row, record in enumerate(records):
        if worth := inner.worth(row):
            notable[id(record)] = worth


def _weigh_values(texts: Sequence[str], counts: Counter[str], cover: Cover) -> None:
    """A rare value is worth its bits wherever it is; a common one is worth one example."""
    count = cover.count
    rare: dict[str, list[int]] = {
        text: [] for text, times in counts.items() if times <= max(2, _RARE * count)
    }
    usual = max(1 - sum(counts[text] for text in rare) / count, _LEAST)
    some = [text for text, times in counts.items() if times <= _SOME * count]
    bad = {some[at] for at in _troubled(some)} if len(some) < len(counts) else set()
    common = {text for text in counts if text not in rare} if len(counts) <= FEW else set()
    for row, text in enumerate(texts):
        if text in bad:
            cover.base[row] += _TROUBLED
        if text in rare:
            rare[text].append(row)
        elif text in common:
            common.discard(text)
            cover.add([row], 1.0)
    for where in rare.values():
        # The more of a column is rare, the less its rare values mean.
        bits = min(math.log2(count / len(where)), _MOST)
        if len(where) > max(2, 0.02 * count):
            cover.add(where, bits * usual * (1 - _EXAMPLE))
            bits *= _EXAMPLE
        for row in where:
            cover.base[row] += bits * usual


def _weigh_names(texts: Sequence[str], cover: Cover) -> None:
    """Of names, ids and messages it is the pattern that counts, and words of trouble."""
    found = _troubled(texts)
    if len(found) <= _SOME * cover.count:
        for at in found:
            cover.base[at] += _TROUBLED
    masked = _VARIABLE.sub("#", "\0".join([text[:MAX_LISTED] for text in texts])).split("\0")
    counts = Counter(masked)
    if 1 < len(counts) <= 0.3 * cover.count:
        _weigh_values(masked, counts, cover)


def _troubled(texts: Sequence[str]) -> set[int]:
    """Return which of `texts` hold a word of trouble."""
    everything = "\0".join(texts).lower()
    words = [word for word in _TROUBLE if word in everything]
    if not words:
        return set()
    return {at for at, text in enumerate(texts) if any(word in text.lower() for word in words)}


def _weigh_numbers(numbers: Sequence[float], cover: Cover) -> None:
    """Outliers, extremes and the places where the level changes are worth seeing."""
    ordered = sorted(number for number in numbers if number == number)
    low, middle, high = (nearest(ordered, percent) for percent in (25, 50, 75))
    spread = (high - low) or abs(middle) * 0.01 or 1.0
    bottom, top = low - 3 * spread, high + 3 * spread
    if ordered[0] < bottom or ordered[-1] > top:
        odd = [at for at, x in enumerate(numbers) if x < bottom or x > top]
        for at in heapq.nlargest(
            max(20, len(ordered) // 50), odd, key=lambda at: abs(numbers[at] - middle)
        ):
            away = min(abs(numbers[at] - middle) / spread, 1e6)
            cover.base[at] += min(2 + math.log2(1 + away), _MOST)
    for extreme in (ordered[0], ordered[-1]):
        cover.add([numbers.index(extreme)], _EXTREME)
    change = _change(numbers, spread)
    if change is not None:
        cover.add([change], _EXTREME)


def _change(numbers: Sequence[float], spread: float) -> int | None:
    """Return where the level of `numbers` jumps, if it jumps once and stays."""
    size = max(_MIN_BLOCK, len(numbers) // _BLOCKS)
    starts = range(0, len(numbers) - size + 1, size)
    levels = [median(numbers[start : start + size]) for start in starts]
    jumps = [abs(b - a) for a, b in pairwise(levels)]
    if len(jumps) < 3:
        return None
    most = max(jumps)
    if not most > max(spread / 2, 4 * median(jumps)):
        return None
    at = jumps.index(most)
    border = (levels[at] + levels[at + 1]) / 2
    rises = levels[at + 1] > levels[at]
    places = range(starts[at], min(starts[at] + 2 * size, len(numbers)))
    return next((row for row in places if (numbers[row] > border) == rises), None)
