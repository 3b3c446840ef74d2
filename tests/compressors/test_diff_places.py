"""Patches: what stood above is named by its place."""

from __future__ import annotations

import pytest

from tests.compressors.diff_inputs import lossless, unfolded

HEAD = "diff --git a/x.c b/x.c\nindex 0d51..1f2e 100644\n--- a/x.c\n+++ b/x.c\n"


def test_an_edit_that_was_made_before_is_named():
    edit = "-uses: actions/checkout@0123456789 # v1\n+uses: actions/checkout@9876543210 # v2\n"
    hunks = "".join(f"@@ -{at},2 +{at},2 @@\n a\n{edit}" for at in (4, 40))
    text = HEAD + hunks + HEAD.replace("x.c", "y.c") + hunks
    made = lossless(text)
    assert made.count("= x.c:5") == 3
    assert '"= file:n" repeats' in made.split("\n")[0]
    assert unfolded(made) == text


def test_an_edit_whose_place_was_edited_again_is_not_named_by_it():
    edits = [f"-an edit of number {number}\n+{'an edit, ' * 9}{number}\n" for number in (1, 2)]
    text = "".join(
        f"{HEAD.replace('x.c', name)}@@ -4,2 +4,2 @@\n a\n{edits[number]}"
        for name, number in (("x.c", 0), ("x.c", 1), ("y.c", 0), ("z.c", 0), ("z.c", 1))
    )
    made = lossless(text)
    assert made.count("= y.c:5") == made.count("= x.c:5") == 1
    assert unfolded(made) == text


BODY = [f"    order.items.append(state.find({number}))" for number in range(5)]
ADDED, REMOVED, AROUND = ("\n".join(f"{sign}{line}" for line in BODY) for sign in "+- ")
TWO = "\n".join(f"+{line}" for line in BODY[:2])


@pytest.mark.parametrize(
    ("hunks", "expected"),
    [
        pytest.param(
            f"@@ -1 +1,6 @@\n a\n{ADDED}\n@@ -9 +14,6 @@\n b\n{ADDED}\n",
            f"@@ 1\n a\n{ADDED}\n@@ 14\n b\n= x.c:2\n",
            id="the same block is named by its place",
        ),
        pytest.param(
            f"@@ -1,6 +1 @@\n a\n{REMOVED}\n@@ -9 +4,7 @@\n b\n{ADDED}\n+c\n",
            f"@@ 1\n a\n{REMOVED}\n@@ 4\n b\n=+:-2 5\n+c\n",
            id="lines that moved are named by where they were",
        ),
        pytest.param(
            f"@@ -1 +1,6 @@\n a\n{ADDED}\n@@ -9,6 +14 @@\n b\n{REMOVED}\n",
            f"@@ 1\n a\n{ADDED}\n@@ 14\n b\n=-:2 5\n",
            id="or by where they are now",
        ),
        pytest.param(
            f"@@ -1,5 +1,6 @@\n{AROUND}\n+a\n@@ -20,5 +21,6 @@\n+b\n{AROUND}\n",
            f"@@ 1\n{AROUND}\n+a\n@@ 21\n+b\n==:1 5\n",
            id="lines around a change, too",
        ),
        pytest.param(
            f"@@ -1 +1,6 @@\n a\n{ADDED}\n@@ -9 +14,4 @@\n b\n+c\n{TWO}\n",
            f"@@ 1\n a\n{ADDED}\n@@ 14\n b\n+c\n{TWO}\n",
            id="two lines are written again",
        ),
    ],
)
def test_lines_that_stood_above_are_named_by_their_place(hunks, expected):
    text = HEAD + hunks
    made = lossless(text)
    assert unfolded(made) == text
    assert made.split("\n", 1)[1] == f"diff x.c 0d51..1f2e\n{expected}"


def test_the_name_of_a_file_that_begins_like_another_one_is_whole():
    hunk = f"@@ -1 +1,7 @@\n a\n{ADDED}\n"
    text = f"{HEAD}{hunk}+b\n{HEAD.replace('x.c', 'x')}{hunk}+c\n"
    made = lossless(text)
    assert made.endswith("diff x 0d51..1f2e\n@@ 1\n a\n=+x.c:2 5\n+c\n")
    assert unfolded(made) == text


def test_lines_whose_place_has_others_now_are_not_named_by_it():
    other = ADDED.replace("order", "other")
    hunks = [f"@@ -1 +1,6 @@\n a\n{ADDED}\n", f"@@ -1 +1,6 @@\n a\n{other}\n"]
    hunks.append(f"@@ -1 +1,7 @@\n a\n{ADDED}\n+b\n")
    text = "".join(HEAD + hunk for hunk in hunks)
    assert unfolded(lossless(text)) == text
    assert ADDED in lossless(text).partition(other)[2]
