"""The interface every compressor implements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, runtime_checkable

from headroom_core.types import Block, Budget, Compressed
from headroom_core.versions import installed


class Compressor(Protocol):
    """Makes one kind of text shorter.

    Pure: the same block, budget and query give the same rendering on every machine. No clock,
    no randomness, no environment, no state, no store, no marker, no threshold of its own.
    """

    name: ClassVar[str]
    """Also the kind in the envelope of its lossless renderings: lower-case letters."""

    def detect(self, block: Block) -> float:
        """Return how sure this compressor is that the block is its kind of text, 0 to 1.

        Cheap: looks at the start of the text, never parses megabytes.
        """
        ...

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        """Return the best rendering within `budget`: lossless if that fits, else the best part.

        With ``budget.tokens`` None the rendering is lossless or the text unchanged. The budget
        is a ceiling, not a goal: what adds nothing is left out. The text comes back unchanged
        when there is nothing to offer. Never raises for any text.
        """
        ...

    def expand(self, body: str) -> str:
        """Return the text that the body of a lossless envelope stands for.

        The inverse of what this compressor puts in `headroom_core.envelope.wrap`.

        Raises:
            ValueError: If `body` is not such a body.
        """
        ...


@runtime_checkable
class Dependent(Protocol):
    """A compressor that writes something else without certain packages, or with others of them.

    Their versions are part of what its renderings depend on.
    """

    packages: ClassVar[Sequence[str]]
    """Names of packages, as they are installed by."""


@runtime_checkable
class Bounded(Protocol):
    """What a compressor may have besides: it is not asked where another one is surer than that."""

    surest: ClassVar[float]
    """What `detect` returns at most."""


def described(compressor: Compressor) -> str:
    """Return the name of a compressor, and the versions of packages that it depends on."""
    packages = compressor.packages if isinstance(compressor, Dependent) else ()
    return " ".join([compressor.name, *(f"{name}={installed(name)}" for name in packages)])
