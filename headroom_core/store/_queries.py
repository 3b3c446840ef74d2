"""The questions a store asks its database, and the rows it writes."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from headroom_core.store._rows import (
    GRACE,
    PURGE_LIMIT,
    Lease,
    clash,
    pack,
    pack_rendering,
)
from headroom_core.store._schema import insert, originals, renderings, savings
from headroom_core.store.base import Original, Rendering, Saving

Row: TypeAlias = dict[str, Any]

_ALWAYS: Final = float("-inf")
_CHUNK: Final = 500
"""The most keys in one question: databases limit the parameters of a statement."""

_SHARDS: Final = 16
_PURGE_SECONDS: Final = 60.0

_FIND: Final = sa.select(originals.c.digest, originals.c.data).where(
    originals.c.scope == sa.bindparam("scope"),
    originals.c.key == sa.bindparam("key"),
    originals.c.expires > sa.bindparam("after"),
)
_DIGESTS: Final = sa.select(originals.c.key, originals.c.digest).where(
    originals.c.scope == sa.bindparam("scope"),
    originals.c.key.in_(sa.bindparam("among", expanding=True)),
    originals.c.expires > sa.bindparam("after"),
)
_RECALL: Final = sa.select(renderings.c.id, renderings.c.data).where(
    renderings.c.scope == sa.bindparam("scope"),
    renderings.c.id.in_(sa.bindparam("among", expanding=True)),
    renderings.c.expires > sa.bindparam("after"),
)
_TOTALS: Final = sa.select(
    savings.c.compressor,
    sa.func.sum(savings.c.blocks),
    sa.func.sum(savings.c.tokens_before),
    sa.func.sum(savings.c.tokens_after),
).group_by(savings.c.compressor)


def _deletes_old(table: sa.Table) -> sa.Delete:
    """Return what deletes a few rows that expired before a moment, past rows others delete."""
    old = (
        sa.select(*table.primary_key.columns)
        .where(table.c.expires < sa.bindparam("before"))
        .limit(PURGE_LIMIT)
        .with_for_update(skip_locked=True)
    )
    return sa.delete(table).where(sa.tuple_(*table.primary_key.columns).in_(old))


_PURGES: Final = (_deletes_old(originals), _deletes_old(renderings))


def find(
    connection: sa.Connection, owner: bytes, key: bytes, after: float
) -> tuple[bytes, bytes] | None:
    """Return digest and packed bytes of the original if it expires after `after`."""
    row = connection.execute(_FIND, {"scope": owner, "key": key, "after": after}).first()
    return None if row is None else (row.digest, row.data)


def digests(
    connection: sa.Connection, owner: bytes, keys: Collection[bytes], after: float = _ALWAYS
) -> dict[bytes, bytes]:
    """Return the digests, by key, of the originals that expire after `after`."""
    return dict(_among(connection, _DIGESTS, owner, list(keys), after))


def recall(
    connection: sa.Connection, owner: bytes, ids: Sequence[bytes], after: float
) -> dict[bytes, bytes]:
    """Return the packed renderings, by id, that expire after `after`."""
    return dict(_among(connection, _RECALL, owner, ids, after))


def totals(connection: sa.Connection) -> list[Saving]:
    """Return the ledger, ordered by name the same way in all databases."""
    rows = connection.execute(_TOTALS).all()
    return [Saving(name, *map(int, sums)) for name, *sums in sorted(map(tuple, rows))]


class RowWriter:
    """Makes rows, and writes them inside a transaction of the caller.

    The first row wins; one that is there only gets a new lease.

    Args:
        dialect: "sqlite" or "postgresql".
        lease: Of new rows.
    """

    def __init__(self, dialect: str, lease: Lease) -> None:
        self._lease = lease
        self._purge_at = _ALWAYS
        row = insert(dialect, originals)
        self._keep = row.on_conflict_do_update(
            index_elements=originals.primary_key.columns,
            set_={"expires": row.excluded.expires},
            where=originals.c.digest == row.excluded.digest,
        ).execution_options(preserve_rowcount=True)
        row = insert(dialect, renderings)
        self._remember = row.on_conflict_do_update(
            index_elements=renderings.primary_key.columns,
            set_={"expires": row.excluded.expires},
            where=renderings.c.expires < row.excluded.expires - lease.slack,
        )
        row = insert(dialect, savings)
        self._add = row.on_conflict_do_update(
            index_elements=savings.primary_key.columns,
            set_={
                name: savings.c[name] + row.excluded[name]
                for name in ("blocks", "tokens_before", "tokens_after")
            },
        )

    def original_rows(
        self, owner: bytes, due: Mapping[bytes, tuple[Original, bytes]], now: float
    ) -> list[Row]:
        """Return the rows of originals, given with their digests by key."""
        # Always in the same order: PostgreSQL transactions would wait for each other in a ring.
        return [
            {
                "scope": owner,
                "key": key,
                "digest": digest,
                "data": pack(original.data),
                "created": now,
                "expires": now + self._lease.retention,
            }
            for key, (original, digest) in sorted(due.items(), key=itemgetter(0))
        ]

    def rendering_rows(
        self, owner: bytes, by_id: Mapping[bytes, Rendering], now: float
    ) -> list[Row]:
        """Return the rows of renderings."""
        return [
            {
                "scope": owner,
                "id": id_,
                "data": pack_rendering(by_id[id_]),
                "expires": now + self._lease.retention,
            }
            for id_ in sorted(by_id)
        ]

    def write(
        self,
        connection: sa.Connection,
        original_rows: Sequence[Row],
        rendering_rows: Sequence[Row],
        ledger: Sequence[Saving],
        now: float,
    ) -> None:
        """Write all rows, add to the ledger, and delete a few rows that expired.

        Raises:
            StoreError: If the key of an original already leads to other bytes.
        """
        if original_rows:
            kept = connection.execute(self._keep, original_rows).rowcount
            if kept != len(original_rows):
                raise clash()
        if rendering_rows:
            connection.execute(self._remember, rendering_rows)
        if ledger:
            shard = {"shard": secrets.randbelow(_SHARDS)}
            rows = [asdict(saving) | shard for saving in ledger]
            connection.execute(self._add, sorted(rows, key=itemgetter("compressor")))
        self._purge(connection, now)

    def _purge(self, connection: sa.Connection, now: float) -> None:
        """Delete a few rows that expired; go on at the next put if there may be more."""
        if now < self._purge_at:
            return
        gone = [connection.execute(purge, {"before": now - GRACE}).rowcount for purge in _PURGES]
        self._purge_at = _ALWAYS if PURGE_LIMIT in gone else now + _PURGE_SECONDS


def _among(
    connection: sa.Connection,
    statement: sa.Executable,
    owner: bytes,
    among: Sequence[bytes],
    after: float,
) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(among), _CHUNK):
        values = {"scope": owner, "among": among[start : start + _CHUNK], "after": after}
        for row in connection.execute(statement, values):
            yield row[0], row[1]
