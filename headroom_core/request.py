"""The way of one request through the core: recall, render, store, mark, count.

Blocks move through the stages side by side, so that the store is asked once and written once per
request, and every original is committed before any marker leaves.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from headroom_core import notes, ours, repeats, updates
from headroom_core.above import Above
from headroom_core.envelope import find_envelopes
from headroom_core.errors import StoreError
from headroom_core.jobs import Job, savings
from headroom_core.marker import Marker, is_key_of, make_key
from headroom_core.memo import Memo
from headroom_core.rendering import WHOLE, Renderer, matches_any
from headroom_core.retrieval import is_retrieve_tool
from headroom_core.safety import safely
from headroom_core.settings import Settings
from headroom_core.store.base import Original, Rendering, Store
from headroom_core.tokenizers import Tokenizer
from headroom_core.types import Block

_WORTH: Final = 0.95
"""A rendering must be this much shorter, or the block goes as it is: reading it costs too."""


class Request:
    """Takes the blocks of one request through all stages.

    Args:
        settings: How to behave.
        renderer: Makes renderings.
        store: Keeps originals and renderings.
        memo: What this process remembers.
        tokenizer: Counts for the model.
        scope: Whose request it is.
        basis: What all renderings of this process depend on.
    """

    def __init__(
        self,
        settings: Settings,
        renderer: Renderer,
        store: Store,
        memo: Memo,
        tokenizer: Tokenizer,
        scope: str,
        basis: bytes,
    ) -> None:
        self._settings = settings
        self._renderer = renderer
        self._store = store
        self._memo = memo
        self._tokenizer = tokenizer
        self._scope = scope
        self._basis = basis + hashlib.sha256(scope.encode("utf-8", "surrogatepass")).digest()
        try:
            self._secret: bytes | None = store.secret
        except StoreError:
            self._secret = None

    def run(self, blocks: Sequence[Block], rate: float | None, *, apart: bool) -> list[Job]:
        """Return the finished jobs of `blocks`, in order.

        Args:
            blocks: The blocks of the request.
            rate: Share of its tokens that each block may use, None for what the mode allows.
            apart: Whether nothing stands above a block: none may point to another.
        """
        jobs = self._recall([self._prepare(block, rate) for block in blocks])
        done: list[Job] = []
        above = Above(self._memo)
        for job in jobs:
            if apart:
                above = Above(self._memo)
            repeated = self._repeat(job, above)
            if repeated is None or 2 * repeated.after > repeated.before:
                rendered = self._count(self._render(job, rate), above.told)
                if repeated is None or rendered.after <= repeated.after:
                    repeated = rendered
            done.append(repeated)
            above.add(done[-1])
        return self._commit(done)

    def _prepare(self, block: Block, rate: float | None) -> Job:
        reason = self._untouchable(block)
        if reason:
            return Job(block, reason=reason)
        data = block.text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).digest()
        basis = hashlib.sha256(self._basis)
        for part in (block.role, block.tool, block.query, str(rate)):
            basis.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
        basis.update(digest)
        original = None
        if self._secret is not None:
            original = Original(make_key(self._secret, self._scope, digest), data)
        job = Job(block, basis.digest(), digest, original)
        return Job(block, reason="already compressed") if self._is_ours(job) else job

    def _untouchable(self, block: Block) -> str:
        if len(block.text) < self._settings.min_tokens:
            return "short"
        if is_retrieve_tool(block.tool):
            return "retrieved"
        if matches_any(block.tool, self._settings.skip_tools):
            return "skipped"
        return "already compressed" if ours.is_marked(block.text, self._is_key) else ""

    def _is_key(self, key: str) -> bool:
        return self._secret is None or is_key_of(self._secret, self._scope, key)

    def _is_ours(self, job: Job) -> bool:
        """Whether the job is about a lossless rendering that we wrote."""
        if next(find_envelopes(job.block.text), None) is None:
            return False
        id_ = hashlib.sha256(b"ours" + job.id).digest()
        known = self._memo.rendering(id_)
        if known is None:
            is_ours = safely(
                "looking for renderings",
                partial(ours.is_rendering, job.block, self._renderer),
                lambda _: True,
                strict=self._settings.strict,
            )
            known = Rendering(job.block.text) if is_ours else WHOLE
            self._memo.remember(id_, known)
        return known.text is not None

    def _recall(self, jobs: list[Job]) -> list[Job]:
        store = self._store if self._secret is not None else None
        known = self._memo.recall(store, self._scope, [job.id for job in jobs if job.id])
        return [replace(job, rendering=known.get(job.id)) for job in jobs]

    def _render(self, job: Job, rate: float | None) -> Job:
        if not job.id or job.rendering is not None:
            return job
        start = time.perf_counter()
        rendering, failure = safely(
            "compressing a block",
            lambda: (self._rendering(job.block, rate), ""),
            lambda error: (WHOLE, error),
            strict=self._settings.strict,
        )
        if not failure:
            self._memo.remember(job.id, rendering)
        return replace(
            job,
            rendering=rendering,
            fresh=not failure,
            failed=bool(failure),
            reason=failure,
            seconds=time.perf_counter() - start,
        )

    def _rendering(self, block: Block, rate: float | None) -> Rendering:
        if self._renderer.size(block) < self._settings.min_tokens:
            return WHOLE
        return self._renderer.render(block, rate=rate)

    def _repeat(self, job: Job, above: Above) -> Job | None:
        """Return the job if what it is about was sent before in this request, or partly."""
        if not job.digest or self._settings.mode == "lossless":
            return None
        exact = matches_any(job.block.tool, self._settings.lossless_tools)
        text, same = job.block.text, above.same(job)
        if same is not None and not (same.omits and exact):
            return self._pointing(job, above, [same], partial(repeats.again, text, same.whole))
        state = above.state(job)
        if state is not None:
            make = partial(updates.updated, text, state.block.text)
            if pointing := self._pointing(job, above, [state], make):
                return pointing
        found = above.like(job)
        make = partial(repeats.changed, text, [page for _, page in found])
        return self._pointing(job, above, [source for source, _ in found], make)

    def _pointing(
        self, job: Job, above: Above, sources: Sequence[Job], make: Callable[[], Rendering | None]
    ) -> Job | None:
        """Return the job with what `make` makes of it, None if that is nothing or not worth it."""
        if not sources:
            return None
        whole = b"whole" if sources[0].whole else b""
        digests = b"".join(source.digest for source in sources)
        id_ = hashlib.sha256(b"repeat" + whole + job.id + digests).digest()
        rendering = self._memo.rendering(id_)
        if rendering is None:
            rendering = self._made(make)
            known = [] if rendering is WHOLE else self._recall([replace(job, id=id_)])
            if not any(other.rendering for other in known):
                above.made.add(id_)
            self._memo.remember(id_, rendering)
        if rendering.text is None:
            return None
        fresh = id_ in above.made
        counted = self._count(replace(job, id=id_, rendering=rendering, fresh=fresh), ())
        return counted if counted.sent is not None else None

    def _made(self, make: Callable[[], Rendering | None]) -> Rendering:
        found = safely("pointing above", make, lambda _: None, strict=self._settings.strict)
        return found or WHOLE

    def _count(self, job: Job, told: Collection[notes.Clause]) -> Job:
        """Decide whether the rendering is sent, by the model's own count, marker included.

        Args:
            job: The job.
            told: What has been said above about how to read renderings.
        """
        before = self._memo.count(self._tokenizer, job.block.text, job.digest)
        job = replace(job, before=before, after=before)
        rendering = job.rendering
        if rendering is None or rendering.text is None:
            why = rendering.reason if rendering is not None else ""
            return replace(job, reason=job.reason or why or "nothing to gain")
        if rendering.omitted and job.original is None:
            return self._without_store(job)
        sent = notes.brief(rendering.text, told)
        if rendering.omitted and job.original is not None:
            sent = f"{sent}\n{Marker(job.original.key, rendering.omitted)}"
        after = self._memo.count(self._tokenizer, sent)
        if after > _WORTH * before or len(sent) >= len(job.block.text):
            return replace(job, reason="nothing to gain")
        return replace(job, sent=sent, after=after)

    def _commit(self, jobs: list[Job]) -> list[Job]:
        """Write originals, then let the markers go; without them nothing may be left out."""
        changed = {j.original.key: j for j in jobs if j.sent is not None and j.original}
        unsure = {key for key in changed if not self._memo.is_safe(self._scope, key)}
        # What can be helped must not be remembered for others.
        fresh = {
            job.id: job.rendering
            for job in jobs
            if job.fresh and job.rendering and not job.rendering.reason
        }
        try:
            replayed = {key for key in unsure if not changed[key].fresh}
            absent = self._store.missing(self._scope, replayed) if replayed else set()
            wanted = [
                changed[key].original for key in unsure if changed[key].fresh or key in absent
            ]
            originals = [original for original in wanted if original is not None]
            if self._secret is not None and (originals or fresh):
                self._store.put(self._scope, originals, fresh, savings(jobs))
            self._memo.mark_safe(self._scope, unsure)
            unsure = set()
        except StoreError:
            pass
        return [self._settle(job, unsure) for job in jobs]

    def _settle(self, job: Job, unsure: set[str]) -> Job:
        if job.original is not None and job.sent is not None and job.original.key not in unsure:
            return replace(job, stored=True)
        return self._without_store(job) if job.omits else job

    def _without_store(self, job: Job) -> Job:
        """Return the job with a lossless rendering, or whole: its original could not be kept."""
        rendering = safely(
            "compressing a block",
            lambda: self._renderer.render(job.block, lossless=True),
            lambda _: WHOLE,
            strict=self._settings.strict,
        )
        whole = replace(job, original=None, sent=None, after=job.before, reason="store unavailable")
        if rendering.text is None or rendering.omitted:
            return whole
        return replace(
            self._count(replace(whole, rendering=rendering, fresh=False), ()),
            reason="store unavailable",
        )
