"""Logs: templates and values when everything must stay, what tells most when it must not."""

from __future__ import annotations

from typing import ClassVar, Final

from headroom_core.compressors._log_columns import encode
from headroom_core.compressors._log_decode import decode
from headroom_core.compressors._log_detect import sureness
from headroom_core.compressors._log_select import select
from headroom_core.compressors._log_survey import survey
from headroom_core.compressors._log_templates import Masked, mask
from headroom_core.envelope import wrap
from headroom_core.types import Block, Budget, Compressed

_ENTRY: Final = 16


class LogCompressor:
    """Shortens the logs of builds, tests, commands and services."""

    name: ClassVar[str] = "log"

    def detect(self, block: Block) -> float:
        return sureness(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        masked = mask(text)
        if budget.tokens is None:
            return Compressed(self._exact(text, masked, budget))
        size = budget.count(text)
        rate = size / max(1, len(text))
        exact = text
        if size <= budget.tokens or _least(masked) * rate <= budget.tokens:
            exact = self._exact(text, masked, budget)
            if budget.count(exact) <= budget.tokens:
                return Compressed(exact)
        log = survey(masked.lines, masked.masks, budget.keep, query)
        made = select(
            log, budget, rate, lambda part: self._exact(part, mask(part), budget, plain=True)
        )
        return made if made.omitted and len(made.text) < len(exact) else Compressed(exact)

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


def _least(masked: Masked) -> int:
    """Return about how many characters the exact spelling cannot do without."""
    return sum(map(len, set(masked.masks))) // 2 + _ENTRY * len(set(masked.lines))
