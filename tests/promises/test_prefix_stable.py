"""Promise 3 of docs/design.md: a rendering depends only on what stands before it."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from headroom_core.store.memory import MemoryStore
from tests.promises.helpers import headroom, modes, properties
from tests.strategies import WORDS, conversations, openai_turn, payloads

# 3. A rendering depends only on what stands before it.
# Seen to fail with the number of blocks mixed into the budget, and with the query left out of what
# the memo knows a rendering by.


@properties
@given(conversations(), modes)
def test_a_growing_conversation_never_changes_its_past(messages, mode):
    hr = headroom(mode)
    sent = [hr.compress(messages[:n]).messages for n in range(len(messages) + 1)]
    for shorter, longer in pairwise(sent):
        assert longer[: len(shorter)] == shorter


@properties
@given(conversations())
def test_losing_the_memo_changes_nothing(messages):
    store = MemoryStore()
    first = headroom(store=store).compress(messages).messages
    again = headroom(store=store)
    assert again.compress(messages).messages == first
    empty = MemoryStore()
    empty._secret = store.secret
    assert headroom(store=empty).compress(messages).messages == first


@properties
@given(payloads, st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_what_was_asked_elsewhere_changes_nothing(payload, first, second):
    def asking(word):
        question = {"role": "user", "content": f"What about {word}?"}
        return [question, *openai_turn("c", "log", {}, payload)]

    store = MemoryStore()
    shared = headroom("aggressive", store=store)
    shared.compress(asking(first))
    alone = MemoryStore()
    alone._secret = store.secret
    expected = headroom("aggressive", store=alone).compress(asking(second)).messages
    assert shared.compress(asking(second)).messages == expected


PROCESS = """
import json, sys
from headroom_core import Headroom, Settings
from headroom_core.store.memory import MemoryStore
store = MemoryStore(); store._secret = b"s" * 32
messages = json.load(sys.stdin)
sys.stdout.write(json.dumps(Headroom(Settings(), store=store).compress(messages).messages))
"""


@hypothesis_settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(conversations())
def test_another_process_writes_the_same_bytes(messages):
    def run(seed):
        return subprocess.run(
            [sys.executable, "-c", PROCESS],
            input=json.dumps(messages),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout

    assert run("1") == run("2")
