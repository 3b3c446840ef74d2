"""Images of a conversation: what is sent, what is kept, what is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from headroom_core import Headroom, Settings, StoreError, UnknownKeyError
from headroom_core.errors import MissingExtraError
from headroom_core.images import stage
from headroom_core.store.memory import MemoryStore
from tests.images import pictures
from tests.images.pictures import anthropic_part, chat_part, tool_result

PHOTO = pictures.saved(pictures.photo((2400, 1200)), "JPEG")
SCREEN = pictures.saved(pictures.screen((2400, 1200)), "PNG")
THUMBNAIL = pictures.saved(pictures.photo((200, 100)), "JPEG")
CLAUDE, NEW_CLAUDE = "claude-opus-4-5", "claude-opus-5"
BOTH = frozenset({"tool", "user"})


def headroom(images="native", *, store=None, hooks=(), **options):
    settings = Settings(images=images, strict=True, store_url="memory", **options)
    return Headroom(settings, store=store, hooks=hooks)


def test_off_is_the_default_and_needs_no_pillow():
    messages = [tool_result(anthropic_part(SCREEN))]
    result = Headroom(Settings(store_url="memory")).compress(messages, model=CLAUDE)
    assert result.messages[0] is messages[0]
    assert result.events == ()
    script = "import sys, headroom_core; print('PIL' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_without_pillow_the_setting_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "headroom_core.images.scale", None)
    monkeypatch.delattr("headroom_core.images.scale", raising=False)
    with pytest.raises(MissingExtraError, match=r"headroom-integrations\[images\]") as caught:
        headroom()
    assert isinstance(caught.value, ImportError)
    assert (caught.value.package, caught.value.extra) == ("Pillow", "images")


@pytest.mark.parametrize(
    ("options", "model", "part", "reason"),
    [
        pytest.param({}, CLAUDE, anthropic_part(THUMBNAIL), "small enough", id="a small one"),
        pytest.param({}, "", anthropic_part(SCREEN), "no rules for this model", id="no model"),
        pytest.param({}, "grok-4", chat_part(SCREEN), "no rules for this model", id="no rules"),
        pytest.param(
            {"skip_tools": {"look"}}, CLAUDE, anthropic_part(SCREEN), "skipped", id="skip_tools"
        ),
        pytest.param(
            {}, CLAUDE, anthropic_part(pictures.film("GIF")), "a GIF", id="a film of small pictures"
        ),
        pytest.param(
            {},
            CLAUDE,
            chat_part(SCREEN[: len(SCREEN) // 2]),
            "nothing to gain",
            id="cut off in the middle",
        ),
        pytest.param(
            {},
            CLAUDE,
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,@@@"}},
            "not a readable image",
            id="no base64",
        ),
        pytest.param(
            {},
            CLAUDE,
            {"type": "image_url", "image_url": {"url": "data:image/svg+xml,<svg/>"}},
            "not a readable image",
            id="a data URL in plain text",
        ),
        pytest.param(
            {},
            CLAUDE,
            anthropic_part(pictures.png_header((60_000, 60_000))),
            "not a readable image",
            id="a bomb",
        ),
    ],
)
def test_what_passes_through_says_why(options, model, part, reason):
    messages = [pictures.tool_call("look"), tool_result(part)]
    hr = headroom(**options)
    for _ in range(2):  # the second time from the memo
        result = hr.compress(messages, model=model)
        assert result.messages[1] is messages[1]
        (event,) = result.events
        assert (event.outcome, event.reason, event.key) == ("kept", reason, "")
        assert event.tokens_before == event.tokens_after
    assert hr.savings() == []


@pytest.mark.parametrize(
    ("options", "tool", "tokens"),
    [
        pytest.param({"images": "standard"}, "look", 1568, id="standard"),
        pytest.param({"images": "native"}, "look", 3698, id="native"),
        pytest.param({"images": "standard", "mode": "lossless"}, "look", 3698, id="lossless mode"),
        pytest.param({"images": "standard"}, "Read", 3698, id="a tool whose results stay exact"),
    ],
)
def test_standard_loses_detail_only_where_that_is_allowed(options, tool, tokens):
    messages = [pictures.tool_call(tool), tool_result(anthropic_part(SCREEN))]
    (event,) = headroom(**options).compress(messages, model=NEW_CLAUDE).events
    assert (event.tokens_before, event.tokens_after) == (3698, tokens)


def test_a_detail_that_is_asked_for_is_honoured():
    def tokens(**detail):
        messages = [{"role": "user", "content": [chat_part(PHOTO, **detail)]}]
        result = headroom("standard", roles=BOTH).compress(messages, model="gpt-5.5")
        sent = result.messages[0]["content"][0]["image_url"]["url"]
        return result.tokens_before, result.tokens_after, pictures.opened(sent).size

    assert tokens() == (3420, 2458, (2048, 1024))
    assert tokens(detail="high") == (2458, 2458, (2048, 1024))
    assert tokens(detail="original") == (3420, 3420, (2400, 1200))
    assert tokens(detail="low") == (154, 154, (512, 256))


def test_roles_decide_whose_images():
    messages = [
        {"role": "user", "content": [anthropic_part(SCREEN)]},
        tool_result(anthropic_part(PHOTO, "jpeg")),
    ]
    for roles, found in (({"tool"}, [1]), ({"user"}, [0]), (BOTH, [0, 1]), ((), [])):
        result = headroom(roles=frozenset(roles)).compress(messages, model=CLAUDE)
        assert [event.path[0] for event in result.events] == found


def test_texts_and_images_are_told_of_in_order():
    rows = "\n".join(f"2026-01-01 INFO request {n} served" for n in range(400))
    text = {"type": "text", "text": rows}
    messages = [
        tool_result(anthropic_part(SCREEN), text),
        {"role": "tool", "tool_call_id": "d", "content": rows + "!"},
        tool_result(text, anthropic_part(SCREEN)),
    ]
    seen = []
    result = headroom(hooks=[seen.append]).compress(messages, model=CLAUDE)
    kinds = ["image" if event.compressor == "image" else "text" for event in result.events]
    assert kinds == ["image", "text", "text", "text", "image"]
    assert tuple(seen) == result.events
    assert result.tokens_after == sum(event.tokens_after for event in result.events)


def test_the_ledger_counts_an_image_once():
    hr = headroom("standard")
    messages = [tool_result(anthropic_part(SCREEN))]
    for part in (anthropic_part(SCREEN), anthropic_part(PHOTO, "jpeg")):
        hr.compress(messages, model=NEW_CLAUDE)
        messages = [*messages, tool_result(part)]
    hr.compress(messages, model=NEW_CLAUDE)
    (line,) = hr.savings()
    assert (line.compressor, line.blocks) == ("image", 2)
    assert (line.tokens_before, line.tokens_after) == (2 * 3698, 2 * 1568)


class Deaf(MemoryStore):
    """A store that can be read, and not written."""

    def put(self, scope, originals, renderings, savings=()):
        raise StoreError("disk full")


class Dead(MemoryStore):
    """A store that cannot be used at all."""

    @property
    def secret(self):
        raise StoreError("no store")


@pytest.mark.parametrize("store", [Deaf, Dead])
def test_without_a_store_the_original_goes(store):
    messages = [tool_result(anthropic_part(SCREEN))]
    result = headroom(store=store()).compress(messages, model=CLAUDE)
    assert result.messages[0] is messages[0]
    assert result.events[0].reason == "store unavailable"
    assert result.tokens_after == result.tokens_before


def test_one_image_that_breaks_something_leaves_the_others(monkeypatch):
    real = stage._decoded

    def broken(text):
        if text == pictures.encoded(PHOTO):
            raise RuntimeError
        return real(text)

    monkeypatch.setattr(stage, "_decoded", broken)
    messages = [tool_result(anthropic_part(PHOTO)), tool_result(anthropic_part(SCREEN))]
    settings = Settings(images="native", store_url="memory")
    result = Headroom(settings).compress(messages, model=CLAUDE)
    assert [event.outcome for event in result.events] == ["failed", "compressed"]
    assert result.events[0].reason == "RuntimeError"


def test_another_scope_does_not_get_the_original():
    hr = headroom()
    messages = [tool_result(anthropic_part(SCREEN))]
    (event,) = hr.compress(messages, model=CLAUDE, scope="mine").events
    assert hr.retrieve(event.key, scope="mine").whole
    with pytest.raises(UnknownKeyError):
        hr.retrieve(event.key, scope="theirs")
