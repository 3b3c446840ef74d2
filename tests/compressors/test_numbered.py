"""Files with line numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core import Block, Budget, Headroom, Settings, expand
from headroom_core.compressors.numbered import NumberedCompressor
from headroom_core.tokenizers.estimate import estimate

NUMBERED = NumberedCompressor()
LOSSLESS = Budget(None, estimate)
CODE = [f"    total_{n} = price_{n % 7} + fee_{n % 3}" for n in range(40)]


def numbered(lines, first=1, sign="\t", width=6):
    return "\n".join(f"{n:{width}}{sign}{line}" for n, line in enumerate(lines, first))


def test_the_first_and_every_fifth_number_stay():
    lines = [*CODE[:6], "", *CODE[7:24]]
    text = f"a.py:\n{numbered(lines, 98)}\n(more below)"
    assert NUMBERED.compress(Block(text), LOSSLESS).text.split("\n") == [
        "[headroom numbered, 27 lines]",
        'lines 2-25 are numbered like "    98\\t", only every 5th number is shown',
        "a.py:",
        f"98\t{CODE[0]}",
        CODE[1],
        f"100\t{CODE[2]}",
        *CODE[3:6],
        "",
        f"105\t{CODE[7]}",
        *CODE[8:12],
        f"110\t{CODE[12]}",
        *CODE[13:17],
        f"115\t{CODE[17]}",
        *CODE[18:22],
        f"120\t{CODE[22]}",
        CODE[23],
        "(more below)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(numbered(CODE), id="cat -n"),
        pytest.param(numbered(CODE * 9, 8, "\t", 1), id="without padding"),
        pytest.param(numbered(CODE, 80, "→", 5), id="an arrow"),
        pytest.param(numbered(CODE, 80, ":", 1), id="a colon"),
        pytest.param(numbered(CODE, 80, " | ", 3), id="a bar"),
        pytest.param(numbered([*CODE, *[f"1{line}" for line in CODE]]), id="digits at the start"),
        pytest.param(numbered([f"{n + 2}\t{line}" for n, line in enumerate(CODE)]), id="twice"),
        pytest.param(numbered(CODE).replace("\n", "\r\n"), id="CRLF"),
        pytest.param(
            "\n".join(line.rstrip() for line in numbered(["", *CODE, ""] * 2, 1, ": ").split("\n")),
            id="blanks cut at the end of lines",
        ),
        pytest.param(
            f"==> a <==\n{numbered(CODE)}\n\n==> b <==\n{numbered(CODE, 30)}\n", id="two files"
        ),
        pytest.param(f"{numbered(CODE)}\n...\n{numbered(CODE, 90)}", id="two windows of one file"),
    ],
)
def test_is_shorter_and_comes_back(text):
    assert NUMBERED.detect(Block(text)) > 0
    made = NUMBERED.compress(Block(text), LOSSLESS)
    assert estimate(made.text) < 0.95 * estimate(text)
    assert expand(made.text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(CODE), id="no numbers"),
        pytest.param("\n".join(f"{n * 2}: x" for n in range(40)), id="not one by one"),
        pytest.param("\n".join(f"{n:03}: x" for n in range(40)), id="noughts before them"),
        pytest.param("1. one\n2. two\n3. three\n" * 9, id="a list"),
    ],
)
def test_is_left_alone(text):
    assert NUMBERED.detect(Block(text)) == 0
    assert NUMBERED.compress(Block(text), LOSSLESS).text == text


line = st.text(alphabet="ab1\t :|→\r\u2028é", max_size=6)
parts = st.lists(
    st.tuples(st.integers(0, 12), st.lists(line, max_size=9), st.sampled_from(["\t", ":", ": "]))
    | line,
    max_size=6,
)


@hypothesis_settings(max_examples=300, deadline=None)
@given(parts, st.integers(0, 4))
def test_comes_back_whatever_the_lines_are(parts, width):
    said = (
        part if isinstance(part, str) else numbered(part[1], part[0], part[2], width)
        for part in parts
    )
    text = "\n".join(said)
    assert expand(NUMBERED.compress(Block(text), LOSSLESS).text) == text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        'lines 1-9 are numbered like "1:", only every 5th number is shown\n1:x',
        'lines 0-1 are numbered like "1:", only every 5th number is shown\n1:x',
        'lines 1-1 are numbered like "1:", only every 5th number is shown\nx',
        'lines 1-1, 1-1 are numbered like "1:", only every 5th number is shown\n1:x',
        'lines 1-1 are numbered like "x", only every 5th number is shown\n1:x',
        'lines 1-1 are numbered like "1:", only every 3th number is shown\n1:x',
        'lines - are numbered like "1:", only every 5th number is shown\n1:x',
    ],
)
def test_what_is_no_rendering_does_not_expand(body):
    with pytest.raises(ValueError, match=r"\w"):
        NUMBERED.expand(body)


def test_an_exact_reader_shows_every_line():
    text = numbered(CODE * 9)
    call = {"id": "c", "type": "function", "function": {"name": "Read", "arguments": "{}"}}
    messages = [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": text},
    ]
    hr = Headroom(Settings(store_url="memory", strict=True))
    result = hr.compress(messages, model="gpt-4o")
    sent = result.messages[1]["content"]
    assert [event.outcome for event in result.events] == ["lossless"]
    assert expand(sent) == text
    assert all(line in sent for line in CODE)
    assert result.tokens_after < 0.9 * result.tokens_before
