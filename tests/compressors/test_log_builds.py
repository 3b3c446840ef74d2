from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from headroom_core.compressors._log.builds import contents, find_failures
from headroom_core.compressors._log.score import find_suspects
from headroom_core.compressors._log.templates import mask
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.log_inputs import LOG, unfold
from tests.compressors.log_runs import RUNS, run


def shown_of(text: str, tokens: int) -> list[str]:
    made = LOG.compress(Block(text), Budget(tokens, estimate))
    assert estimate(made.text) <= tokens
    return unfold(made.text).split("\n")


@pytest.mark.parametrize("name", RUNS)
def test_what_failed_is_shown_and_what_went_well_is_counted(name):
    text, wanted, noise = run(name)
    shown = shown_of(text, 480)
    assert [line for line in wanted if line not in shown] == []
    well = re.compile(re.escape(noise).replace(r"\{n\}", r"\d+"))
    assert sum(1 for line in shown if well.fullmatch(line)) <= 6
    assert any(re.match(r"\[1[45]\dx", line) for line in shown)


def failures_of(text: str) -> list[list[str]]:
    masked = mask(text)
    suspects = find_suspects(list(dict.fromkeys(masked.masks)))
    found = find_failures(masked.masks, contents(masked.masks), suspects)
    return [masked.lines[failure.start : failure.end] for failure in found if not failure.again]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("all\nis\nwell", [], id="nothing"),
        pytest.param("a.c:1:2: error: x\n    1 | y\n      | ^\nb.c:3: note", [3],
            id="a diagnostic with its code"),
        pytest.param("A.java:1: error: x\nint y;\n    ^\nint z;", [3],
            id="a line of code that a caret points into"),
        pytest.param("A.java:1: error: x\nint y;\nint z;", [1], id="a line that none points into"),
        pytest.param('Traceback (most recent call last):\n  File "a.py", line 1\n    f()\n'
            "ValueError: x\nnext", [4], id="a traceback and its last line"),
        pytest.param('Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n\n'
            "During handling of the above exception, another exception occurred:\n\n"
            'Traceback (most recent call last):\n  File "a.py", line 2\nTypeError: 2\nnext', [9],
            id="tracebacks in a chain"),
        pytest.param("1) a\n  it broke\n2) b\n  it broke too", [2, 2], id="numbered failures"),
        pytest.param("\u2715 a\n\u2715 b\n\u2713 c", [1, 1], id="items stand for themselves"),
        pytest.param("error: x\n\n  help\n\nnext", [3], id="a paragraph with an indented one"),
        pytest.param("____ test_a ____\n\n> x\nE y\n\n____ test_b ____\n\nE z", [4, 3],
            id="sections below rulers"),
        pytest.param("10:00:01 ERROR: no\n10:00:01   because\n10:00:02 INFO ok", [2],
            id="the time in front does not count"),
        pytest.param("Exception in thread x\n\tat a.b(C.java:1)\n\tat a.b(C.java:1)\n\t... 3 more\n"
            "Caused by: y\n\tat a.c(C.java:4)\nnext", [6], id="a stack with its cause"),
    ],
)  # fmt: skip
def test_lines_that_belong_together(text, expected):
    assert [len(lines) for lines in failures_of(text)] == expected


def test_the_same_failure_is_shown_once_and_counted():
    trace = (
        'Traceback (most recent call last):\n  File "a.py", line {n}, in f\n    f()\nKeyError: {n}'
    )
    noise = "\n".join(f"12:00:{n:02d} INFO fine {n * 7}" for n in range(40))
    text = "\n".join(f"{noise}\n{trace.replace('{n}', str(n))}" for n in range(9))
    shown = shown_of(text, 300)
    assert sum("Traceback" in line for line in shown) == 1
    assert "KeyError: 0" in shown
    assert any(re.match(r"\[9x 4", line) for line in shown)


