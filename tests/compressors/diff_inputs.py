"""Patches that git, diff and svn print, made when the tests run, and helpers for their tests."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from headroom_core.compressors.diff import DiffCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.types import Block, Budget

DIFF = DiffCompressor()
ALWAYS = Budget(None, lambda counted: not counted.startswith("[headroom diff"))

_CODE = [
    line
    for number in range(24)
    for line in (
        f"def step_{number}(state, order):",
        f'    """Take step {number} of the order."""',
        f"    state.count += {number}",
        f"    order.items.append(state.find('item {number}'))",
        "    return state",
        "",
    )
]
_LOCK = [
    f'  "modules/part-{number}": {{"version": "1.{number}.0", "integrity": "sha512-{number}"}},'
    for number in range(60)
]
_WHO = {"NAME": "Ann Lee", "EMAIL": "ann@example.com", "DATE": "1700000000 +0000"}
_MESSAGE = (
    "Count the steps\n\nThe order was taken for granted.\n\n  * one\n  * two\n- a point\n"
    "diff of nothing\n@@ 12 is no hunk\n= nor this\n~ waves"
)

COMMANDS = {
    "git diff": ("diff", "HEAD~4", "HEAD"),
    "git diff of one commit": ("diff", "HEAD~1"),
    "git diff with ten lines around": ("diff", "-U10", "HEAD~4"),
    "git diff with nothing around": ("diff", "-U0", "HEAD~4"),
    "git diff of whole functions": ("diff", "-W", "HEAD~4"),
    "git diff without renames": ("diff", "--no-renames", "HEAD~4"),
    "git diff with stat": ("diff", "--stat", "-p", "HEAD~4"),
    "git diff without prefix": ("diff", "--no-prefix", "HEAD~4"),
    "git diff with full index": ("diff", "--full-index", "HEAD~4"),
    "git diff with bytes of binary files": ("diff", "--binary", "HEAD~4"),
    "git diff the other way round": ("diff", "-R", "HEAD~4"),
    "git show": ("show", "HEAD~1"),
    "git show of a merge": ("show", "HEAD"),
    "git log -p": ("log", "-p"),
    "git log -p --stat": ("log", "-p", "--stat", "-3"),
    "git log -p of merges": ("log", "-p", "--cc"),
    "git format-patch": ("format-patch", "--stdout", "HEAD~4"),
}
SVN = """Index: src/a.c
===================================================================
--- src/a.c\t(revision 12)
+++ src/a.c\t(working copy)
@@ -3,5 +3,5 @@
 int a;
-int b = 1;
+int b = 2;
 int c;
 ;
 int d;
Index: src/b.c
===================================================================
--- src/b.c\t(revision 12)
+++ src/b.c\t(working copy)
@@ -1 +1,2 @@
-int x;
+long x;
+long y;
"""
PLAIN = """--- a/x.py\t2026-01-02 03:04:05.000000000 +0000
+++ b/x.py\t2026-01-02 03:05:05.000000000 +0000
@@ -1,3 +1,3 @@
 one
-two
+deux
 three
--- a/y.py\t2026-01-02 03:04:05.000000000 +0000
+++ b/y.py\t2026-01-02 03:05:05.000000000 +0000
@@ -7,3 +7,2 @@ def y():
 one
--- two
 three
"""


@cache
def printed(*command: str) -> str:
    """Return what a git command prints in the repository of the tests."""
    return git(_repository()[1], *command)


def lossless(text: str) -> str:
    """Return the lossless rendering, even if it is longer."""
    return DIFF.compress(Block(text), ALWAYS).text


def unfolded(rendered: str) -> str:
    """Return `rendered` with its envelope turned back."""
    envelope = next(find_envelopes(rendered), None)
    return DIFF.expand(envelope.body) if envelope else rendered


@cache
def _repository() -> tuple[TemporaryDirectory[str], Path]:
    """Return a repository, made once; the folder goes when Python does."""
    folder = TemporaryDirectory()
    _make(Path(folder.name))
    return folder, Path(folder.name)


def _make(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    code = [*_CODE]
    lock = [*_LOCK]
    for name in ("src/steps.py", "src/a/steps.py", "tests/test_steps.py"):
        write(folder, name, code)
    write(folder, "old/gone.py", [line.upper() for line in code])
    write(folder, "package-lock.json", lock)
    write(folder, "docs/to read.md", ["# Steps", "", "- one", "+ two", "@@ three", "-…a→b"])
    write(folder, "naïve.txt", ["ä", "ö"])
    (folder / "logo.png").write_bytes(bytes(range(256)))
    (folder / "crlf.txt").write_bytes(b"one\r\ntwo\r\n\r\nthree\r\n")
    (folder / "run.sh").write_text("echo one")
    commit(folder, "Begin")
    for name in ("src/steps.py", "src/a/steps.py", "tests/test_steps.py"):
        changed = [line.replace("state.count += 7", "state.count += 1 + 7") for line in code]
        changed[40:42] = ["    # moved", "    check(order)", *changed[40:41]]
        write(folder, name, changed)
    lock[5:50:3] = [line.replace(".0", ".1").replace("512-", "512-x") for line in lock[5:50:3]]
    write(folder, "package-lock.json", lock)
    (folder / "crlf.txt").write_bytes(b"one\r\nzwei\r\n\r\nthree\r\n")
    commit(folder, _MESSAGE)
    git(folder, "rm", "-q", "old/gone.py")
    git(folder, "mv", "src/a/steps.py", "src/a/moved.py")
    write(folder, "src/a/moved.py", [*code[:30], "    # new", *code[30:]])
    write(folder, "src/new.py", ["@@ -1 +1 @@", "diff --git a/x b/x", *code[:20]])
    write(folder, "empty.py", [])
    write(folder, "naïve.txt", ["ä", "öö"])
    (folder / "logo.png").write_bytes(bytes(range(255, -1, -1)))
    (folder / "run.sh").write_text("echo two")
    (folder / "run.sh").chmod(0o755)
    commit(folder, "Move\n\nCo-authored-by: Bo <bo@example.org>")
    _merge(folder, code)


def _merge(folder: Path, code: list[str]) -> None:
    git(folder, "checkout", "-q", "-b", "side", "HEAD~1")
    write(folder, "src/steps.py", [*code[:12], "    side = 1", *code[12:]])
    commit(folder, "Side")
    git(folder, "checkout", "-q", "main")
    write(folder, "src/steps.py", [*code[:12], "    main = 1", *code[12:]])
    commit(folder, "Main")
    git(folder, "merge", "-q", "--no-commit", "side", fails=True)
    write(folder, "src/steps.py", [*code[:12], "    both = 2", *code[12:]])
    commit(folder, "Merge side")


def write(folder: Path, name: str, lines: list[str]) -> None:
    """Write a file of so many lines."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")


