"""Walks through whatever a chain passes on, and puts shorter texts where long ones were."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping, Sequence
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
Compress: TypeAlias = Callable[[Sequence[Mapping[str, Any]], str, bool], Result]
"""Compresses messages in the core's shape, by a question for what no user text stands before, and
whether each is read by itself."""

QUERY_KEYS: Final = ("question", "query", "input")


@dataclass(frozen=True, slots=True)
class Shortener:
    """Gives a value back with long texts shortened: same type, same object if nothing changed.

    Attributes:
        compress: Does the work.
        keys: Names of plain strings in a dict that are to be shortened too.
        query_key: Where a dict has the question; "" looks at question, query and input.
    """

    compress: Compress
    keys: Collection[str] = ()
    query_key: str = ""

    def shorten(self, value: Any) -> Any:
        """Return `value`, shortened; what holds no messages, documents or text is given back."""
        return self._dict(value) if isinstance(value, dict) else self._value(value, "")

    def _dict(self, values: dict[Any, Any]) -> dict[Any, Any]:
        names = (self.query_key,) if self.query_key else QUERY_KEYS
        query = next((values[n] for n in names if isinstance(values.get(n), str)), "")
        changed = {}
        for key, value in values.items():
            if isinstance(value, str) and key not in self.keys:
                continue
            new = self._value(value, query)
            if new is not value:
                changed[key] = new
        if not changed:
            return values
        # A copy, not a new dict: LangChain's own subclasses can be added up while streaming.
        result = copy.copy(values)
        result.update(changed)
        return result

    def _value(self, value: Any, query: str) -> Any:
        match value:
            case str():
                return self._text(value, "tool", query)
            case StringPromptValue():
                # A prompt is the user's own words: touched only if the role "user" is asked for.
                text = self._text(value.text, "user", query)
                return value if text is value.text else value.model_copy(update={"text": text})
            case ChatPromptValue():
                messages = self._messages(value.messages, query)
                same = messages is value.messages
                return value if same else value.model_copy(update={"messages": messages})
            case BaseMessage():
                return self._messages([value], query)[0]
            case Document():
                return self._documents([value], query)[0]
            case list() | tuple() if value:
                return self._sequence(value, query)
        return value

    def _sequence(self, values: Sequence[Any], query: str) -> Sequence[Any]:
        if all(isinstance(value, Document) for value in values):
            return self._documents(values, query)
        return self._messages(values, query) if is_conversation(values) else values

    def _text(self, text: str, role: str, query: str) -> str:
        result = self.compress([{"role": role, "content": text}], query, True)
        return str(result.messages[0]["content"]) if summaries(result) else text

    def _messages(self, messages: Sequence[MessageLike], query: str) -> Sequence[Any]:
        result = self.compress([to_core(message) for message in messages], query, False)
        done = summaries(result)
        new = [
            with_content(message, result.messages[index], done[index])
            if index in done and not is_done(message)
            else message
            for index, message in enumerate(messages)
        ]
        return _same_or(messages, new)

    def _documents(self, documents: Sequence[Document], query: str) -> Sequence[Document]:
        texts = ["" if META in one.metadata else one.page_content for one in documents]
        result = self.compress([{"role": "tool", "content": text} for text in texts], query, True)
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
