"""The store that lives and dies with the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from headroom_core.store import MemoryStore, Store, open_store
from tests.store.samples import Clock, MakeStore
from tests.store.suite import StoreSuite


class TestMemoryStore(StoreSuite):
    @pytest.fixture
    def make(self, clock: Clock) -> MakeStore:
        def make(retention_days: int = 30) -> Store:
            return MemoryStore(retention_days=retention_days, clock=clock)

        return make

    def rows(self, store: Store) -> int:
        assert isinstance(store, MemoryStore)
        return len(store._originals._values) + len(store._renderings._values)


def test_memory_is_what_the_url_says() -> None:
    assert isinstance(open_store("memory"), MemoryStore)


def test_the_memory_store_needs_no_sqlalchemy() -> None:
    code = (
        "import sys; from headroom_core.store import open_store; open_store('memory').secret; "
        "sys.exit('sqlalchemy' in sys.modules or 'platformdirs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
