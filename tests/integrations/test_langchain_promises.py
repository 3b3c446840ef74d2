"""What holds for every conversation that LangChain can pass on."""

from __future__ import annotations

import pickle

from hypothesis import given, settings, strategies as st
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)

from headroom_integrations.langchain import HeadroomCompressor
from tests.integrations.langchain_talk import refuse_broken
from tests.integrations.payloads import LOG, RECORDS, SHORT

TEXTS = st.sampled_from([SHORT, RECORDS, LOG, "", "héé\ud800", RECORDS[:3000]])
CONTENTS = st.one_of(
    TEXTS.filter(bool),
    st.lists(
        st.one_of(
            TEXTS.filter(bool),
            TEXTS.map(lambda text: {"type": "text", "text": text}),
            st.just({"type": "image", "base64": "AAAA"}),
        ),
        min_size=1,
        max_size=3,
    ),
)


@st.composite
def conversations(draw: st.DrawFn) -> list[BaseMessage]:
    messages: list[BaseMessage] = [SystemMessage(RECORDS)]
    for turn in range(draw(st.integers(1, 3))):
        messages.append(HumanMessage(draw(TEXTS), id=f"h{turn}"))
        count = draw(st.integers(0, 3))
        names = [draw(st.sampled_from(["ls", "Read", "headroom_retrieve"])) for _ in range(count)]
        calls = [{"name": n, "args": {"q": n}, "id": f"{turn}.{i}"} for i, n in enumerate(names)]
        messages.append(AIMessage(draw(TEXTS), tool_calls=calls, id=f"a{turn}"))
        for call in draw(st.permutations(calls)):
            status = draw(st.sampled_from(["success", "error"]))
            messages.append(
                ToolMessage(
                    draw(CONTENTS), tool_call_id=call["id"], status=status, artifact=[call["id"]]
                )
            )
    return messages


@settings(max_examples=60, deadline=None)
@given(messages=conversations(), mode=st.sampled_from(["lossless", "aggressive"]))
def test_random_conversations_keep_their_shape(messages: list[BaseMessage], mode: str) -> None:
    compressor = HeadroomCompressor(mode=mode, store_url="memory")  # type: ignore[arg-type]
    before = pickle.dumps(messages)
    new = compressor.invoke(messages)
    assert pickle.dumps(messages) == before
    refuse_broken(new)
    for old, shorter in zip(messages, new, strict=True):
        if not isinstance(old, ToolMessage):
            assert shorter is old
        same = {"content", "response_metadata"}
        assert shorter.model_dump(exclude=same) == old.model_dump(exclude=same)
    assert compressor.invoke(new) is new
    for end in range(1, len(messages)):
        assert compressor.invoke(messages[:end]) == new[:end], "the past never changes"
