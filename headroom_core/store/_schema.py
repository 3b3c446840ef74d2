"""The tables of a store, and how they come to be."""

from __future__ import annotations

import secrets
from importlib import import_module
from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from headroom_core.errors import StoreError

VERSION: Final = 1

metadata = sa.MetaData()

originals = sa.Table(
    "headroom_originals",
    metadata,
    sa.Column("scope", sa.LargeBinary, primary_key=True),
    sa.Column("key", sa.LargeBinary, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("created", sa.Double, nullable=False),
    sa.Column("expires", sa.Double, nullable=False, index=True),
)

renderings = sa.Table(
    "headroom_renderings",
    metadata,
    sa.Column("scope", sa.LargeBinary, primary_key=True),
    sa.Column("id", sa.LargeBinary, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("expires", sa.Double, nullable=False, index=True),
)

# One line of the ledger is the sum of several rows: puts that run at the same time would queue up
# for a single one.
savings = sa.Table(
    "headroom_savings",
    metadata,
    sa.Column("compressor", sa.String, primary_key=True),
    sa.Column("shard", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("blocks", sa.BigInteger, nullable=False),
    sa.Column("tokens_before", sa.BigInteger, nullable=False),
    sa.Column("tokens_after", sa.BigInteger, nullable=False),
)

meta = sa.Table(
    "headroom_meta",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)


def insert(dialect: str, table: sa.Table) -> sqlite.Insert:
    """Return the insert with `on_conflict_do_...` of a database, which all spell alike."""
    # Imported by name: that of PostgreSQL costs 20 ms, and few need it.
    return cast("sqlite.Insert", import_module(f"sqlalchemy.dialects.{dialect}").insert(table))


def read_secret(connection: sa.Connection) -> bytes | None:
    """Return the secret of the store, None if not all of its tables exist.

    Raises:
        StoreError: If another version of this package made them.
    """
    names = set(sa.inspect(connection).get_table_names())
    if meta.name not in names:
        return None
    rows = {row.name: row.value for row in connection.execute(sa.select(meta))}
    version = rows.get("schema", b"0")
    if not version.isdigit() or int(version) > VERSION:
        raise StoreError(
            f"the store has format {version!r}, this version reads {VERSION}: "
            "upgrade headroom-integrations, or point store_url elsewhere"
        )
    return rows.get("secret") if names.issuperset(metadata.tables) else None


def create(connection: sa.Connection, secret: bytes = b"") -> None:
    """Create what is missing, inside a transaction that keeps other processes from doing so.

    Args:
        connection: With the transaction.
        secret: What the store gets if it has none; b"" for a new one.
    """
    metadata.create_all(connection)
    add = insert(connection.dialect.name, meta).on_conflict_do_nothing()
    rows = {"schema": str(VERSION).encode(), "secret": secret or secrets.token_bytes(32)}
    connection.execute(add, [{"name": name, "value": value} for name, value in rows.items()])
