"""Images through LiteLLM, proven by the bytes that reach a provider."""

from __future__ import annotations

import copy
import json
from typing import Any

import litellm
import pytest

from headroom_core import BlockEvent, Headroom, Settings
from headroom_integrations.fake_provider import FakeProvider
from headroom_integrations.litellm import HeadroomCallback
from tests.images import pictures
from tests.integrations import litellm_talk as talk
from tests.integrations.conftest import Run

pytestmark = [pytest.mark.filterwarnings(rule) for rule in talk.THEIR_WARNINGS]

PHOTO = pictures.saved(pictures.photo((2400, 1200)), "JPEG")
QUESTION = {"role": "user", "content": "What is in the picture?"}


def conversation(way: str) -> list[dict[str, Any]]:
    """A question and an image in the shape of the way: from the user in chats, else from a tool."""
    question = QUESTION
    if way == "anthropic":
        use = {"type": "tool_use", "id": "call_1", "name": "look", "input": {}}
        image = pictures.tool_result(pictures.anthropic_part(PHOTO, "jpeg"))
        return [question, {"role": "assistant", "content": [use]}, image]
    if way == "responses":
        call = {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"}
        output = [pictures.responses_part(PHOTO, "jpeg")]
        return [question, call, {"type": "function_call_output", "call_id": "c", "output": output}]
    return [{"role": "user", "content": [pictures.chat_part(PHOTO, "jpeg")]}]


def images_in(value: Any) -> list[str]:
    """Return the base64 of every image that reached the provider, whatever its shape."""
    if isinstance(value, dict):
        return [found for item in value.values() for found in images_in(item)]
    if isinstance(value, list):
        return [found for item in value for found in images_in(item)]
    is_image = isinstance(value, str) and len(value) > 10_000
    return [value.rpartition(",")[2]] if is_image else []


@pytest.mark.parametrize(
    ("way", "size"),
    [
        ("chat", (1536, 768)),
        ("chat on anthropic", (1568, 784)),
        ("responses", (1536, 768)),
        ("anthropic", (1568, 784)),
    ],
)
def test_the_image_is_sent_as_large_as_it_is_read(
    way: str, size: tuple[int, int], provider: FakeProvider, clean_litellm: None, run: Run
) -> None:
    events: list[BlockEvent] = []
    settings = Settings(images="native", roles=frozenset({"tool", "user"}), store_url="memory")
    headroom = Headroom(settings, hooks=[events.append])
    litellm.callbacks = [HeadroomCallback(headroom=headroom)]
    messages = conversation(way)
    before = copy.deepcopy(messages)
    for _ in range(2):
        assert run(talk.send(way, provider, messages)) == "This is a plain answer."
    assert messages == before
    first, second = provider.requests
    assert json.dumps(first.messages) == json.dumps(second.messages)
    (sent,) = images_in(first.messages)
    assert pictures.opened(sent).size == size
    (event, _) = [event for event in events if event.compressor == "image"]
    assert headroom.retrieve(event.key).text.rpartition(",")[2] == pictures.encoded(PHOTO)
    assert "headroom_retrieve" not in json.dumps(first.body)
