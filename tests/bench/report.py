"""Prints what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.bench.corpus import Item
from tests.bench.measure import Measured

_COLUMNS: Final = (
    "items",
    "tokens",
    "sent",
    "saved",
    "visible",
    "critical",
    "own question",
    "retrievable",
    "exact",
    "ms/100 kB",
    "ms p50",
)


@dataclass(frozen=True)
class Run:
    """All that was measured of one subject in one mode.

    Attributes:
        subject: "headroom_core" or "headroom-ai".
        mode: Its mode.
        items: One entry per item.
        agent_run: The made-up agent run.
        peak_mb: Peak memory of the process, over all of it.
    """

    subject: str
    mode: str
    items: list[Measured]
    agent_run: dict[str, Any]
    peak_mb: float


class Report:
    """Writes tables.

    Args:
        console: Where to.
        items: The items that were measured.
    """

    def __init__(self, console: Console, items: Sequence[Item]) -> None:
        self._console = console
        self._items = {item.id: item for item in items}

    def categories(self, run: Run) -> None:
        """Print one line per category, and the totals."""
        table = self._table(f"{run.subject}, {run.mode}", "category", _COLUMNS)
        for name, measured in self._groups(run.items):
            if name == "all real":
                table.add_section()
            table.add_row(name, *self._summary(measured))
        self._console.print(table)

    def items(self, run: Run) -> None:
        """Print one line per item."""
        columns = ("tokens", "sent", "saved", "visible", "critical", "own question", "ms", "by")
        table = self._table(f"{run.subject}, {run.mode}: items", "item", columns)
        table.columns[-1].justify = "left"
        for one in run.items:
            saved, visible, critical, own = self._summary([one])[3:7]
            by = ", ".join(f"{name} {n}" if n > 1 else name for name, n in one.compressors.items())
            table.add_row(
                one.id,
                f"{one.tokens_before:,}",
                f"{one.tokens_after:,}",
                saved,
                visible,
                critical,
                own,
                f"{one.cpu_ms:.1f}",
                one.error or by,
            )
        self._console.print(table)

    def kinds(self, runs: Sequence[Run]) -> None:
        """Print, per category and kind of needle, how many each run leaves visible."""
        names = tuple(f"{run.subject}, {run.mode}" for run in runs)
        table = self._table("needles visible by kind", "category", ("kind", *names))
        for category in dict.fromkeys(item.category for item in self._items.values()):
            kinds = {
                needle.kind: needle.critical
                for item in self._items.values()
                for needle in item.needles
                if item.category == category
            }
            for kind in sorted(kinds, key=lambda kind: (not kinds[kind], kind)):
                label = f"{kind} (critical)" if kinds[kind] else kind
                table.add_row(
                    category, label, *(self._of_kind(run.items, category, kind) for run in runs)
                )
        self._console.print(table)

    def lost(self, run: Run) -> None:
        """Print the needles that ought to be visible and are not: critical and asked for."""
        columns = ("kind", "question", "strings")
        table = self._table(f"{run.subject}, {run.mode}: lost", "item", columns)
        for column in table.columns:
            column.justify = "left"
        for one in run.items:
            needles = self._items[one.id].needles
            for index, visible in {**one.seen, **one.answered}.items():
                needle = needles[index]
                if not visible and (needle.critical or needle.query):
                    strings = " | ".join(repr(string) for string in needle.strings)
                    query = escape(shorten(needle.query, 50))
                    table.add_row(one.id, needle.kind, query, escape(strings[:70]))
        self._console.print(table)

    def conversations(self, run: Run) -> None:
        """Print how each conversation fares turn by turn, and the made-up agent run."""
        columns = (
            "turns",
            "past changed",
            "plain",
            "cached",
            "visible",
            "ms first third",
            "ms middle",
            "ms last third",
        )
        table = self._table(f"{run.subject}, {run.mode}: conversations", "conversation", columns)
        for one in run.items:
            if one.replay:
                thirds = _thirds(one.replay["cpu_ms"])
                table.add_row(one.id, *_replay(one.replay), _rate(one.seen.values()), *thirds)
        if run.agent_run:
            table.add_section()
            cpu = run.agent_run["cpu_ms"][1:]  # the first request is the bare question
            parts = (cpu[:10], cpu[20:30], cpu[40:50])
            means = (f"{statistics.mean(part):.1f}" if part else "" for part in parts)
            table.add_row("made-up agent run *", *_replay(run.agent_run), "", *means)
        self._console.print(table)
        self._console.print("* milliseconds of turns 1-10, 21-30 and 41-50", style="dim")

    def processes(self, runs: Sequence[Run], startups: Mapping[str, Mapping[str, float]]) -> None:
        """Print what a process costs: memory, import and first call."""
        columns = ("peak MB", "import s", "(cpu)", "first call s", "(cpu) ")
        table = self._table("processes", "subject", columns)
        for run in runs:
            times = startups.get(run.subject, {})
            table.add_row(
                f"{run.subject}, {run.mode}",
                f"{run.peak_mb:.0f}",
                *(
                    f"{times[name]:.3f}" if name in times else ""
                    for name in ("import", "import_cpu", "first", "first_cpu")
                ),
            )
        self._console.print(table)

    def _groups(self, measured: Sequence[Measured]) -> Iterable[tuple[str, list[Measured]]]:
        for category in dict.fromkeys(one.category for one in measured):
            yield category, [one for one in measured if one.category == category]
        yield "all real", [one for one in measured if self._items[one.id].real]
        yield "all", list(measured)

    def _summary(self, measured: Sequence[Measured]) -> tuple[str, ...]:
        before = sum(one.tokens_before for one in measured)
        after = sum(one.tokens_after for one in measured)
        size = sum(one.bytes for one in measured)
        needles = sum(len(self._items[one.id].needles) for one in measured)
        retrievable = sum(one.retrievable for one in measured)
        cpu = [one.cpu_ms for one in measured]
        return (
            str(len(measured)),
            f"{before:,}",
            f"{after:,}",
            f"{100 * (1 - after / before):.1f}%" if before else "",
            _rate(seen for one in measured for seen in one.seen.values()),
            _rate(
                seen
                for one in measured
                for index, seen in one.seen.items()
                if self._items[one.id].needles[index].critical
            ),
            _rate(seen for one in measured for seen in one.answered.values()),
            f"{100 * retrievable / needles:.1f}%" if needles else "",
            f"{sum(one.exact for one in measured)}/{sum(one.blocks for one in measured)}",
            f"{sum(cpu) / size * 100_000:.1f}" if size else "",
            f"{statistics.median(cpu):.1f}" if cpu else "",
        )

    def _of_kind(self, measured: Sequence[Measured], category: str, kind: str) -> str:
        seen = [
            visible
            for one in measured
            if one.category == category
            for index, visible in {**one.seen, **one.answered}.items()
            if self._items[one.id].needles[index].kind == kind
        ]
        return f"{_rate(seen)} of {len(seen)}"

    def _table(self, title: str, first: str, columns: Sequence[str]) -> Table:
        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
        table.add_column(first)
        for column in columns:
            table.add_column(column, justify="right")
        return table


def _rate(seen: Iterable[bool]) -> str:
    values = list(seen)
    return f"{100 * sum(values) / len(values):.1f}%" if values else ""


def _replay(replay: Mapping[str, Any]) -> tuple[str, ...]:
    shares = (
        f"{100 * replay[name] / replay[f'{name}_before']:.1f}%" for name in ("plain", "cached")
    )
    return str(replay["turns"]), str(replay["changed"]), *shares


def _thirds(cpu_ms: Sequence[float]) -> tuple[str, ...]:
    third = max(1, len(cpu_ms) // 3)
    parts = (cpu_ms[:third], cpu_ms[third:-third], cpu_ms[-third:])
    return tuple(f"{statistics.mean(part):.1f}" if part else "" for part in parts)
