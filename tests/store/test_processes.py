"""Several processes with one store: forked from a busy one, started together, killed."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from headroom_core.errors import StoreError
from headroom_core.store import MemoryStore, Original, Rendering, Saving, Store
from headroom_core.store.sql import SqlStore
from tests.store import processes
from tests.store.samples import original, works

SAVING = Saving("log", 1, 2, 1)

forks_with_threads = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


@forks_with_threads
@pytest.mark.parametrize("kind", ["memory", "sqlite", "postgres"])
def test_children_of_a_busy_process_work_and_leave_it_alone(
    kind: str, path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "memory":
        store: Store = MemoryStore()
    elif kind == "sqlite":
        store = SqlStore(path)
    else:
        store = SqlStore(request.getfixturevalue("postgres_url"))
    assert works(store, "before")
    stop = Event()
    acknowledged: list[Original] = []
    failures: list[StoreError] = []

    def write(name: int) -> None:
        n = 0
        while not stop.is_set():
            n += 1
            new = original(f"{name} {n} " + "text " * 2000)
            try:
                store.put("a", [new], {}, [SAVING])
                acknowledged.append(new)
            except StoreError as error:
                failures.append(error)

    def child(name: int) -> None:
        assert store.get("a", original("before").key) == b"before"
        assert works(store, f"child {name}")

    threads = [Thread(target=write, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    try:
        for name in range(10):
            processes.succeed(processes.start(partial(child, name)), seconds=3)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert store.missing("a", {new.key for new in acknowledged}) == set()
    if kind != "memory":
        assert store.missing("a", {original(f"child {n}").key for n in range(10)}) == set()
    store.close()


def test_a_child_keeps_what_it_wrote_when_its_parent_closes_the_store(path: Path) -> None:
    """SQLite tidies up on the last close, and does not see a child that inherited it."""
    store = SqlStore(path)
    assert works(store, "before")
    context = multiprocessing.get_context("fork")
    has_written, is_closed = context.Event(), context.Event()

    def child() -> None:
        assert works(store, "child 1")
        has_written.set()
        assert is_closed.wait(10)
        assert works(store, "child 2")

    process = processes.start(child)
    assert has_written.wait(10)
    store.close()
    is_closed.set()
    processes.succeed(process)
    assert store.get("a", original("child 1").key) == b"child 1"
    assert store.get("a", original("child 2").key) == b"child 2"
    store.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_processes_that_start_together_lose_nothing(
    kind: str, path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{path}" if kind == "sqlite" else request.getfixturevalue("postgres_url")

    def child(name: int) -> None:
        store = SqlStore(url)
        for n in range(200):
            new = [original(f"{name} {n}"), original(f"both {n}")]
            store.put("a", new, {original(f"both {n}").digest: Rendering("r")}, [SAVING])
        store.close()

    processes.succeed(*[processes.start(partial(child, name)) for name in range(2)])
    store = SqlStore(url)
    texts = [f"{name} {n}" for name in ("0", "1", "both") for n in range(200)]
    assert store.missing("a", {original(text).key for text in texts}) == set()
    assert all(store.get("a", original(text).key) == text.encode() for text in texts)
    assert store.totals() == [Saving("log", 400, 800, 400)]
    store.close()


def test_a_killed_process_loses_nothing_acknowledged(path: Path) -> None:
    acknowledged = []
    for cycle in range(10):
        reader, writer = os.pipe()

        def child(cycle: int = cycle, writer: int = writer) -> None:
            store = SqlStore(path)
            for n in range(100_000):
                new = original(f"{cycle} {n}")
                store.put("a", [new], {})
                os.write(writer, f"{new.key}\n".encode())

        process = processes.start(child)
        os.close(writer)
        with os.fdopen(reader) as lines:
            for _ in range(5 + 3 * cycle):
                acknowledged.append(lines.readline().strip())
            process.kill()
            acknowledged += [line.strip() for line in lines]
        process.join()
    store = SqlStore(path)
    assert len(acknowledged) >= 185
    assert store.missing("a", set(acknowledged)) == set()
    assert all(store.get("a", key) is not None for key in acknowledged)
    store.close()
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
