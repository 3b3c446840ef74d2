"""What real tools print about a small repository that is made for the occasion."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

MODULE = '''"""Part {n} of the shop."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)
LIMIT_{n} = {n}00


class Basket{n}:
    """Items that wait to be paid."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.items: list[str] = []

    def add(self, item: str) -> None:
        if len(self.items) >= LIMIT_{n}:
            raise ValueError(f"too many items: {{len(self.items)}}")
        self.items.append(item)
        log.info("added %s", item)


def total_{n}(prices: list[int]) -> int:
    """Return what all of them cost."""
    return sum(price * {n} for price in prices)
'''
TESTS = """import unittest

import pytest


def test_adds():
    assert 1 + 1 == 2


@pytest.mark.parametrize("n", range(30))
def test_squares(n):
    assert n * n != 49, f"seven is odd: {n}"


class TestShop(unittest.TestCase):
    def test_opens(self):
        self.assertEqual("open", "open")

    def test_closes(self):
        raise RuntimeError("the door is stuck")
"""
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "COLUMNS": "100",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTEST_ADDOPTS": "-p no:cacheprovider",
}


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=ENVIRONMENT, timeout=60
    )
    return done.stdout + done.stderr


@cache
def repository() -> Path:
    """Return a folder with packages, tests, documents and a history of 12 commits."""
    folder = Path(tempfile.mkdtemp(prefix="shop-"))
    _run(folder, "git", "init", "-q", "-b", "main")
    for n in range(12):
        for area in ("shop", "billing", "search"):
            package = folder / "src" / area / f"part{n}"
            package.mkdir(parents=True)
            (package / "__init__.py").write_text("")
            (package / f"{area}_basket_{n}.py").write_text(MODULE.format(n=n))
        (folder / f"notes_{n}.md").write_text(f"# Notes {n}\n\nWhat was said on day {n}.\n" * 4)
        old = folder / "src" / "shop" / f"part{n // 2}" / f"shop_basket_{n // 2}.py"
        old.write_text(old.read_text().replace("too many items", f"too many items, {n}"))
        _run(folder, "git", "add", ".")
        who = f"{['Ann', 'Bob', 'Cem'][n % 3]} Example"
        name, mail = f"user.name={who}", f"user.email=dev{n % 3}@example.com"
        message = f"basket: handle case {n}\n\nThe {n} items were lost when the door closed.\n"
        commit = ("commit", "-q", "-m", message, f"--date=2026-01-{n + 1:02}T10:00:00+0100")
        _run(folder, "git", "-c", name, "-c", mail, *commit)
    (folder / "test_shop.py").write_text(TESTS)
    for n in range(12):
        (folder / "src" / "search" / f"draft_{n}.txt").write_text("")
        part = folder / "src" / "billing" / f"part{n}" / f"billing_basket_{n}.py"
        part.write_text(part.read_text().replace("self.items", "self.goods"))
    return folder


COMMANDS = {
    "listing": {
        "find": "find . -name *.py",
        "find of folders": "find src -type d",
        "find from the root": "find {here} -type f -not -path */.git/*",
        "ls -R": "ls -R src",
        "ls -la": "ls -la . src/shop src/billing",
        "ls -laR": "ls -laR src",
        "ls -lh": "ls -lhR src/shop",
        "ls -1": "ls -1 src/shop/part0 src/shop/part1 src/shop/part2 src/shop/part3 src/shop/part4",
        "git ls-files": "git ls-files",
        "git status": "git status",
        "git status --short": "git status --short",
        "git diff --name-only": "git diff --name-only HEAD~4",
        "git diff --name-status": "git diff --name-status HEAD~4",
        "du": "du -a src",
        "grep -l": "grep -rl Basket src",
        "tar": "tar cvf /dev/null src",
    },
    "search": {
        "grep": "grep -rn Basket src",
        "grep of words with colons": "grep -rn : src/shop",
        "grep with context": "grep -rn -C2 raise src",
        "grep with lines after": "grep -rn -A3 def src/billing",
        "grep from the root": "grep -rn total {here}/src",
        "git grep": "git grep -n items",
        "git grep with functions": "git grep -n -p raise",
        "git grep under headings": "git grep -n --heading --break items",
        "grep -i of errors": "grep -rnwi ValueError src",
    },
    "diff": {
        "git diff": "git diff",
        "git diff of commits": "git diff HEAD~3 HEAD~1",
        "git diff without context": "git diff -U0",
        "git diff with much context": "git diff -U20",
        "git diff with a summary": "git diff --stat -p HEAD~2",
        "git show": "git show HEAD",
        "git log -p": "git log -p -n 4",
        "git format-patch": "git format-patch --stdout HEAD~3",
        "git stash style": "git diff --no-prefix",
        "diff -u": "diff -u src/shop/part0/shop_basket_0.py src/shop/part1/shop_basket_1.py",
        "diff of no repository": "git diff --no-index src/shop/part0 src/shop/part3",
        "git diff of one file": "git diff src/billing/part0",
    },
    "history": {
        "git log": "git log",
        "git log --stat": "git log --stat",
        "git log --numstat": "git log --numstat",
        "git log --name-status": "git log --name-status",
        "git log fuller": "git log --format=fuller",
        "git blame": "git blame src/shop/part0/shop_basket_0.py",
        "git blame -e": "git blame -e src/shop/part1/shop_basket_1.py",
    },
    "table": {
        "df": "df -h",
    },
    "log": {
        "pytest": "{python} -m pytest -v test_shop.py",
        "pytest in short": "{python} -m pytest test_shop.py",
        "pytest in one line": "{python} -m pytest -v --tb=line test_shop.py",
        "unittest": "{python} -m unittest -v test_shop",
        "mypy": "{python} -m mypy --strict --no-incremental --cache-dir=/dev/null test_shop.py",
    },
    "text": {"help": "git --help"},
    "code": {
        "a file": "cat src/shop/part0/shop_basket_0.py",
        "with numbers": "cat -n src/shop/part0/shop_basket_0.py",
        "with numbers of nl": "nl -ba src/shop/part0/shop_basket_0.py",
    },
    "blob": {
        "base64": "base64 src/shop/part0/shop_basket_0.py",
        "od": "od -x src/shop/part0/shop_basket_0.py",
    },
}


def output(command: str) -> str | None:
    """Return what the command prints in the repository, None if this machine does not have it."""
    folder = repository()
    words = command.replace("{here}", str(folder)).replace("{python}", sys.executable).split()
    known = shutil.which(words[0], path=ENVIRONMENT["PATH"])
    return _run(folder, *words) if known else None
