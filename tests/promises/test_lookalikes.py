"""What only looks like ours is data: it is compressed like the rest, and comes back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from headroom_core import Headroom, Settings, expand
from headroom_core.marker import Marker, find_markers
from tests.promises.helpers import headroom, modes, properties
from tests.strategies import payloads
from tests.tokens import same_text

# Seen to fail with a marker anywhere, or any rendering that expands, taken for ours.

ROWS = json.dumps([{"id": n, "name": "on", "size": n * n} for n in range(60)])
VIEW = "\n".join(f"{n:6}\tvalue_{n} = {n * 7919 % 1009}" for n in range(1, 60))
LOG = "".join(f"2026-01-09 10:00:{n % 60:02} INFO job {n * 7919 % 1009} ran\n" for n in range(400))


def _rendering(text):
    (sent,) = headroom("lossless").compress([{"role": "tool", "content": text}]).messages
    return str(sent["content"])


EXAMPLES = {
    "a rendering of rows": _rendering(ROWS),
    "a rendering of a file": _rendering(VIEW),
    "a header alone": "[headroom json, 3 lines: JSON]",
    "a marker that somebody made up": str(Marker("0123456789abcdef01234567", "3 of 9 lines")),
}


def _compressed(hr, text):
    result = hr.compress([{"role": "tool", "content": text}])
    (sent,), (event,) = result.messages, result.events
    return sent["content"], event


@properties
@given(payloads, st.sampled_from(list(EXAMPLES)), st.integers(0, 9), modes)
def test_an_example_hides_nothing(payload, name, at, mode):
    lines = payload.split("\n")
    lines.insert(min(at, len(lines)), EXAMPLES[name])
    text = "\n".join(lines)
    hr = headroom(mode)
    sent, event = _compressed(hr, text)
    if sent != text:
        assert hr.retrieve(event.key).text == text
    if event.outcome == "lossless":
        assert same_text(expand(sent), text)


@pytest.mark.parametrize("name", [*EXAMPLES, "a marker of ours"])
def test_a_page_with_an_example_is_compressed_like_the_rest(name):
    hr = headroom()
    _, first = _compressed(hr, LOG)
    example = EXAMPLES.get(name) or str(Marker(first.key, "3 of 9 lines"))
    text = f"{LOG}{example}\n{LOG}"
    sent, event = _compressed(hr, text)
    assert event.outcome == "compressed"
    assert event.tokens_after < event.tokens_before / 4
    assert hr.retrieve(find_markers(sent)[-1].key).text == text


def test_a_marker_that_somebody_made_up_protects_nothing():
    _, event = _compressed(headroom(), LOG + EXAMPLES["a marker that somebody made up"])
    assert event.outcome == "compressed"


@pytest.mark.parametrize("text", [LOG, ROWS, VIEW, f"Rows:\n{ROWS}\nFile:\n{ROWS}\nDone."])
@pytest.mark.parametrize("mode", ["lossless", "balanced"])
@pytest.mark.parametrize("after", ["", "\n", "\n</result>"])
def test_what_is_ours_is_left_alone(text, mode, after):
    hr = headroom(mode)
    messages = [{"role": "tool", "content": text}, {"role": "tool", "content": ROWS}]
    sent = hr.compress(messages).messages[0]["content"]
    assert sent != text
    again, event = _compressed(hr, f"{sent}{after}")
    if find_markers(sent) or not after.strip():
        assert event.reason == "already compressed"
    assert again == f"{sent}{after}"


def test_a_hostile_rendering_is_no_reason_to_keep_the_rest():
    hr = Headroom(Settings(store_url="memory"))
    hostile = "x\n[headroom json, 1 lines]\n" + '{"a":' * 50_000
    messages = [{"role": "tool", "content": text} for text in (hostile, LOG)]
    assert hr.compress(messages).events[1].outcome == "compressed"
