"""Notebooks: code and text of the cells, outputs shortened by kind, pictures as notes."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from headroom_core.compressors._notebook import page as notebook_page, read as notebook_read
from headroom_core.types import Block, Budget, Compressed

_LOOK_AT: Final = 8_000
_SURE: Final = 0.97
_CELLS = re.compile(r'"cells"\s{0,20}:\s{0,20}\[')
_FORMAT = re.compile(r'"nbformat"\s{0,20}:\s{0,20}\d')
_TYPE = re.compile(r'"cell_type"\s{0,20}:\s{0,20}"')


class NotebookCompressor:
    """Shows a notebook as a person reads it; leaves out what does not fit, cell by cell."""

    name: ClassVar[str] = "notebook"
    surest: ClassVar[float] = 0.97

    def detect(self, block: Block) -> float:
        start, end = block.text[:_LOOK_AT], block.text[-_LOOK_AT:]
        if start.lstrip()[:1] != "{" or end.rstrip()[-1:] != "}":
            return 0.0
        found = (
            (_CELLS.search(start) or _CELLS.search(end))
            and (_FORMAT.search(end) or _FORMAT.search(start))
            and (_TYPE.search(start) or _TYPE.search(end))
        )
        return _SURE if found else 0.0

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if budget.tokens is None or budget.count(text) <= budget.tokens:
            return Compressed(text)
        book = notebook_read.read(text)
        if book is None or not book.cells:
            return Compressed(text)
        return notebook_page.render(book, budget, query or block.query) or Compressed(text)

    def expand(self, body: str) -> str:
        raise ValueError("a notebook has no lossless rendering")
