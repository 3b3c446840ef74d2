"""Tables: what is nearly one, lines that are a sign off, and texts that are better left alone."""

from __future__ import annotations

import pytest

from headroom_core import expand
from headroom_core.compressors.table import TableCompressor
from headroom_core.types import Block, Budget
from tests.compressors.table_inputs import TABLES, csv_of, fixed

COMPRESSOR = TableCompressor()


def compress(text, count=len):
    return COMPRESSOR.compress(Block(text), Budget(None, count)).text


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["x, y", *(f"{i}, {i * 2};" for i in range(30))], id="a matrix in code"),
        pytest.param(["x,y", *(f"{i},{i * 2}\\" for i in range(30))], id="lines that go on"),
        pytest.param(["x,y ,z", *(f"{i},{i},{i}" for i in range(30))], id="a space behind a name"),
    ],
)
def test_lines_of_cells_that_are_no_table(lines):
    assert COMPRESSOR.detect(Block("\n".join(lines))) == 0.0


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("p9       5d   10.0", id="a cell that is not aligned"),
        pytest.param("p9      5d    10.0 ", id="a space at the end"),
    ],
)
def test_a_line_that_is_a_sign_off_is_given_whole(line):
    table = fixed([["NAME", "AGE", "IP"], *([f"p{i * i}", "5d", "10.0"] for i in range(60))])
    text = table.replace("p9      5d    10.0", line)
    assert text != table
    made = compress(text)
    assert "line=" in made
    assert line in made
    assert expand(made) == text


@pytest.mark.parametrize("sign", ["\0", "\ud800"], ids=["a NUL", "half of a surrogate pair"])
@pytest.mark.parametrize("name", ["csv", "mysql", "markdown, padded", "every cell in quotes"])
def test_signs_that_no_rendering_may_hold(name, sign):
    text = TABLES[name]
    for word in ("Oslo", "alice"):
        text = text.replace(word, word[0] + sign + word[1:], 1)
    assert sign in text
    assert compress(text) == text


def test_what_is_shorter_but_takes_more_tokens_is_left_alone():
    text = csv_of([["id", "host"], *([str(i * i), "web-1.example.com"] for i in range(60))])
    assert len(compress(text)) < len(text)
    assert compress(text, lambda counted: len(counted.split())) == text


@pytest.mark.parametrize("sign", ["\t ", ", ", ";", " | "], ids=repr)
def test_cells_may_be_divided_by_several_signs(sign):
    lines = [f"id{sign}city", *(f"{i}{sign}Oslo and {i % 7} more" for i in range(60))]
    text = "\n".join(lines)
    assert expand(compress(text)) == text
