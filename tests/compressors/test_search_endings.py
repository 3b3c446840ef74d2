"""Search results with CRLF in some of their lines."""

from __future__ import annotations

import pytest

from headroom_core.compressors.search import SearchCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget

search = SearchCompressor()


@pytest.mark.parametrize("ends", ["\n\n\n", "\r\r\r", "\r\n\n", "\n\r\n", "\r\r\n"])
def test_headings_are_found_with_any_line_endings(ends):
    heading, match, gap = ("\r\n" if end == "\r" else "\n" for end in ends)
    rows = "".join(f"{n}:    raise ValueError('bad {n}'){match}" for n in range(10, 90, 9))
    text = "".join(f"src/app/{name}.py{heading}{rows}{gap}" for name in ("a", "b", "c") * 9)
    assert search.detect(Block(text)) >= 0.9
    made = search.compress(Block(text), Budget(None, estimate)).text
    assert estimate(made) < 0.7 * estimate(text)
    assert search.expand(next(find_envelopes(made)).body) == text
