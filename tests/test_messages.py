from __future__ import annotations

from types import SimpleNamespace

import pytest

from headroom_core.messages import find_blocks, replace_texts
from tests.strategies import anthropic_turn, openai_turn


def found(messages, query=""):
    return [(b.path, b.role, b.tool, b.query, b.text) for b in find_blocks(messages, query)]


@pytest.mark.parametrize(
    ("messages", "blocks"),
    [
        pytest.param([], [], id="no messages"),
        pytest.param(
            [{"role": "system", "content": "s"}, {"role": "assistant", "content": "a"}],
            [],
            id="instructions are never looked at",
        ),
        pytest.param(
            [
                {"role": "user", "content": "why?"},
                *openai_turn("1", "grep", {"q": "x", "n": 3}, "out"),
            ],
            [
                ((0, "content"), "user", "", "", "why?"),
                ((2, "content"), "tool", "grep", "why?\nx", "out"),
            ],
            id="an OpenAI tool result has the question and the call before it",
        ),
        pytest.param(
            [{"role": "user", "content": "why?"}, *anthropic_turn("1", "grep", {"q": "x"}, "out")],
            [
                ((0, "content"), "user", "", "", "why?"),
                ((2, "content", 0, "content", 0, "text"), "tool", "grep", "why?\nx", "out"),
            ],
            id="an Anthropic tool result has the question and the call before it",
        ),
        pytest.param(
            [
                {
                    "role": "tool",
                    "content": [
                        {"type": "text", "text": "a"},
                        {"type": "image"},
                        {"type": "text", "text": "b"},
                    ],
                }
            ],
            [
                ((0, "content", 0, "text"), "tool", "", "", "a"),
                ((0, "content", 2, "text"), "tool", "", "", "b"),
            ],
            id="text parts of a list, and nothing else in it",
        ),
        pytest.param(
            [
                {
                    "type": "function_call",
                    "call_id": "c",
                    "name": "ls",
                    "arguments": '{"p": "/tmp"}',
                },
                {"type": "function_call_output", "call_id": "c", "output": "out"},
            ],
            [((1, "output"), "tool", "ls", "\n/tmp", "out")],
            id="items of the Responses API",
        ),
        pytest.param(
            [{"role": "function", "name": "ls", "content": "out"}],
            [((0, "content"), "tool", "ls", "", "out")],
            id="the old function role names its tool",
        ),
        pytest.param(
            [
                SimpleNamespace(
                    role="assistant",
                    tool_calls=[
                        SimpleNamespace(id="c", function=SimpleNamespace(name="ls", arguments="{}"))
                    ],
                ),
                {"role": "tool", "tool_call_id": "c", "content": "out"},
            ],
            [((1, "content"), "tool", "ls", "", "out")],
            id="response objects of a client library in the history",
        ),
        pytest.param(
            [
                {"role": "tool", "content": None},
                {"role": "tool", "content": 3},
                {"role": "user", "content": {"a": 1}},
                "junk",
                None,
                {"role": "tool", "content": [1, {"type": "text", "text": 5}]},
            ],
            [],
            id="content of any other type is passed over",
        ),
    ],
)
def test_find_blocks(messages, blocks):
    assert found(messages) == blocks


def test_a_question_asked_later_is_not_known_to_an_earlier_block():
    first = openai_turn("1", "a", {}, "one")
    messages = [
        {"role": "user", "content": "q1"},
        *first,
        {"role": "user", "content": "q2"},
        *openai_turn("2", "a", {}, "two"),
    ]
    assert [b.query for b in find_blocks(messages) if b.role == "tool"] == ["q1", "q2"]


def test_the_query_given_serves_blocks_that_no_user_text_stands_before():
    messages = [
        {"role": "tool", "content": "x"},
        {"role": "user", "content": "q"},
        {"role": "tool", "content": "y"},
    ]
    assert [b.query for b in find_blocks(messages, "given") if b.role == "tool"] == ["given", "q"]


def test_replacing_copies_only_what_lies_on_the_way():
    messages = [{"role": "user", "content": "q"}, *anthropic_turn("1", "grep", {}, "out")]
    path = (2, "content", 0, "content", 0, "text")
    replaced = replace_texts(messages, {path: "short"})
    assert replaced[:2] == messages[:2]
    assert all(new is old for new, old in zip(replaced[:2], messages[:2], strict=True))
    part = replaced[2]["content"][0]
    assert part["content"] == [
        {"type": "text", "text": "short", "cache_control": {"type": "ephemeral"}}
    ]
    assert part["cache_control"] == {"type": "ephemeral"}
    assert messages[2]["content"][0]["content"][0]["text"] == "out"


TERMINAL = "a.py\nb.py\n(Open file: n/a)\n(Current directory: /src)\nbash-$"
LS = {"role": "assistant", "content": "Let me look.\n```bash\nls -a src\n```"}


@pytest.mark.parametrize(
    ("messages", "blocks"),
    [
        pytest.param(
            [{"role": "user", "content": "why?"}, LS, {"role": "user", "content": TERMINAL}],
            [("user", "", "why?"), ("tool", "why?\nls -a src", TERMINAL)],
            id="a prompt at the end, after a command",
        ),
        pytest.param(
            [{"role": "user", "content": TERMINAL}],
            [("user", "", TERMINAL)],
            id="the task may end with a prompt",
        ),
        pytest.param(
            [LS, {"role": "user", "content": "OBSERVATION:\nx"}],
            [("tool", "ls -a src", "OBSERVATION:\nx")],
            id="an observation",
        ),
        pytest.param(
            [LS, {"role": "user", "content": "Observation: it fails. Please fix it."}],
            [("user", "", "Observation: it fails. Please fix it.")],
            id="a person may observe, too",
        ),
        pytest.param(
            [
                LS,
                {"role": "user", "content": "<returncode>0</returncode>\n<output>\nx\n</output>"},
                {"role": "user", "content": "<returncode>0</returncode>"},
            ],
            [
                ("tool", "ls -a src", "<returncode>0</returncode>\n<output>\nx\n</output>"),
                ("user", "", "<returncode>0</returncode>"),
            ],
            id="only the first answer to a message of the assistant",
        ),
        pytest.param(
            [{"role": "assistant", "content": "Done."}, {"role": "user", "content": TERMINAL}],
            [("tool", "", TERMINAL)],
            id="no command is seen",
        ),
    ],
)
def test_what_a_command_printed_may_come_as_a_message_of_the_user(messages, blocks):
    found = [(b.role, b.query, b.text) for b in find_blocks(messages, observed=True)]
    assert found == blocks
    assert {block.role for block in find_blocks(messages)} == {"user"}
