"""The benchmark's own judgements: needles, requests and the cost of a cached prefix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tests.bench.__main__ import main
from tests.bench.conversations import Turn, agent_run, cost, replay, requests
from tests.bench.corpus import Messages, Needle, load
from tests.bench.needles import View, spellings
from tests.bench.subject import Reply


def _needle(kind: str, *strings: str, window: int = 0) -> Needle:
    return Needle("kind", kind, strings, window)


@pytest.mark.parametrize(
    ("needle", "text", "visible"),
    [
        pytest.param(_needle("text", "a b", "c"), "c, a b", True, id="all strings occur"),
        pytest.param(_needle("text", "a b", "c"), "a b", False, id="one string is missing"),
        pytest.param(_needle("text", "a b"), "a  b", False, id="other white space is no match"),
        pytest.param(_needle("text", 'say "x"'), r'{"k":"say \"x\""}', True, id="JSON spelling"),
        pytest.param(_needle("text", '"é"'), r'["\"é\""]', True, id="JSON not in ASCII"),
        pytest.param(_needle("text", "é"), '["\\u00e9"]', True, id="JSON in ASCII"),
        pytest.param(_needle("text", 'say "x"'), '1,"say ""x""",2', True, id="CSV spelling"),
        pytest.param(_needle("text", "a\nb"), r'"a\nb"', True, id="a line break inside JSON"),
        pytest.param(_needle("any", "a", "b"), "b", True, id="any of the strings is enough"),
        pytest.param(_needle("any", "a", "b"), "c", False, id="none of the strings"),
        pytest.param(_needle("row", "id7", "up", window=9), "id7|host|up", True, id="a row"),
        pytest.param(_needle("row", "id7", "up", window=9), "up|host|id7", True, id="backwards"),
        pytest.param(
            _needle("row", "id7", "up", window=4), "id7|hosts|up", False, id="beyond the window"
        ),
        pytest.param(
            _needle("row", "id7", "up", window=4), "id7|abc|up", False, id="within twice of it"
        ),
        pytest.param(
            _needle("row", "id7", "up", window=4),
            "id7|hosts|down\nid7|up",
            True,
            id="a later occurrence of the first string counts",
        ),
        pytest.param(
            _needle("row", "id7", "up", "eu", window=4),
            "id7|up  ...  id7|eu",
            False,
            id="all others must be near the same occurrence",
        ),
    ],
)
def test_a_needle_is_judged_by_its_type(needle: Needle, text: str, visible: bool) -> None:
    assert View(text).shows(needle) is visible


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param("src/a/x.c:12:  fail();", True, id="as grep prints it"),
        pytest.param("src/a/x.c-12-  fail();", True, id="a context line"),
        pytest.param("src/a/x.c:12:5: fail();", True, id="with a column"),
        pytest.param("src/a/x.c\n12:fail();", True, id="below its file"),
        pytest.param("src/a/x.c (3 of 9)\n  7:no\n  12:  fail();", True, id="below a count"),
        pytest.param("src/a/\n  x.c\n    12:fail();", True, id="below folder and file"),
        pytest.param("src/\n  a/\n    x.c\n      12:fail();", True, id="below nested folders"),
        pytest.param("src/a/\n  w.c\n    1:no\n  x.c\n    12:fail();", True, id="a second file"),
        pytest.param("src/a/x.c\n112:fail();", False, id="another number"),
        pytest.param("src/a/x.c\n12:\nfail();", False, id="the number on another line"),
        pytest.param("src/a/x.c\n12:try fail();", False, id="a word in between"),
        pytest.param("src/a/x.c\nfail();", False, id="no number"),
        pytest.param("12:fail();\nsrc/a/x.c", False, id="the path below"),
        pytest.param("src/a/x.c\n1:no\nsrc/b/y.c\n12:fail();", False, id="below another file"),
        pytest.param(
            "src/a/\nw.c\n1:no\nsrc/b/\nx.c\n12:fail();", False, id="below another flat folder"
        ),
        pytest.param("src/b/\n  x.c\n    12:fail();", False, id="below another folder"),
        pytest.param(
            "src/a/\n  w.c\nsrc/b/\n  x.c\n    12:fail();", False, id="its folder ended before"
        ),
    ],
)
def test_a_match_needs_its_number_and_its_path(text: str, visible: bool) -> None:
    needle = _needle("grep", "fail();", "12", "src/a/x.c")
    assert View(text).shows(needle) is visible


