"""The LangChain plug-in, with LangChain's own chains, prompts and models."""

from __future__ import annotations

import asyncio
import pickle
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.messages import (
    AIMessage,
    FunctionMessage,
    HumanMessage,
    RemoveMessage,
    SystemMessage,
    ToolMessage,
)
from langchain_core.prompt_values import ChatPromptValue, StringPromptValue
from langchain_core.runnables import AddableDict

from headroom_core.marker import find_markers
from headroom_integrations.langchain import HeadroomCompressor
from tests.integrations.langchain_talk import conversation, text_of
from tests.integrations.payloads import LOG, RECORDS, SHORT


@pytest.fixture(autouse=True)
def _memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADROOM_STORE_URL", "memory")


LC_CALL = {"name": "headroom_retrieve", "args": {}, "id": "c"}
CALL = {"id": "c", "type": "function", "function": {"name": "ls", "arguments": "{}"}}

ACCEPTED = [
    pytest.param(RECORDS, id="a string"),
    pytest.param(ChatPromptValue(messages=conversation()), id="a chat prompt"),
    pytest.param(ToolMessage(RECORDS, tool_call_id="c"), id="a message"),
    pytest.param(FunctionMessage(content=RECORDS, name="ls"), id="a function message"),
    pytest.param(conversation(), id="a list of messages"),
    pytest.param(tuple(conversation()), id="a tuple of messages"),
    pytest.param(
        [
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": None, "tool_calls": [CALL]},
            {"role": "tool", "tool_call_id": "c", "content": RECORDS},
        ],
        id="a list of dicts",
    ),
    pytest.param([("human", "hi"), *conversation()[2:], "go on"], id="a list of all kinds"),
    pytest.param(Document(RECORDS, id="d"), id="a document"),
    pytest.param([Document("short"), Document(RECORDS)], id="a list of documents"),
    pytest.param({"messages": conversation(), "user": "x"}, id="a dict with messages"),
    pytest.param({"context": [Document(LOG)], "question": "why?"}, id="a dict with documents"),
    pytest.param({"p": ChatPromptValue(messages=conversation())}, id="a dict with a prompt"),
    pytest.param(AddableDict(docs=[Document(LOG)]), id="a dict as chains stream it"),
]


@pytest.mark.parametrize("value", ACCEPTED)
def test_the_same_type_comes_back_shorter(value: Any) -> None:
    before = pickle.dumps(value)
    shorter = HeadroomCompressor().invoke(value)
    assert type(shorter) is type(value)
    assert len(text_of(shorter)) < len(text_of(value))
    assert pickle.dumps(value) == before
    assert asyncio.run(HeadroomCompressor().ainvoke(value)) == shorter
    assert HeadroomCompressor().invoke(shorter) is shorter, "twice is once"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param(7, id="a number"),
        pytest.param([], id="an empty list"),
        pytest.param({}, id="an empty dict"),
        pytest.param([RECORDS, LOG], id="a list of strings"),
        pytest.param([Document("a"), HumanMessage("b")], id="a mixed list"),
        pytest.param([{"id": 1}, {"id": 2}], id="a list of data"),
        pytest.param([("rows", RECORDS)], id="pairs that are no messages"),
        pytest.param({"rows": RECORDS, "n": 1}, id="a dict of plain strings"),
        pytest.param(SHORT, id="a short string"),
        pytest.param(conversation(SHORT), id="a short conversation"),
        pytest.param([Document(SHORT)], id="short documents"),
        pytest.param({"messages": conversation(SHORT)}, id="a dict of short messages"),
        pytest.param(StringPromptValue(text=RECORDS), id="a string prompt: the user's own words"),
        pytest.param(HumanMessage(RECORDS), id="what the user said"),
        pytest.param(AIMessage(RECORDS), id="what the model said"),
        pytest.param(SystemMessage(RECORDS), id="instructions"),
        pytest.param([RemoveMessage(id="x")], id="a removal"),
        pytest.param(
            ToolMessage(RECORDS, tool_call_id="c", response_metadata={"headroom": {}}),
            id="a message that another process has shortened",
        ),
        pytest.param(
            Document(RECORDS, metadata={"headroom": {}}),
            id="a document that another process has shortened",
        ),
        pytest.param(
            conversation(RECORDS, "headroom_retrieve"), id="what was fetched back, by its call"
        ),
        pytest.param(
            ToolMessage(RECORDS, name="mcp__x__headroom_retrieve", tool_call_id="c"),
            id="what was fetched back, by its name",
        ),
        pytest.param(
            [
                {
                    "role": "ai",
                    "content": "",
                    "tool_calls": [{"name": "headroom_retrieve", "args": {}, "id": "c"}],
                },
                {"role": "tool", "tool_call_id": "c", "content": RECORDS},
            ],
            id="what was fetched back, in dicts as LangChain writes them",
        ),
    ],
)
def test_what_must_not_change_comes_back_as_the_same_object(value: Any) -> None:
    assert HeadroomCompressor().invoke(value) is value


