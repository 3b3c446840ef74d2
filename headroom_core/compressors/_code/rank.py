"""Says which functions of a file a question is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._code.bodies import Body
from headroom_core.compressors._code.files import SourceFile
from headroom_core.compressors._code.question import (
    asked_lines,
    asked_names,
    edited_names,
    words,
)
from headroom_core.relevance import score_units

_NAME_WEIGHT: Final = 2.0
_LENGTH_WEIGHT: Final = 0.15
_LEAST: Final = 0.25


@dataclass(frozen=True, slots=True)
class Wanted:
    """A function that was asked for.

    Attributes:
        body: Its body.
        sure: Whether it is meant without doubt: by a number, or a word that is only a name.
    """

    body: Body
    sure: bool


class Question:
    """What is asked, prepared for one file.

    Args:
        query: The question and the arguments of the tool call.
        path: The file; "" if it is not known.
        keep: Lines in which this is found must stay.
    """

    def __init__(self, query: str, path: str = "", keep: re.Pattern[str] | None = None) -> None:
        self._query = words(query)
        self._names = asked_names(query)
        self._edited = edited_names(query)
        self._lines = asked_lines(query, path)
        self._keep = keep

    def wanted(self, file: SourceFile, bodies: Sequence[Body]) -> list[Wanted]:
        """Return the functions that the question names, or numbers of whose lines it names."""
        rows = sorted(row for line in self._lines for row in file.rows_of(line))
        found = []
        for body in bodies:
            name = body.name.rpartition(":")[2]
            sure = name in self._edited or self._names.get(name, False)
            if sure or (name and name in self._names) or self._is_hit(file, body, rows):
                found.append(Wanted(body, sure or name not in self._names))
        return sorted(found, key=lambda wanted: not wanted.sure)

    def related(self, file: SourceFile, bodies: Sequence[Body]) -> list[Body]:
        """Return the bodies that have to do with the question, the best first."""
        if not bodies or not self._query.strip():
            return []
        texts = [file.text(body.head, body.end) for body in bodies]
        own = score_units(texts, self._query)
        heads = score_units([file.text(body.head, body.start) for body in bodies], self._query)
        scores = [
            (mine + _NAME_WEIGHT * head) / (1 + _LENGTH_WEIGHT * len(text) / 1000)
            for mine, head, text in zip(own, heads, texts, strict=True)
        ]
        best = max(scores)
        order = sorted(range(len(bodies)), key=lambda index: -scores[index])
        return [bodies[index] for index in order if scores[index] > _LEAST * best > 0]

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return how much each text has to do with the question."""
        return score_units(texts, self._query)

    def kept_rows(self, file: SourceFile) -> list[int]:
        """Return the rows that must stay whatever they cost."""
        if self._keep is None:
            return []
        lines = file.part.text.split("\n")
        return [row for row, line in enumerate(lines) if self._keep.search(line)]

    def _is_hit(self, file: SourceFile, body: Body, rows: Sequence[int]) -> bool:
        if not rows:
            return False
        last = bisect_right(rows, file.row(body.end - 1)) - 1
        return last >= 0 and rows[last] >= file.row(body.head)
