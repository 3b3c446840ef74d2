"""Writes the search results that a budget has room for, grouped by file, and counts the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from headroom_core.compressors import _grep_rank
from headroom_core.compressors._fit import fit
from headroom_core.compressors._grep import Listing, Row
from headroom_core.compressors._grep_rank import Result, as_line
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
    """Return the best results that fit in `budget`; None if not even the necessary ones do."""
    results = _grep_rank.find(listing, budget.keep, query)
    if not results:
        return None
    order = _grep_rank.order(results)
    wanted = list(terms(query))
    names = sum(len(path.rpartition("/")[2]) + 4 for path in {r.row.path for r in results})

    def write(room: float) -> Compressed | None:
        tree_room = int(room * _TREE_SHARE)
        chosen = _take(results, order, room - min(tree_room, names))
        return _write(results, chosen, wanted, tree_room) if chosen else None

    return fit("\n".join(as_line(r.row) for r in results[:_SAMPLE]), budget, write)


def _take(results: Sequence[Result], order: Iterable[int], room: float) -> set[int]:
    """Return the indexes of the first of `order` that fit in `room` characters."""
    chosen: set[int] = set()
    files: set[str] = set()
    misses = 0
    for index in order:
        row = results[index].row
        cost = min(len(row.text), _MAX_LINE) + _ROW_COST
        cost += 0 if row.path in files else len(row.path) + _FILE_COST
        if cost > room and not results[index].kept:
            misses += 1
            if misses > _MISSES:
                break
            continue
        room -= cost
        chosen.add(index)
        files.add(row.path)
    return chosen


def _write(
    results: Sequence[Result], chosen: Collection[int], wanted: Sequence[str], tree_room: int
) -> Compressed:
    of_file = Counter(result.row.path for result in results)
    by_file: dict[str, list[int]] = {"": []}
    for index in sorted(chosen):
        by_file.setdefault(results[index].row.path, []).append(index)
    lines = []
    shortened = 0
    for path, indexes in by_file.items():
        more = of_file.pop(path, 0) - len(indexes)
        if path:
            lines.append(f"{path} (+{more})" if more else path)
        for index in indexes:
            row = results[index].row
            text = row.text if results[index].kept else _cut(row.text.strip(), wanted)
            shortened += text.strip() != row.text.strip()
            lines.append(f"{row.number}{row.mark}{text}")
    if of_file:
        lines.append("also in " + _tree(of_file, tree_room))
    return Compressed("\n".join(lines), _omitted(results, chosen, shortened))


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
    """Return the files by folder with how many results each has, as many as there is room for."""
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


def _omitted(results: Sequence[Result], chosen: Collection[int], shortened: int) -> str:
    missing = [r.row for index, r in enumerate(results) if index not in chosen]
    if missing and _are_matches(missing):
        matches = sum(1 for result in results if result.row.mark == ":")
        said = [f"{len(missing)} of {matches} matches"]
    elif missing:
        said = [f"{len(missing)} of {len(results)} lines"]
    else:
        said = []
    if shortened:
        said.append(f"parts of {shortened} lines")
    return ", ".join(said) or f"the indentation of {len(results)} lines"


def _are_matches(rows: Sequence[Row]) -> bool:
    return all(row.mark == ":" for row in rows)
