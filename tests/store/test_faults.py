"""What happens to a SQLite store when something breaks: a `StoreError`, and then it works again."""

from __future__ import annotations

import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from headroom_core.errors import StoreError
from headroom_core.store import Original, Rendering, Saving, Store
from headroom_core.store.sql import SqlStore
from tests.store import processes
from tests.store.samples import original, works


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    store = SqlStore(path)
    store.put("a", [original("x")], {b"id": Rendering("r")}, [Saving("log", 1, 2, 1)])
    yield store
    store.close()


def refuses(store: Store, text: str, words: str = "store") -> None:
    """Expect a put to fail soon."""
    started = time.monotonic()
    with pytest.raises(StoreError, match=words):
        store.put("a", [original(text)], {})
    assert time.monotonic() - started < 3


def test_a_locked_database_is_read_and_not_written(store: SqlStore, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    for _ in range(2):
        other.execute("BEGIN EXCLUSIVE")
        refuses(store, "y", "locked")
        assert store.get("a", original("x").key) == b"x"
        assert store.missing("a", {original("x").key}) == set()
        assert store.recall("a", [b"id"]) == {b"id": Rendering("r")}
        # Nothing has to be written for what is there already.
        store.put("a", [original("x")], {})
        other.execute("COMMIT")
        assert works(store, "z")
        assert store.get("a", original("y").key) is None
    other.close()


def test_a_database_locked_from_the_start_is_used_later(path: Path) -> None:
    store = SqlStore(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refuses(store, "y", "locked")
    other.execute("ROLLBACK")
    other.close()
    assert works(store, "y")
    store.close()


def test_a_lock_in_one_process_does_not_stop_the_others_for_good(path: Path) -> None:
    """A retrieval during a lock must not leave a transaction open behind it."""
    first, second = SqlStore(path), SqlStore(path)
    assert works(first, "1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for store in (first, second):
        store.get("a", original("1").key)
        refuses(store, "2")
    other.execute("COMMIT")
    other.close()
    for n in range(5):
        assert works(second, f"second {n}")
        assert works(first, f"first {n}")
    first.close()
    second.close()


def test_a_full_disk_loses_nothing_acknowledged(path: Path) -> None:
    def child() -> None:
        store = SqlStore(path)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
        kept, failed = [], 0
        for n in range(60):
            new = Original(f"{n:024x}", os.urandom(20_000))
            try:
                store.put("a", [new], {})
                kept.append(new)
            except StoreError:
                failed += 1
        assert kept
        assert failed > 10
        assert all(store.get("a", old.key) == old.data for old in kept)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert works(store, "space again")
        assert all(SqlStore(path).get("a", old.key) == old.data for old in kept)

    processes.succeed(processes.start(child))
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()


def test_a_disk_without_room_for_a_new_store_is_no_crash(path: Path) -> None:
    def child() -> None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        store = SqlStore(path)
        refuses(store, "x")
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert works(store, "x")

    processes.succeed(processes.start(child))


@pytest.mark.parametrize("is_open", [True, False])
def test_garbage_in_place_of_the_file_stays_until_it_is_moved(
    store: SqlStore, path: Path, is_open: bool
) -> None:
    store.close()
    if is_open:
        assert store.get("a", original("x").key) == b"x"
    garbage = path.with_name("garbage")
    garbage.write_bytes(b"garbage " * 10_000)
    garbage.replace(path)
    refuses(store, "y", "deleted or replaced" if is_open else "move the file away")
    refuses(store, "y", "move the file away")
    with pytest.raises(StoreError, match="move the file away"):
        store.get("a", original("x").key)
    path.rename(garbage)
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    assert works(SqlStore(path), "new object")
    assert works(store, "y")
    assert store.get("a", original("x").key) is None


@pytest.mark.parametrize("length", [0, 1000, 100_000])
def test_a_file_overwritten_in_place_is_noticed(store: SqlStore, path: Path, length: int) -> None:
    store.put("a", [Original("0" * 24, os.urandom(200_000))], {})
    store.close()
    assert store.get("a", "0" * 24) is not None
    path.write_bytes(b"?" * length)
    refuses(store, "y", "deleted or replaced")


def test_a_file_that_is_garbage_from_the_start_is_kept(path: Path) -> None:
    path.write_bytes(b"somebody's diary" * 1000)
    store = SqlStore(path)
    refuses(store, "x", "move the file away")
    assert path.read_bytes() == b"somebody's diary" * 1000


def test_a_deleted_file_is_noticed_and_made_again(store: SqlStore, path: Path) -> None:
    secret = store.secret
    for file in list(path.parent.iterdir()):
        file.unlink()
    refuses(store, "y", "deleted or replaced")
    assert works(store, "y")
    assert store.get("a", original("x").key) is None
    assert store.secret == secret
    assert path.stat().st_mode & 0o777 == 0o600
    other = SqlStore(path)
    assert other.get("a", original("y").key) == b"y"
    assert other.secret == secret
    other.close()


def test_a_file_deleted_during_a_put_is_noticed(store: SqlStore, path: Path) -> None:
    class Deleting(dict[bytes, Rendering]):
        def __getitem__(self, id_: bytes) -> Rendering:
            path.unlink()
            return super().__getitem__(id_)

    with pytest.raises(StoreError, match="deleted or replaced"):
        store.put("a", [original("y")], Deleting({b"new": Rendering("r")}))
    assert works(store, "y")


def test_a_deleted_folder_is_made_again(store: SqlStore, path: Path) -> None:
    for file in list(path.parent.iterdir()):
        file.unlink()
    path.parent.rmdir()
    refuses(store, "y", "deleted or replaced")
    assert works(store, "y")


def test_a_read_only_file_is_no_crash() -> None:
    """Not in the folder of the test: only root may enter that."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "s.db"
        store = SqlStore(path)
        store.put("a", [original("x")], {})
        store.close()

        def child() -> None:
            if os.geteuid() == 0:
                os.seteuid(65534)
            refuses(store, "y")
            os.seteuid(os.getuid())
            folder.chmod(0o700)
            path.chmod(0o600)
            assert works(store, "y")

        path.chmod(0o444)
        folder.chmod(0o555)
        processes.succeed(processes.start(child))
