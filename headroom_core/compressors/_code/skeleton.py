"""Makes the skeleton of one source file: what it declares, and the bodies that were asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from headroom_core.compressors._code.bodies import Body, find_bodies, outermost
from headroom_core.compressors._code.edits import (
    Edit,
    belongs,
    comment_blocks,
    cut_bodies,
    cut_comments,
    cut_data,
    cut_docs,
    drop_docs,
    outside,
)
from headroom_core.compressors._code.files import SourceFile
from headroom_core.compressors._code.grammar import Span, Syntax
from headroom_core.compressors._code.rank import Question
from headroom_core.compressors._code.units import Units
from headroom_core.compressors._code.write import disjoint, repaired, write
from headroom_core.types import Budget

_RELATED: Final = 0.1
_ASKED: Final = 0.6
"""What was asked for may use so much although other declarations have to go for it."""

_LEVELS: Final = 4
_OVER: Final = 1.05


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A file with gaps.

    Attributes:
        text: What is shown.
        bodies: How many bodies of functions are not shown.
        functions: How many bodies there are.
        lines: How many lines are not shown, by the kind of edit.
    """

    text: str
    bodies: int
    functions: int
    lines: Mapping[str, int]


class Outline:
    """A parsed file, ready to be written with as much of it as there is room for.

    Args:
        file: The file.
        language: Its language.
        found: What was found in it.
        question: What is wanted of it.
        budget: Counts tokens, and says what must be kept.
        size: Tokens of the file.
    """

    def __init__(
        self,
        file: SourceFile,
        language: str,
        found: Syntax,
        question: Question,
        budget: Budget,
        size: int,
    ) -> None:
        self._file = file
        self._language = language
        self._found = found
        self._budget = budget
        self._size = size
        self._question = question
        self._all = find_bodies(file.source, found)
        self._wanted = question.wanted(file, self._all)
        opened = [wanted.body for wanted in self._wanted if wanted.sure]
        self._bodies = outermost(self._all, file.lines_of, opened)
        self._bases: dict[int, list[Edit]] = {}
        self._must = question.kept_rows(file)

    def write(self, tokens: int, most: int) -> Skeleton | None:
        """Return the skeleton; None if nothing can be left out so that the rest still parses.

        Args:
            tokens: What it may use.
            most: What it may use with the functions that were asked for.
        """
        asked = self._asked()
        costs = [self._cost(body) for body in asked]
        level = used = 0
        for level in range(_LEVELS):
            used = self._count(self._plan(level))
            if used <= tokens and used + sum(costs) <= most:
                break
        kept = _that_fit(asked, costs, max(most - used, int(_ASKED * most)))
        used += sum(map(self._cost, kept))
        if used < tokens and not any(wanted.sure for wanted in self._wanted):
            others = [body for body in self._bodies if body not in kept]
            related = self._question.related(self._file, others)
            room = min(tokens - used, int(_RELATED * self._size))
            kept += _that_fit(related, map(self._cost, related), room)
        edits = self._plan(level, kept)
        limit = most if kept else tokens
        if used > limit:
            edits = self._without_units(edits, used - limit, kept)
        return self._checked(edits)

    def _asked(self) -> list[Body]:
        """Return what can be left out but was asked for, the surest first."""
        found: dict[Body, None] = {}
        starts = [body.start for body in self._bodies]
        for wanted in self._wanted:
            first = bisect_left(starts, wanted.body.start)
            while first < len(starts) and starts[first] < wanted.body.end:
                found[self._bodies[first]] = None
                first += 1
        return list(found)

    def _plan(self, level: int, kept: Sequence[Body] = ()) -> list[Edit]:
        """Return the edits of a level: bodies, then comments, doc strings, literals as well."""
        edits = self._base(level)
        if not kept:
            return edits
        inside = sorted((body.start, body.end) for body in kept)
        heads = [body.head for body in kept]
        return [
            edit
            for edit in edits
            if not _overlaps(edit, inside)
            and not (edit.kind == "comment" and belongs(self._file, edit.end, heads))
        ]

    def _base(self, level: int) -> list[Edit]:
        """Return the edits of a level when no body is asked for."""
        if level not in self._bases:
            file, captures = self._file, self._found.captures
            docs = captures.get("doc", ())
            edits = [*(self._bodies_cut if level < 2 else self._bodies_bare)]
            edits += cut_comments(file, self._comments, whole=level > 0)
            edits += drop_docs(docs) if level > 1 else cut_docs(file, docs)
            if level > 2:
                edits += cut_data(file, captures.get("data", ()), self._all)
            self._bases[level] = [e for e in disjoint(edits) if not self._is_kept(e)]
        return self._bases[level]

    @cached_property
    def _bodies_cut(self) -> list[Edit]:
        return cut_bodies(self._file, self._bodies, self._found.captures.get("doc", ()))

    @cached_property
    def _bodies_bare(self) -> list[Edit]:
        """The edits without what doc strings say."""
        has_docs = "doc" in self._found.captures
        return cut_bodies(self._file, self._bodies, ()) if has_docs else self._bodies_cut

    @cached_property
    def _comments(self) -> Sequence[Span]:
        """Where comments stand alone on their lines, those in bodies that go aside."""
        gone = [(edit.start, edit.end) for edit in self._bodies_cut]
        comments = self._found.captures.get("comment", ())
        return list(comment_blocks(self._file, outside(comments, gone)))

    def _is_kept(self, edit: Edit) -> bool:
        """Return whether an edit would take away a line that must stay."""
        if not self._must:
            return False
        first = bisect_left(self._must, self._file.row(edit.start))
        return first < len(self._must) and self._must[first] <= self._file.row(edit.end - 1)

    def _without_units(
        self, edits: Sequence[Edit], excess: int, kept: Sequence[Body]
    ) -> list[Edit]:
        """Return the edits and those that leave out declarations that matter least."""
        units = Units(self._file, self._found.units(), edits, kept)
        rate = self._size / max(1, len(self._file.source))
        dropped = units.drop(self._question, int(excess * _OVER / max(rate, 0.01)))
        return disjoint([*(e for e in dropped if not self._is_kept(e)), *edits])

    def _checked(self, edits: Sequence[Edit]) -> Skeleton | None:
        left = repaired(self._file, self._language, edits, len(self._found.errors))
        if not left:
            return None
        gone = [edit for edit in left if edit.kind in ("body", "unit", "data")]
        starts = [body.start for body in self._all]
        hidden = sum(bisect_left(starts, e.end) - bisect_left(starts, e.start) for e in gone)
        lines: Counter[str] = Counter()
        for edit in left:
            shown = edit.text.rstrip(b"\n").count(b"\n") + bool(edit.text)
            lines[edit.kind] += self._file.lines_of((edit.start, edit.end)) - shown
        return Skeleton(write(self._file, left), hidden, len(self._all), lines)

    def _count(self, edits: Sequence[Edit]) -> int:
        return self._budget.count(write(self._file, edits))

    def _cost(self, body: Body) -> int:
        return self._budget.count(self._file.text(body.start, body.end))


def _that_fit(bodies: Sequence[Body], costs: Iterable[int], room: int) -> list[Body]:
    kept = []
    for body, cost in zip(bodies, costs, strict=True):
        if cost <= room:
            kept.append(body)
            room -= cost
    return kept


def _overlaps(edit: Edit, spans: Sequence[tuple[int, int]]) -> bool:
    after = bisect_left(spans, (edit.end, 0)) - 1
    return after >= 0 and edit.start < spans[after][1]
