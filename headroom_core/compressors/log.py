"""Logs: templates and values when everything must stay, what tells most when it must not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from headroom_core.compressors._log_columns import encode
from headroom_core.compressors._log_decode import decode
from headroom_core.compressors._log_detect import sureness
from headroom_core.compressors._log_noise import strip_noise
from headroom_core.compressors._log_page import show_best
from headroom_core.compressors._log_survey import survey
from headroom_core.compressors._log_templates import Masked, mask
from headroom_core.envelope import wrap
from headroom_core.types import Block, Budget, Compressed

_ENTRY: Final = 16
_CELL: Final = 4


class LogCompressor:
    """Shortens the logs of builds, tests, commands and services."""

    name: ClassVar[str] = "log"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return sureness(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if budget.tokens is None:
            return Compressed(self._exact(text, mask(text), budget))
        size = budget.count(text)
        rate = size / max(1, len(text))
        clean, changed = strip_noise(text)
        masked = mask(clean)
        exact = text
        if size <= budget.tokens or all(n * rate <= budget.tokens for n in _least(masked)):
            exact = self._exact(text, mask(text) if changed else masked, budget)
            if budget.count(exact) <= budget.tokens:
                return Compressed(exact)
        log = survey(masked, budget.keep, query)
        made = show_best(
            log,
            budget,
            rate,
            lambda part, known: self._exact(part, known, budget, plain=True),
            block.first_line,
        )
        if len(made.text) >= len(exact):
            return Compressed(exact)
        noise = f"terminal codes in {changed:,} lines" if changed else ""
        omitted = ", ".join(filter(None, (made.omitted, noise)))
        return Compressed(made.text, omitted) if omitted else Compressed(exact)

    def expand(self, body: str) -> str:
        return decode(body)

    def _exact(self, text: str, masked: Masked, budget: Budget, *, plain: bool = False) -> str:
        """Return `text` in the shortest spelling that omits nothing."""
        found = encode(text, masked, plain=plain)
        if found is None:
            return text
        wrapped = wrap(self.name, *found)
        shorter = len(wrapped) < len(text) and budget.count(wrapped) < budget.count(text)
        return wrapped if shorter else text


def _least(masked: Masked) -> Iterator[int]:
    """Yield about how many characters the exact spelling cannot do without, the cheapest first."""
    lines = len(set(masked.lines))
    least = sum(map(len, set(masked.masks))) // 2
    yield least + _ENTRY * lines
    yield least + _CELL * lines + sum(map(len, set(masked.values))) // 2