def commit(folder: Path, message: str) -> None:
    """Commit all that was written."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def git(folder: Path, *command: str, given: str | None = None, fails: bool = False) -> str:
    """Return what a git command prints; the same on every machine."""
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in _WHO.items()
    }
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    made = subprocess.run(
        ["git", *command],
        cwd=folder,
        env=environment | who,
        input=None if given is None else given.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=not fails,
    )
    return made.stdout.decode("utf-8", "surrogateescape")


def made_up_patch(count: int, seed: int, odd: str) -> str:
    """Return a patch of many hunks with one odd line."""
    out = []
    for file in range(1 + count // 20):
        path = f"src/part{file * seed % 13}/file{file}.py"
        out += [f"diff --git a/{path} b/{path}", f"index {file:07x}..{seed:07x} 100644"]
        out += [f"--- a/{path}", f"+++ b/{path}"]
        for hunk in range(count // 20):
            at = 10 + hunk * 30
            out += [f"@@ -{at},5 +{at},5 @@ def f{hunk}():", f" a{seed}", f" b = {hunk}"]
            out += [
                f"-    total = {hunk} * seed",
                f"+    total = {hunk} * {odd[:9]}seed",
                " ",
                " d",
            ]
    return "\n".join(out)


TYPICAL = {name: printed(*command) for name, command in COMMANDS.items()}
TYPICAL |= {"svn diff": SVN, "diff -u": PLAIN}
HOSTILE = {
    "hunks": "@@ -1 +1 @@\n-a\n+b\n" * 20_000,
    "patches": "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n" * 15_000,
    "heads of files": "diff --git a/x b/x\nindex 0000..1111 100644\n--- a/x\n+++ b/x\n" * 9_000,
    "hunks that lie": "--- a\n+++ b\n@@ -1,99999999 +1,9 @@\n" + "-a\n+b\n" * 60_000,
    "one hunk": f"--- a\n+++ b\n@@ -1,80000 +1,80000 @@\n{'-a b c d e f' * 9}\n" * 1
    + "-a longer line of text\n" * 79_999
    + "+a longer line of txt\n" * 80_000,
    "blank lines": f"--- a\n+++ b\n@@ -1,80001 +1,80000 @@\n-a\n{' ' + chr(10)}" * 1
    + " \n" * 79_999,
    "empty lines behind a hunk": "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n" + "\n" * 80_000 + "+",
    "lines of one word": "--- a\n+++ b\n@@ -1,9000 +1,9001 @@\n"
    + "-x x x x x x x x\n" * 9_000
    + "+y y x x x x y x y\n" * 9_001,
    "lines of many words": "--- a\n+++ b\n@@ -1,900 +1,901 @@\n"
    + f"-{'x y ' * 12}\n" * 900
    + f"+{'y x ' * 11}y\n" * 901,
    "long changed lines": f"--- a\n+++ b\n@@ -1 +1 @@\n-{'ab ' * 90_000}\n+{'ab ' * 89_999}a\n",
    "own patches": "diff x 0000..1111\n@@ 12 f\n*«a→b»\n*b\n= x:12\n" * 12_000,
    "combined": "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n++a\n"
    * 9_000,
}
_SOME = ("--", ".", ":!crlf.txt", ":!old", ":!docs")
CASES = {
    "diff/diff": (printed("diff", "HEAD~4", "HEAD", *_SOME), "What does this change in check?"),
    "diff/log": (printed("log", "-p", "--stat", "-4", *_SOME), "Why take the order for granted?"),
}
