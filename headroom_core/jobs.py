"""One block on its way through a request, and what stands above it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from headroom_core import repeats
from headroom_core.marker import Marker
from headroom_core.repeats import Page
from headroom_core.store.base import Original, Rendering
from headroom_core.types import Block

_SOURCES: Final = 3
_LONG: Final = 8


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
    def repeats(self) -> bool:
        """Whether what is sent points to what stands above."""
        return self.sent is not None and getattr(self.rendering, "compressor", "") == repeats.NAME

    @property
    def whole(self) -> bool:
        """Whether every line is sent as it is, but for line numbers."""
        name = getattr(self.rendering, "compressor", "")
        return self.sent is None or (name == "numbered" and not self.omits)

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


class Above:
    """What of a request stands before a block, as it is sent.

    Attributes:
        made: What the memo knows those repeats by that this request was the first to find.
    """

    def __init__(self) -> None:
        self.made: set[bytes] = set()
        self._by_digest: dict[bytes, Job] = {}
        self._whole: dict[tuple[str, str], tuple[Job, Page]] = {}
        self._by_line: dict[str, tuple[str, str]] = {}

    def add(self, job: Job) -> None:
        """Note a finished job, but for repeats: what they say stands elsewhere."""
        if not job.digest or job.block.role != "tool" or job.repeats:
            return
        self._by_digest[job.digest] = job
        if job.whole:
            page = repeats.read(job.block.text)
            place = page.place, page.opening
            self._whole[place] = job, page
            self._by_line.update(dict.fromkeys(filter(_says_much, page.keys), place))

    def same(self, job: Job) -> Job | None:
        """Return the job above with the same text, if there is one that can be pointed to."""
        found = self._by_digest.get(job.digest) if job.block.role == "tool" else None
        if found is not None and found.whole:
            page = repeats.read(job.block.text)
            return found if self._whole[page.place, page.opening][0] is found else None
        return found

    def like(self, job: Job) -> list[tuple[Job, Page]]:
        """Return jobs above that were sent whole and have lines of this one, the best first."""
        if not job.digest or job.block.role != "tool" or not self._whole:
            return []
        lines = filter(_says_much, repeats.read(job.block.text).keys)
        votes = Counter(self._by_line[line] for line in lines if line in self._by_line)
        order = {place: number for number, place in enumerate(self._whole)}
        best = sorted(votes, key=lambda place: (-votes[place], -order[place]))
        return [self._whole[place] for place in best[:_SOURCES]]


def _says_much(line: str) -> bool:
    return len(line) > _LONG
