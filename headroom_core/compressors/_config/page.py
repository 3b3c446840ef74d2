"""Writes the part of a configuration that fits, and says in place what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from headroom_core.compressors._config import (
    fold as config_fold,
    names as config_names,
    rank as config_rank,
    rules as config_rules,
    summary as config_summary,
)
from headroom_core.compressors._config.flat import flat_kinds
from headroom_core.compressors._config.kinds import Kind, kinds
from headroom_core.compressors._config.lines import read
from headroom_core.compressors._config.summary import Entry
from headroom_core.compressors._fit import fit
from headroom_core.envelope import wrap
from headroom_core.relevance import terms
from headroom_core.types import Budget, Compressed

_STATES = re.compile(
    r"^(?:(?:- )?(?:apiVersion: |Name: {2,}+\S)|Terraform will perform |Plan: \d)", re.MULTILINE
)
_SMALL: Final = (2.0, 1.0, 0.5, 0.2, 0.05)
_SHORT: Final = 3
_LEAST_GAP: Final = 30
_MAX_NAMES: Final = 10
_LEAST_NAMES: Final = 2
_ROOM_A_NAME: Final = 150
_GAP_COST: Final = 30
_MAX_MISSES: Final = 100
_MOST_FOLDED: Final = 3
_SUMMARY: Final = 0.6
_ASIDE: Final = 0.3
_TOP: Final = 0.3
_LONG: Final = 2_000
_HEAD: Final = 400
_TAIL: Final = 200
_HIDDEN = re.compile(rb"\x00+")


def render(text: str, budget: Budget, query: str, first_line: int = 1) -> Compressed | None:
    """Return what fits of `text`, None if nothing does; lines are numbered from `first_line`."""
    page = _Page(text.replace("\r\n", "\n"), budget, query, first_line)
    if made := page.without_rules_only() or fit(text, budget, page.write):
        return made
    rooms = (share * (budget.tokens or 0) for share in _SMALL)
    made_small = (page.write(room) for room in rooms)
    return next((m for m in made_small if m and budget.count(m.text) <= (budget.tokens or 0)), None)


class _Page:
    """One configuration, and what is left out of it whatever the budget."""

    def __init__(self, text: str, budget: Budget, query: str, first_line: int) -> None:
        self._budget = budget
        self._first_line = first_line
        self._source = read(text)
        self._text = text
        self._query = query
        self._rules = config_rules.apply(self._source, text, terms(query))
        self._must: set[int] = set()
        if budget.keep is not None:
            self._must = {n for n, line in enumerate(self._source.text) if budget.keep.search(line)}
            for line in self._must:
                self._rules.out[line] = 0
        self._order: list[int] | None = None
        self._parents = self._source.parents
        self._most_names = _MAX_NAMES
        self._gaps: dict[tuple[int, int], str] = {}
        self._top: list[int] = []
        self._kinds: list[Kind] = []
        self._called: dict[int, str] = {}
        self._naming: dict[int, int] = {}
        self._asked = False
        self._said: list[list[Entry]] = []

    def without_rules_only(self) -> Compressed | None:
        """Return all but what the rules leave out, folded, if that fits."""
        left = self._rules.out.count(1)
        limit = self._budget.tokens
        if not left or limit is None:
            return None
        lines = self._legend()
        lines += [line for _, line in self._lines(range(len(self._source.text)))]
        plain = "\n".join(lines)
        omitted = f"{left} of {len(self._source.text)} lines"
        if self._budget.count(plain) > _MOST_FOLDED * limit:
            return None
        folded = config_fold.encode(plain)
        for candidate in (wrap("config", *folded) if folded else plain, plain):
            if self._budget.count(candidate) <= limit:
                return Compressed(candidate, omitted)
        return None

    def _legend(self) -> list[str]:
        return [f"# left out, in lines: {self._rules.legend}"] if self._rules.legend else []

    def _lines(self, shown: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Yield the lines that are shown and the notes of the rules, with their numbers."""
        text, out, notes = self._source.text, self._rules.out, self._rules.notes
        for line in shown:
            if line in notes and out[line]:
                yield line, f"{_indent(text[line])}# {notes[line]}"
            elif not out[line]:
                yield line, text[line]

    def write(self, room: float) -> Compressed | None:
        """Return a page of about so many characters."""
        if self._order is None:
            self._top = config_rank.top(self._source)
            found = kinds(self._source, self._rules.out, self._first_line)
            self._kinds = found or list(flat_kinds(self._source, self._rules.out))
            for kind in self._kinds:
                self._called.update(zip(kind.heads, kind.names, strict=True))
                names = kind.naming.lines if kind.naming else ()
                self._naming.update((kind.heads[kind.owner(line)], line) for line in names[::-1])
            self._top = [line for line in self._top if line not in self._called]
            asked = terms(self._query)
            lower = self._text.lower() if asked else ""
            self._asked = any(word in lower for word in asked)
            self._said = [config_summary.entries(kind, asked) for kind in self._kinds]
            states = _STATES.search(self._text) is not None
            worth = config_rank.score(self._source, self._query, self._kinds, states=states)
            self._order = sorted(range(len(worth)), key=worth.__getitem__, reverse=True)
        legend = self._legend()
        most_names = max(_LEAST_NAMES, min(_MAX_NAMES, int(room) // _ROOM_A_NAME))
        if most_names != self._most_names:
            self._most_names = most_names
            self._gaps.clear()
        summaries = self._summaries((_ASIDE if self._asked else _SUMMARY) * room)
        said = [line for lines in summaries.values() for line in lines]
        legend += summaries.pop(-1, [])
        shown = self._chosen(room - sum(map(len, [*legend, *said])), summaries)
        if not any(shown) and not said:
            return None
        self._close(shown)
        lines, hidden, cut = self._written(shown, summaries)
        hidden += self._rules.out.count(1)
        if not hidden and not cut:
            return None
        omitted = [f"{hidden} of {len(self._source.text)} lines"] if hidden else []
        omitted += [f"{cut} of {len(self._source.text)} lines shortened"] if cut else []
        return Compressed("\n".join([*legend, *lines]), ", ".join(omitted))

    def _summaries(self, room: float) -> dict[int, list[str]]:
        """Return what there is room to say of the stanzas of a kind, by the line they are below."""
        found: dict[int, list[str]] = {}
        left = sum(1 for kind in self._kinds if kind.what)
        for kind, said in zip(self._kinds, self._said, strict=True):
            indent = _indent(self._source.text[kind.heads[0]])
            own = room / max(1, left) if kind.what else room
            left -= bool(kind.what)
            lines = config_summary.summary(kind, said, own)
            room -= sum(len(line) + len(indent) + 1 for line in lines)
            if lines:
                found.setdefault(kind.parent, []).extend(indent + line for line in lines)
        return found

    def _chosen(self, room: float, heads: Iterable[int]) -> bytearray:
        """Return which lines to show: the best ones, each with all it is below."""
        out = self._rules.out
        shown = bytearray(len(self._source.text))
        for line in (*heads, *self._must):
            room -= self._show(line, shown)
        top = [line for line in self._top if not out[line]]
        if sum(len(self._source.text[line]) + 1 for line in top) <= _TOP * room:
            for line in top:
                room -= self._show(line, shown)
        misses = 0
        for line in self._order or ():
            if shown[line] or out[line]:
                continue
            if self._cost(line, shown) <= room:
                room -= self._show(line, shown)
            else:
                misses += 1
            if room < _GAP_COST or misses > _MAX_MISSES:
                break
        return shown

    def _cost(self, line: int, shown: bytearray) -> int:
        cost = 0
        while line >= 0 and not shown[line]:
            cost += min(len(self._source.text[line]), _HEAD + _TAIL) + 1
            line = self._parents[line]
        return cost

    def _show(self, line: int, shown: bytearray) -> int:
        """Show a line, all it is below, and what the stanza it is in is called."""
        cost = self._cost(line, shown)
        while line >= 0 and not shown[line]:
            if line and not shown[line - 1] and self._parents[line] != line - 1:
                cost += _GAP_COST
            shown[line] = 1
            if line in self._naming:
                cost += self._show(self._naming[line], shown)
            line = self._parents[line]
        return cost

    def _close(self, shown: bytearray) -> None:
        """Show what takes no more room than to say that it is left out."""
        text, out = self._source.text, self._rules.out
        for line in self._rules.notes:
            shown[line] = self._parents[line] < 0 or shown[self._parents[line]]
        for start, end in _runs(shown):
            if end - start > _SHORT:
                continue
            lines = [line for line in range(start, end) if not out[line]]
            if sum(len(text[line]) + 1 for line in lines) <= _LEAST_GAP:
                for line in lines:
                    shown[line] = 1

    def _written(
        self, shown: bytearray, summaries: Mapping[int, list[str]]
    ) -> tuple[list[str], int, int]:
        text, out = self._source.text, self._rules.out
        written: list[str] = []
        hidden = cut = position = 0
        for start, end in [*_runs(shown), (len(text), len(text))]:
            for number, line in self._lines(range(position, start)):
                preview = self._preview(line) if len(line) > _LONG else line
                cut += preview is not line
                written.append(preview)
                written += summaries.get(number, ())
            count = end - start - out.count(1, start, end)
            hidden += count
            if count:
                if (start, end) not in self._gaps:
                    self._gaps[start, end] = self._gap(start, end)
                written.append(self._gaps[start, end])
            position = end
        return written, hidden, cut

    def _preview(self, line: str) -> str:
        """Return both ends of a long line, all of it if it must be kept."""
        if self._budget.keep is not None and self._budget.keep.search(line):
            return line
        gap = len(line) - _HEAD - _TAIL
        return f"{line[:_HEAD]} [... {gap} characters ...] {line[-_TAIL:]}"

    def _gap(self, start: int, end: int) -> str:
        first, last = start + self._first_line, end + self._first_line - 1
        where = f"lines {first}-{last}" if last > first else f"line {last}"
        names = list(
            dict.fromkeys(
                config_names.names(self._source, self._called, self._rules.out, start, end)
            )
        )
        names = config_names.folded(names, self._most_names)
        said = f": {', '.join(names)}" if names else ""
        return f"{_indent(self._first(start, end))}# {where}{said}"

    def _first(self, start: int, end: int) -> str:
        """Return the first line of a gap that says something, for its indentation."""
        lines = self._source.text[start : min(end, start + _MAX_NAMES)]
        return next((line for line in lines if line.strip() and line.lstrip()[0] != "#"), "")


def _indent(line: str) -> str:
    return line[: min(40, len(line) - len(line.lstrip(" \t")))]


def _runs(shown: bytearray) -> list[tuple[int, int]]:
    """Return first and end of each run of lines that are not shown."""
    return [match.span() for match in _HIDDEN.finditer(shown)]
