"""Blobs: base64, hex dumps, keys, minified code, source maps: what they are, and both ends."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors._blob import (
    dump as blob_dump,
    find as blob_find,
    map as blob_map,
    page as blob_page,
)
from headroom_core.types import Block, Budget, Compressed

_LOOK_AT: Final = 16_000
_MOSTLY: Final = 0.5
_SURE: Final = 0.96
_IN_OTHERS: Final = 0.9
_MAP: Final = 0.98
_PATCH = re.compile(r"^(?:diff --(?:git|cc) |@@ -\d)", re.MULTILINE)


class BlobCompressor:
    """Cuts blobs to both ends and says what they are; leaves the lines around them alone."""

    name: ClassVar[str] = "blob"
    surest: ClassVar[float] = 0.98

    def detect(self, block: Block) -> float:
        text = block.text
        if blob_map.looks_like_map(text):
            return _MAP
        start = text[:_LOOK_AT]
        if not blob_find.may_hold(start):
            return 0.0
        found = sum(blob.end - blob.start for blob in blob_find.find(start))
        if found <= _MOSTLY * len(start):
            return 0.0
        others = start.lstrip()[:1] in ("{", "[") or _PATCH.search(start)
        return _IN_OTHERS if others else _SURE

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        before = budget.count(text)
        if budget.tokens is None or before <= budget.tokens:
            return Compressed(
                self._lossless(text, budget, before) if budget.tokens is None else text
            )
        if blob_map.looks_like_map(text) and (made := blob_map.render(text, budget)):
            return Compressed(*made)
        blobs = blob_find.find(text)
        made_page = blob_page.render(text, blobs, budget, query or block.query, block.first_line)
        return made_page or Compressed(text)

    def _lossless(self, text: str, budget: Budget, before: int) -> str:
        body = blob_dump.encode(text)
        if body is None:
            return text
        wrapped = envelope.wrap(self.name, *body)
        return wrapped if budget.count(wrapped) < before else text

    def expand(self, body: str) -> str:
        return blob_dump.decode(body)
