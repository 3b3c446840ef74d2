"""What is known of the lines of a log before any of them is chosen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._log.builds import Failure, contents, find_failures
from headroom_core.compressors._log.groups import group
from headroom_core.compressors._log.passing import find_passing
from headroom_core.compressors._log.question import Asked, find_asked
from headroom_core.compressors._log.score import (
    HARD,
    TOLD,
    find_suspects,
    score_lines,
    tell_counts,
)
from headroom_core.compressors._log.templates import VALUE, Masked

_LETTERED: Final = re.compile(rf"{VALUE}[a-f]{{1,8}}\b")
"""Read from behind, where a search stops at values only and not at every word."""

_IN_VALUE: Final = re.compile(
    r"[:/_.-](?:error|fail(?:ed|ure)?|fatal|exception|panic)(?![a-z])", re.IGNORECASE
)
"""In values that go on with words: "140735:error:1408F10B", "3rdparty/cppunit/Exception.cpp"."""

_STATUS: Final = re.compile(
    rf"status(?:[ _]?code)?[\"']?[:= ]{{1,2}}[\"']?{VALUE}|HTTP/{VALUE}\" {VALUE}"
)
_SERVER_FAILED: Final = re.compile(r"5\d\d[.:]?")

_SAID: Final = -1.0
_FAILED: Final = 7.0
DULL: Final = 1.0
"""What a line tells at most that says that all goes well."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a log. Sequences of strings and scores have one per line.

    Attributes:
        masked: The lines with and without their values.
        kinds: The lines without their values; where they count errors, with whether there are any.
        events: What stands for all lines that tell of the same kind of event.
        groups: What the lines count as when one of each will do: their mask if they tell of a
            failure, else their event.
        counts: How many lines are of each group.
        scores: How much each line tells; below 0 for a blank one, and for what was said before.
        failures: Lines that belong together, in order.
        repeated: The groups of lines of failures that occur more than once.
        asked: What the question leads to.
        kept: Indexes of the lines that must stay.
    """

    masked: Masked
    kinds: Sequence[str]
    events: Sequence[str]
    groups: Sequence[str]
    counts: Mapping[str, int]
    scores: Sequence[float]
    failures: Sequence[Failure]
    repeated: Set[str]
    asked: Asked
    kept: frozenset[int]

    @property
    def lines(self) -> Sequence[str]:
        """The lines of the log."""
        return self.masked.lines


def survey(masked: Masked, keep: re.Pattern[str] | None, query: str) -> Survey:
    """Look at a log.

    Args:
        masked: Its lines with their values taken out.
        keep: What must stay.
        query: The question.
    """
    lines = masked.lines
    kinds = _tell_served(_tell_failed(_plain(masked.masks), masked), masked)
    suspects = find_suspects(list(dict.fromkeys(kinds)))
    kinds = tell_counts(masked, kinds, suspects)
    occurring = Counter(kinds)
    content = contents(occurring)
    news = {kind for kind in occurring if kind.rstrip(TOLD) in suspects}
    dull = find_passing(occurring.keys() - news, content)
    alike = _alike(content, dull)
    sizes: Counter[str] = Counter()
    for name, count in occurring.items():
        sizes[alike[name]] += count
    relatives = {name: sizes[alike[name]] for name in occurring}
    failures = find_failures(kinds, content, news)
    scores = score_lines(lines, kinds, occurring, relatives, news)
    _score_failures(scores, failures)
    if dull:
        scores = [
            min(score, DULL) if name in dull else score
            for score, name in zip(scores, kinds, strict=True)
        ]
    events = [alike[name] for name in kinds]
    groups = [
        name if score >= HARD else event
        for name, event, score in zip(kinds, events, scores, strict=True)
    ]
    found = (i for i, line in enumerate(lines) if keep.search(line)) if keep else ()
    repeated = {
        groups[index]
        for failure in failures
        if failure.again
        for index in range(failure.start, failure.end)
    }
    asked = find_asked(masked, query)
    return Survey(
        masked,
        kinds,
        events,
        groups,
        Counter(groups),
        scores,
        failures,
        repeated,
        asked,
        frozenset(found),
    )


def _plain(masks: Sequence[str]) -> list[str]:
    """Return masked lines without the letters around their values."""
    distinct = list(dict.fromkeys(masks))
    bare = _LETTERED.sub(VALUE, "\n".join(distinct)[::-1])[::-1]
    both = zip(distinct, bare.split("\n"), strict=True)
    plain = {mask: mask if mask == text else text for mask, text in both}
    return [plain[mask] for mask in masks]


def _score_failures(scores: list[float], failures: Sequence[Failure]) -> None:
    """Raise the scores of the first lines of failures, and lower those that say it again."""
    for failure in failures:
        length = failure.end - failure.start
        if failure.again and length > 1:
            scores[failure.start : failure.end] = [_SAID] * length
        elif not failure.again:
            scores[failure.start] = max(scores[failure.start], _FAILED)


def _tell_failed(kinds: list[str], masked: Masked) -> list[str]:
    """Return `kinds` with the word of failure that a value of the line has in it, if any has."""
    text = "\n".join({*masked.values, ""})
    words: dict[str, str] = {}
    for found in _IN_VALUE.finditer(text):
        start, end = found.span()
        ends = text.find("\n", end)
        value = text[text.rfind("\n", 0, start) + 1 : ends if ends >= 0 else None]
        words.setdefault(value, text[start + 1 : end].lower())
    if not words:
        return kinds
    told = list(kinds)
    for place, value in enumerate(masked.values):
        if value in words:
            index = bisect_right(masked.starts, place) - 1
            told[index] = f"{kinds[index]} {words[value]}"
    return told


def _tell_served(kinds: list[str], masked: Masked) -> list[str]:
    """Return `kinds` with a word of failure where a server answered that it failed."""
    places: dict[str, int] = {}
    for mask in dict.fromkeys(masked.masks):
        if ("status" in mask or "HTTP/" in mask) and (found := _STATUS.search(mask)):
            places[mask] = mask.count(VALUE, 0, found.end() - 1)
    if not places:
        return kinds
    told = list(kinds)
    for index, mask in enumerate(masked.masks):
        if mask in places and _SERVER_FAILED.fullmatch(
            masked.values[masked.starts[index] + places[mask]]
        ):
            told[index] = f"{kinds[index]} (error)"
    return told


def _alike(content: Mapping[str, str], dull: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for all masked lines that tell of the same kind of event."""
    found = group(text for kind, text in content.items() if kind not in dull)
    return {kind: dull.get(kind) or found[text] for kind, text in content.items()}
