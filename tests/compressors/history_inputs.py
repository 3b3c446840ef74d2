"""Histories that git prints when the tests run, and helpers for the tests of their compressor."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from headroom_core.compressors._history.stat import FileChange, Stat, draw_stat
from headroom_core.compressors.history import HistoryCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.types import Block, Budget

HISTORY = HistoryCompressor()
ALWAYS = Budget(None, lambda counted: not counted.startswith("[headroom history"))

_ANN = ("Ann Lee", "ann@example.com", "+0200")
_BOB = ("bob", "bob@example.org", "-0730")
_WIDE = ("田欧", "tian@example.com", "+0800")
_MESSAGES = (
    "Add the reader",
    (
        "Fix a crash when the file is empty (#12)\n\nThe reader took the first line for granted.\n"
        "\n  * one\n  * two\n\nCo-authored-by: bob <bob@example.org>\n"
        "Signed-off-by: Ann Lee <ann@example.com>"
    ),
    "Write the table\n\n| a |\n|---|\n^ marks\n~ waves\ndeadbeef is a word\nReviewed-by: bob",
    "deadbeefcafe is the subject",
    "Deprecate the old reader\n\nUse the new one.",
)
_PEOPLE = (_ANN, _BOB, _WIDE)
_AS = ("log", "--no-color")

COMMANDS = {
    "git log": _AS,
    "git log of merges": (*_AS, "--date-order"),
    "git log --stat": (*_AS, "--stat"),
    "git log --stat --summary": (*_AS, "--stat", "--summary"),
    "git log --numstat": (*_AS, "--numstat"),
    "git log --name-status": (*_AS, "--name-status"),
    "git log --name-only": (*_AS, "--name-only"),
    "git log --format=fuller": (*_AS, "--format=fuller"),
    "git log --format=full": (*_AS, "--format=full"),
    "git log --format=short": (*_AS, "--format=short"),
    "git log --decorate": (*_AS, "--decorate"),
    "git log --abbrev-commit": (*_AS, "--abbrev-commit"),
    "git log --date=iso": (*_AS, "--date=iso"),
    "git log --date=iso-strict": (*_AS, "--date=iso-strict"),
    "git log --date=short": (*_AS, "--date=short"),
    "git log --date=local": (*_AS, "--date=local"),
    "git log --date=rfc": (*_AS, "--date=rfc"),
    "git log --date=unix": (*_AS, "--date=unix"),
    "git log --date=relative": (*_AS, "--date=relative"),
    "git log with notes": (*_AS, "--notes"),
    "git show --stat": ("show", "--no-color", "--stat", "main~3"),
    "git blame": ("blame", "src/a/reader.py"),
    "git blame -s": ("blame", "-s", "src/a/reader.py"),
    "git blame -e": ("blame", "-e", "src/a/reader.py"),
    "git blame -f": ("blame", "-f", "src/a/reader.py"),
    "git blame -C": ("blame", "-C", "-C", "-C", "src/b/moved.py"),
    "git blame -l": ("blame", "-l", "src/a/reader.py"),
    "git blame -L": ("blame", "-L3,9", "-L20,30", "src/a/reader.py"),
    "git blame --date=short": ("blame", "--date=short", "src/a/reader.py"),
    "git blame --date=relative": ("blame", "--date=relative", "src/a/reader.py"),
    "git blame --date=rfc": ("blame", "--date=rfc", "src/a/reader.py"),
    "git blame --date=local": ("blame", "--date=local", "src/a/reader.py"),
}
SUBJECTS = {
    "git log --oneline": (*_AS, "--oneline"),
    "git log --oneline --graph": (*_AS, "--oneline", "--graph"),
    "git reflog": ("reflog", "--no-color"),
}
PATCHES = {
    "git log -p": (*_AS, "-p"),
    "git show": ("show", "--no-color"),
    "git format-patch": ("format-patch", "--stdout", "-2"),
    "git diff": ("diff", "--no-color", "HEAD~2"),
}


@cache
def printed(*command: str) -> str:
    """Return what a git command prints in the repository of the tests."""
    return _git(_repository()[1], *command)


def made_up_log(count: int, seed: int, odd: str) -> str:
    """Return a log with lists of files, the same on every machine; `odd` is one of its messages."""
    commits = []
    for index in range(count):
        (name, mail, zone), number = _PEOPLE[index * seed % 3], index * 7919 + seed
        second = f"{10 + index % 13}:{index % 60:02}:{seed:02}"
        message = odd.strip() if index == count // 2 else _MESSAGES[number % 5]
        indented = "".join(f"    {line}\n" for line in message.split("\n"))
        files = [
            FileChange(f"src/part{number % 7}.py", 1 + number % 9, number % 4),
            FileChange("README", 1, 0),
        ]
        stat = Stat(
            files[: 1 + index % 2], sum(f.added for f in files[: 1 + index % 2]), number % 4
        )
        commits.append(
            f"commit {number * 2654435761 % 16**12:012x}{number:028x}\nAuthor: {name} <{mail}>\n"
            f"Date:   Fri Oct 18 {second} 2024 {zone}\n\n{indented}\n{draw_stat(stat)}\n"
        )
    return "\n".join(commits)


def made_up_blame(count: int, seed: int, odd: str) -> str:
    """Return a blame, the same on every machine; `odd` is one of its lines."""
    lines = []
    for index in range(count):
        number = index * seed // 5 % 9
        name, _, zone = _PEOPLE[number % 2]
        code = (
            odd
            if index == count // 2
            else f"    {'if' if index % 4 else 'def'} part_{index}({number})"
        )
        lines.append(
            f"{number * 2654435761 % 16**8:08x} ({name:<7} 2024-10-{10 + number} 09:11:30 {zone} "
            f"{index + 1:>3}) {code}\n"
        )
    return "".join(lines)


@cache
def _repository() -> tuple[TemporaryDirectory[str], Path]:
    """Return a repository, made once; the folder goes when Python does."""
    folder = TemporaryDirectory()
    _make(Path(folder.name))
    return folder, Path(folder.name)


def lossless(text: str) -> str:
    """Return the lossless rendering, even if it is longer."""
    return HISTORY.compress(Block(text), ALWAYS).text


def unfolded(rendered: str) -> str:
    """Return `rendered` with its envelope turned back."""
    return HISTORY.expand(next(find_envelopes(rendered)).body)


TYPICAL = {
    "git log": made_up_log(60, 7, "Revert the table"),
    "git log with CRLF": made_up_log(30, 5, "Revert the table").replace("\n", "\r\n"),
    "git blame": made_up_blame(120, 7, "    retry(3)"),
    "git log --oneline": "\n".join(
        f"{i * 2654435761 % 16**8:08x} Update part {i}" for i in range(200)
    ),
}
HOSTILE = {
    "heads of commits": "commit deadbeef\n" * 20_000,
    "empty commits": "commit deadbeef\nAuthor: a <b>\n\n" * 10_000,
    "lines of no commit": "\n".join(f"8e5397bfa {n:>6}) x" for n in range(1, 20_000)),
}
CASES = {
    "history/log": (made_up_log(40, 7, "Revert the table"), "Which commit fixed the crash?"),
    "history/blame": (made_up_blame(90, 7, "    retry(3)"), "Who added the retry?"),
}


def _make(folder: Path) -> None:
    _git(folder, "init", "-q", "-b", "main")
    code = [f"line {number}" for number in range(40)]
    for index in range(24):
        name, mail, zone = (_ANN, _BOB, _WIDE)[index * 7 % 5 % 3]
        code[index * 11 % 40] = f"    call({index})"
        _write(folder, "src/a/reader.py", code)
        _write(
            folder, f"src/a/part{index % 3}.py", code[: index * 5 % 40 + 1] * (1 + index % 4 * 9)
        )
        _write(folder, f"docs/{index}.md", ["@3 deadbeef", "^@4 x", f"text {index}"])
        if index == 9:
            (folder / "logo.png").write_bytes(bytes(range(256)) * 3)
        if index == 12:
            _write(folder, "src/b/moved.py", code)
        if index == 15:
            _git(folder, "mv", "docs/1.md", "docs/one.md")
        if index == 18:
            _write(folder, "a very long folder name/that holds/" + "deep/" * 9 + "file.txt", ["x"])
        _git(folder, "add", "-A")
        message = _MESSAGES[index % 5] if index % 5 else f"{_MESSAGES[0]} {index}"
        when = f"{1_700_000_000 + index * 40_000} {zone}"
        _git(folder, "commit", "-q", "-m", message, who=(name, mail), when=when)
        if index in (7, 14):
            _merge(folder, index)
    _git(folder, "tag", "v1.0", "main~4")
    _git(folder, "notes", "add", "-m", "seen by bob", "main~2")


def _merge(folder: Path, index: int) -> None:
    _git(folder, "checkout", "-q", "-b", f"side{index}", "main~1")
    _write(folder, f"side{index}.txt", ["side"])
    _git(folder, "add", "-A")
    when = f"{1_700_000_000 + index * 40_000 + 500} +0100"
    _git(folder, "commit", "-q", "-m", f"Side {index}", when=when)
    _git(folder, "checkout", "-q", "main")
    _git(
        folder,
        "merge",
        "-q",
        "--no-ff",
        "-m",
        f"Side {index} (#{index})",
        f"side{index}",
        when=when,
    )


def _write(folder: Path, name: str, lines: list[str]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def _git(
    folder: Path,
    *command: str,
    who: tuple[str, str] = ("Cy Young", "cy@example.com"),
    when: str = "1700000000 +0000",
) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": who[0],
        "GIT_AUTHOR_EMAIL": who[1],
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_NAME": "Cy Young",
        "GIT_COMMITTER_EMAIL": "cy@example.com",
        "GIT_COMMITTER_DATE": when,
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    made = subprocess.run(
        ["git", *command], cwd=folder, env=environment, capture_output=True, check=True
    )
    return made.stdout.decode("utf-8", "surrogateescape")
