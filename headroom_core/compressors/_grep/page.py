"""Writes the search results that a budget has room for, grouped by file, and counts the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._grep import rank as grep_rank
from headroom_core.compressors._grep.paths import separator
from headroom_core.compressors._grep.rank import Candidates
from headroom_core.compressors._grep.rows import SearchResults
from headroom_core.compressors._grep.tree import FileTree
from headroom_core.relevance import terms
from headroom_core.types import Budget, Compressed

_MAX_LINE: Final = 400
_LEAD: Final = 100
_TREE_SHARE: Final = 0.25
_MISSES: Final = 20
_SAMPLE: Final = 500
_LETTERS: Final = 3
_ROW_COST: Final = 2
_FILE_COST: Final = 8


def render(listing: SearchResults, budget: Budget, query: str) -> Compressed | None:
    """Return the best results that fit in `budget`; None if not even the necessary ones do."""
    candidates = grep_rank.find(listing, budget.keep, query)
    if not candidates.rows:
        return None
    order = grep_rank.order(candidates)
    tree_room = int(_TREE_SHARE * _LETTERS * (budget.tokens or 0))
    page = _Page(listing, candidates, query, budget.keep, tree_room)

    def write(room: float) -> Compressed | None:
        chosen = _take(candidates, order, room - page.cost_of_tree)
        return page.write(chosen) if chosen else None

    some = zip(candidates.rows, candidates.texts[:_SAMPLE], strict=False)
    sample = [f"{listing.numbers[row]}:{text}" for row, text in some]
    return fit("\n".join(sample), budget, write)


def _take(candidates: Candidates, order: Iterable[int], room: float) -> set[int]:
    """Return the indexes of the first of `order` that fit in `room` characters."""
    paths, texts, numbers = candidates.paths, candidates.texts, candidates.numbers
    chosen: set[int] = set()
    files: set[str] = set()
    misses = 0
    for index in order:
        path = paths[index]
        cost = min(len(texts[index]), _MAX_LINE) + len(numbers[index]) + _ROW_COST
        cost += 0 if path in files else len(path) + _FILE_COST
        if cost > room and index not in candidates.kept:
            misses += 1
            if misses > _MISSES:
                break
            continue
        room -= cost
        chosen.add(index)
        files.add(path)
    return chosen


class _Page:
    """What all tries have in common."""

    def __init__(
        self,
        listing: SearchResults,
        candidates: Candidates,
        query: str,
        keep: re.Pattern[str] | None,
        tree_room: int,
    ) -> None:
        self._listing = listing
        self._candidates = candidates
        wanted = terms(query)
        self._wanted = sorted(wanted, key=lambda term: (-wanted[term], -len(term)))
        self._keep = keep
        self._of_file = dict.fromkeys(candidates.paths, 0)
        for path, lines in zip(candidates.paths, candidates.lines, strict=True):
            self._of_file[path] += lines
        self._tree = FileTree(self._of_file, separator(self._of_file), tree_room)
        self.cost_of_tree = self._tree.length if len(self._of_file) > 1 else 0
        self._total = sum(self._of_file.values())
        self._matches = self._lines_of_matches(range(len(candidates.rows)))

    def write(self, chosen: Collection[int]) -> Compressed:
        """Return the page with these candidates on it."""
        by_file: dict[str, list[int]] = {}
        for index in sorted(chosen):
            by_file.setdefault(self._candidates.paths[index], []).append(index)
        left = dict(self._of_file)
        shortened = 0
        lines = []
        for path, indexes in by_file.items():
            more = left.pop(path) - sum(map(self._candidates.lines.__getitem__, indexes))
            if path:
                lines.append(f"{path} (+{more})" if more else path)
            for index in indexes:
                line, is_cut = self._line(index)
                lines.append(line)
                shortened += is_cut
        # The path may be a line of its own, a heading, and that line must be kept too.
        named = [path for path in left if self._keep is not None and self._keep.search(path)]
        lines += [f"{path} (+{left.pop(path)})" for path in named]
        left.pop("", None)
        if left:
            lines.append("also in " + self._tree.text(left))
        return Compressed("\n".join(lines), self._omitted(chosen, shortened))

    def _line(self, index: int) -> tuple[str, bool]:
        """Return how a candidate is shown, and whether it is cut."""
        numbers, mark = self._candidates.numbers[index], self._candidates.marks[index]
        if index in self._candidates.kept:
            short = text = self._listing.texts[self._candidates.rows[index]]
        else:
            text = self._candidates.texts[index]
            short = _cut(text, self._wanted)
        return (f"{numbers}{mark}{short}" if numbers or not mark else f" {short}"), short != text

    def _lines_of_matches(self, indexes: Iterable[int]) -> int:
        marks, lines = self._candidates.marks, self._candidates.lines
        return sum([lines[index] for index in indexes if marks[index] == ":"])

    def _omitted(self, chosen: Collection[int], shortened: int) -> str:
        lost = self._total - sum(map(self._candidates.lines.__getitem__, chosen))
        matches = self._lines_of_matches(chosen)
        said = []
        if lost and lost == self._matches - matches:
            said.append(f"{lost} of {self._matches} matches")
        elif lost:
            said.append(f"{lost} of {self._total} lines")
        if shortened:
            said.append(f"parts of {shortened} lines")
        return ", ".join(said) or f"the indentation of {self._total} lines"


def _cut(text: str, wanted: Sequence[str]) -> str:
    """Return `text`, if too long only the part around what the question asks for."""
    if len(text) <= _MAX_LINE:
        return text
    lower = text.lower()
    position = next((found for word in wanted if (found := lower.find(word)) >= 0), 0)
    start = min(max(0, position - _LEAD), len(text) - _MAX_LINE)
    part = text[start : start + _MAX_LINE]
    return ("…" if start else "") + part + ("…" if start + _MAX_LINE < len(text) else "")
