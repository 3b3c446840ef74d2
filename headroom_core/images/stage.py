"""The way of the images of one request: measure, recall, scale, store, count.

An image gets no marker: the tool that a marker names gives text back, and the text of an image is
megabytes of base64. Its key is in the event, for the application.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from headroom_core.errors import MissingExtraError, StoreError
from headroom_core.images.formulas import Formula
from headroom_core.images.job import NAME, ImageJob, Scaled, event_of, savings
from headroom_core.images.models import formula_for
from headroom_core.marker import make_key
from headroom_core.memo import Memo
from headroom_core.messages import find_images
from headroom_core.rendering import matches_any
from headroom_core.safety import safely
from headroom_core.settings import Settings
from headroom_core.store.base import Original, Rendering, Store
from headroom_core.types import Message, Picture

_FEWER_TOKENS: Final = 0.95
_FEWER_BYTES: Final = 0.9
_STORE_FAILED: Final = "store unavailable"


class Images:
    """Makes images smaller; a pure function of the image, the settings, the model and Pillow.

    Args:
        settings: How to behave.
        store: Keeps originals, and what was made of them.
        memo: What this process remembers.
        version: The version of the renderings.

    Raises:
        MissingExtraError: If Pillow is not installed.
    """

    def __init__(self, settings: Settings, store: Store, memo: Memo, version: str) -> None:
        try:
            from headroom_core.images import scale
        except ImportError as error:
            raise MissingExtraError("Pillow", "images") from error
        self._settings = settings
        self._store = store
        self._memo = memo
        self._look, self._scaled = scale.look, scale.scaled
        self._basis = f"{version} {NAME} {scale.basis()}".encode()

    def run(self, messages: Sequence[Message], model: str, scope: str) -> Scaled:
        """Return what to send instead of the images in `messages`.

        Args:
            messages: A conversation in OpenAI or Anthropic shape.
            model: Who will read it: its rules decide.
            scope: Whose it is.
        """
        return safely(
            "scaling the images of a request",
            lambda: self._run(messages, formula_for(model), scope),
            lambda _: Scaled(),
            strict=self._settings.strict,
        )

    def _run(self, messages: Sequence[Message], formula: Formula | None, scope: str) -> Scaled:
        try:
            secret: bytes | None = self._store.secret
        except StoreError:
            secret = None
        jobs = [
            self._prepared(picture, formula, scope, secret)
            for picture in find_images(messages)
            if picture.role in self._settings.roles
        ]
        jobs = [self._scale(job, formula) for job in self._recall(scope, jobs)]
        jobs = self._commit(scope, jobs)
        return Scaled(
            {job.picture.path: job.sent for job in jobs if job.sent is not None},
            tuple(event_of(job) for job in jobs),
        )

    def _prepared(
        self, picture: Picture, formula: Formula | None, scope: str, secret: bytes | None
    ) -> ImageJob:
        return safely(
            "measuring an image",
            lambda: self._prepare(picture, formula, scope, secret),
            lambda error: ImageJob(picture, failed=True, reason=error),
            strict=self._settings.strict,
        )

    def _prepare(
        self, picture: Picture, formula: Formula | None, scope: str, secret: bytes | None
    ) -> ImageJob:
        """Measure an image; whatever speaks against it is the reason."""
        if matches_any(picture.tool, self._settings.skip_tools):
            return ImageJob(picture, reason="skipped")
        if formula is None:
            return ImageJob(picture, reason="no rules for this model")
        seen = self._look(_decoded(picture.text))
        if not all(seen.size):
            return ImageJob(picture, reason=seen.reason)
        tokens = formula.tokens(seen.size, picture.detail)
        size = formula.read_size(
            seen.size, picture.detail, standard=self._may_lose_detail(picture.tool)
        )
        reason = seen.reason or ("small enough" if size == seen.size else "")
        if not reason and secret is None:
            reason = _STORE_FAILED
        job = ImageJob(picture, size=size, before=tokens, after=tokens, reason=reason)
        if reason or secret is None:
            return job
        data = picture.text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).digest()
        id_ = hashlib.sha256(self._basis + f" {size} ".encode() + digest)
        id_.update(hashlib.sha256(scope.encode("utf-8", "surrogatepass")).digest())
        original = Original(make_key(secret, scope, digest), data)
        return replace(job, original=original, id=id_.digest())

    def _may_lose_detail(self, tool: str) -> bool:
        return (
            self._settings.images == "standard"
            and self._settings.mode != "lossless"
            and not matches_any(tool, self._settings.lossless_tools)
        )

    def _recall(self, scope: str, jobs: list[ImageJob]) -> list[ImageJob]:
        known = self._memo.recall(self._store, scope, [job.id for job in jobs if job.original])
        return [replace(job, rendering=known.get(job.id)) for job in jobs]

    def _scale(self, job: ImageJob, formula: Formula | None) -> ImageJob:
        if job.original is None or formula is None:
            return job
        job = self._made(job)
        text = job.rendering.text if job.rendering else None
        if text is None:
            return replace(job, reason=job.reason or "nothing to gain")
        after = formula.tokens(job.size, job.picture.detail)
        is_shorter = len(text) <= _FEWER_BYTES * len(job.picture.text)
        if after > job.before or not (is_shorter or after <= _FEWER_TOKENS * job.before):
            return replace(job, reason="nothing to gain")
        return replace(job, sent=text, after=after)

    def _made(self, job: ImageJob) -> ImageJob:
        """Return the job with its rendering: recalled, or made now."""
        if job.rendering is not None:
            return job
        start = time.perf_counter()
        rendering, failure = safely(
            "scaling an image",
            lambda: (Rendering(self._smaller(job), compressor=NAME), ""),
            lambda error: (Rendering(None), error),
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

    def _smaller(self, job: ImageJob) -> str | None:
        text = job.picture.text
        data = self._scaled(_decoded(text), job.size)
        if data is None:
            return None
        prefix = text[: len(text) - len(_encoded(text))]
        return prefix + base64.b64encode(data).decode("ascii")

    def _commit(self, scope: str, jobs: list[ImageJob]) -> list[ImageJob]:
        """Write originals, then let the smaller images go."""
        changed = {job.original.key: job for job in jobs if job.sent is not None and job.original}
        unsure = {key for key in changed if not self._memo.is_safe(scope, key)}
        fresh = {job.id: job.rendering for job in jobs if job.fresh and job.rendering}
        try:
            replayed = {key for key in unsure if not changed[key].fresh}
            absent = self._store.missing(scope, replayed) if replayed else set()
            originals = [
                job.original
                for key, job in changed.items()
                if job.original and key in unsure and (job.fresh or key in absent)
            ]
            if originals or fresh:
                self._store.put(scope, originals, fresh, savings(jobs))
            self._memo.mark_safe(scope, unsure)
        except StoreError:
            return [
                _whole(job) if job.original and job.original.key in unsure else job for job in jobs
            ]
        return jobs


def _whole(job: ImageJob) -> ImageJob:
    return replace(job, sent=None, after=job.before, reason=_STORE_FAILED)


def _encoded(text: str) -> str:
    """Return the base64 in a data URL, or `text` itself."""
    return text.partition(",")[2] if text.startswith("data:") else text


def _decoded(text: str) -> bytes:
    """Return the bytes of an image, b"" if it is not base64."""
    if text.startswith("data:") and not text.partition(",")[0].lower().endswith(";base64"):
        return b""
    try:
        return base64.b64decode("".join(_encoded(text).split()), validate=True)
    except ValueError:
        return b""
