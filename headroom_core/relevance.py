"""How much a line or passage has to do with a question: one-shot lexical scoring.

A question is asked once of a text that is seen once, so no index pays for itself: every term is
searched in the whole text with `str.find`, and the hits are mapped back to their units. The
weights are those of BM25 without length normalisation (Robertson and Zaragoza, "The Probabilistic
Relevance Framework", 2009, section 3.2): lines are short and alike in length.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from typing import Final

_WORD = re.compile(r"[^\W_](?:[\w./:-]{0,198}\w)?")
_PART = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])|\d{2,}|[^\W\da-zA-Z_]{2,}")
_STOP: Final = frozenset(
    "a about above after again all also am an and any are aren as ask at be because been before "
    "being below between both but by can cannot could did do does doing done down during each few "
    "find for from further get give had has have having he her here hers him his how i if in into "
    "is it its just know let list lines line look matter me more most my no nor not now of off on "
    "once only or other our out over own please put same say says see she should show so some "
    "something such tell than that the their them then there these they thing this those through "
    "to too under until up us use used using very was we were what when where which while who "
    "whom whose why will with would you your happened".split()
)
_MAX_TERMS: Final = 64
_MAX_QUERY: Final = 4000
_OFTEN: Final = 3
_PARTS: Final = 8
"""A term that the first part of a text has in one of so many units is looked for in each of them:
to find its places and the unit of each takes longer."""


def terms(query: str) -> dict[str, float]:
    """Return the lower-case search terms of a question and their weights, in order.

    An identifier counts whole (weight 2 when it has inner punctuation, digits or capitals: it is
    what the question is about) and by its parts of 3 letters or more (weight 1, endings cut).
    Words that every question has are dropped. At most 64 terms, from the first 4,000 characters.

    >>> terms("Where does getUserName fail?")
    {'getusername': 2.0, 'user': 1.0, 'name': 1.0, 'fail': 1.0}
    """
    return dict(_terms(query[:_MAX_QUERY]))


@lru_cache(maxsize=16)
def _terms(query: str) -> tuple[tuple[str, float], ...]:
    # The parts of a document are scored one after the other by the same question.
    found: dict[str, float] = {}
    for match in _WORD.finditer(query):
        word = match[0]
        lower = word.lower()
        special = not word.isalpha() or word[1:].lower() != word[1:]
        if special and len(lower) > 1:
            found[lower] = max(found.get(lower, 0.0), 2.0)
        for part in _PART.findall(word):
            stem = _stem(part.lower())
            if len(stem) > 2 and part.lower() not in _STOP and stem not in found:
                found[stem] = 1.0
        if len(found) >= _MAX_TERMS:
            break
    found.pop("get", None)
    return tuple(islice(found.items(), _MAX_TERMS))


def score_units(units: Sequence[str], query: str) -> list[float]:
    """Return how much each unit (line, row, passage) has to do with `query`; 0 for nothing.

    Every unit gets the sum, over the terms found in it, of weight times inverse document
    frequency ``ln(1 + (N - n + 0.5) / (n + 0.5))``. A term counts once per unit.
    """
    scores = [0.0] * len(units)
    wanted = terms(query)
    if not wanted or not units:
        return scores
    text = "\n".join(units).lower()
    starts = [0, *accumulate([len(unit) + 1 for unit in units])]
    if len(text) + 1 != starts[-1]:
        # Lower-casing changed the length ("İ"): offsets must come from the lowered units.
        each = [unit.lower() for unit in units]
        text = "\n".join(each)
        starts = [0, *accumulate([len(unit) + 1 for unit in each])]
    lowered: list[str] = []
    for term, weight in wanted.items():
        if text.count(term, 0, len(text) // _PARTS) * _PARTS * _OFTEN > len(units):
            lowered = lowered or [text[a : b - 1] for a, b in pairwise(starts)]
            hits = [index for index, unit in enumerate(lowered) if term in unit]
        else:
            hits = _units_with(text, term, starts)
        idf = math.log(1 + (len(units) - len(hits) + 0.5) / (len(hits) + 0.5))
        for index in hits:
            scores[index] += weight * idf
    return scores


def _units_with(text: str, term: str, starts: Sequence[int]) -> list[int]:
    """Return the indexes of the units in which `term` occurs."""
    hits = []
    position = text.find(term)
    while position >= 0:
        unit = bisect_right(starts, position) - 1
        hits.append(unit)
        position = text.find(term, starts[unit + 1])
    return hits


def _stem(word: str) -> str:
    """Cut the endings that English inflection adds, so that a substring search finds all forms."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
