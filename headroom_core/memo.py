"""What one process remembers: renderings, token counts, and which originals are safe.

For speed alone. Losing any of it changes no byte of any rendering.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Final, Generic, TypeVar

from headroom_core.errors import StoreError
from headroom_core.repeats import Listed, read
from headroom_core.store.base import Rendering, Store
from headroom_core.tokenizers.base import Tokenizer

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MAX_CHARS: Final = 16_000_000
_MAX_ENTRIES: Final = 50_000
_MAX_LISTED: Final = 8_000_000
_SAFE_SECONDS: Final = 60.0


class Memo:
    """The memory of one `Headroom`. Safe to use from several threads."""

    def __init__(self) -> None:
        self._renderings: _Recent[bytes, Rendering] = _Recent(
            _MAX_CHARS, lambda rendering: 200 + len(rendering.text or "")
        )
        self._counts: _Recent[tuple[str, bytes], int] = _Recent(_MAX_ENTRIES)
        self._listed: _Recent[bytes, Listed] = _Recent(
            _MAX_LISTED, lambda page: sum(map(len, page.lines)) + 100 * len(page.lines)
        )
        self._safe: _Recent[tuple[str, str], float] = _Recent(_MAX_ENTRIES)

    def rendering(self, id_: bytes) -> Rendering | None:
        """Return what was remembered under `id_`, None if nothing."""
        return self._renderings.get(id_)

    def remember(self, id_: bytes, rendering: Rendering) -> None:
        """Remember a rendering under `id_`."""
        self._renderings.put(id_, rendering)

    def count(self, tokenizer: Tokenizer, text: str, digest: bytes = b"") -> int:
        """Return the tokens of `text`, counted once per text and tokenizer.

        Args:
            tokenizer: Who counts.
            text: The text.
            digest: Its SHA-256, if it is known already.
        """
        digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        tokens = self._counts.get((tokenizer.name, digest))
        if tokens is None:
            tokens = tokenizer.count(text)
            self._counts.put((tokenizer.name, digest), tokens)
        return tokens

    def recall(
        self, store: Store | None, scope: str, ids: Iterable[bytes]
    ) -> dict[bytes, Rendering | None]:
        """Return the renderings with these ids, from the store where this process knows none.

        None where nobody knows one, or the store cannot be asked (`store` is None where that is
        known already): the memo is for speed.
        """
        known = {id_: self.rendering(id_) for id_ in ids}
        unknown = [id_ for id_, rendering in known.items() if rendering is None]
        if unknown and store is not None:
            with contextlib.suppress(StoreError):
                for id_, rendering in store.recall(scope, unknown).items():
                    known[id_] = rendering
                    self.remember(id_, rendering)
        return known

    def listed(self, text: str, digest: bytes) -> Listed:
        """Return `text` in lines, read once.

        Args:
            text: The text.
            digest: Its SHA-256; b"" reads it once more.
        """
        page = self._listed.get(digest) if digest else None
        if page is None:
            page = read(text)
            if digest:
                self._listed.put(digest, page)
        return page

    def is_safe(self, scope: str, key: str) -> bool:
        """Return whether the original was seen in the store within the last minute."""
        seen = self._safe.get((scope, key))
        return seen is not None and time.monotonic() - seen < _SAFE_SECONDS

    def mark_safe(self, scope: str, keys: Iterable[str]) -> None:
        """Remember that the originals are in the store now."""
        now = time.monotonic()
        for key in keys:
            self._safe.put((scope, key), now)


class _Recent(Generic[K, V]):
    """A dict that forgets what was used longest ago."""

    def __init__(self, capacity: int, weigh: Callable[[V], int] = lambda _: 1) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._capacity = capacity
        self._weigh = weigh
        self._weight = 0

    def get(self, key: K) -> V | None:
        with self._lock:
            value = self._entries.get(key)
            if value is not None:
                self._entries.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        with self._lock:
            old = self._entries.pop(key, None)
            self._weight += self._weigh(value) - (0 if old is None else self._weigh(old))
            self._entries[key] = value
            while self._weight > self._capacity and self._entries:
                _, dropped = self._entries.popitem(last=False)
                self._weight -= self._weigh(dropped)
