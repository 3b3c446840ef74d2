"""Patches: found, written shorter, and turned back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._diff import pairs as diff_pairs
from headroom_core.compressors._diff.read import File, lines_of, read
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.diff_inputs import (
    COMMANDS,
    DIFF,
    HOSTILE,
    PLAIN,
    SVN,
    TYPICAL,
    lossless,
    printed,
    unfolded,
)

LOSSLESS = Budget(None, estimate)
quick = hypothesis_settings(max_examples=200, deadline=None)
every_text = pytest.mark.parametrize("text", TYPICAL.values(), ids=TYPICAL)
HEAD = "diff --git a/x.c b/x.c\nindex 0d51..1f2e 100644\n--- a/x.c\n+++ b/x.c\n"


@every_text
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_patch_comes_back(text, ending):
    text = text.replace("\n", ending)
    assert unfolded(lossless(text)) == text


@every_text
def test_what_an_editor_stripped_comes_back(text):
    text = "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
    assert unfolded(lossless(text)) == text


@every_text
def test_a_patch_cut_off_anywhere_comes_back(text):
    for end in range(0, len(text), max(1, len(text) // 50)):
        assert unfolded(lossless(text[:end])) == text[:end]


@every_text
def test_a_patch_is_found(text):
    assert DIFF.detect(Block(text)) >= 0.9
    assert DIFF.detect(Block(f"Here is what I changed:\n\n{text}")) >= 0.9


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_long_patches_get_shorter_and_short_ones_no_longer(command):
    text = printed(*command)
    made = DIFF.compress(Block(text), LOSSLESS).text
    # A short one does not pay for the words that say how to read it.
    assert estimate(made) < estimate(text) + (estimate(text) < 300)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- one\n+ two\n- three\n" * 9, id="a list"),
        pytest.param("a:\n  - b\n  - c\n---\nd: 1\n+++\n" * 9, id="YAML"),
        pytest.param(f"# Title\n\n```diff\n{HEAD}@@ -1 +1 @@\n-a\n+b\n```\n", id="a fence"),
        pytest.param("From: a\nDate: b\nSubject: c\n\n> quoted\n-- \nme\n" * 3, id="mail"),
        pytest.param("--- a/x\n+++ b/x\nand no hunk\n" * 9, id="a head alone"),
        pytest.param("12:00:01 INFO + started\n12:00:02 INFO - stopped\n" * 9, id="a log"),
        pytest.param(" a | 3 ++-\n b | 2 +-\n 2 files changed\n" * 9, id="statistics"),
        pytest.param(
            "commit 0d511f2e\nAuthor: A <a@b>\n\n    diff --git a b\n" * 9, id="a log of git"
        ),
    ],
)
def test_what_is_no_patch(text):
    assert DIFF.detect(Block(text)) == 0.0


def test_a_patch_far_down_in_a_log_is_not_certain():
    text = "12:00:01 INFO started\n" * 90 + HEAD + "@@ -1 +1 @@\n-a\n+b\n"
    assert DIFF.detect(Block(text)) < 0.5
    text = HEAD + "@@ -1 +1 @@\n-a\n+b\n" + "12:00:01 INFO started\n" * 90
    assert DIFF.detect(Block(text)) < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{HEAD}@@ -10,3 +10,4 @@ int main()\n a\n+b\n c\n d",
            "diff x.c 0d51..1f2e\n@@ 10 int main()\n a\n+b\n c\n d",
            id="a head is one line, and numbers that follow are left out",
        ),
        pytest.param(
            f"{HEAD}@@ -1 +1,2 @@ f()\n a\n+b\n@@ -7 +8 @@ f()\n-c\n+d\n",
            "diff x.c 0d51..1f2e\n@@ 1 f()\n a\n+b\n@@ 8 f()\n-c\n+d\n",
            id="a short name is said again",
        ),
        pytest.param(
            f"{HEAD}@@ -1 +1,2 @@ f(one)\n a\n+b\n@@ -7 +8 @@ f(one)\n-c\n+d\n",
            'diff x.c 0d51..1f2e\n@@ 1 f(one)\n a\n+b\n@@ 8 "\n-c\n+d\n',
            id="a longer one is not",
        ),
        pytest.param(
            f"{HEAD}@@ -1 +1 @@\n-    server.lazy_expire = disabled(one);\n"
            "+    server.lazy_expire = enabled(one);\n",
            "diff x.c 0d51..1f2e\n@@ 1\n*    server.lazy_expire = «disabled→enabled»(one);\n",
            id="a line that took the place of another one is written with it",
        ),
        pytest.param(
            f"{HEAD}@@ -1,2 +1,3 @@\n-first: 1.1.7 of many\n-gone\n+new\n+first: 1.1.8 of many\n"
            "+last\n@@ -9 +10 @@\n-second 1.1.7\n+second 1.1.8\n",
            "diff x.c 0d51..1f2e\n@@ 1\n+new\n*first: «1.1.7→1.1.8» of many\n-gone\n+last\n"
            "@@ 10\n*second 1.1.8\n",
            id="what replaced a word before is not said again",
        ),
        pytest.param(
            f"{HEAD}@@ -1,2 +1,2 @@\n-first: 1.1.7 of many\n-new 1.1.7\n"
            "+first: 1.1.8 of many\n+1.1.8 and other words\n",
            "diff x.c 0d51..1f2e\n@@ 1\n*first: «1.1.7→1.1.8» of many\n-new 1.1.7\n"
            "+1.1.8 and other words\n",
            id="a word that replaced another one may stand in an added line",
        ),
        pytest.param(
            f"{HEAD}@@ -1 +1 @@\n-the «old→one» of these\n+the «new→one» of these\n",
            "diff x.c 0d51..1f2e\n@@ 1\n-the «old→one» of these\n+the «new→one» of these\n",
            id="a line that looks like that is not taken for one",
        ),
        pytest.param(
            f"{HEAD}@@ -1,3 +1,4 @@\n a\n \n+b\n \n",
            "diff x.c 0d51..1f2e\n@@ 1\n a\n\n+b\n \n",
            id="an empty line goes on with the hunk",
        ),
        pytest.param(
            f"{HEAD}@@ -1 +1 @@\n-a\n+b\n\n\n- not of it\n",
            "diff x.c 0d51..1f2e\n@@ 1\n-a\n+b\n~\n\n- not of it\n",
            id="an empty line behind a hunk is not taken for one in it",
        ),
        pytest.param(
            f"{HEAD}@@ -3 +9 @@\n-a\n+b\n",
            "diff x.c 0d51..1f2e\n@@ -3 +9 @@\n-a\n+b\n",
            id="numbers that do not follow are kept",
        ),
        pytest.param(
            "diff --git a/x b/x\nnew file mode 100755\nindex 0000..1f2e\n--- /dev/null\n+++ b/x\n"
            "@@ -0,0 +1,4 @@\n+a\n+@@ 1\n+\n+d\n\\ No newline at end of file\n",
            "diff x (new, mode 100755) ..1f2e: 4 lines, no line break at the end\na\n@@ 1\n\nd\n",
            id="a new file stands whole",
        ),
        pytest.param(
            "diff --git a/x b/x\ndeleted file mode 100644\nindex 1f2e..0000\n--- a/x\n"
            "+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n",
            "diff x (deleted) 1f2e..\n@@ 0\n-a\n-b\n",
            id="a deleted file keeps its signs",
        ),
        pytest.param(
            "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n"
            "index 1f2e..2f3e 100644\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n",
            "diff y (renamed from x, 90%) 1f2e..2f3e\n@@ 1\n-a\n+b\n",
            id="a rename",
        ),
        pytest.param(
            f"commit 1f2e\n\ndiff is a word\n\n{HEAD}@@ -1 +1 @@\n-a\n+b\n-- \n2.39\n",
            "commit 1f2e\n\n~diff is a word\n\ndiff x.c 0d51..1f2e\n@@ 1\n-a\n+b\n~-- \n2.39\n",
            id="text around patches is not mixed up with them",
        ),
    ],
)
def test_lossless_form(text, expected):
    made = lossless(text)
    assert made.split("\n", 1)[1] == expected
    assert unfolded(made) == text


def test_the_note_names_only_what_is_used():
    note = lossless(f"{HEAD}@@ -1 +1 @@\n-a\n+b\n").split("\n")[0]
    assert "diff path" in note
    assert not any(word in note for word in ("repeats", "a→b", "whole", "~", "§"))


line = st.sampled_from(
    [
        *(
            "",
            " ",
            "+",
            "-",
            " a",
            "+a",
            "-a",
            "*«a→b»",
            "*b",
            "+b",
            "= x:1",
            "= x.c:3",
            "~",
            "~@@ 1",
        ),
        *("\\ No newline at end of file", '@@ 1 "', "@@ 2", "@@ 3 f()", "@@ -1 +1 @@", "@@ 4a"),
        *("@@ -1,2 +1,2 @@ f()", "@@ -3,1 +3 @@", "@@ -0,0 +1,4 @@", "@@@ -1 -1 +1 @@@"),
        *("diff --git a/x b/x", "index 0000..1111 100644", "index 0000..1111", "--- a/x"),
        *("+++ b/x", "--- /dev/null", "new file mode 100644", "rename from x", "rename to y"),
        *("diff x 0000..1111", "diff x", "diff x (new) ..1111: 2 lines", "diff --cc x", "commit 1"),
        *("Index: x", "=" * 67, "similarity index 9%", "\r", " \r", "-- ", "\ud800", "\x85"),
        *("-    one.two.three = four(five)", "+    one.two.three = six(five)", HEAD[:-1]),
    ]
)


@quick
@given(lines=st.lists(line, max_size=40))
def test_anything_that_looks_like_a_patch_comes_back(lines):
    text = "\n".join(lines)
    assert "\n".join(x for part in read(text) for x in lines_of(part)) == text
    assert unfolded(lossless(text)) == text


@st.composite
def patches(draw):
    """Return a patch whose numbers are right, of lines of any kind."""
    text = st.text('ab «→»=@\\+-~*"1.', max_size=30)
    out, old, new = [HEAD[:-1]], 1, 1
    for _ in range(draw(st.integers(1, 4))):
        skip = draw(st.integers(0, 9))
        old, new = old + skip, new + skip
        body = draw(st.lists(st.tuples(st.sampled_from(" +-"), text), min_size=1, max_size=12))
        body = [sign + words for sign, words in body]
        kept = sum(line[0] == " " for line in body)
        removed = sum(line[0] == "-" for line in body) + kept
        added = sum(line[0] == "+" for line in body) + kept
        before, after = old - (not removed), new - (not added)
        out += [f"@@ -{before},{removed} +{after},{added} @@ {draw(text)}", *body]
        old, new = old + removed, new + added
    return "\n".join(out)


@quick
@given(text=patches())
def test_patches_of_any_lines_come_back(text):
    assert unfolded(lossless(text)) == text


words = st.lists(
    st.sampled_from(["a", "1.2", "v1.3", "1.2.", " ", "  ", "«", "→", "»", "f(", ")", "a.b", "\r"]),
    max_size=12,
).map("".join)


@quick
@given(pairs=st.lists(st.tuples(words, words, words), max_size=6), same=st.text())
def test_changed_lines_are_restored(pairs, same):
    written, read_back = diff_pairs.Replaced(), diff_pairs.Replaced()
    for one, other, rest in pairs:
        removed, added = f"{same} of a line {one} {rest}", f"{same} of a line {other} {rest}"
        made = written.mark(removed, added)
        if made is not None:
            assert read_back.unmark(made) == (removed, added)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_patches_come_back(text):
    assert unfolded(lossless(text)) == text


@pytest.mark.parametrize("text", [SVN, PLAIN], ids=["svn", "plain"])
def test_files_without_git_are_read(text):
    files = [part for part in read(text) if isinstance(part, File)]
    assert [len(file.hunks) for file in files] == [1, 1]
