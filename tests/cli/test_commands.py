from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = json.dumps([{"id": i, "name": f"n{i * 7919 % 1000}", "ok": i != 70} for i in range(900)])


@pytest.fixture
def headroom(tmp_path):
    """The real command, with a store of its own."""

    def run(*arguments, data=b""):
        return subprocess.run(
            [str(Path(sys.executable).parent / "headroom"), *arguments],
            input=data,
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={"HOME": str(tmp_path), "HEADROOM_STORE_URL": f"sqlite:///{tmp_path}/store.db"},
        )

    return run


def key_of(done):
    return done.stderr.decode().strip().rpartition(" ")[2]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ROWS.encode(), id="JSON"),
        pytest.param(
            b"2026-01-01T10:00:00 INFO tick \xff\xfe\x00 caf\xe9\r\n" * 400, id="any bytes"
        ),
    ],
)
def test_what_was_compressed_comes_back_byte_for_byte(headroom, data):
    compressed = headroom("compress", "--mode", "aggressive", "-", data=data)
    assert compressed.returncode == 0, compressed.stderr
    assert 0 < len(compressed.stdout) < len(data) / 2
    assert b"% saved" in compressed.stderr
    assert headroom("retrieve", key_of(compressed)).stdout == data


def test_a_file_and_a_part_of_it(headroom, tmp_path):
    (tmp_path / "rows.json").write_text(ROWS)
    compressed = headroom("compress", "rows.json", "--query", "which is not ok?")
    assert b"70" in compressed.stdout
    part = headroom("retrieve", key_of(compressed), "--query", '"id": 123')
    assert b'"id": 123' in part.stdout
    assert len(part.stdout) < 3_000
    row = headroom("retrieve", key_of(compressed), "--rows", "124")
    assert row.stdout.startswith(b"[[123], row 124 of ")
    field = headroom("retrieve", key_of(compressed), "--path", "[123].id")
    assert field.stdout.endswith(b"]\n123")
    wrong = headroom("retrieve", key_of(compressed), "--rows", "x")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b'write it like "17"' in wrong.stderr


def test_messages_go_in_and_out_as_json(headroom):
    messages = [{"role": "user", "content": "why?"}, {"role": "tool", "content": ROWS}]
    done = headroom("compress", "--messages", data=json.dumps(messages).encode())
    sent = json.loads(done.stdout)
    assert sent[0] == messages[0]
    assert len(sent[1]["content"]) < len(ROWS)


def test_a_short_text_is_kept_as_it_is(headroom):
    done = headroom("compress", data=b"hello")
    assert (done.returncode, done.stdout) == (0, b"hello")
    assert b"kept as it is" in done.stderr


def test_an_unknown_key_gets_a_calm_answer(headroom):
    done = headroom("retrieve", "0" * 24)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"run the tool that produced the content once more" in done.stderr


def test_stats_are_net_of_what_was_fetched_back(headroom):
    compressed = headroom("compress", data=ROWS.encode())
    headroom("retrieve", key_of(compressed))
    lines = {line["compressor"]: line for line in json.loads(headroom("stats", "--json").stdout)}
    assert lines["json"]["tokens_after"] < lines["json"]["tokens_before"]
    assert lines["retrieve"]["blocks"] == 1
    assert b"net" in headroom("stats").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("compress", "--store", "nosuch://x"), "store_url", id="no such database"),
        pytest.param(("compress", "--mode", "extreme"), "extreme", id="no such mode"),
        pytest.param(("compress", "--min-tokens", "0"), "min_tokens", id="a number that cannot be"),
        pytest.param(("compress", "absent.txt"), "absent.txt", id="no such file"),
        pytest.param(("compress", "--messages"), "not JSON", id="messages that are no JSON"),
        pytest.param(("retrieve", "0" * 24, "--lines", "x"), "40-80", id="lines that are no range"),
    ],
)
def test_what_cannot_work_is_said_in_a_line(headroom, arguments, said):
    done = headroom(*arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_the_demo_brings_every_original_back(headroom):
    done = headroom("demo")
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert shown.count(" equal") >= 5
    assert "DIFFERENT" not in shown
    assert "the model called headroom_retrieve" in shown
