"""Cuts the changes of a patch into chunks and says in which order they are worth showing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from headroom_core.compressors._diff.kinds import Change
from headroom_core.relevance import score_units, terms

_RUN = re.compile(r"[+\-\\]{1,16}")
_CODE_SHARE: Final = 0.1
LONGEST_LINE: Final = 2_000
PREVIEW: Final = 850
_ALIKE: Final = 400
_MOST_OF_NOISE: Final = 4
_HEADER: Final = 24
_DECAY: Final = 0.25
_PLACE_SHARE: Final = 0.5
_MOST_ASKED: Final = 400
_LEAST_ASKED: Final = 0.5
_GENERIC = re.compile(
    r"\b(?:diffs?|differences?|chang(?:e[sd]?|ing)|commit(?:s|ted)?|patch(?:es)?|git|hunks?|"
    r"summar(?:y|i[sz]ed?)|modif(?:y|ied|ications?)|review|pull|request|HEAD\S*|log|show|since|"
    r"version|release|behaviou?r(?:s|al)?|main|master|origin\S*|files?|run_command|command)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Changed lines that are shown or left out together.

    Attributes:
        file: Number of the file.
        hunk: Number of the hunk in it.
        start: Number of its first line in the hunk.
        end: Number behind its last one.
        cost: How many characters it takes.
    """

    file: int
    hunk: int
    start: int
    end: int
    cost: int


@dataclass(frozen=True, slots=True)
class HunkRanking:
    """What to show first.

    Attributes:
        asked: Chunks of few lines that have to do with the question, the best first.
        rest: Chunks of files worth reading, the best first.
    """

    asked: list[Chunk]
    rest: list[Chunk]


def rank(changes: Sequence[Change], query: str) -> HunkRanking:
    """Return the order in which the lines of `changes` are worth showing."""
    chunks = [chunk for index, change in enumerate(changes) for chunk in _chunks(index, change)]
    query = _GENERIC.sub(" ", query)
    if not terms(query):
        return HunkRanking([], _in_order(changes, chunks, [0.0] * len(chunks)))
    texts = [
        line
        for chunk in chunks
        for line in changes[chunk.file].file.hunks[chunk.hunk].lines[chunk.start : chunk.end]
    ]
    scores = score_units(texts, query)
    places = _place_scores(changes, query)
    best = []
    at = 0
    for chunk in chunks:
        size = chunk.end - chunk.start
        best.append(max(scores[at : at + size]) + places[chunk.file][chunk.hunk])
        at += size
    return HunkRanking(_asked(changes, chunks, scores), _in_order(changes, chunks, best))


def _chunks(number: int, change: Change) -> Iterator[Chunk]:
    """Yield the runs of changed lines of a file, long ones in pieces."""
    for index, hunk in enumerate(change.file.hunks):
        for match in _RUN.finditer(hunk.signs):
            start, end = match.span()
            cost = sum(map(len, hunk.lines[start:end])) + end - start
            if cost > LONGEST_LINE:  # what is longer is cut
                cost = sum(min(len(line), PREVIEW) for line in hunk.lines[start:end])
            yield Chunk(number, index, start, end, cost)


def _place_scores(changes: Sequence[Change], query: str) -> list[list[float]]:
    """Return what path and name of every hunk have to do with the question."""
    names = [f"{change.path} {hunk.name}" for change in changes for hunk in change.file.hunks]
    scores = iter(score_units(names, query))
    return [[_PLACE_SHARE * next(scores) for _ in change.file.hunks] for change in changes]


def _in_order(
    changes: Sequence[Change], chunks: Sequence[Chunk], scores: Sequence[float]
) -> list[Chunk]:
    """Return the chunks worth reading: of files that count, asked for, short, the first of many."""
    noisy = all(change.noise for change in changes)
    seen = [0] * len(changes)
    keyed = []
    for index in sorted(range(len(chunks)), key=lambda index: chunks[index].cost // _ALIKE):
        chunk = chunks[index]
        change = changes[chunk.file]
        if change.noise and not noisy:
            continue
        worth = change.weight * (1 + scores[index]) / (1 + _DECAY * seen[chunk.file])
        seen[chunk.file] += 1
        keyed.append((-worth / (chunk.cost + _HEADER) ** 0.5, index))
    return [chunks[index] for _, index in sorted(keyed)]


def _asked(
    changes: Sequence[Change], chunks: Sequence[Chunk], scores: Sequence[float]
) -> list[Chunk]:
    """Return the lines the question is about, each a chunk, the best first."""
    top = max(scores, default=0.0)
    if not top:
        return []
    found: list[tuple[float, int, Chunk]] = []
    at = 0
    for chunk in chunks:
        change = changes[chunk.file]
        lines = change.file.hunks[chunk.hunk].lines
        for index in range(chunk.start, chunk.end):
            if scores[at] >= _LEAST_ASKED * top:
                cost = min(len(lines[index]), LONGEST_LINE) + 1
                one = Chunk(chunk.file, chunk.hunk, index, index + 1, cost)
                found.append((scores[at] * (1 + _CODE_SHARE * change.weight), -at, one))
            at += 1
    noisy: Counter[int] = Counter()
    asked = []
    for _, _, one in nlargest(_MOST_ASKED, found, key=lambda item: item[:2]):
        noisy[one.file] += bool(changes[one.file].noise)
        if noisy[one.file] <= _MOST_OF_NOISE:
            asked.append(one)
    return asked
