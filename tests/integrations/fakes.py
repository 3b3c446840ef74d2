"""Stand-ins with the real interfaces, for the tests of the plug-ins."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from headroom_core import Settings, StoreError
from headroom_core.store.base import Store
from headroom_integrations import _shared


class BrokenStore:
    """A store whose database is gone."""

    @property
    def secret(self) -> bytes:
        return self._refuse()

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise StoreError("the database is gone")

    put = get = missing = recall = totals = _refuse

    def close(self) -> None:
        pass


def use_store(monkeypatch: pytest.MonkeyPatch, url: str, store: Store) -> None:
    """Make `url` the default database of the plug-ins, and `store` what is behind it."""
    monkeypatch.setenv("HEADROOM_STORE_URL", url)
    days = Settings.from_env().retention_days
    monkeypatch.setitem(_shared._stores, (url, days), store)
