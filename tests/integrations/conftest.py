"""What the integration tests share: a fake provider, one event loop, a clean LiteLLM."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from headroom_core import Headroom, Settings
from headroom_integrations.fake_provider import FakeProvider

if TYPE_CHECKING:
    from headroom_integrations.litellm import HeadroomCallback

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """One event loop for all tests: LiteLLM keeps its connections, and they belong to a loop."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as provider:
        yield provider


@pytest.fixture
def callback(clean_litellm: None) -> HeadroomCallback:
    """A callback with a store of its own, in memory, registered."""
    import litellm

    from headroom_integrations.litellm import HeadroomCallback

    callback = HeadroomCallback(headroom=Headroom(Settings(store_url="memory")))
    litellm.callbacks = [callback]
    return callback


@pytest.fixture
def clean_litellm() -> Iterator[None]:
    import litellm

    litellm.suppress_debug_info = True
    yield
    litellm.logging_callback_manager._reset_all_callbacks()
