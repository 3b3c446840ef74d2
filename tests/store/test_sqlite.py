"""The SQLite store: the suite, its file, and what it refuses."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

import pytest

from headroom_core.errors import CorruptOriginalError, SettingsError, StoreError
from headroom_core.store import Rendering, Saving, Store, open_store
from headroom_core.store.sql import SqlStore
from tests.store.samples import DAY, Clock, MakeStore, original
from tests.store.suite import StoreSuite


class TestSqliteStore(StoreSuite):
    @pytest.fixture
    def make(self, clock: Clock, tmp_path: Path) -> MakeStore:
        names = count()

        def make(retention_days: int = 30) -> Store:
            url = f"sqlite:///{tmp_path}/{next(names)}.db"
            return SqlStore(url, retention_days=retention_days, clock=clock)

        return make

    def rows(self, store: Store) -> int:
        assert isinstance(store, SqlStore)
        assert store._database.file is not None
        path = store._database.file.path
        tables = ("headroom_originals", "headroom_renderings")
        return sum(_one(path, f"SELECT count(*) FROM {table}") for table in tables)

    def test_another_object_finds_all_of_it(self, tmp_path: Path) -> None:
        first, second = (SqlStore(f"sqlite:///{tmp_path}/s.db") for _ in range(2))
        first.put("a", [original("x")], {b"id": Rendering("r")}, [Saving("log", 1, 2, 1)])
        assert second.secret == first.secret
        assert second.get("a", original("x").key) == b"x"
        assert second.recall("a", [b"id"]) == {b"id": Rendering("r")}
        assert second.totals() == first.totals()
        first.close()
        second.close()

    def test_reads_and_repeated_puts_write_nothing(self, store: Store, clock: Clock) -> None:
        assert isinstance(store, SqlStore)
        assert store._database.file is not None
        store.put("a", [original("x")], {b"id": Rendering("r")})
        log = Path(f"{store._database.file.path}-wal")
        before = log.read_bytes()
        clock.now += DAY / 2
        store.put("a", [original("x")], {b"id": Rendering("r")})
        store.get("a", original("x").key)
        store.missing("a", {original("x").key})
        store.recall("a", [b"id"])
        store.totals()
        assert log.read_bytes() == before


def test_the_default_is_a_private_file_in_a_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    store = open_store("")
    store.put("a", [original("x")], {})
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    store.close()
    files = {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}
    assert modes == {"headroom": 0o700, **files}


def test_what_others_could_read_is_made_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "headroom"
    folder.mkdir(0o755)
    for name in ("store.db", "store.db-wal"):
        (folder / name).touch(0o644)
    open_store("").close()
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_folder_of_a_given_path_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_store(f"sqlite:///{tmp_path}/new/s.db").close()
    open_store(f"sqlite:///{tmp_path}/s.db").close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "s.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["a b.db", "a?b#c.db", "100%.db", "é.db"])
def test_a_path_may_have_any_name(tmp_path: Path, name: str) -> None:
    store = SqlStore(tmp_path / name)
    store.put("a", [original("x")], {})
    assert store.get("a", original("x").key) == b"x"
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_relative_path_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///s.db")
    monkeypatch.chdir("/")
    store.put("a", [original("x")], {})
    store.close()
    assert _one(tmp_path / "s.db", "SELECT count(*) FROM headroom_originals") == 1


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        pytest.param("nonsense", "SQLAlchemy URL", id="no URL at all"),
        pytest.param("postgresql://u:pw@host:port/x", "SQLAlchemy URL", id="a port in letters"),
        pytest.param("host=h password=pw", "SQLAlchemy URL", id="a libpq string"),
        pytest.param("mysql://u:pw@host/x", "use sqlite:", id="another database"),
        pytest.param("sqlite+aiosqlite:///x.db", "use sqlite:", id="another driver"),
        pytest.param("postgresql+asyncpg://u:pw@h/x", "use sqlite:", id="an async driver"),
        pytest.param("postgresql://h/x?nonsense=pw", "question mark", id="an option nobody knows"),
        pytest.param("sqlite://", "use memory", id="SQLite in memory"),
        pytest.param("sqlite:///:memory:", "use memory", id="SQLite in memory, spelled out"),
        pytest.param("sqlite:///file:x?uri=true", "nothing behind", id="a SQLite URI"),
        pytest.param("sqlite:////dev/null/x.db", "another place", id="a folder that cannot be"),
        pytest.param("sqlite:////dev", "another place", id="a folder instead of a file"),
        pytest.param("sqlite:////tmp/\0", "another place", id="NUL in the path"),
    ],
)
def test_a_url_that_cannot_work_is_refused_at_once(url: str, remedy: str) -> None:
    with pytest.raises(SettingsError, match="store_url") as caught:
        open_store(url)
    assert remedy in caught.value.remedy
    assert "pw" not in str(caught.value).replace("nonsense=pw", "")
    assert caught.value.__cause__ is None or "pw" not in str(caught.value.__cause__)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    assert SqlStore(path).secret
    for version in ("'2'", "'next'"):
        _change(
            path, f"UPDATE headroom_meta SET value = CAST({version} AS BLOB) WHERE name = 'schema'"
        )
        with pytest.raises(StoreError, match="upgrade headroom-integrations"):
            SqlStore(path).put("a", [original("x")], {})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("data = zeroblob(0)", id="emptied"),
        pytest.param("data = CAST('?' || substr(data, 2) AS BLOB)", id="unknown codec"),
        pytest.param("data = substr(data, 1, length(data) - 1)", id="cut"),
        pytest.param("digest = zeroblob(32)", id="other digest"),
        pytest.param("data = (SELECT data FROM headroom_originals LIMIT 1)", id="swapped"),
    ],
)
@pytest.mark.parametrize("text", ["short", "long " * 200])
def test_a_damaged_original_is_never_returned(tmp_path: Path, change: str, text: str) -> None:
    store = SqlStore(tmp_path / "s.db")
    store.put("a", [original("other")], {})
    store.put("a", [original(text)], {})
    _change(tmp_path / "s.db", f"UPDATE headroom_originals SET {change} WHERE rowid = 2")
    with pytest.raises(CorruptOriginalError, match=original(text).key):
        store.get("a", original(text).key)
    assert store.get("a", original("other").key) == b"other"
    store.close()


@pytest.mark.parametrize("text", ["short", "long " * 20])
def test_every_flipped_bit_is_noticed(tmp_path: Path, text: str) -> None:
    store = SqlStore(tmp_path / "s.db")
    store.put("a", [original(text)], {b"id": Rendering(text)})
    with sqlite3.connect(tmp_path / "s.db", isolation_level=None) as raw:
        for table in ("originals", "renderings"):
            (data,) = raw.execute(f"SELECT data FROM headroom_{table}").fetchone()
            for bit in range(0, 8 * len(data), 7):
                flipped = bytearray(data)
                flipped[bit // 8] ^= 1 << bit % 8
                raw.execute(f"UPDATE headroom_{table} SET data = ?", (bytes(flipped),))
                if table == "originals":
                    with pytest.raises(CorruptOriginalError):
                        store.get("a", original(text).key)
                else:
                    # A bit of the stream may mean nothing; a wrong text never comes back.
                    assert store.recall("a", [b"id"]) in ({}, {b"id": Rendering(text)})
    raw.close()
    store.close()


def test_the_name_of_a_scope_is_not_in_the_file(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "s.db")
    store.put("tenant-of-note", [original("x")], {b"id": Rendering("r")})
    store.close()
    assert b"tenant-of-note" not in (tmp_path / "s.db").read_bytes()


def _one(path: Path, question: str) -> int:
    connection = sqlite3.connect(path)
    try:
        (number,) = connection.execute(question).fetchone()
        return int(number)
    finally:
        connection.close()


def _change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()
