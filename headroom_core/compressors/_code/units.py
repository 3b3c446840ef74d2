"""Leaves out whole declarations and statements, those that matter least first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from headroom_core.compressors._code.bodies import Body
from headroom_core.compressors._code.edits import Edit
from headroom_core.compressors._code.files import SourceFile
from headroom_core.compressors._code.grammar import Span
from headroom_core.compressors._code.rank import Question

_NOTE: Final = 24
_LARGE: Final = 2_000
_START: Final = 300
_ATTACHED: Final = (b"#[", b"#![", b"template")
_NEVER: Final = (b"<?", b"#!", b"package ", b"else", b"#el", b"#end")
_PRIVATE = re.compile(
    rb"(?:@\w+\s+)*(?:private\b|(?:async )?def _|self\._|_|static (?!public)\w+ _|#\w+ ?[(=;])"
)
_REST = re.compile(rb"[;,]?[ \t\r]{0,200}(?:\n|//|/\*|#|\Z)")
_IMPORT = re.compile(rb"(?:import|from|use|using|require|include|#\s*include|package)\b")
_VALUE = re.compile(
    rb"#\s*define \w+(?![\w(])|(?:export |static |pub )*(?:const|let|var) |[A-Z][A-Z\d_]+\b\s*="
)
_RANKS: Final = (_VALUE, _PRIVATE, re.compile(rb"(?!%s)" % _IMPORT.pattern), _IMPORT)
"""What goes first: values, then what is private, imports at last."""


class Units:
    """The declarations and statements of a file that can be left out.

    Args:
        file: The file.
        spans: Where units are; those that hold others stay.
        edits: What is left out of them anyway.
        kept: Bodies that are shown whole, so that what they belong to stays.
    """

    def __init__(
        self,
        file: SourceFile,
        spans: Sequence[Span],
        edits: Sequence[Edit],
        kept: Sequence[Body],
    ) -> None:
        self._file = file
        self._edits = edits
        shown = sorted(body.start for body in kept)
        self._spans = [
            span for span in _leaves(spans) if not _holds(shown, span) and self._is_whole(span)
        ]

    def drop(self, question: Question, excess: int) -> list[Edit]:
        """Return the edits that make the file about `excess` bytes shorter, and not much more."""
        units = _attached(self._file.source, self._spans)
        chosen: set[int] = set()
        large: list[tuple[int, int]] = []
        for index in self._order(question, units):
            if excess <= 0:
                break
            start, end = units[index]
            size = end - start - self._saved(start, end)
            if size > max(_LARGE, 2 * excess):
                large.append((size, index))
                continue
            excess -= size
            excess += 0 if {index - 1, index + 1} & chosen else _NOTE
            chosen.add(index)
        for size, index in sorted(large):
            if excess <= 0:
                break
            excess -= size
            chosen.add(index)
        return list(self._merged(units, sorted(chosen)))

    def _order(self, question: Question, units: Sequence[Span]) -> Sequence[int]:
        """Return the units, those to go first at the start."""
        source = self._file.source
        scores = question.scores([self._file.text(*span) for span in units])
        keys = []
        for index, (start, _) in enumerate(units):
            head = source[start : start + _START].lstrip()
            rank = next(rank for rank, sign in enumerate(_RANKS) if sign.match(head))
            keys.append((scores[index] > 0, rank, scores[index], -index))
        return sorted(range(len(units)), key=lambda index: keys[index])

    def _merged(self, units: Sequence[Span], chosen: Sequence[int]) -> Iterable[Edit]:
        """Yield one edit for neighbours that go."""
        begun: Span | None = None
        for index in chosen:
            start, end = units[index]
            if begun and not self._shown(begun[1], start).strip():
                begun = begun[0], end
                continue
            if begun:
                yield self._gap(begun)
            begun = start, end
        if begun:
            yield self._gap(begun)

    def _shown(self, start: int, end: int) -> bytes:
        """Return what is shown between two units, comments that are cut anyway aside."""
        first = bisect_right([edit.start for edit in self._edits], start - 1)
        pieces, position = [], start
        for edit in self._edits[first:]:
            if edit.end > end or edit.kind != "comment":
                break
            pieces.append(self._file.source[position : edit.start])
            position = edit.end
        return b"".join(pieces) + self._file.source[position:end]

    def _gap(self, span: Span) -> Edit:
        start, end = span
        ending = b"\n" if self._file.source[end - 1 : end] == b"\n" else b""
        return Edit(start, end, self._file.statement(self._file.note(start, end)) + ending, "unit")

    def _saved(self, start: int, end: int) -> int:
        """Return how much of a span is left out anyway."""
        first = bisect_right(self._starts, start - 1)
        saved = 0
        for edit in self._edits[first:]:
            if edit.start >= end:
                break
            saved += edit.end - edit.start - len(edit.text)
        return saved

    @property
    def _starts(self) -> list[int]:
        return [edit.start for edit in self._edits]

    def _is_whole(self, span: Span) -> bool:
        """Return whether a span consists of whole lines, and of something that may go."""
        source = self._file.source
        line = source.rfind(b"\n", 0, span[0]) + 1
        if source[line : span[0]].strip() or source.startswith(_NEVER, span[0]):
            return False
        return source[span[1] - 1 : span[1]] == b"\n" or bool(_REST.match(source, span[1]))


def _leaves(spans: Sequence[Span]) -> list[Span]:
    """Return the spans that hold no other."""
    ordered = sorted(set(spans), key=lambda span: (span[0], -span[1]))
    following = [*ordered[1:], (1 << 60, 1 << 60)]
    return [span for span, after in zip(ordered, following, strict=False) if after[0] >= span[1]]


def _holds(positions: Sequence[int], span: Span) -> bool:
    after = bisect_right(positions, span[0] - 1)
    return after < len(positions) and positions[after] < span[1]


def _attached(source: bytes, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with attributes and what they belong to made one."""
    joined: list[Span] = []
    pending = -1
    for start, end in spans:
        begun = pending if pending >= 0 else start
        if source.startswith(_ATTACHED[:2], start):
            pending = begun
            continue
        joined.append((begun, end))
        pending = -1
    return joined
