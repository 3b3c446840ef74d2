"""Where originals, renderings and the ledger are kept."""

from __future__ import annotations

from headroom_core.store.base import Original, Rendering, Saving, Store
from headroom_core.store.memory import MemoryStore

__all__ = ["MemoryStore", "Original", "Rendering", "Saving", "Store", "open_store"]


def open_store(url: str, *, retention_days: int = 30) -> Store:
    """Return the store at `url`.

    A database that does not answer is no error here: its operations raise `StoreError` until it
    is back.

    Args:
        url: "" for a SQLite file in the user's data directory, "memory" for one that ends with
            the process, else a SQLAlchemy URL: ``sqlite:///path`` or ``postgresql://...``.
        retention_days: How long an original is kept after it was last put.

    Raises:
        SettingsError: If an argument cannot work.
    """
    if url == "memory":
        return MemoryStore(retention_days=retention_days)
    # Late: SQLAlchemy costs more than the rest of the package, and not every process needs it.
    from headroom_core.store.sql import SqlStore

    if url:
        return SqlStore(url, retention_days=retention_days)
    import platformdirs

    path = platformdirs.user_data_path("headroom") / "store.db"
    return SqlStore(path, retention_days=retention_days)
