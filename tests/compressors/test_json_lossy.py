"""JSON under a budget: what is rare, wrong or asked for stays, and the rest is counted truly."""

from __future__ import annotations

import json
import re

from headroom_core import expand
from headroom_core.compressors.json import JsonCompressor
from headroom_core.types import Block, Budget

COMPRESSOR = JsonCompressor()


def compress(text, tokens=None, query="", keep=None):
    """Return what the compressor makes of a text; a token is three characters."""
    budget = Budget(tokens, lambda counted: len(counted) // 3, keep and re.compile(keep))
    return COMPRESSOR.compress(Block(text), budget, query)


def rows_of(count, **more):
    return [
        {"id": i, "name": f"user{i}", "state": "ok", "size": i * 37 % 101, **more}
        for i in range(count)
    ]


def shown(text):
    """Return the records that a lossy rendering of a list shows, by their number."""
    found = json.loads(expand(text)[expand(text).index("\n[") :])
    return {record["#"]: record for record in found}


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
    assert "state: 499 ok, 1 quota exceeded" in made.text
    assert "size: min 0, median" in made.text
    assert "max 1000000" in made.text


def test_a_record_that_the_question_names_is_shown():
    rows = rows_of(400)
    found = shown(compress(json.dumps(rows), tokens=300, query="What is the size of user217?").text)
    assert found[218] == {"#": 218, **rows[217]}


def test_records_to_keep_are_kept():
    rows = rows_of(400)
    made = compress(json.dumps(rows), tokens=300, keep=r'"user(77|299)"')
    assert {78, 300} <= shown(made.text).keys()


def test_what_fits_losslessly_loses_nothing():
    text = json.dumps(rows_of(50))
    made = compress(text, tokens=500)
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
