from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, strategies as st

from headroom_core.compressors._log.noise import strip_noise
from tests.compressors.log_inputs import logs, quick
from tests.pace import within


@pytest.mark.parametrize(
    ("text", "shown", "changed"),
    [
        pytest.param("a\nb\n", "a\nb\n", 0, id="plain text is left alone"),
        pytest.param("", "", 0, id="nothing is left alone"),
        pytest.param("\x1b[1;31mFAIL\x1b[0m x\ny", "FAIL x\ny", 1, id="colours go"),
        pytest.param("\x1b[38:2::1:2:3mx\x1b[m", "x", 1, id="colours with colons go"),
        pytest.param("[32mok[0m [39;49;00m", "ok ", 1, id="colours that lost their escape go"),
        pytest.param("rate(x[5m]) [3m", "rate(x[5m]) [3m", 0, id="what is no colour stays"),
        pytest.param("[0m rate(x[5m])", " rate(x[5m])", 1, id="five minutes are no colour"),
        pytest.param("\x1b]0;title\x07x\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "xlink", 1,
            id="titles and links go, the text of a link stays"),
        pytest.param("\x1b(B\x1b7x\x1b=\x1bM\x07", "x", 1, id="other sequences and bells go"),
        pytest.param("\x1b]0;never closed\nb", "\x1b]0;never closed\nb", 0,
            id="an open sequence eats nothing"),
        pytest.param("\x1b[1\nb", "\x1b[1\nb", 0, id="no sequence goes over the line"),
        pytest.param("a\r\nb\r\n", "a\r\nb\r\n", 0, id="CRLF is no progress"),
        pytest.param("a\r\r\nb\r", "a\r\r\nb\r", 0, id="carriage returns at the end stay"),
        pytest.param("a\rb\rc", "a\rb\rc", 0, id="a text with line ends of carriage returns"),
        pytest.param(" 1%\r 50%\r100% done\nx", "100% done\nx", 1, id="the last state stays"),
        pytest.param("1%\r2%\r\r\nx", "2%\r\r\nx", 1, id="the last state keeps its line end"),
        pytest.param("busy\r    \r\nx", "busy\r\nx", 1, id="a blank state hides nothing"),
        pytest.param("fold:start\r\x1b[0Kmake\nx", "make\nx", 1, id="a fold mark is overwritten"),
        pytest.param("5%\rERROR: disk full\r6%\n", "ERROR: disk full\r6%\n", 1,
            id="a state that tells of a failure stays"),
        pytest.param("1% 0 errors\r2% 0 errors\r3% 0 errors\n", "3% 0 errors\n", 1,
            id="progress that counts failures has one last state"),
        pytest.param("1% 0 failed\r2% 0 failed\rdone\n", "2% 0 failed\rdone\n", 1,
            id="counted failures stay once"),
        pytest.param("|\b/\b-\b\\\bok", "ok", 1, id="a spinner"),
        pytest.param("N\bNA\bAM\bM", "NAM", 1, id="bold by backspaces"),
        pytest.param("a\b\b\bb", "b", 1, id="backspaces stop at the start of the line"),
        pytest.param("10%\b\b\b20%\b\b\bdone\n\bx", "done\nx", 2, id="progress by backspaces"),
    ],
)  # fmt: skip
def test_what_a_terminal_shows(text, shown, changed):
    assert strip_noise(text) == (shown, changed)


@quick
@given(st.one_of(logs(), st.text(alphabet="a1%\r\n\b\x1b[]0;m\x07 K(\\", max_size=60)))
def test_the_number_of_lines_stays_and_so_do_lines_without_noise(text):
    shown, changed = strip_noise(text)
    before, after = text.split("\n"), shown.split("\n")
    assert len(before) == len(after)
    assert changed == sum(a != b for a, b in zip(before, after, strict=True))
    for a, b in zip(before, after, strict=True):
        assert a == b or re.search("[\x1b\r\b\x07]|\\[m|\\[\\d", a)


def slow_erase(line):
    shown = []
    for character in line:
        if character == "\b":
            shown = shown[:-1]
        else:
            shown.append(character)
    return "".join(shown)


@given(st.text(alphabet="ab\b", max_size=40))
def test_backspaces_take_one_character_each(line):
    assert strip_noise(line)[0] == slow_erase(line)


@pytest.mark.parametrize(
    "piece",
    ["\x1b[", "\x1b]", "\x1b]x", "\x1bP", "\x1b ", "\x1b[0;", "\b", "a\b", "\b\ba", "\r", "a\r",
     "\r\n", "\r\r\n", "[0m", "[1;", "[0m[1;2;3;4;5;", "error\r", "\r" * 50_000 + "\n"],
)  # fmt: skip
def test_a_megabyte_of_noise_costs_no_second(piece):
    text = piece * (1_000_000 // len(piece))
    for hostile in (text, f"{text}\nx\ry\b", f"x\ry\n{text}"):
        within(1.0, partial(strip_noise, hostile))
