"""Tables: what is taken for one, what its rendering looks like, that it is the very same text."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core import expand
from headroom_core.compressors import default_compressors
from headroom_core.compressors.table import TableCompressor
from headroom_core.types import Block, Budget
from tests.compressors.inputs import HOSTILE, TYPICAL
from tests.compressors.table_inputs import OTHERS, TABLES, csv_of, dashed, fixed, ruled

COMPRESSOR = TableCompressor()
LOSSLESS = Budget(None, len)


def compress(text):
    return COMPRESSOR.compress(Block(text), LOSSLESS).text


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_is_found_and_comes_back_exactly(text):
    assert COMPRESSOR.detect(Block(text)) > 0.95
    made = compress(text)
    assert made.startswith("[headroom table, ")
    assert len(made) < len(text)
    assert expand(made) == text


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_no_other_compressor_is_surer_of_a_table(text):
    sure = {each.name: each.detect(Block(text)) for each in default_compressors()}
    assert max(sure, key=sure.__getitem__) == "table", sure


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_no_table_is_not_taken_for_one(text):
    assert COMPRESSOR.detect(Block(text)) <= 0.3


@pytest.mark.parametrize("name", [*TYPICAL, *HOSTILE])
def test_other_kinds_of_text_are_left_to_others(name):
    text = {**TYPICAL, **HOSTILE}[name]
    is_table = name in ("csv", "markdown table", "fixed columns", "narrow columns")
    assert (COMPRESSOR.detect(Block(text)) > 0.5) == is_table


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            csv_of([["id", "host", "city"], *([i * i, "web-1", "Oslo"] for i in range(60))]),
            "csv, final line break, 60 rows: id,host=web-1,city=Oslo\n"
            + "\n".join(str(i * i) for i in range(60)),
            id="what is the same in every row stands in the header",
        ),
        pytest.param(
            csv_of(
                [["n", "code", "x"]]
                + [[f"{i * i}.50", f"{i * i % 97:03d}", "same"] for i in range(99)]
            ),
            "csv, final line break, 99 rows: n,code,x=same\n"
            + "\n".join(f"{i * i}.50,{i * i % 97:03d}" for i in range(99)),
            id="numbers stay as they are spelled",
        ),
        pytest.param(
            csv_of(
                [["a", "b"], *(["x, y" * (i % 7), "constant"] for i in range(99))], delimiter=";"
            ),
            'csv, delimiter ";", final line break, 99 rows: a,b=constant\n'
            + "\n".join(f'"{"x, y" * (i % 7)}"' if i % 7 else "" for i in range(99)),
            id="another delimiter is named, and a comma needs quotes",
        ),
        pytest.param(
            "Pods:\n\n"
            + fixed(
                [["NAME", "READY", "IP"], *([f"p{i * i}", "1/1", f"10.{i}"] for i in range(60))]
            ),
            "text, 2 lines:\nPods:\n\n"
            "columns 3 spaces apart, 60 rows: NAME,READY=1/1,IP\n"
            + "\n".join(f"p{i * i},10.{i}" for i in range(60)),
            id="what stands around a table stays",
        ),
        pytest.param(
            ruled([["a", "b"], *([f"ab-{i * i}", "constant"] for i in range(60))], "+"),
            "rows between |, rule +---------+----------+, 60 rows: a=ab-*,b=constant\n"
            + "\n".join(str(i * i) for i in range(60)),
            id="the widths of columns stand in the rule",
        ),
    ],
)
def test_renderings(text, body):
    assert compress(text).split("\n", 1)[1] == body
    assert expand(compress(text)) == text


def test_a_line_that_fits_no_column_is_given_whole():
    lines = fixed([["NAME", "AGE", "IP"], *([f"p{i * i}", "5d", "10.0"] for i in range(60))])
    text = lines.replace("p9      5d    10.0", "p9 5d 10.0 and more")
    assert text != lines
    made = compress(text)
    assert "line=p9 5d 10.0 and more" in made
    assert expand(made) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OTHERS["ragged csv"] * 9, id="ragged rows"),
        pytest.param(OTHERS["a ragged markdown table"] * 9, id="ragged rows of a markdown table"),
        pytest.param(TABLES["csv"].replace("Oslo", '"Oslo"', 1), id="a quote that was not needed"),
        pytest.param(TABLES["csv"].replace("Oslo", 'O"slo', 1), id="a quote inside a cell"),
        pytest.param(TABLES["csv"] + '"', id="a quote that is not closed"),
        pytest.param(TABLES["csv"].replace("\n", "\r\n", 3), id="some lines break otherwise"),
        pytest.param("a,b\n" + "".join(f"{i * i:x},{i**5:x}\n" for i in range(9)), id="no gain"),
    ],
)
def test_left_alone(text):
    assert compress(text) == text


def test_a_value_that_needs_no_budget_is_counted_in_rows():
    made = COMPRESSOR.compress(Block(TABLES["kubectl"]), Budget(None, len))
    assert made.omitted == ""


signs = st.sampled_from([*'",;|\n\r\t \\*<>=~@#()[]{}.-:', "é", "🙂", "0", "1", "00", "1.0", "-"])
cell = st.one_of(
    st.sampled_from(
        ["", "null", "true", "False", "12", "007", "1.50", "-0", "1e5", "line", "..", "a"]
    ),
    st.lists(signs, max_size=5).map("".join),
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=6),
)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), width=st.integers(2, 5), count=st.integers(3, 12))
def test_whatever_the_csv_module_writes_comes_back_exactly(data, width, count):
    rows = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=count))
    header = [f"c{i}" for i in range(width - 1)] + [data.draw(cell)]
    dialect = data.draw(
        st.fixed_dictionaries(
            {
                "delimiter": st.sampled_from(",;\t|"),
                "lineterminator": st.sampled_from(["\n", "\r\n"]),
                "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
            }
        )
    )
    text = csv_of([header, *rows], **dialect)
    # Long and the same in every row, so that a table is worth it.
    wide = csv_of([[*header, "w"], *([*row, "constant " * 40] for row in rows * 4)], **dialect)
    for each in (text, wide):
        assert expand(compress(each)) == each


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(cell, min_size=3, max_size=3), min_size=3, max_size=9))
def test_ruled_and_fixed_rows_come_back_exactly(rows):
    flat = [[" ".join(text.split()) for text in row] + ["constant " * 30 + "x"] for row in rows * 3]
    head = ["ONE", "TWO", "THREE", "FOUR"]
    barless = [[text.replace("|", "\\|") for text in row] for row in [head, *flat]]
    texts = (fixed([head, *flat]), dashed([head, *flat]), ruled(barless))
    for text in (*texts, f"x\n\n{ruled(barless)}\n\ny\n"):
        assert expand(compress(text)) == text
