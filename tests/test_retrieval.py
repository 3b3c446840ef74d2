from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from headroom_core import Headroom, Settings, StoreError
from headroom_core.retrieval import answer, select

LINES = "\n".join(f"line {i}" for i in range(1, 101))


@pytest.mark.parametrize(
    ("lines", "text", "ranges"),
    [
        pytest.param((2, 3), "line 2\nline 3", ((2, 3),), id="two lines"),
        pytest.param((99, 500), "line 99\nline 100", ((99, 100),), id="clipped at the end"),
        pytest.param((0, 1), "line 1", ((1, 1),), id="clipped at the start"),
        pytest.param((7, 3), "line 7", ((7, 7),), id="a range that ends before it starts"),
    ],
)
def test_lines(lines, text, ranges):
    found = select("k", LINES, lines=lines)
    assert (found.text, found.ranges, found.total_lines) == (text, ranges, 100)


def test_a_query_returns_the_line_with_its_neighbours_and_its_place():
    found = select("k", LINES, query="line 42")
    assert found.text == "line 41\nline 42\nline 43"
    assert found.ranges == ((41, 43),)
    assert str(found).startswith("[lines 41-43 of 100, characters ")


def test_a_query_finds_its_place_in_a_single_long_line():
    text = json.dumps([{"id": i, "name": f"name-{i}"} for i in range(5_000)])
    found = select("k", text, query="name-4321")
    assert '"name-4321"' in found.text
    assert len(found.text) < 3_000


def test_nothing_matches():
    assert "nothing in the 100 lines" in str(select("k", LINES, query="zebra"))


@given(st.text(), st.text(max_size=5), st.none() | st.tuples(st.integers(), st.integers()))
def test_every_part_is_exactly_what_stands_at_its_offsets(original, query, lines):
    found = select("k", original, query, lines)
    parts = [original[start:end] for start, end in found.offsets]
    assert found.text == "\n".join(parts)
    assert all(part in str(found) for part in parts)
    if not query and lines is None:
        assert found.whole
        assert str(found) == original


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param({}, id="no hash"),
        pytest.param({"hash": "0" * 24}, id="a hash that never existed"),
        pytest.param({"hash": 5, "lines": {}}, id="wrong types"),
        pytest.param("not json", id="not JSON"),
        pytest.param("[1, 2]", id="a list"),
        pytest.param('{"hash": "' + "\ud800" * 24 + '"}', id="lone surrogates"),
        pytest.param("[" * 99_999, id="deep nesting"),
    ],
)
def test_a_call_the_model_got_wrong_gets_a_calm_answer(arguments):
    text = Headroom(Settings(store_url="memory")).answer(arguments)
    assert "run the tool that produced the content once more" in text


def test_a_store_that_is_down_gets_a_calm_answer():
    def down(key, **options):
        raise StoreError("gone")

    assert "cannot be read just now" in answer({"hash": "0" * 24}, down)


def test_upper_case_and_prefix_are_forgiven():
    hr = Headroom(Settings(store_url="memory", mode="aggressive"))
    rows = json.dumps([{"id": i, "name": f"n{i * 7919 % 1000}"} for i in range(900)])
    (marker,) = hr.compress([{"role": "tool", "content": rows}]).markers
    assert hr.answer({"hash": f" hash={marker.key.upper()} "}) == rows
