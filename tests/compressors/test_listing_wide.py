"""Rows that say more than a path: a page names the files and counts what it leaves out."""

from __future__ import annotations

import re

import pytest

from headroom_core.compressors.listing import ListingCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.detection.tools import output

LISTING = ListingCompressor()
COMMANDS = {
    "git ls-tree -r HEAD": ("84 modes and hashes", "billing_basket_7.py"),
    "git ls-tree -r -l HEAD": ("84 modes and hashes", "billing_basket_7.py=628"),
    "git ls-files -s": ("84 modes and hashes", "billing_basket_7.py"),
    "git diff --raw HEAD~9": ("68 modes and hashes", "[A] "),
    "git status --porcelain=v2 -uall": ("12 modes and hashes", "[??] "),
    "find src -name *.py -ls": ("72 inodes, modes, owners and dates", "628"),
    "ls -li src/shop src/search": ("36 inodes or blocks", "draft_7.txt=0"),
    "ls -lis src/shop src/search": ("36 inodes or blocks", "draft_7.txt=0"),
    "ls -lin src/shop src/search": ("36 inodes or blocks", "draft_7.txt=0"),
}


def _cut(text, share, query="", keep=None):
    budget = Budget(int(share * estimate(text)), estimate, keep)
    return LISTING.compress(Block(text), budget, query)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_names_files_and_counts_the_rest(command):
    left, shown = COMMANDS[command]
    made = _cut(output(command), 0.5, "Where is billing_basket_7.py and draft_7.txt?")
    assert left in made.omitted
    assert shown in made.text
    assert not re.search(r"[0-9a-f]{40}", made.text)


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_left_out_without_a_limit(command):
    text = output(command)
    made = LISTING.compress(Block(text), Budget(None, estimate))
    assert (made.text, made.omitted) == (text, "")


def test_paths_that_do_not_fit_are_counted():
    made = _cut(output("git ls-tree -r HEAD"), 0.05)
    assert re.match(r"\d+ of 84 paths, 84 modes and hashes$", made.omitted)


def test_kept_rows_survive():
    text = output("git ls-tree -r HEAD")
    assert "notes_7.md" in _cut(text, 0.05, keep=re.compile("notes_7")).text


ZERO = "0" * 40
RENAMED = {
    "git status --porcelain=v2": (
        f"1 M. N... 100644 100644 100644 {ZERO} {ZERO} src/part_#.py",
        f"2 R. N... 100644 100644 100644 {ZERO} {ZERO} R100 src/new.py\tsrc/old.py",
        "21 modes and hashes, 1 former names",
    ),
    "git status --short": ("M  src/part_#.py", "R  src/old.py -> src/new.py", "1 former names"),
    "git diff --name-status": (
        "M\tsrc/part_#.py",
        "R087\tsrc/old.py\tsrc/new.py",
        "1 former names",
    ),
    "git diff --raw": (
        ":100644 100644 83287a4 5560a10 M\tsrc/part_#.py",
        ":100644 100644 83287a4 5560a10 R087\tsrc/old.py\tsrc/new.py",
        "21 modes and hashes, 1 former names",
    ),
}


@pytest.mark.parametrize("command", RENAMED)
def test_a_renamed_file_is_where_it_is_now(command):
    row, renamed, left = RENAMED[command]
    text = "\n".join([*[row.replace("#", str(n)) for n in range(20)], renamed])
    assert LISTING.detect(Block(text)) >= 0.8
    made = _cut(text, 0.95)
    assert re.search(r"\[R ?\] new\.py$", made.text)
    assert made.omitted == left
