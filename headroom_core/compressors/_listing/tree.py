"""Reads and draws the output of `tree`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from headroom_core.compressors._listing.model import OTHER, Listing, Run, Style

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

_LOOK_AT: Final = 4_000
_WIDTH: Final = 4
_VALUE: Final = re.compile(r"\[[^\]\n]{1,120}\] {1,2}")


def drawing_of(text: str) -> tuple[str, ...]:
    """Return what the tree in `text` is drawn with, () if there is none."""
    start = text[:_LOOK_AT]
    for drawing in DRAWINGS:
        if f"\n{drawing[0]}" in start or f"\n{drawing[1]}" in start:
            if drawing is DRAWINGS[0] and DRAWINGS[1][2] in text:
                return DRAWINGS[1]
            return drawing
    return ()


def read(text: str, drawing: tuple[str, ...], *, crlf: bool) -> Listing:
    """Return what the tree in `text` says; what is in brackets before names stands before them.

    Args:
        text: The lines, without carriage returns at their ends.
        drawing: What the tree is drawn with.
        crlf: Whether carriage returns were there.
    """
    reader = _Reader(drawing)
    position = 0
    for match in _pattern(drawing).finditer(text):
        if match.start() > position:
            reader.others(text[position : match.start() - 1].split("\n"))
        reader.siblings(*match.groups())
        position = match.end() + 1
    cut = tuple(reader.open) if any(reader.open) else ()
    runs = reader.runs
    if position <= len(text):
        runs.append((OTHER, text[position:].split("\n"), ()))
    style = Style(crlf=crlf, listed="/" if reader.slashed else "", tree=drawing, cut=cut)
    return Listing(runs, style, reader.exact)


def draw(runs: Iterable[Run], style: Style) -> list[str]:
    """Return the lines of the tree that `runs` are."""
    branch, last, bar, gap = style.tree
    rows = [
        (folder, name, before)
        for folder, names, befores in runs
        for name, before in zip(names, befores or [""] * len(names), strict=True)
    ]
    lines = []
    more = list(style.cut)  # for each depth, whether a sibling comes later
    drawn = False
    for folder, name, before in reversed(rows):
        if folder == OTHER:
            lines.append(before + name)
            more = [] if drawn else more
            continue
        drawn = True
        depth = folder.count("/")
        more += [False] * (depth + 1 - len(more))
        sign = branch if more[depth] else last
        bars = "".join([bar if later else gap for later in more[:depth]])
        lines.append(f"{bars}{sign}{before}{name.replace(SLASH, '/')}")
        more[depth:] = [True]
    return lines[::-1]


@cache
def _pattern(drawing: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds siblings that stand one below the other."""
    branch, last, bar, gap = map(re.escape, drawing)
    return re.compile(
        rf"^((?:{bar}|{gap}){{0,200}})(?:{branch}([^\n]+(?:\n\1{branch}[^\n]+)*)"
        rf"(?:\n\1{last}([^\n]+))?|{last}([^\n]+))$",
        re.MULTILINE,
    )


class _Reader:
    """The runs of a tree so far.

    Attributes:
        runs: The runs.
        exact: Whether all of it is drawn as `draw` would.
        open: For each depth, whether a sibling is still to come.
        slashed: Whether names of folders end with a slash.
    """

    def __init__(self, drawing: Sequence[str]) -> None:
        self.runs: list[Run] = []
        self.exact = True
        self.open: list[bool] = []
        self.slashed = False
        self._branch, _, self._bar, self._gap = drawing
        self._folders = [""]
        self._bars = [""]

    def others(self, lines: Sequence[str]) -> None:
        """Add lines that are no entries."""
        self.runs.append((OTHER, lines, ()))
        self.exact = self.exact and not any(self.open)
        self.open, self._folders, self._bars = [], [""], [""]

    def siblings(self, bars: str, branches: str | None, last: str | None, only: str | None) -> None:
        """Add entries of one folder: all names drawn with a branch, and the last one."""
        depth = len(bars) // _WIDTH
        names = branches.split(f"\n{bars}{self._branch}") if branches else []
        names += [name for name in (last or only,) if name]
        if depth >= len(self._bars) or self._bars[depth] != bars or self._is_late(depth):
            self.exact = False
            depth = min(depth, len(self._bars) - 1)
        befores: list[str] = []
        if "\n[" in (found := "\n" + "\n".join(names)):
            told = [_VALUE.match(name) if name[0] == "[" else None for name in names]
            befores = [match[0] if match else "" for match in told]
            names = [name[len(before) :] for name, before in zip(names, befores, strict=True)]
        if ARROW in found:
            names = [with_target(name) for name in names]
        is_open = not (last or only)
        folder = self._folders[depth]
        if ARROW in folder or ("/" in found and any("/" in name[:-1] for name in names)):
            self.exact = False  # a link that was followed, or paths where names should be
        self.runs.append((folder, names, befores if any(befores) else ()))
        self.open[depth:] = [is_open]
        self._bars[depth + 1 :] = [bars + (self._bar if is_open else self._gap)]
        inside = names[-1] if names[-1].endswith("/") else f"{names[-1]}/"
        self.slashed = self.slashed or inside is names[-1]
        self._folders[depth + 1 :] = [folder + inside]

    def _is_late(self, depth: int) -> bool:
        """Return whether an entry here would follow a last one, or leave a branch without one."""
        return any(self.open[depth + 1 :]) or not all(self.open[depth : depth + 1])


def with_target(name: str) -> str:
    """Return `name` with the slashes behind an arrow marked as parts of it."""
    own, arrow, target = name.partition(ARROW)
    return own + arrow + target.replace("/", SLASH)
