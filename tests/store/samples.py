"""What the tests of the stores put into them."""

from __future__ import annotations

import hashlib
import random
from typing import Protocol

import pytest

from headroom_core.store import Original, Store

DAY = 86_400.0

ORIGINALS = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"a", id="one byte"),
    pytest.param(b"\x00\x01\r\n\xff", id="bytes that are no text"),
    pytest.param("lone \ud800 surrogate".encode("utf-8", "surrogatepass"), id="a lone surrogate"),
    pytest.param(b"GET /health 200\n" * 70_000, id="a megabyte that compresses well"),
    pytest.param(random.Random(1).randbytes(100_000), id="noise that does not compress"),
]

STRANGE_KEYS = [
    pytest.param("", id="empty"),
    pytest.param("\0", id="NUL"),
    pytest.param("\ud800", id="lone surrogate"),
    pytest.param("' OR 1=1 --", id="SQL"),
    pytest.param("f" * 100_000, id="very long"),
]


class Clock:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class MakeStore(Protocol):
    def __call__(self, retention_days: int = 30) -> Store: ...


def original(text: str) -> Original:
    """Return an original with the key that its text alone decides."""
    data = text.encode("utf-8", "surrogatepass")
    return Original(hashlib.sha256(data).hexdigest()[:24], data)


def works(store: Store, text: str) -> bool:
    """Return whether an original can be put and comes back."""
    store.put("a", [original(text)], {})
    return store.get("a", original(text).key) == text.encode()
