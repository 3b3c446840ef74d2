"""Notebooks as a person reads them: code whole, outputs short, pictures as notes."""

from __future__ import annotations

import json
import re

import pytest

from headroom_core.compressors.notebook import NotebookCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.blob_inputs import notebook

NOTEBOOK = NotebookCompressor()
BOOK = notebook()


def cut(text, tokens, query="", keep=None):
    return NOTEBOOK.compress(Block(text), Budget(tokens, estimate, keep), query)


@pytest.mark.parametrize(
    ("tokens", "query", "shown", "omitted"),
    [
        pytest.param(
            3000, "", [r"\A\[notebook in python, 20 cells; metadata left out\]$",
            r"^## cells\[9\] code, run 5\n```python\ndef step_4\(x\):\n    return x \* 4\n",
            r"^step_4\(2\)\n```\noutput \(stdout\):\nrow 0 of step 4$",
            r"^row 5 of step 4\n\[\.\.\. 28 lines \.\.\.\]\nrow 34 of step 4$",
            r"base64 of image/png, 4,008 bytes; sha256 [0-9a-f]{12}",
            r"^output \(error\):\nTraceback\nZeroDivisionError: division by zero$",
            r"^## cells\[8\] markdown\n## Step 4\n\nWords\.$"],
            r"^\d+ lines of outputs$", id="all cells, with their outputs shortened",
        ),
        pytest.param(
            420, "what does step_4 do?", [r"return x \* 4", r"^## cells\[0\] markdown\n## Step 0$",
            r"ZeroDivisionError: division by zero$"],
            r"^\d+ of 20 cells", id="the cell that is asked for, the others in a line each",
        ),
        pytest.param(
            160, "what does step_4 do?", ["step_4", r"^\[\.\.\. cells\[\d+\] to cells\[\d+\] left"],
            r"^\d+ of 20 cells", id="when not even a line for each cell fits",
        ),
    ],
)  # fmt: skip
def test_within_a_budget(tokens, query, shown, omitted):
    made = cut(BOOK, tokens, query)
    assert estimate(made.text) <= tokens
    assert re.search(omitted, made.omitted), made.omitted
    for pattern in shown:
        assert re.search(pattern, made.text, re.MULTILINE), made.text


def test_paths_lead_to_the_cells():
    made = cut(BOOK, 3000)
    cells = json.loads(BOOK)["cells"]
    for number, kind in re.findall(r"^## cells\[(\d+)\] (\w+)", made.text, re.MULTILINE):
        assert cells[int(number)]["cell_type"] == kind


def test_kept_lines_survive():
    made = cut(BOOK, 500, "", re.compile("row 20 of step [27]"))
    assert "row 20 of step 2\n" in made.text
    assert "row 20 of step 7\n" in made.text


def test_is_left_alone_without_a_budget():
    assert cut(BOOK, None).text == BOOK


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        pytest.param(BOOK, True, id="a notebook"),
        pytest.param(json.dumps(json.loads(BOOK)), True, id="a notebook in one line"),
        pytest.param('{"cells": [1, 2, 3], "total": 3}', False, id="other cells"),
        pytest.param('{"nbformat": 4, "rows": []}', False, id="a number of its format alone"),
    ],
)
def test_detects_notebooks(text, certain):
    assert (NOTEBOOK.detect(Block(text)) > 0.96) == certain


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"nbformat": 4, "cells": {}}, id="cells that are no list"),
        pytest.param({"nbformat": 4, "cells": []}, id="no cells"),
        pytest.param({"nbformat": 4, "cells": [1]}, id="a cell that is a number"),
    ],
)
def test_what_is_no_notebook_is_left_alone(value):
    text = json.dumps(value) + " " * 2_000
    assert cut(text, 20).text == text


def test_odd_cells_are_no_failure():
    cells = [
        {},
        {"cell_type": 7, "source": {"a": 1}, "outputs": [1, {}, {"data": 3}]},
        {"cell_type": "code", "source": "```\nx", "outputs": [{"output_type": "error"}]},
        {"cell_type": "raw", "source": ["x\n"] * 900, "outputs": None, "execution_count": "no"},
    ]
    text = json.dumps({"nbformat": 4, "cells": cells, "metadata": []})
    made = cut(text, 200)
    assert "````\n```\nx\n````" in made.text
    assert made.omitted
