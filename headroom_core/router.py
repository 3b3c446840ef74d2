"""Ranks compressors by how sure each one is."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from headroom_core.compressors.base import Bounded, Compressor
from headroom_core.types import Block


class Router:
    """Chooses who may compress a block.

    Args:
        compressors: The candidates; an earlier one wins a tie.
    """

    def __init__(self, compressors: Sequence[Compressor]) -> None:
        self._unasked = sorted(
            (-_surest(compressor), place, False, compressor)
            for place, compressor in enumerate(compressors)
        )

    def rank(self, block: Block) -> Iterator[tuple[float, Compressor]]:
        """Yield (confidence, compressor), the surest first; those with 0 are left out.

        Those who are never that sure have not been asked when one is yielded: a look at a text
        takes each of them as long as it takes to shorten a short one.
        """
        heap = list(self._unasked)
        while heap:
            sureness, place, is_asked, compressor = heapq.heappop(heap)
            if is_asked:
                yield -sureness, compressor
            elif (certainty := compressor.detect(block)) > 0:
                heapq.heappush(heap, (-certainty, place, True, compressor))


def _surest(compressor: Compressor) -> float:
    return compressor.surest if isinstance(compressor, Bounded) else 1.0
