"""Search results: grep and ripgrep output grouped by file, ranked by the question."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors import _phrases
from headroom_core.compressors._grep import (
    counts as grep_counts,
    decode as grep_decode,
    detect as grep_detect,
    endings as grep_endings,
    layout as grep_layout,
    page as grep_page,
    read as grep_read,
    rows as grep_rows,
)
from headroom_core.compressors._log import (
    columns as log_columns,
    decode as log_decode,
    templates as log_templates,
)
from headroom_core.types import Block, Budget, Compressed

_LEAST_LOSSLESS: Final = 0.25
_TEMPLATES: Final = "templates\n"
_MOST_TEMPLATES: Final = 2_000
_FILES: Final = 0.5


class SearchCompressor:
    """Groups matches by file; under a budget, keeps those that the question is about."""

    name: ClassVar[str] = "search"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return grep_detect.certainty(block.text, f"{block.tool} {block.query[-2000:]}")

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if ":" not in text:
            return Compressed(text)
        before = budget.count(text)
        listing = grep_read.read(text)
        if budget.tokens is None or budget.tokens >= _LEAST_LOSSLESS * before:
            lossless = self._lossless(text, listing, budget, before)
            if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
                return lossless
        plain = listing
        if "\x1b" in text:
            plain = grep_read.read(grep_read.COLOUR.sub("", text))
        page = _page(plain, budget, query or block.query)
        return page or self._lossless(text, listing, replace(budget, tokens=None), before)

    def _lossless(
        self, text: str, listing: grep_rows.SearchResults, budget: Budget, before: int
    ) -> Compressed:
        if not listing.has_results():
            return Compressed(text)
        encode = grep_counts.encode if listing.form == "counts" else grep_layout.encode
        body, note = encode(listing)
        body = f"{listing.ending}, {body}" if listing.ending else body
        rendered = _phrases.wrap(self.name, body, note, budget)
        used = budget.count(rendered)
        if _has_templates(listing) and (
            found := log_columns.encode(text, log_templates.mask(text))
        ):
            other = envelope.wrap(self.name, f"{_TEMPLATES}{found[0]}", found[1])
            rendered, used = min((rendered, used), (other, budget.count(other)), key=itemgetter(1))
        return Compressed(rendered if used < before else text)

    def expand(self, body: str) -> str:
        if body.startswith(_TEMPLATES):
            return log_decode.decode(body.removeprefix(_TEMPLATES))
        plain, ending = grep_endings.split(_phrases.restore(body))
        return grep_endings.put(grep_decode.decode(plain), ending)


def _has_templates(listing: grep_rows.SearchResults) -> bool:
    """Return whether the lines may be alike, as those of a log are: a match or two in each file.

    There is little to say once for a file then, and more for those that say the same.
    """
    files = len(set(listing.paths))
    again = len(listing.texts) - len(set(listing.texts))
    return (
        len(listing.texts) <= _MOST_TEMPLATES
        and listing.form == "plain"
        and not listing.context
        and (files > _FILES * len(listing.texts) or (not any(listing.numbers) and again > files))
    )


def _page(listing: grep_rows.SearchResults, budget: Budget, query: str) -> Compressed | None:
    if not listing.has_results():
        return None
    render = grep_counts.render if listing.form == "counts" else grep_page.render
    return render(listing, budget, query)
