"""Runs the benchmark: ``python -m tests.bench --corpus FOLDER``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench.corpus import Item, load
from tests.bench.measure import measure, measure_agent_run
from tests.bench.report import Report, Run
from tests.bench.startup import startup
from tests.bench.subject import Subject

_MODES: Final = ("lossless", "balanced", "aggressive")
_PEER_MODES: Final = ("default", "agent")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and save what was asked for."""
    options = _options(arguments)
    items = load(options.corpus, options.category, options.item)
    if not items:
        print("no item of the corpus was chosen", file=sys.stderr)
        return 2
    console = Console(width=None if sys.stdout.isatty() else 170)
    # (name, command, mode) of all that is compared.
    ours: tuple[str, ...] = (sys.executable, "-m", "tests.bench.ours", *options.role)
    subjects = [("headroom_core", ours, mode) for mode in options.mode or _MODES]
    if options.peer:
        peer = (options.peer, str(Path(__file__).with_name("peer.py")))
        subjects += [("headroom-ai", peer, mode) for mode in options.peer_mode or _PEER_MODES[:1]]
    runs = [
        _run(name, command, mode, items, turns=options.turns, console=console)
        for name, command, mode in subjects
    ]
    startups = {}
    if not options.no_startup:
        startups = {name: startup(command[0], name) for name, command, _ in subjects}
    report = Report(console, items)
    _print(report, runs, startups, details=options.items)
    for run in runs if options.lost else ():
        report.lost(run)
    if options.json:
        saved = {"runs": [asdict(run) for run in runs], "startup": startups}
        options.json.write_text(json.dumps(saved, indent=1) + "\n")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--corpus", type=Path, required=True, help="folder with MANIFEST.json and needles.json")
    add("--mode", action="append", choices=_MODES, help="only this mode (repeatable)")
    add("--category", action="append", default=[], help="only this category (repeatable)")
    add("--role", action="append", default=[], help="only texts of this role (repeatable)")
    add("--item", action="append", default=[], help="only this item (repeatable)")
    add("--items", action="store_true", help="also print one line per item")
    add("--lost", action="store_true", help="also print critical and asked-for needles not seen")
    add("--json", type=Path, help="save the raw results here")
    add("--peer", metavar="PYTHON", help="a Python that has headroom-ai installed")
    add("--peer-mode", action="append", choices=_PEER_MODES, help="its mode (repeatable)")
    add("--turns", type=int, default=50, help="length of the made-up agent run, 0 for none")
    add("--no-startup", action="store_true", help="do not time imports and first calls")
    return parser.parse_args(arguments)


def _run(
    name: str,
    command: Sequence[str],
    mode: str,
    items: Sequence[Item],
    *,
    turns: int,
    console: Console,
) -> Run:
    """Measure one subject in one mode, in a process of its own."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(
        *columns, TimeElapsedColumn(), TextColumn("{task.fields[item]}"), console=console,
        transient=True,
    )  # fmt: skip
    with Subject(command, name) as subject, progress:
        task = progress.add_task(f"{name}, {mode}", total=len(items), item="")
        measured = measure(
            subject, mode, items, lambda item: progress.update(task, advance=1, item=item)
        )
        agent_run = measure_agent_run(subject, mode, turns) if turns else {}
        return Run(name, mode, measured, agent_run, subject.peak_mb())


def _print(
    report: Report, runs: Sequence[Run], startups: dict[str, dict[str, float]], *, details: bool
) -> None:
    for run in runs:
        report.categories(run)
    for run in runs:
        report.conversations(run)
    report.kinds(runs)
    report.processes(runs, startups)
    for run in runs if details else ():
        report.items(run)


if __name__ == "__main__":
    sys.exit(main())
