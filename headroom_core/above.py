"""What of a request stands before a block, as it is sent: what the block may point to."""

from __future__ import annotations

from collections import Counter
from typing import Final

from headroom_core import notes, repeats, updates
from headroom_core.jobs import Job
from headroom_core.memo import Memo
from headroom_core.repeats import Listed

_SOURCES: Final = 3
_LONG: Final = 8

_Place = tuple[str, str]
"""How a result is told from others: what it is, and how it begins."""


class Above:
    """The finished jobs of a request so far.

    A pointer says "the last result of 12 lines that begins so", so whatever can be read in the
    request counts, also what must not be touched: it may be the last that begins so.

    Args:
        memo: What this process remembers.

    Attributes:
        made: What the memo knows those repeats by that this request was the first to find.
        told: What the notes in it say about how to read a rendering.
    """

    def __init__(self, memo: Memo) -> None:
        self._memo = memo
        self.made: set[bytes] = set()
        self.told: set[notes.Clause] = set()
        self._by_digest: dict[bytes, Job] = {}
        self._last: dict[_Place, Job] = {}
        self._whole: dict[_Place, tuple[Job, Listed]] = {}
        self._by_line: dict[str, _Place] = {}
        self._states: dict[str, Job] = {}

    def add(self, job: Job) -> None:
        """Note a finished job, but for repeats: what they say stands elsewhere."""
        if job.sent is not None and not job.omits:
            self.told |= notes.told(job.sent)
        if job.block.role != "tool" or job.compressor == repeats.NAME:
            return
        self._by_digest[job.digest] = job
        self._last[repeats.place(job.block.text)] = job
        if not job.omits and job.compressor in ("", "json"):
            self._states[updates.identity(job.block.text)] = job
        if job.whole:
            self._add_whole(job, self._read(job))

    def _add_whole(self, job: Job, page: Listed) -> None:
        if job.sent is None or page.run:
            self._whole[page.place] = job, page
            self._by_line.update(dict.fromkeys(filter(_says_much, page.keys), page.place))

    def _read(self, job: Job) -> Listed:
        return self._memo.listed(job.block.text, job.digest)

    def same(self, job: Job) -> Job | None:
        """Return the job above with the same text, if there is one that can be pointed to."""
        found = self._by_digest.get(job.digest) if job.digest and job.block.role == "tool" else None
        if found is None or not found.whole:
            is_last = found is self._last.get(repeats.place(job.block.text))
        else:
            is_last = found is self._whole.get(self._read(job).place, (found,))[0]
        return found if is_last else None

    def state(self, job: Job) -> Job | None:
        """Return the last job above that shows the same object in an earlier state, if any."""
        identity = updates.identity(job.block.text) if job.block.role == "tool" else ""
        found = self._states.get(identity) if identity else None
        return found if found is not None and found.digest else None

    def like(self, job: Job) -> list[tuple[Job, Listed]]:
        """Return jobs above that were sent whole and have lines of this one, the best first."""
        if not job.digest or job.block.role != "tool" or not self._by_line:
            return []
        lines = filter(_says_much, self._read(job).keys)
        votes = Counter(self._by_line[line] for line in lines if line in self._by_line)
        order = {place: number for number, place in enumerate(self._whole)}
        best = sorted(votes, key=lambda place: (-votes[place], -order[place]))
        found = [self._whole[place] for place in best[:_SOURCES]]
        return [(source, page) for source, page in found if source.digest]


def _says_much(line: str) -> bool:
    return len(line) > _LONG
