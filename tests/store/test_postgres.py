"""The PostgreSQL store: the suite on a real server, and the server going away."""

from __future__ import annotations

import logging
import socket
import sys
import time
from collections.abc import Callable
from itertools import count

import psycopg
import pytest

from headroom_core.errors import SettingsError, StoreError
from headroom_core.store import Rendering, Saving, Store, open_store
from headroom_core.store.sql import SqlStore
from tests.store.samples import Clock, MakeStore, original
from tests.store.server import Server
from tests.store.suite import StoreSuite

NOWHERE = "postgresql://me:hidden-password@127.0.0.1:1/db?sslpassword=hidden-password"


class TestPostgresStore(StoreSuite):
    @pytest.fixture
    def make(self, clock: Clock, postgres_url: str, server: Server) -> MakeStore:
        schemas = count()
        schema = postgres_url.rpartition("%3D")[2]

        def make(retention_days: int = 30) -> Store:
            url = postgres_url
            if number := next(schemas):
                with psycopg.connect(server.conninfo, autocommit=True) as connection:
                    connection.execute(f"CREATE SCHEMA {schema}_{number}")
                url = server.url(f"{schema}_{number}")
            return SqlStore(url, retention_days=retention_days, clock=clock)

        return make

    def rows(self, store: Store) -> int:
        assert isinstance(store, SqlStore)
        with store._engine.connect() as connection:
            tables = ("headroom_originals", "headroom_renderings")
            counts = [
                connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
                for table in tables
            ]
        return sum(counts)


OPERATIONS: list[Callable[[Store], object]] = [
    lambda store: store.put("a", [original("y")], {}),
    lambda store: store.get("a", original("x").key),
    lambda store: store.missing("a", {original("x").key}),
    lambda store: store.recall("a", [b"id"]),
    lambda store: store.totals(),
]


def _secret(store: Store) -> bytes:
    return store.secret


def test_a_server_that_is_down_is_no_error_until_it_is_needed() -> None:
    store = open_store(NOWHERE)
    for operation in [*OPERATIONS, _secret]:
        started = time.monotonic()
        with pytest.raises(StoreError, match="refused"):
            operation(store)
        assert time.monotonic() - started < 2
    store.close()


def test_a_server_that_keeps_silent_is_not_asked_by_every_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = open_store(f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/db")
        for seconds in (6, 1):
            started = time.monotonic()
            with pytest.raises(StoreError):
                store.get("a", original("x").key)
            assert time.monotonic() - started < seconds
        store.close()


def test_the_password_is_never_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = open_store(NOWHERE)
    with pytest.raises(StoreError) as caught:
        _secret(store)
    with pytest.raises(SettingsError) as refused:
        open_store("postgresql://me:hidden-password@h/db?no=1&password=hidden-password")
    seen = [repr(store), caplog.text]
    for error in (caught.value, caught.value.__cause__, refused.value, refused.value.__cause__):
        seen += [str(error), repr(error)]
    assert "me:***@127.0.0.1" in repr(store)
    assert "hidden-password" not in "".join(seen)


def test_a_server_that_comes_back_is_used_at_once(server: Server, postgres_url: str) -> None:
    store = open_store(postgres_url)
    store.put("a", [original("x")], {b"id": Rendering("r")}, [Saving("log", 1, 2, 1)])
    server.crash()
    for operation in OPERATIONS:
        started = time.monotonic()
        with pytest.raises(StoreError):
            operation(store)
        assert time.monotonic() - started < 2
    server.start()
    for operation in OPERATIONS:
        operation(store)
    assert store.get("a", original("x").key) == b"x"
    assert store.get("a", original("y").key) == b"y"
    store.close()


def test_a_restart_between_two_calls_is_not_noticed(server: Server, postgres_url: str) -> None:
    store = open_store(postgres_url)
    store.put("a", [original("x")], {})
    server.crash()
    server.start()
    assert store.get("a", original("x").key) == b"x"
    store.close()


@pytest.mark.parametrize(
    ("mode", "operations"),
    [
        pytest.param("SHARE", OPERATIONS[:1], id="a lock on writing stops a put"),
        pytest.param("ACCESS EXCLUSIVE", OPERATIONS[:3], id="a lock on all stops the reads too"),
    ],
)
def test_a_locked_table_is_not_waited_for(
    server: Server, postgres_url: str, mode: str, operations: list[Callable[[Store], object]]
) -> None:
    store = SqlStore(postgres_url)
    store.put("a", [original("x")], {})
    schema = postgres_url.rpartition("%3D")[2]
    with psycopg.connect(server.conninfo) as other:
        other.execute(f"LOCK TABLE {schema}.headroom_originals IN {mode} MODE".encode())
        for operation in operations:
            started = time.monotonic()
            with pytest.raises(StoreError, match="lock timeout"):
                operation(store)
            assert time.monotonic() - started < 3
    for operation in OPERATIONS:
        operation(store)
    assert store.get("a", original("y").key) == b"y"
    store.close()


def test_an_acknowledged_put_is_on_disk(postgres_url: str) -> None:
    """Also where the server was told not to wait for it."""
    store = SqlStore(f"{postgres_url}%20-csynchronous_commit%3Doff")
    with store._connection() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    store.close()


def test_a_dropped_table_is_made_again(postgres_url: str) -> None:
    store, other = SqlStore(postgres_url), SqlStore(postgres_url)
    secret = store.secret
    with store._engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE headroom_originals")
    with pytest.raises(StoreError):
        store.put("a", [original("x")], {})
    store.put("a", [original("x")], {})
    assert other.get("a", original("x").key) == b"x"
    assert other.secret == secret
    store.close()
    other.close()


def test_a_missing_psycopg_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingsError, match=r"headroom-integrations\[postgres\]"):
        open_store("postgresql://me@h/db")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_means_psycopg_3(scheme: str) -> None:
    store = open_store(f"{scheme}://h/db")
    assert repr(store) == "SqlStore('postgresql+psycopg://h/db')"


def test_a_database_without_encoding_will_do(server: Server) -> None:
    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE plain ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"
        )
    store = open_store(server.url("public").replace("/postgres?", "/plain?"))
    store.put("a", [original("x")], {b"id": Rendering("r")}, [Saving("log", 1, 2, 1)])
    assert store.get("a", original("x").key) == b"x"
    assert store.totals() == [Saving("log", 1, 2, 1)]
    store.close()
