"""One image on its way through a request, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from headroom_core.events import BlockEvent, Outcome
from headroom_core.images.formulas import Size
from headroom_core.store.base import Original, Rendering, Saving
from headroom_core.types import Path, Picture

NAME: Final = "image"
"""What events and the ledger call the one who scales images."""


@dataclass(frozen=True, slots=True)
class ImageJob:
    """One image on its way.

    Attributes:
        picture: The image.
        original: What is kept of it; None if it must go as it is.
        id: What the memo knows its rendering by.
        size: The size to make it.
        rendering: What was made of it, None as long as nothing was.
        before: Tokens of the image, by the formula.
        after: Tokens of what is sent.
        sent: What is sent instead; None: the image as it is.
        fresh: Whether the rendering was made by this request.
        failed: Whether something went wrong.
        reason: Why it goes as it is.
        seconds: Time spent on scaling it.
    """

    picture: Picture
    original: Original | None = None
    id: bytes = b""
    size: Size = (0, 0)
    rendering: Rendering | None = None
    before: int = 0
    after: int = 0
    sent: str | None = None
    fresh: bool = False
    failed: bool = False
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Scaled:
    """What became of the images of a request.

    Attributes:
        texts: What is sent instead, by address.
        events: What happened to each image, in order.
    """

    texts: dict[Path, str] = field(default_factory=dict)
    events: tuple[BlockEvent, ...] = ()

    def among(self, events: Sequence[BlockEvent]) -> tuple[BlockEvent, ...]:
        """Return the events, and `events` of texts, in the order of the messages."""
        return tuple(
            sorted(
                [*events, *self.events],
                key=lambda event: [step for step in event.path if isinstance(step, int)],
            )
        )


def event_of(job: ImageJob) -> BlockEvent:
    """Return what happened to a finished job."""
    outcome: Outcome = "failed" if job.failed else "kept"
    if job.sent is not None:
        outcome = "compressed"
    return BlockEvent(
        path=job.picture.path,
        role=job.picture.role,
        tool=job.picture.tool,
        compressor=NAME if job.sent is not None else "",
        outcome=outcome,
        tokens_before=job.before,
        tokens_after=job.after,
        exact=False,
        seconds=job.seconds,
        key=job.original.key if job.sent is not None and job.original else "",
        reason=job.reason,
    )


def savings(jobs: Sequence[ImageJob]) -> list[Saving]:
    """Return the ledger line of what was made smaller for the first time."""
    done = [job for job in jobs if job.sent is not None and job.fresh]
    if not done:
        return []
    before, after = sum(job.before for job in done), sum(job.after for job in done)
    return [Saving(NAME, len(done), before, after)]
