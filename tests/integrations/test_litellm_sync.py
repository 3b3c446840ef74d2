"""LiteLLM's sync calls: what a callback can do for them, and the functions that do it all."""

from __future__ import annotations

import asyncio
from typing import Any

import litellm
import pytest

import headroom_integrations.litellm as headroom_litellm
from headroom_core.marker import find_markers
from headroom_core.retrieval import TOOL_NAME
from headroom_integrations.fake_provider import FakeProvider, retrieve_once, retrieved_texts
from headroom_integrations.litellm import HeadroomCallback, sync
from tests.integrations import litellm_talk as talk
from tests.integrations.litellm_talk import offered, said

pytestmark = [pytest.mark.filterwarnings(rule) for rule in talk.THEIR_WARNINGS]


def openai(provider: FakeProvider) -> dict[str, Any]:
    return {"model": "openai/gpt-4o", "api_base": provider.openai_url, "api_key": "-"}


def anthropic(provider: FakeProvider) -> dict[str, Any]:
    url = provider.anthropic_url
    return {"model": "anthropic/claude-sonnet-4-5", "api_base": url, "api_key": "-"}


targets = pytest.mark.parametrize("target", [openai, anthropic])


@targets
def test_a_plain_sync_call_is_respelled_without_loss(
    target: Any,
    provider: FakeProvider,
    callback: HeadroomCallback,
    caplog: pytest.LogCaptureFixture,
) -> None:
    messages = talk.history("chat")
    for _ in range(2):
        litellm.completion(messages=messages, tools=talk.tools("chat"), **target(provider))
    request = provider.requests[0]
    assert len(request.data) < 0.6 * len(talk.PAYLOAD)
    assert not find_markers(said(request.body))
    assert offered(request.body) == ["list_requests"]
    assert messages == talk.history("chat")
    ours = [record for record in caplog.records if record.name == "headroom"]
    assert len(ours) == 1
    assert "headroom_integrations.litellm.completion" in ours[0].getMessage()


@targets
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_our_completion_runs_the_whole_loop(
    target: Any, stream: bool, provider: FakeProvider, callback: HeadroomCallback
) -> None:
    provider.respond = retrieve_once
    answer = headroom_litellm.completion(
        messages=talk.history("chat"),
        tools=talk.tools("chat"),
        stream=stream,
        **target(provider),
    )
    assert talk.sha(talk.PAYLOAD) in text_of(answer, stream)
    assert retrieved_texts(provider.requests[1].body) == [talk.PAYLOAD]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_our_responses_runs_the_whole_loop(
    stream: bool, provider: FakeProvider, callback: HeadroomCallback
) -> None:
    provider.respond = retrieve_once
    answer = headroom_litellm.responses(
        talk.history("responses"),
        tools=talk.tools("responses"),
        stream=stream,
        **openai(provider),
    )
    assert talk.sha(talk.PAYLOAD) in text_of(answer, stream)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_the_sync_responses_of_litellm_run_the_whole_loop(
    stream: bool, provider: FakeProvider, callback: HeadroomCallback
) -> None:
    provider.respond = retrieve_once
    answer = litellm.responses(
        input=talk.history("responses"),
        tools=talk.tools("responses"),
        stream=stream,
        **openai(provider),
    )
    assert talk.sha(talk.PAYLOAD) in text_of(answer, stream)


def test_without_a_callback_our_completion_brings_its_own_and_no_other_call_changes(
    provider: FakeProvider, clean_litellm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADROOM_STORE_URL", "memory")
    sync._default_callback.cache_clear()
    litellm.callbacks = []
    messages = talk.history("chat")
    headroom_litellm.completion(messages=messages, **openai(provider))
    assert TOOL_NAME in offered(provider.requests[0].body)
    litellm.completion(messages=messages, **openai(provider))
    asyncio.run(litellm.acompletion(messages=messages, **openai(provider)))
    for request in provider.requests[1:]:
        assert request.messages[-1] == messages[-1]


def test_a_stream_may_be_left_before_its_end(
    provider: FakeProvider, callback: HeadroomCallback
) -> None:
    messages = [{"role": "user", "content": "Say a word."}]
    stream = headroom_litellm.completion(messages=messages, stream=True, **openai(provider))
    next(stream)
    stream.close()
    assert headroom_litellm.completion(messages=messages, **openai(provider)).choices


def test_an_error_of_the_provider_reaches_the_caller(provider: FakeProvider) -> None:
    from headroom_integrations.fake_provider import Reply

    provider.respond = lambda body: Reply("no such key", status=401)
    with pytest.raises(litellm.AuthenticationError):
        headroom_litellm.completion(messages=talk.history("chat"), **openai(provider))


def test_a_call_from_inside_an_async_call_says_what_to_do_instead(
    provider: FakeProvider, callback: HeadroomCallback
) -> None:
    async def nested() -> None:
        headroom_litellm.completion(messages=[], **openai(provider))

    with pytest.raises(RuntimeError, match=r"use litellm\.acompletion"):
        sync._background(sync.os.getpid()).run(nested())


def text_of(answer: Any, stream: bool) -> str:
    async def chunks() -> Any:
        for chunk in answer:
            yield chunk

    return asyncio.run(talk.told(chunks() if stream else answer))
