"""Prose, documents, retrieved passages, transcripts: the sentences that the question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._passage import rank as passage_rank
from headroom_core.compressors._passage.page import Page
from headroom_core.compressors._passage.parts import Draft, shorten
from headroom_core.compressors._passage.pieces import is_talk, split
from headroom_core.compressors._shape import prose_certainty
from headroom_core.compressors.base import Compressor
from headroom_core.types import Block, Budget, Compressed

_LEAST_WITHOUT_QUESTION: Final = 0.5
_LEAST: Final = 0.05
_WRITTEN: Final = 0.7
_TALKED: Final = 0.7
_TOLD: Final = 0.5


class TextCompressor:
    """Keeps whole sentences, in order, and shows where others were left out.

    What is written says a thing once; talk comes back to it again and again, in other words. So
    of a budget, what is written may use 70%, and a transcript all, up to 70% of its own tokens. A
    transcript that does not mention half of what is asked about stays whole: nothing tells what
    may go.

    Args:
        inner: Who shortens the code, data and tables that stand in a document.
    """

    name: ClassVar[str] = "text"
    surest: ClassVar[float] = 0.6

    def __init__(self, inner: Sequence[Compressor] = ()) -> None:
        self._inner = tuple(inner)

    def detect(self, block: Block) -> float:
        return prose_certainty(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        unchanged = Compressed(text)
        if budget.tokens is None:
            return unchanged
        before = budget.count(text)
        allowed = int(_WRITTEN * budget.tokens)
        if before <= allowed:
            return unchanged
        query = query or block.query
        units = split(text)
        scores = passage_rank.score(text, units, query)
        if is_talk(units):
            if passage_rank.told_share(text, query) <= _TOLD:
                return unchanged
            allowed = max(allowed, min(budget.tokens, int(_TALKED * before)))
        else:
            least = _LEAST * max(scores)
            scores = [score if score > least else 0.0 for score in scores]
        if not any(scores):
            if allowed < _LEAST_WITHOUT_QUESTION * before:
                return unchanged
            scores = passage_rank.score_alone(text, units)
        budget = replace(budget, tokens=allowed)
        shown = shorten(Draft(text, units, scores, {}), self._inner, budget, query)
        page = Page(shown.text, shown.units, shown.scores, budget.keep, shown.omitted)
        return fit(text, budget, page.write) or unchanged

    def expand(self, body: str) -> str:
        raise ValueError("text has no lossless rendering")
