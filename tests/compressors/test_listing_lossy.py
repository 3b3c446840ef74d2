"""Lists of files under a budget, and as the tools of this machine print them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.listing import ListingCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.listing_inputs import FIND, LONG, SHORT_STATUS, SIZES, STATUS, TREE, WORDS

listing = ListingCompressor()


def cut(text, tokens, query="", keep=None):
    pattern = re.compile(keep, re.MULTILINE) if keep else None
    return listing.compress(Block(text), Budget(tokens, estimate, pattern), query)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((text, "changes/release_v0.5.2.md") for text in (FIND, TREE, LONG, SIZES)),
        *((text, "net/router.go") for text in (FIND, TREE, LONG, SHORT_STATUS, SIZES)),
        (STATUS, "io/router_test.go"),
    ],
)
def test_what_the_question_names_is_shown(text, name):
    made = cut(text, 250, f"In which directory is {name}?")
    assert made.omitted
    assert estimate(made.text) <= 250
    folder, _, name = name.rpartition("/")
    lines = [line for line in made.text.split("\n") if re.search(rf"[ \"]{name}", line)]
    assert lines
    assert any(f"{folder}/" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "".join(f"a/{n}.md\n" for n in range(200)) + "b/x.json\nb/y.py\nb/z.py\nc.toml\n",
            r"^a/ .*… 1\d\d more \.md$",
            id="what is left out is counted in its folder",
        ),
        pytest.param(
            "".join(f"a/{n}.{'md' if n % 3 else 'py'}\n" for n in range(200)),
            r"… 1\d\d more: 1\d\d \.md, \d\d \.py$",
            id="by kind",
        ),
        pytest.param(
            "".join(f"a/d{n}/e/{n * m}.py\n" for n in range(99) for m in (1, 2)),
            r"… \d\d+ folders with 1\d\d files$",
            id="folders are counted with all in them",
        ),
        pytest.param(
            "".join(f"a/{n}.md\n" for n in range(200)) + "a/Makefile\n",
            r"^\./ (?:.* )?Makefile ",
            id="what is unusual comes first",
        ),
        pytest.param(
            "".join(f"a/{n}.md\n" for n in range(200)) + "a/README.md\n",
            r"^\./ (?:.* )?README\.md ",
            id="so does what tells about the rest",
        ),
        pytest.param(
            "".join(f" M a/{n}.md\n" for n in range(200)) + " D a/77x.md\n",
            r"\[D\] 77x\.md",
            id="and an unusual state",
        ),
        pytest.param(
            "".join(f"{n % 7 + 3}\ta/{n}.md\n" for n in range(200)) + "9000\ta/q.md\n",
            r"q\.md=9000|\[9000\] q\.md",
            id="and a large size",
        ),
        pytest.param(
            "".join(f"a/{n}.md\n" for n in range(200)) + "find: a/p: Permission denied\n",
            r"^find: a/p: Permission denied$",
            id="other lines stay",
        ),
    ],
)
def test_part_of_a_listing(text, expected):
    made = cut(text, 130)
    assert made.omitted
    assert re.search(expected, made.text, re.MULTILINE), made.text


def test_counts_are_true():
    text = FIND.replace(" ", "_")
    made = cut(text, 300)
    missing, total = map(int, re.match(r"(\d+) of (\d+) paths", made.omitted).groups())
    assert total == text.count("\n")
    shown = set()
    stack = []
    for line in made.text.split("\n")[1:]:
        heading, *names = line.partition(" …")[0].split()
        depth = len(line) - len(line.lstrip(" "))
        stack[depth:] = [heading] if heading != "./" else []
        shown |= {"./" + "".join(stack) + name for name in names}
        shown |= {"./" + "".join(stack[: n + 1])[:-1] for n in range(len(stack))}
    assert shown <= set(text.split("\n"))
    assert len(shown) + 1 == total - missing  # the root is a line, too


def test_what_ls_says_of_folders_is_counted():
    omitted = cut(LONG, 250).omitted
    assert re.fullmatch(r"\d+ of 158 paths, (\d+) totals, (\d+) rows of \. and \.\.", omitted)
    assert f"{LONG.count('total ')} totals" in omitted
    dots = LONG.count(" .\n") + LONG.count(" ..\n")
    assert f"{dots} rows" in omitted


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([FIND, TREE, LONG, STATUS, SIZES]),
    st.integers(60, 600),
    st.sampled_from(["parser_test", "v0\\.3\\.[1-4]", "Makefile|main\\.go", "Denied"]),
)
def test_kept_lines_survive(text, tokens, keep):
    made = cut(text, tokens, "where?", keep)
    if made.omitted:
        for line in text.split("\n"):
            if re.search(keep, line):
                name = re.split(r"[/\s]", line)[-1]
                assert name in made.text


def test_what_mostly_is_something_else_is_left_alone():
    text = "".join(f"p/{n}.py\nWhat is this: {n}\n" for n in range(300))
    assert not cut(text, 100).omitted


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a git repository with odd names in it."""
    root = tmp_path_factory.mktemp("listed")
    for part in ("src/core", "src/web/views", "tests", "docs/old notes", "empty"):
        (root / part).mkdir(parents=True)
        for number, word in enumerate(WORDS if part != "empty" else []):
            (root / part / f"{word}.{'py' if part < 't' else 'txt'}").write_text("x" * number**4)
    for name in ("a b.txt", "[id].tsx", "x=1.cfg", "{y}.js", "é.md", "run.sh", "c,d;e.csv", "-n"):
        (root / "src" / name).write_text(name)
    (root / "src" / "run.sh").chmod(0o755)
    (root / "link").symlink_to("src/core/cache.py")
    git(root, "init", "-q")
    git(root, "add", "src", "docs")
    return root


def git(root, *arguments):
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("command", "rate"),
    [
        ("find .", 0.8),
        ("find src -type f", 0.8),
        ("find . -depth -not -path './.git*'", 0.8),
        ("find src -printf '%s %p\\n'", 0.9),
        ("git ls-files", 0.8),
        ("git status --short -uall", 0.8),
        ("git status -uall", 0.8),
        ("ls -R", 1),
        ("ls -laR src tests docs", 0.5),
        ("ls -lh src", 1),
        ("ls -la --full-time src/core", 1),
        ("ls -1 src/core", 1),
        ("du -a src", 0.9),
        ("wc -l src/core/* src/web/views/*", 0.8),
        ("tar -cf - src docs | tar -tf -", 0.8),
        ("tree", 0.7),
        ("tree -a -I .git -s -p --charset ascii", 0.9),
    ],
)
def test_real_listings(folder, command, rate):
    if shutil.which(command.split()[0]) is None:
        pytest.skip(f"no {command.split()[0]} here")
    text = subprocess.run(
        command, shell=True, cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    assert listing.detect(Block(text)) >= 0.5
    made = listing.compress(Block(text), Budget(None, estimate)).text
    assert expand(made, {"listing": listing}) == text
    assert estimate(made) <= rate * estimate(text)
