"""Pages, XML and browser snapshots: what a page says, records as tables, what can be clicked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from headroom_core import envelope
from headroom_core.compressors._markup import (
    parse as markup_parse,
    question as markup_question,
    records as markup_records,
)
from headroom_core.compressors._markup.detect import kind_of
from headroom_core.compressors._markup.elements import write_elements
from headroom_core.compressors._markup.page import write_page
from headroom_core.compressors._markup.tree import write_tree
from headroom_core.types import Block, Budget, Compressed

_HEAD = re.compile(r"<head\b[^<>]*+>", re.IGNORECASE)
_BODY = re.compile(r"</head\s*+>", re.IGNORECASE)


class MarkupCompressor:
    """Shows the text of a page instead of its markup, unless the markup is asked for."""

    name: ClassVar[str] = "markup"
    packages: ClassVar[Sequence[str]] = ("lxml",)
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return kind_of(block.text)[1]

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        kind, sureness = kind_of(text)
        lossless = _lossless(text, budget) if kind == "xml" else text
        whole = Compressed(lossless)
        if budget.tokens is None or sureness < 0.5 or budget.count(lossless) <= budget.tokens:
            return whole
        query = query or block.query
        if kind == "tree":
            return write_tree(text, budget, query) or whole
        if markup_question.wants_to_edit(query):
            return whole
        if kind == "xml":
            return write_elements(text, budget, markup_question.about(query)) or whole
        return _page(text, budget, query) or whole

    def expand(self, body: str) -> str:
        return markup_records.decode(body)


def _page(text: str, budget: Budget, query: str) -> Compressed | None:
    if not markup_question.wants_markup(query):
        return write_page(text, budget, query) if markup_parse.available() else None
    shown = text
    if not markup_question.wants_scripts(query):
        shown = markup_parse.without_scripts(shown)
        if not markup_question.wants_head(query):
            shown = _without_head(shown)
    if budget.keep and len(budget.keep.findall(shown)) < len(budget.keep.findall(text)):
        shown = text
    made = write_elements(shown, budget, markup_question.about(query), html=True)
    if made is None or len(shown) == len(text):
        return made
    hidden = f"scripts and head: {len(text) - len(shown):,} of {len(text):,} characters"
    return Compressed(made.text, f"{made.omitted}; {hidden}")


def _lossless(text: str, budget: Budget) -> str:
    """Return the rendering that omits nothing, `text` itself if it is not shorter."""
    made = markup_records.encode(text)
    if made is None:
        return text
    rendered = envelope.wrap("markup", *made)
    shorter = len(rendered) < len(text) and budget.count(rendered) < budget.count(text)
    return rendered if shorter else text


def _without_head(text: str) -> str:
    """Return a page without its head."""
    opening = _HEAD.search(text)
    closing = _BODY.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return text
    return text[: opening.start()] + text[closing.end() :]
