"""The model asks LiteLLM for an original, and never waits for the client."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import litellm
import pytest

from headroom_core import Settings
from headroom_core.marker import find_markers
from headroom_core.retrieval import TOOL_NAME, anthropic_tool, openai_tool
from headroom_integrations.fake_provider import (
    FakeProvider,
    Reply,
    ToolCall,
    retrieve_always,
    retrieve_once,
    retrieved_texts,
)
from headroom_integrations.litellm import HeadroomCallback
from tests.integrations import litellm_talk as talk
from tests.integrations.conftest import Run
from tests.integrations.litellm_talk import each_stream, each_way, offered, said

pytestmark = [pytest.mark.filterwarnings(rule) for rule in talk.THEIR_WARNINGS]


@each_stream
@each_way
def test_the_model_gets_the_exact_original_back(
    way: str, stream: bool, provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    provider.respond = retrieve_once
    answer = run(talk.send(way, provider, talk.history(way), stream))
    first, second = (request.body for request in provider.requests)
    assert retrieved_texts(second) == [talk.PAYLOAD]
    assert talk.sha(talk.PAYLOAD) in answer
    assert said(second).startswith(said(first)[:-1])


@each_stream
@each_way
def test_a_model_that_always_retrieves_ends_with_words(
    way: str, stream: bool, provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    provider.respond = retrieve_always
    answer = run(talk.send(way, provider, talk.history(way), stream))
    assert talk.sha(talk.PAYLOAD) in answer
    assert len(provider.requests) == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param({"hash": "0" * 24}, "Nothing is kept", id="a key nobody ever issued"),
        pytest.param({"hash": ""}, "Nothing is kept", id="an empty key"),
        pytest.param({}, "Nothing is kept", id="no key at all"),
        pytest.param({"hash": ["x"]}, "Nothing is kept", id="a list for a key"),
    ],
)
def test_a_bad_key_gets_a_calm_answer(
    arguments: dict[str, Any],
    told: str,
    provider: FakeProvider,
    callback: HeadroomCallback,
    run: Run,
) -> None:
    def respond(body: Mapping[str, Any]) -> Reply:
        texts = retrieved_texts(body)
        return Reply(texts[0]) if texts else Reply("", (ToolCall(TOOL_NAME, arguments),))

    provider.respond = respond
    assert told in run(talk.send("chat", provider, talk.history("chat")))


def test_rows_that_the_model_asks_for_are_all_it_gets(
    provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    def respond(body: Mapping[str, Any]) -> Reply:
        if texts := retrieved_texts(body):
            return Reply(texts[0])
        key = find_markers(said(body))[0].key
        return Reply("", (ToolCall(TOOL_NAME, {"hash": key, "rows": "3", "path": "$"}),))

    provider.respond = respond
    answer = run(talk.send("chat", provider, talk.history("chat", talk.rows(300))))
    assert answer.startswith("[[2], row 3 of 300, line 1 of 1, characters ")
    assert json.loads(answer.partition("\n")[2]) == json.loads(talk.rows(300))[2]


def test_a_key_that_stands_in_another_request_is_unknown_in_this_one(
    provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    run(talk.send("chat", provider, talk.history("chat", talk.rows(300, seed=9))))
    foreign = find_markers(said(provider.requests[0].body))[0].key

    def respond(body: Mapping[str, Any]) -> Reply:
        texts = retrieved_texts(body)
        return Reply(texts[0]) if texts else Reply("", (ToolCall(TOOL_NAME, {"hash": foreign}),))

    provider.respond = respond
    assert "Nothing is kept" in run(talk.send("chat", provider, talk.history("chat")))


def test_another_key_of_the_proxy_cannot_fetch_an_original(
    provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    mine = {"metadata": {"user_api_key_hash": "a" * 64}}
    theirs = {"metadata": {"user_api_key_hash": "b" * 64}}
    run(talk.send("chat", provider, talk.history("chat"), **mine))
    marked = talk.history("chat", provider.requests[0].messages[-1]["content"])
    provider.respond = retrieve_once
    run(talk.send("chat", provider, marked, **theirs))
    assert TOOL_NAME not in offered(provider.requests[1].body)
    answer = run(talk.send("chat", provider, marked, **mine))
    assert talk.sha(talk.PAYLOAD) in answer


def test_a_foreign_call_in_the_same_turn_is_left_to_the_next_one(
    provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    def respond(body: Mapping[str, Any]) -> Reply:
        reply = retrieve_once(body)
        other = ToolCall("list_requests", {"page": 2})
        return Reply(reply.text, (*reply.tool_calls, other)) if reply.tool_calls else reply

    provider.respond = respond
    run(talk.send("chat", provider, talk.history("chat")))
    *_, turn, result = provider.requests[1].messages
    assert [call["id"] for call in turn["tool_calls"]] == [result["tool_call_id"]]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"tool_choice": "none"}, id="no tool may be called"),
        pytest.param(
            {"tool_choice": {"type": "function", "function": {"name": "list_requests"}}},
            id="another tool must be called",
        ),
    ],
)
def test_the_tool_is_not_offered_when(
    options: dict[str, Any], provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    run(talk.send("chat", provider, talk.history("chat"), **options))
    body = provider.requests[0].body
    assert offered(body) == ["list_requests"]
    assert find_markers(said(body))


def test_retrieval_off_leaves_tools_alone(
    provider: FakeProvider, clean_litellm: None, run: Run
) -> None:
    litellm.callbacks = [HeadroomCallback(Settings(store_url="memory"), retrieval="off")]
    run(talk.send("chat", provider, talk.history("chat")))
    body = provider.requests[0].body
    assert offered(body) == ["list_requests"]
    assert find_markers(said(body))


@each_stream
@pytest.mark.parametrize("way", ["chat", "anthropic"])
def test_a_client_that_brought_the_tool_answers_it_itself(
    way: str, stream: bool, provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    own = anthropic_tool() if way == "anthropic" else openai_tool()
    provider.respond = retrieve_once
    with pytest.raises(AssertionError, match="handed a tool call"):
        run(talk.send(way, provider, talk.history(way), stream, tools=[*talk.tools(way), own]))
    assert len(provider.requests) == 1
    assert offered(provider.requests[0].body) == ["list_requests", TOOL_NAME]
