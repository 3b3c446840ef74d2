"""Finds the lines of a log that a question asks for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Final

from headroom_core.compressors._log.templates import Masked
from headroom_core.relevance import terms

_LONG_WORD: Final = re.compile(r"\w{5,200}")
_LETTERS: Final = re.compile(
    r"(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\Z)[a-z_]{3,200}"
)
"""Stand in a line if they stand in what is left of it without its values, or in one of those."""

_QUOTED: Final = re.compile(
    r"[\"'`\u201c\u2018]([^\"'`\u201c\u201d\u2018\u2019\n]{3,160})[\"'`\u201d\u2019]"
)
_MAX_QUERY: Final = 4000
_MAX_WORDS: Final = 64
_CHUNK: Final = 50_000
_FEW: Final = 20
_SPREAD: Final = 6
_COMMON: Final = 0.1
_WORTH: Final = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question leads to.

    Attributes:
        named: Indexes of the lines with a name of the question in them, best first.
        worded: Indexes of the lines with a word of it, best first.
        counts: How many lines have a name that too many lines have to be shown.
    """

    named: list[int]
    worded: list[int]
    counts: dict[str, int]


def find_asked(masked: Masked, query: str) -> Asked:
    """Return the lines of a log that `query` asks for.

    A word that many lines have says little: those with the rarest come first, and of hundreds
    the first, the last and some between.
    """
    query = query[:_MAX_QUERY]
    wanted = dict.fromkeys(_LONG_WORD.findall(query.lower())[:_MAX_WORDS], 1.0)
    wanted |= terms(query)
    wanted |= dict.fromkeys((match.strip().lower() for match in _QUOTED.findall(query)), 3.0)
    wanted.pop("", None)
    words = _lowered({*masked.masks, *masked.values}) if wanted else ""
    wanted = {
        term: weight
        for term, weight in wanted.items()
        if term in words or not _LETTERS.fullmatch(term)
    }
    if not wanted:
        return Asked([], [], {})
    lines = masked.lines
    text = _lowered(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    if len(text) + 1 != starts[-1]:
        # Some letters are longer in lower case.
        lowered = [line.lower() for line in lines]
        text = "\n".join(lowered)
        starts = [0, *accumulate(len(line) + 1 for line in lowered)]
    few = max(_FEW, len(lines) // 50)
    named: Counter[int] = Counter()
    worded: Counter[int] = Counter()
    counts = {}
    for term, weight in wanted.items():
        hits = list(islice(_lines_with(text, term, starts), few + 1))
        total = len(hits)
        if total > few:
            total = text.count(term)
            if weight <= 1 and total > _COMMON * len(lines):
                continue
            hits = list(_spread(text, term, starts))
            if weight > 1:
                counts[term] = total
        for index in hits:
            (named if weight > 1 else worded)[index] += _WORTH // total
    return Asked(_ranked(named), _ranked(worded), counts)


def _lowered(lines: Collection[str]) -> str:
    """Return lines in small letters, one below the other.

    Not all at once: to make letters small that are not ASCII takes 12 bytes for each character.
    """
    text = "\n".join(lines)
    return "".join([text[at : at + _CHUNK].lower() for at in range(0, len(text), _CHUNK)])


def _ranked(found: Mapping[int, int]) -> list[int]:
    return sorted(found, key=lambda index: (-found[index], index))


def _lines_with(text: str, term: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of the lines of `text` in which `term` occurs."""
    position = text.find(term)
    while position >= 0:
        index = bisect_right(starts, position) - 1
        yield index
        position = text.find(term, starts[index + 1])


def _spread(text: str, term: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of the first and last line in which `term` occurs, and of some between."""
    for part in range(_SPREAD):
        position = text.find(term, len(text) * part // _SPREAD)
        if position >= 0:
            yield bisect_right(starts, position) - 1
    yield bisect_right(starts, text.rfind(term)) - 1
