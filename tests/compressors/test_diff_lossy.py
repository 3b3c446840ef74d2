"""Patches under a budget: what is shown is true, what is not is named, and git can apply it."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._diff.kinds import noise_of, weight_of
from headroom_core.compressors._diff.read import File, read
from headroom_core.compressors._diff.trim import trim
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.diff_inputs import (
    DIFF,
    TYPICAL,
    commit,
    git,
    made_up_patch,
    printed,
    write,
)

every_text = pytest.mark.parametrize("text", TYPICAL.values(), ids=TYPICAL)
every_budget = pytest.mark.parametrize("tokens", [90, 250, 700, 1500])
LONG = printed("diff", "HEAD~4", "HEAD")
MANY = made_up_patch(400, 7, "odd ")
HIDDEN = re.compile(r"\+(\d+) -(\d+) lines not shown")
git_settings = hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def compressed(text, tokens, query="", keep=None):
    pattern = re.compile(keep, re.MULTILINE) if keep else None
    return DIFF.compress(Block(text), Budget(tokens, estimate, pattern), query)


def changed(text):
    """Return the changed lines of a patch, in order."""
    files = [part for part in read(text) if isinstance(part, File)]
    return [
        line
        for file in files
        for hunk in file.hunks
        for line in hunk.lines
        if "+" in line[: hunk.parents] or "-" in line[: hunk.parents]
    ]


@every_text
@every_budget
def test_a_budget_is_a_ceiling(text, tokens):
    made = compressed(text, tokens)
    assert estimate(made.text) <= tokens or not made.omitted


@every_text
@every_budget
def test_changed_lines_are_shown_as_they_are_or_counted(text, tokens):
    made = compressed(text, tokens)
    if not made.omitted:
        return
    lines = iter(text.split("\n"))
    body = [line for line in made.text.split("\n") if line[:1] in ("+", "-", " ") and line]
    if "@@ -" not in made.text:
        assert all(line in lines for line in body)
    hidden = sum(int(a) + int(b) for a, b in HIDDEN.findall(made.text))
    names = re.findall(r"\+(\d+) -(\d+)(?=,| lines not)", made.text)
    listed = sum(int(a) + int(b) for a, b in names) if "@@ -" not in made.text else hidden
    heads = ("--- ", "+++ ") if "@@ -" in made.text else ()
    shown = sum(line[0] in "+-" and not line.startswith(heads) for line in body)
    assert shown + max(hidden, listed) >= len(changed(text)) or "@@@" in text


@every_text
@every_budget
def test_every_changed_file_is_named(text, tokens):
    made = compressed(text, tokens)
    for file in (part for part in read(text) if isinstance(part, File)):
        for line in file.head:
            if (
                line.startswith("+++ ")
                and line != "+++ /dev/null"
                and "more files" not in made.text
            ):
                assert line[4:].split("/")[-1].split("\t")[0] in made.text


@every_text
@every_budget
def test_what_must_be_kept_is_kept(text, tokens):
    keep = "steps? 1[0-9] of|int x|deux"
    made = compressed(text, tokens, keep=keep)
    if made.omitted:
        kept = [line for line in text.split("\n") if re.search(keep, line)]
        assert all(line in made.text.split("\n") for line in kept)


def test_what_is_asked_for_comes_first():
    text = MANY.replace("-    total = 9 * seed", "-    total = 9 * fetch_quota(seed)", 1)
    assert "fetch_quota" not in compressed(text, 400).text
    assert "fetch_quota" in compressed(text, 400, "What changed about fetching the quota?").text


def test_lock_files_and_deleted_files_are_counted():
    made = compressed(LONG, 700)
    assert "package-lock.json: +15 -15 lines not shown (lock file)" in made.text
    assert "old/gone.py (deleted): +0 -144 lines not shown" in made.text
    assert "diff logo.png (binary)" in made.text
    assert re.fullmatch(r"\d+ of \d+ hunks, \d+ of \d+ lines", made.omitted)


def test_a_lock_file_alone_is_worth_reading():
    text = printed("diff", "HEAD~4", "HEAD", "--", "package-lock.json")
    assert '"modules/part-5"' in compressed(text, 400).text


def test_a_line_asked_for_is_shown_even_of_a_lock_file():
    made = compressed(LONG, 700, "Which version has part-23?")
    assert '+  "modules/part-23": {"version": "1.23.1", "integrity": "sha512-x23"},' in made.text


def test_line_numbers_are_those_after_the_change():
    after = printed("show", "HEAD:src/steps.py").split("\n")
    text = printed("diff", "HEAD~4", "HEAD", "--", "src/steps.py")
    made = compressed(text, 150)
    for number, line in re.findall(r"^@@ (\d+)[^\n]*\n[+ ](.*)$", made.text, re.MULTILINE):
        assert after[int(number) - 1] == line


def test_an_overlong_line_is_shown_from_both_ends():
    text = f"--- a\n+++ b\n@@ -1 +1 @@\n-start {'x, ' * 4_000}end\n+one\n"
    made = compressed(text, 600)
    assert re.search(r"^-start .* … \d+ characters … .*end$", made.text, re.MULTILINE)
    assert made.omitted == "1 of 2 lines"


def test_an_overlong_line_that_must_be_kept_is_kept():
    one = " ".join(str(number * 7919 % 9973) for number in range(900))
    text = f"--- a\n+++ b\n@@ -1 +1 @@\n-start {'x, ' * 4_000}end\n+{one} one\n"
    assert f"\n+{one} one\n" in compressed(text, 600, keep="one$").text


def test_many_files_are_named_by_folder():
    heads = "".join(
        f"diff --git a/src/deep/f{number}.c b/src/deep/f{number}.c\nindex 0000..1111 100644\n"
        f"--- a/src/deep/f{number}.c\n+++ b/src/deep/f{number}.c\n@@ -1 +1 @@\n-a\n+b\n"
        for number in range(200)
    )
    made = compressed(heads, 1000)
    assert made.text.startswith("src/deep/: f0.c +1 -1, f1.c +1 -1, ")
    made = compressed(heads, 200)
    assert re.search(r"… \d+ more files: \+(\d+) -\1 lines not shown$", made.text)


def test_commits_say_what_for():
    text = printed("log", "-p")
    made = compressed(text, 600)
    assert made.text.count("\nAuthor: Ann Lee") == text.count("\nAuthor: Ann Lee")
    assert "    Count the steps" in made.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *((f"a/{name}", "lock file") for name in ("Cargo.lock", "go.sum", "yarn.lock", "uv.lock")),
        ("web/dist/app.js", "generated"),
        ("x.min.js", "generated"),
        ("api/v1/a.pb.go", "generated"),
        ("vendor/x/y.go", "vendored"),
        ("a/__snapshots__/b.tsx.snap", "snapshot"),
        ("src/lock.py", ""),
        ("distance/x.py", ""),
        ("package.json", ""),
    ],
)
def test_files_that_nobody_reads(path, kind):
    assert noise_of(path, []) == kind


def test_code_is_worth_more_than_tests_and_documents():
    assert weight_of("src/a.py") > weight_of("tests/a.py") > weight_of("docs/a.md")


_line = st.sampled_from(["a", "b", "", "    c", "}", "x = 1", "--- a", "+++ b", "@@ 1"])
_edit = st.tuples(st.integers(0, 200), st.integers(0, 3), st.lists(_line, max_size=3))


@pytest.mark.parametrize("tokens", [60, 100, 200, 400])
def test_a_file_that_must_stay_is_named_in_any_room(tokens):
    text = "".join(
        f"diff --git a/src/part{n}.py b/src/part{n}.py\n"
        f"--- a/src/part{n}.py\n+++ b/src/part{n}.py\n"
        f"@@ -1,2 +1,2 @@\n-x = {n}\n+x = {n * 7}\n y\n"
        for n in range(90)
    )
    assert "part77.py" in compressed(text, tokens, keep=r"part77\.py").text


@git_settings
@given(
    edits=st.lists(_edit, max_size=6),
    around=st.integers(1, 9),
    context=st.sampled_from([1, 3]),
    open_end=st.booleans(),
    keep=st.sampled_from(["line 1", "0$", "never"]),
)
def test_git_applies_a_patch_with_less_context(edits, around, context, open_end, keep):
    before = [f"line {number % 37}" for number in range(90)]
    after = [*before]
    for at, gone, new in edits:
        at %= len(after) + 1
        after[at : at + gone] = new
    with TemporaryDirectory() as name:
        folder = Path(name)
        git(folder, "init", "-q")
        for path in ("x.c", "with space/y.c"):
            write(folder, path, before)
        write(folder, "emptied", ["a"])
        write(folder, "gone", ["a", "b"])
        write(folder, "moved", before)
        commit(folder, "Before")
        ending = "" if open_end else "\n"
        for path in ("x.c", "with space/y.c"):
            (folder / path).write_text("\n".join(after) + ending)
        write(folder, "emptied", [])
        git(folder, "rm", "-q", "gone")
        git(folder, "mv", "moved", "there")
        write(folder, "there", [*before[:40], "new", *before[40:]])
        write(folder, "new", ["a"])
        git(folder, "add", "-A")
        tree = git(folder, "write-tree")
        text = git(folder, "diff", "--cached", f"-U{around}")
        kept = re.compile(keep).search
        patch, _ = trim(read(text), context, lambda line: kept(line) is not None)
        assert changed(patch) == changed(text)
        git(folder, "reset", "-q", "--hard")
        git(folder, "apply", "--index", "-", given=patch)
        assert git(folder, "write-tree") == tree


def test_a_budget_that_only_context_is_over_gives_a_patch():
    text = printed("diff", "-U10", "HEAD~4", "HEAD~3", "--", "src", "tests")
    made = compressed(text, estimate(compressed(text, None).text) - 1)
    assert re.fullmatch(r"\d+ of \d+ lines", made.omitted)
    assert changed(made.text) == changed(text)
    with TemporaryDirectory() as name:
        folder = Path(name)
        git(folder, "init", "-q")
        steps = printed("show", "HEAD~4:src/a/steps.py").split("\n")[:-1]
        for path in ("src/steps.py", "src/a/steps.py", "tests/test_steps.py"):
            write(folder, path, steps)
        git(folder, "add", "-A")
        git(folder, "apply", "--index", "-", given=made.text)
        assert git(folder, "diff", "--cached", "--stat")


def test_a_budget_that_a_shorter_spelling_fits_in_omits_no_changed_line():
    words = [f"{number * 7919 % 9973} {number * 31337 % 7717} of" for number in range(300)]
    hunks = "".join(
        f"@@ -{at},9 +{at},9 @@\n {words[at]}\n {words[at + 1]}\n"
        f" {words[at + 2]}\n {words[at + 3]}\n"
        f"-  size = limit({at}, 1.62.4, {words[at + 4]})\n"
        f"+  size = limit({at}, 1.62.7, {words[at + 4]})\n"
        f" {words[at + 5]}\n {words[at + 6]}\n {words[at + 7]}\n {words[at + 8]}\n"
        for at in range(10, 280, 10)
    )
    text = f"diff --git a/x b/x\nindex 0d51..1f2e 100644\n--- a/x\n+++ b/x\n{hunks}"
    made = compressed(text, estimate(trim(read(text), 1, lambda line: False)[0]) - 1)
    assert made.text.startswith("[headroom diff, ")
    assert changed(expand(made.text)) == changed(text)
    assert re.fullmatch(r"\d+ of 270 lines", made.omitted)


@pytest.mark.parametrize(("times", "is_shown"), [(1, True), (9, False)])
def test_a_line_around_a_change_stays_if_few_have_a_word_that_is_asked_for(times, is_shown):
    hunks = [
        f"@@ -{at},7 +{at},7 @@\n {'quorum' if at < 20 * times else 'other'} = {at}\n"
        + "".join(f" before{at + n} = {n}\n" for n in range(2))
        + f"-old{at} = 1\n+new{at} = 2\n"
        + "".join(f" after{at + n} = {n}\n" for n in range(3))
        for at in range(10, 610, 20)
    ]
    text = "diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n" + "".join(hunks)
    budget = Budget(int(0.5 * estimate(text)), estimate)
    made = DIFF.compress(Block(text), budget, "Who sets the quorum?")
    assert ("quorum = 10" in made.text) is is_shown
    assert made.omitted
