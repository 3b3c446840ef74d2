"""Orders search candidates by the question: what to show first when not all of them fit."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from headroom_core.compressors._grep import Listing, Row
from headroom_core.relevance import score_units

_DEFINITION = re.compile(
    r"\s*(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub"
    r"|unsafe|virtual|inline|override|sealed)(?:\([a-z]+\))?\s+){0,6}"
    r"(?:def|class|func|function|fn|impl|struct|enum|interface|trait|type|module|namespace"
    r"|macro_rules!|const|let|var|val|#define|typedef)\s"
)
_TEST_FILE = re.compile(
    r"(?:^|[/\\._-])(?:tests?|specs?|testdata|__tests__|fixtures?)(?:[/\\._-]|$)"
)
_DIGITS: Final = dict.fromkeys(range(ord("0"), ord("9") + 1))

_PATH_WEIGHT: Final = 0.5
_DEFINITION_BONUS: Final = 1.5
_TEST_PENALTY: Final = 0.5
_RARITY_WEIGHT: Final = 0.3
_SAME_FILE: Final = 0.6
_SAME_TEXT: Final = 1.0
_MAX_AGAIN: Final = 1_000
_LOGS: Final = [math.log1p(number) for number in range(_MAX_AGAIN + 1)]
_CONTEXT_OWN: Final = 0.6
_CONTEXT_SHARED: Final = 0.4
_NO_NUMBER: Final = -9


class Candidate(NamedTuple):
    """One line that could be shown.

    Attributes:
        row: The line.
        kept: Whether it must be shown.
        score: How much it has to do with the question, before repetition is held against it.
        shape: Its text without digits: two lines of one shape repeat each other.
    """

    row: Row
    kept: bool
    score: float
    shape: str


def find(listing: Listing, keep: re.Pattern[str] | None, query: str) -> list[Candidate]:
    """Return the lines of `listing` that say something, in order, with their scores."""
    rows = [row for row in listing.rows if row.number or row.text.strip(" -\t\r")]
    texts = [row.text for row in rows]
    shapes = "\n".join([text.strip() for text in texts]).translate(_DIGITS).split("\n")
    often = Counter(shapes)
    paths = list(dict.fromkeys(row.path for row in rows))
    bonus = dict(zip(paths, score_units(paths, query), strict=True))
    bonus = {
        path: _PATH_WEIGHT * value - _TEST_PENALTY * bool(_TEST_FILE.search(path))
        for path, value in bonus.items()
    }
    values = []
    rarity = {n: _RARITY_WEIGHT * math.log(1 + len(rows) / n) for n in set(often.values())}
    for row, shape, value in zip(rows, shapes, score_units(texts, query), strict=True):
        definition = _DEFINITION_BONUS if _DEFINITION.match(row.text) else 0.0
        values.append(value + rarity[often[shape]] + definition + bonus[row.path])
    values = _share_with_context(rows, values)
    return [
        Candidate(row, keep is not None and keep.search(as_line(row)) is not None, value, shape)
        for row, value, shape in zip(rows, values, shapes, strict=True)
    ]


def order(candidates: Sequence[Candidate]) -> list[int]:
    """Return the indexes of the candidates, the best first; those that are kept come before.

    What repeats the file or the text of a better one goes down.
    """
    worth = [candidate.score for candidate in candidates]
    files: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    by_score = sorted(range(len(candidates)), key=worth.__getitem__, reverse=True)
    for index in by_score:
        row, kept, score, shape = candidates[index]
        again = _SAME_FILE * _LOGS[min(files[row.path], _MAX_AGAIN)] + _SAME_TEXT * shapes[shape]
        worth[index] = math.inf if kept else score - again
        files[row.path] += row.mark == ":"
        shapes[shape] += 1
    return sorted(by_score, key=worth.__getitem__, reverse=True)


def as_line(row: Row) -> str:
    """Return the row as one line, path and all."""
    return f"{row.path}{row.mark}{row.number}{row.mark}{row.text}" if row.path else row.text


def _share_with_context(rows: Sequence[Row], values: Sequence[float]) -> list[float]:
    """Return the scores, those of context lines blended with the score of the nearest match."""
    shared = list(values)
    if not any(row.mark == "-" for row in rows):
        return shared
    numbers = [int(row.number or _NO_NUMBER) for row in rows]
    for step in (1, -1):
        nearest = 0.0
        ordered = list(range(len(rows)))[::step]
        for before, index in pairwise([ordered[0], *ordered]):
            row, number = rows[index], numbers[index]
            if (
                number == _NO_NUMBER
                or abs(number - numbers[before]) > 1
                or row.path != rows[before].path
            ):
                nearest = 0.0
            if row.mark == "-":
                own = _CONTEXT_OWN * values[index]
                shared[index] = max(own + nearest, own if step > 0 else shared[index])
            else:
                nearest = _CONTEXT_SHARED * values[index]
    return shared
