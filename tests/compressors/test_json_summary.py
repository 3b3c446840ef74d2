"""JSON under a budget: what is said of all records where most of them are left out."""

from __future__ import annotations

import json

import pytest

from headroom_core.compressors._json import budget as json_budget
from headroom_core.compressors._json.cells import MISSING
from headroom_core.compressors._json.columns import Column
from headroom_core.compressors._json.prune import Pruner
from headroom_core.compressors._json.summary import fitted, summarise
from headroom_core.compressors._json.survey import survey
from tests.compressors.json_inputs import compress

CITIES = [f"City{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(60)]


def said(columns, room=100_000, record=100):
    """Return the lines of the summary of columns of strings, by what stands before the colon."""
    count = len(next(iter(columns.values())))
    surveyed = survey([Column(path, fields) for path, fields in columns.items()])
    lines = fitted(summarise(surveyed, count), len, room, record)
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        pytest.param(
            {"x": ["a"] * 5 + ["b"] * 3 + ["c", "d"]},
            {"x": "5 a, 3 b, 1 c, 1 d"},
            id="few values, how often each",
        ),
        pytest.param(
            {"x": [*"aabbccd"] * 3},
            {"x": "6 each (a, b, c), 3 d"},
            id="values as frequent as others stand together",
        ),
        pytest.param(
            {"x": ["a(b", "each", "c)"] * 9},
            {"x": '9 each ("a(b", each, "c)")'},
            id="what could be mistaken for that stands in quotes",
        ),
        pytest.param(
            {"x": CITIES * 4},
            {"x": f"60 different: 4 each ({', '.join(CITIES)})"},
            id="many names",
        ),
        pytest.param(
            {"x": [f"{city} is a town of which there is much to say" for city in CITIES] * 4},
            {"x": "60 different"},
            id="many sentences",
        ),
        pytest.param(
            {"x": ["a", "b", "c"] * 9, "y": ["a", "b", "c"] * 9},
            {"x, y": "9 each (a, b, c)"},
            id="two columns of which the same is true",
        ),
        pytest.param(
            {"city": CITIES * 4, "code": [city[-2:] for city in CITIES] * 4},
            {
                "city": f"one for each code, in this order: {', '.join(CITIES)}",
                "code": f"60 different: 4 each ({', '.join(city[-2:] for city in CITIES)})",
            },
            id="a column whose values go with those of another",
        ),
        pytest.param(
            {"city": CITIES * 4, "code": [city[-1:] for city in CITIES] * 4, "x": [*"ab"] * 120},
            {
                "city": f"60 different: 4 each ({', '.join(CITIES)})",
                "code": f"26 different: 12 each ({', '.join(c[-1] for c in CITIES[:8])}), "
                f"8 each ({', '.join(c[-1] for c in CITIES[8:26])})",
                "x": "120 a, 120 b",
            },
            id="a column whose values go with several of another",
        ),
        pytest.param(
            {"x": [f"n{i}" for i in range(90)] + ["n0"] * 9, "y": [*"ab"] * 49 + ["a"]},
            {"x": "90 different", "y": "50 a, 49 b"},
            id="names that are nearly all different",
        ),
        pytest.param({"x": [None] * 9 + [...]}, {"x": "9 null, 1 (none)"}, id="nothing but null"),
    ],
)
def test_what_is_said_of_columns(columns, lines):
    filled = {
        path: [MISSING if field is ... else field for field in fields]
        for path, fields in columns.items()
    }
    assert said(filled) == lines


def test_names_are_left_out_where_there_is_no_room_for_them():
    assert said({"x": CITIES * 4}, room=700) == {"x": "60 different"}


def test_names_are_left_out_where_records_cost_little_more():
    assert said({"x": CITIES * 4}, record=20) == {"x": "60 different"}


def test_what_goes_with_names_that_are_left_out_is_left_out():
    columns = {"city": CITIES * 4, "code": [f"{city}-{city}" for city in CITIES] * 4}
    lines = said(columns, room=1000)
    assert lines == {"city": "60 different", "code": "one for each city"}


def test_every_rare_name_can_be_read_where_most_rows_are_left_out():
    rows = [
        {"town": CITIES[i % 60], "ms": i * i % 977, "trace": f"{i**7:024x}"} for i in range(900)
    ]
    made = compress(json.dumps(rows), tokens=800)
    assert all(city in made.text for city in CITIES)


@pytest.mark.parametrize("tokens", [600, 1000, 2500])
def test_one_cut_finds_the_size(monkeypatch, tokens):
    cuts = []

    class Counted(Pruner):
        def prune(self, room, *, only_much=False):
            cuts.append(room)
            return super().prune(room, only_much=only_much)

    monkeypatch.setattr(json_budget, "Pruner", Counted)
    rows = [
        {"at": f"2024-01-{1 + i // 96:02d}", "town": CITIES[i % 60], "ms": i * i % 977, "ok": i > 3}
        for i in range(1500)
    ]
    made = compress(json.dumps(rows), tokens=tokens)
    assert 0.7 * tokens < len(made.text) // 3 <= tokens
    assert len(cuts) == 1


def test_what_shows_nothing_new_is_not_tried_again(monkeypatch):
    cuts = []

    class Counted(Pruner):
        def prune(self, room, *, only_much=False):
            cuts.append(room)
            return super().prune(room, only_much=only_much)

    monkeypatch.setattr(json_budget, "Pruner", Counted)
    rows = [{"n": i, "state": "ready", "x": str(i % 3)} for i in range(900)]
    made = compress(json.dumps(rows), tokens=300)
    assert made.omitted
    assert len(made.text) // 3 < 200
    assert len(cuts) == 1
