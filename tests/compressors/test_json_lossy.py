"""JSON under a budget: what is rare, wrong or asked for stays, and the rest is counted truly."""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core import expand
from tests.compressors.json_inputs import boring, compress, rows_of, shown


def balanced(text, **more):
    """Return the rendering of a text within the tokens that the balanced mode gives it."""
    return compress(text, tokens=300 + int(0.13 * len(text) / 3), **more)


def test_a_budget_keeps_what_is_rare_and_counts_the_rest():
    rows = rows_of(500)
    rows[333]["state"] = "quota exceeded"
    rows[222]["size"] = 10**6
    made = compress(json.dumps(rows), tokens=400)
    found = shown(made.text)
    assert len(made.text) // 3 <= 400
    assert found[334] == {"#": 334, **rows[333]}
    assert found[223] == {"#": 223, **rows[222]}
    assert made.omitted == f"{500 - len(found)} of 500 rows"
    assert f"document: {len(found)} of 500 shown; all of them:" in made.text
    assert "state: 499 ok, 1 quota exceeded" in made.text
    assert "size: min 0, median" in made.text
    assert "max 1000000" in made.text


def plant(rows, row, kind):
    """Make one row unusual; return what a reader must be able to see of it."""
    planted = {
        "status": {"level": "quota"},
        "trouble": {"message": f"connection refused by peer {row}"},
        "outlier": {"ms": 900},
        "lower": {"ms": -700},
        "extra": {"debugger": "attached"},
        "null": {"service": None},
        "kind": {"message": "reloaded the configuration"},
    }[kind]
    return [*rows[:row], {**rows[row], **planted}, *rows[row + 1 :]]


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(100, 500),
    place=st.floats(0, 1),
    kind=st.sampled_from(["status", "trouble", "outlier", "lower", "extra", "null", "kind"]),
    seed=st.integers(0, 99),
)
def test_one_unusual_record_among_many_is_shown(count, place, kind, seed):
    row = int(place * (count - 1))
    rows = plant(boring(count, seed), row, kind)
    made = balanced(json.dumps(rows))
    found = shown(made.text)
    assert found[row + 1] == {"#": row + 1, **rows[row]}
    for number, record in found.items():
        assert record == {"#": number, **rows[number - 1]}
    assert made.omitted == f"{count - len(found)} of {count} rows"


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        pytest.param("What did trace {trace} do?", [77], id="a value of its own"),
        pytest.param("Which are not running?", range(9, 400, 16), id="any state but one"),
    ],
)
def test_records_that_the_question_asks_for_are_shown(question, rows):
    jobs = [{**row, "state": "running"} for row in boring(400)]
    for row in range(9, 400, 16):
        jobs[row]["state"] = "paused"
    query = question.format(trace=jobs[77]["trace"])
    asked = {row + 1 for row in rows}
    assert not asked <= shown(compress(json.dumps(jobs), tokens=1400).text).keys()
    assert asked <= shown(compress(json.dumps(jobs), tokens=1400, query=query).text).keys()


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param({"level": "error"}, id="in a column of few values"),
        pytest.param({"message": "{} timed out"}, id="in a text"),
    ],
)
def test_all_records_in_trouble_are_shown_if_they_fit(trouble):
    rows = boring(400)
    for row in range(5, 400, 10):
        rows[row] |= {key: text.format(rows[row]["trace"]) for key, text in trouble.items()}
    found = shown(compress(json.dumps(rows), tokens=1600).text)
    assert {row + 1 for row in range(5, 400, 10)} <= found.keys()


@settings(max_examples=40, deadline=None)
@given(kept=st.sets(st.integers(0, 399), min_size=1, max_size=8), seed=st.integers(0, 9))
def test_records_to_keep_are_kept(kept, seed):
    rows = boring(400, seed)
    keep = "|".join(rows[row]["trace"] for row in kept)
    assert {row + 1 for row in kept} <= shown(balanced(json.dumps(rows), keep=keep).text).keys()


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            json.loads('{"a":' * 9 + json.dumps(["-" * 999, "needle350"]) + "}" * 9), id="deep"
        ),
        pytest.param([f"needle{i}" for i in range(900)], id="in a list of anything"),
        pytest.param({f"k{i}": {"v": f"needle{i}"} for i in range(900)}, id="a map"),
        pytest.param({"a": "x" * 900 + "needle350" + "x" * 900}, id="in a long string"),
    ],
)
def test_what_is_to_be_kept_is_kept_wherever_it_stands(document):
    text = json.dumps({"is": document, **{f"word{i}": ["y" * 99 * i] for i in range(12)}})
    assert "needle350" not in compress(text, tokens=900).text
    made = compress(text, tokens=900, keep="needle350")
    assert made.omitted
    assert "needle350" in made.text


values = st.sampled_from(["up", "down", "a b", "x, y", "", None, True, "1"])


