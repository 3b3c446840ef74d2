from __future__ import annotations

import re
import sys
import tracemalloc

import pytest
from hypothesis import example, given, strategies as st

from headroom_core.compressors._log.columns import encode
from headroom_core.compressors._log.decode import decode
from headroom_core.compressors._log.repeats import find_repeats
from headroom_core.compressors._log.templates import mask
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.log_inputs import BUILD, LOG, SERVICE, logs, quick, unfold, unfold_own
from tests.pace import within

LOSSLESS = Budget(None, estimate)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param(SERVICE, 0.9, 1.0, id="service log with timestamps"),
        pytest.param(BUILD, 0.6, 1.0, id="build output with an error"),
        pytest.param("\n".join(f"nova-api.log.1.2017-05-16_13:53:{i:02d} 2017-05-16 00:00:00.008 "
            f"25746 INFO nova.osapi [req-{i}]" for i in range(50)), 0.9, 1.0,
            id="timestamps that look like path and line are a log"),
        pytest.param("\n".join(f'time="2021-05-24T16:37:{i:02d}Z" level=info msg="x"'
            for i in range(50)), 0.9, 1.0, id="logfmt"),
        pytest.param('Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g()\n'
            '  File "a.py", line 9, in g\n    raise ValueError\nValueError', 0.6, 1.0,
            id="traceback"),
        pytest.param("\n".join(f"tests/test_{i}.py::test_ok PASSED [{i}%]" for i in range(99)),
            0.6, 1.0, id="test run"),
        pytest.param("\n".join(f"/src/a{i % 5}.py:{i}: error: Incompatible types  [misc]"
            for i in range(99)), 0.6, 1.0, id="type checker with positions"),
        pytest.param("\n".join(f"src/a{i % 5}.py:{i}:    raise ValueError('error')"
            for i in range(99)), 0.0, 0.1, id="grep output is not a log"),
        pytest.param("\n".join(f"lib/b.py:{i}:2024-01-01 10:00:00 x" for i in range(99)),
            0.0, 0.1, id="grep output of times is not a log"),
        pytest.param("import os\n\n\ndef main():\n    if os.name:\n        return 1\n" * 20,
            0.0, 0.2, id="source code is not a log"),
        pytest.param("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-error\n+ok\n",
            0.0, 0.1, id="diff is not a log"),
        pytest.param('{"level": "ERROR",\n "at": "2024-01-01 10:00:00"}', 0.0, 0.1,
            id="JSON is not a log"),
        pytest.param("id,name,at\n" + "\n".join(f"{i},n,2024-01-01 10:00:00" for i in range(50)),
            0.0, 0.3, id="CSV with times is not a log"),
        pytest.param("It was a bright cold day in April and the clocks were striking. " * 20,
            0.0, 0.2, id="prose is not a log"),
        pytest.param("commit " + "a" * 40 + "\nAuthor: A <a@b>\nDate: Mon Jan 1 10:00:00 2024\n",
            0.0, 0.1, id="git log is not a log"),
        pytest.param("total 8\n" + "drwxr-xr-x 2 root root 4096 Jan  1 10:00 bin\n" * 20,
            0.0, 0.1, id="listing is not a log"),
        pytest.param("./a/b.py\n./a/c.py\n./a/d/e.txt\n" * 20, 0.0, 0.1, id="paths are not a log"),
        pytest.param("<!doctype html><html><body>2024-01-01 10:00:00</body></html>", 0.0, 0.1,
            id="HTML is not a log"),
        pytest.param("", 0.0, 0.0, id="nothing is not a log"),
    ],
)  # fmt: skip
def test_detect(text, low, high):
    assert low <= LOG.detect(Block(text)) <= high


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SERVICE, id="values become cells"),
        pytest.param(SERVICE + "\n", id="line break at the end"),
        pytest.param(SERVICE.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(SERVICE.replace("\n", "\r\n\r\n"), id="blank lines"),
        pytest.param(SERVICE.replace(" INFO", "\x1b[32m INFO\x1b[0m"), id="colours"),
        pytest.param(SERVICE.replace(" to ", "\x00\x0b\u2028\x85\u00a0"), id="odd separators"),
        pytest.param(SERVICE.replace(" to ", "|~^;"), id="our cell signs occur"),
        pytest.param(SERVICE.replace(" to ", "*@&~^$#"), id="our other signs occur"),
        pytest.param(BUILD, id="common starts and loose ends"),
        pytest.param("\n".join(["tick 1 at 2"] * 500), id="one line over and over"),
        pytest.param("\n".join(f"x{i % 7} says hello to all" for i in range(700)), id="a cycle"),
        pytest.param("\n".join([f"job {i}: started by cron\njob {i}: done" for i in range(99)] * 2),
            id="a block again"),
        pytest.param("\n".join(f"[task 2025-02-13T1{i // 60}:{i % 60:02d}:09.{i:03d}Z] "
            f"1{i // 60}:{i % 60:02d}:09 INFO - job {i}" for i in range(200)),
            id="a time twice in a line"),
        pytest.param("\n".join(f"node R{i % 9}-M0 at 2005-06-{i % 28 + 1:02d} node R{i % 9}-M0 RAS"
            for i in range(200)), id="a value twice in a line"),
        pytest.param("\n".join(f"hint: value{'' if i % 3 else f' of the thing {i}'}"
            for i in range(99)), id="a loose end that is empty"),
        pytest.param("\n".join("received a request: GET /"
            + ("" if i % 40 == 7 else chr(97 + i % 26) * 5 + str(i))
            for i in range(200)), id="few loose ends that are empty"),
        pytest.param("\n".join(f"[instance: b9000564-fe1a-409b-b8cc-{i % 9}88b294cd1d] "
            f"step {i} of req-{i % 7}2345678-1234-1234-1234-123456789abc" for i in range(200)),
            id="long identifiers again and again"),
        pytest.param("\n".join(f"{i + 1117838570} {i % 7}-M0 2005-06-03-15.42.{i % 60:02d}.{i * 7}"
            f" R02-{i % 7}-M0 RAS KERNEL INFO cache parity error" for i in range(200)),
            id="times with dots"),
        pytest.param("\n".join(f"request {'dead' if i % 2 else ''}{i}beef served in full"
            for i in range(999)), id="values that open with hex letters"),
        pytest.param("\n".join(f"{i * 7919 % 65_536:016x} T shop::part{i % 7}::f{'xyz'[i % 3] * 4}"
            for i in range(200)), id="addresses with leading zeros"),
    ],
)  # fmt: skip
def test_lossless_is_shorter_and_comes_back_byte_for_byte(text):
    made = LOG.compress(Block(text), LOSSLESS)
    assert made.omitted == ""
    assert unfold(made.text) == text
    assert estimate(made.text) < 0.75 * estimate(text)


