"""Finds compressible text in OpenAI and Anthropic messages, and writes it back.

Compressible is what a tool produced: OpenAI ``tool`` and ``function`` messages, Responses
``function_call_output`` items, Anthropic ``tool_result`` blocks; and, only when the role "user" is
asked for, the user's own messages. System and assistant text is never looked at. Images are found
in the same places.

Some agents know no tools: what a command printed comes back as a message of the user.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from headroom_core.types import Block, Message, Path, Picture

_TEXT_PARTS: Final = frozenset({"text", "input_text", "output_text"})
_QUERY_EDGE: Final = 2000
_OBSERVED = re.compile(
    r"\s{0,99}+(?:OBSERVATION:[ \t]{0,9}\n|EXECUTION RESULT of \[\w"
    r"|exitcode: \d{1,3} \(execution |<returncode>-?\d)"
)
_PROMPT = re.compile(r"\n\(Current directory: [^\n]{1,500}\)\r?\n[\w-]{0,20}\$\s{0,9}\Z")
_PROMPT_END: Final = 600
_COMMAND = re.compile(r"^```[^\n`]{0,40}\n", re.MULTILINE)


def find_blocks(
    messages: Sequence[Message], query: str = "", *, observed: bool = False
) -> Iterator[Block]:
    """Yield every compressible text with its address, tool and question, in order.

    Args:
        messages: Messages in OpenAI or Anthropic shape; anything else in the list is passed over.
        query: The question for blocks that no user text stands before.
        observed: Whether a user message that is plainly what a command of the assistant printed
            counts as the result of a tool.
    """
    calls: dict[str, tuple[str, str]] = {}
    question = query
    said: str | None = None
    for index, message in enumerate(messages):
        calls.update(_tool_calls(message))
        role = _get(message, "role")
        before, said = said, _said(message) if role == "assistant" else None
        if not isinstance(message, Mapping):
            continue
        for path, text, call_id in _texts(message, role):
            if call_id is None and observed and before is not None and is_observed(text):
                yield Block(text, (index, *path), "tool", "", f"{question}\n{before}".strip())
            elif call_id is None:
                yield Block(text, (index, *path), "user", "", question)
                question = _clip(text)
            else:
                tool, arguments = calls.get(call_id, (str(message.get("name") or ""), ""))
                asked = f"{question}\n{arguments}" if arguments else question
                yield Block(text, (index, *path), "tool", tool, asked)


def find_images(messages: Sequence[Message]) -> Iterator[Picture]:
    """Yield every image that stands in the messages of tools and users, with its address, in order.

    Images that are only named, by a URL or the id of a file, are passed over.
    """
    calls: dict[str, tuple[str, str]] = {}
    for index, message in enumerate(messages):
        calls.update(_tool_calls(message))
        if not isinstance(message, Mapping):
            continue
        for path, part, call_id in _all_parts(message):
            place, text, detail = _image(part)
            if not isinstance(text, str):
                continue
            role, tool = "user", ""
            if call_id is not None:
                role, tool = "tool", calls.get(call_id, (str(message.get("name") or ""), ""))[0]
            yield Picture(text, (index, *path, *place), role, tool, detail)


def is_observed(text: str) -> bool:
    r"""Return whether a text is what a program printed, as agents without tools pass it on.

    >>> is_observed("a.py\n(Current directory: /src)\nbash-$"), is_observed("OBSERVATION: no")
    (True, False)
    """
    return bool(_OBSERVED.match(text) or _PROMPT.search(text[-_PROMPT_END:]))


def replace_texts(messages: Sequence[Message], texts: Mapping[Path, str]) -> list[Any]:
    """Return `messages` with the texts at the given addresses replaced.

    Only what lies on the way to a changed text is copied; all else is the same object.
    """
    replaced: list[Any] = list(messages)
    for path, text in texts.items():
        index = path[0]
        if not isinstance(index, int):
            raise TypeError(f"a path starts with the index of a message, not {index!r}")
        replaced[index] = _replace(replaced[index], path[1:], text)
    return replaced


def _texts(message: Message, role: Any) -> Iterator[tuple[Path, str, str | None]]:
    """Yield (path, text, id of the tool call, None for the user's own words)."""
    if message.get("type") == "function_call_output":
        yield from _parts(message.get("output"), ("output",), str(message.get("call_id")))
    elif role in ("tool", "function"):
        call_id = str(message.get("tool_call_id"))
        yield from _parts(message.get("content"), ("content",), call_id)
    elif role == "user":
        yield from _user_texts(message.get("content"))


def _user_texts(content: Any) -> Iterator[tuple[Path, str, str | None]]:
    if isinstance(content, str):
        yield ("content",), content, None
        return
    for number, part in enumerate(content if isinstance(content, list | tuple) else ()):
        if not isinstance(part, Mapping):
            continue
        if part.get("type") == "tool_result":
            path = ("content", number, "content")
            yield from _parts(part.get("content"), path, str(part.get("tool_use_id")))
        elif part.get("type") in _TEXT_PARTS and isinstance(part.get("text"), str):
            yield ("content", number, "text"), part["text"], None


def _parts(content: Any, path: Path, call_id: str) -> Iterator[tuple[Path, str, str]]:
    if isinstance(content, str):
        yield path, content, call_id
        return
    for number, part in enumerate(content if isinstance(content, list | tuple) else ()):
        if not isinstance(part, Mapping):
            continue
        if part.get("type") in _TEXT_PARTS and isinstance(part.get("text"), str):
            yield (*path, number, "text"), part["text"], call_id
        elif part.get("type") == "tool_result":
            yield from _parts(part.get("content"), (*path, number, "content"), call_id)


def _all_parts(message: Message) -> Iterator[tuple[Path, Mapping[str, Any], str | None]]:
    """Yield (path, part, id of the tool call, None for what the user says)."""
    role = message.get("role")
    if message.get("type") == "function_call_output":
        yield from _inner(message.get("output"), ("output",), str(message.get("call_id")))
    elif role in ("tool", "function"):
        yield from _inner(message.get("content"), ("content",), str(message.get("tool_call_id")))
    elif role == "user":
        yield from _inner(message.get("content"), ("content",), None)


def _inner(
    content: Any, path: Path, call_id: str | None
) -> Iterator[tuple[Path, Mapping[str, Any], str | None]]:
    for number, part in enumerate(content if isinstance(content, list | tuple) else ()):
        if not isinstance(part, Mapping):
            continue
        if part.get("type") == "tool_result":
            answered = call_id if call_id is not None else str(part.get("tool_use_id"))
            yield from _inner(part.get("content"), (*path, number, "content"), answered)
        else:
            yield (*path, number), part, call_id


def _image(part: Mapping[str, Any]) -> tuple[Path, Any, str]:
    """Return where in a part an image stands, the image (None if none) and how closely to look."""
    kind, source = part.get("type"), part.get("source")
    if kind == "image" and isinstance(source, Mapping) and source.get("type") == "base64":
        return ("source", "data"), source.get("data"), ""
    if kind not in ("image_url", "input_image"):
        return (), None, ""
    place: Path = ("image_url",)
    url, detail = part.get("image_url"), part.get("detail")
    if isinstance(url, Mapping):
        place, detail, url = (*place, "url"), url.get("detail"), url.get("url")
    is_here = isinstance(url, str) and url.startswith("data:")
    return place, url if is_here else None, detail if isinstance(detail, str) else ""


def _said(message: Any) -> str:
    """Return the command that the text of an assistant ends with, "" if there is none."""
    content = _get(message, "content")
    *_, command = _COMMAND.split(content) if isinstance(content, str) else ("",)
    return _clip(command.partition("\n```")[0]) if command != content else ""


def _tool_calls(message: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (id, (tool, arguments as text)) of the calls in a message of any shape."""
    if _get(message, "type") == "function_call":
        yield str(_get(message, "call_id")), _call(message, "arguments")
    calls = _get(message, "tool_calls")
    for call in calls if isinstance(calls, list | tuple) else ():
        yield str(_get(call, "id")), _call(_get(call, "function"), "arguments")
    content = _get(message, "content")
    for part in content if isinstance(content, list | tuple) else ():
        if _get(part, "type") == "tool_use":
            yield str(_get(part, "id")), _call(part, "input")


def _call(call: Any, arguments: str) -> tuple[str, str]:
    name = _get(call, "name")
    return name if isinstance(name, str) else "", _clip(_argument_text(_get(call, arguments)))


def _argument_text(arguments: Any) -> str:
    """Return the values of a call's arguments, without the punctuation and names around them."""
    if isinstance(arguments, str):
        if len(arguments) > 2 * _QUERY_EDGE:
            return arguments  # a file to be written, say: not worth parsing on every turn
        try:
            parsed = json.loads(arguments)
        except (ValueError, RecursionError):
            return arguments
    else:
        parsed = arguments
    values = parsed.values() if isinstance(parsed, Mapping) else (parsed,)
    return " ".join(value if isinstance(value, str) else "" for value in values).strip()


def _clip(text: str) -> str:
    """A long text (a pasted file, say) asks its question at the start or at the end."""
    if len(text) <= 2 * _QUERY_EDGE:
        return text
    return f"{text[-_QUERY_EDGE:]}\n{text[:_QUERY_EDGE]}"


def _get(value: Any, name: str) -> Any:
    """Histories hold plain dicts and the response objects of client libraries side by side."""
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _replace(value: Any, path: Path, text: str) -> Any:
    if not path:
        return text
    step = path[0]
    child = _replace(value[step], path[1:], text)
    if isinstance(step, str):
        return {**value, step: child}
    return [*value[:step], child, *value[step + 1 :]]
