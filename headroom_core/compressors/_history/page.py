"""Writes the part of a log that a budget has room for: subjects first, then what is asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._fit import fit
from headroom_core.compressors._history.read import Commit
from headroom_core.compressors._history.told import KEPT, MAX_SUBJECT, WEIGHT, Told, body_of, tell
from headroom_core.types import Budget, Compressed

_PULL = re.compile(r" \(#\d{1,7}\)$")
_OFTEN: Final = 3
_SAMPLE: Final = 500
_MAX_ABOVE: Final = 3
_LEAST_BODY: Final = 60
_HASHES: Final = 60


def render(
    commits: Sequence[Commit], budget: Budget, query: str, above: str = ""
) -> Compressed | None:
    """Return the most that fits in `budget`; None if not even the necessary does.

    Args:
        commits: All of them, in order.
        budget: What may be used.
        query: What the user wants to know.
        above: What stands above the first commit.
    """
    if not commits:
        return None
    told = tell(commits, budget.keep, query)
    lines = above.split("\n") if above else []
    if len(lines) > _MAX_ABOVE or len(above) > MAX_SUBJECT:
        shown = [line for line in lines if budget.keep is not None and budget.keep.search(line)]
    else:
        shown = lines
    page = _Page(commits, told, shown, len(lines) - len(shown))
    return fit("\n".join([each.subject for each in told[:_SAMPLE]]), budget, page.write)


class _Page:
    """Chooses how much to tell for some room, and tells it."""

    def __init__(
        self, commits: Sequence[Commit], told: Sequence[Told], above: Sequence[str], cut: int
    ) -> None:
        self._above = above
        self._cut = cut
        self._commits = commits
        self._told = told
        self._kept = {i: len(each.kept) for i, each in enumerate(told) if each.kept}
        self._bodies_of: dict[int, str] = {}
        self._ranked = sorted(range(len(told)), key=lambda index: -told[index].score)
        self._folded = _folded(commits, told)
        self._plain = [_Unit((index,), each.subject) for index, each in enumerate(told)]

    def write(self, room: float) -> Compressed | None:
        """Return a page of about so many characters."""
        units = self._plain
        left = room - self._cost(units)
        if left < 0:
            units = self._folded
            left = room - self._cost(units)
        if left < 0:
            units = self._best(room)
            if not units:
                return None
            left = 0
        facts = self._facts(units, left)
        left -= sum(map(len, facts.values()))
        recurring = {i for unit in units if unit.often for i in unit.members}
        bodies = self._bodies(left, recurring)
        return Compressed(
            "\n".join(self._lines(units, facts, bodies)), self._omitted(units, bodies)
        )

    def _cost(self, units: Sequence[_Unit]) -> int:
        cost = sum([len(unit.line) + 1 for unit in units])
        if self._kept:
            cost += sum(self._kept.get(i, 0) for unit in units for i in unit.members)
        return cost

    def _body(self, index: int) -> str:
        if index not in self._bodies_of:
            self._bodies_of[index] = body_of(self._commits[index])
        return self._bodies_of[index]

    def _best(self, room: float) -> list[_Unit]:
        """Return the units that matter most, in order."""
        worth = [max(self._told[i].score for i in unit.members) for unit in self._folded]
        chosen = []
        for index in sorted(range(len(worth)), key=lambda index: -worth[index]):
            unit = self._folded[index]
            room -= self._cost([unit])
            if room < 0 and worth[index] < KEPT:
                break
            chosen.append(index)
        return [self._folded[index] for index in sorted(chosen)]

    def _facts(self, units: Sequence[_Unit], room: float) -> dict[int, str]:
        """Return what to say of author and day, by the index of the commit, as far as it fits."""
        found: dict[int, str] = {}
        day = author = ""
        for index in sorted(i for unit in units for i in unit.members[:1]):
            commit = self._commits[index]
            said = [
                commit.day if commit.day != day else "",
                commit.author if commit.author != author else "",
            ]
            day, author = commit.day, commit.author
            if any(said):
                found[index] = f" ({', '.join(filter(None, said))})"
        if sum(map(len, found.values())) <= room:
            return found
        return self._facts_asked(room / 2)

    def _facts_asked(self, room: float) -> dict[int, str]:
        """Return the author and day of the commits that matter most."""
        found: dict[int, str] = {}
        for index in self._ranked:
            commit = self._commits[index]
            said = ", ".join(filter(None, (commit.day, commit.author)))
            room -= len(said) + 3
            if room < 0 or self._told[index].score <= WEIGHT:
                break
            if said:
                found[index] = f" ({said})"
        return found

    def _bodies(self, room: float, recurring: Collection[int]) -> dict[int, str]:
        """Return the bodies that fit, those of the commits that matter most first."""
        found: dict[int, str] = {}
        for index in self._ranked:
            body = "" if index in recurring else self._body(index)
            if not body:
                continue
            if len(body) > room:
                body = body[: max(0, int(room))].rpartition("\n")[0]
                if len(body) < _LEAST_BODY:
                    break
                body += "\n…"
            found[index] = body
            room -= len(body) + body.count("\n") + 2
        return found

    def _lines(
        self, units: Sequence[_Unit], facts: dict[int, str], bodies: dict[int, str]
    ) -> Iterator[str]:
        shown = {index for unit in units for index in unit.members}
        yield from self._above
        yield _legend(self._commits, units, bool(facts), bool(bodies))
        expected = 0
        for unit in units:
            if len(unit.members) == 1 or not unit.often:
                gap = (
                    unit.members[0]
                    - expected
                    - sum(i in shown for i in range(expected, unit.members[0]))
                )
                if gap > 0:
                    yield f"… {gap} commits"
                expected = unit.members[-1] + 1
            yield unit.line + facts.get(unit.members[0], "")
            for index in unit.members:
                if self._told[index].kept:
                    yield self._told[index].kept
                if body := bodies.get(index):
                    yield " " + body.replace("\n", "\n ")
        if gap := sum(i not in shown for i in range(expected, len(self._told))):
            yield f"… {gap} commits"

    def _omitted(self, units: Sequence[_Unit], bodies: dict[int, str]) -> str:
        total = len(self._told)
        missing = total - sum(len(unit.members) for unit in units)
        said = [f"{missing} of {total} commits"] if missing else []
        long = [index for index, commit in enumerate(self._commits) if commit.body]
        cut = sum(1 for index in long if bodies.get(index, "…").endswith("…"))
        if cut:
            said.append(f"{cut} of {len(long)} messages shortened")
        if self._cut:
            said.append(f"{self._cut} lines above")
        if listed := sum(1 for commit in self._commits if commit.files):
            said.append(f"parts of {listed} lists of files")
        said.append(f"dates, authors or digits of hashes of {total} commits")
        return ", ".join(said)


class _Unit(NamedTuple):
    """A line of subjects: the commits it is about, and what it says."""

    members: tuple[int, ...]
    line: str
    often: bool = False


def _folded(commits: Sequence[Commit], told: Sequence[Told]) -> list[_Unit]:
    """Return units in which a merge stands with what it merges, and what recurs stands once."""
    counts = Counter(commit.subject for commit in commits)
    recurring: dict[str, list[int]] = {}
    units: list[_Unit] = []
    index = 0
    while index < len(told):
        commit = commits[index]
        if counts[commit.subject] >= _OFTEN and told[index].score < KEPT:
            recurring.setdefault(commit.subject, []).append(index)
        elif _is_pull(commits, index):
            first, _, subject = told[index].subject.partition(" ")
            second = told[index + 1].subject.partition(" ")[0]
            units.append(_Unit((index, index + 1), f"{first} {second} {subject}"))
            index += 1
        else:
            units.append(_Unit((index,), told[index].subject))
        index += 1
    for subject, members in recurring.items():
        for start in range(0, len(members), _HASHES):
            part = members[start : start + _HASHES]
            hashes = " ".join(told[i].subject.partition(" ")[0] for i in part)
            units.append(
                _Unit(tuple(part), f"{len(part)} times {subject[:MAX_SUBJECT]}: {hashes}", True)
            )
    return units


def _is_pull(commits: Sequence[Commit], index: int) -> bool:
    """Return whether a commit merges the one below it and says the same."""
    if index + 1 >= len(commits):
        return False
    commit, below = commits[index], commits[index + 1]
    parents = commit.parents.split()[1:]
    return _PULL.sub("", commit.subject) == below.subject and any(
        map(below.hash.startswith, parents)
    )


def _legend(commits: Sequence[Commit], units: Sequence[_Unit], facts: bool, bodies: bool) -> str:
    said = [f"{len(commits)} commits, hashes shortened"]
    if any(not unit.often and len(unit.members) > 1 for unit in units):
        said.append("two hashes: a merge and what it merges")
    if facts:
        said.append("(day, author) as far as they change or matter")
    return "; ".join(said)