def test_a_line_of_the_log_is_a_line_of_the_body():
    text = "\n".join(
        f"2025-01-01 10:00:{i:02d} INFO worker-{i % 3}: done in {i}ms" for i in range(9)
    )
    found = encode(text, mask(text))
    assert found is not None
    body, note = found
    assert body.split("\n") == [
        "|*@& 1",
        "A|@ INFO worker-*: done in *",
        "A|2025-01-01 10:00:00|0|0ms",
        "|01|1|1ms",
        "|02|2|2ms",
        "|03|0|3ms",
        "|04|1|4ms",
        "|05|2|5ms",
        "|06|0|6ms",
        "|07|1|7ms",
        "|08|2|8ms",
    ]
    assert '"A|..." is template A' in note


@pytest.mark.parametrize(
    ("lines", "told", "untold"),
    [
        pytest.param([f"job {i} is done" for i in range(9)], ["A|x|y"], ["empty cell", "time"],
            id="values"),
        pytest.param(["the same line again"] * 9, ["the line above"], ["template", "cell"],
            id="a repeated line"),
        pytest.param([f"12:00:{i:02d} job {i // 3} is done" for i in range(9)],
            ["is the time", "an empty cell"], ["is named", "repeats"], id="times"),
        pytest.param([f"job {i} of req-0123456789abcdef{i % 2} is done" for i in range(9)],
            ["behind a word names it"], ["is the time"], id="names"),
    ],
)  # fmt: skip
def test_the_header_explains_what_is_used_and_nothing_else(lines, told, untold):
    text = "\n".join(lines)
    found = encode(text, mask(text))
    assert found is not None
    assert [words for words in told if words not in found[1]] == []
    assert [words for words in untold if words in found[1]] == []


@quick
@given(logs())
@example("A|x\n" * 9)
@example("id 0123456789abcdef0123\n" * 9 + "id 0123456789abcdef0124 0123456789abcdef0123\n" * 3)
@example("x 1\nx 2\nx 3\n" * 3)
def test_whatever_is_encoded_decodes_to_the_same(text):
    found = encode(text, mask(text))
    if found is not None:
        assert decode(found[0]) == text
        assert "\n" not in found[1]
    assert unfold_own(LOG.compress(Block(text), LOSSLESS).text, text) == text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("just text", id="no signs"),
        pytest.param("|*@& 2\nA|x", id="too few templates"),
        pytest.param("|*@&~ 0\nx ~a", id="a name of nothing"),
        pytest.param("|*@&~ 0\nx~a x~", id="no name"),
        pytest.param("|*@& 0\nA|x", id="no such template"),
        pytest.param("|*@& 1\nA|x*\nA|1|2", id="too many cells"),
        pytest.param("|*@& 0\n3|", id="repeats nothing"),
        pytest.param("|*@& 0\nx\n5-9|", id="repeats what is not there"),
        pytest.param("|*@& 0\nx\n999999999|", id="repeats beyond reason"),
        pytest.param("|*@& 0\n" + "x" * 9000 + "\n" + "1-2|\n" * 9 + "9999999|", id="a bomb"),
    ],
)
def test_a_broken_body_is_a_value_error(body):
    with pytest.raises(ValueError, match="not the body of a log"):
        LOG.expand(body)


