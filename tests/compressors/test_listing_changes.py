"""What `git diff --stat` and `--numstat` print alone: shown as files with their changed lines."""

from __future__ import annotations

import re

import pytest

from headroom_core.compressors.listing import ListingCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.detection.tools import output

LISTING = ListingCompressor()
COMMANDS = (
    "git diff --stat HEAD~9",
    "git diff --stat --summary HEAD~9",
    "git diff --compact-summary HEAD~9",
    "git diff --numstat HEAD~9",
)


def _cut(text, share, query="", keep=None):
    budget = Budget(int(share * estimate(text)), estimate, keep)
    return LISTING.compress(Block(text), budget, query)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_has_files_with_changed_lines_and_counts_the_rest(command):
    text = output(command)
    made = _cut(text, 0.25, "What became of billing_basket_7.py?")
    rows = len(re.findall(r"(?m)^ \S.* \| |^\d+\t\d+\t", text))
    assert re.search(r"billing_basket_7\.py( \(new\)\")?=\d", made.text)
    assert made.text.startswith("=n: changed lines\n")
    assert f"of {rows} paths, {rows} splits into added and deleted lines" in made.omitted


def test_the_total_stays():
    text = output("git diff --stat HEAD~9")
    total = text.rstrip("\n").rpartition("\n")[2]
    assert _cut(text, 0.1).text.endswith(f"\n{total}")


def test_a_summary_goes_first():
    text = output("git diff --stat --summary HEAD~9")
    stat = output("git diff --stat HEAD~9")
    made = LISTING.compress(Block(text), Budget(estimate(stat), estimate))
    lines = text.count("\n create mode ")
    assert (made.text, made.omitted) == (stat, f"{lines} lines of the summary")


def test_bars_come_back():
    text = output("git diff --stat HEAD~9")
    made = LISTING.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    assert estimate(made.text) < 0.8 * estimate(text)
    assert expand(made.text, {LISTING.name: LISTING}) == text


@pytest.mark.parametrize(
    ("row", "now"),
    [
        pytest.param(" src/{a.py => b.py} | 2 +-", "src/ b.py=2", id="a name"),
        pytest.param(" {old => new}/a.py | 2 +-", "new/ a.py=2", id="a folder"),
        pytest.param(" src/{old => }/a.py | 2 +-", "src/ a.py=2", id="out of a folder"),
        pytest.param(" a.py => src/b.py | 0", "src/ b.py=0", id="both"),
        pytest.param(" .../old.py => new/b.py} | 3 +++", "new/ b.py=3", id="cut off"),
        pytest.param(" src/logo.png | Bin 0 -> 9 bytes", "src/ logo.png=0", id="no text"),
    ],
)
def test_a_row_is_shown_as_the_file_is_now(row, now):
    rows = [f" lib/part_{n}.py | {n} {'+' * n}" for n in range(1, 30)]
    text = "\n".join([*rows, row, " 30 files changed, 437 insertions(+)"])
    assert now in _cut(text, 0.9).text.replace("root ", "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1\t2\tone\n" * 20, id="a table of words"),
        pytest.param("1\t2\t3\n" * 20, id="a table of numbers"),
        pytest.param(" a | 3 people\n b | 4 people\n" * 9, id="a table with a bar"),
        pytest.param(" src/a.py | 2 +-\n" * 3, id="too few"),
    ],
)
def test_is_no_list_of_changes(text):
    assert LISTING.detect(Block(text)) == 0


def test_a_commit_above_is_left_to_others():
    text = output("git show --stat HEAD~1")
    assert LISTING.detect(Block(text)) < 0.5


def test_kept_rows_survive():
    text = output("git diff --stat HEAD~9")
    assert "notes_7.md" in _cut(text, 0.05, keep=re.compile("notes_7")).text
