"""Real output of real commands on this machine, for the demo."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Sample:
    """What a tool of an agent would be asked to run.

    Attributes:
        kind: What its output is.
        command: The command line.
        question: What the user wants to know of it.
        folder: Where it runs; None: in the current folder.
    """

    kind: str
    command: Sequence[str]
    question: str
    folder: Path | None = None


_TESTS: Final = """\
import logging
import unittest

logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(name)s %(message)s")
log = logging.getLogger("orders")


class Orders(unittest.TestCase):
    def test_many(self):
        for number in range(600):
            with self.subTest(number=number):
                log.info("order %d: checked %d items in %d ms", number, number % 9, number * 7 % 31)
                if number == 417:
                    log.error("order 417: total 103 does not match the invoice, which says 130")
                self.assertNotEqual(number, 417, "the total of order 417 is wrong")

    def test_empty(self):
        log.warning("no orders given")


unittest.main(verbosity=2)
"""

_TRACEBACK: Final = """\
import json, sys
sys.setrecursionlimit(400)
class Node:
    def __init__(self, depth): self.child = Node(depth - 1) if depth else {1: object()}
def as_data(node): return {"child": as_data(node.child)} if isinstance(node, Node) else node
for depth in range(9):
    try:
        json.dumps(as_data(Node(depth)))
    except TypeError as error:
        try:
            raise ValueError(f"the tree of depth {depth} cannot be written") from error
        except ValueError:
            import traceback; traceback.print_exc()
as_data(Node(350))
"""


def samples() -> list[Sample]:
    """Return the commands of the demo that this machine can run."""
    packages = Path(sysconfig.get_paths()["purelib"])
    python = sys.executable
    wanted = [
        Sample("JSON", (python, "-m", "pip", "inspect"), "Which version of click is installed?"),
        Sample("test log", (python, "-c", _TESTS), "Which test failed, and why?"),
        Sample(
            "search",
            ("grep", "-rn", "--include=*.py", "def __init__", "click", "rich", "sqlalchemy/engine"),
            "Where is the constructor of the click Context?",
            packages,
        ),
        Sample("git log", ("git", "log", "--stat", "-n", "60"), "What changed last?"),
        Sample(
            "listing",
            ("ls", "-laR", "click", "rich", "tiktoken"),
            "How big is rich/console.py?",
            packages,
        ),
        Sample("traceback", (python, "-c", _TRACEBACK), "What went wrong first?"),
    ]
    return [sample for sample in wanted if shutil.which(sample.command[0])]


def run(sample: Sample) -> str:
    """Return what the command prints on both channels; "" if it prints nothing useful."""
    with tempfile.TemporaryFile() as output:
        subprocess.run(  # noqa: S603 (the commands above, nothing from outside)
            sample.command, stdout=output, stderr=subprocess.STDOUT, cwd=sample.folder, check=False
        )
        output.seek(0)
        return output.read().decode("utf-8", "replace")
