"""What the commands say: one line per block, and the table of savings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from headroom_core import BlockEvent
from headroom_core.store.base import Saving


def describe(event: BlockEvent) -> str:
    """Return one line about what happened to a block.

    >>> describe(BlockEvent((0,), "tool", "", "log", "compressed", 900, 90, True, 0.01, "ab", ""))
    'log: 900 -> 90 tokens, 90.0 % saved; the original: headroom retrieve ab'
    """
    unit = "tokens" if event.exact else "tokens (estimated)"
    if event.outcome in {"kept", "failed"}:
        return f"{event.outcome} as it is, {event.tokens_before} {unit}: {event.reason}"
    saved = 100 * (1 - event.tokens_after / max(1, event.tokens_before))
    what = f"{event.compressor}: {event.tokens_before} -> {event.tokens_after} {unit}"
    lossless = ", nothing omitted" if event.outcome == "lossless" else ""
    where = f"; the original: headroom retrieve {event.key}" if event.key else ""
    return f"{what}, {saved:.1f} % saved{lossless}{where}"


def savings_table(lines: Sequence[Saving]) -> None:
    """Print the ledger: a line per compressor, retrievals taken off, and the net."""
    table = Table(title="Saved so far")
    table.add_column("compressor")
    for name in ("blocks", "tokens before", "tokens after", "saved"):
        table.add_column(name, justify="right")
    before = after = 0
    for line in lines:
        before += line.tokens_before
        after += line.tokens_after
        table.add_row(
            line.compressor, *_numbers(line.blocks, line.tokens_before, line.tokens_after)
        )
    table.add_section()
    table.add_row("net", *_numbers(sum(line.blocks for line in lines), before, after))
    Console().print(table)


def _numbers(blocks: int, before: int, after: int) -> tuple[str, str, str, str]:
    saved = f"{100 * (before - after) / before:.1f} %" if before else f"{-after:,}"
    return f"{blocks:,}", f"{before:,}", f"{after:,}", saved
