"""Logs: templates and values when everything must stay, what tells most when it must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Final, NamedTuple

from headroom_core.compressors._log.columns import encode
from headroom_core.compressors._log.decode import decode
from headroom_core.compressors._log.detect import SURE, UNKNOWN, is_printed, sureness
from headroom_core.compressors._log.noise import strip_noise
from headroom_core.compressors._log.page import show_best
from headroom_core.compressors._log.survey import survey
from headroom_core.compressors._log.templates import WORD, Masked, mask
from headroom_core.envelope import find_envelopes, wrap
from headroom_core.types import Block, Budget, Compressed

_LONG: Final = 800_000
_SAMPLE: Final = 32_000
_LINE_BYTES: Final = 150
_KIND_BYTES: Final = 160
_VALUE_BYTES: Final = 90
_TEXT_BYTES: Final = 3
_KNOWN: Final = 3.5
"""How often as large as a text may be what is known of a part of it, by a rough count."""

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
        spans = _spans(text, budget.tokens)
        if len(spans) > 1 and budget.tokens is not None:
            cut = None if budget.cut_tokens is None else budget.cut_tokens // len(spans)
            budget = replace(budget, tokens=budget.tokens // len(spans), cut_tokens=cut)
        made: list[_Shortened] = []
        first = block.first_line
        for start, end in spans:
            part = text[start:end]
            made.append(self._shorten(part, budget, query, first))
            if len(spans) > 1 and made[-1].text == part and next(find_envelopes(part), None):
                return Compressed(text)  # what stays must not read as a rendering of ours
            first += part.count("\n") + 1
        joined = "\n".join(part.text for part in made)
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


def _spans(text: str, tokens: int | None) -> list[tuple[int, int]]:
    """Return where the parts of `text` stand: several if it is long and what is known of it large.

    What is known of a short line, or of one unlike others, takes more memory than the line itself.
    """
    count = 1 + int(_known(text) / _KNOWN) if len(text) > _LONG else 1
    if tokens is not None:
        count = min(count, 1 + tokens // _LEAST)
    spans = []
    start = 0
    for number in range(1, count):
        end = text.find("\n", max(start, len(text) * number // count))
        if end < 0:
            break
        spans.append((start, end))
        start = end + 1
    return [*spans, (start, len(text))]


def _known(text: str) -> float:
    """Return about how many times as large as a long text is what is known of it all at once."""
    middle = len(text) // 2
    part = text[middle : middle + _SAMPLE]
    values = WORD.findall(part)
    lines = WORD.sub("", part).split("\n")
    sizes = _LINE_BYTES * len(lines) + _KIND_BYTES * len({*lines}) + _VALUE_BYTES * len({*values})
    return _TEXT_BYTES + sizes / len(part)


def _least(masked: Masked) -> Iterator[int]:
    """Yield about how many characters the exact spelling cannot do without, the cheapest first."""
    lines = len(set(masked.lines))
    least = sum(map(len, set(masked.masks))) // 2
    yield least + _ENTRY * lines
    yield least + _CELL * lines + sum(map(len, set(masked.values))) // 2
