"""What a store keeps, and the interface every store implements."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Original:
    """What a key leads to.

    Attributes:
        key: 24 hex digits, bound to a scope (see `headroom_core.marker.make_key`).
        data: The exact bytes of the text: UTF-8, lone surrogates passed through.
    """

    key: str
    data: bytes

    @property
    def digest(self) -> bytes:
        """The SHA-256 of `data`, 32 bytes: the identity of the original."""
        return hashlib.sha256(self.data).digest()


@dataclass(frozen=True, slots=True)
class Rendering:
    """What the memo remembers of a block.

    Attributes:
        text: What is sent instead of the block, without marker; None: the block goes whole.
        omitted: What was left out, "" if nothing.
        compressor: Who made it, "" if nobody.
        reason: Why the block goes whole, if that can be helped. No store keeps it.
    """

    text: str | None
    omitted: str = ""
    compressor: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """A line of the ledger: what one compressor saved, summed.

    Attributes:
        compressor: Who; "retrieve" for what was fetched back.
        blocks: How many blocks, or retrievals.
        tokens_before: Tokens of the originals (0 for retrievals).
        tokens_after: Tokens sent instead, markers included; for retrievals, tokens fetched.
    """

    compressor: str
    blocks: int
    tokens_before: int
    tokens_after: int


class Store(Protocol):
    """Keeps originals, the memo of renderings, and the ledger.

    Originals are insert-only and found by (scope, key); the same key with other bytes is refused.
    Safe to use from several threads, processes and after a fork. Every method raises
    `StoreError`, and nothing else, when the store cannot be used now; it waits no longer than
    a third of a second for a lock.
    """

    @property
    def secret(self) -> bytes:
        """32 random bytes made once per store and kept in it: what keys are made with."""
        ...

    def put(
        self,
        scope: str,
        originals: Sequence[Original],
        renderings: Mapping[bytes, Rendering],
        savings: Sequence[Saving] = (),
    ) -> None:
        """Keep all of it in one transaction, committed on return, or none of it.

        An original that is there already keeps its bytes and gets a new lease. The first
        rendering of an id wins. Savings are added to the totals.
        """
        ...

    def get(self, scope: str, key: str) -> bytes | None:
        """Return the bytes of an original, checked against their SHA-256.

        None if unknown, expired or of another scope: the three cannot be told apart. Writes
        nothing.

        Raises:
            CorruptOriginalError: If the bytes no longer match.
        """
        ...

    def missing(self, scope: str, keys: Set[str]) -> set[str]:
        """Return which of `keys` are unknown, or expire within a day."""
        ...

    def recall(self, scope: str, ids: Sequence[bytes]) -> dict[bytes, Rendering]:
        """Return the remembered renderings of `ids`; unknown ones are left out."""
        ...

    def totals(self) -> list[Saving]:
        """Return the ledger, one line per compressor, ordered by name."""
        ...

    def close(self) -> None:
        """Give back connections. The store can be used again afterwards."""
        ...
