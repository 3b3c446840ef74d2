"""Tables in text: CSV and kin, markdown, psql, and the fixed columns that commands print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors import _table_document
from headroom_core.compressors._json_value import has_surrogates
from headroom_core.compressors._table_detect import sureness
from headroom_core.compressors._table_document import Piece
from headroom_core.compressors._table_grid import Grid
from headroom_core.compressors._table_prune import prune
from headroom_core.types import Block, Budget, Compressed

_NOTES: Final = (
    (re.compile(r"=(?!@)"), "key=value holds in every row that says no other"),
    (re.compile(r"\?(?:$|,)"), "key? is mostly empty"),
    (re.compile(r"=[^,]*\*"), "* is the cell"),
    (re.compile(r"=[^,]*<"), "<key> is the cell of key"),
    (re.compile(r"=[^,]*\.\."), "a..b counts"),
    (re.compile(r"=@"), "@ key=value holds for the rows below it"),
)
"""What a device looks like in a header, and how the first line explains it."""

_COUNTED: Final = "#x says that the next row has x"


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
    notes = [note for sign, note in _NOTES if any(map(sign.search, headers))]
    if "\n#" in body and any(".." in header for header in headers):
        notes.append(_COUNTED)
    rendered = envelope.wrap("table", body, "; ".join(["commas between cells", *notes]))
    shorter = len(rendered) < len(text) and budget.count(rendered) < budget.count(text)
    return rendered if shorter else text
