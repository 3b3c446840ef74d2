"""Orders search results by the question: what to show first when not all of them fit."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from headroom_core.compressors._grep import definition as grep_definition
from headroom_core.compressors._grep.rows import SearchResults
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """What could be shown, in columns: single lines, or lines of one file that say the same.

    Attributes:
        rows: The index of each in the listing, of the first line if there are several.
        paths: The files.
        marks: The marks.
        texts: What they say, without the white space around it.
        numbers: The numbers of all lines of each, with commas.
        lines: How many lines each is.
        kept: The indexes of those that must be shown.
        scores: How much each has to do with the question, before repetition is held against it.
        shapes: The texts without digits: two candidates of one shape repeat each other.
    """

    rows: Sequence[int]
    paths: Sequence[str]
    marks: Sequence[str]
    texts: Sequence[str]
    numbers: Sequence[str]
    lines: Sequence[int]
    kept: Collection[int]
    scores: Sequence[float]
    shapes: Sequence[str]


def find(listing: SearchResults, keep: re.Pattern[str] | None, query: str) -> Candidates:
    """Return what `listing` says, in order, with scores."""
    each = enumerate(zip(listing.marks, listing.numbers, listing.texts, strict=True))
    rows = [i for i, (mark, number, text) in each if mark or number or text.strip(" -\t\r")]
    numbers = [listing.numbers[row] for row in rows]
    texts = [listing.texts[row].strip() for row in rows]
    must = {row for row in rows if keep is not None and keep.search(listing.original(row))}
    lines = [1] * len(rows)
    if not listing.context and len(set(texts)) < len(texts):
        rows, numbers = _merged(listing, rows, texts, must)
        texts = [listing.texts[row].strip() for row in rows]
        lines = [number.count(",") + 1 for number in numbers]
    shapes = _without_digits("\n".join(texts)).split("\n")
    paths = [listing.paths[row] for row in rows]
    marks = [listing.marks[row] for row in rows]
    names = grep_definition.names([listing.texts[row] for row in rows])
    scores = _scores(texts, names, paths, shapes, query)
    if listing.context and rows:
        scores = _share_with_context(paths, numbers, marks, texts, scores)
    kept = {index for index, row in enumerate(rows) if row in must} if must else must
    return Candidates(rows, paths, marks, texts, numbers, lines, kept, scores, shapes)


def order(candidates: Candidates) -> list[int]:
    """Return the indexes of the candidates, the best first; those that are kept come before.

    What repeats the file or the text of a better one goes down.
    """
    paths, marks, all_shapes = candidates.paths, candidates.marks, candidates.shapes
    worth = list(candidates.scores)
    files = dict.fromkeys(paths, 0)
    shapes = dict.fromkeys(all_shapes, 0)
    by_score = sorted(range(len(worth)), key=worth.__getitem__, reverse=True)
    for index in by_score:
        path, shape = paths[index], all_shapes[index]
        before, same = files[path], shapes[shape]
        again = _LOGS[min(_MAX_AGAIN, before)]
        worth[index] -= _SAME_FILE * again + _SAME_TEXT * same
        if marks[index] == ":":
            files[path] = before + 1
        shapes[shape] = same + 1
    for index in candidates.kept:
        worth[index] = math.inf
    return sorted(by_score, key=worth.__getitem__, reverse=True)


def _merged(
    listing: SearchResults, rows: Sequence[int], texts: Sequence[str], kept: Collection[int]
) -> tuple[list[int], list[str]]:
    """Return rows and their numbers: those of a file that say the same are one.

    Lines that must be kept are never merged: their white space is kept, too.
    """
    keys: list[tuple[str, str] | int] = [
        (listing.paths[row], text) if listing.numbers[row] and row not in kept else row
        for row, text in zip(rows, texts, strict=True)
    ]
    found: dict[tuple[str, str] | int, str] = {}
    firsts: list[int] = []
    for key, row in zip(keys, rows, strict=True):
        number = listing.numbers[row]
        if key in found:
            found[key] += f",{number}"
        else:
            found[key] = number
            firsts.append(row)
    return firsts, list(found.values())


def _without_digits(text: str) -> str:
    if text.isascii():
        return text.translate(_DIGITS)
    # For such texts `str.translate` is ten times slower.
    for digit in "0123456789":
        text = text.replace(digit, "")
    return text


def _scores(
    texts: Sequence[str],
    names: Sequence[str],
    paths: Sequence[str],
    shapes: Sequence[str],
    query: str,
) -> list[float]:
    often = Counter(shapes)
    rarity = {n: _RARITY_WEIGHT * math.log(1 + len(texts) / n) for n in set(often.values())}
    files = list(dict.fromkeys(paths))
    bonus = {
        path: _PATH_WEIGHT * value - _TEST_PENALTY * _is_test(path)
        for path, value in zip(files, score_units(files, query), strict=True)
    }
    defined = _bonuses(set(names), terms(query))
    return [
        value + rarity[often[shape]] + defined[name] + bonus[path]
        for path, shape, name, value in zip(
            paths, shapes, names, score_units(texts, query), strict=True
        )
    ]


def _is_test(path: str) -> bool:
    # Most paths have none of the words, and these are found faster than the pattern fails.
    return any(word in path for word in _TEST_WORDS) and _TEST_FILE.search(path) is not None


def _bonuses(names: Collection[str], wanted: Mapping[str, float]) -> dict[str, float]:
    """Return what it is worth to define each: most if it is asked for, or says what is asked."""
    all_names = "\n".join(names).lower()
    parts = [term for term, weight in wanted.items() if weight <= 1 and term in all_names]
    found = {}
    for name in names:
        lower = name.rpartition(".")[2].rpartition(":")[2].lower()
        if lower in wanted or name.lower() in wanted:
            found[name] = _DEFINITION_BONUS + _ASKED_BONUS
            continue
        said = sum([len(term) for term in parts if term in lower])
        share = min(1.0, said / max(1, len(lower.replace("_", "")))) if said else 0.0
        found[name] = _DEFINITION_BONUS + (_NAMED_BONUS * share if share >= _LEAST_NAMED else 0.0)
    return found | {"": 0.0}


def _share_with_context(
    paths: Sequence[str],
    numbers: Sequence[str],
    marks: Sequence[str],
    texts: Sequence[str],
    values: Sequence[float],
) -> list[float]:
    """Return the scores, those of context lines blended with the score of the nearest match."""
    lines = [int(number.partition(":")[0] or _NO_NUMBER) for number in numbers]
    # Whether a row belongs to the one above it; the first one to none, and nor does the last end.
    joined = [
        above == path and -1 <= number - before <= 1 and number >= 0 and before >= 0
        for above, path, before, number in zip(
            paths, islice(paths, 1, None), lines, islice(lines, 1, None), strict=False
        )
    ]
    shared = [_BLANK] * len(values)
    _blend(shared, zip(range(len(values)), [False, *joined], strict=True), marks, texts, values)
    backward = zip(reversed(range(len(values))), [False, *reversed(joined)], strict=True)
    _blend(shared, backward, marks, texts, values)
    return shared


def _blend(
    shared: list[float],
    ordered: Iterable[tuple[int, bool]],
    marks: Sequence[str],
    texts: Sequence[str],
    values: Sequence[float],
) -> None:
    nearest = 0.0
    for index, is_joined in ordered:
        if not is_joined:
            nearest = 0.0
        if not texts[index]:
            continue
        value = values[index]
        if marks[index] == "-":
            own = _CONTEXT_OWN * value
            shared[index] = max(own, own + nearest, shared[index])
        else:
            shared[index] = value
            nearest = _CONTEXT_SHARED * value
