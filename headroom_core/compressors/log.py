"""Logs: templates and values when everything must stay, what tells most when it must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import ClassVar, Final, NamedTuple

from headroom_core.compressors._log.columns import encode
from headroom_core.compressors._log.decode import decode
from headroom_core.compressors._log.detect import SURE, UNKNOWN, is_printed, sureness
from headroom_core.compressors._log.noise import strip_noise
from headroom_core.compressors._log.page import show_best
from headroom_core.compressors._log.survey import survey
from headroom_core.compressors._log.templates import Masked, mask
from headroom_core.envelope import find_envelopes, wrap
from headroom_core.types import Block, Budget, Compressed

_MANY: Final = 16_000
_SHORT: Final = 16
_LEAST: Final = 100
_ENTRY: Final = 16
_CELL: Final = 4


class _Shortened(NamedTuple):
    """A text made shorter: how many lines are missing, and how many had terminal codes."""

    text: str
    hidden: int = 0
    changed: int = 0


class LogCompressor:
    """Shortens the logs of builds, tests, commands and services."""

    name: ClassVar[str] = "log"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        found = sureness(block.text)
        return SURE if found == UNKNOWN and is_printed(block) else found

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        parts = _parts(text, budget.tokens)
        if len(parts) > 1 and budget.tokens is not None:
            cut = None if budget.cut_tokens is None else budget.cut_tokens // len(parts)
            budget = replace(budget, tokens=budget.tokens // len(parts), cut_tokens=cut)
        firsts = accumulate((part.count("\n") + 1 for part in parts), initial=block.first_line)
        made = [
            self._shorten(part, budget, query, first)
            for part, first in zip(parts, firsts, strict=False)
        ]
        joined = "\n".join(part.text for part in made)
        whole = (part for part, short in zip(parts, made, strict=True) if part == short.text)
        if len(parts) > 1 and any(next(find_envelopes(part), None) for part in whole):
            return Compressed(text)  # what stays must not read as a rendering of ours
        last = strip_noise(text[text.rfind("\n") :])[0]
        total = text.count("\n") + (last not in ("", "\n"))
        hidden = sum(part.hidden for part in made)
        changed = sum(part.changed for part in made)
        omitted = [f"{hidden:,} of {total:,} lines"] * (hidden > 0)
        omitted += [f"terminal codes in {changed:,} lines"] * (changed > 0)
        return Compressed(joined, ", ".join(omitted))

    def _shorten(self, text: str, budget: Budget, query: str, first_line: int) -> _Shortened:
        if budget.tokens is None:
            return _Shortened(self._exact(text, mask(text), budget)[0])
        size = budget.count(text)
        rate = size / max(1, len(text))
        clean, changed = strip_noise(text)
        masked = mask(clean)
        exact = text
        if size <= budget.tokens or all(n * rate <= budget.tokens for n in _least(masked)):
            exact, used = self._exact(text, mask(text) if changed else masked, budget)
            if used <= budget.tokens:
                return _Shortened(exact)
        log = survey(masked, budget.keep, query)
        shown, hidden = show_best(
            log,
            budget,
            rate,
            lambda part, known: self._exact(part, known, budget, plain=True),
            first_line,
        )
        if len(shown) >= len(exact) or not (hidden or changed):
            return _Shortened(exact)
        return _Shortened(shown, hidden, changed)

    def expand(self, body: str) -> str:
        return decode(body)

    def _exact(
        self, text: str, masked: Masked, budget: Budget, *, plain: bool = False
    ) -> tuple[str, int]:
        """Return `text` in the shortest spelling that omits nothing, and its tokens."""
        size = budget.count(text)
        found = encode(text, masked, plain=plain)
        wrapped = wrap(self.name, *found) if found else text
        if len(wrapped) < len(text) and (used := budget.count(wrapped)) < size:
            return wrapped, used
        return text, size


def _parts(text: str, tokens: int | None) -> list[str]:
    """Return `text` in one piece, or in several if it has very many very short lines.

    What is known of a line takes more memory than such a line itself.
    """
    count = text.count("\n") // _MANY
    if len(text) > _SHORT * _MANY * count:
        return [text]
    count = min(count, 1 + (tokens // _LEAST if tokens is not None else count))
    parts = []
    start = 0
    for number in range(1, count):
        end = text.find("\n", max(start, len(text) * number // count))
        if end < 0:
            break
        parts.append(text[start:end])
        start = end + 1
    return [*parts, text[start:]]


def _least(masked: Masked) -> Iterator[int]:
    """Yield about how many characters the exact spelling cannot do without, the cheapest first."""
    lines = len(set(masked.lines))
    least = sum(map(len, set(masked.masks))) // 2
    yield least + _ENTRY * lines
    yield least + _CELL * lines + sum(map(len, set(masked.values))) // 2
