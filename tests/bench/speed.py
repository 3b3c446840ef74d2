"""Measures the processor time of renderings alone: no counting, no store, no messages.

    python -m tests.bench.speed --corpus FOLDER --category logs --category search

Prints, for each tool output, who renders it and the milliseconds per 100 kB of detection and of
each mode, and the digest of all renderings: who makes something faster changes none of them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table

from headroom_core.compressors import default_compressors
from headroom_core.rendering import Renderer
from headroom_core.router import Router
from headroom_core.settings import Settings
from headroom_core.types import Block
from tests.bench.corpus import Item, load

_MODES: Final = ("lossless", "balanced", "aggressive")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one tool output took.

    Attributes:
        name: Whose output.
        compressor: Who rendered it in the first mode, "" if nobody.
        size: Its characters.
        seconds: Of detection, then of each mode, the least of the runs.
    """

    name: str
    compressor: str
    size: int
    seconds: tuple[float, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each tool output takes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the inputs")
    parser.add_argument("--category", action="append", default=[], help="only this; repeatable")
    parser.add_argument("--item", action="append", default=[], help="only this; repeatable")
    parser.add_argument("--mode", action="append", choices=_MODES, help="only this; repeatable")
    parser.add_argument("--repeat", type=int, default=5, help="runs of which the least counts")
    options = parser.parse_args(arguments)
    modes = options.mode or _MODES
    items = [i for i in load(options.corpus, options.category, options.item) if not i.conversation]
    digest = hashlib.sha256()
    rows = [measure(item, modes, options.repeat, digest.update) for item in items]
    table = Table("item", "by", "kB", "detection", *modes, box=box.SIMPLE)
    for column in table.columns[2:]:
        column.justify = "right"
    for row in rows:
        table.add_row(row.name, row.compressor, f"{row.size / 1e3:.0f}", *_paces([row]))
    for name in sorted({row.compressor for row in rows}):
        own = [row for row in rows if row.compressor == name]
        size = sum(row.size for row in own)
        table.add_row(f"all {name}", "", f"{size / 1e3:.0f}", *_paces(own), style="bold")
    console = Console(width=120)
    console.print("milliseconds per 100 kB", table)
    console.print(f"renderings: {digest.hexdigest()[:16]}")
    return 0


def measure(
    item: Item, modes: Sequence[str], repeat: int, update: Callable[[bytes], None]
) -> Measured:
    """Time one item; `update` gets its renderings."""
    question, call, answer = item.messages()
    arguments = call["tool_calls"][0]["function"]["arguments"]
    block = Block(
        answer["content"], tool=item.tool, query=f"{question['content']}\n{item.tool} {arguments}"
    )
    router = Router(default_compressors())
    seconds = [_least(lambda: next(router.rank(block), None), repeat)[0]]
    names = []
    for mode in modes:
        renderer = Renderer(Settings(mode=mode), default_compressors())
        took, made = _least(lambda renderer=renderer: renderer.render(block), repeat)
        seconds.append(took)
        names.append(made.compressor)
        update((made.text or "").encode("utf-8", "surrogateescape"))
    return Measured(item.id, next(filter(None, names), ""), len(block.text), tuple(seconds))


def _paces(rows: Sequence[Measured]) -> list[str]:
    size = sum(row.size for row in rows)
    return [
        f"{sum(seconds) * 1e8 / size:.1f}"
        for seconds in zip(*(row.seconds for row in rows), strict=True)
    ]


def _least(work: Callable[[], _T], repeat: int) -> tuple[float, _T]:
    """Return the least processor time of so many runs, and what the last one made."""
    least = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        made = work()
        least = min(least, time.process_time() - start)
    return least, made


if __name__ == "__main__":
    sys.exit(main())
