"""Long output that nothing shows to be a log: shortened if a command printed it, not if a file."""

from __future__ import annotations

import re

import pytest

from headroom_core import Block, Headroom, Settings, expand
from headroom_core.compressors import default_compressors
from headroom_core.compressors.log import LogCompressor
from headroom_core.router import Router
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Budget

PRINTED = "\n".join(
    f"0x{i * 7919 % 65_536:04x}  slot{i % 7}  {'odd' if i == 311 else 'even'}  w{i * 31 % 97}"
    for i in range(600)
)
"""Registers of a device."""

SHOWN = '{"command": "regdump --all"}'


def _certainty(text, tool, call, question="What is in slot3?"):
    return LogCompressor().detect(Block(text, tool=tool, query=f"{question}\n{call}"))


@pytest.mark.parametrize(
    ("tool", "call", "is_sure"),
    [
        pytest.param("bash", SHOWN, True, id="a command"),
        pytest.param("dump_registers", "{}", True, id="a tool"),
        pytest.param("bash", '{"command": "cat out/registers.log"}', True, id="a log file"),
        pytest.param("bash", '{"command": "cat src/registers.lua"}', False, id="a file"),
        pytest.param("bash", '{"command": "sed -n 1,600p src/registers.lua"}', False, id="a part"),
        pytest.param("bash", '{"command": "git show HEAD~2:src/dump.lua"}', False, id="its past"),
        pytest.param("get_file_contents", '{"name": "registers"}', False, id="a reader of files"),
        pytest.param("fetch", '{"file_path": "src/registers"}', False, id="a path"),
        pytest.param("", SHOWN, False, id="nobody knows where it is from"),
    ],
)
def test_what_a_command_printed_is_sure_to_be_lines(tool, call, is_sure):
    assert (_certainty(PRINTED, tool, call) >= 0.5) is is_sure


def test_lines_with_numbers_are_a_file_that_is_shown():
    text = "\n".join(f"{number:6}\t{line}" for number, line in enumerate(PRINTED.split("\n"), 1))
    assert _certainty(text, "bash", SHOWN) < 0.5


def test_a_short_text_is_not_worth_a_guess():
    assert _certainty(PRINTED[:2000], "bash", SHOWN) < 0.5


def test_a_file_named_in_the_question_alone_is_no_call():
    assert _certainty(PRINTED, "bash", SHOWN, "Should I view src/registers.lua?") >= 0.5


def test_it_is_shortened_and_says_so_and_what_is_asked_stays():
    asked = PRINTED.split("\n")[437]
    call = {"id": "c", "type": "function", "function": {"name": "bash", "arguments": SHOWN}}
    messages = [
        {"role": "user", "content": f"What does the register {asked[:6]} hold?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": PRINTED},
    ]
    headroom = Headroom(Settings(store_url="memory"))
    result = headroom.compress(messages, model="gpt-4o")
    sent = result.messages[2]["content"]
    assert result.tokens_after < 0.5 * result.tokens_before
    assert asked in expand(sent)
    assert "odd" in expand(sent)
    key = re.search("hash=([0-9a-f]{24})", sent)[1]
    assert headroom.retrieve(key).text == PRINTED


def test_a_dump_of_a_database_is_data_though_its_lines_end_like_code():
    text = "BEGIN;\n" + "\n".join(
        f"INSERT INTO t VALUES({i},{i * i},'n{i % 7}');" for i in range(400)
    )
    assert _certainty(text, "bash", '{"command": "sqlite3 shop.db .dump"}') >= 0.5
    made = LogCompressor().compress(Block(text), Budget(None, estimate)).text
    assert expand(made) == text
    assert estimate(made) < 0.6 * estimate(text)


def test_others_that_are_surer_come_first():
    text = "\n".join(f"import mod{i}\nx{i} = mod{i}.load({i})" for i in range(400))
    block = Block(text, tool="bash", query=f"?\n{SHOWN}")
    _, surest = next(Router(default_compressors()).rank(block))
    assert surest.name != "log"
