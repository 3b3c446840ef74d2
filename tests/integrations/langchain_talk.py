"""A conversation, and a model as strict as a provider, for the LangChain tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)
from langchain_core.outputs import ChatResult
from pydantic import PrivateAttr

from tests.integrations.payloads import RECORDS


class Recorder(GenericFakeChatModel):
    """Answers "done", remembers what it was sent, and is as strict as a provider."""

    messages: Iterator[AIMessage | str] = iter(())
    _seen: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def seen(self) -> list[list[BaseMessage]]:
        return self._seen

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        refuse_broken(messages)
        self._seen.append(messages)
        self.messages = iter(["all is well now"])
        return super()._generate(messages, *args, **kwargs)


def refuse_broken(messages: Sequence[BaseMessage]) -> None:
    """Raise where OpenAI and Anthropic answer 400: calls without result, results without call."""
    open_calls: set[str | None] = set()
    for message in messages:
        if isinstance(message, ToolMessage):
            open_calls.remove(message.tool_call_id)
            assert message.content
        else:
            assert not open_calls
        if isinstance(message, AIMessage):
            open_calls = {call["id"] for call in message.tool_calls}
    assert not open_calls


def conversation(result: Any = RECORDS, tool: str = "list_orders") -> list[BaseMessage]:
    call = {"name": tool, "args": {"table": "orders"}, "id": "call_1"}
    return [
        SystemMessage("You are a clerk."),
        HumanMessage("Which order failed?", id="h1"),
        AIMessage("", tool_calls=[call], id="a1"),
        ToolMessage(result, tool_call_id="call_1", id="t1"),
    ]


def text_of(value: Any) -> str:
    """All the text in a value, whatever its type."""
    if isinstance(value, dict):
        return "".join(map(text_of, value.values()))
    if isinstance(value, list | tuple):
        return "".join(map(text_of, value))
    for name in ("content", "page_content", "messages", "text"):
        if hasattr(value, name):
            return text_of(getattr(value, name))
    return str(value)
