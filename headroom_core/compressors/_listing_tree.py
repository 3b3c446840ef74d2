"""Reads and draws the output of `tree`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from headroom_core.compressors._listing import OTHER, Run

ARROW: Final = " -> "
SLASH: Final = "\0"
"""A slash that is part of a name: the target behind a symbolic link."""

DRAWINGS: Final = (
    ("├── ", "└── ", "│   ", "    "),
    ("├── ", "└── ", "│\xa0\xa0 ", "    "),
    ("|-- ", "`-- ", "|   ", "    "),
    ("+-- ", "`-- ", "|   ", "    "),
    ("+---", "\\---", "|   ", "    "),
    ("├───", "└───", "│   ", "    "),
)
"""What a branch, the last branch, a bar and a gap look like: Unix, older Unix, ASCII, Windows."""

_VALUE: Final = re.compile(r"\[[^\]\n]{1,120}\] {1,2}")


def drawing_of(text: str) -> tuple[str, ...]:
    """Return what the tree in `text` is drawn with, () if there is none."""
    for drawing in DRAWINGS:
        if f"\n{drawing[0]}" in text or f"\n{drawing[1]}" in text:
            if drawing is DRAWINGS[0] and DRAWINGS[1][2] in text:
                return DRAWINGS[1]
            return drawing
    return ()


def read(lines: Sequence[str], drawing: tuple[str, ...]) -> list[Run]:
    """Return the runs of a tree; what stands in brackets before names is told in `befores`."""
    branch, last, bar, gap = map(re.escape, drawing)
    pattern = re.compile(f"((?:{bar}|{gap}){{0,200}})(?:{branch}|{last})(.+)", re.DOTALL)
    width = len(drawing[0])
    rows: list[tuple[str, str, str]] = []
    stack: list[str] = []
    for line in lines:
        match = pattern.fullmatch(line)
        if match is None:
            rows.append((OTHER, line, ""))
            stack = []
            continue
        name = match[2]
        told = _VALUE.match(name) if name[0] == "[" else None
        before = told[0] if told else ""
        if ARROW in name:
            head, _, target = name.partition(ARROW)
            name = head + ARROW + target.replace("/", SLASH)
        name = name[len(before) :]
        depth = len(match[1]) // width
        del stack[depth:]
        stack += [""] * (depth - len(stack))
        rows.append((("".join(stack)), name, before))
        stack.append(name if name.endswith("/") else f"{name}/")
    return _as_runs(rows)


def draw(runs: Iterable[Run], drawing: Sequence[str]) -> list[str]:
    """Return the lines of the tree that `runs` are."""
    branch, last, bar, gap = drawing
    rows = [
        (run.folder, name, before)
        for run in runs
        for name, before in zip(run.names, run.befores or [""] * len(run.names), strict=True)
    ]
    lines = []
    more: list[bool] = []  # for each depth, whether a sibling comes later
    for folder, name, before in reversed(rows):
        if folder == OTHER:
            lines.append(before + name)
            more = []
            continue
        depth = folder.count("/")
        more += [False] * (depth + 1 - len(more))
        sign = branch if more[depth] else last
        bars = "".join([bar if later else gap for later in more[:depth]])
        lines.append(f"{bars}{sign}{before}{name.replace(SLASH, '/')}")
        more[depth:] = [True]
    return lines[::-1]


def _as_runs(rows: Iterable[tuple[str, str, str]]) -> list[Run]:
    runs = []
    for folder, group in groupby(rows, key=itemgetter(0)):
        _, names, befores = zip(*group, strict=True)
        runs.append(Run(folder, names, befores if any(befores) else ()))
    return runs
