"""Guessing tokens: near enough, the same everywhere, and quick."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import headroom_core
from headroom_core.tokenizers import EstimateTokenizer, tokenizer_for
from headroom_core.tokenizers.estimate import _CLASS_OF, _END, _WEIGHTS, _WHOLE, estimate
from tests.pace import within

EXACT = tokenizer_for("gpt-4o")

CODE = '''
def join(parts: list[str], sep: str = ", ") -> str:
    """Don't lose the user's separators: it's what they'd expect."""
    return sep.join(part.strip() for part in parts if part)  # 100% of 12345 cases
'''


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("x", id="a letter"),
        pytest.param(CODE, id="code"),
        pytest.param("The user's files, HTTPServer and naïve cafés.", id="prose"),
        pytest.param("Привет мир! Как дела? " * 5, id="Cyrillic"),
        pytest.param("你好世界。今天天气很好。" * 5, id="Chinese"),
        pytest.param("파일을 열 수 없습니다. 다시 시도하십시오. " * 5, id="Korean"),
        pytest.param("नमस्ते दुनिया " * 5, id="Devanagari"),
        pytest.param("🙂🙃🚀 done ✅ failed ❌\n" * 5, id="emoji"),
        pytest.param("┌──────┬──────┐\n│ name │ size │\n" * 5, id="boxes"),
        pytest.param("f3a9c0d1e8b7a6f5" * 8, id="hexadecimal digits"),
        pytest.param("2024-11-21T01:02:31.123Z 10.0.0.1 404\n" * 5, id="a log"),
        pytest.param('{"id":12345,"ok":true,"name":"x-17"},' * 5, id="minified JSON"),
        pytest.param("a\ud800b\udfff" * 5, id="lone surrogates"),
        pytest.param("\x1b[32mPASSED\x1b[0m test_x\n" * 9, id="colours"),
        pytest.param("\x00\x01\x7f" * 5, id="control characters"),
    ],
)
def test_the_estimate_is_never_far_off(text: str) -> None:
    exact = EXACT.count(text)
    assert exact * 0.6 - 1 <= EstimateTokenizer().count(text) <= exact * 1.5 + 2


def test_the_estimate_of_our_own_files_is_near() -> None:
    root = Path(headroom_core.__file__).parent.parent
    texts = [path.read_text(encoding="utf-8") for path in root.glob("headroom_*/**/*.py")]
    errors = [abs(estimate(text) / EXACT.count(text) - 1) for text in texts if text]
    assert statistics.median(errors) < 0.05
    assert max(errors) < 0.25


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=200))
def test_the_estimate_takes_any_text(text: str) -> None:
    assert (estimate(text) == 0) == (text == "")
    assert estimate(text) <= len(text.encode("utf-8", "surrogatepass")) + 2 * text.count("\x1b")


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=100))
def test_the_estimate_agrees_with_a_slow_one(text: str) -> None:
    rows = [[int(cell, 8) for cell in row.split()] for row in _WEIGHTS.split("\n") if row.strip()]
    classes = [_CLASS_OF[byte] for byte in text.encode()]
    pairs = zip(classes, [*classes[1:], _END], strict=False)
    weights = sum(rows[first][second] for first, second in pairs) + 100 * text.count("\x1b")
    assert estimate(text) == -(-weights // 64)


def test_a_long_text_is_estimated_from_samples() -> None:
    lines = [f"line {number}: {CODE}" for number in range(3000)]
    short, long = "".join(lines[:200]), "".join(lines)
    assert len(short) < _WHOLE < len(long)
    assert estimate(long) / len(long) == pytest.approx(estimate(short) / len(short), rel=0.03)
    assert estimate(long) == pytest.approx(EXACT.count(long), rel=0.1)


def test_a_long_text_is_estimated_in_no_time() -> None:
    text = CODE * 5000
    within(0.05, lambda: estimate(text))
