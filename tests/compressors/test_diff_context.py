"""Context diffs (`diff -c`): read as unified ones, and turned back into what they were."""

from __future__ import annotations

import difflib
import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._diff.context import context, unified
from headroom_core.compressors.diff import DiffCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.detection.tools import output

DIFF = DiffCompressor()


def _printed(options):
    """Return what `diff` prints about pairs of files, one below the other."""
    pairs = [f"src/shop/part{n}/shop_basket_{n}.py {THERE.replace('N', str(n))}" for n in range(6)]
    return "".join(output(f"diff {options} {pair}") for pair in pairs)


THERE = "src/billing/partN/billing_basket_N.py"
lines = st.lists(st.sampled_from(["a", "b", "c = 1", "", "- x", "! y", "\\ z"]), max_size=12)


@pytest.mark.parametrize("options", ["-c", "-C1", "-cp", "-C0"])
def test_comes_back_shorter(options):
    text = _printed(options)
    assert DIFF.detect(Block(text)) >= 0.9
    made = DIFF.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    assert estimate(made.text) < 0.8 * estimate(text)
    assert expand(made.text, {DIFF.name: DIFF}) == text


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_a_page_shows_a_unified_diff_and_counts_the_rest(share):
    text = _printed("-c")
    budget = Budget(int(share * estimate(text)), estimate)
    made = DIFF.compress(Block(text), budget, "What became of the goods?")
    assert estimate(made.text) <= budget.tokens
    assert re.search(r"(?m)^[-+] .*self\.goods", made.text)
    assert re.search(r"of \d+ lines", made.omitted)


def test_what_cannot_be_kept_is_whole():
    text = _printed("-c")
    keep = re.compile(r"^! ", re.MULTILINE)
    made = DIFF.compress(Block(text), Budget(100, estimate, keep))
    assert made.omitted == ""


@hypothesis_settings(max_examples=200, deadline=None)
@given(lines, lines, st.integers(0, 3))
def test_reads_as_the_unified_diff_of_the_same_files(before, after, around):
    def printed(diff):
        return "\n".join(diff(before, after, "a.c", "b.c", n=around, lineterm=""))

    made = printed(difflib.context_diff)
    plain = printed(difflib.unified_diff)
    found = unified(made)
    if found is not None:
        assert found == plain
        assert context(found) == made
    elif plain:
        # Only files of which a line would be read as a part of the diff are left alone.
        assert {"\\ z"} & {*before, *after}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("***************\n" * 9, id="stars"),
        pytest.param("*** a\n--- b\n***************\n*** 1,2 ****\n", id="cut off"),
        pytest.param("*** a\n--- b\n***************\n*** 1 ****\n! x\n@@ 1\n", id="another patch"),
        pytest.param("# A list\n\n*** one\n--- two\n" * 9, id="a document"),
    ],
)
def test_is_no_context_diff(text):
    assert unified(text) is None
    assert DIFF.compress(Block(text), Budget(None, estimate)).text == text
