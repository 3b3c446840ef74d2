"""Promise 4 of docs/design.md: instructions are sacred."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from headroom_core import Headroom, Settings
from tests.promises.helpers import headroom, modes, properties
from tests.strategies import conversations, payloads

# 4. Instructions are sacred. Seen to fail with "assistant" or "system" read as a tool.


def without_tool_texts(messages):
    """Return a deep copy in which the text of every tool result is blank."""
    copied = copy.deepcopy(messages)
    for message in copied:
        if message["role"] == "tool":
            message["content"] = ""
        elif message["role"] == "user" and isinstance(message["content"], list):
            for part in message["content"]:
                part["content"][0]["text"] = ""
    return copied


@properties
@given(conversations(), modes)
def test_only_the_text_of_tool_results_changes(messages, mode):
    before = copy.deepcopy(messages)
    result = headroom(mode).compress(messages)
    assert messages == before
    assert without_tool_texts(result.messages) == without_tool_texts(messages)
    for old, new in zip(messages, result.messages, strict=True):
        if old == new:
            assert old is new


@properties
@given(payloads, st.sampled_from(["Why? ", "Read this:\n\n", ""]))
def test_the_words_of_a_user_stay_when_a_payload_is_compressed(payload, words):
    hr = Headroom(Settings(roles={"tool", "user"}, store_url="memory", min_tokens=50, strict=True))
    text = f"{words}\n<output>\n{payload}\n</output>\nAnd what then?"
    (sent,) = hr.compress([{"role": "user", "content": text}]).messages
    assert sent["content"].startswith(f"{words}\n<output>\n")
    assert "\n</output>\nAnd what then?" in sent["content"]
