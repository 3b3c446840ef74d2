"""Counting with gigatoken: the numbers of tiktoken, or none."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.tokenizers.bpe import BpeTokenizer, encoding_of
from headroom_core.tokenizers.fast import fast_counter
from headroom_core.tokenizers.vocabulary import O200K, VOCABULARIES, Vocabulary
from tests.test_tokenizers import TEXTS, snippets

BOTH = pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
PROBE = 35
"""What `fast_counter` must count first."""


def slow_count(vocabulary: Vocabulary, text: str) -> int:
    """Count with tiktoken, which takes no half of a surrogate pair."""
    text = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return len(encoding_of(vocabulary).encode_ordinary(text))


@BOTH
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_as_many_tokens(vocabulary: Vocabulary, text: str) -> None:
    pytest.importorskip("gigatoken")
    tokenizer = BpeTokenizer(vocabulary)
    assert tokenizer._fast is not None
    assert tokenizer.count(text) == slow_count(vocabulary, text)


@BOTH
@settings(max_examples=500, deadline=None)
@given(text=st.one_of(snippets, st.text(max_size=60)))
def test_any_text_has_as_many_tokens(vocabulary: Vocabulary, text: str) -> None:
    pytest.importorskip("gigatoken")
    assert BpeTokenizer(vocabulary).count(text) == slow_count(vocabulary, text)


@BOTH
def test_every_character_there_is_counts_the_same(vocabulary: Vocabulary) -> None:
    """Fails when one of the two learns of a newer Unicode than the other."""
    pytest.importorskip("gigatoken")
    tokenizer = BpeTokenizer(vocabulary)
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    for start in range(0, len(signs), 512):
        text = "".join(
            f"a{sign}b {sign}A{sign}'s 1{sign}_{sign}\n" for sign in signs[start : start + 512]
        )
        assert tokenizer.count(text) == slow_count(vocabulary, text), f"from U+{start:04X}"


def test_threads_that_count_at_once_count_the_same() -> None:
    pytest.importorskip("gigatoken")
    tokenizer = BpeTokenizer(O200K)
    text = "The user's 1234567 files.\n" * 400
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.extend(tokenizer.count(text) for _ in range(50)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(counts) == {slow_count(O200K, text)}
    assert len(counts) == 200


def use(monkeypatch: pytest.MonkeyPatch, encode: Callable[[str], object]) -> None:
    """Put something else in the place of gigatoken."""
    fake = ModuleType("gigatoken")
    fake.Tokenizer = SimpleNamespace(  # type: ignore[attr-defined]
        from_tiktoken=lambda *_, **__: SimpleNamespace(encode=encode)
    )
    fake.__spec__ = SimpleNamespace()  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, "gigatoken", fake)


def raises(error: BaseException) -> Callable[[str], object]:
    """Return an `encode` that works once, for the probe."""
    answers = iter([[0] * PROBE])

    def encode(_: str) -> object:
        for answer in answers:
            return answer
        raise error

    return encode


def test_without_it_tiktoken_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gigatoken", None)
    monkeypatch.setattr("headroom_core.tokenizers.fast.find_spec", lambda _: None)
    assert fast_counter(O200K) is None


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda _: [0] * (PROBE - 1), id="one that counts otherwise"),
        pytest.param(lambda _: None, id="one that returns something else"),
        pytest.param(None, id="one whose interface is another"),
    ],
)
def test_another_version_is_not_used(
    encode: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, encode)
    assert fast_counter(O200K) is None


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(RuntimeError("Already borrowed"), id="while another thread counts"),
        pytest.param(ValueError("a text it does not take"), id="when it refuses a text"),
    ],
)
def test_what_it_does_not_count_tiktoken_counts(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, raises(error))
    tokenizer = BpeTokenizer(O200K)
    tokenizer._fast = fast_counter(O200K)
    assert tokenizer._fast is not None
    assert tokenizer.count("hello world") == 2


def test_an_interrupt_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, raises(KeyboardInterrupt()))
    count = fast_counter(O200K)
    assert count is not None
    with pytest.raises(KeyboardInterrupt):
        count("hello world")
