"""Says how much each sentence of a text has to do with a question, or is worth without one."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._passage.pieces import Unit
from headroom_core.relevance import terms

_REACH: Final = 500
_REGION: Final = 8
_FAINT: Final = 0.05
_OWN_SHARE: Final = 0.5
_HEADING_SHARE: Final = 1.2
_DENSITY_SHARE: Final = 0.3
_REGION_SHARE: Final = 0.03
_LENGTH_WEIGHT: Final = 0.3
_FRAME_WEIGHT: Final = 0.1
_FRAME = re.compile(
    r"(?:describ|discus|explain|explan|mention|propos|recommend|suggest|summar)\w*|(?:answer|article"
    r"|conversation|detail|document|group|meet|opinion|page|participant|passage|question|section"
    r"|talk|text|think|thought|topic|transcript)s?"
)
_ADDRESS = re.compile(r"(?<!\S)\S*[/\\.]\w\S*")
_ENDING = re.compile(
    r"(?:ation|ment|ion|it(?:y|ie)|ness|[ae]nce|ive|(?:al)?ly|[eo]r|able|al|e|y)s?\Z"
)
_MIN_STEM: Final = 5
_OTHER_FORM: Final = 0.7
_FACT = re.compile(r"\d|\w[ ,][A-Z][a-z]|\b(?:not|no|never|must|only|error|fail)")


class _Hits(NamedTuple):
    """Where a word of the question occurs.

    Attributes:
        units: Which ones have it, in order.
        worths: What it is worth in each of them.
        frame: Whether it only says what is to be done, or with what kind of text.
    """

    units: list[int]
    worths: list[float]
    frame: bool


def score(text: str, units: Sequence[Unit], query: str) -> list[float]:
    """Return a score for every unit: all 0 if nothing in `text` is what `query` asks about.

    Every word of the question counts by its rarity, where it occurs and, fading, around the
    nearest of its occurrences: a sentence is good that has all words near it, however often each.
    On top of that comes how densely the words stand around it, and what its heading says.
    """
    own = [0.0] * len(units)
    near = [0.0] * len(units)
    fades = _fades(units)
    hits = list(_find(text, units, query))
    if all(word.frame and not _in_headings(word, units) for word in hits):
        return own
    for word in hits:
        for index, worth in zip(word.units, word.worths, strict=True):
            own[index] += worth
        _spread(word, fades, near)
    average = len(text) / len(units)
    densities = _density(own, fades)
    regions = _density(own, [fade ** (1 / _REGION) for fade in fades])
    scores = []
    heading = 0.0
    for index, unit in enumerate(units):
        if unit.kind in ("heading", "label"):
            heading = _HEADING_SHARE * own[index]
        value = own[index]
        if value:
            value /= 1 + _LENGTH_WEIGHT * ((unit.end - unit.start) / average - 1)
        value = _OWN_SHARE * value + near[index] + heading
        scores.append(value + _DENSITY_SHARE * densities[index] + _REGION_SHARE * regions[index])
    return scores


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


def _find(text: str, units: Sequence[Unit], query: str) -> Iterator[_Hits]:
    """Yield the hits of every word of the question that occurs, one a unit."""
    # "İ" is the one character whose lower case is longer; offsets must stay those of the text.
    lower = text.replace("\u0130", "I").lower()
    starts = [unit.start for unit in units]
    ends = [*starts[1:], len(text)]
    for term, weight in terms(_asked(query)).items():
        stem = _stem(term)
        hits = []
        forms = []
        position = _find_word(lower, stem, 0)
        while position >= 0:
            hits.append(bisect_right(starts, position) - 1)
            forms.append(1.0 if lower.startswith(term, position) else _OTHER_FORM)
            position = _find_word(lower, stem, ends[hits[-1]])
        if hits:
            frame = _FRAME.fullmatch(term) is not None
            worth = _FRAME_WEIGHT * weight if frame else weight
            worth *= math.log(1 + (len(units) - len(hits) + 0.5) / (len(hits) + 0.5))
            yield _Hits(hits, [worth * form for form in forms], frame)


def told_share(text: str, query: str) -> float:
    """Return how much of what a question asks about is mentioned in `text` at all, 0 to 1."""
    lower = text.lower()
    asked = {
        term: weight for term, weight in terms(_asked(query)).items() if not _FRAME.fullmatch(term)
    }
    told = sum(w for term, w in asked.items() if _find_word(lower, _stem(term), 0) >= 0)
    return told / sum(asked.values()) if asked else 1.0


def _stem(term: str) -> str:
    """Return what all forms of a word begin with, as far as that is long enough to tell."""
    stem = _ENDING.sub("", term) if term.isalpha() else term
    return stem if len(stem) >= _MIN_STEM else term


def _asked(query: str) -> str:
    """Return a question without the address of the text: what a tool was called with is last."""
    question, _, last = query.rpartition("\n")
    return f"{question}\n{_ADDRESS.sub(' ', last)}" if question else query


def _find_word(text: str, term: str, start: int) -> int:
    """Return where the next word that begins with `term` begins, -1 if there is none."""
    position = text.find(term, start)
    while position > 0 and text[position - 1].isalnum():
        position = text.find(term, position + 1)
    return position


def _fades(units: Sequence[Unit]) -> list[float]:
    """Return for every unit how much closeness is left behind it; at another document none."""
    return [
        0.0 if unit.kind == "label" else math.exp((unit.start - unit.end) / _REACH)
        for unit in units
    ]


def _in_headings(word: _Hits, units: Sequence[Unit]) -> bool:
    return any(units[index].kind == "heading" for index in word.units)


def _spread(word: _Hits, fades: Sequence[float], near: list[float]) -> None:
    """Add to `near` what a word is worth at its hits and, from the nearest one, around them."""
    previous, left = -1, 0.0
    for index, worth in zip([*word.units, len(fades)], [*word.worths, 0.0], strict=True):
        first, last = previous + 1, index - 1
        right = worth if worth and fades[index] else 0.0
        faint = _FAINT * max(left, right)
        while first <= last and (left > faint or right > faint):
            if left >= right:
                left *= fades[first]
                near[first] += left
                first += 1
            else:
                right *= fades[last]
                near[last] += right
                last -= 1
        if worth:
            near[index] += worth
        previous, left = index, worth


def _density(own: Sequence[float], fades: Sequence[float]) -> list[float]:
    """Return the sum of what stands around every unit, less the further away it is."""
    found = []
    before = 0.0
    for value, fade in zip(own, fades, strict=True):
        before *= fade
        found.append(before)
        before += value
    after = 0.0
    for index in range(len(own) - 1, -1, -1):
        after *= fades[index]
        found[index] += after
        after = after + own[index] if fades[index] else 0.0
    return found
