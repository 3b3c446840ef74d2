"""Packages that may be missing, or differ from one process to the next."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from headroom_core import Block, Compressed, Headroom, Settings
from headroom_core.compressors import base
from headroom_core.compressors._code import grammar as code_grammar
from headroom_core.store.memory import MemoryStore
from headroom_core.versions import installed
from tests.compressors.code_sources import SOURCES

MESSAGES = [{"role": "tool", "content": SOURCES["go"] * 3}]
SETTINGS = Settings(store_url="memory", min_tokens=50, strict=True)


@contextmanager
def no_grammars():
    def absent(name):
        raise ImportError(name)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(code_grammar.importlib, "import_module", absent)
        code_grammar._grammar.cache_clear()
        yield
    code_grammar._grammar.cache_clear()


class Halver:
    """Halves every text, and counts how often it is asked to."""

    name = "halver"
    packages = ("tree-sitter",)

    def __init__(self):
        self.asked = 0

    def detect(self, block: Block):
        return 1.0

    def compress(self, block: Block, budget, query=""):
        self.asked += 1
        return Compressed(block.text[: len(block.text) // 2], "half of it")

    def expand(self, body):
        raise ValueError(body)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOURCES["go"] * 3, id="a file"),
        pytest.param(
            f"This is the file:\n\n```go\n{SOURCES['go'] * 3}```\nThat is all.", id="a fence"
        ),
        pytest.param(f"==> a.go <==\n{SOURCES['go']}\n==> b.go <==\n{SOURCES['go']}", id="files"),
    ],
)
def test_an_event_says_which_grammar_is_missing(text):
    headroom = Headroom(SETTINGS)
    messages = [{"role": "tool", "content": text}]
    with no_grammars():
        results = [headroom.compress(messages) for _ in range(2)]
    for result in results:
        assert result.messages == messages
        assert [event.outcome for event in result.events] == ["kept"]
        assert result.events[0].reason == (
            "grammar for go is not installed: pip install 'headroom-integrations[code]'"
        )


def test_that_a_grammar_was_missing_is_not_remembered_for_others():
    store = MemoryStore()
    with no_grammars():
        Headroom(SETTINGS, store=store).compress(MESSAGES)
    (event,) = Headroom(SETTINGS, store=store).compress(MESSAGES).events
    assert event.outcome == "compressed"
    assert not event.reason


def test_other_versions_of_a_package_make_renderings_of_their_own(monkeypatch):
    store, halver = MemoryStore(), Halver()

    def compress():
        Headroom(SETTINGS, store=store, compressors=[halver]).compress(MESSAGES)
        return halver.asked

    assert [compress(), compress()] == [1, 1]
    monkeypatch.setattr(base, "installed", lambda name: "99")
    assert [compress(), compress()] == [2, 2]


def test_versions_of_packages():
    assert installed("sqlalchemy")
    assert installed("no-such-package-of-ours") == ""
