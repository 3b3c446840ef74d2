"""What every compressor promises. New compressors are picked up by themselves."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from headroom_core import Block, Budget, expand
from headroom_core.compressors import default_compressors
from headroom_core.tokenizers.estimate import estimate
from tests.compressors.inputs import HOSTILE, TYPICAL
from tests.pace import within
from tests.strategies import any_text, payloads
from tests.tokens import same_text

LOSSLESS = Budget(None, estimate)
TIGHT = Budget(120, estimate)
every_compressor = pytest.mark.parametrize(
    "compressor", default_compressors(), ids=lambda c: c.name
)
ENOUGH = 20_000
every_text = pytest.mark.parametrize(
    "text",
    [*TYPICAL.values(), *(text[:ENOUGH] for text in HOSTILE.values())],
    ids=[*TYPICAL, *HOSTILE],
)
quick = hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def test_names_are_unique_and_can_stand_in_an_envelope():
    names = [compressor.name for compressor in default_compressors()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z]+", name) for name in names)


@every_compressor
@every_text
def test_detect_is_a_probability(compressor, text):
    assert 0.0 <= compressor.detect(Block(text)) <= getattr(compressor, "surest", 1.0) <= 1.0


@every_compressor
@every_text
@pytest.mark.parametrize("budget", [LOSSLESS, TIGHT], ids=["lossless", "tight"])
def test_same_input_same_output(compressor, text, budget):
    first = compressor.compress(Block(text), budget, "which node failed?")
    assert compressor.compress(Block(text), budget, "which node failed?") == first


@every_compressor
@every_text
def test_without_a_token_limit_nothing_is_omitted(compressor, text):
    made = compressor.compress(Block(text), LOSSLESS)
    assert made.omitted == ""
    assert same_text(expand(made.text), text)


@every_compressor
@quick
@given(text=st.one_of(payloads, any_text), tokens=st.none() | st.integers(0, 2000))
def test_any_text_under_any_budget(compressor, text, tokens):
    made = compressor.compress(Block(text), Budget(tokens, estimate), "what about gamma?")
    if made.omitted == "":
        assert made.text == text or same_text(expand(made.text), text)
    else:
        assert tokens is not None
        shown = re.search(r"([\d,]+)(?: of ([\d,]+))?", made.omitted)
        assert shown, made.omitted
        if shown[2]:
            assert 0 < int(shown[1].replace(",", "")) <= int(shown[2].replace(",", ""))


@every_compressor
@quick
@given(body=any_text)
def test_expanding_nonsense_is_a_value_error_or_a_text(compressor, body):
    with contextlib.suppress(ValueError):
        assert isinstance(compressor.expand(body), str)


@every_compressor
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("budget", [LOSSLESS, TIGHT], ids=["lossless", "tight"])
def test_hostile_text_is_no_disaster(compressor, text, budget):
    def work():
        compressor.detect(Block(text))
        compressor.compress(Block(text), budget, "which node failed?")

    within(1 + 4 * len(text) / 1e6, work)
