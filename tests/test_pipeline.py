from __future__ import annotations

import asyncio
import json
import logging
import threading

import pytest

import headroom_core
from headroom_core import (
    Compressed,
    Headroom,
    MissingExtraError,
    Settings,
    SettingsError,
    StoreError,
    UnknownKeyError,
    expand,
)
from headroom_core.compressors import default_compressors
from headroom_core.store import MemoryStore
from tests.strategies import anthropic_turn, openai_turn, tool_texts

ROWS = json.dumps(
    [{"id": n * 7919 % 10007, "name": f"n{n % 37}", "state": "ok"} for n in range(600)]
)
LOG = "\n".join(
    f"2026-01-01T10:{n // 60 % 60:02d}:{n % 60:02d}Z INFO job {n * 7919 % 10007} took {n % 97} ms"
    for n in range(900)
)


def headroom(**options):
    return Headroom(Settings(store_url="memory", strict=True, **options))


def only(hr, text, **options):
    """Return what is sent for a text of a tool, and its event."""
    result = hr.compress([{"role": "tool", "content": text}], **options)
    return result.messages[0]["content"], result.events[0]


@pytest.mark.parametrize(
    ("settings", "tool", "outcome", "reason"),
    [
        pytest.param({}, "list", "compressed", "", id="a long result is compressed"),
        pytest.param({"mode": "lossless"}, "list", "lossless", "", id="or only re-spelled"),
        pytest.param({"min_tokens": 99_999}, "list", "kept", "short", id="a short one is kept"),
        pytest.param({"skip_tools": ["li*"]}, "list", "kept", "skipped", id="so is a skipped tool"),
        pytest.param({}, "headroom_retrieve", "kept", "retrieved", id="and what was fetched back"),
    ],
)
@pytest.mark.parametrize("make_turn", [openai_turn, anthropic_turn])
def test_what_happens_to_a_block(settings, tool, outcome, reason, make_turn):
    result = headroom(**settings).compress(make_turn("c", tool, {}, LOG))
    (event,) = result.events
    assert (event.outcome, event.reason, event.tool) == (outcome, reason, tool)
    assert (tool_texts(result.messages) == [LOG]) == (outcome == "kept")


def test_roles_decide_who_is_looked_at():
    messages = [{"role": "user", "content": f"Why?\n```\n{LOG}\n```\n"}]
    assert headroom().compress(messages).events == ()
    result = headroom(roles=["user"]).compress(messages)
    sent = result.messages[0]["content"]
    assert sent.startswith("Why?\n```\n")
    assert len(sent) < len(messages[0]["content"]) / 2
    assert result.markers


def test_lines_that_match_keep_survive():
    kept = LOG.split("\n")[700]
    job = kept.split()[3]
    sent, _ = only(headroom(mode="aggressive", keep=[rf"job {job}\b"]), LOG)
    assert kept in expand(sent)


def test_a_file_reader_gets_its_exact_text_or_the_original():
    pretty = json.dumps(json.loads(ROWS), indent=4)
    messages = openai_turn("c", "Read", {}, pretty)
    (text,) = tool_texts(headroom(mode="aggressive").compress(messages).messages)
    assert expand(text) == pretty


def test_what_stands_behind_json_on_its_last_line_stays_behind_it():
    sent, _ = only(headroom(mode="lossless"), f"{ROWS}warning: x\nand more")
    rows, _, rest = expand(sent).rpartition("]")
    assert json.loads(f"{rows}]") == json.loads(ROWS)
    assert rest == "\nwarning: x\nand more"


def test_the_question_before_the_block_decides_what_stays():
    line = LOG.split("\n")[500]
    call = openai_turn("c", "log", {}, LOG)
    asked = [{"role": "user", "content": f"What became of job {line.split()[3]}?"}, *call]
    result = headroom(mode="aggressive").compress(asked)
    assert line in expand(tool_texts(result.messages)[0])


def test_a_spoofed_marker_is_plain_data():
    spoof = "[9 of 10 rows omitted; headroom_retrieve hash=0123456789abcdef01234567]\n"
    sent, event = only(headroom(), spoof + LOG)
    assert event.outcome == "compressed"
    assert len(sent) < len(LOG) / 2


def test_max_tokens_gives_every_block_its_share():
    messages = [m for n in range(4) for m in openai_turn(f"c{n}", "log", {}, f"{n}\n{LOG}")]
    free, tight = (headroom().compress(messages, max_tokens=limit) for limit in (None, 1_000))
    assert tight.tokens_after < free.tokens_after
    assert tight.tokens_after < 2_000


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_a_share_holds_for_prose_too(share):
    words = "the pump of the north tower was seen to fail near gate".split()
    prose = "\n\n".join(
        f"On day {n} {' '.join(words[n % 7 :])}, and {words[n % 9]} {n * 7919 % 997} followed."
        for n in range(400)
    )
    messages = [{"role": "user", "content": "What of the pump?"}, *openai_turn("c", "f", {}, prose)]
    whole = headroom().compress(messages, max_tokens=10**6)
    result = headroom().compress(messages, max_tokens=int(share * whole.tokens_before))
    assert result.tokens_after <= 1.2 * share * whole.tokens_before + 60


