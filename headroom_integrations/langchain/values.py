"""Walks through whatever a chain passes on, and puts shorter texts where long ones were.

No I/O here: a walk yields what is to be compressed and is sent the result, so that the sync and
the async shell share every line of it.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from langchain_core.documents import Document
from langchain_core.messages import BaseMessage
from langchain_core.prompt_values import ChatPromptValue, StringPromptValue

from headroom_core import Result
from headroom_integrations._shared import Summary, summaries
from headroom_integrations.langchain.messages import (
    META,
    MessageLike,
    as_metadata,
    is_conversation,
    is_done,
    to_core,
    with_content,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a walk wants compressed.

    Attributes:
        messages: In the core's shape.
        query: The question for what no user text stands before.
    """

    messages: Sequence[Mapping[str, Any]]
    query: str = ""


Walk: TypeAlias = Generator[Ask, Result, T]
"""Yields what to compress, is sent the results, and returns the new value."""

QUERY_KEYS: Final = ("question", "query", "input")


def shorten(value: Any, *, keys: Collection[str] = (), query_key: str = "") -> Walk[Any]:
    """Return `value` with long texts shortened: the same type, the same object if nothing changed.

    Args:
        value: Anything; what holds no messages, documents or text is given back as it is.
        keys: Names of plain strings in a dict that are to be shortened too.
        query_key: Where a dict has the question; "" looks at question, query and input.
    """
    if isinstance(value, dict):
        return (yield from _dict(value, keys, query_key))
    return (yield from _value(value, ""))


def run(walk: Walk[T], compress: Callable[[Ask], Result]) -> T:
    """Run a walk to its end."""
    try:
        ask = next(walk)
        while True:
            ask = walk.send(compress(ask))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def arun(walk: Walk[T], compress: Callable[[Ask], Awaitable[Result]]) -> T:
    """Run a walk to its end without holding up the event loop."""
    try:
        ask = next(walk)
        while True:
            ask = walk.send(await compress(ask))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def _value(value: Any, query: str) -> Walk[Any]:
    match value:
        case str():
            return (yield from _text(value, "tool", query))
        case StringPromptValue():
            # A prompt is the user's own words: touched only if the role "user" is asked for.
            text = yield from _text(value.text, "user", query)
            return value if text is value.text else value.model_copy(update={"text": text})
        case ChatPromptValue():
            messages = yield from _messages(value.messages, query)
            same = messages is value.messages
            return value if same else value.model_copy(update={"messages": messages})
        case BaseMessage():
            return (yield from _messages([value], query))[0]
        case Document():
            return (yield from _documents([value], query))[0]
        case list() | tuple() if value:
            return (yield from _sequence(value, query))
    return value


def _sequence(values: Sequence[Any], query: str) -> Walk[Any]:
    if all(isinstance(value, Document) for value in values):
        return (yield from _documents(values, query))
    if is_conversation(values):
        return (yield from _messages(values, query))
    return values


def _dict(values: dict[Any, Any], keys: Collection[str], query_key: str) -> Walk[dict[Any, Any]]:
    query = _question(values, query_key)
    changed = {}
    for key, value in values.items():
        if isinstance(value, str) and key not in keys:
            continue
        new = yield from _value(value, query)
        if new is not value:
            changed[key] = new
    if not changed:
        return values
    # A copy, not a new dict: LangChain's own subclasses can be added up while streaming.
    result = copy.copy(values)
    result.update(changed)
    return result


def _question(values: Mapping[Any, Any], query_key: str) -> str:
    found = (values.get(key) for key in ((query_key,) if query_key else QUERY_KEYS))
    return next((text for text in found if isinstance(text, str)), "")


def _text(text: str, role: str, query: str) -> Walk[str]:
    result = yield Ask([{"role": role, "content": text}], query)
    new = result.messages[0]["content"]
    return text if new == text else str(new)


def _messages(messages: Sequence[MessageLike], query: str) -> Walk[Sequence[Any]]:
    asked = [to_core(message) for message in messages]
    result = yield Ask(asked, query)
    done = summaries(result)
    new = [
        with_content(message, result.messages[index], done[index])
        if index in done and not is_done(message)
        else message
        for index, message in enumerate(messages)
    ]
    return _same_or(messages, new)


def _documents(documents: Sequence[Document], query: str) -> Walk[Sequence[Document]]:
    texts = ["" if META in document.metadata else document.page_content for document in documents]
    result = yield Ask([{"role": "tool", "content": text} for text in texts], query)
    done = summaries(result)
    new = [
        _document(document, result.messages[index]["content"], done[index])
        if index in done
        else document
        for index, document in enumerate(documents)
    ]
    return _same_or(documents, new)


def _document(document: Document, text: str, done: Summary) -> Document:
    metadata = {**document.metadata, META: as_metadata(done)}
    return document.model_copy(update={"page_content": text, "metadata": metadata})


def _same_or(old: Sequence[T], new: list[T]) -> Sequence[T]:
    if all(a is b for a, b in zip(old, new, strict=True)):
        return old
    return tuple(new) if isinstance(old, tuple) else new
