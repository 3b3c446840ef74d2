"""What is true of all records of a list, in as many lines and words as there is room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Final

from headroom_core.compressors._json.survey import (
    FEW,
    MAX_LISTED,
    NO_NUMBERS,
    Surveyed,
    is_time,
    nearest,
)

_NOTHING: Final = ("", "null")
_HEAD: Final = MAX_LISTED * 2 // 3
_TAIL: Final = MAX_LISTED - _HEAD - 1
_SHORT_SHARE: Final = 0.25
_LISTED_SHARE: Final = 0.5
_MOST_LISTED: Final = 0.5
_MIN_EACH: Final = 3
_NAME: Final = 0.33
_NAME_LENGTH: Final = 24
_MOST_SHORTENED: Final = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """What is true of a column.

    Attributes:
        path: The column.
        short: The least that there is to say.
        full: All that there is to say.
        named: How many values `full` names that `short` does not.
        leader: The column before it that `full` speaks of, "" for none.
    """

    path: str
    short: str
    full: str
    named: int = 1
    leader: str = ""


def summarise(columns: Sequence[Surveyed], count: int) -> list[Line]:
    """Return what is true of all of `count` records: a line for each column that says something."""
    leaders = _leaders(columns, count)
    found = [
        line
        for column in columns
        if (line := _following(_line(column, count), column, leaders.get(column.path)))
    ]
    unique = [c.path for c in columns if len(c.counts) == count and not c.numbers]
    if unique:
        listed = ", ".join(unique)
        found.append(Line("all different", listed, listed))
    return found


def fitted(
    lines: Sequence[Line], price: Callable[[str], float], room: float, record: float
) -> list[str]:
    """Return the lines of the summary that have their place beside the records.

    The shortest come first; then names of values, those first that cost the least.

    Args:
        lines: The lines.
        price: What a text takes of the room.
        room: For summary and records.
        record: What a record takes: names that cost nearly as much are better shown by records.
    """
    taken: dict[int, str] = {}
    used = 0.0
    for at in sorted(range(len(lines)), key=lambda at: len(lines[at].short)):
        used += price(f"{lines[at].path}: {lines[at].short}\n")
        if used > _SHORT_SHARE * room:
            break
        taken[at] = lines[at].short
    costs = {at: price(lines[at].full) - price(short) for at, short in taken.items()}
    listed = {""}
    for at in sorted(taken, key=lambda at: (lines[at].leader != "", costs[at] / lines[at].named)):
        line, each = lines[at], costs[at] / lines[at].named
        if line.named > FEW and each > _NAME * record:
            continue
        if line.leader in listed and used + costs[at] <= _LISTED_SHARE * room:
            used += costs[at]
            taken[at] = line.full
            listed.add(line.path)
    return list(_written([(lines[at].path, taken[at]) for at in sorted(taken)]))


def _written(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines; columns of which the same is true share one."""
    paths: dict[str, list[str]] = {}
    for path, said in lines:
        paths.setdefault(said, []).append(path)
    for said, same in paths.items():
        yield f"{', '.join(same)}: {said}"


def _line(column: Surveyed, count: int) -> Line | None:
    counts = column.counts
    if column.numbers:
        return _quantities(column)
    if is_time(column):
        present = [text for text in counts if text not in _NOTHING]
        said = f"{min(present)} to {max(present)}{_absent(counts)}"
        return Line(column.path, said, said)
    if {dict, list} & column.kinds or len(counts) >= count:
        return None
    short = f"{len(counts)} different"
    if len(counts) > _MOST_LISTED * count:
        return Line(column.path, short, short)
    if len(counts) <= FEW:
        full = _listed(counts)
        return Line(column.path, min(short, full, key=len), full, len(counts))
    full = f"{short}: {_listed(counts)}" if _are_names(counts) else short
    return Line(column.path, short, full, len(counts))


def _leaders(columns: Sequence[Surveyed], count: int) -> dict[str, Surveyed]:
    """Return, by its path, the column that each goes with one value for one: the shortest such."""
    groups: dict[tuple[int, ...], list[list[Surveyed]]] = {}
    for column in columns:
        if column.numbers or not 2 < len(column.counts) < count:
            continue
        alike = groups.setdefault(tuple(sorted(column.counts.values())), [])
        for group in alike:
            if _is_paired(group[0], column):
                group.append(column)
                break
        else:
            alike.append([column])
    found: dict[str, Surveyed] = {}
    for group in chain.from_iterable(groups.values()):
        first = min(group, key=lambda column: sum(map(len, column.counts)))
        found |= {column.path: first for column in group if column is not first}
    return found


def _is_paired(one: Surveyed, other: Surveyed) -> bool:
    return len(set(zip(one.texts, other.texts, strict=True))) == len(one.counts)


def _following(line: Line | None, column: Surveyed, leader: Surveyed | None) -> Line | None:
    """Return the line of a column whose values go with those of its leader."""
    if line is None or leader is None:
        return line
    short = f"one for each {leader.path}"
    listed = ", ".join(_short(text) for text, _ in column.counts.most_common())
    full = f"{short}, in this order: {listed}" if _are_names(column.counts) else short
    is_listed_anyway = len(column.counts) <= FEW and len(line.full) <= len(full)
    if line.named == 1 or is_listed_anyway:
        return line
    return Line(column.path, short, full, len(column.counts), leader.path)


def _are_names(counts: Counter[str]) -> bool:
    """Return whether the values are short, so that a list of them can be read."""
    too_long = sum(len(text) > MAX_LISTED for text in counts)
    mean = sum(map(len, counts)) / len(counts)
    return too_long <= _MOST_SHORTENED * len(counts) and mean <= _NAME_LENGTH


def _listed(counts: Counter[str]) -> str:
    """Return all values, the most frequent first, with how often they occur.

    >>> _listed(Counter("aaabbccdde"))
    '3 a, 2 each (b, c, d), 1 e'
    """
    parts: list[str] = []
    for times, group in groupby(counts.most_common(), key=itemgetter(1)):
        texts = [_short(text) for text, _ in group]
        if len(texts) < _MIN_EACH:
            parts += [f"{times} {text}" for text in texts]
        else:
            # A cell that holds a bracket stands in quotes.
            parts.append(f"{times} each ({', '.join(texts)})")
    return ", ".join(parts)


def _quantities(column: Surveyed) -> Line:
    ordered = sorted(number for number in column.numbers if number == number)
    points = {
        "min": ordered[0],
        "median": nearest(ordered, 50),
        "p95": nearest(ordered, 95),
        "max": ordered[-1],
    }
    texts = {k: column.texts[column.numbers.index(x)] for k, x in points.items()}
    absent = _absent(column.counts)
    short = f"min {texts['min']}, max {texts['max']}{absent}"
    full = ", ".join([f"{k} {text}" for k, text in texts.items()]) + absent
    return Line(column.path, short, full, 2)


def _absent(counts: Counter[str]) -> str:
    named = [("", "(none)"), ("null", "null"), *((word, word) for word in NO_NUMBERS)]
    parts = [(counts.get(text, 0), what) for text, what in named]
    return "".join(f", {times} {what}" for times, what in parts if times)


def _short(text: str) -> str:
    if not text:
        return "(none)"
    return text if len(text) <= MAX_LISTED else f"{text[:_HEAD]}…{text[-_TAIL:]}"
