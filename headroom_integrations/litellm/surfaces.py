"""What differs between the three ways to talk to a model: Chat, Responses, Anthropic Messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headroom_core.retrieval import (
    anthropic_tool,
    is_retrieve_tool,
    openai_tool,
    responses_tool,
)

_SERVED: Final = " Answered on the way to the user."
"""Ends the description of a tool we added: how a later hook, which may see the request only after
LiteLLM translated it, tells it from the same tool brought by a client that answers it itself."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of headroom_retrieve by the model.

    Attributes:
        id: What the result must refer to.
        arguments: As the model gave them, a mapping or JSON text.
    """

    id: str
    arguments: Any


@dataclass(frozen=True, slots=True)
class Surface:
    """One request and response format.

    Attributes:
        messages: The name of the parameter that holds the conversation.
        tool: Makes the definition of headroom_retrieve.
        forbid_tools: The ``tool_choice`` under which the model calls none.
        calls: Finds our calls in a response.
        follow_up: The items that carry the turn and the results (by call id) back to the model.
        held_stream: Whether LiteLLM itself holds a stream back until the last call is answered.
    """

    messages: str
    tool: Callable[[], dict[str, Any]]
    forbid_tools: Any
    calls: Callable[[Any], list[Call]]
    follow_up: Callable[[Any, Mapping[str, str]], list[dict[str, Any]]]
    held_stream: bool = False

    def served_tool(self) -> dict[str, Any]:
        """Return the definition of headroom_retrieve that says we answer it."""
        tool = self.tool()
        function = tool.get("function", tool)
        function["description"] += _SERVED
        return tool


def surface_of_call(call_type: str) -> Surface | None:
    """Return the format of a LiteLLM call type; None if such calls are left alone."""
    return _BY_CALL_TYPE.get(call_type)


def surface_of_response(response: Any) -> Surface | None:
    """Return the format a response is in, None if it is none of the three."""
    for name, surface in (("choices", CHAT), ("output", RESPONSES), ("content", ANTHROPIC)):
        if isinstance(_get(response, name), list):
            return surface
    return None


def offers_tool(tools: Any) -> bool:
    """Return whether headroom_retrieve is among the tools, whoever answers it."""
    return any(is_retrieve_tool(name) for name, _ in _tools(tools))


def offers_served_tool(tools: Any) -> bool:
    """Return whether headroom_retrieve is among the tools because we added it."""
    return any(is_retrieve_tool(name) and text.endswith(_SERVED) for name, text in _tools(tools))


def _tools(tools: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and description of every tool that has both."""
    for tool in tools if isinstance(tools, list | tuple) else ():
        function = _get(tool, "function") or tool
        yield str(_get(function, "name") or ""), str(_get(function, "description") or "")


def _chat_calls(response: Any) -> list[Call]:
    return [
        Call(str(_get(call, "id")), _get(_get(call, "function"), "arguments"))
        for call in _chat_tool_calls(response)
        if is_retrieve_tool(_get(_get(call, "function"), "name"))
    ]


def _chat_follow_up(response: Any, results: Mapping[str, str]) -> list[dict[str, Any]]:
    said = _plain(_get(_get(response, "choices")[0], "message"))
    # A signed thinking block has to come back with the call it led to.
    kept = ("content", "thinking_blocks", "reasoning_content")
    turn = {
        "role": "assistant",
        "content": None,
        **{name: said[name] for name in kept if said.get(name) is not None},
        "tool_calls": [
            _plain(call) for call in _chat_tool_calls(response) if _get(call, "id") in results
        ],
    }
    answers = [
        {"role": "tool", "tool_call_id": call, "content": text} for call, text in results.items()
    ]
    return [turn, *answers]


def _chat_tool_calls(response: Any) -> Sequence[Any]:
    choices = _get(response, "choices")
    return _get(_get(choices[0], "message"), "tool_calls") or () if choices else ()


def _responses_calls(response: Any) -> list[Call]:
    return [
        Call(str(_get(item, "call_id")), _get(item, "arguments"))
        for item in _get(response, "output")
        if _get(item, "type") == "function_call" and is_retrieve_tool(_get(item, "name"))
    ]


def _responses_follow_up(response: Any, results: Mapping[str, str]) -> list[dict[str, Any]]:
    turn = [
        _plain(item)
        for item in _get(response, "output")
        if _get(item, "type") != "function_call" or _get(item, "call_id") in results
    ]
    answers = [
        {"type": "function_call_output", "call_id": call, "output": text}
        for call, text in results.items()
    ]
    return [*turn, *answers]


def _anthropic_calls(response: Any) -> list[Call]:
    return [
        Call(str(_get(block, "id")), _get(block, "input"))
        for block in _get(response, "content")
        if _get(block, "type") == "tool_use" and is_retrieve_tool(_get(block, "name"))
    ]


def _anthropic_follow_up(response: Any, results: Mapping[str, str]) -> list[dict[str, Any]]:
    turn = [
        _plain(block)
        for block in _get(response, "content")
        if _get(block, "type") != "tool_use" or _get(block, "id") in results
    ]
    answers = [
        {"type": "tool_result", "tool_use_id": call, "content": text}
        for call, text in results.items()
    ]
    return [{"role": "assistant", "content": turn}, {"role": "user", "content": answers}]


def _get(value: Any, name: str) -> Any:
    """Responses are plain dicts on one path and objects on another."""
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _plain(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    plain: dict[str, Any] = value.model_dump(exclude_none=True)
    return plain


CHAT: Final = Surface("messages", openai_tool, "none", _chat_calls, _chat_follow_up)
RESPONSES: Final = Surface("input", responses_tool, "none", _responses_calls, _responses_follow_up)
ANTHROPIC: Final = Surface(
    "messages",
    anthropic_tool,
    {"type": "none"},
    _anthropic_calls,
    _anthropic_follow_up,
    held_stream=True,
)

_BY_CALL_TYPE: Final = {
    "completion": CHAT,
    "acompletion": CHAT,
    "responses": RESPONSES,
    "aresponses": RESPONSES,
    "anthropic_messages": ANTHROPIC,
}
