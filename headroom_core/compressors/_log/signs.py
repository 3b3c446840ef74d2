"""The signs and names in the body of a log, and how to read them in one line."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import islice, product
from typing import Final, NamedTuple

from headroom_core.compressors._log.templates import MARKS

_CELLS: Final = "|~^;§¤¦†"
_SIGNS: Final = "*@&~^$#`!?%§¤†‡¶·•"


class Signs(NamedTuple):
    """The characters with a meaning in a body. None of them occurs in the log itself.

    `cell` opens a cell, `value` and `clock` stand for them in a template, `again` is a value from
    further left or nothing, `name` opens the name of a word; "" where no word has one.
    """

    cell: str
    value: str
    clock: str
    again: str
    name: str


def choose_signs(text: str) -> Signs | None:
    """Return signs that do not occur in `text`, None if there are too few."""
    if any(mark in text for mark in MARKS):
        return None
    cells = [sign for sign in _CELLS if sign not in text][:1]
    free = (sign for sign in _SIGNS if sign not in text and sign not in cells)
    signs = list(islice(free, 4))
    if not cells or len(signs) < 3:
        return None
    return Signs(cells[0], signs[0], signs[1], signs[2], "".join(signs[3:]))


def names(letters: str = string.ascii_uppercase) -> Iterator[str]:
    """Yield A to Z, AA to ZZ, and so on."""
    for size in range(1, 9):
        yield from map("".join, product(letters, repeat=size))


def describe(signs: Signs, legend: str, body: str, *, repeats: bool) -> str:
    """Return how to read a body, in one line: what is not used is not explained.

    Args:
        signs: The signs in use.
        legend: The templates.
        body: The templates and the log.
        repeats: Whether lines are repeated by their numbers.
    """
    cell, value, clock, again, name = signs
    above = ", no name means the template of the entry above" if f"\n{cell}" in body else ""
    empty = f"{cell}{cell}" in body or f"{cell}\n" in body or body.endswith(cell)
    notes = {
        f'templates first: "A{cell}..." is template A; then the lines: "A{cell}x{cell}y" is A '
        f"with x and y for its {value}{above}": bool(legend),
        "an empty cell is what it was the last time": bool(legend) and empty,
        f"{again} alone is nothing": f"{cell}{again}" in body,
        f"{again}2 repeats cell 2": any(f"{again}{digit}" in legend for digit in "123456789"),
        f"{clock} is the time, without what it shares with the one above": clock in legend,
        f"{again}0 repeats its h:m:s": f"{again}0" in legend,
        f"{name}a behind a word names it: from there on {name}a is that word": bool(name),
        f'"3{cell}" is the line above 3 times more, "5-9{cell}" is lines 5-9 of the log': repeats,
    }
    return "; ".join(note for note, used in notes.items() if used)
