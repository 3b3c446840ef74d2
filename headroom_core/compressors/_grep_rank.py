"""Orders search results by the question: what to show first when not all of them fit."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from headroom_core.compressors import _grep_definition
from headroom_core.compressors._grep import SearchResults, SearchRow, original
from headroom_core.relevance import score_units, terms

_TEST_FILE = re.compile(
    r"(?:^|[/\\._-])(?:tests?|specs?|testdata|__tests__|fixtures?)(?:[/\\._-]|$)"
)
_TEST_WORDS: Final = ("test", "spec", "fixture")
_DIGITS: Final = dict.fromkeys(range(ord("0"), ord("9") + 1))

_PATH_WEIGHT: Final = 0.5
_DEFINITION_BONUS: Final = 1.5
_ASKED_BONUS: Final = 6.0
_NAMED_BONUS: Final = 3.0
_LEAST_NAMED: Final = 0.5
_TEST_PENALTY: Final = 0.5
_RARITY_WEIGHT: Final = 0.3
_SAME_FILE: Final = 0.6
_SAME_TEXT: Final = 1.0
_MAX_AGAIN: Final = 1_000
_LOGS: Final = [math.log1p(number) for number in range(_MAX_AGAIN + 1)]
_CONTEXT_OWN: Final = 0.6
_CONTEXT_SHARED: Final = 0.4
_BLANK: Final = -9.0
_NO_NUMBER: Final = -9


class Candidate(NamedTuple):
    """Something that could be shown: one line, or lines of one file that say the same.

    Attributes:
        row: The line, the first of them.
        text: What it says, without the white space around it.
        numbers: The numbers of all of them, with commas.
        kept: Whether it must be shown.
        score: How much it has to do with the question, before repetition is held against it.
        shape: Its text without digits: two candidates of one shape repeat each other.
    """

    row: SearchRow
    text: str
    numbers: str
    kept: bool
    score: float
    shape: str

    @property
    def lines(self) -> int:
        """How many lines they are."""
        return self.numbers.count(",") + 1


def find(listing: SearchResults, keep: re.Pattern[str] | None, query: str) -> list[Candidate]:
    """Return what `listing` says, in order, with scores."""
    rows: Sequence[SearchRow] = [
        row for row in listing.rows if row[2] or row[1] or row[3].strip(" -\t\r")
    ]
    kept = {row for row in rows if keep is not None and keep.search(original(row, listing.form))}
    rows, texts, numbers = _merged(rows, frozenset(kept), merge=not listing.context)
    shapes = "\n".join(texts).translate(_DIGITS).split("\n")
    values = _scores(rows, shapes, query)
    if listing.context:
        values = _share_with_context(rows, values)
    must = [row in kept for row in rows] if kept else [False] * len(rows)
    return list(map(Candidate._make, zip(rows, texts, numbers, must, values, shapes, strict=True)))


def order(candidates: Sequence[Candidate]) -> list[int]:
    """Return the indexes of the candidates, the best first; those that are kept come before.

    What repeats the file or the text of a better one goes down.
    """
    worth = [candidate[4] for candidate in candidates]
    files: dict[str, int] = {}
    shapes: dict[str, int] = {}
    by_score = sorted(range(len(candidates)), key=worth.__getitem__, reverse=True)
    for index in by_score:
        row, _, _, kept, score, shape = candidates[index]
        path = row[0]
        before, same = files.get(path, 0), shapes.get(shape, 0)
        again = _SAME_FILE * _LOGS[min(before, _MAX_AGAIN)] + _SAME_TEXT * same
        worth[index] = math.inf if kept else score - again
        files[path] = before + (row[2] == ":")
        shapes[shape] = same + 1
    return sorted(by_score, key=worth.__getitem__, reverse=True)


def _merged(
    rows: Sequence[SearchRow], kept: Collection[SearchRow], *, merge: bool
) -> tuple[Sequence[SearchRow], list[str], list[str]]:
    """Return rows, what each says, and its number: those of a file that say the same are one.

    Lines that must be kept are never merged: their white space is kept, too.
    """
    texts = [row[3].strip() for row in rows]
    numbers = [row[1] for row in rows]
    if not merge or len(set(texts)) == len(texts):
        return rows, texts, numbers
    found: dict[tuple[str, str] | int, int] = {}
    for index, row in enumerate(rows):
        one = row[1] and row not in kept
        first = found.setdefault((row[0], texts[index]) if one else index, index)
        if first != index:
            numbers[first] += "," + row[1]
    indexes = list(found.values())
    return (
        [rows[index] for index in indexes],
        [texts[index] for index in indexes],
        [numbers[index] for index in indexes],
    )


def _scores(rows: Sequence[SearchRow], shapes: Sequence[str], query: str) -> list[float]:
    texts = [row.text for row in rows]
    often = Counter(shapes)
    rarity = {n: _RARITY_WEIGHT * math.log(1 + len(rows) / n) for n in set(often.values())}
    wanted = terms(query)
    paths = list(dict.fromkeys([row.path for row in rows]))
    bonus = {
        path: _PATH_WEIGHT * value - _TEST_PENALTY * _is_test(path)
        for path, value in zip(paths, score_units(paths, query), strict=True)
    }
    names = _grep_definition.names(texts)
    defined = {name: _bonus(name, wanted) for name in set(names)}
    return [
        value + rarity[often[shape]] + defined[name] + bonus[row.path]
        for row, shape, name, value in zip(
            rows, shapes, names, score_units(texts, query), strict=True
        )
    ]


def _is_test(path: str) -> bool:
    # Most paths have none of the words, and these are found faster than the pattern fails.
    return any(word in path for word in _TEST_WORDS) and _TEST_FILE.search(path) is not None


def _bonus(name: str, wanted: Mapping[str, float]) -> float:
    """Return what it is worth to define `name`: most if it is asked for, or says what is asked."""
    if not name:
        return 0.0
    lower = name.rpartition(".")[2].rpartition(":")[2].lower()
    if lower in wanted or name.lower() in wanted:
        return _DEFINITION_BONUS + _ASKED_BONUS
    said = sum(len(term) for term, weight in wanted.items() if weight <= 1 and term in lower)
    share = min(1.0, said / max(1, len(lower.replace("_", ""))))
    return _DEFINITION_BONUS + (_NAMED_BONUS * share if share >= _LEAST_NAMED else 0.0)


def _share_with_context(rows: Sequence[SearchRow], values: Sequence[float]) -> list[float]:
    """Return the scores, those of context lines blended with the score of the nearest match."""
    shared = list(values)
    numbers = [int(row.number.partition(":")[0] or _NO_NUMBER) for row in rows]
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
            if not row.text.strip():
                shared[index] = _BLANK
            elif row.mark == "-":
                own = _CONTEXT_OWN * values[index]
                shared[index] = max(own + nearest, own if step > 0 else shared[index])
            else:
                nearest = _CONTEXT_SHARED * values[index]
    return shared
