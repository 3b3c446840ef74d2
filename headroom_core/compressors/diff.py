"""Patches: what diff, git and svn print about changed files, with or without commits."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from headroom_core.compressors import (
    _diff_decode,
    _diff_detect,
    _diff_encode,
    _diff_page,
    _diff_read,
    _phrases,
)
from headroom_core.types import Block, Budget, Compressed

_LEAST_LOSSLESS: Final = 0.5


class DiffCompressor:
    """Folds headers; under a budget, takes context out first, then what is least worth reading."""

    name: ClassVar[str] = "diff"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return _diff_detect.certainty(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if "@@ -" not in text and "diff -" not in text:
            return Compressed(text)
        before = budget.count(text)
        parts = _diff_read.read(text)
        if not any(isinstance(part, _diff_read.File) for part in parts):
            return Compressed(text)
        if budget.tokens is None or budget.tokens >= _LEAST_LOSSLESS * before:
            lossless = self._lossless(text, parts, budget, before)
            if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
                return lossless
            made = _diff_page.trimmed(parts, budget)
            if made:
                return made
        made = _diff_page.render(parts, budget, query or block.query)
        return made or self._lossless(text, parts, replace(budget, tokens=None), before)

    def _lossless(
        self,
        text: str,
        parts: list[_diff_read.File | _diff_read.Prose],
        budget: Budget,
        before: int,
    ) -> Compressed:
        wrapped = _phrases.wrap(self.name, *_diff_encode.encode(text, parts), budget)
        return Compressed(wrapped if budget.count(wrapped) < before else text)

    def expand(self, body: str) -> str:
        return _diff_decode.decode(_phrases.restore(body))
