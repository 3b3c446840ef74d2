from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from headroom_core.compressors._log.noise import strip_noise
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.log_inputs import BUILD, LOG, SERVICE, logs, quick, unfold, unfold_own

NOTE = re.compile(r"\[(?:\d+x(?: \d+|: [^\[\]]{1,200})?)?(?: ?\.\.\d+)?\]")
NOISE = re.compile(r"(?:, )?terminal codes in (\d+) lines")


def lossy(text: str, tokens: int, query: str = "", keep: str = "") -> tuple[str, str]:
    """Return what is shown of `text` within `tokens`, envelopes turned back, and what is not."""
    budget = Budget(tokens, estimate, re.compile(keep) if keep else None)
    made = LOG.compress(Block(text), budget, query)
    return unfold(made.text), made.omitted


@quick
@given(logs(), st.integers(0, 400), st.sampled_from(["", "what about dead1?", "ERROR user"]))
def test_what_is_omitted_is_counted(text, tokens, query):
    budget = Budget(tokens, estimate)
    made = LOG.compress(Block(text), budget, query)
    assert made == LOG.compress(Block(text), budget, query)
    if not made.omitted:
        assert unfold_own(made.text, text) == text
        return
    clean, changed = strip_noise(text)
    noise = NOISE.search(made.omitted)
    assert (int(noise[1]) if noise else 0) == changed
    assert len(made.text) < len(text)
    counts = re.match(r"(\d+) of (\d+) lines", made.omitted)
    assert counts or changed
    if not counts:
        return
    lines = clean.split("\n")
    total = len(lines) - (not lines[-1])
    assert 0 < int(counts[1]) <= int(counts[2]) == total
    if "[" not in text:
        shown = unfold(made.text).split("\n")[1:]
        assert len([line for line in shown if not NOTE.fullmatch(line)]) == total - int(counts[1])


def shown_lines(shown: str, text: str) -> int:
    """Return how many lines of `text` (all different) are lines of `shown`."""
    return len(set(text.split("\n")) & set(shown.split("\n")))


@pytest.mark.parametrize("tokens", [60, 200, 600, 2000, 6000])
@pytest.mark.parametrize("text", [SERVICE, BUILD], ids=["service", "build"])
def test_the_lines_not_shown_are_the_lines_omitted(text, tokens):
    shown, omitted = lossy(text, tokens, "what failed?")
    assert omitted or tokens > 500
    total = len(text.split("\n"))
    if omitted:
        assert omitted == f"{total - shown_lines(shown, text):,} of {total:,} lines"


@pytest.mark.parametrize("tokens", [150, 250, 400])
def test_blank_lines_between_lines_shown_are_shown_and_counted(tokens):
    text = "\n".join(f"{chr(97 + i % 26) * 9} {chr(97 + i % 23) * 9} ran\n" for i in range(120))
    shown, omitted = lossy(text, tokens)
    whole = [line for line in shown.split("\n")[1:] if not NOTE.fullmatch(line)]
    assert "" in whole
    assert omitted == f"{239 - len(whole)} of 239 lines"


@pytest.mark.parametrize("tokens", [150, 500, 2000])
def test_the_budget_is_a_ceiling(tokens):
    made = LOG.compress(Block(SERVICE), Budget(tokens, estimate))
    assert made.omitted
    assert estimate(made.text) <= tokens


def test_a_boring_log_comes_out_tiny():
    text = "\n".join(f"12:{i // 60 % 60:02d}:{i % 60:02d} INFO tick {i * 37}" for i in range(2000))
    made = LOG.compress(Block(text), Budget(9000, estimate))
    assert made.omitted
    assert estimate(made.text) < 400


def test_failures_and_what_stands_around_them_are_shown():
    shown, _ = lossy(BUILD, 400)
    for line in BUILD.split("\n")[-4:]:
        assert line in shown.split("\n")


def test_the_first_line_of_every_kind_is_shown():
    kinds = [f"{name} said {'yes' * k}" for k, name in enumerate(["alpha", "beta", "gamma"], 1)]
    lines = [f"12:00:{i % 60:02d} {kinds[i % 3]} to {i}" for i in range(600)]
    lines[333] = "12:09:33 the one and only"
    shown, _ = lossy("\n".join(lines), 500)
    assert all(line in shown for line in [*lines[:3], lines[333]])


def test_how_often_lines_occur_is_noted_once_for_lines_in_a_row():
    kinds = ["alpha starts", "beta follows", "gamma ends"]
    lines = [f"{kinds[i % 3]} at {i * i}" for i in range(300)] + ["delta was here"]
    shown, _ = lossy("\n".join(lines), 200)
    assert [*lines[:3], "[100x 3 ..297]"] == shown.split("\n")[1:5]


@pytest.mark.parametrize("number", [5, 399, 640])
def test_what_the_question_names_is_shown(number):
    line = SERVICE.split("\n")[number]
    name = f"blk_{number * 7919}"
    shown, _ = lossy(SERVICE, 400, f"What happened to {name}?")
    assert line in shown.split("\n")


