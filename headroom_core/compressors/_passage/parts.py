"""The code, data and tables in a document, each shortened by the compressor of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

from headroom_core.compressors._passage.pieces import Unit
from headroom_core.compressors.base import Compressor
from headroom_core.envelope import find_envelopes
from headroom_core.file_names import named_file
from headroom_core.types import Block, Budget, Compressed

_LEAST: Final = 200
_ROOM: Final = 40
_USED: Final = 0.3
_SURE: Final = 0.5
_GAIN: Final = 0.9
_MOST: Final = 0.7


class Draft(NamedTuple):
    """A text whose parts are shortened.

    Attributes:
        text: The text.
        units: What it consists of; a part that was shortened is one unit.
        scores: What each unit has to do with the question.
        omitted: What the units with these numbers leave out.
    """

    text: str
    units: Sequence[Unit]
    scores: Sequence[float]
    omitted: dict[int, str]


def shorten(draft: Draft, compressors: Sequence[Compressor], budget: Budget, query: str) -> Draft:
    """Return `draft` with fences and tables shortened to their share of the budget.

    A part stays as it is when it is short, when next to nothing of it would be left, when no
    compressor is sure of it, and when it has lines that must survive.
    """
    text, units, scores, _ = draft
    if budget.tokens is None or next(find_envelopes(text), None):
        return draft  # what stays must not read as a rendering of ours
    shortener = _Shortener(text, compressors, budget, query)
    best = max(scores, default=0.0) or 1.0
    pieces: list[str] = []
    moved: list[Unit] = []
    kept: list[float] = []
    omitted: dict[int, str] = {}
    place = 0
    for first, last in _parts(units):
        start, end = units[first].start, units[last - 1].end
        made = None
        if units[first].kind in ("block", "columns"):
            made = shortener.shortened(start, end, max(scores[first:last]) / best)
        if made is None:
            moved += [_at(unit, place - start) for unit in units[first:last]]
            kept += scores[first:last]
            pieces.append(text[start:end])
        else:
            if made.omitted:
                omitted[len(moved)] = made.omitted
            moved.append(
                units[first]._replace(start=place, end=place + len(made.text), kind="block")
            )
            kept.append(max(scores[first:last]))
            pieces.append(made.text)
        place += len(pieces[-1])
    return Draft("".join(pieces), moved, kept, omitted)


class _Shortener:
    """Shortens what stands in a text, the more of it the less it has to do with the question."""

    def __init__(
        self, text: str, compressors: Sequence[Compressor], budget: Budget, query: str
    ) -> None:
        self._text = text
        self._compressors = compressors
        self._budget = budget
        self._query = query
        self._rate = (budget.tokens or 0) / max(1, budget.count(text))

    def shortened(self, start: int, end: int, relevance: float) -> Compressed | None:
        """Return a part in its share of the budget; None if it stays as it is."""
        budget = self._budget
        piece = self._text[start:end]
        size = budget.count(piece)
        if size < _LEAST or (budget.keep and budget.keep.search(piece)):
            return None
        room = min(size * self._rate * (1 + relevance), size * _GAIN, (budget.tokens or 0) * _MOST)
        if room < _ROOM:
            return None
        body = piece.rstrip("\n")
        file = named_file(self._text, start)
        query = f"{self._query}\n{file}" if file else self._query
        compressor = self._sure_of(Block(body, query=query))
        if compressor is None:
            return None
        # Code says which lines are left out: by their numbers in the whole text.
        above = "\n" * self._text.count("\n", 0, start) if compressor.name == "code" else ""
        share = replace(budget, tokens=max(1, int(room)), cut_tokens=None)
        made = compressor.compress(Block(above + body, query=query), share, query)
        shown = made.text.removeprefix(above)
        used = budget.count(shown)
        if used > _GAIN * size or (made.omitted and used < _USED * room):
            return None
        return Compressed(shown + piece[len(body) :], made.omitted)

    def _sure_of(self, block: Block) -> Compressor | None:
        """Return who is surest that a part is of their kind, the first of several."""
        certainty, place = max(
            ((compressor.detect(block), -n) for n, compressor in enumerate(self._compressors)),
            default=(0.0, 0),
        )
        return self._compressors[-place] if certainty >= _SURE else None


def _parts(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield where runs of units begin and end: what stands in a fence, a table, all between."""
    position = 0
    for _, found in groupby(units, lambda unit: unit.kind in ("block", "columns") and unit.group):
        count = len(list(found))
        yield position, position + count
        position += count


def _at(unit: Unit, offset: int) -> Unit:
    return unit._replace(start=unit.start + offset, end=unit.end + offset) if offset else unit
