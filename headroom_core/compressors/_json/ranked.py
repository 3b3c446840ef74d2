"""The records of a list, or the entries of an object, by what they show and what they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._json.align import aligned
from headroom_core.compressors._json.columns import Column, all_records, columns_of
from headroom_core.compressors._json.exemplars import Ranking, rank
from headroom_core.compressors._json.sharing import trimmed_length
from headroom_core.compressors._json.summary import Line, summarise
from headroom_core.compressors._json.table import Table, table_of_records
from headroom_core.compressors._json.value import Value

_SAMPLE: Final = 32
_WHOLE: Final = 0.9

Price = Callable[[str], float]
"""Returns how many characters of the document a text takes the tokens of."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The parts of a list or object, and how many characters each costs in a table.

    Attributes:
        texts: The parts as JSON.
        trimmed: The lengths of these with long strings cut.
        ranking: The order in which they are worth showing.
        sizes: The characters that each takes in a table of all.
        costs: The same, with long strings cut.
        header: The characters of the header of that table.
    """

    texts: Sequence[str]
    trimmed: Sequence[int]
    ranking: Ranking
    sizes: Sequence[int]
    costs: Sequence[float]
    header: float

    @property
    def whole(self) -> float:
        """The characters of the table of all, with nothing cut."""
        return self.header + sum(self.sizes)

    def lines(self) -> list[Line]:
        """Return what is true of all parts."""
        return summarise(self.ranking.surveyed, len(self.texts))


def ranked(
    value: list[Value] | dict[str, Value],
    texts: Sequence[str],
    table: Table | None,
    query: str,
    scores: Sequence[float],
    worth: Sequence[float],
) -> Ranked:
    """Return the parts of `value` in the order in which they are worth showing.

    Args:
        value: The list or object.
        texts: Its parts as JSON.
        table: The table made of it, None if there is none.
        query: The question.
        scores: How much each part has to do with the question.
        worth: What is known to be worth seeing in each part.
    """
    trimmed = list(map(trimmed_length, texts))
    lengths = list(map(len, texts))
    header = 0.0
    sizes = lengths
    if table and len(table.lines) == len(texts):
        sizes = [len(line) + 1 for line in table.lines]
        header = float(len(table.header))
    costs = [size * cut / full for size, cut, full in zip(sizes, trimmed, lengths, strict=True)]
    columns = table.columns if table else _columns(value)
    ranking = rank(columns, query, scores, costs, worth)
    return Ranked(texts, trimmed, ranking, sizes, costs, header)


def correction(records: Sequence[Value], made: Ranked, rows: Sequence[int], price: Price) -> float:
    """Return how many times its cost some of the rows take, written as a table of their own.

    Args:
        records: The records.
        made: Those, ranked.
        rows: The numbers of the records that are probably shown, in order.
        price: What a text takes.
    """
    if len(rows) < 2 * _SAMPLE or sum(made.trimmed) < _WHOLE * sum(map(len, made.texts)):
        return 1.0
    places = [len(rows) * quarter // 4 - _SAMPLE // 4 for quarter in (1, 3)]
    some = [row for place in places for row in rows[place : place + _SAMPLE // 2]]
    return _written(records, some, price) / sum(made.sizes[row] for row in some) or 1.0


def _written(records: Sequence[Value], rows: Sequence[int], price: Price) -> float:
    """Return what some rows take where they are a table of their own."""
    numbered: list[dict[str, Value]] = []
    for row, record in zip(rows, aligned([records[row] for row in rows]), strict=True):
        if isinstance(record, dict):
            numbered.append({"#": b"%d" % (row + 1), **record})
    table = table_of_records(numbered)
    return price("\n".join(table.lines) + "\n") if table else 0.0


def _columns(value: list[Value] | dict[str, Value]) -> Sequence[Column]:
    parts = list(value.values()) if isinstance(value, dict) else value
    columns: Sequence[Column] = (columns_of(parts) or ()) if all_records(parts) else ()
    if not isinstance(value, dict):
        return columns
    return [Column("@key", list(value)), *(columns or [Column("@value", parts)])]
