"""Histories within a budget: subjects first, what is asked for, and true counts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._history.stat import draw_stat, read_stat
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.history_inputs import COMMANDS, HISTORY, SUBJECTS, printed
from tests.compressors.test_history import BLAMES, DOCUMENTS
from tests.pace import within

LOG = printed(*COMMANDS["git log --stat"])
BLAME = printed(*COMMANDS["git blame"])
MANY = "\n".join(
    f"commit {index * 7919 % 9973:07x}{index:033x}\nAuthor: Ann Lee <ann@example.com>\n"
    f"Date:   Fri Oct 18 09:11:23 2024 +0800\n\n    {subject}\n"
    for index, subject in enumerate(
        [f"Update part {i}" if i % 9 else f"Fix crash {i}" for i in range(300)]
    )
)


@pytest.mark.parametrize(
    ("text", "tokens", "query", "shown", "omitted"),
    [
        pytest.param(
            LOG, 900, "", [r"^[0-9a-f]{7} Add the reader 10", r"^[0-9a-f]{7} deadbeefcafe"],
            r"dates, authors or digits of hashes of 28 commits$", id="all subjects, short hashes",
        ),
        pytest.param(
            LOG, 900, "which reader was deprecated?", ["Deprecate the old reader.*\n.*Use the new"],
            "shortened", id="the message that the question is about",
        ),
        pytest.param(
            MANY, 500, "", [rf"^[0-9a-f]{{7}} Fix crash {i}\b" for i in range(0, 300, 9)],
            r"^\d+ of 300 commits", id="commits that fix something, when not all fit",
        ),
        pytest.param(
            MANY, 400, "what was part 77?", [r"^… \d+ commits$", r"^[0-9a-f]{7} Update part 77\b"],
            r"^\d+ of 300 commits", id="the commit that is asked for, with gaps",
        ),
        pytest.param(
            MANY.replace("Update part ", "Merge branch 'a'\n    \n    "), 1600, "",
            [r"^60 times Merge branch 'a': [0-9a-f]{7} [0-9a-f]{7}"],
            "of 300 commits", id="what recurs stands once, with its hashes",
        ),
        pytest.param(
            printed(*SUBJECTS["git log --oneline"]), 200, "deprecate",
            [r"^4 times Deprecate the old reader: [0-9a-f]{7} "], "of 28 commits",
            id="a log of one line each",
        ),
        pytest.param(
            BLAME, 220, "Who changed call(14)?",
            [r"^@\d+ [0-9a-f]{8} .*\n(?:.*\n)?    call\(14\)$"],
            r"^\d+ of 40 lines", id="the line of a blame that is asked for, with its commit",
        ),
    ],
)  # fmt: skip
def test_within_a_budget(text, tokens, query, shown, omitted):
    made = HISTORY.compress(Block(text), Budget(tokens, estimate), query)
    assert estimate(made.text) <= tokens
    assert re.search(omitted, made.omitted), made.omitted
    for pattern in shown:
        assert re.search(pattern, made.text, re.MULTILINE), made.text


def test_gaps_and_counts_are_true():
    made = HISTORY.compress(Block(MANY), Budget(400, estimate), "part 77")
    shown = len(re.findall(r"^[0-9a-f]{7} ", made.text, re.MULTILINE))
    gaps = sum(map(int, re.findall(r"^… (\d+) commits$", made.text, re.MULTILINE)))
    assert made.omitted.startswith(f"{300 - shown} of 300 commits")
    assert shown + gaps == 300


def test_numbers_of_a_blame_are_those_of_their_lines():
    lines = printed(*COMMANDS["git blame -L"]).split("\n")
    made = HISTORY.compress(Block("\n".join(lines)), Budget(150, estimate), "call(5)")
    number, found = 0, 0
    for line in made.text.split("\n")[1:]:
        if run := re.match(r"@(\d+) ([0-9a-f]+)", line):
            number = int(run[1])
        elif not line.startswith("…"):
            assert any(re.search(rf" {number}\) {re.escape(line)}$", each) for each in lines)
            number += 1
            found += 1
    assert found


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.one_of(DOCUMENTS, BLAMES), st.integers(1, 200), st.sampled_from(["", "who fixed it?"]))
def test_kept_lines_survive(text, tokens, query):
    keep = re.compile("x$|Fix", re.MULTILINE)
    made = HISTORY.compress(Block(text), Budget(tokens, estimate, keep), query)
    if not made.omitted:
        return
    assert estimate(made.text) <= tokens
    counts = re.search(r"(\d+)(?: of (\d+))?", made.omitted)
    assert counts
    assert int(counts[1]) > 0
    for line in text.replace("\r\n", "\n").split("\n"):
        if keep.search(line):
            code = line.rpartition(") ")[2] if re.match(r"\^?[08]", line) else line
            assert code.removeprefix("    ") in made.text


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(" a | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)", id="one file"),
        pytest.param(
            " a.png | Bin 0 -> 5114 bytes\n b     |   9 +++++++++\n"
            " 2 files changed, 9 insertions(+)",
            id="a binary file",
        ),
        pytest.param(
            " a => b | 0\n 1 file changed, 0 insertions(+), 0 deletions(-)", id="a rename"
        ),
        pytest.param(
            " a | 900 " + "+" * 70 + "\n b |   2 +-\n"
            " 2 files changed, 901 insertions(+), 1 deletion(-)",
            id="scaled bars, one of them of both signs",
        ),
    ],
)
def test_bars_are_drawn_as_git_draws_them(block):
    stat = read_stat(block)
    assert stat is not None
    assert draw_stat(stat) == block


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("commit deadbeef\n" * 40_000, id="headers"),
        pytest.param("commit deadbeef\nAuthor: a <b>\n\n" * 20_000, id="commits"),
        pytest.param("commit deadbeef\nAuthor: a <b>\n\n" + "    x\n" * 100_000, id="a message"),
        pytest.param(
            "commit deadbeef\nAuthor: a <b>\n\n    x\n\n" + " a | 1 +\n" * 60_000, id="stat"
        ),
        pytest.param("commit deadbeef\nAuthor: a <b>\n\n    x" + " " * 500_000, id="spaces"),
        pytest.param("deadbee1 x\ncafe1234 y\n1abcdef2 z\n2a z\n" * 20_000, id="subjects"),
        pytest.param("\n".join(f"8e5397bfa {n:>6}) x" for n in range(1, 50_000)), id="a blame"),
        pytest.param(
            "\n".join(f"{n:08x} (a {n} 2014-08-29 {n:>6}) x" for n in range(1, 30_000)),
            id="a blame of as many commits",
        ),
        pytest.param("8e5397bfa " + "1) " * 200_000, id="a line of numbers"),
    ],
)
def test_hostile_text_takes_linear_time(text):
    def work():
        HISTORY.detect(Block(text))
        HISTORY.compress(Block(text), Budget(None, estimate))
        HISTORY.compress(Block(text), Budget(300, estimate), "where is x7?")

    within(0.5 + 4 * len(text) / 1e6, work)
