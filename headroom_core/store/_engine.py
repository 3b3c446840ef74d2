"""Turns the location of a store into an engine; how databases differ is known here alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from headroom_core.errors import SettingsError
from headroom_core.store._file import StoreFile

LOCK_SECONDS: Final = 0.25
"""How long a put waits for another process that writes."""

_CONNECT_SECONDS: Final = 2
_STATEMENT_SECONDS: Final = 2
_SCHEMA_LOCK: Final = 0x4865_6164
_HIDDEN: Final = "***"

_SETTINGS: Final = (
    f"SET lock_timeout = {int(1000 * LOCK_SECONDS)}; "
    f"SET statement_timeout = {1000 * _STATEMENT_SECONDS}; "
    "SET synchronous_commit = on"
)
_PRAGMAS: Final = (
    "PRAGMA synchronous=NORMAL",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=FAST",
)


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, and what SQLAlchemy does not hide about its database.

    Attributes:
        engine: In autocommit mode: a read needs no transaction.
        label: The URL without password.
        begin: Opens a transaction that writes; waits some seconds for another process.
        create: Opens the transaction in which the tables are created.
        prepare: Is executed before it; "" for nothing.
        file: Where it is, None for a server.
    """

    engine: sa.Engine
    label: str
    begin: Callable[[sa.Connection, float], None]
    create: str
    prepare: str = ""
    file: StoreFile | None = None


def open_database(location: str | Path) -> Database:
    """Return the database at `location`: a URL, or the path of a SQLite file in a folder of ours.

    Raises:
        SettingsError: If it cannot work. That a server does not answer now is no such reason.
    """
    if isinstance(location, Path):
        return _sqlite(StoreFile(location, owns_folder=True))
    try:
        url = sa.make_url(re.sub(r"^postgres(?=:)", "postgresql", location))
    except (sa.exc.ArgumentError, ValueError):
        # Not chained: the text of the cause holds the password.
        raise SettingsError("store_url", _mask(location), "give a SQLAlchemy URL") from None
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(StoreFile(_sqlite_path(url), owns_folder=False))
    if url.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql(url.set(drivername="postgresql+psycopg"))
    raise SettingsError(
        "store_url", _label(url), "use sqlite:///path, postgresql://user@host/name or memory"
    )


def _sqlite_path(url: sa.URL) -> Path:
    path = url.database or ""
    if not path or path == ":memory:":
        raise SettingsError("store_url", _label(url), "use memory for a store without a file")
    if path.startswith("file:") or url.query or url.host:
        raise SettingsError("store_url", _label(url), "use sqlite:///path and nothing behind it")
    return Path(path)


def _sqlite(file: StoreFile) -> Database:
    label = f"sqlite:///{file.path}"
    try:
        file.create()
    except (OSError, ValueError) as error:
        remedy = f"the file cannot be created there ({error}); choose another place"
        raise SettingsError("store_url", label, remedy) from error
    # mode=rw: only `StoreFile.create` makes the file, because it makes it private.
    url = sa.URL.create("sqlite", database=file.path.as_uri(), query={"mode": "rw", "uri": "true"})
    engine = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        max_overflow=-1,
        connect_args={"timeout": LOCK_SECONDS},
    )

    def prepare(connection: Any, record: Any) -> None:
        file.was_swapped(record.info)
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    sa.event.listen(engine, "connect", prepare)
    return Database(
        engine, label, _begin_sqlite, "BEGIN IMMEDIATE", "PRAGMA journal_mode=WAL", file
    )


def _begin_sqlite(connection: sa.Connection, seconds: float) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={max(50, int(1000 * seconds))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: sa.URL) -> Database:
    try:
        from psycopg import ProgrammingError, conninfo
    except ImportError as error:
        remedy = "psycopg is missing: pip install 'headroom-integrations[postgres]'"
        raise SettingsError("store_url", _label(url), remedy) from error
    try:
        conninfo.make_conninfo(**dict.fromkeys(url.query, ""))
    except ProgrammingError as error:
        remedy = f"correct what stands behind the question mark ({str(error).strip()})"
        raise SettingsError("store_url", _label(url), remedy) from None
    defaults = {
        # A database without encoding would answer in bytes.
        "client_encoding": "utf8",
        "connect_timeout": _CONNECT_SECONDS,
        "tcp_user_timeout": 1000 * _STATEMENT_SECONDS,
    }
    engine = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=LOCK_SECONDS,
        connect_args={name: n for name, n in defaults.items() if name not in url.query},
    )
    sa.event.listen(engine, "connect", _apply_settings)
    return Database(
        engine,
        _label(url),
        _begin_postgresql,
        f"BEGIN; SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})",
    )


def _apply_settings(connection: Any, _: object) -> None:
    connection.autocommit = True
    connection.execute(_SETTINGS)


def _begin_postgresql(connection: sa.Connection, _: float) -> None:
    connection.exec_driver_sql("BEGIN")


def _label(url: sa.URL) -> str:
    """Return `url` without any password."""
    secret = {name: _HIDDEN for name in url.query if "pass" in name.lower()}
    return url.update_query_dict(secret).render_as_string(hide_password=True)


def _mask(text: str) -> str:
    """Return what is no URL, or nothing of it if a password may be in it."""
    return _HIDDEN if re.search("@|pass", text, re.IGNORECASE) else text