@quick
@given(st.text(alphabet='AB|*@&~^0123-9 \n"x', max_size=120))
def test_any_body_is_a_text_or_a_value_error(body):
    for start in ("", "|*@& 1\nA|x*@&1\n", "|*@&~ 1\nA|x~a*@&1\n"):
        try:
            assert isinstance(LOG.expand(start + body), str)
        except ValueError:
            continue


def test_repeats_are_what_stands_there_before():
    lines = list("abcdeabcdexyzzzz")
    long = [line * 20 for line in lines]
    again = list(long)
    for start, (source, length) in find_repeats(long):
        assert source < start
        again[start : start + length] = [long[source + k] for k in range(length)]
    assert again == long
    assert dict(find_repeats(long)) == {5: (0, 5), 13: (12, 3)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 1_000_000, id="one line"),
        pytest.param("\n" * 1_000_000, id="blank lines"),
        pytest.param("1\n" * 500_000, id="one digit per line"),
        pytest.param("\n".join(f"{i * 7919 % 1_000_003:x} {i}" for i in range(80_000)), id="hex"),
        pytest.param("\n".join(f"w{i:x}q" for i in range(150_000)), id="distinct words"),
        pytest.param("ab " * 333_000, id="words without a break"),
        pytest.param("a\nb\n" * 250_000, id="two lines in turn"),
        pytest.param(("error " * 9 + "\n") * 18_000, id="nothing but errors"),
        pytest.param("/:=,(" * 200_000, id="nothing but delimiters"),
        pytest.param("12:30:45 " * 110_000, id="nothing but times"),
    ],
)
@pytest.mark.parametrize("tokens", [None, 2000])
def test_a_megabyte_costs_a_second_at_most(text, tokens):
    def work():
        LOG.detect(Block(text))
        LOG.compress(Block(text), Budget(tokens, estimate), "which error came first?")

    within(1.0 + len(text) / 1e6, work)


MANY_SHORT = [
    pytest.param("\n" * 1_000_000, id="blank lines"),
    pytest.param("a\n" * 500_000 + "b", id="one letter"),
    pytest.param("\n".join(f"{i * 7919 % 65_537:x}" for i in range(200_000)), id="short words"),
]


@pytest.mark.parametrize("text", MANY_SHORT)
def test_very_many_very_short_lines_come_back_and_are_counted(text):
    assert unfold_own(LOG.compress(Block(text), LOSSLESS).text, text) == text
    made = LOG.compress(Block(text), Budget(1500, estimate), "b")
    assert len(made.text) < len(text)
    if made.omitted:
        hidden, total = re.fullmatch(r"([\d,]+) of ([\d,]+) lines", made.omitted).groups()
        assert int(total.replace(",", "")) == len(text.split("\n")) - text.endswith("\n")
        assert int(hidden.replace(",", "")) < int(total.replace(",", ""))


def numbered(line, count):
    """A log of so many lines like `line`."""
    return "\n".join(line.format(n, n * 7919 % 99_991, n * 31 % 977) for n in range(count))


@pytest.mark.parametrize(
    "text",
    [
        *MANY_SHORT[1:],
        pytest.param((SERVICE + "\n") * 6, id="a service log"),
        pytest.param(numbered("{1} {2} ok {0}", 62_000), id="numbers"),
        pytest.param(numbered("src/a{0}.c:{0}:{2}: error: no {1:x}", 30_000), id="errors"),
        pytest.param(numbered("\x1b[32m[INFO]\x1b[0m step {0} took {2}", 32_000), id="colours"),
        pytest.param(numbered("{0} ОШИБКА: задание {1} за {2} мс", 30_000), id="not ASCII"),
        pytest.param(numbered("café {0} lost {1} of {2} at home", 30_000), id="accents"),
    ],
)
@pytest.mark.parametrize("tokens", [None, 2000])
def test_memory_is_at_most_six_times_the_text(text, tokens):
    tracemalloc.start()
    LOG.compress(Block(text), Budget(tokens, estimate), "which error came first?")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * sys.getsizeof(text)
