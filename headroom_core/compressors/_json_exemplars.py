"""Which records of a list are worth showing, and what is true of all of them.

Every rare value, outlier and extreme is worth its surprise, once: choosing the records is a
maximum coverage problem, for which the greedy order is at most a factor 1 - 1/e from the best
(Nemhauser, Wolsey and Fisher, 1978). The order does not depend on how many records are taken.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._json_cells import cells
from headroom_core.compressors._json_columns import Column, all_records, columns_of
from headroom_core.compressors._json_value import Value
from headroom_core.relevance import score_units

FEW: Final = 24
"""So many different values of a column are listed with their counts."""

_RARE: Final = 0.05
_TROUBLE: Final = (
    *("error", "fail", "fatal", "critical", "exception", "panic", "denied", "refused", "timeout"),
    *("timed out", "crash", "unavailable", "unhealthy", "degraded", "invalid", "not found"),
    *("corrupt", "oomkill", "out of memory"),
)
_VARIABLE = re.compile(r"[0-9a-f]*[0-9][0-9a-f-]*")
_MAX_LISTED: Final = 40
_SPREAD: Final = 12
_EDGE: Final = 3.0
_MIN_NESTED: Final = 12


@dataclass(frozen=True, slots=True)
class Ranking:
    """The records of a list in the order in which they are worth showing.

    Attributes:
        must: The records that must be shown: those that the question names, else the first.
        more: The records that show something the ones before them do not.
        summary: What is true of all records, one line for each column that has something to say.
    """

    must: list[int]
    more: list[int]
    summary: list[str]


def rank(columns: Sequence[Column], texts: Sequence[str], query: str) -> Ranking:
    """Return the records in the order in which they are worth showing.

    Args:
        columns: The columns of the records; may be empty.
        texts: Each record as JSON.
        query: The question.
    """
    cover = _Cover(len(texts))
    rows = range(len(texts))
    summary = [line for column in columns if (line := _weigh(column, rows, cover))]
    for column in columns:
        _weigh_nested(column, cover)
    named = _named(columns, texts, query)
    scores = score_units(texts, query)
    best = max(scores, default=0.0)
    top = [row for row, score in enumerate(scores) if score >= 0.99 * best > 0]
    if len(top) <= max(3, len(texts) // 50):
        named += top
    for row, score in enumerate(scores):
        cover.base[row] += score
    for row in {0, 1, len(texts) - 2, len(texts) - 1} & set(rows):
        cover.base[row] += _EDGE
    must = list(dict.fromkeys(named)) or [0]
    order = cover.order(must)
    shown = {*must, *order}
    spread = [len(texts) * part // _SPREAD for part in range(1, _SPREAD)]
    order += [row for row in dict.fromkeys(spread) if row not in shown]
    return Ranking(must, order, summary)


class _Cover:
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

    def order(self, shown: Iterable[int]) -> list[int]:
        """Return the other records that add something, each the best after the ones before it."""
        covered = {fact for row in shown for fact in self._facts.get(row, ())}
        left = set(range(self.count)) - set(shown)
        heap = [(-gain, row) for row in left if (gain := self._gain(row, covered)) > 0]
        heapq.heapify(heap)
        order = []
        while heap:
            _, row = heapq.heappop(heap)
            gain = self._gain(row, covered)
            if heap and gain < -heap[0][0]:
                if gain > 0:
                    heapq.heappush(heap, (-gain, row))
                continue
            if gain > 0:
                order.append(row)
                covered.update(self._facts.get(row, ()))
        return order

    def _gain(self, row: int, covered: set[int]) -> float:
        facts = self._facts.get(row, ())
        return self.base[row] + sum(self._worth[fact] for fact in facts if fact not in covered)


def _weigh(column: Column, rows: Sequence[int], cover: _Cover) -> str:
    """Add what is worth seeing in one column to `cover`; return its line of the summary.

    Args:
        column: The column.
        rows: The record that each of its fields belongs to.
        cover: What is worth seeing so far.
    """
    texts = cells(column.fields)
    counts = Counter(texts)
    if len(counts) < 2:
        return ""
    kinds = set(map(type, column.fields))
    if len(counts) > FEW // 2 and kinds == {bytes}:
        return _weigh_numbers(column.path, texts, rows, cover)
    if len(counts) > min(max(FEW, 0.3 * len(rows)), 0.5 * len(rows)):
        # Names and ids: what counts is their pattern, and words of trouble.
        _weigh_trouble(texts, rows, cover)
        texts = _VARIABLE.sub("#", "\0".join([text[:_MAX_LISTED] for text in texts])).split("\0")
        counts = Counter(texts)
        if len(counts) <= 0.3 * len(rows):
            _weigh_values(texts, counts, rows, cover)
        return ""
    _weigh_values(texts, counts, rows, cover)
    if len(counts) > FEW or 3 * len(counts) > len(rows) or {dict, list} & kinds:
        return ""
    listed = [f"{times} {_short(text)}" for text, times in counts.most_common()]
    return f"{column.path}: {', '.join(listed)}"


def _weigh_values(
    texts: Sequence[str], counts: Counter[str], rows: Sequence[int], cover: _Cover
) -> None:
    """A rare value is worth its bits wherever it is; a common one is worth one example."""
    count = len(rows)
    rare: dict[str, list[int]] = {
        text: [] for text, times in counts.items() if times <= max(2, _RARE * count)
    }
    usual = 1 - sum(counts[text] for text in rare) / count
    common = {text for text in counts if text not in rare} if len(counts) <= FEW else set()
    for row, text in zip(rows, texts, strict=True):
        if text in rare:
            rare[text].append(row)
        elif text in common:
            common.discard(text)
            cover.add([row], 1.0)
    troubled = _troubled(list(rare))
    for at, where in enumerate(rare.values()):
        # The more of a column is rare, the less its rare values mean.
        worth = min(math.log2(count / len(where)), 12.0) * usual
        worth += 3.0 if at in troubled else 0.0
        if len(where) > max(2, 0.02 * count):
            cover.add(where, worth)
            continue
        for row in where:
            cover.base[row] += worth


def _weigh_trouble(texts: Sequence[str], rows: Sequence[int], cover: _Cover) -> None:
    found = _troubled(texts)
    if len(found) <= 0.2 * len(rows):
        for at in found:
            cover.base[rows[at]] += 2.0


def _troubled(texts: Sequence[str]) -> set[int]:
    """Return which of `texts` hold a word of trouble."""
    everything = "\0".join(texts).lower()
    words = [word for word in _TROUBLE if word in everything]
    if not words:
        return set()
    return {at for at, text in enumerate(texts) if any(word in text.lower() for word in words)}


def _weigh_numbers(path: str, texts: Sequence[str], rows: Sequence[int], cover: _Cover) -> str:
    """Outliers and extremes are worth seeing."""
    numbers = [float(text) for text in texts]
    ordered = sorted(numbers)
    count = len(ordered)
    low, middle, high = (ordered[count * part // 4] for part in (1, 2, 3))
    spread = (high - low) or abs(middle) * 0.01 or 1.0
    odd = [at for at, x in enumerate(numbers) if not low - 3 * spread <= x <= high + 3 * spread]
    if len(odd) <= max(20, count // 50):
        for at in odd:
            away = min(abs(numbers[at] - middle) / spread, 1e6)
            cover.base[rows[at]] += min(2 + math.log2(1 + away), 12.0)
    extremes = numbers.index(ordered[0]), numbers.index(ordered[-1])
    for at in extremes:
        cover.add([rows[at]], 3.0)
    median = texts[numbers.index(middle)]
    return f"{path}: min {texts[extremes[0]]}, median {median}, max {texts[extremes[1]]}"


def _weigh_nested(column: Column, cover: _Cover) -> None:
    """Add what is worth seeing in the lists of records that the fields of a column hold."""
    owners: list[int] = []
    records: list[dict[str, Value]] = []
    for row, value in enumerate(column.fields):
        if isinstance(value, list) and all_records(value):
            owners += [row] * len(value)
            records += value
    for inner in (columns_of(records) or []) if len(records) >= _MIN_NESTED else []:
        _weigh(inner, owners, cover)


def _named(columns: Sequence[Column], texts: Sequence[str], query: str) -> list[int]:
    """Return the records with a value of their own that the question names."""
    if not query:
        return []
    limit = max(2, len(texts) // 50)
    found: list[int] = []
    for column in columns:
        rows = [
            row
            for row, field in enumerate(column.fields)
            if isinstance(field, str) and len(field) > 2 and field in query
        ]
        if 0 < len(rows) <= limit:
            found += [row for row in rows if _stands_alone(str(column.fields[row]), query)]
    return found


def _stands_alone(text: str, query: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", query) is not None


def _short(text: str) -> str:
    if not text:
        return "(none)"
    return text if len(text) <= _MAX_LISTED else f"{text[:_MAX_LISTED]}…"
