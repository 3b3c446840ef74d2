"""LiteLLM's async calls, proven by the bytes that reach a provider."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import litellm
import pytest

from headroom_core import Headroom, Settings, StoreError
from headroom_core.marker import find_markers
from headroom_core.retrieval import TOOL_NAME
from headroom_core.store.memory import MemoryStore
from headroom_integrations.fake_provider import (
    FakeProvider,
    Reply,
    retrieve_once,
)
from headroom_integrations.litellm import HeadroomCallback
from tests.integrations import litellm_talk as talk
from tests.integrations.conftest import Run
from tests.integrations.litellm_talk import each_stream, each_way, offered, said

pytestmark = [pytest.mark.filterwarnings(rule) for rule in talk.THEIR_WARNINGS]


@each_stream
@each_way
def test_the_tool_result_is_sent_shorter(
    way: str, stream: bool, provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    messages = talk.history(way)
    before = copy.deepcopy(messages)
    answer = run(talk.send(way, provider, messages, stream))
    request = provider.requests[0]
    assert answer == "This is a plain answer."
    assert len(request.data) < 0.4 * len(talk.PAYLOAD)
    assert json.dumps(talk.SYSTEM)[1:-1] in json.dumps(request.body)
    assert talk.QUESTION in said(request.body)
    assert messages == before
    assert offered(request.body).count(TOOL_NAME) == 1


@pytest.mark.parametrize("way", ["chat", "responses", "anthropic"])
def test_a_growing_conversation_never_changes_its_past(
    way: str, provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    messages = talk.history(way)
    for turn in range(2, 7):
        run(talk.send(way, provider, messages))
        messages = [*messages, *talk.exchange(way, turn, talk.rows(200, seed=turn))]
        if turn == 4:
            messages = [*messages, {"role": "user", "content": "And which were slow?"}]
    sent = [request.messages for request in provider.requests]
    assert len(sent) == 5
    for earlier, later in pairwise(sent):
        assert json.dumps(later[: len(earlier)]) == json.dumps(earlier)


@each_way
def test_no_parameter_of_ours_reaches_the_provider(
    way: str, provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    provider.respond = retrieve_once
    run(talk.send(way, provider, talk.history(way), True))
    for request in provider.requests:
        private = [n for n in request.body if n.startswith("_") or "headroom" in n.lower()]
        assert not private
        assert "max_agentic_loops" not in request.body


def test_fallbacks_do_not_compress_or_offer_twice(
    provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    def respond(body: Mapping[str, Any]) -> Reply:
        return Reply("down", status=500) if body["model"] == "gpt-4o" else Reply("up")

    provider.respond = respond
    options = {"fallbacks": ["openai/gpt-4o-mini"], "max_retries": 0}
    assert run(talk.send("chat", provider, talk.history("chat"), **options)) == "up"
    last = provider.requests[-1].body
    assert offered(last).count(TOOL_NAME) == 1
    assert last["messages"] == provider.requests[0].body["messages"]


class BrokenStore(MemoryStore):
    """A store that cannot be written."""

    def put(self, *args: Any, **kwargs: Any) -> None:
        raise StoreError("down")


def test_a_store_that_is_down_costs_the_saving_not_the_request(
    provider: FakeProvider, clean_litellm: None, run: Run
) -> None:
    litellm.callbacks = [HeadroomCallback(headroom=Headroom(store=BrokenStore()))]
    assert run(talk.send("chat", provider, talk.history("chat")))
    body = provider.requests[0].body
    assert not find_markers(said(body))
    assert offered(body) == ["list_requests"]


class Raising(Headroom):
    """A core with a bug."""

    def compress(self, messages: Sequence[Any], **options: Any) -> Any:
        raise RuntimeError(f"cannot read {messages}")


def test_an_error_of_ours_sends_the_request_as_it_was(
    provider: FakeProvider,
    clean_litellm: None,
    run: Run,
    caplog: pytest.LogCaptureFixture,
) -> None:
    litellm.callbacks = [HeadroomCallback(headroom=Raising(Settings(store_url="memory")))]
    messages = talk.history("chat")
    with caplog.at_level(logging.WARNING):
        assert run(talk.send("chat", provider, messages))
    assert provider.requests[0].messages[-1] == messages[-1]
    assert offered(provider.requests[0].body) == ["list_requests"]
    ours = [record for record in caplog.records if record.name == "headroom"]
    assert len(ours) == 1
    assert "RuntimeError" in ours[0].getMessage()
    assert "checkout" not in caplog.text


def test_compressing_happens_in_another_thread(
    provider: FakeProvider, clean_litellm: None, run: Run
) -> None:
    threads = []
    headroom = Headroom(
        Settings(store_url="memory"), hooks=[lambda _: threads.append(threading.get_ident())]
    )
    litellm.callbacks = [HeadroomCallback(headroom=headroom)]
    run(talk.send("chat", provider, talk.history("chat")))
    assert threads
    assert threading.get_ident() not in threads


def test_embeddings_are_left_alone(callback: HeadroomCallback, run: Run) -> None:
    text = ["x" * 10_000]
    done = run(callback.async_pre_call_deployment_hook({"input": text}, "aembedding"))
    assert done is None


def test_savings_are_written_for_the_spend_log_of_the_proxy(
    provider: FakeProvider, callback: HeadroomCallback, run: Run
) -> None:
    metadata = {"user_api_key_hash": "a" * 64}
    kwargs = {"model": "gpt-4o", "messages": talk.history("chat"), "metadata": metadata}
    run(callback.async_pre_call_deployment_hook(kwargs, "acompletion"))
    savings = metadata["compression_savings"]
    assert savings["tokens_saved"] == savings["tokens_before"] - savings["tokens_after"] > 0


@pytest.mark.parametrize(
    ("scope_by", "metadata", "scope"),
    [
        pytest.param("key", {"user_api_key_hash": "h"}, "key:h", id="by key"),
        pytest.param(
            "team",
            {"user_api_key_hash": "h", "user_api_key_team_id": "t"},
            "team:t",
            id="by team",
        ),
        pytest.param("team", {"user_api_key_hash": "h"}, "key:h", id="no team: by key"),
        pytest.param("key", {}, "", id="a program of its own has one scope"),
        pytest.param("org", {"org": "spoofed"}, "", id="other metadata is not believed"),
        pytest.param(lambda kwargs: "mine", {}, "mine", id="by a function"),
    ],
)
def test_scope(scope_by: Any, metadata: dict[str, str], scope: str) -> None:
    from headroom_integrations.litellm.scope import scope_of

    assert scope_of({"metadata": metadata}, scope_by) == scope
    assert scope_of({"litellm_params": {"litellm_metadata": metadata}}, scope_by) == scope


def test_litellm_is_imported_only_when_asked_for_and_missed_by_name() -> None:
    code = (
        "import sys, headroom_integrations, headroom_integrations.fake_provider\n"
        "assert 'litellm' not in sys.modules\n"
        "sys.modules['litellm'] = None\n"
        "import headroom_integrations.litellm\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "litellm is not installed: pip install 'headroom-integrations[litellm]'" in done.stderr


def test_the_event_loop_goes_on_while_large_requests_are_compressed(
    callback: HeadroomCallback, run: Run
) -> None:
    payloads = [talk.rows(1000, seed=seed) for seed in range(8)]

    async def ticks() -> int:
        count = 0

        async def tick() -> None:
            nonlocal count
            while True:
                await asyncio.sleep(0.005)
                count += 1

        ticker = asyncio.create_task(tick())
        hooks = [
            callback.async_pre_call_deployment_hook(
                {"model": "gpt-4o", "messages": talk.history("chat", payload)}, "acompletion"
            )
            for payload in payloads
        ]
        await asyncio.gather(*hooks)
        ticker.cancel()
        return count

    # A hook that worked on the loop would let it go on once at most, between two requests.
    assert run(ticks()) > 2
