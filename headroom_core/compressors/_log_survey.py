"""What is known of the lines of a log before any of them is chosen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Final

from headroom_core.compressors._log_score import HARD, score_lines, tell_counts
from headroom_core.compressors._log_templates import VALUE
from headroom_core.relevance import terms

_LONG_WORD: Final = re.compile(r"\w{5,200}")
_MAX_QUERY: Final = 4000
_MAX_WORDS: Final = 64
_FEW: Final = 20
_MIN_WORDS: Final = 5
_FREE_WORDS: Final = 4
_LETTERED: Final = re.compile(rf"\b[a-f]{{1,8}}{VALUE}")


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a log. Sequences of strings and scores have one per line.

    Attributes:
        lines: The lines.
        kinds: The lines with their values taken out.
        counts: How often each kind occurs.
        groups: What the lines count as when one of each will do: the kind for a line that tells
            of a failure, for others the first kind that differs from theirs in one word.
        scores: How much each line tells; below 0 for a blank one.
        named: Indexes of the lines that a name in the question leads to, best first.
        asked: Indexes of the lines that a word of the question leads to, best first.
        kept: Indexes of the lines that must stay.
    """

    lines: Sequence[str]
    kinds: Sequence[str]
    counts: Counter[str]
    groups: Sequence[str]
    scores: Sequence[float]
    named: Sequence[int]
    asked: Sequence[int]
    kept: frozenset[int]


def survey(
    lines: Sequence[str], masks: Sequence[str], keep: re.Pattern[str] | None, query: str
) -> Survey:
    """Look at a log.

    Args:
        lines: The lines.
        masks: The lines with their values taken out.
        keep: What must stay.
        query: The question.
    """
    kind = {masked: _LETTERED.sub(VALUE, masked) for masked in set(masks)}
    kinds = tell_counts(lines, [kind[masked] for masked in masks])
    counts = Counter(kinds)
    alike = _alike(counts)
    sizes: Counter[str] = Counter()
    for name, count in counts.items():
        sizes[alike[name]] += count
    scores = score_lines(lines, kinds, counts, {name: sizes[alike[name]] for name in counts})
    groups = [
        name if score >= HARD else alike[name] for name, score in zip(kinds, scores, strict=True)
    ]
    kept = frozenset(i for i, line in enumerate(lines) if keep and keep.search(line))
    named, asked = _find_asked(lines, query)
    return Survey(lines, kinds, counts, groups, scores, named, asked, kept)


def _alike(kinds: Iterable[str]) -> dict[str, str]:
    """Return for each kind the first one that differs from it in one of its first words at most.

    The names of hosts and users stand there, and are no reason to show a line twice.
    """
    leaders: dict[tuple[int, str, str], str] = {}
    found: dict[str, str] = {}
    for kind in kinds:
        words = kind.split(" ", _MIN_WORDS)
        found[kind] = kind
        if len(words) < _MIN_WORDS:
            continue
        start = 0
        for word in words[:_FREE_WORDS]:
            leader = leaders.setdefault((start, kind[:start], kind[start + len(word) :]), kind)
            if leader is not kind:
                found[kind] = found[leader]
            start += len(word) + 1
    return found


def _find_asked(lines: Sequence[str], query: str) -> tuple[list[int], list[int]]:
    """Return the lines with a name of the question in them, and those with a word of it.

    A word that many lines have says little. Those with the rarest come first.
    """
    lowered = [line.lower() for line in lines]
    text = "\n".join(lowered)
    starts = [0, *accumulate(len(line) + 1 for line in lowered)]
    wanted = dict.fromkeys(_LONG_WORD.findall(query[:_MAX_QUERY].lower())[:_MAX_WORDS], 1.0)
    wanted |= terms(query)
    few = max(_FEW, len(lines) // 50)
    named: Counter[int] = Counter()
    asked: Counter[int] = Counter()
    for term, weight in wanted.items():
        hits = list(islice(_lines_with(text, term, starts), few + 1))
        found = named if weight > 1 else asked
        for index in hits if len(hits) <= few else ():
            found[index] += 1000 // len(hits)
    return _ranked(named), _ranked(asked)


def _ranked(found: Mapping[int, int]) -> list[int]:
    return sorted(found, key=lambda index: (-found[index], index))


def _lines_with(text: str, term: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of the lines of `text` in which `term` occurs."""
    position = text.find(term)
    while position >= 0:
        index = bisect_right(starts, position) - 1
        yield index
        position = text.find(term, starts[index + 1])
