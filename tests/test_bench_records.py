"""The benchmark of records: other spellings, what is looked for, and what counts as seen."""

from __future__ import annotations

import json

import pytest

from tests.bench import records
from tests.bench._records_encodings import comma_separated, markdown, minified
from tests.bench._records_lossy import shortened
from tests.bench._records_retention import needles, visible
from tests.bench._records_speed import made_up, speed
from tests.bench.collect import SOURCES, Source, _records

ROWS = [{"id": 1, "at": {"x": "a|b", "y": [1]}}, {"id": 2.5, "at": {"x": None}, "ok": True}]


def test_nested_keys_become_dotted_columns():
    assert comma_separated(ROWS) == "id,at.x,at.y,ok\n1,a|b,[1],\n2.5,,,true\n"
    assert markdown(ROWS).split("\n")[:3] == [
        "| id | at.x | at.y | ok |",
        "| --- | --- | --- | --- |",
        "| 1 | a\\|b | [1] |  |",
    ]
    assert minified([{"é": 1.0}]) == '[{"é":1.0}]'


def _column(*cells):
    return needles([{"c": cell} for cell in cells])


@pytest.mark.parametrize(
    ("found", "kind", "expected"),
    [
        pytest.param(_column(*["a"] * 7, "b"), "rare", [("b",)], id="a text of one record"),
        pytest.param(_column("a", "b", "c", "d"), "rare", [], id="texts that are all different"),
        pytest.param(_column(*["a"] * 7, *["b"] * 4), "rare", [], id="a text of four records"),
        pytest.param(_column(*["a"] * 7, ""), "rare", [], id="an empty text"),
        pytest.param(
            _column(*range(20), 500), "outlier", [("500",)], id="a number that is far off"
        ),
        pytest.param(_column(*range(20)), "outlier", [], id="numbers that are not"),
        pytest.param(
            _column(*range(5), 9.0), "extreme", [("0",), ("9.0", "9")], id="least and greatest"
        ),
        pytest.param(_column(True, False, True), "extreme", [], id="booleans are no numbers"),
        pytest.param(
            needles([{"a": {"b": n}} for n in range(4)]), "extreme", [("0",), ("3",)], id="nested"
        ),
    ],
)
def test_what_is_looked_for(found, kind, expected):
    assert found[kind] == expected


@pytest.mark.parametrize(
    ("spelling", "sent", "expected"),
    [
        pytest.param("ab", '["ab"]', True, id="a cell"),
        pytest.param("ab", "1,ab,2", True, id="a cell of a table"),
        pytest.param("ab", "cab,abc", False, id="a part of a word"),
        pytest.param("ab", "cab,ab", True, id="a word after a part of one"),
        pytest.param("12", "112,12.5,-12,1.12", False, id="a part of a number"),
        pytest.param("12", "x 12.", True, id="a number at the end of a sentence"),
        pytest.param("-12", "a,-12", True, id="a negative number"),
        pytest.param("7", '{"#":7,"a":1}', False, id="the number of a row"),
    ],
)
def test_what_counts_as_seen(spelling, sent, expected):
    assert visible([(spelling,)], sent) == expected


def test_what_is_spelled_in_a_header_counts_as_seen():
    sent = records.ours([{"host": f"web-{n}.example.com", "n": n % 7} for n in range(40)])
    assert "web-31.example" not in sent
    assert visible([("web-31.example.com",)], sent) == 1


def test_a_rendering_stays_within_the_tokens_of_the_other():
    text = json.dumps(made_up(300))
    for tokens in (2_000, 600):
        sent = shortened(text, tokens, lambda part: len(part) // 3)
        assert len(sent) // 3 <= tokens
        assert " omitted; headroom_retrieve hash=" in sent


def test_the_report_names_every_array(tmp_path, capsys):
    (tmp_path / "people.json").write_text(json.dumps(made_up(80)))
    assert records.main(["--arrays", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("people") == 2
    assert printed.count("mean") == 2
    assert records.main(["--arrays", str(tmp_path / "none")]) == 2


def test_speed_is_given_for_three_sizes():
    lines = list(speed({"one": made_up(40)}, len, 80))
    assert sum("made-up rows" in line for line in lines) == 3


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        pytest.param('{"a":[{"b":1}]}', Source("", "x.json", ("a",)), [{"b": 1}], id="inside"),
        pytest.param('{"a":{"b":1}}', Source("", "x.json"), [{"b": 1}], id="values of an object"),
        pytest.param(
            "a,b\n1,x\n,01\n",
            Source("", "x.csv"),
            [{"a": 1, "b": "x"}, {"a": None, "b": "01"}],
            id="CSV",
        ),
    ],
)
def test_records_are_taken_out_of_files(text, source, expected):
    assert _records("name", text, source) == expected


def test_thirty_arrays_are_collected():
    assert len(SOURCES) == 30
