"""Measures the processor time of the lossless rendering."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, Final

from headroom_core.compressors.json import JsonCompressor
from headroom_core.types import Block, Budget
from tests.bench._records_encodings import Rows

_REPEAT: Final = 3
_MESSAGES: Final = (
    "request completed", "request completed after retry", "user not found", "token refreshed",
    "connection reset by peer", "cache miss for session",
)  # fmt: skip


def speed(arrays: Mapping[str, Rows], count: Callable[[str], int], rows: int) -> Iterator[str]:
    """Yield what was measured, line by line. Processor time, the least of three runs.

    Args:
        arrays: Records to measure.
        count: Counts tokens exactly.
        rows: How many records to make up for the large array.
    """
    texts = [json.dumps(array) for array in arrays.values()]
    size = sum(map(len, texts))
    calls: list[int] = []
    alone = _least(lambda: [_rendered(text, calls) for text in texts])
    counted = alone + _least(lambda: [count(text) for text in texts])
    yield f"{len(texts)} arrays, {size / 1e6:.1f} MB"
    parsed = _least(lambda: [json.loads(text) for text in texts])
    yield f"json.loads by itself: {parsed * 1e5 / size * 1e3:.2f} ms per 100 kB"
    yield f"lossless, without counting: {alone * 1e5 / size * 1e3:.2f} ms per 100 kB"
    yield f"lossless, and its input counted: {counted * 1e5 / size * 1e3:.2f} ms per 100 kB"
    yield f"the compressor asked for a count {len(calls)} times"
    times = {}
    for many in (rows // 4, rows // 2, rows):
        text = json.dumps(made_up(many))
        times[many] = _least(lambda text=text: _rendered(text, []))
        short = _rendered(text, [])
        yield (
            f"{many:,} made-up rows, {len(text) / 1e6:.1f} MB: {times[many]:.2f} s, "
            f"{times[many] * 1e8 / len(text):.2f} ms per 100 kB, kept {len(short) / len(text):.3f}"
        )
    yield (
        "twice the rows take "
        + ", ".join(f"{times[many * 2] / times[many]:.2f}" for many in (rows // 4, rows // 2))
        + " times as long"
    )


def made_up(rows: int) -> list[dict[str, Any]]:
    """Return records as services write them, the same on every machine."""
    random = Random(7)
    return [
        {
            "id": 100_000 + row,
            "user": f"user_{random.randrange(5_000)}",
            "status": random.choice(("active", "active", "active", "inactive", "pending")),
            "created_at": f"2026-03-{1 + row % 28:02d}T{row % 24:02d}:{row * 7 % 60:02d}:00Z",
            "score": round(random.random() * 100, 2),
            "meta": {"ip": f"10.0.{random.randrange(256)}.{row % 256}", "region": "eu-west-1"},
            "message": random.choice(_MESSAGES),
        }
        for row in range(rows)
    ]


def _rendered(text: str, calls: list[int]) -> str:
    def count(part: str) -> int:
        calls.append(len(part))
        return len(part) // 4

    return JsonCompressor().compress(Block(text), Budget(None, count)).text


def _least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_REPEAT):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)