def test_a_tool_message_keeps_all_but_its_text() -> None:
    message = ToolMessage(
        RECORDS,
        tool_call_id="call_1",
        id="m1",
        name="list_orders",
        status="error",
        artifact={"rows": 300},
        additional_kwargs={"a": 1},
        response_metadata={"b": 2},
    )
    shorter = HeadroomCompressor(mode="aggressive").invoke(message)
    note = shorter.response_metadata["headroom"]
    assert note["tokens_after"] < note["tokens_before"]
    assert note["hashes"] == [marker.key for marker in find_markers(shorter.content)]
    assert (
        message.model_copy(
            update={
                "content": shorter.content,
                "response_metadata": {"b": 2, "headroom": note},
            }
        )
        == shorter
    )


def test_only_text_blocks_change_and_they_keep_their_other_keys() -> None:
    image = {"type": "image", "base64": "A" * 4000, "mime_type": "image/png"}
    cached = {"type": "text", "text": RECORDS, "cache_control": {"type": "ephemeral"}}
    message = ToolMessage([image, cached, LOG, "short"], tool_call_id="c")
    new = HeadroomCompressor().invoke(message).content
    assert new[0] is message.content[0]
    assert new[1] == {**cached, "text": new[1]["text"]}
    assert len(new[1]["text"]) < len(RECORDS)
    assert isinstance(new[2], str)
    assert len(new[2]) < len(LOG)
    assert new[3] == "short"


def test_thinking_and_cache_marks_elsewhere_are_the_same_objects() -> None:
    thinking = {"type": "thinking", "thinking": LOG, "signature": "sig=="}
    call = {"type": "tool_use", "id": "call_1", "name": "list_orders", "input": {}}
    messages = conversation()
    messages[2] = AIMessage([thinking, call], tool_calls=messages[2].tool_calls)  # type: ignore[attr-defined]
    new = HeadroomCompressor().invoke(messages)
    assert all(a is b for a, b in zip(new[:3], messages[:3], strict=True))
    assert new[3] is not messages[3]


def test_the_users_payload_is_shortened_only_if_asked_for() -> None:
    said = HumanMessage(f"Which one failed?\n```json\n{RECORDS}\n```")
    assert HeadroomCompressor().invoke(said) is said
    shorter = HeadroomCompressor(roles=("tool", "user")).invoke(said)
    assert shorter.content.startswith("Which one failed?\n")
    assert len(shorter.content) < len(said.content)
    prompt = StringPromptValue(text=said.content)
    assert HeadroomCompressor(roles=("user",)).invoke(prompt).text == shorter.content


def test_skipped_tools_are_left_alone_whatever_the_shape() -> None:
    compressor = HeadroomCompressor(skip_tools=("list_orders",))
    assert compressor.invoke(value := conversation()) is value


def test_plain_strings_in_a_dict_are_shortened_if_named() -> None:
    other = {"rows": [1, 2]}
    value = {"context": LOG, "rest": LOG, "other": other, "question": "why did order-77 fail?"}
    new = HeadroomCompressor(keys=("context",)).invoke(value)
    assert list(new) == list(value)
    assert len(new["context"]) < len(LOG)
    assert new["rest"] is value["rest"]
    assert new["other"] is other


@pytest.mark.parametrize("mode", ["lossless", "balanced"])
def test_a_document_can_be_read_without_the_others(mode: str) -> None:
    compressor = HeadroomCompressor(mode=mode)
    texts = [RECORDS, RECORDS, LOG, f"{LOG}\nand one line more", RECORDS.replace("1", "2")]
    alone = [compressor.invoke([Document(text)])[0].page_content for text in texts]
    together = compressor.invoke([Document(text) for text in texts])
    assert [document.page_content for document in together] == alone


@pytest.mark.parametrize("key", ["question", "query", "input"])
def test_documents_are_shortened_by_the_question(key: str) -> None:
    compressor = HeadroomCompressor(mode="aggressive")
    documents = [Document(LOG, id="a", metadata={"source": "x"})]
    wanted = "request 26496 "
    assert wanted in LOG
    assert wanted not in compressor.invoke(documents)[0].page_content
    new = compressor.invoke({key: "what about request 26496?", "docs": documents})["docs"][0]
    assert wanted in new.page_content
    assert (new.id, new.metadata["source"]) == ("a", "x")
    assert new.metadata["headroom"]["hashes"]
    named = HeadroomCompressor(mode="aggressive", query_key="q")
    assert named.invoke({"q": "what about request 26496?", key: "x", "d": documents})["d"] == [new]
