"""What all stores agree on: how things look in a row, and how long a row lives."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import Final, Self

from headroom_core.errors import CorruptOriginalError, SettingsError, StoreError
from headroom_core.store.base import Rendering

DAY: Final = 86_400.0
GRACE: Final = DAY
"""Expired rows stay this long before they are deleted: a clock that jumps ahead loses nothing."""

PURGE_LIMIT: Final = 50
"""Rows deleted per table and put, so that no request pays for a whole clean-up."""

_RAW: Final = b"\0"
_ZLIB: Final = b"\1"
_SMALLEST: Final = 100
_WIDTH: Final = 4


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a row lives, in seconds.

    Attributes:
        retention: From the last put to expiry.
        slack: A row that would expire less than this earlier is not written again.
    """

    retention: float
    slack: float

    @classmethod
    def of_days(cls, days: int) -> Self:
        """Return the lease of `days`, at least one."""
        if days < 1:
            raise SettingsError("retention_days", days, "give a whole number of days, 1 or more")
        return cls(days * DAY, min(DAY, days * DAY / 4))


def owner_of(scope: str) -> bytes:
    """Return what stands for `scope` in a row: 32 bytes that do not tell its name."""
    return hashlib.sha256(scope.encode("utf-8", "surrogatepass")).digest()


def key_bytes(key: str) -> bytes:
    """Return `key` as bytes: a key that a model made up may hold what no text column takes."""
    return key.encode("utf-8", "surrogatepass")


def pack(data: bytes) -> bytes:
    """Return `data` as stored: one byte that names the codec, then the shorter spelling."""
    if len(data) >= _SMALLEST:
        packed = zlib.compress(data, 1)
        if len(packed) < len(data):
            return _ZLIB + packed
    return _RAW + data


def unpack(key: str, digest: bytes, row: bytes) -> bytes:
    """Return the bytes of the original in `row`, the inverse of `pack`.

    Raises:
        CorruptOriginalError: If they do not match `digest`, their SHA-256.
    """
    codec, data = row[:1], row[1:]
    if codec == _ZLIB:
        try:
            data = zlib.decompress(data)
        except zlib.error as error:
            raise CorruptOriginalError(key) from error
    if codec not in (_RAW, _ZLIB) or hashlib.sha256(data).digest() != digest:
        raise CorruptOriginalError(key)
    return data


def pack_rendering(rendering: Rendering) -> bytes:
    """Return `rendering` as stored: its fields, each behind its length, in one checked stream."""
    fields = [rendering.omitted, rendering.compressor]
    if rendering.text is not None:
        fields.append(rendering.text)
    encoded = [field.encode("utf-8", "surrogatepass") for field in fields]
    parts = (len(field).to_bytes(_WIDTH) + field for field in encoded)
    return zlib.compress(b"".join(parts), 1)


def unpack_rendering(row: bytes) -> Rendering | None:
    """Return the rendering in `row`, the inverse of `pack_rendering`; None if it is damaged."""
    try:
        data = zlib.decompress(row)
    except zlib.error:
        return None
    fields = []
    while data:
        end = _WIDTH + int.from_bytes(data[:_WIDTH])
        fields.append(data[_WIDTH:end].decode("utf-8", "surrogatepass"))
        data = data[end:]
    return Rendering(fields[2] if len(fields) > 2 else None, fields[0], fields[1])


def clash() -> StoreError:
    """Return the refusal of a put whose key already leads to other bytes."""
    return StoreError("a key already leads to other bytes: nothing of this put was stored")
