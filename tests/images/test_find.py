"""Where images are found in messages of every shape."""

from __future__ import annotations

import copy

import pytest

from headroom_core import Headroom, Settings
from tests.images import pictures
from tests.images.pictures import anthropic_part, chat_part, responses_part, tool_result

SCREEN = pictures.saved(pictures.screen((2400, 1200)), "PNG")
CLAUDE = "claude-opus-4-5"


def headroom():
    settings = Settings(images="native", roles={"tool", "user"}, strict=True, store_url="memory")
    return Headroom(settings)


def at(messages, path):
    for step in path:
        messages = messages[step]
    return messages


CALL = {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"}
TOOL = {"role": "tool", "tool_call_id": "c"}


@pytest.mark.parametrize(
    ("message", "path", "role"),
    [
        pytest.param(
            {"role": "user", "content": [{"type": "text", "text": "?"}, chat_part(SCREEN)]},
            ("content", 1, "image_url", "url"),
            "user",
            id="OpenAI Chat",
        ),
        pytest.param(
            {"role": "user", "content": [{"type": "image_url", "image_url": pictures.url(SCREEN)}]},
            ("content", 0, "image_url"),
            "user",
            id="OpenAI Chat, as LiteLLM lets one write it",
        ),
        pytest.param(
            {**TOOL, "content": [chat_part(SCREEN, detail="high")]},
            ("content", 0, "image_url", "url"),
            "tool",
            id="OpenAI Chat, from a tool",
        ),
        pytest.param(
            {"role": "user", "content": [responses_part(SCREEN, detail="auto")]},
            ("content", 0, "image_url"),
            "user",
            id="OpenAI Responses",
        ),
        pytest.param(
            {"type": "function_call_output", "call_id": "c", "output": [responses_part(SCREEN)]},
            ("output", 0, "image_url"),
            "tool",
            id="OpenAI Responses, from a tool",
        ),
        pytest.param(
            {"role": "user", "content": [anthropic_part(SCREEN)]},
            ("content", 0, "source", "data"),
            "user",
            id="Anthropic",
        ),
        pytest.param(
            tool_result({"type": "text", "text": "Here:"}, anthropic_part(SCREEN), call="c"),
            ("content", 0, "content", 1, "source", "data"),
            "tool",
            id="Anthropic, from a tool",
        ),
    ],
)
def test_an_image_is_found_and_made_smaller(message, path, role):
    messages = [CALL, message]
    before = copy.deepcopy(messages)
    hr = headroom()
    result = hr.compress(messages, model=CLAUDE)
    assert messages == before
    event = result.events[-1]
    assert (event.path, event.role) == ((1, *path), role)
    assert event.tool == ("look" if role == "tool" else "")
    assert (event.compressor, event.outcome, event.exact) == ("image", "compressed", False)
    original, sent = at(messages, event.path), at(result.messages, event.path)
    assert len(sent) < len(original)
    assert sent.rpartition(",")[0] == original.rpartition(",")[0]
    assert pictures.opened(sent).size == (1568, 784)
    assert hr.retrieve(event.key).text == original
    assert result.markers == ()


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"role": "system", "content": [chat_part(SCREEN)]}, id="system"),
        pytest.param({"role": "assistant", "content": [chat_part(SCREEN)]}, id="assistant"),
        pytest.param(
            {
                "type": "computer_call_output",
                "call_id": "c",
                "output": {"type": "computer_screenshot", "image_url": pictures.url(SCREEN)},
            },
            id="what clicks refer to",
        ),
        pytest.param(
            {
                "role": "user",
                "content": [
                    {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
                    {"type": "image", "source": {"type": "url", "url": "https://example.com/a"}},
                    {"type": "image", "source": {"type": "file", "file_id": "file_1"}},
                    {"type": "input_image", "file_id": "file_1"},
                    {"type": "image", "source": {"type": "base64"}},
                    {"type": "image_url", "image_url": None},
                    {"type": "image_url"},
                    "image_url",
                    None,
                ],
            },
            id="only named, or nothing",
        ),
    ],
)
def test_what_is_not_looked_at(message):
    result = headroom().compress([CALL, message], model=CLAUDE)
    assert result.messages[1] is message
    assert result.events == ()
