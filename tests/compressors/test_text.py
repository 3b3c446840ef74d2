"""Prose: the sentences that the question is about, below their headings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._passage.pieces import split
from headroom_core.compressors.text import TextCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget, Compressed
from tests.pace import within

compressor = TextCompressor()

FILLER = "The weather was fine that day. Nobody had anything to say about it. They went home early."
STORY = "\n\n".join(
    [*[FILLER] * 3, f"{FILLER} The pump failed at noon because of rust.", *[FILLER] * 3]
)
PARTS = "\n\n".join(f"{FILLER} In chapter {i} nothing of note took place." for i in range(20))
GUIDE = "\n\n".join(
    f"## Part {i}\n\n{FILLER} Option --depth-{i} sets the depth." for i in range(20)
)
MANUAL = "\n\n".join(f"Part {i}\n------\n\nIt has {i} legs. {FILLER}" for i in range(20))
MEETING = "\n".join(
    f"{'Ann Lee' if i % 2 else 'Bob'}: Point {i} is noted. {FILLER}{' Budget is 9.' * (i == 7)}"
    for i in range(20)
)
PASSAGES = "\n\n".join(
    f"Document [{i}](Title: City {i} (town)) City {i} has {i * 37} people. {FILLER}"
    for i in range(20)
)
COMMIT = "commit 4f8cdc2a1ea53e42955af758aabffee67cb455dd\nAuthor: A <a@b>\n\n    Fix it.\n\n"


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param(STORY, True, id="prose"),
        pytest.param(GUIDE, True, id="Markdown"),
        pytest.param(MANUAL, True, id="reStructuredText"),
        pytest.param(MEETING, True, id="a transcript"),
        pytest.param(PASSAGES, True, id="retrieved passages"),
        pytest.param(f"{STORY}\n\n```\n" + "x = {\n};\n" * 99 + "```", True, id="prose with code"),
        pytest.param("彼は家に帰った。\n雨が降っていた。\n" * 9, True, id="prose without blanks"),
        pytest.param("Um {laugh} yes .\nI think {noise}\n" * 9, True, id="speech with noises"),
        pytest.param("", False, id="nothing"),
        pytest.param("def f(x):\n    return x\n\n\nclass A:\n    y = 1\n" * 5, False, id="Python"),
        pytest.param("int main(void) {\n  /* The start. */\n  go();\n}\n" * 5, False, id="C"),
        pytest.param("const a = 1\nimport b from 'b'\nexport default a\n" * 5, False, id="JS"),
        pytest.param("diff --git a/x b/x\n@@ -1,2 +1,2 @@ f\n-The a.\n+B.\n", False, id="a diff"),
        pytest.param(COMMIT * 5, False, id="git log"),
        pytest.param("4f8cdc2 Fix the pump\nab12cd3 Stop the pump\n" * 5, False, id="one-line log"),
        pytest.param(
            "^8f30478a (A B 2014-06-18 01:42:34 +0200 1) // The start of it.\n" * 5, False,
            id="git blame",
        ),
        pytest.param("<!DOCTYPE html>\n<p>The text.</p>", False, id="HTML"),
        pytest.param("<a><b>The text</b></a>\n" * 9, False, id="XML without a declaration"),
        pytest.param("id,name,age\n1,Ann,3\n2,Bob,4\n", False, id="CSV"),
        pytest.param("id\tname\n1\tAnn\n2\tBob\n", False, id="TSV"),
        pytest.param('{"a": "The text."}', False, id="JSON"),
        pytest.param('[\n  {"a": 1}\n]', False, id="a JSON array"),
        pytest.param("aGVsbG8gd29ybGQ" * 99, False, id="a blob"),
        pytest.param("name: app\nports:\n  - 80\nimage: x:1\n" * 5, False, id="YAML"),
        pytest.param("[main]\nport = 80\nhost = x\n" * 5, False, id="INI"),
        pytest.param("./src/a.py\n./src/b.py\n./README.md\n./x/y\n", False, id="find"),
        pytest.param("-rw-r--r-- 1 a b 12 Jan 1 10:00 my file\n" * 5, False, id="ls -l"),
        pytest.param(".\n├── my src\n│   └── a.py\n└── b.py\n", False, id="tree"),
    ],
)  # fmt: skip
def test_detect(text, claimed):
    assert (compressor.detect(Block(text)) > 0) == claimed


def test_surer_of_prose_than_of_other_words():
    words = "node7 rack3 disk1 fan0 psu2 nic4\n" * 9
    assert compressor.detect(Block(words)) < 0.5 < compressor.detect(Block(STORY))


@pytest.mark.parametrize(
    ("text", "query", "tokens", "expected"),
    [
        pytest.param(STORY, "Why did the pump fail?", 22,
            Compressed("[…] The pump failed at noon because of rust. […]", "21 of 22 sentences"),
            id="only the answer, gaps shown"),
        pytest.param(STORY, "Why?", 28, Compressed(STORY), id="no question, no cut below half"),
        pytest.param(STORY, "What about zebras?", 20, Compressed(STORY), id="nothing is about it"),
        pytest.param(STORY, "pump", None, Compressed(STORY), id="without a limit nothing goes"),
        pytest.param(STORY, "pump", 999, Compressed(STORY), id="what fits stays"),
        pytest.param("Yes. " * 9, "yes", 1, Compressed("Yes. " * 9), id="no room for a sentence"),
    ],
)  # fmt: skip
def test_compress(text, query, tokens, expected):
    assert compressor.compress(Block(text), Budget(tokens, estimate), query) == expected


@pytest.mark.parametrize(
    ("text", "query", "tokens", "shown"),
    [
        pytest.param(
            GUIDE, "What does --depth-7 do?", 300,
            [*[f"## Part {i}\n" for i in range(20)], "Option --depth-7 sets the depth."],
            id="all headings of Markdown",
        ),
        pytest.param(
            MANUAL, "Which one has 13 legs?", 300,
            [*[f"Part {i}\n------\n" for i in range(20)], "It has 13 legs."],
            id="all headings of reStructuredText",
        ),
        pytest.param(
            MEETING, "What is the budget?", 60, ["Ann Lee: ", "Budget is 9."],
            id="who says it in a transcript",
        ),
        pytest.param(
            PASSAGES, "How many people live in City 11?", 80,
            ["Document [11](Title: City 11 (town)) City 11 has 407 people."],
            id="which passage says it",
        ),
        pytest.param(
            PARTS, "", 580, [f"In chapter {i} nothing" for i in range(20)],
            id="without a question, half of it and the facts",
        ),
    ],
)  # fmt: skip
def test_what_is_kept(text, query, tokens, shown):
    made = compressor.compress(Block(text), Budget(tokens, estimate), query)
    assert made.omitted
    assert estimate(made.text) <= tokens
    for part in shown:
        assert part in made.text


def test_kept_lines_survive_whole():
    line = "Unrelated KEEP one. Unrelated two. Unrelated three."
    keep = re.compile("KEEP")
    made = compressor.compress(Block(f"{STORY}\n\n{line}"), Budget(57, estimate, keep), "pump?")
    assert line in made.text.split("\n")
    assert "pump failed" in made.text


def test_what_is_kept_stands_in_order():
    made = compressor.compress(Block(MEETING), Budget(200, estimate), "Which points are noted?")
    points = [int(number) for number in re.findall(r"Point (\d+)", made.text)]
    assert len(points) > 3
    assert points == sorted(points)


def test_there_is_nothing_to_expand():
    with pytest.raises(ValueError, match="no lossless"):
        compressor.expand("x")


pieces = st.sampled_from(
    [
        *("The pump failed. ", "It was noon! ", "Why? ", "e.g. this one. ", "word ", "x" * 1_500),
        *("\n", "\n\n", "# Head\n", "Head\n====\n", "- item\n", "1. one\n", "```\n", "| a | b |\n"),
        *("Ann: Hello there. \n", "Bob: ", "Document [1](Title: x) ", "[Doc #2]\n", "<doc>\n"),
        *("\r\n", "\u2028", "\ud800", "\x00", "。", "İ", "  ", "\t", "KEEP me here.\n", "---\n"),
    ]
)
documents = st.lists(pieces, max_size=40).map("".join) | st.text(max_size=60)


@hypothesis_settings(max_examples=150, deadline=None)
@given(documents)
def test_units_tile_the_text(text):
    assert "".join(text[unit.start : unit.end] for unit in split(text)) == text


@hypothesis_settings(max_examples=150, deadline=None)
@given(documents, st.integers(0, 200), st.sampled_from(["", "why did the pump fail at noon?"]))
def test_counts_are_true_and_kept_lines_survive(text, tokens, query):
    keep = re.compile("KEEP")
    made = compressor.compress(Block(text), Budget(tokens, estimate, keep), query)
    if not made.omitted:
        assert made.text == text
        return
    assert estimate(made.text) <= tokens
    assert made.text.count("KEEP") == text.count("KEEP")
    missing, total, noun = re.fullmatch(r"(\d+) of (\d+) (\w+)", made.omitted).groups()
    kinds = ("sentence",) if noun == "sentences" else ("sentence", "block")
    assert int(total) == sum(unit.kind in kinds for unit in split(text))
    assert 0 < int(missing) <= int(total)
    assert "[…]" in made.text
    for part in made.text.split("[…]"):
        assert " ".join(part.split()) in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 1_000_000, id="one long word"),
        pytest.param("word " * 200_000, id="one long line"),
        pytest.param("\n" * 1_000_000, id="line breaks"),
        pytest.param(" " * 1_000_000, id="blanks"),
        pytest.param(". " * 300_000, id="points"),
        pytest.param("A.\n" * 200_000, id="short sentences"),
        pytest.param("why " * 100_000 + "?! " * 100_000, id="question marks"),
        pytest.param("Ann: why?\n" * 60_000, id="turns"),
        pytest.param("# Why\n" * 100_000, id="headings"),
        pytest.param("why\n---\n" * 80_000, id="underlines"),
        pytest.param("```\n" * 150_000, id="fences"),
        pytest.param("Document [1](((((" * 40_000, id="open brackets"),
    ],
)
def test_hostile_text_takes_linear_time(text):
    def work():
        compressor.detect(Block(text))
        compressor.compress(Block(text), Budget(300, estimate), "why is a word long?")

    within(0.5 + 3 * len(text) / 1e6, work)
