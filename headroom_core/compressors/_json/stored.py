"""How one column of a table is written: a cell in every row, or a shorter way to say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress, islice, repeat
from operator import mul, ne
from typing import Final

from headroom_core.compressors._json.cells import in_header
from headroom_core.compressors._json.columns import Column
from headroom_core.compressors._json.progressions import Progression

_MIN_GROUPED: Final = 6
_GROUPED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Stored:
    """How one column is written.

    Attributes:
        header: What the header says of it.
        cells: Its cells, if it has some.
        exceptions: `key=value`, by the rows that differ from what the header says.
        progression: What it counts.
        grouped: Whether lines between the rows say its cells.
        mixed: What it adds to `Table.mixed`.
    """

    header: str
    cells: Sequence[str] | None = None
    exceptions: dict[int, str] = field(default_factory=dict)
    progression: Progression | None = None
    grouped: bool = False
    mixed: int = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """A column with a cell in every row.

    Attributes:
        head: What the header says of it.
        rows: The cells.
        distinct: Each of them once, in the order in which they occur.
        times: How often each of those occurs.
    """

    head: str
    rows: Sequence[str]
    distinct: Sequence[str]
    times: Sequence[int]


def shortest(column: Column, spelled: Cells, depth: int) -> Stored:
    """Return a column as it is spelled, or a shorter way to say the same."""
    path, head, rows = column.path, spelled.head, spelled.rows
    count, times = len(rows), max(spelled.times)
    usual = spelled.distinct[spelled.times.index(times)]
    chars = sum(map(mul, map(len, spelled.distinct), spelled.times))
    is_mixed = path[0] != "@" and not column.is_plain
    mixed = chars - count + column.missing if is_mixed else 0
    everywhere = head + ("=" + in_header(usual) if usual else "?")
    if times == count and count > 1:
        return Stored(everywhere, mixed=mixed)
    by_name = len(path) + 6
    as_exceptions = chars + count - times * len(usual) + (count - times) * by_name
    most = _GROUPED * min(chars + count, as_exceptions)
    if not depth and count >= _MIN_GROUPED and len(spelled.distinct) * by_name < most:
        starts = run_starts(rows)
        if len(starts) * by_name + sum(map(len, map(rows.__getitem__, starts))) < most:
            return Stored(f"{head}=@", rows, grouped=True, mixed=mixed)
    if count > 3 and as_exceptions + len(usual) < chars + 3 * count:
        odd = compress(range(count), map(ne, rows, repeat(usual)))
        exceptions = {row: f"{path}={rows[row]}" for row in odd}
        return Stored(everywhere, None, exceptions, mixed=mixed)
    return Stored(head, rows, mixed=mixed)


def run_starts(texts: Sequence[str]) -> list[int]:
    """Return the rows whose text is not that of the row before."""
    return [0, *compress(range(1, len(texts)), map(ne, texts, islice(texts, 1, None)))]
