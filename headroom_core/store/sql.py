"""A store in a SQLite file or a PostgreSQL database."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

import sqlalchemy as sa

from headroom_core.errors import StoreError
from headroom_core.store import _fork, _queries, _schema
from headroom_core.store._engine import LOCK_SECONDS, open_database
from headroom_core.store._rows import (
    DAY,
    Lease,
    clash,
    key_bytes,
    owner_of,
    unpack,
    unpack_rendering,
)
from headroom_core.store.base import Original, Rendering, Saving

_RETRY_SECONDS: Final = 5.0


class SqlStore:
    """Keeps everything in tables that several processes may share.

    Nothing is asked of the database before the first use, and no failure is final: the next call
    starts with a new connection, and creates what it does not find.

    Args:
        location: A SQLAlchemy URL of SQLite or PostgreSQL, or the path of a SQLite file in a
            folder that holds nothing else.
        retention_days: How long an original is kept after it was last put.
        clock: Seconds since the epoch.

    Raises:
        SettingsError: If an argument cannot work.
    """

    def __init__(
        self,
        location: str | Path,
        *,
        retention_days: int = 30,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._lease = Lease.of_days(retention_days)
        self._clock = clock
        self._database = open_database(location)
        self._engine = self._database.engine
        self._writer = _queries.RowWriter(self._engine.dialect.name, self._lease)
        self._secret = b""
        self._is_ready = False
        self._retry_at = 0.0
        self._lock, self._turn = Lock(), Lock()
        weakref.finalize(self, self._engine.dispose)
        _fork.register(self)

    def __repr__(self) -> str:
        return f"SqlStore({self._database.label!r})"

    @property
    def secret(self) -> bytes:
        if not self._secret:
            with self._connection():
                pass
        return self._secret

    def put(
        self,
        scope: str,
        originals: Sequence[Original],
        renderings: Mapping[bytes, Rendering],
        savings: Sequence[Saving] = (),
    ) -> None:
        owner, now = owner_of(scope), self._clock()
        wanted = _unique(originals)
        with self._connection() as connection:
            # Looked up and compressed before the transaction: others can write meanwhile.
            renewed = now + self._lease.retention - self._lease.slack
            kept = _queries.digests(connection, owner, wanted, after=renewed)
            if any(wanted[key][1] != digest for key, digest in kept.items()):
                raise clash()
            due = {key: pair for key, pair in wanted.items() if key not in kept}
            rows = self._writer.original_rows(owner, due, now)
            memo = self._writer.rendering_rows(owner, renderings, now)
            if rows or memo or savings:
                with self._transaction(connection):
                    self._writer.write(connection, rows, memo, savings, now)

    def get(self, scope: str, key: str) -> bytes | None:
        with self._connection() as connection:
            row = _queries.find(connection, owner_of(scope), key_bytes(key), self._clock())
        return None if row is None else unpack(key, *row)

    def missing(self, scope: str, keys: Set[str]) -> set[str]:
        by_bytes = {key_bytes(key): key for key in keys}
        with self._connection() as connection:
            soon = self._clock() + DAY
            there = _queries.digests(connection, owner_of(scope), by_bytes, after=soon)
        return {key for encoded, key in by_bytes.items() if encoded not in there}

    def recall(self, scope: str, ids: Sequence[bytes]) -> dict[bytes, Rendering]:
        with self._connection() as connection:
            rows = _queries.recall(connection, owner_of(scope), ids, self._clock())
        found = {id_: unpack_rendering(row) for id_, row in rows.items()}
        return {id_: rendering for id_, rendering in found.items() if rendering is not None}

    def totals(self) -> list[Saving]:
        with self._connection() as connection:
            return _queries.totals(connection)

    def close(self) -> None:
        with _fork.at_work():
            self._is_ready = False
            self._engine.dispose()

    def before_fork(self) -> None:
        """Close the connections at rest: a child must not even inherit those of SQLite."""
        self._engine.dispose()

    def in_child(self) -> None:
        """Leave to the parent what it was still using."""
        self._lock, self._turn = Lock(), Lock()
        self._engine.dispose(close=False)

    @contextmanager
    def _connection(self) -> Iterator[sa.Connection]:
        """Lend a connection to a database that is ready; make a `StoreError` of any failure."""
        with _fork.at_work():
            try:
                with self._connect() as connection, _discarding(connection):
                    self._refuse_swapped(connection)
                    self._prepare(connection)
                    yield connection
            except StoreError:
                raise
            except (sa.exc.SQLAlchemyError, OSError) as error:
                self._is_ready = False
                raise StoreError(_explain(error)) from error

    def _connect(self) -> sa.Connection:
        if not self._is_ready and self._database.file is not None:
            self._database.file.create()
        started = time.monotonic()
        if started < self._retry_at:
            raise StoreError("the store did not answer a moment ago; it is asked again soon")
        try:
            return self._engine.connect()
        except sa.exc.SQLAlchemyError:
            # A server that refuses is asked by every call, one that keeps silent is not.
            if time.monotonic() - started > 2 * LOCK_SECONDS:
                self._retry_at = time.monotonic() + _RETRY_SECONDS
            raise

    def _prepare(self, connection: sa.Connection) -> None:
        """Create the tables if they do not exist, once per process."""
        if self._is_ready:
            return
        with self._lock:
            secret = _schema.read_secret(connection)
            if secret is None:
                if self._database.prepare:
                    connection.exec_driver_sql(self._database.prepare)
                connection.exec_driver_sql(self._database.create)
                # A store that was lost gets its old secret back: keys stay what they were.
                _schema.create(connection, self._secret)
                connection.exec_driver_sql("COMMIT")
                secret = _schema.read_secret(connection)
            self._secret, self._is_ready = secret or b"", True

    def _refuse_swapped(self, connection: sa.Connection) -> None:
        file = self._database.file
        if file is not None and file.was_swapped(connection.info):
            self._is_ready = False
            self._engine.dispose()
            raise StoreError("the file of the store was deleted or replaced while in use")

    @contextmanager
    def _transaction(self, connection: sa.Connection) -> Iterator[None]:
        started = time.monotonic()
        # Only one can write to SQLite, which is unfair to those who wait: threads wait here.
        takes_turns = self._database.file is not None
        if takes_turns and not self._turn.acquire(timeout=LOCK_SECONDS):
            raise StoreError("the store is busy: other threads write to it")
        try:
            self._database.begin(connection, started + LOCK_SECONDS - time.monotonic())
            yield
            connection.exec_driver_sql("COMMIT")
        finally:
            if takes_turns:
                self._turn.release()
        self._refuse_swapped(connection)


@contextmanager
def _discarding(connection: sa.Connection) -> Iterator[None]:
    """Close the connection after any error: whatever state it is in, nobody gets it again."""
    try:
        yield
    except BaseException:
        connection.invalidate()
        raise


def _unique(originals: Sequence[Original]) -> dict[bytes, tuple[Original, bytes]]:
    """Return the originals with their digests, by key."""
    unique: dict[bytes, tuple[Original, bytes]] = {}
    for original in originals:
        digest = original.digest
        if unique.setdefault(key_bytes(original.key), (original, digest))[1] != digest:
            raise clash()
    return unique


def _explain(error: Exception) -> str:
    """Return what went wrong, without statement or content, and what to do about it."""
    cause = getattr(error, "orig", None) or error
    reason = str(cause).partition("\n")[0]
    is_damaged = "not a database" in reason or "malformed" in reason
    advice = "; move the file away and a new one is made" if is_damaged else ""
    return f"the store cannot be used now ({type(cause).__name__}: {reason}){advice}"
