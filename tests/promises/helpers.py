"""What the tests of the promises share: a strict `Headroom`, its modes and a full disk."""

from __future__ import annotations

from hypothesis import HealthCheck, settings as hypothesis_settings, strategies as st

from headroom_core import Headroom, Settings, StoreError
from headroom_core.store.memory import MemoryStore

properties = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
modes = st.sampled_from(["lossless", "balanced", "aggressive"])


def headroom(mode="balanced", **options):
    settings = Settings(mode=mode, store_url="memory", min_tokens=50, strict=True)
    return Headroom(settings, **options)


class Failing(MemoryStore):
    """A store whose disk is full from the n-th write on."""

    def __init__(self, writes):
        super().__init__()
        self.writes = writes

    def put(self, scope, originals, renderings, savings=()):
        self.writes -= 1
        if self.writes < 0:
            raise StoreError("disk full")
        super().put(scope, originals, renderings, savings)
