"""What git prints about commits without their patches: logs, blame, reflog."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Final

from headroom_core.compressors import _phrases
from headroom_core.compressors._history import (
    blame as history_blame,
    blame_page as history_blame_page,
    forms as history_forms,
    log as history_log,
    log_decode as history_log_decode,
    page as history_page,
    porcelain as history_porcelain,
    read as history_read,
)
from headroom_core.types import Block, Budget, Compressed

_LOOK_AT: Final = 16_000
_LINES: Final = 60
_SURE: Final = 0.95
_LIKELY: Final = 0.9
_MIN_LINES: Final = 4
_LEAST_LOSSLESS: Final = 0.3
_PATCH = re.compile(r"^(?:diff --(?:git|cc) |@@ -\d|From [0-9a-f]{40} )", re.MULTILINE)
_COMMIT = re.compile(
    r"^commit [0-9a-f]{7,64}\b[^\n]{0,400}\n(?:[^\n]{1,200}\n){0,3}?Author: ", re.MULTILINE
)
_ONE = re.compile(r"[*|\\/_. -]{0,40}?\b([0-9a-f]{7,12}|[0-9a-f]{40}) \S")
_BLAMED = re.compile(
    r"\^?[0-9a-f]{4,64}(?: [^\n]{0,300}?"
    rf"{history_blame.DATE}(?: [+-]\d{{4}})?| [^\s()]{{1,200}})? +\d{{1,7}}\)(?: |\r?$)"
)


class HistoryCompressor:
    """Writes the facts of each commit on one line; under a budget, keeps all subjects first."""

    name: ClassVar[str] = "history"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        start = block.text[:_LOOK_AT]
        if other := history_forms.usual(start):
            start = other.text
        if _PATCH.search(start):
            return 0.0
        commit = _COMMIT.search(start[:2_000])
        if commit:
            return _SURE if start[: commit.start()].count("\n") < _MIN_LINES else 0.0
        lines = start.split("\n")
        if len(block.text) > _LOOK_AT:
            lines.pop()
        lines = [line for line in lines if line]
        if len(lines) < _MIN_LINES:
            return 0.0
        if all(map(_BLAMED.match, lines[:_LINES])):
            return _SURE
        of_files = history_read.OF_FILES.match
        if not of_files(lines[0]):
            lines = [line for line in lines if not of_files(line)][:_LINES]
        return _LIKELY if _are_subjects(lines) else 0.0

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        before = budget.count(text)
        if budget.tokens is None or budget.tokens >= _LEAST_LOSSLESS * before:
            lossless = self._lossless(text, budget, before)
            if budget.tokens is None or budget.count(lossless.text) <= budget.tokens:
                return lossless
        made = _page_of(text.replace("\r\n", "\n"), budget, query or block.query)
        return made or self._lossless(text, replace(budget, tokens=None), before)

    def _lossless(self, text: str, budget: Budget, before: int) -> Compressed:
        made = (
            history_log.encode(text) or history_blame.encode(text) or history_porcelain.encode(text)
        )
        if made is None:
            return Compressed(text)
        wrapped = _phrases.wrap(self.name, *made, budget)
        return Compressed(wrapped if budget.count(wrapped) < before else text)

    def expand(self, body: str) -> str:
        body = _phrases.restore(body)
        if body.startswith("blame "):
            return history_blame.decode(body)
        if body.startswith(history_porcelain.OPENING):
            return history_porcelain.decode(body)
        return history_log_decode.decode(body)


def _page_of(text: str, budget: Budget, query: str) -> Compressed | None:
    """Return a page of a log or blame in any of its forms, None if there is none."""
    other = history_forms.usual(text)
    if other is None:
        return _page(text, budget, query)
    if _kept(text, budget.keep) != _kept(other.text, budget.keep):
        return None
    made = _page(other.text, budget, query)
    if made and other.left:
        made = replace(made, omitted=", ".join(filter(None, (made.omitted, other.left))))
    return made


def _kept(text: str, keep: re.Pattern[str] | None) -> int:
    return sum(1 for line in text.split("\n") if keep.search(line)) if keep else 0


def _page(text: str, budget: Budget, query: str) -> Compressed | None:
    above, commits = history_read.read_log(text)
    if commits:
        return history_page.render(commits, budget, query, above)
    if made := history_blame_page.render(text, budget, query):
        return made
    return history_page.render(history_read.read_lines(text), budget, query)


def _are_subjects(lines: list[str]) -> bool:
    """Return whether each line is a short hash and a subject; addresses in order are not."""
    matches = [_ONE.match(line) for line in lines]
    hashes = [match[1] for match in matches if match]
    graph = [line for line, match in zip(lines, matches, strict=True) if not match]
    if len(hashes) < _MIN_LINES or any(line.strip("*|\\/_. -\r") for line in graph):
        return False
    mixed = sum(1 for text in hashes if not text.isdigit() and not text.isalpha())
    return mixed >= 0.7 * len(hashes) and len({text[0] for text in hashes}) > 2