def test_a_failure_longer_than_the_budget_shows_its_start_and_end():
    frames = "".join(f"\n\tat com.example.Deep.call{'x' * n}(Deep.java:{n})" for n in range(60))
    text = "\n".join(f"step {n}" for n in range(99)) + f"\nException in thread main{frames}\nend"
    shown = shown_of(text, 200)
    assert "Exception in thread main" in shown


SUITE = """
import pytest
@pytest.mark.parametrize("n", range(150))
def test_fine(n): pass
def test_broken():
    {broken}
"""
BROKEN = {
    "a short difference": 'assert {"a": 1} == {"a": 2}',
    "a long difference": 'd = {f"k{n}": n for n in range(15)}; assert d == {**d, "k3": [1]}',
    "lines of text": r'assert "\n".join("abcdefghij") == "\n".join("abcxefghyj")',
}
CHECKS = """
import unittest
class T(unittest.TestCase):
    def test_broken(self): self.assertEqual("left", "right")
for n in range(150): setattr(T, f"test_fine_{n}", lambda self: None)
unittest.main(verbosity=2)
"""


def output_of(folder, *command, **variables):
    environment = {**os.environ, "NO_COLOR": "1", "PYTEST_ADDOPTS": "", "CI": "", **variables}
    if not environment["CI"]:
        del environment["CI"]
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode()


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("ci", [pytest.param("", id="by hand"), pytest.param("true", id="in CI")])
def test_what_pytest_prints(tmp_path, broken, ci):
    (tmp_path / "test_a.py").write_text(SUITE.replace("{broken}", BROKEN[broken]))
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "."]
    text = output_of(tmp_path, *command, CI=ci)
    wanted = re.findall(r"^(?:E  .*|FAILED .*|.* 1 failed.*)$", text, re.MULTILINE)
    shown = shown_of(text, 500)
    assert len(wanted) > 5
    assert [line for line in wanted if line not in shown] == []
    assert sum("PASSED" in line for line in shown) <= 6


def test_what_unittest_prints(tmp_path):
    (tmp_path / "checks.py").write_text(CHECKS)
    text = output_of(tmp_path, sys.executable, "checks.py")
    wanted = re.findall(r"^(?:AssertionError: .*|FAIL: .*|FAILED .*)$", text, re.MULTILINE)
    shown = shown_of(text, 400)
    assert len(wanted) == 3
    assert [line for line in wanted if line not in shown] == []
    assert sum(line.endswith("... ok") for line in shown) <= 6


def test_what_mypy_prints(tmp_path):
    fine = "".join(f"def f{n}(a: int) -> int:\n    return a + {n} + b{n}\n" for n in range(90))
    (tmp_path / "a.py").write_text(f"{fine}\ndef broken(a: int) -> str:\n    return a\n")
    text = output_of(tmp_path, sys.executable, "-m", "mypy", "--no-incremental", "a.py")
    shown = shown_of(text, 300)
    wanted = re.findall(r"^(?:.*return-value.*|Found .*)$", text, re.MULTILINE)
    assert len(wanted) == 2
    assert [line for line in wanted if line not in shown] == []


@pytest.mark.skipif(not (shutil.which("gcc") and shutil.which("make")), reason="needs gcc and make")
def test_what_gcc_and_make_print(tmp_path):
    for n in range(40):
        code = f"int f{n}(int a) {{ int unused{n} = a; return {n}; }}\n"
        (tmp_path / f"part{n}.c").write_text(code)
    (tmp_path / "ledger.c").write_text("int g(void) { return undeclared; }\n")
    rule = "all: $(patsubst %.c,%.o,$(wildcard *.c))\n%.o: %.c\n\tgcc -Wall -c -o $@ $<\n"
    (tmp_path / "Makefile").write_text(rule)
    text = output_of(tmp_path, "make", "-k")
    shown = shown_of(text, 500)
    wanted = re.findall(r"^.*(?:error:|\*\*\*).*$", text, re.MULTILINE)
    assert len(wanted) >= 2
    assert [line for line in wanted if line not in shown] == []
    assert sum(line.startswith("gcc ") for line in shown) <= 6
