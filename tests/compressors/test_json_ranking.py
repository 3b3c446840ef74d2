"""JSON under a budget: what each reason to show a record is worth where no other reason helps."""

from __future__ import annotations

import json

import pytest

from headroom_core.compressors._json.exemplars import _NEGATED
from tests.compressors.json_inputs import boring, compress, rows_of, shown

WORDS = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "juniper"]


def tales(count):
    """Return rows that say little; no two of their texts are alike."""
    return [
        {"kind": "note", "text": " ".join(WORDS[int(digit)] for digit in f"{i * 7919 % 10007:05d}")}
        for i in range(count)
    ]


def test_words_of_trouble_count_where_every_text_is_different():
    rows = tales(400)
    asked = range(7, 400, 40)
    for row in asked:
        rows[row]["text"] += " failed"
    assert {row + 1 for row in asked} <= shown(compress(json.dumps(rows), tokens=400).text).keys()


def test_every_outlier_is_shown_and_not_only_the_largest():
    rows = [{"host": f"h{i * i}", "ms": 20 + i * 37 % 41} for i in range(400)]
    odd = range(15, 400, 60)
    for row in odd:
        rows[row]["ms"] = 5000 + row
    assert {row + 1 for row in odd} <= shown(compress(json.dumps(rows), tokens=250).text).keys()


def test_rows_that_show_little_do_not_use_the_tokens_for_cut_rows():
    rows = [{**row, "client": f"client-{i * i % 61}"} for i, row in enumerate(boring(600))]
    rows[345]["level"] = "quota exceeded"
    made = compress(json.dumps(rows), tokens=600, cut_tokens=4000)
    assert 346 in shown(made.text)
    assert len(made.text) // 3 <= 600


def test_rows_that_show_much_use_the_tokens_for_cut_rows():
    rows = boring(600)
    for row in range(5, 600, 10):
        rows[row]["message"] += " timed out"
    made = compress(json.dumps(rows), tokens=600, cut_tokens=4000)
    assert {row + 1 for row in range(5, 600, 10)} <= shown(made.text).keys()
    assert 600 < len(made.text) // 3 <= 4000


def test_more_tokens_for_cut_rows_than_the_whole_takes_still_give_a_cut():
    made = compress(json.dumps(rows_of(500)), tokens=400, cut_tokens=1_000_000)
    assert made.omitted
    assert "of 500 shown" in made.text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("which instances are not running?", id="not"),
        pytest.param("List instances that aren't running", id="aren't"),
        pytest.param("any instance that was never running?", id="never"),
    ],
)
def test_a_question_with_a_negation_asks_for_any_other_state(question):
    rows = [{**row, "state": "running"} for row in boring(400)]
    asked = range(9, 400, 16)
    for row in asked:
        rows[row]["state"] = "paused"
    found = shown(compress(json.dumps(rows), tokens=1400, query=question).text)
    assert {row + 1 for row in asked} <= found.keys()


def test_a_value_that_the_question_names_is_shown_though_its_words_are_common_ones():
    rows = tales(400)
    rows[150]["text"] = "The Who"
    document = json.dumps(rows)
    assert 151 in shown(compress(document, tokens=200, query="What of The Who?").text)
    assert 151 not in shown(compress(document, tokens=200, query="What of The Whos?").text)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        pytest.param(
            [*range(290), *[None] * 10],
            "min 0, median 144, p95 275, max 289, 10 null",
            id="null among numbers",
        ),
        pytest.param(
            [*range(280), *[None, ...] * 10],
            "min 0, median 139, p95 265, max 279, 10 (none), 10 null",
            id="null and no number",
        ),
        pytest.param(["on", *["off"] * 279, *[...] * 20], "279 off, 20 (none), 1 on", id="no word"),
        pytest.param(
            [*(f"2024-01-{1 + i % 28:02d}" for i in range(280)), *[None, ...] * 10],
            "2024-01-01 to 2024-01-28, 10 (none), 10 null",
            id="no time",
        ),
    ],
)
def test_the_summary_counts_what_is_absent(cells, line):
    rows = [
        {"name": f"n{i * i}", "text": "words that fill a row"} | ({"x": c} if c is not ... else {})
        for i, c in enumerate(cells)
    ]
    made = compress(json.dumps(rows), tokens=300)
    assert f"\nx: {line}\n" in made.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("Which are not running?", ["running"], id="not"),
        pytest.param("non-running hosts", ["running"], id="non with a hyphen"),
        pytest.param("nonrunning pods", ["running"], id="non without"),
        pytest.param("unhealthy nodes", ["healthy"], id="un"),
        pytest.param("a no-op", [], id="a word that only begins like it"),
    ],
)
def test_what_a_question_negates(question, words):
    assert _NEGATED.findall(question) == words
