"""What is known of the lines of a log before any of them is chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._log_score import HARD, score_lines, tell_counts
from headroom_core.compressors._log_templates import VALUE
from headroom_core.relevance import score_units

_NEAR: Final = 0.7
_MIN_WORDS: Final = 5
_FREE_WORDS: Final = 4
_LETTERED: Final = re.compile(rf"\b[a-f]{{1,8}}{VALUE}")


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a log. All sequences have one entry per line.

    Attributes:
        lines: The lines.
        kinds: The lines with their values taken out.
        counts: How often each kind occurs.
        groups: What the lines count as when one of each will do: the kind for a line that tells
            of a failure, for others the first kind that differs from theirs in one word.
        scores: How much each line tells; below 0 for a blank one.
        asked: How much each line has to do with the question, as a share of the best line; 0 for
            lines that do not come near the best.
        kept: Indexes of the lines that must stay.
    """

    lines: Sequence[str]
    kinds: Sequence[str]
    counts: Counter[str]
    groups: Sequence[str]
    scores: Sequence[float]
    asked: Sequence[float]
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
    return Survey(lines, kinds, counts, groups, scores, _asked(lines, query), kept)


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


def _asked(lines: Sequence[str], query: str) -> list[float]:
    found = score_units(lines, query)
    best = max(found)
    return [score / best if score >= best * _NEAR else 0.0 for score in found] if best else found
