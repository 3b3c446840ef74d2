"""Says how much each sentence of a text has to do with a question, or is worth without one."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from headroom_core.compressors._passages import Unit
from headroom_core.relevance import terms

_LENGTH_WEIGHT: Final = 0.3
_NEIGHBOUR_SHARE: Final = 0.15
_PARAGRAPH_SHARE: Final = 0.4
_HEADING_SHARE: Final = 0.4
_TOPIC_SHARE: Final = 8.0
_TOPIC_MEMORY: Final = 0.8
_FIRST_OF_TURN: Final = 1.2
_MIN_TURNS: Final = 8
_FACT = re.compile(r"\d|\w[ ,][A-Z][a-z]|\b(?:not|no|never|must|only|error|fail)")


def score(text: str, units: Sequence[Unit], query: str) -> list[float]:
    """Return a score for every unit: all 0 if nothing in `text` has to do with `query`.

    A sentence counts by the weight and rarity of the question's words in it, by its length, and a
    little by its neighbours, its paragraph (the name of who speaks included) and its heading.
    Who talks does not repeat the topic in every turn: there, the turns around count as well.
    """
    own, paragraphs = _weigh(text, units, query)
    if not any(own):
        return own
    topics = _topics(paragraphs) if _is_talk(units) else [0.0] * len(paragraphs)
    average = len(text) / len(units)
    groups = [*(unit.group for unit in units), -1]
    around = [*own, 0.0]
    whole = [
        _PARAGRAPH_SHARE * paragraph + _TOPIC_SHARE * topic
        for paragraph, topic in zip(paragraphs, topics, strict=True)
    ]
    scores = []
    heading = 0.0
    spoken = False
    for index, (start, end, kind, group, _) in enumerate(units):
        if kind in ("heading", "label"):
            heading = _HEADING_SHARE * own[index]
        value = own[index]
        if value:
            value /= 1 + _LENGTH_WEIGHT * ((end - start) / average - 1)
        if groups[index - 1] == group:
            value += _NEIGHBOUR_SHARE * around[index - 1]
        if groups[index + 1] == group:
            value += _NEIGHBOUR_SHARE * around[index + 1]
        value += whole[group] + heading
        scores.append(value * _FIRST_OF_TURN if spoken else value)
        spoken = kind == "speaker"
    return scores


def _is_talk(units: Sequence[Unit]) -> bool:
    return sum(1 for unit in units if unit.kind == "speaker") >= _MIN_TURNS


def _topics(paragraphs: Sequence[float]) -> list[float]:
    """Return the scores of paragraphs, smoothed over their surroundings."""

    def fade(memory: float, value: float) -> float:
        return _TOPIC_MEMORY * memory + value

    before = accumulate(paragraphs, fade)
    after = [*accumulate(reversed(paragraphs), fade)][::-1]
    return [
        (1 - _TOPIC_MEMORY) * (one + other - own)
        for one, other, own in zip(before, after, paragraphs, strict=True)
    ]


def score_alone(text: str, units: Sequence[Unit]) -> list[float]:
    """Return a score for every unit when there is no question: first sentences, then facts."""
    scores = []
    group = -1
    for unit in units:
        first = unit.group != group and unit.kind in ("sentence", "block")
        group = unit.group if first else group
        fact = bool(_FACT.search(text, unit.start, unit.end))
        scores.append(2.0 + fact if first else 1.0 + fact)
    return scores


def _weigh(text: str, units: Sequence[Unit], query: str) -> tuple[list[float], list[float]]:
    """Return what the words of the question weigh in every unit and in every paragraph."""
    own = [0.0] * len(units)
    paragraphs = [0.0] * (units[-1].group + 1 if units else 0)
    # "İ" is the one character whose lower case is longer; offsets must stay those of the text.
    lower = text.replace("\u0130", "I").lower()
    starts = [unit.start for unit in units]
    ends = [*starts[1:], len(text)]
    for term, weight in terms(query).items():
        hits = []
        position = _find_word(lower, term, 0)
        while position >= 0:
            hits.append(bisect_right(starts, position) - 1)
            position = _find_word(lower, term, ends[hits[-1]])
        worth = weight * math.log(1 + (len(units) - len(hits) + 0.5) / (len(hits) + 0.5))
        for index in hits:
            own[index] += worth
        for group in {units[index].group for index in hits}:
            paragraphs[group] += worth
    return own, paragraphs


def _find_word(text: str, term: str, start: int) -> int:
    """Return where the next word that begins with `term` begins, -1 if there is none."""
    position = text.find(term, start)
    while position > 0 and text[position - 1].isalnum():
        position = text.find(term, position + 1)
    return position
