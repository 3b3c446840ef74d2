"""The promises of docs/design.md, for images: each seen to fail on the broken code named."""

from __future__ import annotations

import copy
import re
from itertools import pairwise

from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from headroom_core import Headroom, Settings
from headroom_core.store.memory import MemoryStore
from tests.images import pictures
from tests.images.pictures import anthropic_part, chat_part, responses_part, tool_result

few = hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
IMAGES = [
    pictures.saved(pictures.screen((2400, 1500)), "PNG"),
    pictures.saved(pictures.photo((2400, 1200)), "JPEG"),
    pictures.saved(pictures.clear((500, 2400)), "PNG"),
    pictures.saved(pictures.photo((300, 200)), "WEBP"),
    pictures.saved(pictures.photo((1700, 1700), "CMYK"), "JPEG"),
    pictures.film("GIF"),
    pictures.saved(pictures.photo((1700, 900)), "JPEG")[:5000],
    b"no image",
]
LOG = "\n".join(f"2026-01-01 00:00:{n % 60:02d} INFO request {n * 7919 % 997}" for n in range(90))
MODELS = ["gpt-4o", "gpt-5.6-sol", "claude-opus-4-5", "claude-opus-5", "gemini-2.5-pro", "other"]

images = st.sampled_from(IMAGES)
parts = st.one_of(
    st.builds(chat_part, images, detail=st.sampled_from(["auto", "low", "high", "original"])),
    st.builds(responses_part, images),
    st.builds(anthropic_part, images),
    st.builds(dict, type=st.just("text"), text=st.sampled_from(["See:", LOG])),
    st.just({"type": "image_url", "image_url": {"url": "https://example.com/x.png"}}),
)
contents = st.lists(parts, max_size=3)
turns = st.one_of(
    st.builds(lambda content: {"role": "user", "content": content}, contents),
    st.builds(lambda content: tool_result(*content), contents),
    st.builds(lambda content: {"role": "tool", "tool_call_id": "c", "content": content}, contents),
    st.just({"role": "assistant", "content": "Let me see."}),
)


class Talk(list):
    """Messages that can be read when a test fails."""

    def __repr__(self):
        return re.sub(r"[\w+/]{80,}", lambda match: f"{match[0][:20]}...", str(list(self)))


conversations = st.lists(turns, max_size=4).map(Talk)
ways = st.sampled_from(["native", "standard"])
models = st.sampled_from(MODELS)


def headroom(way, store=None):
    settings = Settings(images=way, roles={"tool", "user"}, store_url="memory", strict=True)
    return Headroom(settings, store=store)


def at(messages, path):
    for step in path:
        messages = messages[step]
    return messages


def without(messages, paths):
    """Return a copy of `messages` with nothing at the paths."""
    copied = copy.deepcopy(messages)
    for path in paths:
        at(copied, path[:-1])[path[-1]] = None
    return copied


@few
@given(conversations, ways, models)
def test_only_images_change_and_every_original_comes_back(messages, way, model):
    """Seen to fail with the media type rewritten, and with the bytes kept instead of the text."""
    before = copy.deepcopy(messages)
    hr = headroom(way)
    result = hr.compress(messages, model=model)
    assert messages == before
    changed = [e for e in result.events if e.outcome in ("compressed", "lossless")]
    paths = [event.path for event in changed]
    assert without(result.messages, paths) == without(messages, paths)
    for event in changed:
        assert hr.retrieve(event.key).text == at(messages, event.path)
    for old, new in zip(messages, result.messages, strict=True):
        assert old is new or old != new


@few
@given(conversations, ways, models)
def test_never_longer(messages, way, model):
    """Seen to fail with images that have more bytes than before."""
    for event, sent, text in sent_images(messages, way, model):
        assert event.tokens_after <= event.tokens_before
        assert len(sent) <= len(text)
        if sent != text:
            ours, theirs = pictures.opened(sent), pictures.opened(text)
            assert ours.format == theirs.format
            assert ours.width <= theirs.width
            assert ours.height <= theirs.height


def sent_images(messages, way, model):
    result = headroom(way).compress(messages, model=model)
    for event in result.events:
        if event.path[-1] in ("url", "image_url", "data"):
            yield event, at(result.messages, event.path), at(messages, event.path)


@few
@given(conversations, ways, models)
def test_a_growing_conversation_never_changes_its_past(messages, way, model):
    """Seen to fail with the number of images mixed into the size."""
    hr = headroom(way)
    sent = [hr.compress(messages[:n], model=model).messages for n in range(len(messages) + 1)]
    for shorter, longer in pairwise(sent):
        assert longer[: len(shorter)] == shorter
    empty = MemoryStore()
    empty._secret = hr.store.secret
    assert headroom(way, empty).compress(messages, model=model).messages == sent[-1]


@few
@given(conversations, ways, models)
def test_what_was_made_smaller_is_left_alone(messages, way, model):
    """Seen to fail with every image made half as large."""
    hr = headroom(way)
    first = hr.compress(messages, model=model)
    again = hr.compress(first.messages, model=model)
    assert [e for e in again.events if e.compressor == "image"] == []
    for event in first.events:
        if event.compressor == "image":
            assert at(again.messages, event.path) == at(first.messages, event.path)


def test_an_original_is_committed_before_anything_is_sent():
    """Seen to fail with the write after the answer."""
    order = []

    class Watched(MemoryStore):
        def put(self, scope, originals, renderings, savings=()):
            super().put(scope, originals, renderings, savings)
            order.append([original.key for original in originals])

    messages = [tool_result(anthropic_part(image)) for image in IMAGES]
    result = headroom("native", Watched()).compress(messages, model="claude-opus-4-5")
    keys = [event.key for event in result.events if event.key]
    assert len(keys) == 3
    assert order == [keys]
