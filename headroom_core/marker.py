"""The one line that tells the model what is missing and how to get it."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

KEY_LENGTH: Final = 24
_CHECK_LENGTH: Final = 4

_MARKER = re.compile(
    r"\[(?P<omitted>[^\[\]\n]{1,300}) omitted; "
    rf"headroom_retrieve hash=(?P<key>[0-9a-f]{{{KEY_LENGTH}}})\]"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker, as found in a text or to be sent.

    Attributes:
        key: What `headroom_retrieve` is called with.
        omitted: What is missing, in the unit of the source: "214 of 240 rows".
    """

    key: str
    omitted: str

    def __str__(self) -> str:
        """Return the line itself.

        >>> str(Marker("0123456789abcdef01234567", "214 of 240 rows"))
        '[214 of 240 rows omitted; headroom_retrieve hash=0123456789abcdef01234567]'
        """
        return f"[{self.omitted} omitted; headroom_retrieve hash={self.key}]"


def make_key(secret: bytes, scope: str, digest: bytes) -> str:
    """Return the key of an original: 24 hex digits that only this secret and scope can make.

    The first 20 digits are ``HMAC-SHA256(secret, scope and SHA-256 of the bytes)``, the last 4
    check the first 20. So a key can be told from an invention without asking any store, and
    nobody without the secret can compute one, collide with one, or carry one to another scope.

    Args:
        secret: The secret of the store.
        scope: Whose it is.
        digest: SHA-256 of the original, 32 bytes.
    """
    head = _hmac(secret, b"key", scope, digest)[: KEY_LENGTH - _CHECK_LENGTH]
    return head + _check(secret, scope, head)


def is_key_of(secret: bytes, scope: str, key: str) -> bool:
    """Return whether `key` was made with this secret for this scope.

    One invented key in 65,536 passes; it leads nowhere all the same.
    """
    head, check = key[:-_CHECK_LENGTH], key[-_CHECK_LENGTH:]
    return len(key) == KEY_LENGTH and hmac.compare_digest(
        check.encode("utf-8", "surrogatepass"), _check(secret, scope, head).encode()
    )


def find_markers(text: str) -> list[Marker]:
    """Return the markers in `text`, in order; whether they are ours is for `is_key_of` to say.

    >>> find_markers("a [3 of 9 lines omitted; headroom_retrieve hash=0123456789abcdef01234567]")
    [Marker(key='0123456789abcdef01234567', omitted='3 of 9 lines')]
    """
    if "; headroom_retrieve hash=" not in text:
        return []
    return [Marker(match["key"], match["omitted"]) for match in _MARKER.finditer(text)]


def _check(secret: bytes, scope: str, head: str) -> str:
    return _hmac(secret, b"check", scope, head.encode("utf-8", "surrogatepass"))[:_CHECK_LENGTH]


def _hmac(secret: bytes, purpose: bytes, scope: str, data: bytes) -> str:
    owner = hashlib.sha256(scope.encode("utf-8", "surrogatepass")).digest()
    return hmac.new(secret, purpose + owner + data, hashlib.sha256).hexdigest()