@settings(max_examples=60, deadline=None)
@given(
    states=st.lists(values, min_size=150, max_size=400),
    step=st.integers(1, 40),
    gap=st.integers(0, 3),
)
def test_the_summary_is_true_of_all_records(states, step, gap):
    rows = [
        {
            "id": f"i{i * i}",
            "at": f"2024-03-{1 + i * step % 28:02d}",
            **({"n": i * i % 97 - 5} if i % 4 >= gap else {}),
            "state": state,
            "note": "some words that fill the row",
        }
        for i, state in enumerate(states)
    ]
    made = compress(json.dumps(rows), tokens=400)
    assert made.omitted
    summary = dict(
        line.split(": ", 1) for line in made.text.split("\n[headroom")[0].split("\n")[1:]
    )
    if len(set(map(repr, states))) > 1:
        listed = Counter(spelled(state) for state in states)
        assert counts(summary["state"]) == listed
    numbers = sorted(row["n"] for row in rows if "n" in row)
    none = len(rows) - len(numbers)
    middle, high = (numbers[math.ceil(len(numbers) * share) - 1] for share in (0.5, 0.95))
    expected = f"min {numbers[0]}, median {middle}, p95 {high}, max {numbers[-1]}"
    assert summary["n"] == expected + (f", {none} (none)" if none else "")
    times = sorted(row["at"] for row in rows)
    if times[0] != times[-1]:
        assert summary["at"] == f"{times[0]} to {times[-1]}"
    assert summary["all different"] == "id"


def spelled(value):
    """Return a value as the cell of a table."""
    plain = isinstance(value, str) and value not in ("", "1") and "," not in value
    return value if plain else json.dumps(value)


_CELL = r'(?:"[^"]*"|(?! )[^,()"]+)'


def counts(line):
    """Return what a line of counts says."""
    parts = re.findall(rf"(\d+) (?:each \(((?:{_CELL}(?:, )?)+)\)|({_CELL}))(?:, |$)", line)
    return {
        value: int(times)
        for times, several, one in parts
        for value in (re.findall(_CELL, several) if several else [one])
    }


def test_nested_lists_that_are_cut_say_so_and_no_more():
    draw = random.Random(1)
    rows = [
        {"name": f"n{i * i}", "parts": [{"k": f"{draw.getrandbits(400):x}"} for _ in range(30)]}
        for i in range(4)
    ]
    made = compress(json.dumps(rows), tokens=900)
    found = json.loads(expand(made.text)[expand(made.text).index("\n[") :])
    left = sum(30 - len(row["parts"]) for row in found)
    assert left
    assert f"document[].parts: {left} left out\n" in made.text


def test_what_is_rare_in_a_nested_list_brings_its_record():
    rows = [
        {**row, "checks": [{"ms": row["ms"] * n, "passed": True} for n in (i, 7 * i)]}
        for i, row in enumerate(boring(300))
    ]
    rows[123]["checks"][1]["passed"] = False
    assert shown(balanced(json.dumps(rows)).text)[124]["checks"] == rows[123]["checks"]


def test_a_level_that_changes_is_shown_where_it_does():
    draw = random.Random(1)
    rows = [
        {"host": f"h{i * i}", "ms": draw.randint(20, 60) + (60 if i > 211 else 0)}
        for i in range(400)
    ]
    assert 213 in shown(compress(json.dumps(rows), tokens=300).text)


def test_what_fits_losslessly_loses_nothing():
    text = json.dumps(rows_of(50))
    made = compress(text, tokens=900)
    assert made.omitted == ""
    assert json.loads(expand(made.text)) == json.loads(text)


def test_long_strings_are_shortened_and_counted():
    text = json.dumps({"readme": "word " * 2000, "name": "x", "version": "1.0"})
    made = compress(text, tokens=200)
    assert made.omitted == "part of 1 string"
    found = json.loads(made.text)
    assert (found["name"], found["version"]) == ("x", "1.0")
    head, hidden, tail = re.split(r"…(\d+) more…", found["readme"])
    assert ("word " * 2000).startswith(head)
    assert ("word " * 2000).endswith(tail)
    assert len(head) + int(hidden) + len(tail) == 10_000


def test_entries_of_a_map_are_counted():
    text = json.dumps({f"package{i}": {"version": f"1.{i}", "dev": True} for i in range(300)})
    made = compress(text, tokens=200, query="Which version is package123?")
    found = json.loads(expand(made.text)[expand(made.text).index("\n{") :])
    assert found["package123"] == {"version": "1.123", "dev": True}
    assert made.omitted == f"{300 - len(found)} of 300 entries"


def test_keys_stay_where_values_cannot():
    document = {f"setting{i}": {"words": [f"{i * i * j:x}" for j in range(50)]} for i in range(40)}
    made = compress(json.dumps(document), tokens=700)
    assert made.omitted
    for key in document:
        assert key in made.text


@pytest.mark.parametrize(
    ("place", "gaps"),
    [
        pytest.param(0.02, 1, id="at the start"),
        pytest.param(0.5, 2, id="in the middle"),
        pytest.param(0.995, 1, id="near the end"),
    ],
)
def test_a_long_string_shows_what_is_asked_for_and_counts_all_else(place, gaps):
    words = [f"word{number * 7919 % 9973}" for number in range(900)]
    words[int(place * len(words))] = "QuorumLostError"
    document = {"name": "notes", "text": " ".join(words)}
    made = compress(json.dumps(document), tokens=150, query="What is a QuorumLostError?")
    assert "QuorumLostError" in made.text
    missing = [int(number) for number in re.findall(r"…(\d+) more…", made.text)]
    assert len(missing) == gaps
    shown_text = re.sub(r"…\d+ more…", "", json.loads(made.text)["text"])
    assert len(shown_text) + sum(missing) == len(document["text"])
