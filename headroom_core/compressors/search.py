"""Search results: grep and ripgrep output grouped by file, ranked by the question."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from headroom_core.compressors import (
    _grep,
    _grep_counts,
    _grep_decode,
    _grep_detect,
    _grep_endings,
    _grep_layout,
    _grep_page,
    _grep_rows,
    _phrases,
)
from headroom_core.types import Block, Budget, Compressed

_LEAST_LOSSLESS: Final = 0.25


class SearchCompressor:
    """Groups matches by file; under a budget, keeps those that the question is about."""

    name: ClassVar[str] = "search"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return _grep_detect.certainty(block.text, f"{block.tool} {block.query[-2000:]}")

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if ":" not in text:
            return Compressed(text)
        before = budget.count(text)
        listing = _grep.read(text)
        if budget.tokens is None or budget.tokens >= _LEAST_LOSSLESS * before:
            lossless = self._lossless(text, listing, budget, before)
            if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
                return lossless
        plain = listing
        if "\x1b" in text:
            plain = _grep.read(_grep.COLOUR.sub("", text))
        page = _page(plain, budget, query or block.query)
        return page or self._lossless(text, listing, replace(budget, tokens=None), before)

    def _lossless(
        self, text: str, listing: _grep_rows.SearchResults, budget: Budget, before: int
    ) -> Compressed:
        if not listing.has_results():
            return Compressed(text)
        encode = _grep_counts.encode if listing.form == "counts" else _grep_layout.encode
        body, note = encode(listing)
        body = f"{listing.ending}, {body}" if listing.ending else body
        rendered = _phrases.wrap(self.name, body, note, budget)
        return Compressed(rendered if budget.count(rendered) < before else text)

    def expand(self, body: str) -> str:
        plain, ending = _grep_endings.split(_phrases.restore(body))
        return _grep_endings.put(_grep_decode.decode(plain), ending)


def _page(listing: _grep_rows.SearchResults, budget: Budget, query: str) -> Compressed | None:
    if not listing.has_results():
        return None
    render = _grep_counts.render if listing.form == "counts" else _grep_page.render
    return render(listing, budget, query)
