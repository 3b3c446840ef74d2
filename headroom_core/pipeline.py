"""Messages in, shorter messages out; and the originals back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from headroom_core.compressors import default_compressors
from headroom_core.compressors.base import Compressor, described
from headroom_core.errors import StoreError, UnknownKeyError
from headroom_core.events import BlockEvent, Hook, log_event
from headroom_core.jobs import event_of
from headroom_core.marker import Marker, is_key_of
from headroom_core.memo import Memo
from headroom_core.messages import find_blocks, replace_texts
from headroom_core.rendering import Renderer
from headroom_core.request import Request
from headroom_core.retrieval import Retrieved, answer, select
from headroom_core.safety import safely
from headroom_core.settings import Settings
from headroom_core.store import open_store
from headroom_core.store.base import Saving, Store
from headroom_core.threads import in_thread
from headroom_core.tokenizers import tokenizer_for
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Message

if TYPE_CHECKING:
    from headroom_core.images import Images

logger = logging.getLogger("headroom")

VERSION: Final = "5"
"""Part of what a rendering depends on; raised when any compressor writes something else."""


@dataclass(frozen=True, slots=True)
class Result:
    """What `Headroom.compress` returns.

    Attributes:
        messages: The messages to send. Those that nothing was done to are the same objects.
        tokens_before: Tokens of the blocks that were looked at; of images by the provider's
            formula. What is never touched (system and assistant text, tool calls) is not counted.
        tokens_after: Tokens of the same blocks as sent, markers included.
        markers: What can be fetched back, in order.
        events: What happened to each block, in order.
    """

    messages: list[Any]
    tokens_before: int
    tokens_after: int
    markers: tuple[Marker, ...]
    events: tuple[BlockEvent, ...]


class Headroom:
    """Compresses chat messages, keeps the originals, and gives them back.

    Safe to share between threads and event loops; one per process is enough.

    Args:
        settings: How to behave; `Settings.from_env` if not given.
        store: Where originals go; opened from ``settings.store_url`` if not given.
        compressors: Who may compress; the registered ones if not given.
        hooks: Called with one `BlockEvent` per block, in the thread that compresses.

    Raises:
        MissingExtraError: If a setting needs a package that is not installed.
        SettingsError: If a setting cannot work, a database URL or model file among them.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        store: Store | None = None,
        compressors: Sequence[Compressor] | None = None,
        hooks: Sequence[Hook] = (),
    ) -> None:
        self.settings = Settings.from_env() if settings is None else settings
        known = default_compressors() if compressors is None else tuple(compressors)
        self._renderer = Renderer(self.settings, known)
        self._hooks = (log_event, *hooks)
        self._memo = Memo()
        names = ",".join(map(described, known))
        self._basis = f"{VERSION} {self.settings.fingerprint} {names}".encode()
        if self.settings.tokenizer_file:
            tokenizer_for("", tokenizer_file=self.settings.tokenizer_file)
        self.store: Store = store or open_store(
            self.settings.store_url, retention_days=self.settings.retention_days
        )
        self._images: Images | None = None
        if self.settings.images != "off":
            from headroom_core.images import Images  # late: off by default, and not free to load

            self._images = Images(self.settings, self.store, self._memo, VERSION)
        self._lock = threading.Lock()
        self._fetched = Saving("retrieve", 0, 0, 0)

    def compress(
        self,
        messages: Sequence[Message],
        *,
        model: str = "",
        query: str = "",
        scope: str = "",
        max_tokens: int | None = None,
        apart: bool = False,
    ) -> Result:
        """Return `messages` with long tool results shortened. The input is not changed.

        Args:
            messages: A conversation in OpenAI or Anthropic shape.
            model: Who will read it, for the token counts; any name works, "" is an estimate.
            query: The question, for blocks that no user text stands before (documents, say).
            scope: Whose it is. Another scope cannot fetch the originals back.
            max_tokens: Tokens the looked-at blocks should fit in together; each gets its share.
                The one option that may change how earlier messages were sent.
            apart: Whether the messages are read each by itself, as retrieved documents are: no
                rendering then points to another message.
        """
        return safely(
            "compressing a request",
            partial(self._compress, messages, model, query, scope, max_tokens, apart=apart),
            lambda _: Result(list(messages), 0, 0, (), ()),
            strict=self.settings.strict,
        )

    async def acompress(
        self,
        messages: Sequence[Message],
        *,
        model: str = "",
        query: str = "",
        scope: str = "",
        max_tokens: int | None = None,
        apart: bool = False,
    ) -> Result:
        """Do what `compress` does, in a thread: the event loop goes on."""
        return await in_thread(
            partial(
                self.compress,
                messages,
                model=model,
                query=query,
                scope=scope,
                max_tokens=max_tokens,
                apart=apart,
            )
        )

    def retrieve(
        self,
        key: str,
        *,
        query: str = "",
        lines: tuple[int, int] | None = None,
        rows: str = "",
        path: str = "",
        scope: str = "",
    ) -> Retrieved:
        """Return the original kept under `key`, or the part of it that was asked for.

        Args:
            key: 24 hex digits, from a marker or an event.
            query: Only the parts about this.
            lines: Only these lines, first and last, counted from 1.
            rows: Only these rows of a table or of a list in JSON, counted from 1: "3,40-60".
            path: Only what stands there in JSON: "data.items[3].spec". With `rows`: these of it.
            scope: Whose it is.

        Raises:
            PartError: If `rows` or `path` cannot be read. What does not exist raises nothing.
            UnknownKeyError: If there is none: never stored, expired, or of another scope.
            StoreError: If the store cannot be read now.
        """
        data = None
        if is_key_of(self.store.secret, scope, key):
            data = self.store.get(scope, key)
        if data is None:
            raise UnknownKeyError(key)
        text = data.decode("utf-8", "surrogatepass")
        found = select(key, text, query, lines, rows=rows, path=path)
        with self._lock:
            old, tokens = self._fetched, estimate(found.text)
            self._fetched = Saving(old.compressor, old.blocks + 1, 0, old.tokens_after + tokens)
        return found

    async def aretrieve(
        self,
        key: str,
        *,
        query: str = "",
        lines: tuple[int, int] | None = None,
        rows: str = "",
        path: str = "",
        scope: str = "",
    ) -> Retrieved:
        """Do what `retrieve` does, in a thread."""
        return await in_thread(
            partial(self.retrieve, key, query=query, lines=lines, rows=rows, path=path, scope=scope)
        )

    def answer(self, arguments: Mapping[str, Any] | str, *, scope: str = "") -> str:
        """Run one call of the tool `headroom_retrieve`; always a text for its result.

        Args:
            arguments: What the model passed: a mapping, or its JSON text.
            scope: Whose it is.
        """
        return answer(arguments, partial(self.retrieve, scope=scope))

    async def aanswer(self, arguments: Mapping[str, Any] | str, *, scope: str = "") -> str:
        """Do what `answer` does, in a thread."""
        return await in_thread(partial(self.answer, arguments, scope=scope))

    def savings(self) -> list[Saving]:
        """Return what was saved so far in this store, one line per compressor.

        Raises:
            StoreError: If the store cannot be used now.
        """
        self._write_fetched()
        return self.store.totals()

    def close(self) -> None:
        """Write what is left for the ledger, and give back connections."""
        try:
            self._write_fetched()
        except StoreError:
            logger.warning("the last retrievals are missing from the ledger: no store")
        self.store.close()

    def _write_fetched(self) -> None:
        with self._lock:
            fetched, self._fetched = self._fetched, Saving("retrieve", 0, 0, 0)
        if fetched.blocks:
            self.store.put("", (), {}, (fetched,))

    def _compress(
        self,
        messages: Sequence[Message],
        model: str,
        query: str,
        scope: str,
        max_tokens: int | None,
        *,
        apart: bool,
    ) -> Result:
        tokenizer = tokenizer_for(model, tokenizer_file=self.settings.tokenizer_file)
        settings, basis = self.settings, self._basis
        request = Request(settings, self._renderer, self.store, self._memo, tokenizer, scope, basis)
        roles = settings.roles
        found = find_blocks(messages, query, observed="user" in roles)
        blocks = [block for block in found if block.role in roles]
        jobs = request.run(blocks, _share(blocks, max_tokens), apart=apart)
        texts = {job.block.path: job.sent for job in jobs if job.sent is not None}
        events = tuple(event_of(job, exact=tokenizer.exact) for job in jobs)
        if self._images is not None:
            scaled = self._images.run(messages, model, scope)
            texts, events = texts | scaled.texts, scaled.among(events)
        for event in events:
            for hook in self._hooks:
                safely("a hook", partial(hook, event), lambda _: None, strict=settings.strict)
        return Result(
            messages=replace_texts(messages, texts),
            tokens_before=sum(event.tokens_before for event in events),
            tokens_after=sum(event.tokens_after for event in events),
            markers=tuple(job.marker for job in jobs if job.marker is not None),
            events=events,
        )


def compress(
    messages: Sequence[Message], *, model: str = "", query: str = "", scope: str = ""
) -> Result:
    """Return `messages` with long tool results shortened, by a `Headroom` set by environment.

    See `Headroom.compress`; settings come from `Settings.from_env`.
    """
    return default_headroom().compress(messages, model=model, query=query, scope=scope)


@cache
def default_headroom() -> Headroom:
    """Return the `Headroom` that this process shares, made from `Settings.from_env`."""
    return Headroom()


def _share(blocks: Sequence[Block], max_tokens: int | None) -> float | None:
    if max_tokens is None:
        return None
    return min(1.0, max_tokens / max(1, sum(estimate(block.text) for block in blocks)))
