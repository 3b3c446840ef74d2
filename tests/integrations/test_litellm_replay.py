"""Recorded traffic replays: another engine, with another and empty store, sends the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import litellm
import pytest
import vcr

from headroom_core import Headroom, Settings
from headroom_core.store import MemoryStore
from headroom_integrations.fake_provider import FakeProvider, retrieve_once
from headroom_integrations.litellm import HeadroomCallback
from tests.integrations import litellm_talk as talk
from tests.integrations.conftest import Run

pytestmark = [pytest.mark.filterwarnings(warning) for warning in talk.THEIR_WARNINGS]


def engine(secret: bytes, **options: Any) -> Headroom:
    store = MemoryStore()
    store._secret = secret
    return Headroom(Settings(**options), store=store)


@pytest.fixture
def converse(clean_litellm: None, run: Run, tmp_path: Path) -> Any:
    """Hold one conversation, with a retrieval in it, against the cassette; return the answer."""

    def hold(headroom: Headroom, url: str, mode: str) -> str:
        litellm.logging_callback_manager._reset_all_callbacks()
        litellm.callbacks = [HeadroomCallback(headroom=headroom)]
        recorder = vcr.VCR(record_mode=mode, match_on=["method", "path", "body"])
        with recorder.use_cassette(str(tmp_path / "talk.yaml")):
            answer = run(
                litellm.acompletion(
                    model="openai/gpt-4o",
                    api_base=url,
                    api_key="-",
                    messages=talk.history("chat"),
                    num_retries=0,
                )
            )
        return str(answer.choices[0].message.content)

    return hold


def test_another_engine_sends_the_recorded_bytes(converse: Any) -> None:
    with FakeProvider(retrieve_once) as provider:
        first = converse(engine(b"s" * 32), provider.openai_url, "once")
        assert len(provider.requests) == 2
        url = provider.openai_url
    assert talk.sha(talk.PAYLOAD) in first
    assert converse(engine(b"s" * 32), url, "none") == first


def test_other_settings_do_not(converse: Any) -> None:
    with FakeProvider(retrieve_once) as provider:
        converse(engine(b"s" * 32), provider.openai_url, "once")
        url = provider.openai_url
    with pytest.raises(litellm.exceptions.InternalServerError):
        converse(engine(b"s" * 32, mode="aggressive"), url, "none")
