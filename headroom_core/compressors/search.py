"""Search results: grep and ripgrep output grouped by file, ranked by the question."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors import _grep, _grep_layout, _grep_page
from headroom_core.types import Block, Budget, Compressed

# What compilers and type checkers say has the shape of search results, but is a log of findings.
_DIAGNOSTIC = re.compile(r"(?:\d+:)?\s*(?:fatal )?(?:error|warning|note)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9][:-]")
_LOOK_AT: Final = 8_192
_LINES: Final = 120
_MIN_ROWS: Final = 3
_LEAST_LOSSLESS: Final = 0.25


class SearchCompressor:
    """Groups matches by file; under a budget, keeps those that the question is about."""

    name: ClassVar[str] = "search"

    def detect(self, block: Block) -> float:
        start = block.text[:_LOOK_AT]
        if len(_NUMBER.findall(start)) < _MIN_ROWS:
            return 0.0
        lines = start.split("\n")
        if len(block.text) > _LOOK_AT and len(lines) > 1:
            lines.pop()
        lines = lines[:_LINES]
        return _certainty(_grep.read(lines))

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        if not _NUMBER.search(block.text):
            return Compressed(block.text)
        listing = _grep.read(block.text.split("\n"))
        if not any(row.path for row in listing.rows):
            return Compressed(block.text)
        before = budget.count(block.text)
        if budget.tokens is not None and budget.tokens < _LEAST_LOSSLESS * before:
            ranked = _grep_page.render(listing, budget, query or block.query)
            return ranked or self._lossless(block.text, listing, budget, before)
        lossless = self._lossless(block.text, listing, budget, before)
        if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
            return lossless
        return _grep_page.render(listing, budget, query or block.query) or lossless

    def _lossless(
        self, text: str, listing: _grep.Listing, budget: Budget, before: int
    ) -> Compressed:
        rendered = envelope.wrap(self.name, *_grep_layout.encode(listing))
        return Compressed(rendered if budget.count(rendered) < before else text)

    def expand(self, body: str) -> str:
        return _grep_layout.decode(body)


def _certainty(listing: _grep.Listing) -> float:
    """Return how sure it is that the lines are search results: most are, and they share files."""
    rows = [row for row in listing.rows if row.path or row.text.strip() not in ("", "--")]
    found = [row for row in rows if row.number]
    files = Counter(row.path for row in found)
    if len(found) < _MIN_ROWS or (listing.headed and not _ascends(found)):
        return 0.0
    share = sum(1 for row in rows if row.path) / len(rows)
    if len(files) == len(found) and share < 0.9:
        return 0.0
    if sum(1 for row in found if _DIAGNOSTIC.match(row.text)) > len(found) / 2:
        return 0.6 if share >= 0.5 else 0.0
    return 0.95 if share >= 0.8 else 0.7 if share >= 0.5 else 0.0


def _ascends(rows: list[_grep.Row]) -> bool:
    """Return whether line numbers only grow inside a file; times of day below a path do not."""
    return all(a.path != b.path or int(a.number) < int(b.number) for a, b in pairwise(rows))
