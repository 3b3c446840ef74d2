from __future__ import annotations

import re

import pytest

from headroom_core.compressors._log.passing import find_passing
from headroom_core.compressors._log.question import find_asked
from headroom_core.compressors._log.summary import summarize, time_span
from headroom_core.compressors._log.templates import mask
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.log_inputs import LOG, SERVICE, unfold


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["a 1", "a 2", "a 30", "a 4"], "1..30", id="a range of numbers"),
        pytest.param(["a 1", "a 2", "a 1"], "1 x2|2 x1", id="each of a few values"),
        pytest.param(["a 5ms", "a 70ms", "a 8ms", "a 9ms"], "5ms..70ms", id="with their unit"),
        pytest.param(["a 1.5 b 7", "a 0.25 b 7", "a 2.5 b 7", "a 9.0 b 7"], "0.25..9.0",
            id="a place where all are the same is left out"),
        pytest.param(["a 1 b 7", "a 2 b 7", "a 3 b 8", "a 4 b 8"], "1..4, 7 x2|8 x2",
            id="place by place"),
        pytest.param(["a 1x2y", "a 2x3y", "a 3x4y", "a 5x6y", "b 7 8"], "",
            id="values that are no numbers are only counted, which says too little"),
        pytest.param(["10:00:01 a", "10:00:02 a"], "", id="the time of the line is no value"),
        pytest.param([], "", id="nothing"),
    ],
)  # fmt: skip
def test_values_of_lines_in_a_few_words(lines, expected):
    assert summarize(mask("\n".join(lines)), range(len(lines))) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2026-01-01 10:00:00 a", "2026-01-01 10:00:09 b"], "2026-01-01 10:00:00 to 10:00:09"),
        (["2026-01-01 10:00:00 a", "2026-01-02 10:00:09 b"],
            "2026-01-01 10:00:00 to 2026-01-02 10:00:09"),
        (["10:00:00 a", "10:00:00 b"], "10:00:00"),
        (["a", "b"], ""),
    ],
)  # fmt: skip
def test_when_a_log_begins_and_ends(lines, expected):
    assert time_span(mask("\n".join(lines))) == expected


def lossy(text: str, tokens: int, query: str = "") -> list[str]:
    made = LOG.compress(Block(text), Budget(tokens, estimate), query)
    assert made.omitted
    return unfold(made.text).split("\n")


def test_a_frequent_kind_of_line_has_its_count_values_and_time_span():
    shown = lossy(SERVICE, 600)
    assert shown[0].startswith("[800 lines, 2024-03-01 10:00:00 to 2024-03-02 17:13:19; ")
    note = next(line for line in shown if line.startswith("[800x"))
    assert re.fullmatch(r"\[800x: 0\.\.3, 0\.\.6327281, 0\.\.976, 800 values(?: \.\.\d+)?\]", note)


def test_the_legend_names_what_is_used_and_nothing_else():
    lines = [f"{chr(97 + i % 26) * 5} {chr(97 + i // 26) * 5} ran" for i in range(600)]
    legend = lossy("\n".join(lines), 120)[0]
    assert "[..20]" in legend
    assert "[9x: " not in legend


@pytest.mark.parametrize(
    ("query", "named", "worded"),
    [
        pytest.param("what happened to blk_77?", [7], [], id="an identifier"),
        pytest.param("where is 'disk is full' said?", [3], [], id="quoted text"),
        pytest.param("did the migration stop?", [], [5], id="a word"),
        pytest.param("why /var/lib/shop.db?", [9], [], id="a path"),
        pytest.param("errors in getUserName", [4], [], id="a name by its parts"),
        pytest.param("", [], [], id="no question"),
    ],
)
def test_what_a_question_leads_to(query, named, worded):
    lines = [f"tick {n}" for n in range(12)]
    lines[3] = "the Disk is FULL now"
    lines[4] = "call GETUSERNAME"
    lines[5] = "migration ended"
    lines[7] = "moved blk_77 away"
    lines[9] = "opened /var/lib/shop.db"
    found = find_asked(mask("\n".join(lines)), query)
    assert found.named[:1] == named
    assert found.worded[:1] == worded or named


def test_of_hundreds_that_a_question_names_some_are_shown_and_all_are_counted():
    lines = [f"{n} worker-12 took job {n * n}" if n % 3 else f"{n} idle" for n in range(900)]
    found = find_asked(mask("\n".join(lines)), "What did worker-12 do?")
    assert found.counts["worker-12"] == 600
    assert {1, 899} <= set(found.named)
    assert 4 <= len(found.named) <= 20
    shown = lossy("\n".join(lines), 400, "What did worker-12 do?")
    assert "600 times 'worker-12'" in shown[0]
    assert lines[1] in shown
    assert lines[899] in shown


def test_only_what_many_lines_say_goes_well():
    lines = [f"test a{'b' * n} ... ok" for n in range(9)] + ["Compiling x", "nothing of the kind"]
    found = find_passing(lines, {line: line for line in lines})
    assert set(found) == set(lines[:9])
