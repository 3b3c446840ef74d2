"""Prose, documents, retrieved passages, transcripts: the sentences that the question is about."""

from __future__ import annotations

from typing import ClassVar, Final

from headroom_core.compressors import _passage_rank
from headroom_core.compressors._fit import fit
from headroom_core.compressors._passage_page import Page
from headroom_core.compressors._passages import split
from headroom_core.compressors._shape import prose_certainty
from headroom_core.types import Block, Budget, Compressed

_LEAST_WITHOUT_QUESTION: Final = 0.5


class TextCompressor:
    """Keeps whole sentences, in order, and shows where others were left out."""

    name: ClassVar[str] = "text"

    def detect(self, block: Block) -> float:
        return prose_certainty(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        unchanged = Compressed(text)
        if budget.tokens is None:
            return unchanged
        before = budget.count(text)
        if before <= budget.tokens:
            return unchanged
        units = split(text)
        scores = _passage_rank.score(text, units, query or block.query)
        if not any(scores):
            if budget.tokens < _LEAST_WITHOUT_QUESTION * before:
                return unchanged
            scores = _passage_rank.score_alone(text, units)
        page = Page(text, units, scores, budget.keep)
        return fit(text, budget, page.write) or unchanged

    def expand(self, body: str) -> str:
        raise ValueError("text has no lossless rendering")
