"""Measures what is visible of arrays of records when most of them are left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from statistics import mean
from typing import Final

from rich import box
from rich.table import Table

from headroom_core.compressors.json import JsonCompressor
from headroom_core.marker import Marker
from headroom_core.types import Block, Budget
from tests.bench._records_encodings import Rows
from tests.bench._records_retention import KINDS, needles, visible

_MIN_ROWS: Final = 60
_SHARE: Final = 0.15

Count = Callable[[str], int]
Peer = Callable[[str], str]


def lossy_table(arrays: Mapping[str, Rows], peer: Peer | None, count: Count) -> Table:
    """Return the share of rare values, outliers and extremes that stay visible.

    Ours is measured within the tokens of the peer's own choice, and within 15%.
    """
    table = Table(
        title="visible when rows are left out (rare/outlier/extreme)", box=box.SIMPLE_HEAD
    )
    for name in ("array", "rows", "tokens", "needles"):
        table.add_column(name, justify="left" if name == "array" else "right")
    subjects = (["headroom-ai", "ours, as many tokens"] if peer else []) + [f"ours, {_SHARE}"]
    for name in subjects:
        table.add_column(f"{name}: kept")
        table.add_column("visible")
    shares: list[list[dict[str, float]]] = [[] for _ in subjects]
    for array, rows in arrays.items():
        if len(rows) < _MIN_ROWS:
            continue
        text = json.dumps(rows)
        tokens = count(text)
        sent = _sent(text, tokens, peer, count)
        wanted = needles(rows)
        cells = []
        for found, made in zip(shares, sent, strict=True):
            found.append({"kept": count(made) / tokens} | _share(wanted, made))
            cells += _row(found[-1:])
        sizes = "/".join(str(len(wanted[kind])) for kind in KINDS)
        table.add_row(array, str(len(rows)), str(tokens), sizes, *cells)
    table.add_row("mean", "", "", "", *(cell for found in shares for cell in _row(found)))
    return table


def shortened(text: str, tokens: int, count: Count) -> str:
    """Return our rendering of a JSON text within so many tokens, marker included."""
    marker = str(Marker("0123456789abcdef01234567", "9,999 of 9,999 rows"))
    budget = Budget(max(1, tokens - count("\n" + marker)), count)
    made = JsonCompressor().compress(Block(text), budget)
    if not made.omitted:
        return made.text
    return f"{made.text}\n{Marker('0123456789abcdef01234567', made.omitted)}"


def _sent(text: str, tokens: int, peer: Peer | None, count: Count) -> list[str]:
    sent = []
    if peer:
        theirs = peer(text)
        sent = [theirs, shortened(text, count(theirs), count)]
    return [*sent, shortened(text, int(tokens * _SHARE), count)]


def _share(wanted: Mapping[str, Sequence[tuple[str, ...]]], sent: str) -> dict[str, float]:
    return {kind: visible(each, sent) / len(each) for kind, each in wanted.items() if each}


def _row(found: Sequence[Mapping[str, float]]) -> list[str]:
    """Return the mean share of tokens, and of needles by kind, over the arrays that have any."""
    means = []
    for kind in KINDS:
        values = [one[kind] for one in found if kind in one]
        means.append(f"{mean(values):.2f}" if values else "-")
    return [f"{mean(one['kept'] for one in found):.3f}", "/".join(means)]
