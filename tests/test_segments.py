"""Cutting mixed text into prose and payloads."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core import Headroom, Settings
from headroom_core.file_names import named_file
from headroom_core.segments import cut
from tests.pace import within

LOG = "".join(f"2026-01-09 10:00:{i:02d} INFO worker started job {i}\n" for i in range(30))
DIFF = """diff --git a/x.py b/x.py
index 1111111..2222222 100644
--- a/x.py
+++ b/x.py
@@ -1,2 +1,2 @@ class X
-a

+b
@@ -9 +9,0 @@
-c
"""
MANY = json.dumps([{"id": n, "name": f"n{n}"} for n in range(30)], indent=1)
FOUND = "".join(f"src/a{i}.py:{i}:def f\n" for i in range(9))
ROWS = json.dumps([{"id": i} for i in range(5)], indent=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing is nothing"),
        pytest.param("Fix this, please.\n", [("prose", "Fix this, please.\n")], id="plain prose"),
        pytest.param(
            "Why?\n```python\nx\n```\nThanks",
            [("prose", "Why?\n```python\n"), ("fence", "x\n"), ("prose", "```\nThanks")],
            id="fence lines are prose, what they enclose is not",
        ),
        pytest.param(
            "~~~~\n```\n~~~\n~~~~\n",
            [("prose", "~~~~\n"), ("fence", "```\n~~~\n"), ("prose", "~~~~\n")],
            id="a fence is closed by its own mark, as long as it was",
        ),
        pytest.param("```\nx\n", [("prose", "```\nx\n")], id="an open fence opens nothing"),
        pytest.param("```\n```\n", [("prose", "```\n```\n")], id="an empty fence is prose"),
        pytest.param(
            'Read:\n<document index="1">\ntext\n</document>\nWhy?',
            [
                ("prose", 'Read:\n<document index="1">\n'),
                ("tag", "text\n"),
                ("prose", "</document>\nWhy?"),
            ],
            id="tagged documents are payloads, their tags are prose",
        ),
        pytest.param(
            "<search_results>\n1\n</search_results>",
            [("prose", "<search_results>\n"), ("tag", "1\n"), ("prose", "</search_results>")],
            id="the last word of a tag says what is in it",
        ),
        pytest.param(
            "<output_format>\nJSON\n</output_format>",
            [("prose", "<output_format>\nJSON\n</output_format>")],
            id="tagged instructions are prose",
        ),
        pytest.param("<log>\nx\n", [("prose", "<log>\nx\n")], id="an open tag opens nothing"),
        pytest.param(
            f"Rows:\n{ROWS}\nWhich?",
            [("prose", "Rows:\n"), ("json", f"{ROWS}\n"), ("prose", "Which?")],
            id="JSON on lines of its own is a payload",
        ),
        pytest.param(
            '{"a": 1}\n{"a": 2}\n', [("json", '{"a": 1}\n{"a": 2}\n')], id="JSON lines are one"
        ),
        pytest.param(
            '{"a": 1} is odd\n', [("prose", '{"a": 1} is odd\n')], id="JSON inside a line is prose"
        ),
        pytest.param(
            f"It broke:\n{LOG}Why?",
            [("prose", "It broke:\n"), ("log", LOG), ("prose", "Why?")],
            id="a pasted log is a payload",
        ),
        pytest.param(
            f"{LOG}  at Main.run\n{LOG}",
            [("log", f"{LOG}  at Main.run\n{LOG}")],
            id="indented lines go on with the log",
        ),
        pytest.param(
            "ERROR means: stop.\nINFO means: go on.\n",
            [("prose", "ERROR means: stop.\nINFO means: go on.\n")],
            id="a few lines with levels are prose",
        ),
        pytest.param(
            f"$ git diff\n{DIFF}-- \nDone.",
            [("prose", "$ git diff\n"), ("diff", DIFF), ("prose", "-- \nDone.")],
            id="a diff ends where its last hunk says",
        ),
        pytest.param(
            f"$ git diff\n{DIFF[:-3]}",
            [
                ("prose", "$ git diff\n"),
                ("diff", DIFF.partition("@@ -9")[0]),
                ("prose", "@@ -9 +9,0 @@\n"),
            ],
            id="a hunk that is not as long as it says is no diff",
        ),
        pytest.param(
            "--- a note\n+++ another\n",
            [("prose", "--- a note\n+++ another\n")],
            id="no hunk, no diff",
        ),
        pytest.param(
            f"$ grep -rn f src\n{FOUND}$ echo\n",
            [("prose", "$ grep -rn f src\n"), ("search", FOUND), ("prose", "$ echo\n")],
            id="search results are a payload",
        ),
        pytest.param(
            f"{MANY}warning: x\n",
            [("json", MANY), ("prose", "warning: x\n")],
            id="an error behind JSON on its last line is no part of it",
        ),
        pytest.param(
            "[1, 2]: x\n", [("prose", "[1, 2]: x\n")], id="a little JSON with text is text"
        ),
        pytest.param("10:30:15: x\n" * 9, [("prose", "10:30:15: x\n" * 9)], id="a time is no path"),
        pytest.param(
            '{"n": ' + "9" * 5_000 + "}\n",
            [("json", '{"n": ' + "9" * 5_000 + "}\n")],
            id="a number of any length is JSON",
        ),
    ],
)
def test_cut(text, expected):
    segments = cut(text)
    assert [(segment.kind, segment.text) for segment in segments] == expected
    assert all(segment.payload == (segment.kind != "prose") for segment in segments)


pieces = st.sampled_from(
    [
        *("```\n", "~~~\n", "````\n", "<log>\n", "</log>\n", "<file a='b'>", "</file>\n", LOG),
        *("{", "[", "]", '"', "}\n", '{"a": 1}\n', "\n", "x", "word. ", " ", "\r\n", "\u2028"),
        *("\ud800", "\x00", MANY, DIFF, FOUND, "--- x\n", "@@ -1 +1 @@\n", "diff --git "),
        "a.py:1:x\n",
    ]
)


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=60))
def test_segments_tile_the_text_in_whole_lines_but_for_json(text):
    segments = cut(text)
    assert "".join(segment.text for segment in segments) == text
    assert all(segment.text for segment in segments)
    assert all(s.text.endswith("\n") for s in segments[:-1] if s.kind != "json")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\nx\n" * 100_000, id="many fences"),
        pytest.param("~~~\n" + "```x\n" * 100_000, id="many open fences"),
        pytest.param(
            "".join("`" * n + "x\n" for n in range(1_000, 3, -1)), id="shorter and shorter"
        ),
        pytest.param("{\n" * 100_000, id="many braces"),
        pytest.param('{"a":\n' * 100_000, id="deep objects"),
        pytest.param('["x",\n' * 100_000, id="unclosed arrays"),
        pytest.param("<log>\n" * 100_000, id="many open tags"),
        pytest.param("12:00:00 x\n y\n" * 50_000, id="a long log"),
        pytest.param("12:00:00 x\n" + " \n" * 500_000, id="a log that does not go on"),
        pytest.param(("12:00:00 x\n" + " \n" * 40 + "y\n") * 10_000, id="broken logs"),
        pytest.param(("--- x\n" + "@@ -1,9 +1,9 @@\n" + " y\n" * 8) * 10_000, id="broken diffs"),
        pytest.param("--- x\n+++ y\n" * 60_000, id="headers of no diffs"),
        pytest.param("@@ -1,999999999 +1 @@\n" * 60_000, id="hunks without a file"),
        pytest.param(("a.py:1:x\n" * 7 + "y\n") * 15_000, id="too few matches each"),
        pytest.param("a/" * 500_000, id="one long path"),
        pytest.param("\n" * 1_000_000, id="nothing but line breaks"),
        pytest.param(" " * 1_000_000, id="nothing but spaces"),
        pytest.param("x" * 1_000_000, id="one long line"),
    ],
)
def test_hostile_text_takes_linear_time(text):
    segments = within(0.3 + 1.5 * len(text) / 1e6, lambda: cut(text))
    assert sum(len(segment.text) for segment in segments) == len(text)


USERS = json.dumps([{"id": i, "state": "FAILED" if i == 70 else "ok", "n": i} for i in range(300)])
LONG_LOG = "".join(
    f"2026-01-09 10:00:{i % 60:02d} INFO ran job {i * 7919 % 997}\n" for i in range(300)
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"[tool]\n{USERS}\n[assistant]\nWhich?\n[tool]\n{LONG_LOG}", id="a transcript"
        ),
        pytest.param(f"{LONG_LOG}{USERS}\n{LONG_LOG}", id="a log with a document in it"),
        pytest.param(f"{LONG_LOG}```json\n{USERS}\n```\nThat is all.", id="a document in a fence"),
    ],
)
@pytest.mark.parametrize("role", ["tool", "user"])
def test_each_part_goes_to_its_compressor(text, role):
    hr = Headroom(Settings(roles={"tool", "user"}, store_url="memory", strict=True))
    result = hr.compress([{"role": role, "content": text}], model="gpt-4o")
    (sent,) = (message["content"] for message in result.messages)
    assert set(result.events[0].compressor.split("+")) == {"json", "log"}
    assert "FAILED" in sent
    assert result.tokens_after < result.tokens_before / 5
    assert hr.retrieve(result.markers[0].key).text == text


@pytest.mark.parametrize(
    ("before", "file"),
    [
        pytest.param("Fix this.\n\n`src/app.py`:\n```\n", "src/app.py", id="a path and a colon"),
        pytest.param("### src/app.py\n\n```python\n", "src/app.py", id="a heading"),
        pytest.param("**File:** `web/shop.tsx`\n~~~\n", "web/shop.tsx", id="a label"),
        pytest.param("1. src/app.py\n\n```\n", "src/app.py", id="an item of a list"),
        pytest.param("// src/main.c\n```\n", "src/main.c", id="a comment"),
        pytest.param('```python title="src/app.py"\n', "src/app.py", id="said behind the fence"),
        pytest.param("```12:30:src/app.ts\n", "src/app.ts", id="lines of a file"),
        pytest.param('Why?\n<file path="lib/shop.rb">\n', "lib/shop.rb", id="a tag"),
        pytest.param("<source>a/b.rs</source>\n<content>\n", "a/b.rs", id="the tag above a tag"),
        pytest.param("I ran example.py, it said\n```\n", "", id="a sentence names no file"),
        pytest.param("Compare a.py and b.py:\n```\n", "", id="two files are none"),
        pytest.param("For version 1.2.3, e.g.:\n```\n", "", id="no file has such a name"),
        pytest.param("src/app.py\n\n\n\n```\n", "", id="too far above"),
        pytest.param("", "", id="nothing stands above"),
    ],
)
def test_the_file_that_is_said_to_follow(before, file):
    assert named_file(before, len(before)) == file


def test_a_fence_has_the_file_above_it():
    text = "See:\n\n`a.py`:\n```python\nx = 1\n```\nb.py\n```\ny = 1\n```\n```\nz = 1\n```\n"
    assert [segment.file for segment in cut(text) if segment.payload] == ["a.py", "b.py", ""]
