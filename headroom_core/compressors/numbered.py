"""Files with line numbers: every fifth number says as much as all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from headroom_core import line_numbers
from headroom_core.envelope import wrap
from headroom_core.line_numbers import LineNumbers
from headroom_core.types import Block, Budget, Compressed

_UNSURE: Final = 0.49
"""What the numbers stand before is for others to say; without loss there is this for all of it."""

_STEP: Final = 5
_LEGEND = re.compile(
    r"lines ([\d, -]+) are numbered like (\"[^\n]{1,60}\"), only every (\d{1,3})th number is shown"
)
_LIKE = re.compile(r"( *)(\d{1,7})(\D{1,3})")


class NumberedCompressor:
    """Writes the numbers of some lines instead of all; the lines are word for word the same."""

    name: ClassVar[str] = "numbered"

    def detect(self, block: Block) -> float:
        return _UNSURE if line_numbers.starts(block.text) else 0.0

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        unchanged = Compressed(block.text)
        lines = block.text.split("\n")
        runs = line_numbers.runs(lines)
        if not runs:
            return unchanged
        made = wrap(self.name, _body(lines, runs))
        fits = budget.tokens is None or budget.count(made) <= budget.tokens
        return Compressed(made) if fits and len(made) < len(block.text) else unchanged

    def expand(self, body: str) -> str:
        legend, _, rest = body.partition("\n")
        lines = rest.split("\n")
        for run in _runs(legend, lines):
            for number in range(run.start, run.end):
                shown = _shown(run, number)
                lines[number] = run.prefix(number) + lines[number].removeprefix(shown)
        return "\n".join(lines)


def _body(lines: Sequence[str], runs: Sequence[LineNumbers]) -> str:
    where = ", ".join(f"{run.start + 1}-{run.end}" for run in runs)
    like = json.dumps(runs[0].prefix(runs[0].start), ensure_ascii=False)
    written = list(lines)
    for run in runs:
        written[run.start : run.end] = run.bare(lines)
        for number in (run.start, *range(run.start + _to_next(run.number), run.end, _STEP)):
            written[number] = _shown(run, number) + written[number]
    legend = f"lines {where} are numbered like {like}, only every {_STEP}th number is shown"
    return "\n".join([legend, *written])


def _to_next(number: int) -> int:
    """Return how many lines on the next number stands that is shown, 1 or more."""
    return _STEP - number % _STEP


def _shown(run: LineNumbers, line: int) -> str:
    """Return what stands before a line in the rendering, "" if nothing."""
    number = run.number + line - run.start
    return f"{number}{run.sign}" if line == run.start or number % _STEP == 0 else ""


def _runs(legend: str, lines: Sequence[str]) -> list[LineNumbers]:
    """Return the runs that the first line of a rendering tells of."""
    match = _LEGEND.fullmatch(legend)
    like = _LIKE.fullmatch(json.loads(match[2])) if match else None
    if match is None or like is None or int(match[3]) != _STEP:
        raise ValueError("this does not say which lines are numbered")
    width, sign = len(like[1]) + len(like[2]), like[3]
    runs: list[LineNumbers] = []
    for span in match[1].split(", "):
        first, _, last = span.partition("-")
        start, end = int(first) - 1, int(last)
        within = (runs[-1].end if runs else 0) <= start < end <= len(lines)
        number, found, _ = lines[start].partition(sign) if within else ("", "", "")
        if not found or not re.fullmatch("[0-9]{1,7}", number):
            raise ValueError("a line that should have a number has none")
        runs.append(LineNumbers(start, end, int(number), width, sign))
    return runs
