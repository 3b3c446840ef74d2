"""Says the same thing to the fake provider in every way LiteLLM has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import litellm
import pytest

from headroom_integrations.fake_provider import FakeProvider

SYSTEM = "You are careful.\r\n  Keep \u201cthis\u201d exactly."
QUESTION = "Which requests failed?"
WAYS = ("chat", "chat on anthropic", "responses", "anthropic", "responses on anthropic", "router")
THEIR_WARNINGS = ("ignore:::pydantic.*", "ignore:::litellm.*", "ignore:::aiohttp.*")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rows(count: int, seed: int = 0) -> str:
    """A tool's answer: many records, one of them interesting."""
    records = [
        {
            "id": seed * 100_000 + i,
            "service": "checkout",
            "region": "eu-west-1",
            "status": 500 if i == 41 else 200,
            "message": "payment declined by upstream" if i == 41 else "request handled",
            "trace": sha(f"{seed} {i}")[:20],
        }
        for i in range(count)
    ]
    return json.dumps(records)


PAYLOAD = rows(400)

each_way = pytest.mark.parametrize("way", WAYS)
each_stream = pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])


def exchange(way: str, number: int, payload: str) -> list[dict[str, Any]]:
    """One tool call and its result, in the shape the way uses."""
    call, arguments = f"call_{number}", {"page": number}
    if way == "anthropic":
        use = {"type": "tool_use", "id": call, "name": "list_requests", "input": arguments}
        result = {"type": "tool_result", "tool_use_id": call, "content": payload}
        return [{"role": "assistant", "content": [use]}, {"role": "user", "content": [result]}]
    function = {"name": "list_requests", "arguments": json.dumps(arguments)}
    if way.startswith("responses"):
        return [
            {"type": "function_call", "call_id": call, **function},
            {"type": "function_call_output", "call_id": call, "output": payload},
        ]
    calls = [{"id": call, "type": "function", "function": function}]
    return [
        {"role": "assistant", "content": None, "tool_calls": calls},
        {"role": "tool", "tool_call_id": call, "content": payload},
    ]


def history(way: str, payload: str = PAYLOAD) -> list[dict[str, Any]]:
    """A question and one long tool result."""
    system = [] if way == "anthropic" else [{"role": "system", "content": SYSTEM}]
    return [*system, {"role": "user", "content": QUESTION}, *exchange(way, 1, payload)]


def tools(way: str) -> list[dict[str, Any]]:
    """The tool the history used."""
    name, schema = "list_requests", {"type": "object", "properties": {"page": {"type": "integer"}}}
    if way == "anthropic":
        return [{"name": name, "input_schema": schema}]
    if way.startswith("responses"):
        return [{"type": "function", "name": name, "parameters": schema}]
    return [{"type": "function", "function": {"name": name, "parameters": schema}}]


def offered(body: Mapping[str, Any]) -> list[str]:
    """The names of the tools in a request."""
    return [tool.get("function", tool)["name"] for tool in body.get("tools") or ()]


def said(body: Mapping[str, Any]) -> str:
    """Everything in the conversation, as one text."""
    return json.dumps(body.get("messages") or body.get("input"), ensure_ascii=False)


async def send(
    way: str, provider: FakeProvider, messages: list[Any], stream: bool = False, **options: Any
) -> str:
    """Send a conversation; return the text the caller gets, and fail if it gets a tool call."""
    openai = {"api_base": provider.openai_url, "api_key": "-"}
    anthropic = {"api_base": provider.anthropic_url, "api_key": "-"}
    options = {"tools": tools(way), "stream": stream, **options}
    if way == "router":
        deployment = {"model": "openai/gpt-4o", **openai}
        router = litellm.Router([{"model_name": "m", "litellm_params": deployment}])
        return await told(await router.acompletion(model="m", messages=messages, **options))
    if way == "chat":
        options |= openai | {"model": "openai/gpt-4o", "messages": messages}
        return await told(await litellm.acompletion(**options))
    model = {"model": "anthropic/claude-sonnet-4-5", **anthropic}
    if way == "chat on anthropic":
        return await told(await litellm.acompletion(messages=messages, **model, **options))
    if way == "responses on anthropic":
        return await told(await litellm.aresponses(input=messages, **model, **options))
    if way == "responses":
        options |= openai | {"model": "openai/gpt-4o", "input": messages}
        return await told(await litellm.aresponses(**options))
    options |= model | {"messages": messages, "max_tokens": 99, "system": SYSTEM}
    return await told(await litellm.anthropic.messages.acreate(**options))


async def told(response: Any) -> str:
    """Return the text of a response of any shape, whole or streamed."""
    if not hasattr(response, "__aiter__"):
        return _text(response if isinstance(response, dict) else response.model_dump())
    texts = []
    async for chunk in response:
        if isinstance(chunk, bytes):
            texts.append(told_by(chunk.decode()))
        else:
            texts.append(_piece(chunk.model_dump()))
    return "".join(texts)


def told_by(answer: str) -> str:
    """Return the text of an HTTP answer, whole or streamed."""
    if answer.startswith("{"):
        return _text(json.loads(answer))
    data = (line[5:].strip() for line in answer.splitlines() if line.startswith("data:"))
    return "".join(_piece(json.loads(event)) for event in data if event != "[DONE]")


def _text(response: dict[str, Any]) -> str:
    if "choices" in response:
        message = response["choices"][0]["message"]
        assert not message.get("tool_calls"), "the caller was handed a tool call"
        return message["content"] or ""
    texts = []
    for item in response.get("output") or [response]:
        assert item["type"] not in ("function_call", "tool_use"), "the caller got a tool call"
        for part in item.get("content") or []:
            assert part["type"] != "tool_use", "the caller was handed a tool call"
            texts.append(part.get("text") or "")
    return "".join(texts)


def _piece(event: dict[str, Any]) -> str:
    if "choices" in event:
        delta = event["choices"][0]["delta"] if event["choices"] else {}
        assert not delta.get("tool_calls"), "the caller was handed a tool call"
        return delta.get("content") or ""
    kind = str(getattr(event["type"], "value", event["type"]))
    assert kind != "error", event
    if kind == "response.completed":
        _text(event["response"])
    if kind == "content_block_start":
        assert event["content_block"]["type"] != "tool_use", "the caller was handed a tool call"
    if kind == "content_block_delta":
        return event["delta"].get("text", "")
    return event["delta"] if kind == "response.output_text.delta" else ""
