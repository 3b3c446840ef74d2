"""Tables under a budget: what is said of all rows, and which rows stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.compressors.table import TableCompressor
from headroom_core.types import Block, Budget
from tests.compressors.table_inputs import MYSQL, PEOPLE, TABLES, csv_of, fixed, ruled

COMPRESSOR = TableCompressor()
ORDERS = [["order", "customer", "state", "total"]] + [
    [str(1000 + i), f"c{i * i % 89}", "paid" if i != 77 else "refused", str(i * 37 % 101 + 1)]
    for i in range(200)
]
ORDERS[120][3] = "99999"


def compress(text, tokens, query="", keep=None):
    """Return what the compressor makes of a text; a token is three characters."""
    budget = Budget(tokens, lambda counted: len(counted) // 3, keep and re.compile(keep))
    return COMPRESSOR.compress(Block(text), budget, query)


def test_the_summary_is_of_all_rows_and_the_rows_have_their_numbers():
    made = compress(csv_of(ORDERS), 500)
    shown = int(re.search(r"^(\d+) of 200 rows: #,order", made.text, re.MULTILINE)[1])
    assert made.omitted == f"{200 - shown} of 200 rows"
    assert made.text.startswith(f"rows: {shown} of 200 shown; all of them:\n")
    assert "state: 199 paid, 1 refused" in made.text
    assert "max 99999" in made.text
    assert "\n120,1119," in made.text
    assert "\n78,1077," in made.text


@pytest.mark.parametrize("word", ["NaN", "N/A", "-"])
def test_numbers_are_summed_up_though_some_are_missing(word):
    rows = [[*row[:3], word if at % 20 == 7 else row[3]] for at, row in enumerate(ORDERS)]
    made = compress(csv_of(rows), 500)
    assert re.search(f"^total: min 1, median .*, max 99999, 10 {word}$", made.text, re.MULTILINE)


@pytest.mark.parametrize("make", [csv_of, fixed, ruled], ids=lambda make: make.__name__)
def test_rare_rows_and_outliers_stay_in_every_layout(make):
    made = compress(make([[cell.upper() for cell in ORDERS[0]], *ORDERS[1:]]), 220)
    assert made.omitted.endswith(" of 200 rows")
    assert "refused" in made.text
    assert "99999" in made.text


def test_the_row_that_is_asked_for_stays():
    assert "\n153,1152," in compress(csv_of(ORDERS), 220, "what about order 1152?").text


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("1152", id="of one cell"),
        pytest.param("^1152,c", id="of a line"),
        pytest.param(r"1152,c\d+,paid,\d+$", id="of a whole line"),
    ],
)
def test_a_row_that_must_survive_survives(pattern):
    made = compress(csv_of(ORDERS), 220, keep=pattern)
    assert re.search(r"(?m)^(153,)?1152,|, 200 rows: order=1000\.\.", made.text)


def test_what_stands_between_tables_stays():
    made = compress(f"Orders:\n\n{ruled(ORDERS)}\n\nPeople:\n\n{ruled(PEOPLE)}\n", 400)
    assert "\nOrders:\n" in made.text
    assert "\nPeople:\n" in made.text
    assert "rows of table 1: " in made.text
    assert "rows of table 2: " in made.text


def test_lines_around_a_table_stay():
    assert "59 rows in set" in compress(MYSQL, 200).text


def test_a_budget_that_fits_omits_nothing():
    made = compress(csv_of(ORDERS), 10_000)
    assert made.omitted == ""
    assert made.text.startswith("[headroom table, ")


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from([*TABLES.values()]), tokens=st.integers(0, 900))
def test_counts_are_true(text, tokens):
    made = compress(text, tokens)
    if not made.omitted:
        assert made == compress(text, None)
        return
    assert len(made.text) // 3 <= tokens
    shown = total = 0
    for each, of in re.findall(r"^(\d+) of (\d+) rows", made.text, re.MULTILINE):
        shown, total = shown + int(each), total + int(of)
    if "rows" in made.omitted and "items" not in made.omitted:
        assert f"{total - shown:,} of {total:,} rows" in made.omitted
