"""Writes the search results that a budget has room for, grouped by file, and counts the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from headroom_core.compressors import _grep_rank
from headroom_core.compressors._fit import fit
from headroom_core.compressors._grep import Listing, Row
from headroom_core.compressors._grep_rank import Candidate, as_line
from headroom_core.relevance import terms
from headroom_core.types import Budget, Compressed

_MAX_LINE: Final = 400
_LEAD: Final = 100
_TREE_SHARE: Final = 0.25
_MISSES: Final = 20
_SAMPLE: Final = 500
_ROW_COST: Final = 8
_FILE_COST: Final = 16


def render(listing: Listing, budget: Budget, query: str) -> Compressed | None:
    """Return the best candidates that fit in `budget`; None if not even the necessary ones do."""
    candidates = _grep_rank.find(listing, budget.keep, query)
    if not candidates:
        return None
    order = _grep_rank.order(candidates)
    wanted = list(terms(query))
    names = sum(len(path.rpartition("/")[2]) + 4 for path in {r.row.path for r in candidates})

    def write(room: float) -> Compressed | None:
        tree_room = int(room * _TREE_SHARE)
        chosen = _take(candidates, order, room - min(tree_room, names))
        return _write(candidates, chosen, wanted, tree_room, budget.keep) if chosen else None

    return fit("\n".join(as_line(r.row) for r in candidates[:_SAMPLE]), budget, write)


def _take(candidates: Sequence[Candidate], order: Iterable[int], room: float) -> set[int]:
    """Return the indexes of the first of `order` that fit in `room` characters."""
    chosen: set[int] = set()
    files: set[str] = set()
    misses = 0
    for index in order:
        row = candidates[index].row
        cost = min(len(row.text), _MAX_LINE) + _ROW_COST
        cost += 0 if row.path in files else len(row.path) + _FILE_COST
        if cost > room and not candidates[index].kept:
            misses += 1
            if misses > _MISSES:
                break
            continue
        room -= cost
        chosen.add(index)
        files.add(row.path)
    return chosen


def _write(
    candidates: Sequence[Candidate],
    chosen: Collection[int],
    wanted: Sequence[str],
    tree_room: int,
    keep: re.Pattern[str] | None,
) -> Compressed:
    of_file = Counter(candidate.row.path for candidate in candidates)
    by_file: dict[str, list[int]] = {"": []}
    for index in sorted(chosen):
        by_file.setdefault(candidates[index].row.path, []).append(index)
    lines = []
    shortened = 0
    for path, indexes in by_file.items():
        more = of_file.pop(path, 0) - len(indexes)
        if path:
            lines.append(f"{path} (+{more})" if more else path)
        for index in indexes:
            row = candidates[index].row
            text = row.text if candidates[index].kept else _cut(row.text.strip(), wanted)
            shortened += text.strip() != row.text.strip()
            lines.append(f"{row.number}{row.mark}{text}")
    # The path may be a line of its own, a heading, and that line must be kept too.
    named = [path for path in of_file if keep is not None and keep.search(path)]
    lines += [f"{path} (+{of_file.pop(path)})" for path in named]
    if of_file:
        lines.append("also in " + _tree(of_file, tree_room))
    return Compressed("\n".join(lines), _omitted(candidates, chosen, shortened))


def _cut(text: str, wanted: Sequence[str]) -> str:
    """Return `text`, if too long only the part around the first word of the question in it."""
    if len(text) <= _MAX_LINE:
        return text
    lower = text.lower()
    found = [position for word in wanted if (position := lower.find(word)) >= 0]
    start = max(0, min(found, default=0) - _LEAD)
    part = text[start : start + _MAX_LINE]
    return ("…" if start else "") + part + ("…" if start + _MAX_LINE < len(text) else "")


def _tree(counts: dict[str, int], room: int) -> str:
    """Return the files by folder with how many each has, as many as there is room for."""
    folders: dict[str, list[str]] = {}
    for path, count in counts.items():
        folder, slash, name = path.rpartition("/")
        folders.setdefault(folder + slash, []).append(f"{name} {count}" if count > 1 else name)
    parts = []
    left = len(counts)
    for folder, names in folders.items():
        if room <= 0:
            break
        fitting = names[: max(1, room // (len(names[0]) + 2))]
        left -= len(fitting)
        listed = ", ".join(fitting)
        parts.append(f"{folder}{{{listed}}}" if folder and len(fitting) > 1 else folder + listed)
        room -= len(parts[-1]) + 2
    if left:
        parts.append(f"{left} more files")
    return "; ".join(parts)


def _omitted(candidates: Sequence[Candidate], chosen: Collection[int], shortened: int) -> str:
    missing = [r.row for index, r in enumerate(candidates) if index not in chosen]
    if missing and _are_matches(missing):
        matches = sum(1 for candidate in candidates if candidate.row.mark == ":")
        said = [f"{len(missing)} of {matches} matches"]
    elif missing:
        said = [f"{len(missing)} of {len(candidates)} lines"]
    else:
        said = []
    if shortened:
        said.append(f"parts of {shortened} lines")
    return ", ".join(said) or f"the indentation of {len(candidates)} lines"


def _are_matches(rows: Sequence[Row]) -> bool:
    return all(row.mark == ":" for row in rows)
