"""A PostgreSQL server of our own, started once for all tests that need one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import psycopg
import pytest

from tests.store.server import Server

_names = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgres_url(server: Server) -> str:
    """The URL of an empty schema, which goes away with the server."""
    name = f"test{next(_names)}"
    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return server.url(name)
