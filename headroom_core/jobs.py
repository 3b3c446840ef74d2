"""One block on its way through a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headroom_core.events import BlockEvent, Outcome
from headroom_core.marker import Marker
from headroom_core.store.base import Original, Rendering, Saving
from headroom_core.types import Block


@dataclass(frozen=True, slots=True)
class Job:
    """One block on its way.

    Attributes:
        block: The block.
        id: What the memo knows its rendering by; b"" if it must not be touched.
        digest: SHA-256 of the block; b"" if it must not be touched.
        original: What is kept of it; None if it must not be touched or the store has no secret.
        rendering: What was made of it, None as long as nothing was.
        sent: What is sent instead, marker included; None: the block as it is.
        before: Tokens of the block.
        after: Tokens of what is sent.
        fresh: Whether the rendering was made by this request.
        stored: Whether the original is known to be committed.
        reason: Why it is sent as it is.
        failed: Whether that is because something went wrong.
        seconds: Time spent on it alone.
    """

    block: Block
    id: bytes = b""
    digest: bytes = b""
    original: Original | None = None
    rendering: Rendering | None = None
    sent: str | None = None
    before: int = 0
    after: int = 0
    fresh: bool = False
    stored: bool = False
    reason: str = ""
    failed: bool = False
    seconds: float = 0.0

    @property
    def compressor(self) -> str:
        """Who made what is sent, "" if it is the block as it is."""
        return self.rendering.compressor if self.sent is not None and self.rendering else ""

    @property
    def whole(self) -> bool:
        """Whether every line is sent as it is, but for line numbers."""
        return self.sent is None or (self.compressor == "numbered" and not self.omits)

    @property
    def omits(self) -> bool:
        """Whether something is left out of what is sent."""
        return self.sent is not None and self.rendering is not None and bool(self.rendering.omitted)

    @property
    def marker(self) -> Marker | None:
        """The marker that is sent, if any."""
        if not self.omits or self.original is None or self.rendering is None:
            return None
        return Marker(self.original.key, self.rendering.omitted)


def event_of(job: Job, *, exact: bool) -> BlockEvent:
    """Return what happened to a finished job.

    Args:
        job: The job.
        exact: Whether its tokens were counted with the model's own tokenizer.
    """
    outcome: Outcome = "failed" if job.failed else "kept"
    if job.sent is not None:
        outcome = "compressed" if job.omits else "lossless"
    return BlockEvent(
        path=job.block.path,
        role=job.block.role,
        tool=job.block.tool,
        compressor=job.compressor,
        outcome=outcome,
        tokens_before=job.before,
        tokens_after=job.after,
        exact=exact,
        seconds=job.seconds,
        key=job.original.key if job.original and job.stored else "",
        reason=job.reason,
    )


def savings(jobs: Sequence[Job]) -> list[Saving]:
    """Return the ledger lines of what this request compressed for the first time."""
    lines: dict[str, Saving] = {}
    for job in jobs:
        if job.sent is None or not job.fresh or job.rendering is None:
            continue
        name = job.rendering.compressor
        old = lines.get(name, Saving(name, 0, 0, 0))
        lines[name] = Saving(
            name,
            old.blocks + 1,
            old.tokens_before + job.before,
            old.tokens_after + job.after,
        )
    return list(lines.values())
