"""JSON that a tool cut off."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core import expand
from headroom_core.compressors._json.early import read
from headroom_core.compressors.json import JsonCompressor
from headroom_core.types import Block, Budget
from tests.json_strategies import documents
from tests.tokens import squeezed

ROWS = [{"id": n * 7 % 97, "name": f"n{n}", "tags": ["a", "b"]} for n in range(60)]
PRETTY = json.dumps({"total": 60, "items": ROWS, "next": None}, indent=2)


def compress(text, tokens=None):
    return JsonCompressor().compress(Block(text), Budget(tokens, lambda part: len(part) // 3))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PRETTY[:4000], id="within a record"),
        pytest.param(PRETTY[:4000] + "\n... [truncated 2 kB]", id="and a word about it"),
        pytest.param(PRETTY[: PRETTY.index("next") + 2], id="behind the records"),
        pytest.param(PRETTY[: PRETTY.index('"n40"') + 3], id="within a text"),
        pytest.param("\n".join(map(json.dumps, ROWS))[:-9], id="the last of the lines"),
        pytest.param(json.dumps(ROWS)[:-1], id="but for the last bracket"),
    ],
)
def test_what_is_whole_becomes_a_table(text):
    made = compress(text)
    assert len(made.text) < len(text) / 2
    assert made.omitted == ""
    assert squeezed(expand(made.text)) == squeezed(text)
    assert JsonCompressor().detect(Block(text)) >= 0.5


def test_what_is_left_out_is_counted_among_the_whole_rows():
    text = PRETTY[: PRETTY.index('"n40"') + 3]
    made = compress(text, 170)
    assert re.fullmatch(r"\d+ of 40 rows", made.omitted)
    assert made.text.endswith('"name": "n4')


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="a bracket"),
        pytest.param(PRETTY + " and more", id="whole JSON with text behind it"),
        pytest.param(PRETTY[:4000] + "x" * 9000, id="little of a text"),
        pytest.param("{ if (a) { return [b]; }\n" * 90, id="code"),
        pytest.param('["' + "x" * 5000, id="a text that does not end"),
        pytest.param("[[[[" * 999, id="nothing but brackets"),
        pytest.param("]" * 999, id="brackets that close nothing"),
    ],
)
def test_left_alone(text):
    assert read(text) is None or compress(text).text == text


@hypothesis_settings(max_examples=200, deadline=None)
@given(documents, st.floats(0.5, 1), st.sampled_from(["", "\n[cut]", "\n\n", '"', "]"]))
def test_a_document_cut_anywhere_comes_back(text, share, tail):
    cut = text[: int(share * len(text))] + tail
    made = compress(cut)
    assert squeezed(expand(made.text)) == squeezed(cut)
