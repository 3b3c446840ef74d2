"""Says of stanzas of one kind what they have in common, and which ones say something else."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._config.kinds import KeyColumn, Kind, value_of

_MOST_VALUES: Final = 0.5
_RARE: Final = 0.05
_LISTED: Final = 3
_MAX_VALUE: Final = 60
_MAX_NAME: Final = 40
_MOST_RARE_KEYS: Final = 0.5
_STANDS_OUT: Final = 2.0
_ASKED: Final = 12.0
_KNOWN: Final = 0.5
_COMMON: Final = 0.4
_ALL: Final = "all have"
_SOME: Final = 0.2
_REST: Final = 10


class Entry(NamedTuple):
    """What a summary says of a column.

    Attributes:
        worth: How much it is worth knowing.
        label: The keys of the column.
        parts: What it says, the most usual first: "info (39 times)", "debug (depot-31)".
    """

    worth: float
    label: str
    parts: Sequence[str]


def summary(kind: Kind, said: Sequence[Entry], room: float) -> list[str]:
    """Return the lines of a summary that fit into so many characters, the best first.

    Args:
        kind: The stanzas.
        said: What there is to say of them, the best first.
        room: The characters there are for it.
    """
    lines: list[str] = []
    of = " ".join(filter(None, ("# of", str(len(kind.heads)), kind.what)))
    if said and said[-1].label == _ALL and sum(map(len, said[-1].parts)) <= _SOME * room:
        said = [said[-1], *said[:-1]]
    for _, label, parts in said:
        lead = f"{of}: {label}: " if label else f"{of}: "
        left = room - len(lead) - _REST
        taken = 0
        for part in parts:
            left -= len(part) + 2
            if left < 0:
                break
            taken += 1
        if taken:
            more = [f"{len(parts) - taken} more"] if taken < len(parts) else []
            lines.append(lead + ", ".join([*parts[:taken], *more]))
            room -= len(lines[-1]) + 1
    return lines


def entries(kind: Kind, asked: Mapping[str, float]) -> list[Entry]:
    """Return what is worth saying of a kind: what is asked for, then what is rarest."""
    count = len(kind.heads)
    few = _few(count)
    lonely = sum(1 for column in kind.columns if len(column.lines) <= few)
    found = []
    for column in kind.columns:
        said = None
        if len(column.lines) > few:
            said = _values(kind, column)
        elif lonely <= _MOST_RARE_KEYS * count and _has_value(column):
            worth = 2 * _KNOWN + math.log2(count / len(column.lines))
            said = Entry(worth, column.label, _rare(kind, column, column.counts))
        if said:
            lower = column.label.lower()
            extra = sum(weight for word, weight in asked.items() if word in lower)
            found.append(said._replace(worth=said.worth + _ASKED * extra))
    common = [_short_line(column) for column in kind.columns if _is_common(kind, column)]
    if common:
        found.append(Entry(_COMMON, _ALL, common))
    return sorted(found, key=lambda entry: -entry.worth)


def _few(count: int) -> float:
    return max(1.0, _RARE * count)


def _has_value(column: KeyColumn) -> bool:
    return all(": " in text or "=" in text or text[-1:] == ":" for text in column.counts)


def _is_common(kind: Kind, column: KeyColumn) -> bool:
    if len(column.counts) > 1 or len(column.lines) != len(kind.heads):
        return False
    return kind.has_each_once(column) and next(iter(column.counts))[-1:] not in (":", "{", "[")


def _short_line(column: KeyColumn) -> str:
    """Return what all stanzas say under a key, with the keys above it."""
    value = value_of(next(iter(column.counts)))
    return f"{column.label} {_short(value)}".lstrip()


def _values(kind: Kind, column: KeyColumn) -> Entry | None:
    """Say how often each value occurs, where those are that are rare, and where there is none."""
    total, count = len(column.lines), len(kind.heads)
    parts: list[str] = []
    worth = 0.0
    few = _few(count)
    rare = {text: times for text, times in column.counts.items() if times <= few}
    usual = [(text, times) for text, times in column.counts.most_common(_LISTED) if times > few]
    if 1 < len(column.counts) <= _MOST_VALUES * total and usual:
        parts = [f"{_short(value_of(text))} ({times} times)" for text, times in usual]
        frequent = total - sum(rare.values())
        if others := frequent - sum(times for _, times in usual):
            parts.append(f"others ({others} times)")
        parts += _rare(kind, column, rare)
        # Where many values are usual, a rare one is no surprise.
        surprise = math.log2(total / min(rare.values())) if rare else 0.0
        worth = _KNOWN + surprise * usual[0][1] / total
    elif 0 < len(odd := _odd(column)) <= few and column is not kind.naming:
        parts = [f"{len(column.counts)} values"] if kind.whole else []
        parts += _rare(kind, column, odd)
        worth = math.log2(total / len(odd))
    lacking = kind.lacking(column) if kind.whole else []
    if 0 < len(lacking) <= few:
        parts.append(f"none ({', '.join(_name(kind, at) for at in lacking)})")
        worth = max(worth, math.log2(count / len(lacking)))
    return Entry(worth, column.label, parts) if parts else None


def _odd(column: KeyColumn) -> set[str]:
    """Return the values that stand out from many, for example a number far from all others."""
    pairs = zip(column.texts, column.odd, strict=True)
    return {text for text, odd in pairs if odd >= _STANDS_OUT}


def _rare(kind: Kind, column: KeyColumn, rare: Container[str]) -> list[str]:
    """Return rare values, each with the stanzas that have it."""
    where: dict[str, dict[str, None]] = {}
    for line, text in zip(column.lines, column.texts, strict=True):
        if text in rare:
            where.setdefault(text, {})[_name(kind, kind.owner(line))] = None
    return [f"{_short(value_of(text))} ({', '.join(names)})" for text, names in where.items()]


def _name(kind: Kind, stanza: int) -> str:
    # What all of them begin with is said before.
    kind_of = kind.what.rpartition(" ")[2]
    return kind.names[stanza].removeprefix(f"{kind_of}.")[:_MAX_NAME]


def _short(value: str) -> str:
    return value if len(value) <= _MAX_VALUE else f"{value[: _MAX_VALUE - 3]}..."
