"""Shows the picked lines of a log in order, with honest notes on the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Final

from headroom_core.compressors._log.select import rank
from headroom_core.compressors._log.summary import summarize_most, time_span
from headroom_core.compressors._log.survey import Survey
from headroom_core.compressors._log.templates import Masked, mask, pick
from headroom_core.types import Budget

_MAX_LINE: Final = 2000
_CUT_HEAD: Final = 400
_CUT_TAIL: Final = 200
_MANY: Final = 4
_FEW: Final = 3
_TINY: Final = 12
_SHORT: Final = 36
_PER_SUMMARY: Final = 250
_SUMMARIES: Final = 24
_TRIES: Final = 6
_DENSITY: Final = 1.3
_FULL: Final = 0.87


def show_best(
    log: Survey,
    budget: Budget,
    rate: float,
    spell: Callable[[str, Masked], tuple[str, int]],
    first_line: int = 1,
) -> tuple[str, int]:
    """Return the lines that tell most, in order, and how many lines are not among them.

    Lines that the budget's pattern is found in are all shown, whatever they cost.

    Args:
        log: The log.
        budget: What the rendering may use: `cut_tokens` where it has them. There is a limit.
        rate: Tokens per character of the log.
        spell: Writes the lines that were picked in fewer tokens, omitting nothing, and says in
            how many.
        first_line: Number of the first line of the log in its original.
    """
    limit = budget.cut_tokens or budget.tokens or 0
    ranked = _Ranked(rank(log, limit, rate))
    total = len(log.lines) - (not log.lines[-1])
    summaries = summarize_most(
        log.masked, log.groups, log.counts, min(_SUMMARIES, limit // _PER_SUMMARY)
    )
    best, most = "", -1
    smallest = ("", 0)
    room = limit * _DENSITY
    for _ in range(_TRIES):
        chosen = ranked.within(room)
        page = _Page(log, log.kept.union(chosen), summaries, first_line)
        spelled, used = spell(page.text, page.masked())
        smallest = (spelled, page.whole)
        if used <= limit and page.whole > most:
            best, most = spelled, page.whole
        if not chosen or (used <= limit and (ranked.all_within(room) or used >= _FULL * limit)):
            break
        room = min(room, ranked.cost) * 0.97 * limit / max(1, used)
    if most < 0:
        best, most = smallest
    return best, total - most


class _Ranked:
    """Lines worth showing, the most important first; what nobody has room for is not looked for.

    Attributes:
        cost: What the lines looked at cost.
    """

    def __init__(self, lines: Iterator[tuple[int, float]]) -> None:
        self.cost = 0.0
        self._lines = lines
        self._order: list[int] = []
        self._reached: list[float] = []

    def within(self, room: float) -> list[int]:
        """Return as many lines as there is room for."""
        while self.cost <= room and (found := next(self._lines, None)):
            self.cost += found[1]
            self._order.append(found[0])
            self._reached.append(self.cost)
        return self._order[: bisect_right(self._reached, room)]

    def all_within(self, room: float) -> bool:
        """Return whether there is room for all of them."""
        return self.cost <= room


class _Page:
    """The picked lines of a log and the notes between them.

    Attributes:
        text: All of it; the first line says what the notes mean.
        whole: How many lines of the log are in it unchanged.
    """

    def __init__(
        self, log: Survey, chosen: Set[int], summaries: Mapping[str, str], first_line: int
    ) -> None:
        total = len(log.lines) - (not log.lines[-1])
        self.whole = 0
        self._first = first_line
        self._log = log
        self._out: list[str] = []
        self._indexes: list[int] = []
        self._used: dict[str, str] = {}
        self._summaries = summaries
        self._times = self._alike = 0
        self._values = ""
        self._starts = [failure.start for failure in log.failures]
        counted: set[str] = set()
        following = 0
        for index in [*sorted(chosen), total]:
            self._gap(following, index)
            if index < total:
                self._line(index, counted)
            following = index + 1
        self._note(0)
        self._out.insert(0, self._legend(total))
        self._indexes.insert(0, -1)
        self.text = "\n".join(self._out)

    def masked(self) -> Masked:
        """Return the lines of the page with their values taken out: most are known."""
        new = [line for line, index in zip(self._out, self._indexes, strict=True) if index < 0]
        known = self._log.masked
        return pick(known, self._indexes, mask("\n".join(new), known.form))

    def _gap(self, start: int, end: int) -> None:
        """Show the lines from `start` up to `end` if they are next to nothing, else say so."""
        if start == end:
            return
        lines = self._log.lines[start : min(end, start + _FEW + 1)]
        room = _SHORT if self._inside(end) else _TINY
        if len(lines) <= _FEW and sum(len(" ".join(line.split())) + 1 for line in lines) <= room:
            self._note(0)
            self._out += lines
            self._indexes += range(start, end)
            self.whole += len(lines)
        else:
            self._used.setdefault("..20", '"[..20]" stands for lines left out, up to line 20')
            self._note(end + self._first - 1)

    def _inside(self, index: int) -> bool:
        """Return whether the line tells of a failure, but does not begin it."""
        place = bisect_left(self._starts, index) - 1
        return place >= 0 and index < self._log.failures[place].end

    def _line(self, index: int, counted: set[str]) -> None:
        group = self._log.groups[index]
        count = 0 if group in counted else self._log.counts[group]
        repeated = group in self._log.repeated
        many = count > _MANY and (repeated or not self._inside(index))
        count = count if many or (count > 1 and repeated) else 0
        values = self._summaries.get(self._log.masked.masks[index], "") if count else ""
        if count != self._times or values or self._values:
            self._note(0)
        line = self._log.lines[index]
        shown = line if index in self._log.kept else _cut(line)
        self._out.append(shown)
        self._indexes.append(index if shown == line else -1)
        self.whole += shown == line
        counted.add(group)
        self._times, self._values = count, values
        self._alike += bool(count)

    def _note(self, last: int) -> None:
        """Say how often the lines above occur, and where the gap below them ends."""
        notes = []
        if self._times:
            self._used.setdefault(
                "9x", '"[9x]" says that 9 lines in all equal the one above but for values and names'
            )
            notes.append(f"{self._times:,}x")
            if self._alike > 1:
                self._used.setdefault("9x 3", '"[9x 3]" says so of each of the 3 above')
                notes.append(f"{self._alike}")
            if self._values:
                self._used.setdefault(
                    "9x:", '"[9x: 1..5, a x7|b x2]" what values they have, place by place'
                )
                notes[-1] += ":"
                notes.append(self._values)
        if last:
            notes.append(f"..{last}")
        if notes:
            self._out.append(f"[{' '.join(notes)}]")
            self._indexes.append(-1)
        self._times = self._alike = 0
        self._values = ""

    def _legend(self, total: int) -> str:
        """Return the line that says what the notes mean that were used."""
        span = time_span(self._log.masked)
        counts = (f"{count:,} times {term!r}" for term, count in self._log.asked.counts.items())
        lines = f"{total:,} lines" + (f" from line {self._first}" if self._first > 1 else "")
        head = ", ".join([lines, *([span] if span else []), *counts])
        return f"[{'; '.join([head, *self._used.values()])}]"


def _cut(line: str) -> str:
    """Return `line`, or its start and end if it is very long."""
    if len(line) <= _MAX_LINE:
        return line
    cut = len(line) - _CUT_HEAD - _CUT_TAIL
    return f"{line[:_CUT_HEAD]} [{cut:,} characters left out] {line[-_CUT_TAIL:]}"
