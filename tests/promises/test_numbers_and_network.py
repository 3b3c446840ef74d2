"""Promises 8 and 9 of docs/design.md: honest numbers, and no network."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, strategies as st

from headroom_core.tokenizers import tokenizer_for
from tests.promises.helpers import headroom, modes, properties
from tests.strategies import conversations

# 8. Honest numbers. Seen to fail with the marker or the retrievals not counted.


@properties
@given(conversations(), modes, st.sampled_from(["gpt-4o", "gpt-4", "llama-3"]))
def test_numbers_are_the_models_own_and_net(messages, mode, model):
    hr = headroom(mode)
    result = hr.compress(messages, model=model)
    tokenizer = tokenizer_for(model)
    before, after = {}, {}
    for event in result.events:
        before[event.path], after[event.path] = event.tokens_before, event.tokens_after
        assert event.exact == (model != "llama-3")
        text, sent = messages, result.messages
        for step in event.path:
            text, sent = text[step], sent[step]
        assert event.tokens_before == tokenizer.count(text)
        assert event.tokens_after == tokenizer.count(sent)
    assert result.tokens_before == sum(before.values())
    assert result.tokens_after == sum(after.values())


@properties
@given(conversations())
def test_the_ledger_is_net_of_retrievals(messages):
    hr = headroom()
    result = hr.compress(messages)
    for marker in result.markers:
        hr.retrieve(marker.key)
    lines = {line.compressor: line for line in hr.savings()}
    fetched = lines.pop("retrieve", None)
    assert (fetched.blocks if fetched else 0) == len(result.markers)
    changed = [e for e in result.events if e.outcome in {"compressed", "lossless"}]
    assert sum(line.blocks for line in lines.values()) == len(changed)
    assert sum(ln.tokens_before for ln in lines.values()) == sum(e.tokens_before for e in changed)
    assert sum(ln.tokens_after for ln in lines.values()) == sum(e.tokens_after for e in changed)


# 9. Local. Seen to fail with a connection to a closed port added to `compress`.

OFFLINE = """
import sys
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname", "socket.__new__"):
        raise SystemExit(f"network: {event}")
sys.addaudithook(watch)
import headroom_core
import json, tempfile, os
from headroom_core import Headroom, Settings
rows = json.dumps([{"id": i, "name": f"n{i * 7919 % 1000}"} for i in range(900)])
path = os.path.join(tempfile.mkdtemp(), "store.db")
hr = Headroom(Settings(store_url=f"sqlite:///{path}", mode="aggressive"))
result = hr.compress([{"role": "tool", "content": rows}], model="gpt-4o")
assert result.markers, result
assert hr.retrieve(result.markers[0].key).text == rows
print("ok")
"""


def test_no_network_at_import_compression_or_retrieval():
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "ok", done.stderr
