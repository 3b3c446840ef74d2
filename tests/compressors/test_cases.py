"""Whole renderings, to be read by people: `pytest --update-cases` writes them, the diff tells."""

from __future__ import annotations

import pytest

from headroom_core import Block, Budget, expand
from headroom_core.compressors import default_compressors
from headroom_core.tokenizers.estimate import estimate
from tests.compressors.case_inputs import CASES
from tests.tokens import same_text

COMPRESSORS = {compressor.name: compressor for compressor in default_compressors()}
cases = pytest.mark.parametrize("name", CASES)


@cases
def test_lossless(name, same_as_case):
    text, query = CASES[name]
    compressor = COMPRESSORS[name.partition("/")[0]]
    assert compressor.detect(Block(text)) > 0.5
    made = compressor.compress(Block(text), Budget(None, estimate), query)
    assert made.omitted == ""
    assert same_text(expand(made.text), text)
    same_as_case(f"{name}.lossless", made.text)


@cases
def test_under_a_budget(name, same_as_case):
    text, query = CASES[name]
    compressor = COMPRESSORS[name.partition("/")[0]]
    ceiling = 60 + int(0.13 * estimate(text))
    budget = Budget(ceiling, estimate, cut_tokens=2 * ceiling)
    made = compressor.compress(Block(text), budget, query)
    assert made.omitted or same_text(expand(made.text), text)
    assert estimate(made.text) <= 2 * ceiling
    same_as_case(f"{name}.cut", f"omitted: {made.omitted or 'nothing'}\n{made.text}")
