"""Spells a result that was sent before, or nearly, by pointing to where it stands above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from headroom_core.store.base import Rendering

_NAME: Final = "repeat"
_MIN_RUN: Final = 4
_MIN_SHARE: Final = 0.5
_MAX_PIECES: Final = 40
_LOCATOR: Final = 100


def again(text: str) -> Rendering:
    """Return the rendering of `text` where the same text stands above already."""
    lines = text.count("\n") + 1
    return Rendering(
        f"[the same {lines:,} lines as in the result above that begins: {_start(text)}]",
        f"{lines:,} of {lines:,} lines",
        _NAME,
    )


def changed(text: str, above: str) -> Rendering | None:
    r"""Return `text` as what is new in it between runs of lines of `above`, None if few are.

    Lines of `above` that occur once in each text anchor the runs (patience diff, Bram Cohen).

    >>> above = "\n".join(f"line {n}" for n in range(1, 11))
    >>> print(changed(above.replace("line 6\n", ""), above).text)
    ["[1-5]" stands for lines 1 to 5 of the result above that begins: line 1]
    [1-5]
    [7-10]
    """
    lines, source = text.split("\n"), above.split("\n")
    runs = _runs(lines, source)
    same = sum(length for _, _, length in runs)
    if not runs or same < _MIN_SHARE * len(lines) or len(runs) > _MAX_PIECES:
        return None
    first, _ = _named(runs[0])
    lines_of = f'"[{first}]" stands for lines {first.replace("-", " to ")}'
    out = [f"[{lines_of} of the result above that begins: {_start(above)}]"]
    position = 0
    for run in runs:
        out += lines[position : run[0]]
        name, position = _named(run)
        out.append(f"[{name}]")
    return Rendering(
        "\n".join([*out, *lines[position:]]), f"{same:,} of {len(lines):,} lines", _NAME
    )


def first_line(text: str) -> str:
    """Return what tells that two results may be versions of one: the first line that says much."""
    line = text[:400].lstrip().partition("\n")[0].rstrip()
    return line if len(line) >= 16 else ""


def _start(text: str) -> str:
    line = text.lstrip().partition("\n")[0].rstrip()
    return line if len(line) <= _LOCATOR else f"{line[:_LOCATOR]}..."


def _named(run: tuple[int, int, int]) -> tuple[str, int]:
    """Return how a run is written, and the line of the text behind it."""
    start, line, length = run
    return f"{line + 1}-{line + length}", start + length


def _runs(lines: Sequence[str], source: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs of lines that both have: where in `lines`, where in `source`, how many."""
    often, here = Counter(source), Counter(lines)
    at = {line: number for number, line in enumerate(source) if often[line] == 1}
    runs: list[tuple[int, int, int]] = []
    position = 0
    for number, line in enumerate(lines):
        if number < position or line not in at or here[line] > 1:
            continue
        start, line_above = number, at[line]
        while start > position and line_above and lines[start - 1] == source[line_above - 1]:
            start, line_above = start - 1, line_above - 1
        length = number - start
        while (
            start + length < len(lines)
            and line_above + length < len(source)
            and lines[start + length] == source[line_above + length]
        ):
            length += 1
        if length >= _MIN_RUN:
            runs.append((start, line_above, length))
            position = start + length
    return runs
