"""Configuration: YAML, TOML, INI, settings of a shell, objects as kubectl prints them."""

from __future__ import annotations

from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors._config import (
    detect as config_detect,
    fold as config_fold,
    page as config_page,
    unfold as config_unfold,
)
from headroom_core.types import Block, Budget, Compressed

_LEAST_LOSSLESS: Final = 0.4


class ConfigCompressor:
    """Folds stanzas that repeat; under a budget, keeps what is asked for and what is wrong."""

    name: ClassVar[str] = "config"
    surest: ClassVar[float] = 0.92

    def detect(self, block: Block) -> float:
        return config_detect.certainty(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if "\n" not in text:
            return Compressed(text)
        before = budget.count(text)
        lossless = text
        if budget.tokens is None or budget.tokens >= _LEAST_LOSSLESS * before:
            lossless = self._lossless(text, budget, before)
            if budget.tokens is None or budget.count(lossless) <= budget.tokens:
                return Compressed(lossless)
        made = config_page.render(text, budget, query or block.query, block.first_line)
        return made or Compressed(lossless)

    def _lossless(self, text: str, budget: Budget, before: int) -> str:
        folded = config_fold.encode(text)
        if folded is None:
            return text
        wrapped = envelope.wrap(self.name, *folded)
        return wrapped if budget.count(wrapped) < before else text

    def expand(self, body: str) -> str:
        return config_unfold.decode(body)
