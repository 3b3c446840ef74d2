"""A match in each file: search results are never longer than they are as a log."""

from __future__ import annotations

import pytest

from headroom_core.compressors.log import LogCompressor
from headroom_core.compressors.search import SearchCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.detection.tools import output

SEARCH = SearchCompressor()
LOG = LogCompressor()
LOSSLESS = Budget(None, estimate)
SPELLED: int = 4
"""Tokens that the header of search results takes more."""


@pytest.mark.parametrize(
    "command",
    [
        "grep -r Basket src",
        "grep -r raise src",
        "grep -r return src",
        "grep -r self src",
        "grep -r import src",
        "grep -ro self.[a-z]* src",
        "grep -rn Basket src",
        "git grep append",
    ],
)
def test_never_longer_than_as_a_log(command):
    text = output(command)
    made = SEARCH.compress(Block(text), LOSSLESS)
    assert made.omitted == ""
    assert expand(made.text, {SEARCH.name: SEARCH}) == text
    assert estimate(made.text) <= estimate(LOG.compress(Block(text), LOSSLESS).text) + SPELLED


def test_a_match_that_reads_as_the_opening_comes_back():
    text = "\n".join(f"src/part_{n}.py:templates" for n in range(40))
    made = SEARCH.compress(Block(text), LOSSLESS).text
    assert expand(made, {SEARCH.name: SEARCH}) == text
