"""Patches: what diff, git and svn print about changed files, with or without commits."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final, NamedTuple

from headroom_core.compressors import _phrases
from headroom_core.compressors._diff import (
    context as diff_context,
    decode as diff_decode,
    detect as diff_detect,
    encode as diff_encode,
    normal as diff_normal,
    page as diff_page,
    read as diff_read,
)
from headroom_core.types import Block, Budget, Compressed

_LEAST_LOSSLESS: Final = 0.5
_LOOK_AT: Final = 16_000
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]{0,20}[mK]")


class _Form(NamedTuple):
    """A form of diff that is read as the unified diff that says the same.

    Attributes:
        unified: Returns that, None if it could not be turned back.
        back: Turns it back.
        opening: First line of the rendering.
        note: What the text was.
    """

    unified: Callable[[str], str | None]
    back: Callable[[str], str]
    opening: str
    note: str


_FORMS: Final = (
    _Form(
        diff_context.unified,
        diff_context.context,
        "@@ context\n",
        "of a context diff, which shows each hunk before and after",
    ),
    _Form(
        diff_normal.unified,
        diff_normal.normal,
        "@@ normal\n",
        "of a diff without names or lines around its changes",
    ),
)


class DiffCompressor:
    """Folds headers; under a budget, takes context out first, then what is least worth reading."""

    name: ClassVar[str] = "diff"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return diff_detect.certainty(_without_colour(block.text[:_LOOK_AT]) + block.text[_LOOK_AT:])

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        if found := _in_other_form(text):
            return self._of_form(*found, text, budget, query or block.query)
        if "@@ -" not in text and "diff -" not in text:
            return Compressed(text)
        if budget.tokens is not None and "\x1b[" in text and "\x1b[m" in text[:_LOOK_AT]:
            return _page_of_coloured(text, budget, query or block.query)
        before = budget.count(text)
        parts = diff_read.read(text)
        if not any(isinstance(part, diff_read.File) for part in parts):
            return Compressed(text)
        if budget.tokens is None or budget.tokens >= _LEAST_LOSSLESS * before:
            lossless = self._lossless(text, parts, budget, before)
            if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
                return lossless
            made = diff_page.trimmed(parts, budget, query or block.query)
            if made:
                return made
        made = diff_page.render(parts, budget, query or block.query)
        return made or self._lossless(text, parts, replace(budget, tokens=None), before)

    def _of_form(
        self, form: _Form, plain: str, text: str, budget: Budget, query: str
    ) -> Compressed:
        """Return the rendering of a diff that says the same as the unified one `plain`."""
        before = budget.count(text)
        parts = diff_read.read(plain)
        body, note = diff_encode.encode(plain, parts)
        made = _phrases.wrap(self.name, f"{form.opening}{body}", f"{note}; {form.note}", budget)
        lossless = Compressed(made if budget.count(made) < before else text)
        if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
            return lossless
        if budget.keep and _kept(text, budget.keep) != _kept(plain, budget.keep):
            return lossless
        return (
            diff_page.trimmed(parts, budget, query)
            or diff_page.render(parts, budget, query)
            or lossless
        )

    def _lossless(
        self,
        text: str,
        parts: list[diff_read.File | diff_read.Prose],
        budget: Budget,
        before: int,
    ) -> Compressed:
        wrapped = _phrases.wrap(self.name, *diff_encode.encode(text, parts), budget)
        return Compressed(wrapped if budget.count(wrapped) < before else text)

    def expand(self, body: str) -> str:
        body = _phrases.restore(body)
        for form in _FORMS:
            if body.startswith(form.opening):
                return form.back(diff_decode.decode(body.removeprefix(form.opening)))
        return diff_decode.decode(body)


def _in_other_form(text: str) -> tuple[_Form, str] | None:
    """Return the form of a diff and the unified diff that says the same, None if it is one."""
    found = ((form, form.unified(text)) for form in _FORMS)
    return next(((form, plain) for form, plain in found if plain is not None), None)


def _without_colour(text: str) -> str:
    return _COLOUR.sub("", text) if "\x1b[" in text else text


def _page_of_coloured(text: str, budget: Budget, query: str) -> Compressed:
    """Return a page of a patch that git coloured, without the colours; `text` if there is none."""
    plain = _without_colour(text)
    parts = diff_read.read(plain)
    if not any(isinstance(part, diff_read.File) for part in parts):
        return Compressed(text)
    if budget.keep and _kept(text, budget.keep) != _kept(plain, budget.keep):
        return Compressed(text)
    made = (
        _whole(plain, parts, budget)
        or diff_page.trimmed(parts, budget, query)
        or diff_page.render(parts, budget, query)
    )
    if made is None:
        return Compressed(text)
    changed = sum(map(operator.ne, text.split("\n"), plain.split("\n")))
    said = f"terminal codes in {changed:,} lines"
    return replace(made, omitted=", ".join(filter(None, (made.omitted, said))))


def _whole(
    plain: str, parts: list[diff_read.File | diff_read.Prose], budget: Budget
) -> Compressed | None:
    """Return all of a patch, as it is or spelled shorter, if a budget has room for it."""
    if budget.tokens is None:
        return None
    before = budget.count(plain)
    if before <= budget.tokens:
        return Compressed(plain)
    if budget.tokens >= _LEAST_LOSSLESS * before:
        spelled = _phrases.wrap("diff", *diff_encode.encode(plain, parts), budget)
        if budget.count(spelled) <= budget.tokens:
            return Compressed(spelled)
    return None


def _kept(text: str, keep: re.Pattern[str]) -> int:
    return sum(1 for line in text.split("\n") if keep.search(line))
