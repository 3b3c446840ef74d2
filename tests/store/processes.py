"""Runs a part of a test in a child process."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess

_fork = multiprocessing.get_context("fork")


def start(function: Callable[[], object]) -> BaseProcess:
    """Run `function` in a fork of this process."""
    child = _fork.Process(target=function, daemon=True)
    child.start()
    return child


def succeed(*children: BaseProcess, seconds: float = 20) -> None:
    """Wait until the children end; all must end well within `seconds`."""
    for child in children:
        child.join(seconds)
    codes = [child.exitcode for child in children]
    for child in children:
        child.kill()
    assert codes == [0] * len(children)