@given(
    text=st.text(alphabet="ab|", max_size=40),
    first=st.sampled_from(["a", "ab", "ba|"]),
    other=st.sampled_from(["b", "bb", "|a"]),
    window=st.integers(0, 12),
)
@settings(max_examples=100, deadline=None)
def test_rows_agree_with_trying_every_place(text: str, first: str, other: str, window: int) -> None:
    slow = any(
        text.startswith(first, i)
        and text.startswith(other, j)
        and i - window <= j
        and j + len(other) <= i + len(first) + window
        for i in range(len(text))
        for j in range(len(text))
    )
    assert View(text).shows(_needle("row", first, other, window=window)) is slow


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("one two\n   three", id="over two lines"),
        pytest.param("<p>one <a href='x'>two</a> three", id="with a link inside"),
        pytest.param("one [two](http://x) *three*", id="with Markdown inside"),
        pytest.param("one \x1b[36;1mtwo\x1b[0m three", id="in colours"),
    ],
)
def test_a_loose_needle_counts_letters_only(text: str) -> None:
    needle = _needle("text", "one two three")
    assert not View(text).shows(needle)
    assert View(text).shows(needle, loose=True)
    assert not View("one three two").shows(needle, loose=True)


def test_a_plain_string_has_one_spelling() -> None:
    assert spellings("plain") == ("plain",)


def test_an_unknown_type_of_needle_is_refused() -> None:
    with pytest.raises(ValueError, match="'regex'"):
        View("").shows(_needle("regex", "a"))


def _messages(*roles: str) -> Messages:
    return [{"role": role, "content": f"{role} {n}"} for n, role in enumerate(roles)]


def test_a_request_ends_before_each_assistant_message_and_at_the_end() -> None:
    messages = _messages("system", "user", "assistant", "tool", "assistant", "user")
    assert [len(request) for request in requests(messages)] == [2, 4, 6]
    assert [len(request) for request in requests(messages[:5])] == [2, 4]
    assert requests(_messages("assistant")) == []


def test_what_was_sent_before_is_read_and_the_rest_is_written() -> None:
    turns = [Turn((100,), 0), Turn((100, 20, 30), 1)]
    assert cost(turns, read=0.1, write=1.25) == pytest.approx(125 + 10 + 62.5)
    assert cost(turns, read=1, write=1) == 250


class _Shortens:
    """Sends the first letters of every tool result; more of the last one if `nervous`."""

    def __init__(self, *, nervous: bool) -> None:
        self._nervous = nervous

    def compress(self, messages: Messages) -> Reply:
        sent = []
        for index, message in enumerate(messages):
            keep = 6 if self._nervous and index == len(messages) - 1 else 4
            shorter = {**message, "content": message["content"][:keep]}
            sent.append(shorter if message["role"] == "tool" else message)
        return Reply(sent, cpu_ms=1.0)


@pytest.mark.parametrize(
    ("nervous", "changed", "cached"),
    [
        pytest.param(False, 0, 1.25 * (6 + 11 + 4 + 11 + 4) + 0.1 * (6 + 21), id="past left alone"),
        pytest.param(True, 1, 1.25 * (6 + 11 + 6 + 4 + 11 + 6) + 0.1 * (6 + 17), id="past changed"),
    ],
)
def test_a_replay_counts_changes_of_the_past(nervous: bool, changed: int, cached: float) -> None:
    messages = _messages("user", "assistant", "tool", "assistant", "tool")
    result, sent = replay(_Shortens(nervous=nervous).compress, messages, len)
    assert (result.turns, result.changed) == (3, changed)
    assert result.cached == pytest.approx(cached)
    assert result.cached_before == pytest.approx(1.25 * (6 + 11 + 6 + 11 + 6) + 0.1 * (6 + 23))
    assert sorted(sent) == [1, 3, 5]


