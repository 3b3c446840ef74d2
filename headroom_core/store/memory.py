"""A store that lives and dies with the process."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence, Set
from threading import Lock
from typing import Generic, TypeVar

from headroom_core.store import _fork
from headroom_core.store._rows import (
    DAY,
    GRACE,
    PURGE_LIMIT,
    Lease,
    clash,
    owner_of,
    pack,
    unpack,
)
from headroom_core.store.base import Original, Rendering, Saving

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class MemoryStore:
    """Keeps everything in dicts, with the promises of a database for as long as the process lives.

    Originals are kept compressed, and none is dropped before it expires. A child process starts
    with a copy.

    Args:
        retention_days: How long an original is kept after it was last put.
        clock: Seconds since the epoch.
    """

    def __init__(self, *, retention_days: int = 30, clock: Callable[[], float] = time.time) -> None:
        self._lease = Lease.of_days(retention_days)
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._originals: _Shelf[tuple[bytes, str], tuple[bytes, bytes]] = _Shelf()
        self._renderings: _Shelf[tuple[bytes, bytes], Rendering] = _Shelf()
        self._ledger: dict[str, Saving] = {}
        self._lock = Lock()
        _fork.register(self)

    def __repr__(self) -> str:
        return "MemoryStore()"

    @property
    def secret(self) -> bytes:
        return self._secret

    def put(
        self,
        scope: str,
        originals: Sequence[Original],
        renderings: Mapping[bytes, Rendering],
        savings: Sequence[Saving] = (),
    ) -> None:
        owner, now = owner_of(scope), self._clock()
        expires = now + self._lease.retention
        renew_before = expires - self._lease.slack
        with _fork.at_work(), self._lock:
            fresh = self._fresh(owner, originals)
            for original in originals:
                row = fresh.get(original.key)
                self._originals.keep((owner, original.key), row, expires, renew_before)
            for id_, rendering in renderings.items():
                self._renderings.keep((owner, id_), rendering, expires, renew_before)
            for saving in savings:
                self._ledger[saving.compressor] = _sum(self._ledger.get(saving.compressor), saving)
            self._originals.purge(now - GRACE)
            self._renderings.purge(now - GRACE)

    def get(self, scope: str, key: str) -> bytes | None:
        owner, now = owner_of(scope), self._clock()
        with _fork.at_work(), self._lock:
            row = self._originals.find((owner, key), now)
        return None if row is None else unpack(key, *row)

    def missing(self, scope: str, keys: Set[str]) -> set[str]:
        owner, soon = owner_of(scope), self._clock() + DAY
        with _fork.at_work(), self._lock:
            return {key for key in keys if self._originals.find((owner, key), soon) is None}

    def recall(self, scope: str, ids: Sequence[bytes]) -> dict[bytes, Rendering]:
        owner, now = owner_of(scope), self._clock()
        with _fork.at_work(), self._lock:
            found = {id_: self._renderings.find((owner, id_), now) for id_ in ids}
        return {id_: rendering for id_, rendering in found.items() if rendering is not None}

    def totals(self) -> list[Saving]:
        with _fork.at_work(), self._lock:
            return [self._ledger[name] for name in sorted(self._ledger)]

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""

    def before_fork(self) -> None:
        """Do nothing: a child gets a copy."""

    def in_child(self) -> None:
        """Get a lock that no thread of the parent holds."""
        self._lock = Lock()

    def _fresh(self, owner: bytes, originals: Sequence[Original]) -> dict[str, tuple[bytes, bytes]]:
        """Return the digests and packed bytes of the originals that are not here yet, by key."""
        digests: dict[str, bytes] = {}
        fresh = {}
        for original in originals:
            digest = original.digest
            row = self._originals.find((owner, original.key))
            kept = row[0] if row else digests.setdefault(original.key, digest)
            if kept != digest:
                raise clash()
            if row is None:
                fresh[original.key] = digest, pack(original.data)
        return fresh


class _Shelf(Generic[_Key, _Value]):
    """Values that expire, in the order in which they do."""

    def __init__(self) -> None:
        self._values: dict[_Key, tuple[_Value, float]] = {}

    def keep(self, key: _Key, value: _Value | None, expires: float, renew_before: float) -> None:
        """Put `value` there, or give the one that is there a new lease if it ends too early."""
        held = self._values.get(key)
        if held is None:
            if value is not None:
                self._values[key] = value, expires
        elif held[1] < renew_before:
            del self._values[key]
            self._values[key] = held[0], expires

    def find(self, key: _Key, after: float = float("-inf")) -> _Value | None:
        """Return the value of `key` if it expires after `after`."""
        held = self._values.get(key)
        return held[0] if held and held[1] > after else None

    def purge(self, before: float) -> None:
        """Delete a few of the values that expired `before`."""
        old: list[_Key] = []
        for key, (_, expires) in self._values.items():
            if expires >= before or len(old) == PURGE_LIMIT:
                break
            old.append(key)
        for key in old:
            del self._values[key]


def _sum(total: Saving | None, saving: Saving) -> Saving:
    if total is None:
        return saving
    return Saving(
        saving.compressor,
        total.blocks + saving.blocks,
        total.tokens_before + saving.tokens_before,
        total.tokens_after + saving.tokens_after,
    )
