"""Scoring lines and passages against a question."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.relevance import score_units, terms
from tests.pace import within


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param("What is the matter with it?", {}, id="words every question has"),
        pytest.param("failing", {"fail": 1.0}, id="endings are cut"),
        pytest.param("pod-7f9c", {"pod-7f9c": 2.0, "pod": 1.0}, id="identifiers count double"),
        pytest.param("HTTPServer", {"httpserver": 2.0, "http": 1.0, "server": 1.0}, id="by parts"),
        pytest.param("line 42", {"42": 2.0}, id="numbers"),
        pytest.param("почему отказ", {"почему": 1.0, "отказ": 1.0}, id="any alphabet"),
    ],
)
def test_terms(query, expected):
    assert terms(query) == expected


def test_terms_are_limited():
    assert len(terms(" ".join(f"word{i}" for i in range(500)))) == 64
    assert terms("x" * 1_000_000) != {}


def test_rare_terms_weigh_more():
    units = ["the pump", "the pump", "the rust", "nothing"]
    common, _, rare, none = score_units(units, "pump or rust?")
    assert rare > common > none == 0


def test_no_question_scores_nothing():
    assert score_units(["a", "b"], "") == [0.0, 0.0]
    assert score_units([], "pump") == []


words = st.sampled_from(["pump", "PUMP", "rust", "İ pump", "xpumpx", "", "a\nrust", "ß", "\ud800"])


@hypothesis_settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(words, max_size=4).map(" ".join), max_size=8),
    st.sampled_from(["pump", "pump rust", "Is the rust-7 in the pump?"]),
)
def test_scores_are_those_of_the_obvious_way(units, query):
    expected = [0.0] * len(units)
    for term, weight in terms(query).items():
        found = [term in unit.lower() for unit in units]
        idf = math.log(1 + (len(units) - sum(found) + 0.5) / (sum(found) + 0.5))
        expected = [e + weight * idf * f for e, f in zip(expected, found, strict=True)]
    assert score_units(units, query) == pytest.approx(expected)


@pytest.mark.parametrize(
    "units",
    [
        pytest.param(["pump " * 200_000], id="one unit full of hits"),
        pytest.param(["pump"] * 200_000, id="a hit in every unit"),
        pytest.param([""] * 500_000, id="empty units"),
    ],
)
def test_takes_linear_time(units):
    within(2, lambda: score_units(units, "the pump rust failed at 10:22"))
