"""What the JSON compressor asks its tokenizer to count."""

from __future__ import annotations

import json

from headroom_core.compressors.json import JsonCompressor, decode
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget


def test_of_long_json_only_a_part_is_counted() -> None:
    counted = []

    def count(text: str) -> int:
        counted.append(len(text))
        return estimate(text)

    words = "what a table saves of long sentences is little, so that tokens are counted".split()
    records = [
        {"n": row * row, "text": " ".join(words[row % 7 :] * 9 + words[: row % 13])}
        for row in range(2_000)
    ]
    text = json.dumps(records, separators=(",", ":"))
    made = JsonCompressor().compress(Block(text), Budget(None, count)).text
    assert decode(made) == text
    assert len(text) > 1_000_000
    assert len(counted) == 2
    assert max(counted) < 250_000
