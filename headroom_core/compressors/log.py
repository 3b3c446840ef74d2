"""Logs: templates and values when everything must stay, what tells most when it must not."""

from __future__ import annotations

from typing import ClassVar

from headroom_core.compressors._log_columns import encode
from headroom_core.compressors._log_decode import decode
from headroom_core.compressors._log_detect import sureness
from headroom_core.compressors._log_select import select
from headroom_core.envelope import wrap
from headroom_core.types import Block, Budget, Compressed


class LogCompressor:
    """Shortens the logs of builds, tests, commands and services."""

    name: ClassVar[str] = "log"

    def detect(self, block: Block) -> float:
        return sureness(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        exact = self._exact(block.text, budget)
        if budget.tokens is None or budget.count(exact) <= budget.tokens:
            return Compressed(exact)
        picked = select(block.text, budget, query, lambda text: self._exact(text, budget))
        shorter = budget.count(picked.text) < budget.count(exact)
        return picked if shorter and picked.omitted else Compressed(exact)

    def expand(self, body: str) -> str:
        return decode(body)

    def _exact(self, text: str, budget: Budget) -> str:
        """Return `text` in the shortest spelling that omits nothing."""
        found = encode(text)
        if found is None:
            return text
        wrapped = wrap(self.name, *found)
        shorter = len(wrapped) < len(text) and budget.count(wrapped) < budget.count(text)
        return wrapped if shorter else text