def test_the_made_up_agent_run_is_the_same_every_time() -> None:
    run = agent_run(5)
    assert run == agent_run(5)
    assert all(20_000 <= len(m["content"]) < 41_000 for m in run if m["role"] == "tool")
    assert len({m["content"] for m in run if m["role"] == "tool"}) == 5


def test_a_corpus_folder_becomes_items_with_conversations(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"one\r\ntwo")
    entry = {
        "id": "a",
        "category": "logs",
        "form": "tool_output",
        "file": "a.log",
        "question": "What?",
        "tool": {"name": "get_logs", "arguments": {"n": 2}},
    }
    needle = {"kind": "error_first", "type": "text", "all_of": ["two"], "query": None}
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"items": [entry]}))
    (tmp_path / "needles.json").write_text(json.dumps({"a": [needle]}))
    (item,) = load(tmp_path, ["logs"], ["a"])
    user, assistant, tool = item.messages("Which?")
    assert user["content"] == "Which?"
    assert assistant["tool_calls"][0]["function"] == {"name": "get_logs", "arguments": '{"n": 2}'}
    assert tool["content"] == "one\r\ntwo"
    assert item.needles[0].critical
    assert load(tmp_path, ["json"]) == []


def test_the_benchmark_runs_on_a_small_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"id": f"job {n}", "state": "failed" if n == 77 else "done"} for n in range(200)]
    conversation = [
        {"role": "user", "content": "Which jobs failed?"},
        {"role": "assistant", "content": "Let me look."},
        {"role": "tool", "tool_call_id": "c", "content": json.dumps(rows)},
    ]
    (tmp_path / "jobs.json").write_text(json.dumps(rows, indent=1))
    (tmp_path / "talk.json").write_text(json.dumps(conversation))
    entries = [
        {
            "id": "jobs",
            "category": "json",
            "form": "tool_output",
            "file": "jobs.json",
            "question": "Which jobs failed?",
            "tool": {"name": "list_jobs", "arguments": {}},
        },
        {
            "id": "talk",
            "category": "agent",
            "form": "conversation",
            "file": "talk.json",
            "question": None,
            "tool": None,
        },
    ]
    row = {"kind": "anomaly", "type": "row", "all_of": ["job 77", "failed"], "window": 60}
    asked = {**row, "kind": "lookup", "query": "What is the state of job 77?"}
    late = {"kind": "future_use", "type": "text", "all_of": ["job 77"], "query": None, "at": 3}
    needles = {"jobs": [{**row, "query": None}, asked], "talk": [late]}
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"items": entries}))
    (tmp_path / "needles.json").write_text(json.dumps(needles))
    saved = tmp_path / "raw.json"
    arguments = ["--corpus", str(tmp_path), "--mode", "lossless", "--items", "--lost"]
    assert main([*arguments, "--turns", "2", "--no-startup", "--json", str(saved)]) == 0
    assert "all real" in capsys.readouterr().out
    (run,) = json.loads(saved.read_text())["runs"]
    jobs, talk = run["items"]
    assert jobs["tokens_after"] < jobs["tokens_before"]
    assert (jobs["seen"], jobs["answered"]) == ({"0": True}, {"1": True})
    assert (jobs["retrievable"], jobs["blocks"], jobs["exact"]) == (2, 1, 1)
    assert talk["seen"] == {"0": True}
    assert (talk["replay"]["turns"], talk["replay"]["changed"]) == (2, 0)
    assert run["agent_run"]["turns"] == 3
    assert main(["--corpus", str(tmp_path), "--item", "nothing"]) == 2