@quick
@given(st.integers(1, 3000), st.sampled_from(["blk_7919[0-9]", "to /10.0.3.", "^2024-03-02 15:08"]))
def test_lines_that_must_stay_stay_whatever_they_cost(tokens, keep):
    shown, _ = lossy(SERVICE, tokens, keep=keep)
    wanted = [line for line in SERVICE.split("\n") if re.search(keep, line)]
    assert wanted
    assert set(wanted) <= set(shown.split("\n"))


def test_a_very_long_line_is_cut_and_counts_as_omitted():
    text = "\n".join(["start", "ERROR " + "x y " * 5000, "end"])
    shown, omitted = lossy(text, 900)
    assert "[19,406 characters left out]" in shown
    assert omitted == "1 of 3 lines"


def test_an_error_count_of_zero_is_no_error():
    lines = [f"[junit] Tests run: {i}, Failures: 0, Errors: 0, suite s{i * i}" for i in range(300)]
    lines[150] = "[junit] Tests run: 150, Failures: 2, Errors: 0, suite s22500"
    shown, _ = lossy("\n".join(lines), 300)
    assert lines[150] in shown


@pytest.mark.parametrize(
    "line",
    ["140735:error:1408F10B:SSL routines", "Compiling 3rdparty/x/Exception.cpp", "12:30:FATAL it"],
)
def test_a_word_of_failure_inside_a_value_is_one(line):
    lines = [f"{n}:fine:{n * 7919:X}:SSL routines" for n in range(150)]
    lines += [f"Compiling 3rdparty/x/part{n}.cpp" for n in range(150)]
    lines.insert(120, line)
    assert line in lossy("\n".join(lines), 300)[0].split("\n")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('10.0.0.{1} - - [01/Mar/2026:10:00:{0:02}] "GET /item HTTP/1.1" {2} {1}',
            id="access log"),
        pytest.param("10:00:{0:02} INFO handled path=/cart status={2} took={1}ms", id="pairs"),
        pytest.param('10:00:{0:02} INFO reply={{"id": {1}, "status": {2}, "took": {1}}}',
            id="JSON in the line"),
        pytest.param("10:00:{0:02} answered {1} with status code: {2}.", id="words"),
    ],
)  # fmt: skip
def test_a_server_that_failed_is_a_failure(line):
    lines = [line.format(n % 60, n * 7 % 91, 200 + 4 * (n % 2)) for n in range(500)]
    lines[77] = line.format(17, 77, 503)
    lines[311] = line.format(11, 31, 500)
    shown, _ = lossy("\n".join(lines), 350)
    assert lines[77] in shown
    assert lines[311] in shown


def words(number: int) -> str:
    """Return a line that is like no other, and has no number in it."""
    return " ".join(chr(97 + number // 26**k % 26) * (3 + number % (k + 2)) for k in range(4))


def test_what_tells_most_of_a_failure_is_shown_however_far_from_its_start():
    lines = [words(n) for n in range(300)]
    code = [f"    {words(n)}" for n in range(300, 345)]
    told = [f"> {words(400)} {words(401)}", f"E {words(402)} {words(403)} {words(404)}"]
    lines[150] = "\n".join([f"____ {words(405)} ____", *code, *told, *code[:5]])
    shown = lossy("\n".join(lines), 400)[0].split("\n")
    assert [line for line in told if line not in shown] == []


def test_a_cross_is_a_failure_without_any_word_of_it():
    lines = [words(n) for n in range(300)]
    lines[150] = f"  \u2715 {words(301)} {words(302)}"
    assert lines[150] in lossy("\n".join(lines), 200)[0]


def test_what_passes_behind_a_failure_is_not_part_of_it():
    lines = [f"  \u2713 {words(n)}" for n in range(200)]
    lines[100] = "  \u2715 could not add up"
    shown, _ = lossy("\n".join(lines), 400)
    assert lines[100] in shown
    assert shown.count("\u2713") <= 6


def test_what_stands_before_the_end_of_a_failed_command_comes_before_other_lines():
    lines = [words(n) for n in range(400)]
    lines[220] = "The command exited with 2"
    shown = lossy("\n".join(lines), 400)[0].split("\n")
    near = sum(line in shown for line in lines[195:220])
    far = sum(line in shown for line in lines[20:45])
    assert near >= far + 8


def test_gaps_of_a_few_short_lines_inside_a_failure_are_filled():
    lines = [words(n) for n in range(300)]
    told = [f"E       {words(400 + n)}" for n in range(6)]
    lines[150] = "\n".join([f"____ {words(398)} ____", *[f"{line}\n\n}}\n" for line in told]])
    shown = lossy("\n".join(lines), 500)[0]
    assert "\n".join(f"{line}\n\n}}\n" for line in told[:5]) in shown
