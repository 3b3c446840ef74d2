"""How a reply of the fake provider looks on the wire: OpenAI Chat, OpenAI Responses, Anthropic."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

_PIECE: Final = 16
_ids: Final = itertools.count(1)

Shaped: TypeAlias = tuple[dict[str, Any], Iterator[str]]
"""A reply as one JSON value, and as the events of a stream. Use one of the two."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call the model wants made.

    Attributes:
        name: Name of the tool.
        arguments: Its arguments.
        id: Unique; made up when not given.
    """

    name: str
    arguments: Mapping[str, Any]
    id: str = field(default_factory=lambda: f"call_{next(_ids)}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says.

    Attributes:
        text: The text, "" for none; with an error status, the message of the error.
        tool_calls: The calls it wants made.
        status: HTTP status; anything but 200 is sent as an error.
    """

    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    status: int = 200


def chat_completion(body: Mapping[str, Any], reply: Reply) -> Shaped:
    """Return a reply in the shape of ``/v1/chat/completions``."""
    read, written = _usage(body, reply)
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    calls = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.name, "arguments": json.dumps(call.arguments)},
        }
        for call in reply.tool_calls
    ]
    head = {"id": f"chatcmpl-{next(_ids)}", "created": 1, "model": body.get("model")}
    message = {"role": "assistant", "content": reply.text or None}
    finish = "tool_calls" if calls else "stop"
    choice = {
        "index": 0,
        "message": {**message, "tool_calls": calls} if calls else message,
        "finish_reason": finish,
    }
    whole = {**head, "object": "chat.completion", "choices": [choice], "usage": usage}
    head["object"] = "chat.completion.chunk"
    wants_usage = (body.get("stream_options") or {}).get("include_usage")
    return whole, _chat_events(head, reply, calls, finish, usage if wants_usage else None)


def _chat_events(
    head: Mapping[str, Any],
    reply: Reply,
    calls: list[dict[str, Any]],
    finish: str,
    usage: Mapping[str, int] | None,
) -> Iterator[str]:
    def chunk(delta: Mapping[str, Any], finish_reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return _data({**head, "choices": [choice]})

    yield chunk({"role": "assistant", "content": ""})
    for piece in _pieces(reply.text):
        yield chunk({"content": piece})
    for index, call in enumerate(calls):
        name, arguments = call["function"]["name"], call["function"]["arguments"]
        opening = {**call, "index": index, "function": {"name": name, "arguments": ""}}
        yield chunk({"tool_calls": [opening]})
        for piece in _pieces(arguments):
            yield chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
    yield chunk({}, finish)
    if usage is not None:
        yield _data({**head, "choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def response(body: Mapping[str, Any], reply: Reply) -> Shaped:
    """Return a reply in the shape of ``/v1/responses``."""
    read, written = _usage(body, reply)
    output = [_response_item(part) for part in ([reply.text] if reply.text else [])]
    output += [_response_item(call) for call in reply.tool_calls]
    whole = {
        "id": f"resp_{next(_ids)}",
        "object": "response",
        "created_at": 1,
        "status": "completed",
        "model": body.get("model"),
        "output": output,
        "parallel_tool_calls": True,
        "tool_choice": body.get("tool_choice") or "auto",
        "tools": body.get("tools") or [],
        "usage": {
            "input_tokens": read,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": written,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": read + written,
        },
    }
    return whole, _response_events(whole)


def _response_item(part: str | ToolCall) -> dict[str, Any]:
    if isinstance(part, str):
        content = [{"type": "output_text", "text": part, "annotations": []}]
        kind = {"type": "message", "id": f"msg_{next(_ids)}", "role": "assistant"}
        return {**kind, "status": "completed", "content": content}
    return {
        "type": "function_call",
        "id": f"fc_{next(_ids)}",
        "call_id": part.id,
        "name": part.name,
        "arguments": json.dumps(part.arguments),
        "status": "completed",
    }


def _response_events(whole: Mapping[str, Any]) -> Iterator[str]:
    number = itertools.count()

    def event(kind: str, **fields: Any) -> str:
        return _event(kind, {"sequence_number": next(number), **fields})

    begun = {**whole, "status": "in_progress", "output": [], "usage": None}
    yield event("response.created", response=begun)
    for index, item in enumerate(whole["output"]):
        at = {"output_index": index, "item_id": item["id"]}
        if item["type"] == "message":
            yield from _response_text(event, at, item)
        else:
            opening = {**item, "arguments": "", "status": "in_progress"}
            yield event("response.output_item.added", output_index=index, item=opening)
            for piece in _pieces(item["arguments"]):
                yield event("response.function_call_arguments.delta", delta=piece, **at)
            yield event("response.function_call_arguments.done", arguments=item["arguments"], **at)
        yield event("response.output_item.done", output_index=index, item=item)
    yield event("response.completed", response=whole)


def _response_text(event: Any, at: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[str]:
    part = item["content"][0]
    opening = {**item, "content": [], "status": "in_progress"}
    yield event("response.output_item.added", output_index=at["output_index"], item=opening)
    yield event("response.content_part.added", content_index=0, part={**part, "text": ""}, **at)
    for piece in _pieces(part["text"]):
        yield event("response.output_text.delta", content_index=0, delta=piece, **at)
    yield event("response.output_text.done", content_index=0, text=part["text"], **at)
    yield event("response.content_part.done", content_index=0, part=part, **at)


def message(body: Mapping[str, Any], reply: Reply) -> Shaped:
    """Return a reply in the shape of Anthropic's ``/v1/messages``."""
    read, written = _usage(body, reply)
    content: list[dict[str, Any]] = [{"type": "text", "text": reply.text}] if reply.text else []
    content += [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": dict(call.arguments)}
        for call in reply.tool_calls
    ]
    whole = {
        "id": f"msg_{next(_ids)}",
        "type": "message",
        "role": "assistant",
        "model": body.get("model"),
        "content": content,
        "stop_reason": "tool_use" if reply.tool_calls else "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": read, "output_tokens": written},
    }
    return whole, _message_events(whole)


def _message_events(whole: Mapping[str, Any]) -> Iterator[str]:
    usage = {**whole["usage"], "output_tokens": 1}
    begun = {**whole, "content": [], "stop_reason": None, "usage": usage}
    yield _event("message_start", {"message": begun})
    for index, block in enumerate(whole["content"]):
        if block["type"] == "text":
            empty, deltas = {**block, "text": ""}, _pieces(block["text"])
            kind, name = "text_delta", "text"
        else:
            empty, deltas = {**block, "input": {}}, _pieces(json.dumps(block["input"]))
            kind, name = "input_json_delta", "partial_json"
        yield _event("content_block_start", {"index": index, "content_block": empty})
        for piece in deltas:
            delta = {"type": kind, name: piece}
            yield _event("content_block_delta", {"index": index, "delta": delta})
        yield _event("content_block_stop", {"index": index})
    stop = {"stop_reason": whole["stop_reason"], "stop_sequence": None}
    written = {"output_tokens": whole["usage"]["output_tokens"]}
    yield _event("message_delta", {"delta": stop, "usage": written})
    yield _event("message_stop", {})


def _usage(body: Mapping[str, Any], reply: Reply) -> tuple[int, int]:
    """Tokens read and written, at four characters each: plausible, nothing more."""
    return len(json.dumps(body)) // 4 + 1, len(reply.text) // 4 + 8 * len(reply.tool_calls) + 1


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _data(value: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(value)}\n\n"


def _event(kind: str, fields: Mapping[str, Any]) -> str:
    return f"event: {kind}\n" + _data({"type": kind, **fields})
