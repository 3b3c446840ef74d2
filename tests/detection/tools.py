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
BROKEN_C = "\n".join(
    ["int main(void) {", "  int unused;", *(f"  undeclared_{n}(x{n});" for n in range(20)), "}", ""]
)
BAD_PYTHON = "import os, sys\ndef f(a,b):\n  x = 1\n  return undefined_name\n" * 12
TESTS_OF_NODE = "import test from 'node:test'\nimport assert from 'node:assert'\n" + "\n".join(
    f"test('adds {n}', () => assert.equal({n} % 7 === 3, false))" for n in range(30)
)
MAKEFILE = "all: {names}\n%.o: broken.c\n\t@echo cc -c -Wall -O2 -o build/$@ src/$*.c\n".format(
    names=" ".join(f"part{n}.o" for n in range(25))
)
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
    """Return a folder with packages, tests, documents, mistakes and a history of 12 commits."""
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
    (folder / "broken.c").write_text(BROKEN_C)
    (folder / "bad.py").write_text(BAD_PYTHON)
    (folder / "tests.test.mjs").write_text(TESTS_OF_NODE)
    (folder / "Makefile").write_text(MAKEFILE)
    for n in range(12):
        (folder / "src" / "search" / f"draft_{n}.txt").write_text("")
        part = folder / "src" / "billing" / f"part{n}" / f"billing_basket_{n}.py"
        part.write_text(part.read_text().replace("self.items", "self.goods"))
    return folder


def output(command: str) -> str | None:
    """Return what the command prints in the repository, None if this machine does not have it."""
    folder = repository()
    words = command.replace("{here}", str(folder)).replace("{python}", sys.executable).split()
    known = shutil.which(words[0], path=ENVIRONMENT["PATH"])
    return _run(folder, *words) if known else None
