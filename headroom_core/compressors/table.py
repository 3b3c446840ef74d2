"""Tables in text: CSV and kin, markdown, psql, and the fixed columns that commands print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from headroom_core import envelope
from headroom_core.compressors import _table_document
from headroom_core.compressors._json_notes import notes_on
from headroom_core.compressors._json_value import has_surrogates
from headroom_core.compressors._table_detect import sureness
from headroom_core.compressors._table_document import Piece
from headroom_core.compressors._table_grid import Grid
from headroom_core.compressors._table_prune import prune
from headroom_core.types import Block, Budget, Compressed


class TableCompressor:
    """Makes tables shorter: what rows have in common is said once, in the header."""

    name: ClassVar[str] = "table"

    def detect(self, block: Block) -> float:
        return sureness(block.text)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if "\0" in text or has_surrogates(text):
            return Compressed(text)
        pieces = _table_document.cut(text)
        if not _has_table(pieces) or _table_document.write(pieces) != text:
            return Compressed(text)
        lossless = _lossless(text, pieces, budget)
        if budget.tokens is None or budget.count(lossless) <= budget.tokens:
            return Compressed(lossless)
        made = prune(pieces, query or block.query, budget, lossless)
        return made or Compressed(lossless)

    def expand(self, body: str) -> str:
        return _table_document.decode(body)


def _has_table(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Grid) for piece in pieces)


def _lossless(text: str, pieces: Sequence[Piece], budget: Budget) -> str:
    """Return the rendering that omits nothing, `text` itself if it is not shorter."""
    body, headers = _table_document.encode(pieces)
    notes = notes_on(headers, body)
    rendered = envelope.wrap("table", body, "; ".join(["commas between cells", *notes]))
    shorter = len(rendered) < len(text) and budget.count(rendered) < budget.count(text)
    return rendered if shorter else text
