"""Ranks compressors by how sure each one is."""

from __future__ import annotations

from collections.abc import Sequence

from headroom_core.compressors.base import Compressor
from headroom_core.types import Block


class Router:
    """Chooses who may compress a block.

    Args:
        compressors: The candidates; an earlier one wins a tie.
    """

    def __init__(self, compressors: Sequence[Compressor]) -> None:
        self.compressors = tuple(compressors)

    def rank(self, block: Block) -> list[tuple[float, Compressor]]:
        """Return (confidence, compressor), the surest first; those with 0 are left out."""
        sure = [(compressor.detect(block), compressor) for compressor in self.compressors]
        return sorted((pair for pair in sure if pair[0] > 0), key=lambda pair: -pair[0])
