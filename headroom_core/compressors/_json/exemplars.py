"""Which records of a list are worth showing, and what is true of all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from headroom_core.compressors._json.columns import Column
from headroom_core.compressors._json.cover import Cover, weigh, weigh_nested
from headroom_core.compressors._json.survey import FEW, Surveyed, survey

_SPREAD: Final = 12
_EDGE: Final = 3.0
_ASKED: Final = 4.0
_ROOM: Final = 8.0
_NEGATED = re.compile(
    r"\b(?:not|isn't|aren't|wasn't|never|without|no\b(?!-)|non-?|(?:in|un)-?(?=\w{4}))\s*([\w-]{2,})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The records of a list in the order in which they are worth showing.

    Attributes:
        must: The records that must be shown: those that the question names, else the first.
        more: The records that show something the ones before them do not.
        rest: Those that show little, and some from everywhere.
        asked: How much room each record is to have, for what it has to do with the question.
        surveyed: The columns that do not say the same of every record.
        notable: What records nested in these are worth, by their id.
    """

    must: list[int]
    more: list[int]
    rest: list[int]
    asked: list[float]
    surveyed: list[Surveyed]
    notable: dict[int, float] = field(default_factory=dict)


def rank(
    columns: Sequence[Column],
    query: str,
    scores: Sequence[float],
    costs: Sequence[float],
    worth: Sequence[float],
) -> Ranking:
    """Return the records in the order in which they are worth showing.

    Args:
        columns: The columns of the records; may be empty.
        query: The question.
        scores: How much each record has to do with the question.
        costs: The characters that each record takes.
        worth: What is known to be worth seeing in each record.
    """
    count = len(costs)
    cover = Cover(count)
    surveyed = survey(columns)
    notable: dict[int, float] = {}
    weigh(surveyed, cover)
    for column in columns:
        if list in column.kinds:
            weigh_nested(column.fields, cover, notable)
    _weigh_negated(surveyed, query, cover)
    named = _named(columns, count, query)
    best = max(scores, default=0.0)
    top = [row for row, score in enumerate(scores) if score >= 0.99 * best > 0]
    if len(top) <= max(3, count // 50):
        named += top
    cover.base = [a + b + c for a, b, c in zip(cover.base, scores, worth, strict=True)]
    for row in {0, 1, count - 2, count - 1} & set(range(count)):
        cover.base[row] += _EDGE
    must = list(dict.fromkeys(named)) or [0]
    more, rest = cover.order(must, costs)
    shown = {*must, *more, *rest}
    spread = [count * part // _SPREAD for part in range(1, _SPREAD)]
    rest += [row for row in dict.fromkeys(spread) if row not in shown]
    asked = [1.0 + (_ROOM * score / best if best else 0.0) for score in scores]
    return Ranking(must, more, rest, asked, surveyed, notable)


def _named(columns: Sequence[Column], count: int, query: str) -> list[int]:
    """Return the records with a value of their own that the question names."""
    if not query:
        return []
    limit = max(2, count // 50)
    found: list[int] = []
    for column in columns:
        if str not in column.kinds:
            continue
        texts = {field for field in column.fields if isinstance(field, str)}
        named = {text for text in texts if len(text) > 2 and text in query}
        # An object has no hash: what is looked for in a set must be a string.
        rows = [
            row
            for row, field in enumerate(column.fields if named else ())
            if isinstance(field, str) and field in named
        ]
        if 0 < len(rows) <= limit:
            found += [row for row in rows if _stands_alone(str(column.fields[row]), query)]
    return found


def _stands_alone(text: str, query: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", query) is not None


def _weigh_negated(columns: Sequence[Surveyed], query: str, cover: Cover) -> None:
    """A question for what is not running asks for the records with any other state."""
    words = {word.lower() for word in _NEGATED.findall(query)}
    for column in columns if words else ():
        if len(column.counts) > FEW or not words & {text.lower() for text in column.counts}:
            continue
        others = [row for row, text in enumerate(column.texts) if text.lower() not in words]
        if len(others) <= cover.count // 3:
            for row in others:
                cover.base[row] += _ASKED
