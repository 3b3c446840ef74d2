"""Promises 6 and 7 of docs/design.md: what was fetched stays whole, tenants are walls."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from headroom_core import UnknownKeyError
from tests.promises.helpers import headroom, modes, properties
from tests.strategies import anthropic_turn, conversations, openai_turn, payloads, tool_texts

# 6. What was fetched back stays whole. Seen to fail without `is_retrieve_tool` and `_is_ours`.


@properties
@given(payloads, st.sampled_from([openai_turn, anthropic_turn]))
def test_a_retrieved_original_arrives_whole(payload, make_turn):
    hr = headroom()
    messages = [
        {"role": "user", "content": "look"},
        *make_turn("a", "search", {}, payload),
        *make_turn("b", "headroom_retrieve", {"hash": "x"}, payload),
        *make_turn("c", "mcp__headroom__headroom_retrieve", {"hash": "x"}, payload),
    ]
    assert tool_texts(hr.compress(messages).messages)[1:] == [payload, payload]


@properties
@given(conversations(), modes)
def test_compressing_twice_changes_nothing(messages, mode):
    hr = headroom(mode)
    once = hr.compress(messages)
    twice = hr.compress(once.messages)
    assert twice.messages == once.messages


# 7. Tenants are walls. Seen to fail with the scope left out of `make_key`.


@properties
@given(payloads, st.text(max_size=9), st.text(max_size=9))
def test_another_scope_gets_the_answer_of_a_key_that_never_existed(payload, mine, other):
    hr = headroom("aggressive")
    result = hr.compress([{"role": "tool", "content": payload}], scope=mine)
    for event in result.events:
        if not event.key or mine == other:
            continue
        assert hr.retrieve(event.key, scope=mine).text == payload
        invented = "f" * 24
        with pytest.raises(UnknownKeyError) as foreign:
            hr.retrieve(event.key, scope=other)
        with pytest.raises(UnknownKeyError) as never:
            hr.retrieve(invented, scope=other)
        assert str(foreign.value).replace(event.key, "") == str(never.value).replace(invented, "")
        theirs = hr.compress([{"role": "tool", "content": payload}], scope=other)
        assert not {m.key for m in theirs.markers} & {m.key for m in result.markers}
