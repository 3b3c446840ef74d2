"""Writes the lines of a blame that a budget has room for, and sums up the runs between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._history import blame
from headroom_core.compressors._history.blame import BlameRow, Facts
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

_TELLING = re.compile(
    r" \s*(?:(?:export|public|private|protected|static|async|pub)\s+){0,4}"
    r"(?:def|class|func|function|fn|impl|struct|enum|interface|trait|type|module|const|var|let)\s"
)
_SAMPLE: Final = 500
_TELLING_BONUS: Final = 1.0
_NEAR: Final = (0.45, 0.25, 0.15)
_MAX_LINE: Final = 400
_FAR: Final = 160
_RUN_COST: Final = 24
_GAP_COST: Final = 50
_ASKED: Final = 1e6


def render(text: str, budget: Budget, query: str) -> Compressed | None:
    """Return the lines that the question is about with who changed them, and sum up the rest."""
    found = blame.read(text.removesuffix("\n").split("\n"))
    if found is None:
        return None
    rows = found[0]
    facts = {printed: blame.parse(printed) for printed in {row.facts for row in rows}}
    scores = _scores(rows, budget.keep, query)
    order = sorted(range(len(rows)), key=lambda index: -scores[index])

    def write(room: float) -> Compressed | None:
        chosen = _take(rows, order, scores, room)
        lines = "\n".join(_lines(rows, facts, chosen, budget.keep))
        missing = len(rows) - len(chosen)
        cut = sum(1 for index in chosen if _cut(rows[index], budget.keep) != rows[index].code[1:])
        said = f"{missing} of {len(rows)} lines, " if missing else ""
        said += f"parts of {cut} lines, " if cut else ""
        return Compressed(lines, f"{said}times of day or hash digits of {len(rows)} lines")

    return fit("\n".join(row.code for row in rows[:_SAMPLE]), budget, write)


def _scores(rows: Sequence[BlameRow], keep: re.Pattern[str] | None, query: str) -> list[float]:
    """Return how much each line matters; what stands near it matters, too."""
    own = score_units([f"{row.code} {row.facts}" for row in rows], query)
    scores = [
        score + (_TELLING_BONUS if _TELLING.match(row.code) else 0.0)
        for row, score in zip(rows, own, strict=True)
    ]
    shared = list(scores)
    for away, share in enumerate(_NEAR, 1):
        less = [share * score for score in scores]
        shared[:-away] = map(max, shared[:-away], less[away:])
        shared[away:] = map(max, shared[away:], less)
    for index, row in enumerate(rows):
        if not row.code.strip():
            shared[index] = 0.0
    if keep is not None:
        for index, row in enumerate(rows):
            if keep.search(f"{row.facts} {row.number}){row.code}"):
                shared[index] = _ASKED
    return shared


def _take(
    rows: Sequence[BlameRow], order: Sequence[int], scores: Sequence[float], room: float
) -> set[int]:
    """Return the indexes of the best lines, as many as fit in `room` characters."""
    chosen: set[int] = set()
    for index in order:
        joined = (index - 1 in chosen) + (index + 1 in chosen)
        room -= min(len(rows[index].code), _MAX_LINE) + _RUN_COST + _GAP_COST * (1 - joined)
        if room < 0 and scores[index] < _ASKED:
            break
        chosen.add(index)
    for index in range(1, len(rows) - 1):
        # To say that such a line is missing takes as much as the line.
        if len(rows[index].code) < _GAP_COST and {index - 1, index + 1} <= chosen:
            chosen.add(index)
    return chosen


def _lines(
    rows: Sequence[BlameRow],
    facts: dict[str, Facts | None],
    chosen: Collection[int],
    keep: re.Pattern[str] | None,
) -> Iterator[str]:
    yield f"{len(rows)} lines of git blame; @12 hash author date: line 12 and those below; … gaps"
    seen: set[str] = set()
    gap: list[BlameRow] = []
    last, below = "", 0
    for index, row in enumerate(rows):
        if index not in chosen:
            gap.append(row)
            continue
        if gap:
            yield _summary(gap, facts)
            gap, last = [], ""
        if keep is not None and keep.search(f"{row.facts} {row.number}){row.code}"):
            yield f"@{row.number} {' '.join(row.facts.split())}"
            last, below = row.facts, 0
        elif row.facts != last or below > _FAR:
            yield f"@{row.number} {_who(row.facts, facts, row.facts not in seen)}"
            seen.add(row.facts)
            last, below = row.facts, 0
        yield _cut(row, keep)
        below += len(row.code)
    if gap:
        yield _summary(gap, facts)


def _who(printed: str, facts: dict[str, Facts | None], first: bool) -> str:
    found = facts[printed]
    if found is None:
        return " ".join(printed.split())
    day = found.date.partition(" ")[0] if found.date[:4].isdigit() else found.date
    hash_ = found.hash.lstrip("^")
    parts = (hash_, found.file, found.name, day) if first else (hash_[:7], found.name)
    return " ".join(filter(None, parts))


def _summary(gap: Sequence[BlameRow], facts: dict[str, Facts | None]) -> str:
    lines = f"{gap[0].number}-{gap[-1].number}" if len(gap) > 1 else f"{gap[0].number}"
    commits = [row.facts for row in gap]
    if commits.count(commits[0]) == len(commits):
        return f"… {lines}: {_who(commits[0], facts, False)}"
    most, _ = Counter(commits).most_common(1)[0]
    return f"… {lines}: {len(set(commits))} commits, mostly {_who(most, facts, False)}"


def _cut(row: BlameRow, keep: re.Pattern[str] | None) -> str:
    code = row.code[1:]
    if len(code) <= _MAX_LINE * 5 or (keep is not None and keep.search(row.code)):
        return code
    return f"{code[: _MAX_LINE * 2]} … {code[-_MAX_LINE:]}"
