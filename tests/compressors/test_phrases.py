"""Phrases that are repeated are written once, and come back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._phrases import restore, shorten
from headroom_core.tokenizers.estimate import estimate

quick = hypothesis_settings(max_examples=150, deadline=None)
CALL = "(ctx context.Context, repo *restic.Repository)"
HOSTILE = {
    "one word": "word " * 40_000,
    "one letter": "a" * 200_000,
    "no words": "-=" * 100_000,
    "one line": f"{CALL} " * 5_000,
    "numbers": "\n".join(map(str, range(40_000))),
    "pairs of words": "".join(f"w{n % 97} w{n % 89}\n" for n in range(20_000)),
    "line breaks": "\n" * 100_000,
    "other signs": "«→»" * 40_000,
    "nested": "".join("a b c d e f g h "[: 2 * (n % 9)] + "\n" for n in range(20_000)),
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "\n".join(f"{n}:func f{n}{CALL} error {{" for n in range(40)),
            f"β={CALL[1:]} error {{\n0:func f0(β\n1:func f1(β\n",
            id="a phrase begins and ends with whole words",
        ),
        pytest.param(
            "\n".join(f"+  '@rollup/rollup-p{n * 7919}': 4.62.4" for n in range(60)),
            "β='@rollup/rollup-",
            id="a sign at the start of a line is no part of it",
        ),
        pytest.param(f"{CALL}\n" * 3, f"{CALL}\n", id="a short text is left alone"),
        pytest.param(
            "\n".join(f"β{n} {CALL}" for n in range(40)),
            f"δ={CALL}\nβ0 δ\n",
            id="a letter of the text is no sign",
        ),
        pytest.param(f"δ=1\n{CALL}\n" * 40, "§\nδ=1\n", id="a text that reads as a list is marked"),
        pytest.param(f"§1 of\n{CALL}\n" * 40, "§\n§1 of\n", id="one with the mark is, too"),
    ],
)
def test_what_is_written(body, expected):
    made = shorten(body)
    assert made.startswith(expected)
    assert restore(made) == body


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_come_back(body):
    made = shorten(body)
    assert restore(made) == body
    assert estimate(made) <= estimate(body)


piece = st.sampled_from(
    [
        CALL,
        "load the file ",
        "version: 4.62.4",
        "§",
        "β=",
        "β",
        "=",
        "\n",
        "\n§",
        "\nδ=",
        "x",
        " ",
        "«",
    ]
)


@quick
@given(parts=st.lists(st.tuples(piece, st.integers(1, 40)), max_size=20))
def test_any_text_comes_back(parts):
    body = "".join(part * times for part, times in parts)
    assert restore(shorten(body)) == body


@pytest.mark.parametrize("body", ["β=x", "β=x\nβ=y\nβ", "β=x\nδ=y", "§x", "β=x\n§\n"])
def test_what_was_not_written_here_is_refused(body):
    with pytest.raises(ValueError, match="stands for nothing"):
        restore(body)
