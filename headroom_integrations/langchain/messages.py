"""Turns messages as LangChain has them into the core's shape, and writes changed texts back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    ChatMessage,
    FunctionMessage,
    HumanMessage,
    ToolMessage,
)

from headroom_integrations._shared import Summary

MessageLike: TypeAlias = BaseMessage | Mapping[str, Any] | tuple[str, Any] | str
"""A message, a dict with role and content, a (role, content) pair, or what the user says."""

META: Final = "headroom"
"""Where the bookkeeping is: in `response_metadata`, which no provider is sent."""

_ROLES: Final = {"human": "user", "ai": "assistant"}
_KNOWN: Final = frozenset(
    {"human", "user", "ai", "assistant", "system", "developer", "tool", "function", "placeholder"}
)


def is_conversation(items: Sequence[object]) -> bool:
    """Return whether this is a list of messages; a list of strings alone is not one."""
    return any(not isinstance(item, str) for item in items) and all(map(_is_message, items))


def to_core(item: MessageLike) -> dict[str, Any]:
    """Return the message in the core's shape: texts, tool names and questions are all there."""
    if isinstance(item, BaseMessage):
        return _message_to_core(item)
    if isinstance(item, str):
        return {"role": "user", "content": item}
    if isinstance(item, Mapping):
        role = _ROLES.get(item["role"], item["role"])
        if role == "assistant":
            return {**item, **_assistant(item["content"], item.get("tool_calls"))}
        return {**item, "role": role, "content": _parts(item["content"])}
    return {"role": _ROLES.get(item[0], item[0]), "content": _parts(item[1])}


def with_content(item: MessageLike, core: Mapping[str, Any], done: Summary) -> MessageLike:
    """Return a copy of the message with the texts of its core form, and nothing else changed.

    Args:
        item: The message as it came.
        core: The same message, as the core gave it back.
        done: What was done to it.
    """
    if isinstance(item, BaseMessage):
        note = {META: as_metadata(done)}
        update = {
            "content": _restore(item.content, core["content"]),
            "response_metadata": {**item.response_metadata, **note},
        }
        return item.model_copy(update=update)
    if isinstance(item, str):
        return str(core["content"])
    if isinstance(item, Mapping):
        return {**item, "content": _restore(item["content"], core["content"])}
    return (item[0], _restore(item[1], core["content"]))


def is_done(item: MessageLike) -> bool:
    """Return whether this message was compressed before, here or in another process."""
    return isinstance(item, BaseMessage) and META in item.response_metadata


def as_metadata(done: Summary) -> dict[str, Any]:
    """Return the bookkeeping as plain values that any serialiser takes."""
    return {
        "hashes": list(done.keys),
        "tokens_before": done.tokens_before,
        "tokens_after": done.tokens_after,
    }


def _is_message(item: object) -> bool:
    if isinstance(item, Mapping):
        return isinstance(item.get("role"), str) and "content" in item
    if isinstance(item, tuple):
        return len(item) == 2 and isinstance(item[0], str) and item[0] in _KNOWN
    return isinstance(item, BaseMessage | str)


def _message_to_core(message: BaseMessage) -> dict[str, Any]:
    match message:
        case ToolMessage():
            told = {"role": "tool", "name": message.name, "tool_call_id": message.tool_call_id}
        case AIMessage():
            return _assistant(message.content, message.tool_calls)
        case HumanMessage():
            told = {"role": "user"}
        case FunctionMessage():
            told = {"role": "function", "name": message.name}
        case ChatMessage():
            told = {"role": _ROLES.get(message.role, message.role)}
        case _:
            told = {"role": message.type}
    return {**told, "content": _parts(message.content)}


def _assistant(content: Any, calls: Any) -> dict[str, Any]:
    """Return what the core needs of an assistant message: which tools it called, and how."""
    parts = [
        {"type": "tool_use", "id": call["id"], "name": call.get("name"), "input": call["args"]}
        for call in (calls if isinstance(calls, list | tuple) else ())
        if isinstance(call, Mapping) and call.get("id") and "args" in call
    ]
    return {
        "role": "assistant",
        "content": [*parts, *(content if isinstance(content, list | tuple) else ())],
    }


def _parts(content: Any) -> Any:
    """Give plain strings in a content list the shape that providers have for them."""
    if not isinstance(content, list | tuple):
        return content
    return [{"type": "text", "text": part} if isinstance(part, str) else part for part in content]


def _restore(content: Any, core: Any) -> Any:
    """Return the content in its own shape with the texts of its core form."""
    if not isinstance(content, list | tuple):
        return core
    pairs = zip(content, core, strict=True)
    return [new["text"] if isinstance(old, str) else new for old, new in pairs]
