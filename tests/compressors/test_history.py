"""What git prints about commits: found, written shorter, and turned back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.envelope import find_envelopes
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.history_inputs import (
    COMMANDS,
    HISTORY,
    PATCHES,
    SUBJECTS,
    lossless,
    printed,
    unfolded,
)

HASH = "4f8cdc2a1ea53e42955af758aabffee67cb455dd"
OTHER = "3788a055fee9041860d422d2d93e42677552bceb"
ANN = "Author: Ann Lee <ann@example.com>"
LOG = (
    f"commit {HASH}\n{ANN}\nDate:   Fri Oct 18 09:11:23 2024 +0800\n\n    Fix it\n    \n    Why.\n"
)
MORE = f"\ncommit {OTHER}\n{ANN}\nDate:   Fri Oct 18 08:00:00 2024 +0800\n\n    Add it\n"
BLAME = (
    "8e5397bfa (Ann Lee 2014-08-29 19:49:50 +0200  9) // one\n"
    "8e5397bfa (Ann Lee 2014-08-29 19:49:50 +0200 10) \n"
    "^1521608a (Bo      2014-06-18 01:42:34 +0200 11) package gin\n"
    "8e5397bfa (Ann Lee 2014-08-29 19:49:50 +0200 12) \tend\n"
)
every_command = pytest.mark.parametrize(
    "command", [*COMMANDS.values(), *SUBJECTS.values()], ids=[*COMMANDS, *SUBJECTS]
)


@every_command
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_git_is_found_and_comes_back(command, ending):
    text = printed(*command).replace("\n", ending)
    assert HISTORY.detect(Block(text)) >= 0.9
    made = lossless(text)
    assert made == text or unfolded(made) == text


@every_command
def test_what_an_editor_stripped_comes_back(command):
    text = "\n".join(line.rstrip() for line in printed(*command).split("\n")).rstrip("\n")
    made = lossless(text)
    assert made == text or unfolded(made) == text


@pytest.mark.parametrize("command", PATCHES.values(), ids=PATCHES)
def test_patches_are_for_others(command):
    assert HISTORY.detect(Block(printed(*command))) == 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("commit 12 of 30 done\n" * 9, id="words"),
        pytest.param("The commit deadbeef broke it.\n" * 9, id="prose about a commit"),
        pytest.param("deadbeef0123  nginx:1\n" * 9, id="identifiers in columns"),
        pytest.param(
            "".join(f"0804{i:04x} T main{i}\n" for i in range(300)), id="symbols of a program"
        ),
        pytest.param("".join(f"{i:08d} done\n" for i in range(99)), id="numbered lines"),
        pytest.param(f"{HASH}  a.tar\n" * 9, id="checksums"),
        pytest.param("From: Ann <ann@example.com>\nDate: Fri\n\nHello\n" * 9, id="mails"),
        pytest.param("x" * 99_999, id="one long line"),
    ],
)
def test_other_texts_are_not_taken(text):
    assert HISTORY.detect(Block(text)) == 0


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            LOG + MORE,
            f"log medium default\n{HASH} Oct 18 2024 09:11:23 +0800 Ann Lee <ann@example.com>\n"
            f"Fix it\n\nWhy.\n{OTHER} 08:00:00\nAdd it\n^",
            id="a commit is told in one line, and only what is new",
        ),
        pytest.param(
            LOG.replace("Ann Lee <", "Bo <", 1) + MORE,
            f"log medium default\n{HASH} Oct 18 2024 09:11:23 +0800 Bo <ann@example.com>\nFix it\n"
            f"\nWhy.\n{OTHER} 08:00:00 +0800 Ann Lee <ann@example.com>\nAdd it\n^",
            id="a new name brings its zone",
        ),
        pytest.param(
            LOG.replace("\nAuthor", "\nMerge: 1234567 3788a05\nAuthor") + MORE,
            f"log medium default\n{HASH} merge 1234567 next, Oct 18 2024 09:11:23 +0800 "
            f"Ann Lee <ann@example.com>\nFix it\n\nWhy.\n{OTHER} 08:00:00\nAdd it\n^",
            id="a merge of the commit below",
        ),
        pytest.param(
            LOG.replace("Fri", "Mon") + MORE,
            "log medium default\n"
            + re.sub("(?m)^", "^", LOG.replace("Fri", "Mon"))
            + f"\n{OTHER} Oct 18 2024 08:00:00 "
            "+0800 Ann Lee <ann@example.com>\nAdd it\n^",
            id="a day of the week that cannot be is kept as printed",
        ),
        pytest.param(
            f"{LOG}\n src/a.c   |  4 ++--\n src/b/c.h | 11 +++++++++++\n"
            " 2 files changed, 13 insertions(+), 2 deletions(-)",
            f"log medium default stat\n{HASH} Oct 18 2024 09:11:23 +0800 Ann Lee <ann@example.com>"
            "\nFix it\n\nWhy.\n~ src/a.c +2 -2; src/b/c.h +11",
            id="bars and totals follow from the numbers",
        ),
        pytest.param(
            f"{LOG}\n src/a.c | 4 +---\n 1 file changed, 2 insertions(+), 2 deletions(-)",
            f"log medium default stat\n{HASH} Oct 18 2024 09:11:23 +0800 Ann Lee <ann@example.com>"
            "\nFix it\n\nWhy.\n~ src/a.c +1 -3; in all +2 -2",
            id="a total that does not follow is told",
        ),
        pytest.param(
            LOG.replace("Why.", "Cc: Ann Lee <ann@example.com>\n    Cc: Ann Lee\n    ~ x"),
            f"log medium default\n{HASH} Oct 18 2024 09:11:23 +0800 Ann Lee <ann@example.com>\n"
            "Fix it\n\nCc: Ann Lee\n^    Cc: Ann Lee\n^    ~ x\n^",
            id="known mails in trailers are left out, and lines that read otherwise are marked",
        ),
        pytest.param(
            BLAME,
            "blame 0 7 25 2\n@9 8e5397bfa Ann Lee 2014-08-29 19:49:50 +0200\n// one\n\n"
            "@11 ^1521608a Bo 2014-06-18 01:42:34 +0200\npackage gin\n@12 8e5397b\n\tend",
            id="a blame names a commit once per run of lines",
        ),
        pytest.param(
            BLAME.replace("// one", "@3 x"),
            "blame 0 7 25 2\n@9 8e5397bfa Ann Lee 2014-08-29 19:49:50 +0200\n^@3 x\n\n"
            "@11 ^1521608a Bo 2014-06-18 01:42:34 +0200\npackage gin\n@12 8e5397b\n\tend",
            id="code that reads like a run is marked",
        ),
    ],
)
def test_lossless_body(text, body):
    assert [found.body for found in find_envelopes(lossless(text))] == [body]
    assert HISTORY.expand(body) == text


@pytest.mark.parametrize(
    ("command", "share"),
    [("git log", 0.8), ("git log --stat", 0.75), ("git blame -C", 0.5)],
)
def test_lossless_saves(command, share):
    text = printed(*COMMANDS[command])
    made = HISTORY.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    assert estimate(made.text) < share * estimate(text)


PIECES = st.sampled_from(
    [
        f"commit {HASH}", f"commit {OTHER} (HEAD -> main, tag: v1)", "commit deadbeef", ANN,
        "Author: bo; by x <>", "Author:     Ann Lee <ann@example.com>", "Commit: Bo <b@c>",
        "Commit:     Bo <b@c>", "AuthorDate: Fri Oct 18 09:11:23 2024 +0800",
        "CommitDate: Fri Oct 18 09:11:23 2024 +0200", "Merge: 1234567 3788a05 999999",
        "Merge: 3788a05 1234567", "Date:   Fri Oct 18 09:11:23 2024 +0800",
        "Date:   Mon Oct 18 09:11:23 2024 +0800", "Date:   2024-10-18", "Date:   3 weeks ago",
        "Date:   2024-10-18 09:11:23 +0200", "gpg: Good signature", "", "    ", "     x",
        "    Fix it", "    ^ x", "    ~ x", f"    {HASH} x", "    Cc: Ann Lee <ann@example.com>",
        "    Cc: Ann Lee", "    Reviewed-by: Bo <b@c>", "    Signed-off-by: Bo", "Notes:",
        " a/b.c | 4 ++--", " a/c.c | 40 +++--", " x.png | Bin 0 -> 99 bytes", " a | 0", " ...",
        " a/{b.c => d.c} | 2 +-", " 1 file changed, 2 insertions(+), 2 deletions(-)",
        " 2 files changed, 42 insertions(+), 2 deletions(-)", "1\t2\ta/b.c", "-\t-\tx.png",
        "M\ta/b.c", "R100\ta\tb", "a/b.c", "a/d.c", "\r", "\x85", "\ud800", "~ x", "^x", "@1 x",
        "8e5397bfa (Ann Lee 2014-08-29 19:49:50 +0200 1) x", "8e5397bfa 2) @3 y",
        "8e5397bfa (Ann Lee 2014-08-29 19:49:50 +0200 2)",
        "8e5397bf1 (田欧    2014-08-29 19:49:50 +0200 3) ^@1 z",
        "8e5397bfa a.c (Ann Lee 2014-08-29 19:49:50 +0100 4) ", "^8e5397b (Bo 3 days ago 5) x",
    ]
)  # fmt: skip
DOCUMENTS = st.one_of(
    st.lists(PIECES, max_size=24).map("\n".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=16).map("\r\n".join),
    st.lists(
        st.sampled_from(
            [
                *(f"{LOG}\n", f"{MORE[1:]}\n", "\n", f"commit {HASH}\n", "    x\n"),
                "    Cc: Ann Lee\n",
                " a | 1 +\n 1 file changed, 1 insertion(+)\n\n",
            ]
        ),
        max_size=9,
    ).map("".join),
)  # fmt: skip
BLAMES = st.lists(
    st.tuples(
        st.sampled_from(
            ["8e5397bfa", "^8e5397bf", "8e5397bf1", "00000000 a.c", "00000000 b c.c"]
        ),
        st.sampled_from(
            [
                *(" (Ann Lee 2014-08-29 19:49:50 +0200", " (Ann Lee 2014-08-29 19:49:50 +0100"),
                *(" (田欧    2014-08-29 19:49:50 +0200", " (Bo 1) x 2014-08-29 19:49:50 +0200", ""),
                *(" (Ann Lee 2014-08-29", " (Ann Lee 3 days ago    ", " (Not Committed Yet x"),
            ]
        ),
        st.sampled_from(["", " ", " x", " @3 y", " ^@3 y", " \r", " ^", " 2) x"]),
    ),
    max_size=9,
).map(
    lambda rows: "\n".join(f"{a}{b} {n:>2}){c}" for n, (a, b, c) in enumerate(rows, 7))
)  # fmt: skip


@hypothesis_settings(max_examples=600, deadline=None)
@given(st.one_of(DOCUMENTS, BLAMES))
def test_expand_gives_the_exact_text_back(text):
    made = lossless(text)
    if made != text:
        assert unfolded(made) == text
