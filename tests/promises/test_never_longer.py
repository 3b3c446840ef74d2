"""Promise 5 of docs/design.md: never longer, never louder."""

from __future__ import annotations

from hypothesis import given, strategies as st

from headroom_core import Compressed, Headroom, Settings, repeats
from headroom_core.compressors import default_compressors
from headroom_core.store.memory import MemoryStore
from headroom_core.tokenizers import tokenizer_for
from tests.promises.helpers import headroom, modes, properties
from tests.strategies import conversations, payloads, tool_texts

# 5. Never longer, never louder. Seen to fail without the comparison in `_count`, and with a
# `safely` that raises.


@properties
@given(conversations(), modes, st.sampled_from(["gpt-4o", "gpt-4", "claude-sonnet-4-5", ""]))
def test_never_longer(messages, mode, model):
    result = headroom(mode).compress(messages, model=model)
    assert result.tokens_after <= result.tokens_before
    count = tokenizer_for(model).count
    for original, text in zip(tool_texts(messages), tool_texts(result.messages), strict=True):
        assert count(text) <= count(original)


class Careless:
    """A compressor that returns whatever it was given, longer or not, and says it omits some."""

    name = "careless"

    def __init__(self, text, omitted):
        self.made = Compressed(text, omitted)

    def detect(self, block):
        return 1.0

    def compress(self, block, budget, query=""):
        return self.made

    def expand(self, body):
        raise ValueError


@properties
@given(payloads, payloads, st.sampled_from(["", "1 of 2 rows"]), st.integers(-90, 90))
def test_never_longer_whatever_a_compressor_does(payload, other, omitted, cut):
    for text in (other, payload[: len(payload) - 90 + cut], payload.replace(" ", "\u2003")):
        result = headroom(compressors=[Careless(text, omitted)]).compress(
            [{"role": "tool", "content": payload}], model="gpt-4o"
        )
        count = tokenizer_for("gpt-4o").count
        assert count(result.messages[0]["content"]) <= count(payload)
        assert len(result.messages[0]["content"]) <= len(payload)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | payloads,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "type", "text", "tool_call_id", "tool_calls", "id"])
            | st.text(max_size=5),
            inner
            | st.sampled_from(["tool", "user", "text", "tool_result", "function_call_output"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@properties
@given(st.lists(junk, max_size=4))
def test_any_junk_goes_through(messages):
    before = repr(messages)
    hr = headroom()
    result = hr.compress(messages)
    assert repr(messages) == before
    assert len(result.messages) == len(messages)


class Broken:
    """A compressor that raises on some blocks."""

    name = "broken"

    def detect(self, block):
        return 1.0 if "beta" in block.text else 0.0

    def compress(self, block, budget, query=""):
        raise RuntimeError(block.text)

    def expand(self, body):
        raise ValueError


@properties
@given(conversations())
def test_a_failing_block_never_affects_its_neighbour(messages):
    settings = Settings(store_url="memory", min_tokens=50)
    store, alone = MemoryStore(), MemoryStore()
    alone._secret = store.secret
    result = Headroom(
        settings, store=store, compressors=[Broken(), *default_compressors()]
    ).compress(messages)
    expected = Headroom(settings, store=alone).compress(messages)
    for event, original, text, usual in zip(
        result.events,
        tool_texts(messages),
        tool_texts(result.messages),
        tool_texts(expected.messages),
        strict=True,
    ):
        if event.compressor == repeats.NAME:
            continue  # what failed above went whole, and can be pointed to
        assert text == (original if event.outcome == "failed" else usual)
        assert (event.outcome == "failed") == (
            "beta" in original and event.reason == "RuntimeError"
        )
