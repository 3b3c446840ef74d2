"""Lets a process fork only while no thread is inside a store.

A fork copies the memory of the process but only one of its threads. What another thread was
doing then is never finished in the child: a lock stays locked, SQLite goes on believing that
somebody writes, a socket is shared by two readers. So a fork waits until every store is at rest,
and its connections are closed in the parent before the child can inherit them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Final, Protocol
from weakref import WeakSet

_PATIENCE_SECONDS: Final = 2.0


class Forkable(Protocol):
    """What is told of a fork."""

    def before_fork(self) -> None:
        """Give back all that a child must not inherit. Nothing else runs meanwhile."""
        ...

    def in_child(self) -> None:
        """Let go of what was inherited all the same, without touching it."""
        ...


class _Gate:
    """Counts the threads inside; can be shut until all are out."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forget the threads that are not here, and the lock one of them may hold."""
        self._changed = Condition()
        self._inside = 0
        self._shut = False

    def enter(self) -> None:
        with self._changed:
            while self._shut:
                self._changed.wait()
            self._inside += 1

    def leave(self) -> None:
        with self._changed:
            self._inside -= 1
            if self._shut and not self._inside:
                self._changed.notify_all()

    def shut(self) -> None:
        with self._changed:
            self._shut = True
            # Bounded: a store that hangs must not keep the program from forking.
            self._changed.wait_for(lambda: not self._inside, _PATIENCE_SECONDS)

    def open(self) -> None:
        with self._changed:
            self._shut = False
            self._changed.notify_all()


_gate = _Gate()
_stores: WeakSet[Forkable] = WeakSet()


def register(store: Forkable) -> None:
    """Tell `store` of every fork, for as long as it lives."""
    _stores.add(store)


@contextmanager
def at_work() -> Iterator[None]:
    """Keep the process from forking meanwhile. Never nested."""
    _gate.enter()
    try:
        yield
    finally:
        _gate.leave()


def _before() -> None:
    _gate.shut()
    for store in list(_stores):
        store.before_fork()


def _in_parent() -> None:
    _gate.open()


def _in_child() -> None:
    _gate.renew()
    for store in list(_stores):
        store.in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
