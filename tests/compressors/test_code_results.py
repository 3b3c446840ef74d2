"""Results of tools that hold code: several files, fences, and what must stay whole."""

from __future__ import annotations

import re

import pytest

from headroom_core import Headroom, Settings
from tests.compressors.code_inputs import numbered
from tests.compressors.code_sources import SOURCES

FENCES = "".join(
    f"src/shop.{name}:\n\n```{name}\n{SOURCES[name] * 2}```\n\n"
    for name in ("go", "python", "rust")
)
FILES = "".join(
    f"==> src/shop.{name} <==\n{SOURCES[name] * 2}\n" for name in ("go", "java", "ruby")
)
NUMBERED = "".join(
    f"==> src/shop.{name} <==\n{numbered(SOURCES[name] * 2)}\n" for name in ("go", "java", "ruby")
)
TRACEBACK = 'Traceback:\n  File "/app/shop.py", line {}, in load\nKeyError: 3'


def sent(text, question="What is this?", tool="shell", arguments='{"cmd": "cat src/shop.*"}'):
    """Return what is sent instead of the result of a tool."""
    call = {"id": "c", "type": "function", "function": {"name": tool, "arguments": arguments}}
    messages = [
        {"role": "user", "content": question},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": text},
    ]
    headroom = Headroom(Settings(store_url="memory", mode="aggressive", strict=True))
    return headroom.compress(messages).messages[-1]["content"]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        pytest.param(
            FENCES, ["{ /* lines 15-26 */ }", "...  # lines", "-> Vec<u32> { /*"], id="fences"
        ),
        pytest.param(FILES, ["{ /* lines 13-24 */ }", "{ /* lines", "# lines"], id="files"),
        pytest.param(NUMBERED, ["{ /* 12-23, to retrieve: lines 13-24 */ }"], id="numbered files"),
    ],
)
def test_each_file_is_treated_as_what_it_is(text, signs):
    made = sent(text)
    assert len(made) < 0.6 * len(text)
    assert all(sign in made for sign in signs)
    assert made.count("src/shop.") == text.count("src/shop.")
    assert made.count("```") == text.count("```")


@pytest.mark.parametrize("tool", ["read_file", "Read"])
def test_what_an_editor_reads_stays_exact(tool):
    text = SOURCES["go"] * 3
    assert sent(text, tool=tool) == text
    assert sent(text) != text


@pytest.mark.parametrize(
    "question",
    [
        "Rename the limit in src/shop.py.",
        "Please fix src/shop.py so that it never fails.",
        "Add a test for vouchers to src/shop.py, like those for carts.",
    ],
)
def test_a_file_that_is_to_be_edited_stays_exact(question):
    text = SOURCES["python"] * 3
    assert sent(text, question, arguments='{"cmd": "cat src/shop.py"}') == text
    assert sent(text, "What is in src/shop.py?", arguments='{"cmd": "cat src/shop.py"}') != text


def test_a_fence_is_the_file_that_the_line_above_it_names():
    code = SOURCES["go"] * 2
    text = f"Two files.\n\n`src/cart.go`:\n```\n{code}```\n\n`src/stock.go`:\n```\n{code}```\n"
    made = sent(text, "Fix the total in src/cart.go.", arguments="{}")
    assert f"`src/cart.go`:\n```\n{code}```" in made
    assert f"`src/stock.go`:\n```\n{code}```" not in made


def test_the_function_that_an_error_points_into_is_shown():
    text = SOURCES["python"]
    line = text[: text.index("for parcel in")].count("\n") + 1
    cat = '{"cmd": "cat shop.py"}'
    assert "for parcel in" in sent(text * 3, TRACEBACK.format(line), arguments=cat)
    others = re.findall(r"for (\w+) in", sent(text * 3, TRACEBACK.format(1), arguments=cat))
    assert "parcel" not in others


def test_one_large_value_is_no_code_of_which_nothing_is_left():
    calls = ",\n".join(
        f"      Call(name='load_{n}', args=[Name(id='part{n}')])" for n in range(400)
    )
    text = f"Module(\n   body=[\n{calls}])\n"
    shown = sent(text, "What is done with part217?", arguments='{"cmd": "python3 -m ast shop.py"}')
    assert "part217" in shown
