"""What git prints about repositories with any history comes back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings as hypothesis_settings, strategies as st

from tests.compressors.diff_inputs import lossless, unfolded

COMMANDS = (
    ("log", "-p", "--all"),
    ("log", "-p", "--cc", "--stat", "-U1"),
    ("log", "-p", "-c", "-M", "-C", "--find-copies-harder"),
    ("show", "--format=fuller", "-m"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", "-U0", "-R", "--no-renames", "HEAD~1"),
    ("diff", "--binary", "-B", "HEAD~1"),
    ("format-patch", "--stdout", "--root", "HEAD"),
)
PATHS = ("a.c", "b.yaml", "src/a.c", "src/to read.md", "nä.txt", "x/y/z.py")
WORDS = ("1.2.3", "v7", "(ctx, name)", "name", "  ", "{", "}", "*", "«a→b»", "§a", "…", "~")
SENTENCES = (
    "  specifier: ^1.2.3 of load(name)",
    "    return load(name, 1.2.3) + load(rest);",
    "version: 1.2.3(load@1.2.3)(name@v7)",
    "a line that stays as it is",
    "",
)
LINE = (
    st.sampled_from(SENTENCES)
    | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
    | st.sampled_from(
        [" ", "\t", "-- ", "+ one", "- two", "* three", "@@ 1", "= a.c:1", "diff a.c", "\\ no", "~"]
    )
)
TEXT = st.tuples(
    st.lists(LINE, min_size=3, max_size=30),
    st.sampled_from(["\n", "\n", "\r\n"]),
    st.booleans(),
).map(lambda made: made[1].join([*made[0], ""][: None if made[2] else -1]))
REPLACED = st.sampled_from(
    [
        *(
            ("1.2.3", "1.2.4"),
            ("load", "fetch"),
            ("name", "«a→b»"),
            ("v7", "v8"),
            ("1.2.4", "1.2.3"),
        ),
        *(
            ("fetch", "load"),
            (" of ", " of their "),
            ("    ", "        "),
            ("(ctx", "{"),
            ("rest", ""),
        ),
    ]
)


@st.composite
def histories(draw):
    """Return what `git fast-import` makes a repository of: edits, renames, modes, merges."""
    files = {path: draw(TEXT) for path in draw(st.sets(st.sampled_from(PATHS), min_size=2))}
    modes = dict.fromkeys(files, "100644")
    out = []
    for number in range(1, draw(st.integers(3, 6))):
        parents = f"from :{number - 1}\n" if number > 1 else ""
        if number > 2 and draw(st.booleans()):
            parents += f"merge :{number - 2}\n"
        message = "\n".join(draw(st.lists(LINE, max_size=3))) or "one"
        out.append(
            f"commit refs/heads/main\nmark :{number}\n"
            f"committer A <a@b.c> {1_700_000_000 + number} +0000\n"
            f"{_data(message)}\n{parents}deleteall\n"
        )
        out += [f"M {modes[path]} inline {path}\n{_data(text)}\n" for path, text in files.items()]
        for path in draw(st.lists(st.sampled_from(PATHS), min_size=2, max_size=6)):
            files, modes = _edited(draw, path, files, modes)
    return "".join(out)


def _edited(draw, path, files, modes):
    """Return the files and modes after something happened to the file at `path`."""
    files, modes = dict(files), dict(modes)
    what = draw(
        st.sampled_from(
            ["words", "words", "words", "lines", "new", "gone", "moved", "mode", "bytes"]
        )
    )
    if path not in files:
        what = "new"
    if what == "words":
        old, new = draw(REPLACED)
        files[path] = files[path].replace(old, new)
    elif what == "lines":
        at, lines = draw(st.integers(0, 30)), files[path].split("\n")
        files[path] = "\n".join(lines[:at] + draw(st.lists(LINE, max_size=3)) + lines[at + 1 :])
    elif what == "new":
        files[path], modes[path] = draw(TEXT), "100644"
    elif what == "bytes":
        files[path] = f"\0{files[path]}"
    elif what == "mode":
        modes[path] = "100755"
    else:
        text = files.pop(path)
        if what == "moved":
            files["moved.c"] = text
            modes["moved.c"] = modes[path]
    return files, modes


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("repositories")


def _git(where: Path, *command: str, given: str = "") -> str:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = plain | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    made = subprocess.run(
        ["git", *command], cwd=where, env=environment, input=given.encode(), capture_output=True
    )
    return made.stdout.decode(errors="surrogateescape")


@hypothesis_settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(history=histories(), commands=st.sets(st.sampled_from(COMMANDS), min_size=2, max_size=3))
def test_what_git_prints_of_any_history_comes_back(folder, history, commands):
    where = folder / str(len(list(folder.iterdir())))
    where.mkdir()
    _git(where, "init", "-q", "-b", "main")
    _git(where, "fast-import", "--quiet", given=history)
    assert _git(where, "log", "--oneline", "main"), "a history that git cannot read tests nothing"
    for command in sorted(commands):
        text = _git(where, *command)
        assert unfolded(lossless(text)) == text
