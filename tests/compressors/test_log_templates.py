from __future__ import annotations

import re
from itertools import combinations, takewhile

import pytest
from hypothesis import example, given, strategies as st

from headroom_core.compressors._log.groups import group
from headroom_core.compressors._log.names import lengthen, shorten
from headroom_core.compressors._log.templates import mask
from headroom_core.compressors._log.tree import MaskTree
from tests.bench.templates import Score, compare, find_groups, match_labels
from tests.compressors.log_inputs import logs, quick
from tests.pace import within


def grouped(lines):
    """Return the number of the group of each line, in order of appearance."""
    found = find_groups("\n".join(lines))
    order = list(dict.fromkeys(found))
    return [order.index(name) for name in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["took 3 ms", "took 44 ms", "lost 3 ms"], [0, 0, 1], id="values differ"),
        pytest.param(["sent 9 bytes", "sent 9 bytes (1.2 KB)"], [0, 0], id="a value more aside"),
        pytest.param(["sent 9 bytes", "sent 9 bytes (3 in each part)"], [0, 0], id="words aside"),
        pytest.param(["lasts 00:12", "lasts 3 sec"], [0, 0], id="units belong to values"),
        pytest.param(["by node-7 at dead1", "by node-8 at 77"], [0, 0],
            id="words with values in them are values"),
        pytest.param(["got [] now", "got [1, 2] now"], [0, 0], id="lists of any length"),
        pytest.param([f"user {name} has logged in now" for name in "ann bob cem dan eva".split()],
            [0] * 5, id="five names in one place are values"),
        pytest.param([f"the virtual machine was {what} again" for what in ("started", "stopped")],
            [0, 1], id="two words in one place are two events"),
        pytest.param(list("abcdef"), [0, 1, 2, 3, 4, 5], id="single words are no names"),
        pytest.param(["", "x", ""], [0, 1, 0], id="blank lines are one group"),
    ],
)  # fmt: skip
def test_lines_of_one_template_are_one_group(lines, expected):
    assert grouped(lines) == expected


@quick
@given(logs())
def test_every_line_has_a_group_and_equal_masks_have_the_same(text):
    masks = mask(text).masks
    found = group(masks)
    assert set(found) == set(masks)
    assert all(found[found[masked]] == found[masked] for masked in masks)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 1_000_000, id="one word"),
        pytest.param("." * 1_000_000, id="dots"),
        pytest.param("(" * 1_000_000, id="brackets"),
        pytest.param("(1 " * 330_000, id="brackets and values"),
        pytest.param(("(" + "1 " * 39) * 12_600, id="brackets that nearly close"),
        pytest.param("\n".join(f"{chr(97 + i % 26)}{'q' * (i // 26 % 40)}{chr(97 + i % 23)} goes "
            f"{'z' * (i // 1000)} on for ever and ever" for i in range(25_000)), id="many words"),
    ],
)  # fmt: skip
def test_a_megabyte_is_grouped_in_a_second(text):
    masks = mask(text).masks
    within(1.0, lambda: group(masks))


def test_the_measure_counts_lines_in_groups_that_are_just_right():
    labels = ["a", "a", "b", "b", "c"]
    assert compare(labels, ["1", "1", "2", "2", "3"]) == Score(1.0, 1.0, 1.0)
    assert compare(labels, ["1", "1", "2", "3", "3"]) == Score(0.4, 1 / 3, 0.8)


def test_labels_are_those_of_the_template_with_most_text():
    templates = [
        {"EventId": "E1", "EventTemplate": "done in <*>"},
        {"EventId": "E2", "EventTemplate": "not done in <*> ms"},
    ]
    lines = ["12:00 x: done in 3", "12:00 x: not done in 3 ms", "12:00 x: else"]
    assert match_labels(lines, templates) == ["E1", "E2", "none"]


def tokens_of(text):
    return re.findall(r"[^ \t/|:=,(\[]*[/|:=,(\[ \t]*", text[:240])


def slow_shared(one, other):
    """Return the tokens that two masked lines begin with, looked at one by one."""
    both = zip(tokens_of(one), tokens_of(other), strict=False)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], both))


@quick
@given(st.lists(st.text("ab é\U0001f600/|:=,([ \t\x00\x01\x02", max_size=12), max_size=12))
@example(["a:-", "a:/", "a:b", "a: "])
@example(["x" * 239 + "/y", "x" * 239 + "/z"])
@example(["é/" * 130, "é/" * 130 + "x", "é/" * 110])
def test_the_nodes_of_the_tree_are_the_starts_that_lines_share(texts):
    tree = MaskTree(texts, [1] * len(texts), 0, {})
    shared = {slow_shared(one, other) for one, other in combinations(texts, 2)}
    assert {tree.text(node) for node in range(1, tree.size)} == shared - {""}


UUID = "b9000564-fe1a-409b-b8cc-1e88b294cd1d"


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        pytest.param(f"{UUID}\n[{UUID}]\n{UUID}", f"{UUID}$a\n[$a]\n$a", id="named at first"),
        pytest.param(f"{UUID} {UUID}", f"{UUID} {UUID}", id="two are too few"),
        pytest.param("AbstractMethodError " * 9, "AbstractMethodError " * 9, id="words are kept"),
        pytest.param(f"{UUID}, {'x1y2z3w4' * 9} " * 3, f"{UUID}$a, {'x1y2z3w4' * 9} "
            + f"$a, {'x1y2z3w4' * 9} " * 2, id="what is very long is kept"),
        pytest.param(f"x{UUID} {UUID}-é{UUID} {UUID}é " * 3,
            f"x{UUID}$a {UUID}-$bé{UUID}$c $cé " + "$a $bé$c $cé " * 2, id="only whole words"),
    ],
)  # fmt: skip
def test_long_identifiers_get_a_name(text, shorter):
    assert shorten(text, "$") == shorter
    assert lengthen(shorter, "$") == text


@quick
@given(logs())
def test_names_stand_for_what_they_name(text):
    text = text.replace("$", "")
    assert lengthen(shorten(text, "$"), "$") == text


def test_there_are_names_enough():
    text = "\n".join(f"{i:019d}x" for i in range(20_000)) + "\n"
    shorter = shorten(text * 3, "$")
    assert len(set(re.findall(r"\$([a-z]+)", shorter))) == 20_000
    assert lengthen(shorter, "$") == text * 3
