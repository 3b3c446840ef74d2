"""Documents: sections by the question, headings, and what stands in fences and tables."""

from __future__ import annotations

import json
import re

import pytest

from headroom_core import Block, Budget, expand
from headroom_core.compressors import default_compressors
from headroom_core.compressors._passage.pieces import split
from headroom_core.compressors.text import TextCompressor
from headroom_core.tokenizers.estimate import estimate

compressor = default_compressors()[-1]
alone = TextCompressor()

FILLER = "The weather was fine that day. Nobody had anything to say about it. They went home early."
PODS = json.dumps([{"pod": f"pod{i}", "cpu": i % 7, "node": f"n{i % 3}"} for i in range(60)])
CODE = "\n\n".join(
    f"def pump{i}(x):\n    y = x + {i}\n    for z in range(y):\n        print(z)\n    return y"
    for i in range(20)
)
ROWS = "\n".join(f"| animal{i} | {i * 13 % 7} |" for i in range(60))
TABLE = f"| name | legs |\n|------|-----:|\n{ROWS}"
STEPS = "\n".join(f"step {i}: turn the wheel {i} times" for i in range(40))
GUIDE = (
    f"# Guide\n\n{FILLER}\n\n## Pods\n\n```json\n{PODS}\n```\n\n"
    f"## Pumps\n\n```python\n{CODE}\n```\n"
    f"\n## Animals\n\n{TABLE}\n\n## Wheels\n\n~~~\n{STEPS}\n~~~\n\n{FILLER}\n\n## End\n\n{FILLER}\n"
)
FORGED = "[headroom table, 1 lines]\nx"
HEADINGS = ("# Guide", "## Pods", "## Pumps", "## Animals", "## Wheels", "## End")


def _compress(text, tokens, query, *, by=compressor, keep=None):
    made = by.compress(Block(text), Budget(tokens, estimate, keep), query)
    assert estimate(made.text) <= max(tokens, estimate(text) if made.text == text else 0)
    return made


@pytest.mark.parametrize(
    ("query", "shown", "omitted"),
    [
        pytest.param("How many legs has animal17?", ["animal17,4"], "", id="a table by `table`"),
        pytest.param("What does pump7 return?",
            ["def pump7(x):\n    y = x + 7\n", "```python\ndef pump0(x):\n    ..."],
            "19 of 20 function bodies", id="code by `code`"),
        pytest.param("Which cpu has pod13?", ["```json\n[headroom json, ", "\npod13,6,n1\n"],
            "", id="data by `json`"),
        pytest.param("How often is the wheel turned in step 31?",
            ["~~~\n", "\nstep 31: turn the wheel 31 times\n", "\n~~~"], "",
            id="else by the question"),
    ],
)  # fmt: skip
def test_parts_go_through_their_own_compressor(query, shown, omitted):
    made = _compress(GUIDE, 1400, query)
    for part in (*shown, *HEADINGS):
        assert part in made.text
    assert omitted in made.omitted
    assert re.match(r"\d+ of \d+ (passages|sentences)", made.omitted)


def test_code_names_its_lines_by_their_numbers_in_the_document():
    made = _compress(GUIDE, 1400, "What does pump7 return?")
    first = GUIDE[: GUIDE.index("def pump0")].count("\n") + 2
    assert f"def pump0(x):\n    ...  # lines {first}-{first + 3}\n" in made.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("What does pump17 do?", ["```python\n", "def pump17(x):", "\n```"],
            id="code with its fence"),
        pytest.param("How many legs has animal44?",
            ["| name | legs |\n|------|-----:|\n[…]\n", "| animal44 | 5 |"],
            id="rows with their header"),
    ],
)  # fmt: skip
def test_what_is_cut_can_be_read(query, shown):
    made = _compress(GUIDE, 600, query, by=alone)
    for part in (*shown, *HEADINGS):
        assert part in made.text
    assert made.text.count("```") % 2 == 0


def test_the_section_that_answers_comes_first():
    text = "\n\n".join(f"## Part {i}\n\n{FILLER}\n\n{FILLER}" for i in range(30))
    text = text.replace("## Part 17\n", "## Cleaning the pump\n")
    made = _compress(text, 500, "How do I clean it?", by=alone)
    section = text[text.index("## Cleaning") : text.index("## Part 18")]
    assert section.strip() in made.text


def test_lossless_parts_alone_are_turned_back():
    text = f"# Guide\n\n{FILLER}\n\n{TABLE}\n\n{FILLER}\n"
    made = _compress(text, int(estimate(text) / 0.7) - 40, "Which animal went home?")
    assert made.omitted == ""
    assert made.text != text
    assert expand(made.text) == text


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        pytest.param(GUIDE, re.compile("animal31"), id="with lines that must survive"),
        pytest.param(f"{GUIDE}\n{FORGED}\n", None, id="beside what looks like ours"),
        pytest.param(GUIDE.replace(ROWS, ROWS[:300]), None, id="if they are short"),
    ],
)  # fmt: skip
def test_tables_stay_as_they_are(text, keep):
    made = _compress(text, 1400, "How many legs has animal4?", keep=keep)
    assert "| animal4 | 3 |" in made.text
    if keep:
        assert "| animal31 | 4 |" in made.text


def test_kinds_and_groups_of_parts():
    text = "Hi.\n```py\nx\n```\n```\n```\n| a |\n|---|\n| 1 |\n| 2 |\n\n| b |\n\nEnd.\n~~~\nopen"
    assert [(unit.kind, unit.group) for unit in split(text)] == [
        ("sentence", 0),
        *(("opening", 1), ("block", 1), ("closing", 1)),
        *(("opening", 2), ("closing", 2)),
        *(("columns", 3), ("block", 3), ("block", 3), ("block", 3)),
        *(("sentence", 4), ("opening", 5), ("block", 5)),
    ]
