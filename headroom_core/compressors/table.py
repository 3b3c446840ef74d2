"""Tables in text: CSV and kin, markdown, psql, and the fixed columns that commands print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from headroom_core import envelope
from headroom_core.compressors._json.notes import notes_on
from headroom_core.compressors._json.value import has_surrogates
from headroom_core.compressors._table import document as table_document
from headroom_core.compressors._table.detect import sureness
from headroom_core.compressors._table.document import TablePart
from headroom_core.compressors._table.prune import prune
from headroom_core.types import Block, Budget, Compressed


class TableCompressor:
    """Makes tables shorter: what rows have in common is said once, in the header."""

    name: ClassVar[str] = "table"
    surest: ClassVar[float] = 0.97

    def detect(self, block: Block) -> float:
        return sureness(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if "\0" in text or has_surrogates(text):
            return Compressed(text)
        parts = table_document.parts_of(text)
        if not parts:
            return Compressed(text)
        lossless = _lossless(text, parts, budget)
        if budget.tokens is None or budget.count(lossless) <= budget.tokens:
            return Compressed(lossless)
        made = prune(parts, query or block.query, budget, lossless)
        return made or Compressed(lossless)

    def expand(self, body: str) -> str:
        return table_document.decode(body)


def _lossless(text: str, parts: Sequence[TablePart], budget: Budget) -> str:
    """Return the rendering that omits nothing, `text` itself if it is not shorter."""
    body, headers = table_document.encode(parts)
    notes = notes_on(headers, body)
    rendered = envelope.wrap("table", body, "; ".join(["commas between cells", *notes]))
    shorter = len(rendered) < len(text) and budget.count(rendered) < budget.count(text)
    return rendered if shorter else text