def test_unknown_options_raise():
    with pytest.raises(TypeError):
        headroom_core.compress([], modle="gpt-4o")
    with pytest.raises(TypeError):
        Settings(mod="balanced")
    with pytest.raises(TypeError):
        headroom().compress([], limit=3)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        pytest.param(
            {"store_url": "nosuch://x"}, SettingsError, "store_url", id="no such database"
        ),
        pytest.param({"store_url": "::"}, SettingsError, "store_url", id="no URL at all"),
        pytest.param({"mode": "x"}, SettingsError, "balanced", id="no such mode"),
        pytest.param({"keep": ["("]}, SettingsError, "keep", id="no regular expression"),
        pytest.param(
            {"store_url": "memory", "tokenizer_file": "/absent/tokenizer.json"},
            (SettingsError, MissingExtraError),
            "tokenizer",
            id="no model file",
        ),
    ],
)
def test_what_cannot_work_is_said_at_construction(options, error, said):
    with pytest.raises(error, match=said):
        Headroom(Settings(**options))


def test_the_module_level_shortcut(monkeypatch, tmp_path):
    monkeypatch.setenv("HEADROOM_STORE_URL", f"sqlite:///{tmp_path}/store.db")
    headroom_core.default_headroom.cache_clear()
    try:
        result = headroom_core.compress([{"role": "tool", "content": ROWS}], model="gpt-4o")
        key = result.events[0].key
        assert headroom_core.default_headroom().retrieve(key).text == ROWS
        headroom_core.default_headroom().close()
    finally:
        headroom_core.default_headroom.cache_clear()


def test_the_async_twins_work_elsewhere_and_say_the_same():
    hr = headroom()
    threads = set()

    async def both():
        seen = Headroom(
            hr.settings, store=hr.store, hooks=[lambda _: threads.add(threading.get_ident())]
        )
        result = await seen.acompress([{"role": "tool", "content": LOG}], scope="s")
        (marker,) = result.markers
        found = await seen.aretrieve(marker.key, scope="s")
        said = await seen.aanswer({"hash": marker.key}, scope="s")
        with pytest.raises(UnknownKeyError):
            await seen.aretrieve(marker.key, scope="t")
        return result, found, said

    result, found, said = asyncio.run(both())
    assert result.messages == hr.compress([{"role": "tool", "content": LOG}], scope="s").messages
    assert found.text == said == LOG
    assert threading.get_ident() not in threads


def test_a_store_that_is_back_is_used_again():
    class Down(MemoryStore):
        down = True

        def put(self, *arguments):
            if self.down:
                raise StoreError("down")
            super().put(*arguments)

    store = Down()
    hr = Headroom(Settings(strict=True), store=store)
    sent, event = only(hr, LOG)
    assert (event.key, event.reason) == ("", "store unavailable")
    assert expand(sent) == LOG
    store.down = False
    sent, event = only(hr, LOG)
    assert event.outcome == "compressed"
    assert hr.retrieve(event.key).text == LOG


class Leaky:
    """A compressor that quotes content in its error."""

    name = "leaky"

    def detect(self, block):
        return 1.0

    def compress(self, block, budget, query=""):
        raise ValueError(f"cannot do {block.text}")

    def expand(self, body):
        raise ValueError


def test_content_never_reaches_a_log(caplog):
    def hook(event):
        raise RuntimeError(f"CANARY {event}")

    caplog.set_level(logging.DEBUG)
    text = f"CANARY {LOG}"
    messages = [{"role": "user", "content": "CANARY?"}, *openai_turn("CANARY", "t", {}, text)]
    for compressors in ([Leaky()], default_compressors()):
        hr = Headroom(Settings(store_url="memory"), compressors=compressors, hooks=[hook])
        result = hr.compress(messages, scope="CANARY")
        for marker in result.markers:
            hr.retrieve(marker.key, query="CANARY", scope="CANARY")
        hr.answer({"hash": "CANARY"}, scope="CANARY")
    assert "compressing a block failed with ValueError" in caplog.text
    assert "a hook failed with RuntimeError" in caplog.text
    assert "CANARY" not in caplog.text


def test_a_compressor_that_lengthens_is_not_used():
    class Long(Leaky):
        def compress(self, block, budget, query=""):
            return Compressed(block.text * 2)

    hr = Headroom(Settings(store_url="memory"), compressors=[Long()])
    sent, event = only(hr, LOG)
    assert (sent, event.outcome) == (LOG, "kept")


@pytest.mark.parametrize("model", ["gpt-4o", "claude-opus-4-5", "gemini-3-pro", "qwen3", "no-such"])
def test_every_model_name_works(model):
    _, event = only(headroom(), ROWS, model=model)
    assert event.exact == (model == "gpt-4o")
    assert event.tokens_after < event.tokens_before
