"""Lists of files: folded by folder; under a budget, the folders with what is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors import _phrases
from headroom_core.compressors._listing import (
    changes as listing_changes,
    entries as listing_entries,
    fold as listing_fold,
    layout as listing_layout,
    layout_decode as listing_layout_decode,
    long as listing_long,
    page as listing_page,
    read as listing_read,
    unfold as listing_unfold,
    wide as listing_wide,
)
from headroom_core.compressors._listing.detect import sureness
from headroom_core.compressors._listing.entries import Entries
from headroom_core.compressors._listing.long import Long
from headroom_core.compressors._listing.model import Listing
from headroom_core.types import Block as Text, Budget, Compressed

_LONG: Final = re.compile(r"^[-dlbcpsD][-rwxsStTl]{9}[.+@]? ", re.MULTILINE)
_HEADED: Final = re.compile(r"[^\n]{1,1000}:\n(?:total \d|[^\n])")
_LOOK_AT: Final = 2_000
_LEAST: Final = 0.15
"""No listing is shorter than so much of itself without omission."""

_TOO_MANY_OTHERS: Final = 0.4


class ListingCompressor:
    """Folds the output of `find`, `ls`, `tree`, `git ls-files`, `git status` and kin."""

    name: ClassVar[str] = "listing"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Text) -> float:
        return sureness(block.text)

    def compress(self, block: Text, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if kind := listing_changes.kind_of(text):
            return self._changes(text, kind, budget, query or block.query)
        if wide := listing_wide.read(text):
            return _brief(text, wide, budget, query or block.query)
        long = _long(text)
        listing = None if long else listing_read.read(text)
        before = budget.count(text)
        if budget.tokens is None:
            return Compressed(self._lossless(text, long, listing, budget, before))
        entries, opening = _entries(text, long, listing)
        if not (entries and _mostly_entries(entries)):
            return Compressed(self._lossless(text, long, listing, budget, before))
        lossless = ""
        if budget.tokens >= _LEAST * before and _may_fit(entries, budget):
            lossless = self._lossless(text, long, listing, budget, before)
            if budget.count(lossless) <= budget.tokens:
                return Compressed(lossless)
        made = listing_page.render(entries, budget, query or block.query, opening)
        if made:
            return made
        return Compressed(lossless or self._lossless(text, long, listing, budget, before))

    def _changes(self, text: str, kind: str, budget: Budget, query: str) -> Compressed:
        """Return a list of changed files, with all it says if there is room for that."""
        before = budget.count(text)
        folded = listing_changes.encode(text, kind)
        wrapped = _phrases.wrap(self.name, *folded, budget) if folded else text
        lossless = wrapped if budget.count(wrapped) < before else text
        if budget.tokens is None or budget.count(lossless) <= budget.tokens:
            return Compressed(lossless)
        rows, below = listing_changes.rows_of(text, budget.keep)
        if below and budget.count(rows) <= budget.tokens:
            return Compressed(rows, f"{below:,} {listing_changes.SUMMARY}")
        wide = listing_changes.read(rows, kind)
        wide = wide._replace(left={**wide.left, listing_changes.SUMMARY: below})
        made = _brief(rows, wide, budget, query)
        return made if made.omitted else Compressed(lossless)

    def _lossless(
        self,
        text: str,
        long: Long | None,
        listing: Listing | None,
        budget: Budget,
        before: int,
    ) -> str:
        folded = listing_layout.encode(long) if long else _folded(listing)
        if folded and long:
            folded = folded[0] + text[len(text.rstrip("\n")) :], folded[1]
        wrapped = envelope.wrap(self.name, *folded) if folded else text
        return wrapped if len(wrapped) < len(text) and budget.count(wrapped) < before else text

    def expand(self, body: str) -> str:
        if body.startswith("ls "):
            return listing_layout_decode.decode(body)
        if (changes := listing_changes.decode(_phrases.restore(body))) is not None:
            return changes
        return listing_unfold.decode(body)


def _brief(text: str, wide: listing_wide.Wide, budget: Budget, query: str) -> Compressed:
    """Return a page of the paths, without most of what stands before them."""
    if budget.tokens is None or budget.count(text) <= budget.tokens:
        return Compressed(text)
    long = _long(wide.text)
    listing = None if long else listing_read.read(wide.text)
    entries, opening = _entries(text, long, listing)
    if not (entries and _mostly_entries(entries)):
        return Compressed(text)
    if wide.number:
        each = opening.replace(listing_fold.NOTE_EACH, f"=n: {wide.number}")
        told = f"{opening}; [n]: {wide.number} of each file up to the next []"
        opening = each if each != opening else told.removeprefix("; ")
    entries = replace(entries, left={**entries.left, **wide.left}, brief=True)
    return listing_page.render(entries, budget, query, opening) or Compressed(text)


def _long(text: str) -> Long | None:
    """Return what `text` says if it is what `ls -l` or `ls -R` prints."""
    start = text[:_LOOK_AT]
    if _LONG.search(start) or (_HEADED.match(start) and "\n\n" in text):
        return listing_long.read(text.rstrip("\n"))
    return None


def _folded(listing: Listing | None) -> tuple[str, str] | None:
    """Return the body for `listing` and how to read it; None if it cannot be written so."""
    found = listing
    while found is not None:
        made = listing_fold.encode(found)
        if made:
            return made
        found = listing_read.without_listed(found)
    return None


def _entries(text: str, long: Long | None, listing: Listing | None) -> tuple[Entries | None, str]:
    """Return all entries, and what to say above some of them."""
    if long:
        root, inner, usual = listing_layout.survey(long.blocks)
        entries = listing_entries.of_long(long, inner, usual, text.rstrip("\n"))
        return entries, listing_layout.opening(root, usual)
    if listing is None:
        return None, ""
    return listing_entries.of_listing(listing, text), listing_fold.opening(listing.style)


def _may_fit(entries: Entries, budget: Budget) -> bool:
    """Return whether a budget has room for all names: a folded listing says them all."""
    return budget.tokens is not None and budget.count(" ".join(entries.names)) <= budget.tokens


def _mostly_entries(entries: Entries) -> bool:
    others = sum(len(lines) for lines in entries.others.values())
    empty = sum(lines.count("") for lines in entries.others.values())
    total = len(entries.names) + others
    return total > others - empty and others - empty <= _TOO_MANY_OTHERS * total
