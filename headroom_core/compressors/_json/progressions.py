"""Columns that only count: whole numbers or times in even steps, told by first, last and step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from headroom_core.compressors._json.cells import Field
from headroom_core.compressors._json.value import quote

_NUMBERS: Final = re.compile(r"(-?[0-9]{1,19})\.\.(?:-?[0-9]{1,19})(?: step (-?[0-9]{1,19}))?")
_TIME: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:([T ])[0-9]{2}:[0-9]{2}(?:(:[0-9]{2})(?:\.([0-9]{3}(?:[0-9]{3})?))?)?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_ONE_TIME: Final = re.compile(_TIME)
_TIMES: Final = re.compile(
    rf"(?P<first>{_TIME})\.\..* step (?P<step>-?[0-9]{{1,15}})(?P<unit>s|us)"
)
_MICROSECOND: Final = timedelta(microseconds=1)
_MAX_DIGITS: Final = 18
_MIN_ROWS: Final = 4


class Progression(Protocol):
    """An arithmetic progression of `count` values."""

    def __str__(self) -> str:
        """Return it as a header says it."""

    def at(self, index: int) -> str:
        """Return value `index`, counted from 0, as a reader is shown it."""

    def json_at(self, index: int) -> str:
        """Return value `index` as JSON."""


@dataclass(frozen=True, slots=True)
class _Numbers:
    first: int
    step: int
    count: int = 1

    def __str__(self) -> str:
        step = f" step {self.step}" if self.step != 1 else ""
        return f"{self.first}..{self.at(self.count - 1)}{step}"

    def at(self, index: int) -> str:
        return str(self.first + self.step * index)

    def json_at(self, index: int) -> str:
        return self.at(index)


@dataclass(frozen=True, slots=True)
class _Times:
    """Times of one layout: with what between day and time, how precise, in which zone."""

    first: datetime
    step: timedelta
    layout: tuple[str, str, str]
    count: int = 1

    def __str__(self) -> str:
        size = self.step // _MICROSECOND
        step = f"{size // 1_000_000}s" if size % 1_000_000 == 0 else f"{size}us"
        return f"{self.at(0)}..{self.at(self.count - 1)} step {step}"

    def at(self, index: int) -> str:
        separator, precision, zone = self.layout
        moment = self.first + self.step * index
        if not separator:
            return f"{moment.date().isoformat()}{zone}"
        return f"{moment.isoformat(separator, precision)}{zone}"

    def json_at(self, index: int) -> str:
        return quote(self.at(index))


def progression_of(fields: Sequence[Field]) -> Progression | None:
    """Return what `fields` count, None if they do not."""
    if len(fields) < _MIN_ROWS:
        return None
    first, second = fields[0], fields[1]
    try:
        if isinstance(first, bytes) and isinstance(second, bytes):
            return _numbers(fields, first, second)
        if isinstance(first, str) and isinstance(second, str):
            return _times(fields, first, second)
    except (ValueError, OverflowError):
        return None  # a day such as February 30
    return None


def read_progression(text: str) -> Progression | None:
    """Return the progression that a header says, None if `text` is something else.

    >>> read_progression("5..45 step 10").at(2)
    '25'
    >>> read_progression("2024-02-28..2024-03-01 step 86400s").at(1)
    '2024-02-29'
    """
    if match := _NUMBERS.fullmatch(text):
        return _Numbers(int(match[1]), int(match[2] or 1))
    if match := _TIMES.fullmatch(text):
        unit = timedelta(seconds=1) if match["unit"] == "s" else _MICROSECOND
        first, layout = _read_time(match["first"])
        return _Times(first, int(match["step"]) * unit, layout)
    return None


def _numbers(fields: Sequence[Field], first: bytes, second: bytes) -> _Numbers | None:
    if not all(
        len(number) <= _MAX_DIGITS and number.removeprefix(b"-").isdigit()
        for number in (first, second)
    ):
        return None
    start, step = int(first), int(second) - int(first)
    stop = start + step * len(fields)
    if not step or fields[-1] != b"%d" % (stop - step):
        return None
    if list(fields) != [b"%d" % number for number in range(start, stop, step)]:
        return None
    return _Numbers(start, step, len(fields))


def _times(fields: Sequence[Field], first: str, second: str) -> _Times | None:
    if not _ONE_TIME.fullmatch(first) or len(second) != len(first):
        return None
    start, layout = _read_time(first)
    following, same = _read_time(second)
    count = len(fields)
    found = _Times(start, following - start, layout, count)
    if same != layout or not found.step or found.at(count - 1) != fields[-1]:
        return None
    return found if all(found.at(i) == field for i, field in enumerate(fields)) else None


def _read_time(text: str) -> tuple[datetime, tuple[str, str, str]]:
    """Return a time without its zone, and its layout.

    Raises:
        ValueError: If it is no time.
    """
    match = _ONE_TIME.fullmatch(text)
    if match is None:
        raise ValueError("not a time")
    separator, seconds, fraction, zone = (part or "" for part in match.groups())
    if zone and not separator:
        raise ValueError("a day has no zone")
    precision = {0: "seconds" if seconds else "minutes", 3: "milliseconds", 6: "microseconds"}
    moment = datetime.fromisoformat(text.removesuffix(zone))
    return moment, (separator, precision[len(fraction)], zone)
