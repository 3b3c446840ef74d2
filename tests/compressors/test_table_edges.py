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


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('"{0}\n{1}"', id="numbers"),
        pytest.param('"true\n{0}"', id="words that are no text"),
        pytest.param('"{0}\n"', id="a number and nothing"),
    ],
)
def test_a_line_of_a_cell_is_no_cell(cell):
    rows = "".join(f"{cell.format(i, i * i)},web-{i % 3}.example.com,eu-west\n" for i in range(90))
    text = f"id,host,region\n{rows}"
    made = compress(text)
    assert len(made) < len(text)
    assert expand(made) == text


STYLES = {
    "needed": lambda cell: f'"{cell}"' if set(cell) & set(',"\n') else cell,
    "always": lambda cell: f'"{cell}"',
    "unless empty": lambda cell: f'"{cell}"' if cell else cell,
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("style", STYLES)
def test_cells_in_quotes_by_any_rule(style, ending):
    def row(*cells):
        return ",".join(STYLES[style](cell.replace('"', '""')) for cell in cells) + ending

    text = row("id", "said", "host")
    for number in range(90):
        said = ["", "yes, please", 'the "first"', "no", f"two{ending}lines"][number % 5]
        text += row(str(number * number), said, f"web-{number % 3}.example.com")
    made = compress(text)
    assert len(made) < len(text)
    assert expand(made) == text


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('7,a "b", c"d",e', id="a quote inside of a cell"),
        pytest.param('7,a,"b', id="a quote that is never closed"),
        pytest.param('7,"a",b"', id="a quote at the end of a cell"),
        pytest.param('7,"a" ,b', id="a space behind a quote"),
    ],
)
def test_quotes_that_follow_no_rule(row):
    rows = "".join(f"{i * i},web-{i % 3}.example.com,eu-west\n" for i in range(90))
    text = f"id,host,region\n{rows}{row}\n"
    assert compress(text) == text
