"""Makes the rendering of one block: which compressor, on which part, within which budget."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import chain, islice
from typing import Final, NamedTuple

from headroom_core.compressors.base import Compressor
from headroom_core.envelope import find_envelopes
from headroom_core.expansion import expand
from headroom_core.router import Router
from headroom_core.segments import Segment, cut
from headroom_core.settings import Settings
from headroom_core.store.base import Rendering
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget

WHOLE: Final = Rendering(None)
"""The rendering of a block that nobody could make shorter."""

_SURE: Final = 0.5
_CEILINGS: Final = {"balanced": (300, 0.13), "aggressive": (150, 0.05)}
_DENSE: Final = {"text": 5, "diff": 3, "code": 3, "markup": 2.5, "history": 1.5}
"""Prose and diffs say little twice, where machines repeat themselves: they may use so much more."""

_MUCH: Final = 0.1
"""A payload of JSON that is so much of a text is worth a compressor of its own."""

_WITH_JSON: Final = frozenset({"json", "notebook"})
_JSON_AT = re.compile(r'(?:\[\s{0,9}[\[{"]|\{\s{0,9}")')
_JSON_BELOW = re.compile(rf"\n{_JSON_AT.pattern}")

_RESERVE: Final = 8000
"""Data that does not fit whole may use twice as much for what is rare, wrong or asked for, but no
more than so many tokens more: a document of megabytes has that much to say, not a share of it."""


class _Allowed(NamedTuple):
    """What a rendering may use.

    Attributes:
        budget: For text in which machines repeat themselves.
        densest: How many times as much the densest text may use: a window may be full.
    """

    budget: Budget
    densest: float = math.inf

    def to(self, name: str) -> Budget:
        """Return what the compressor of that name may use."""
        tokens = self.budget.tokens
        if tokens is None:
            return self.budget
        return replace(self.budget, tokens=int(tokens * min(self.densest, _DENSE.get(name, 1))))

    def part(self, share: float) -> _Allowed:
        """Return what a part of a text may use."""
        tokens, cut = self.budget.tokens, self.budget.cut_tokens
        if tokens is None:
            return self
        cut = None if cut is None else int(cut * share)
        budget = replace(self.budget, tokens=max(1, int(tokens * share)), cut_tokens=cut)
        return self._replace(budget=budget)


class Renderer:
    """Turns a block into its rendering; a pure function of block, settings and budget.

    Args:
        settings: How to behave.
        compressors: Who may compress; an earlier one wins a tie.
    """

    def __init__(self, settings: Settings, compressors: Sequence[Compressor]) -> None:
        self._settings = settings
        self._router = Router(compressors)
        self._by_name = {compressor.name: compressor for compressor in compressors}
        pattern = "|".join(f"(?:{pattern})" for pattern in settings.keep)
        self._keep = re.compile(pattern, re.MULTILINE) if pattern else None

    def size(self, block: Block) -> int:
        """Return the estimated tokens of `block`: the same for every model."""
        return estimate(block.text)

    def render(
        self, block: Block, *, rate: float | None = None, lossless: bool = False
    ) -> Rendering:
        """Return the rendering of `block`, `WHOLE` if none is shorter.

        Args:
            block: The block.
            rate: Share of its own tokens that the rendering may use, if less than the mode allows.
            lossless: Allow no omission, whatever the mode.
        """
        exact = matches_any(block.tool, self._settings.lossless_tools)
        reasons: list[str] = []
        allowed = _Allowed(Budget(None, estimate, self._keep))
        if self._settings.mode != "lossless" and not exact and not lossless:
            allowed = self._allowed(block.text, self.size(block), rate)
        if block.role == "user":
            found = self._in_pieces(block, allowed, reasons)
        else:
            sure, unsure = self._ranked(block)
            surest = list(islice(sure, 1))
            found = (
                (self._in_pieces(block, allowed, reasons) if _is_mixed(block, surest) else None)
                or _first_shorter(chain(surest, sure), block, allowed, reasons)
                or self._in_pieces(block, allowed, reasons)
                or _respelled(unsure, block, allowed)
            )
        if found is None or (exact and self.expand(found.text or "") != block.text):
            # An editor needs the exact text.
            return Rendering(None, reason=reasons[0]) if reasons else WHOLE
        return found

    def _allowed(self, text: str, size: int, rate: float | None) -> _Allowed:
        """Return what the mode allows for a text of so many tokens, no more than `rate` of it."""

        def count(other: str) -> int:
            return size if other is text else estimate(other)

        base, share = _CEILINGS[self._settings.mode]
        ceiling = base + int(share * size)
        if rate is None:
            return _Allowed(Budget(ceiling, count, self._keep, ceiling + min(ceiling, _RESERVE)))
        most = max(1, int(rate * size))
        tokens = min(ceiling, most)
        return _Allowed(Budget(tokens, count, self._keep), most / tokens)

    def expand(self, text: str) -> str:
        """Return `text` with the lossless renderings of these compressors turned back."""
        return expand(text, self._by_name)

    def _ranked(self, block: Block) -> tuple[Iterator[Compressor], Iterator[Compressor]]:
        """Return who is sure of `block`, and, behind all of those, who is less so; surest first."""
        ranked = self._router.rank(block)
        less: list[Compressor] = []

        def sure() -> Iterator[Compressor]:
            for certainty, compressor in ranked:
                if certainty < _SURE:
                    less.append(compressor)
                    return
                yield compressor

        def unsure() -> Iterator[Compressor]:
            yield from less
            yield from (compressor for _, compressor in ranked)

        return sure(), unsure()

    def _in_pieces(self, block: Block, allowed: _Allowed, reasons: list[str]) -> Rendering | None:
        """Compress the parts of a mixed text, each with its share of the budget."""
        segments = cut(block.text)
        if block.role != "user" and len(segments) < 2:
            return None
        if any(next(find_envelopes(s.text), None) for s in segments if not s.payload):
            return None  # what stays must not read as a rendering of ours
        texts, omitted, names = [], [], []
        total = self.size(block)
        said = block.query
        line = block.first_line
        for segment in segments:
            size = estimate(segment.text)
            inner = replace(block, text=segment.text, query=said, first_line=line)
            line += segment.text.count("\n")
            part = self._piece(inner, segment, allowed.part(size / total), size, reasons)
            texts.append(part.text if part and part.text is not None else segment.text)
            if part and not segment.text.endswith("\n") and segment is not segments[-1]:
                texts.append("\n")  # what stood behind JSON on its last line is no part of it
            if part:
                omitted.append(part.omitted)
                names.append(part.compressor)
            if block.role == "user" and not segment.payload:
                said = f"{said}\n{segment.text[-2000:]}".strip()
        if not names:
            return None
        return Rendering(
            "".join(texts), ", ".join(filter(None, omitted)), "+".join(dict.fromkeys(names))
        )

    def _piece(
        self, block: Block, segment: Segment, allowed: _Allowed, size: int, reasons: list[str]
    ) -> Rendering | None:
        if size < self._settings.min_tokens or (block.role == "user" and not segment.payload):
            return None
        ending = "\n" if block.text.endswith("\n") else ""
        asked = f"{block.query}\n{segment.file}" if segment.file else block.query
        inner = replace(block, text=block.text.removesuffix("\n"), query=asked)
        sure, unsure = self._ranked(inner)
        found = _first_shorter(sure, inner, allowed, reasons) or _respelled(unsure, inner, allowed)
        return replace(found, text=f"{found.text}{ending}") if found else None


def _is_mixed(block: Block, surest: Sequence[Compressor]) -> bool:
    """Return whether JSON makes up much of a text that somebody takes for something else."""
    text = block.text
    if not surest or surest[0].name in _WITH_JSON:
        return False
    if not (_JSON_AT.match(text) or _JSON_BELOW.search(text)):
        return False
    payloads = [segment.text for segment in cut(text) if segment.payload]
    return any(len(part) > _MUCH * len(text) and _JSON_AT.match(part) for part in payloads)


def _first_shorter(
    compressors: Iterable[Compressor], block: Block, allowed: _Allowed, reasons: list[str]
) -> Rendering | None:
    """Return what the first of the compressors made that made the block shorter.

    If one of them cannot, but that can be helped, why is added to `reasons`, and nothing is made.
    """
    for compressor in compressors:
        made = compressor.compress(block, allowed.to(compressor.name), block.query)
        if len(made.text) < len(block.text):
            return Rendering(made.text, _one_line(made.omitted), compressor.name)
        if made.reason:
            reasons.append(made.reason)
            break  # those less sure would take it for something else
    return None


def _respelled(
    compressors: Iterable[Compressor], block: Block, allowed: _Allowed
) -> Rendering | None:
    """Re-spell what nobody is sure about: a wrong guess must lose nothing."""
    lossless = _Allowed(replace(allowed.budget, tokens=None))
    return _first_shorter(compressors, block, lossless, [])


def matches_any(name: str, patterns: frozenset[str]) -> bool:
    """Return whether a tool's name matches one of the shell-style patterns."""
    return bool(name) and any(fnmatchcase(name, pattern) for pattern in patterns)


def _one_line(omitted: str) -> str:
    """What was omitted stands inside a marker: no brackets, no line breaks, not long."""
    return re.sub(r"[\[\]\s]+", " ", omitted)[:200].strip()
