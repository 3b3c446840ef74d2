"""Whatever JSON says comes back from a lossless rendering, or from the store, as it was."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from headroom_core import expand
from tests.bench.conformance import MODES, in_a_tool_result, problems, readings, shapes
from tests.bench.fuzz import failure, rendered, smallest
from tests.json_strategies import document, documents, spell
from tests.json_tree import Number, Pairs, read, same, write

CASES = [
    pytest.param("[1, 1.0, 1e0, 1E+0, -0, -0.0, 0.10, 1.0e-2]", id="spellings of numbers"),
    pytest.param("[123456789012345678901234567890, 1e999, -1e-999]", id="numbers no float holds"),
    pytest.param("[01, +1, 1., .5, 0x1, NaN, -Infinity]", id="numbers that JSON does not know"),
    pytest.param('{"a": 1, "b": 2, "a": 3}', id="a key that occurs twice"),
    pytest.param('{"": 0, " ": 1, "a.b": 2, "a": {"b": 3}, "=": 4}', id="keys of punctuation"),
    pytest.param('{"a": null, "b": "", "c": {}, "d": []}', id="four kinds of nothing"),
    pytest.param('["1", "1.0", "true", "null", "-", "@1", "*", "#2"]', id="strings like values"),
    pytest.param(r'["\u0000", "\u0000a", "a\u0000", "\u001f\u007f"]', id="control characters"),
    pytest.param(r'["\ud800", "\udfff\ud800", "\ud834\udd1e"]', id="halves of surrogate pairs"),
    pytest.param(r'["\/", "\b\f\n\r\t", "\u00e9", "é", "\u2028"]', id="escapes"),
    pytest.param('["raw\ttab", "raw\nline"]', id="raw control characters"),
    pytest.param("[1, [2, [3, {}]], [[]], {}]", id="nested lists"),
    pytest.param("[" * 1_500 + "]" * 1_500, id="nested deeply"),
    pytest.param('{"a":' * 120 + "1" + "}" * 120, id="objects nested deeply"),
    pytest.param('[1, 2,]\n{"a": 1,}', id="trailing commas"),
    pytest.param('{"a": 1} {"b": 2}', id="two values on a line"),
    pytest.param("[1, 2", id="an open list"),
    pytest.param("// a comment\n[1]", id="a comment"),
    pytest.param("\ufeff[1, 2]", id="a byte order mark"),
    pytest.param("\u00a0[1]\u2003", id="white space that JSON does not know"),
    pytest.param("", id="nothing"),
]
BYTES = [
    pytest.param(b'["\xff", "\xc3\x28", "\xed\xa0\x80"]', id="invalid UTF-8"),
    pytest.param('["é"]'.encode("utf-16"), id="UTF-16"),
]


@pytest.mark.parametrize("text", CASES)
def test_nothing_changes_without_a_proof_or_a_marker(text):
    for written in shapes(text).values():
        assert list(problems(written)) == []


@pytest.mark.parametrize("content", BYTES)
def test_bytes_that_are_no_text_are_no_problem(content):
    for text in readings(content):
        for written in shapes(text).values():
            assert list(problems(written)) == []


@settings(max_examples=150, deadline=None)
@given(documents)
def test_a_lossless_rendering_says_what_the_document_says(text):
    assert failure(text) == ""


@settings(max_examples=40, deadline=None)
@given(documents)
def test_a_document_in_a_request_can_be_had_back(text):
    for mode in MODES:
        assert in_a_tool_result(text, mode) == ""


def test_hostile_documents_are_often_rendered_as_tables():
    texts = [spell(random, document(random)) for random in map(Random, range(60))]
    assert sum(rendered(text).startswith("[headroom ") for text in texts) > 20


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1", "1.0", id="the spelling of a number"),
        pytest.param("1", "true", id="true is not one"),
        pytest.param("1", '"1"', id="a string is not a number"),
        pytest.param('{"a":1,"b":2}', '{"b":2,"a":1}', id="the order of keys"),
        pytest.param('{"a":1,"a":1}', '{"a":1}', id="keys that occur twice"),
        pytest.param("[]", "{}", id="a list is not an object"),
        pytest.param('{"a":null}', "{}", id="null is not missing"),
        pytest.param("[[1]]", "[[2]]", id="what is inside"),
        pytest.param("[1]", "[1,1]", id="how many there are"),
    ],
)
def test_trees_differ_in(one, other):
    assert not same(read(one), read(other))
    assert same(read(one), read(one))


def test_a_tree_is_written_as_it_was_read():
    text = r'{"a":[1.0,1e5,"\ud800é",null,{"b":{},"b":[]}],"":true}'
    assert write(read(text), ascii_only=False) == text
    assert read("[1]") == [Number("1")]
    assert read('{"a":{}}') == Pairs((("a", Pairs(())),))


def test_a_failing_document_is_made_small(monkeypatch):
    def broken(text, chance=1.0):
        return "lost" if '"b":7' in text else ""

    monkeypatch.setattr("tests.bench.fuzz.failure", broken)
    text = '{"x":[{"a":1,"b":7,"c":"long"},{"a":2,"b":8}],"y":[1,2,3]}'
    assert smallest(text, "lost") == '{"x":[{"b":7}]}'


def test_the_search_sees_a_broken_decoder(monkeypatch):
    text = write(read('[{"a":1,"b":"x"},{"a":2,"b":"y"},{"a":3,"b":"z"}]'))
    assert failure(text) == ""
    monkeypatch.setattr("tests.bench.fuzz.expand", lambda sent: expand(sent).replace("y", "q"))
    assert failure(text) == "expands to something else"
