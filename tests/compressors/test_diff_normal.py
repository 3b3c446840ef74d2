"""What `diff` prints by default: read as unified hunks, and turned back into what it was."""

from __future__ import annotations

import re
import subprocess

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._diff.normal import normal, unified
from headroom_core.compressors.diff import DiffCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.detection.tools import output

DIFF = DiffCompressor()
lines = st.lists(st.sampled_from(["a", "b", "c = 1", "", "< x", "> y", "---", "1c1"]), max_size=12)


def test_comes_back_shorter():
    text = output("diff src/shop/part0/shop_basket_0.py src/billing/part0/billing_basket_0.py") * 9
    assert DIFF.detect(Block(text)) >= 0.9
    made = DIFF.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    assert estimate(made.text) < 0.8 * estimate(text)
    assert expand(made.text, {DIFF.name: DIFF}) == text


def test_a_page_counts_what_it_leaves_out():
    pair = "src/shop/partN/shop_basket_N.py src/billing/partN/billing_basket_N.py"
    text = "".join(output(f"diff {pair}".replace("N", str(n))) for n in range(6))
    budget = Budget(int(0.2 * estimate(text)), estimate)
    made = DIFF.compress(Block(text), budget, "What became of the goods?")
    assert estimate(made.text) <= budget.tokens
    assert re.search(r"(?m)^[-+] .*self\.goods", made.text)
    assert re.search(r"of \d+ lines", made.omitted)


@hypothesis_settings(max_examples=100, deadline=None)
@given(lines, lines, st.booleans(), st.booleans())
def test_comes_back_whatever_differs(tmp_path_factory, before, after, old_end, new_end):
    folder = tmp_path_factory.mktemp("pair")
    paths = [folder / "old", folder / "new"]
    for path, side, end in zip(paths, (before, after), (old_end, new_end), strict=True):
        path.write_text("\n".join(side) + "\n" * end)
    text = subprocess.run(["diff", *paths], capture_output=True, text=True, check=False).stdout
    made = unified(text)
    assert (made is None) == (not text)
    if made is not None:
        assert normal(made) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1c1\n< a\n> b\n", id="nothing between the sides"),
        pytest.param("1,3c1\n< a\n---\n> b\n", id="cut off"),
        pytest.param("1c1\n< a\n---\n> b\n@@ -1 +1 @@\n-x\n+y\n", id="another patch"),
        pytest.param("> quoted\n> twice\n\n1a2\n", id="a letter"),
    ],
)
def test_is_no_such_diff(text):
    assert unified(text) is None
