"""Promise 4 of docs/design.md: instructions are sacred."""

from __future__ import annotations

import copy
import json
import re

from hypothesis import given, strategies as st

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


WRAPPERS = {
    "a fence": ("```json\n", "\n```"),
    "a tag": ('<document index="1">\n', "\n</document>"),
    "nothing": ("", ""),
}
QUESTION = "Which of these failed, and why? Answer in one word."
ROWS = [json.dumps([{"id": n, "state": "ok", "k": n * k} for n in range(90)]) for k in (2, 3)]


@properties
@given(
    st.sampled_from(["start", "middle", "end"]),
    st.lists(st.tuples(payloads, st.sampled_from(["a fence", "a tag"])), min_size=2, max_size=3)
    | st.just([(ROWS[0], "nothing"), (ROWS[1], "nothing")]),
    st.text(max_size=20).filter(lambda text: not set("\n\r`~<") & set(text)),
    modes,
)
def test_the_words_of_a_user_stay_wherever_they_stand(where, parts, words, mode):
    """Seen to fail with the prose between payloads given to the compressors."""
    asked = {"start": 0, "middle": 1, "end": len(parts)}[where]
    said = [f"Part {n}: {words}" for n in range(len(parts) + 1)]
    said[asked] = QUESTION
    text, pattern = said[0], re.escape(said[0])
    for (payload, wrapper), after in zip(parts, said[1:], strict=True):
        opening, closing = WRAPPERS[wrapper]
        text += f"\n{opening}{payload}{closing}\n{after}"
        pattern += f"\n{re.escape(opening)}.*{re.escape(closing)}\n{re.escape(after)}"
    roles = {"tool", "user"}
    hr = Headroom(Settings(mode=mode, roles=roles, store_url="memory", min_tokens=50, strict=True))
    result = hr.compress([{"role": "user", "content": text}])
    (sent,) = (message["content"] for message in result.messages)
    end = rf"(?:\n{re.escape(str(result.markers[0]))})" if result.markers else ""
    assert re.fullmatch(pattern + end, sent, re.DOTALL)
    if result.events[0].key:
        assert hr.retrieve(result.events[0].key).text == text


@properties
@given(payloads, st.sampled_from(["Why? ", "OBSERVATION: ", "$ "]))
def test_by_default_no_word_of_a_user_is_touched(payload, words):
    text = f"{words}\n```\n{payload}\n```\n(Current directory: /src)\nbash-$"
    messages = [
        {"role": "user", "content": text},
        {"role": "assistant", "content": "```\nls\n```"},
        {"role": "user", "content": text},
    ]
    assert headroom().compress(messages).messages == messages
