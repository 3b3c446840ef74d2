"""Results that were sent before, or nearly."""

from __future__ import annotations

import inspect
import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from headroom_core import Headroom, Settings
from headroom_core.repeats import changed
from tests.strategies import openai_turn

FILE = "\n".join(
    f"{n:6}\t{line}" for n, line in enumerate(inspect.getsource(textwrap).split("\n")[:150], 1)
)
EDITED = FILE.replace("    40\t", "    40\t# ").replace("   120\t", "   120\t# ")


def _talk(*results, tool="read"):
    return [
        message
        for number, result in enumerate(results)
        for message in openai_turn(f"c{number}", tool, {"n": number}, result)
    ]


def _sent(messages, **options):
    hr = Headroom(Settings(store_url="memory", strict=True, **options))
    result = hr.compress(messages, model="gpt-4o")
    texts = [message["content"] for message in result.messages if message["role"] == "tool"]
    return hr, result, texts


@pytest.mark.parametrize(
    ("results", "compressors"),
    [
        pytest.param([FILE, FILE, FILE], ["", "repeat", "repeat"], id="what stands above"),
        pytest.param([FILE, EDITED], ["", "repeat"], id="what stands above but for an edit"),
        pytest.param([EDITED, "x" * 2000, FILE], ["", "", "repeat"], id="others between"),
        pytest.param([FILE, FILE[::-1]], ["", ""], id="what does not begin alike"),
        pytest.param([FILE, FILE[:60]], ["", ""], id="what is short"),
    ],
)
def test_a_file_that_is_read_again_points_above(results, compressors):
    hr, result, texts = _sent(_talk(*results), lossless_tools=["read"], min_tokens=100)
    assert [event.compressor for event in result.events] == compressors
    for event, text, original in zip(result.events, texts, results, strict=True):
        if event.compressor:
            assert hr.retrieve(event.key).text == original
            assert len(text) < len(original) / 2
        else:
            assert text == original


def test_lossless_mode_points_nowhere():
    _, _, texts = _sent(_talk(FILE, FILE), mode="lossless", lossless_tools=["read"])
    assert texts[0] == texts[1]


def test_an_exact_reader_does_not_point_to_what_was_cut():
    log = "\n".join(f"10:00:{n % 60:02} INFO tick {n * 7919 % 1009}" for n in range(900))
    messages = [*_talk(log, tool="bash"), *_talk(log)]
    _, result, texts = _sent(messages, lossless_tools=["read"])
    assert result.events[0].outcome == "compressed"
    assert result.events[1].compressor != "repeat"
    assert texts[0] != texts[1]


def test_what_a_person_wrote_is_not_pointed_to():
    text = f"```\n{FILE}\n```"
    messages = [{"role": "user", "content": text}, {"role": "user", "content": text}]
    hr = Headroom(Settings(store_url="memory", roles=["user", "tool"]))
    sent = hr.compress(messages).messages
    assert "result above" not in str(sent)


lines = st.lists(st.sampled_from([*"abcdefgh", "[1-4]", "", "\r"]), max_size=40)


@hypothesis_settings(max_examples=300, deadline=None)
@given(lines, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=6))
def test_runs_and_what_is_between_make_the_text(tail, copied):
    above = [f"line {n}" for n in range(100)] + tail
    text = [line for first, more in copied for line in [*above[first : first + 4 + more], "new"]]
    found = changed("\n".join(text), "\n".join(above))
    if found is None:
        return
    whole: list[str] = []
    shown = 0
    for line in found.text.split("\n")[1:]:
        run = re.fullmatch(r"\[(\d+)-(\d+)\]", line)
        whole += above[int(run[1]) - 1 : int(run[2])] if run else [line]
        shown += not run
    assert whole == text
    assert found.omitted == f"{len(text) - shown:,} of {len(text):,} lines"
