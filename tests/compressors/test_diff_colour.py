"""Patches that git coloured: read without the codes of the terminal, which count as left out."""

from __future__ import annotations

import re

import pytest

from headroom_core.compressors.diff import DiffCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.detection.tools import output

DIFF = DiffCompressor()
PLAIN = output("git diff --color=never")
COLOURED = output("git diff --color=always")


def _cut(text, tokens, keep=None):
    return DIFF.compress(Block(text), Budget(tokens, estimate, keep), "What became of the goods?")


def test_found_and_left_whole_without_a_limit():
    assert DIFF.detect(Block(COLOURED)) == DIFF.detect(Block(PLAIN)) >= 0.9
    made = DIFF.compress(Block(COLOURED), Budget(None, estimate))
    assert (made.text, made.omitted) == (COLOURED, "")


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_page_has_no_codes_and_counts_the_lines_that_had(share):
    made = _cut(COLOURED, int(share * estimate(COLOURED)))
    lines = sum("\x1b[" in line for line in COLOURED.split("\n"))
    assert "\x1b" not in made.text
    assert "self.goods" in made.text
    assert made.omitted.endswith(f"terminal codes in {lines:,} lines")


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_patch_that_fits_without_codes_is_shown_whole(share):
    made = _cut(COLOURED, int(share * estimate(PLAIN)))
    lines = sum("\x1b[" in line for line in COLOURED.split("\n"))
    assert made.omitted == f"terminal codes in {lines:,} lines"
    assert expand(made.text, {DIFF.name: DIFF}) == PLAIN


def test_what_is_to_be_kept_is_kept():
    keep = re.compile(r"^\+ +self\.goods\.append", re.MULTILINE)
    assert _cut(COLOURED, 700, keep).text == COLOURED  # the code of a colour stands before it
    keep = re.compile(r"self\.goods\.append")
    assert len(keep.findall(_cut(COLOURED, 700, keep).text)) == len(keep.findall(COLOURED))


def test_codes_that_are_to_be_kept_are_kept():
    assert _cut(COLOURED, 200, re.compile(r"\x1b\[31m")).text == COLOURED
