"""What happened to each block, for logs, metrics and traces."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from headroom_core.types import Path

logger = logging.getLogger("headroom")

Outcome: TypeAlias = Literal["compressed", "lossless", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class BlockEvent:
    """The fate of one block. Holds no text: safe to log.

    Attributes:
        path: Where the block is; the first element is the index of its message.
        role: "tool" or "user".
        tool: Name of the tool that produced it, "" when unknown.
        compressor: Who made the rendering, "" if nobody.
        outcome: "compressed" (something is omitted; if it is text, a marker was sent), "lossless",
            "kept" as it came, or "failed": something went wrong and it was kept.
        tokens_before: Tokens in.
        tokens_after: Tokens out, marker included.
        exact: Whether the two counts are the model's own; False for an estimate.
        seconds: Time spent on this block.
        key: Key of the stored original, "" if it was not stored.
        reason: Why it was kept or failed, "" otherwise: "nothing to gain", or what to install.
            Never content.
    """

    path: Path
    role: str
    tool: str
    compressor: str
    outcome: Outcome
    tokens_before: int
    tokens_after: int
    exact: bool
    seconds: float
    key: str = ""
    reason: str = ""


Hook: TypeAlias = Callable[[BlockEvent], None]
"""Called once per block, in the thread that compresses. What it raises is logged and dropped."""


def log_event(event: BlockEvent) -> None:
    """Write one debug line: ids, sizes and names, never content."""
    logger.debug(
        "block at %s: %s by %s, %d -> %d tokens",
        event.path,
        event.outcome,
        event.compressor or "nobody",
        event.tokens_before,
        event.tokens_after,
    )
