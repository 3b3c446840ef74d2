"""Counting tokens: what is exact, what is guessed, and that no text is too odd."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.errors import SettingsError
from headroom_core.tokenizers import tokenizer_for
from headroom_core.tokenizers.bpe import _BOUNDARY, BpeTokenizer, encoding_of, pieces
from headroom_core.tokenizers.estimate import estimate
from headroom_core.tokenizers.hostile import is_refusal
from headroom_core.tokenizers.vocabulary import O200K, VOCABULARIES, Vocabulary
from tests.pace import within

BOTH = pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)

CODE = '''
def join(parts: list[str], sep: str = ", ") -> str:
    """Don't lose the user's separators: it's what they'd expect."""
    return sep.join(part.strip() for part in parts if part)  # 100% of 12345 cases
'''

TEXTS = [
    pytest.param("", id="nothing"),
    pytest.param("The user's 1234567 files, HTTPServer and naïve cafés.", id="prose"),
    pytest.param(CODE, id="code"),
    pytest.param("}\n/usr/bin\r\n\r\n  \t\n  x   \n", id="slashes and blanks around line ends"),
    pytest.param("你好\uff0c世界。Привет мир! שלום नमस्ते", id="many scripts"),
    pytest.param("👩‍👩‍👧 e\u0301 \u200b \ufeff \x00 \x1c \x85 \u2028", id="marks and controls"),
    pytest.param("<|endoftext|><|im_start|>system", id="special tokens as ordinary text"),
    pytest.param("a\ud800b\udfff", id="lone surrogates"),
]

# What pieces are made of: everything the patterns tell apart, and what Python sees differently.
characters = st.sampled_from(
    [*"aZ9é你Ⅷ _'\"{/.,\n\r\t\x1c\x85\u00a0\u0301\u2028😀", "'s", "don't", "I'LL", "  "]
)
snippets = st.lists(characters, max_size=30).map("".join)


def slow_count(vocabulary: Vocabulary, text: str) -> int:
    """Count with tiktoken's own pattern, without cutting the text."""
    return len(encoding_of(vocabulary).encode_ordinary(text))


@pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param("gpt-4o", "o200k_base", id="gpt-4o"),
        pytest.param("gpt-4.1-mini", "o200k_base", id="gpt-4.1"),
        pytest.param("gpt-4.5-preview", "o200k_base", id="gpt-4.5"),
        pytest.param("gpt-5.1-codex", "o200k_base", id="gpt-5"),
        pytest.param("o1-preview", "o200k_base", id="o1"),
        pytest.param("o3", "o200k_base", id="o3"),
        pytest.param("o4-mini-2025-04-16", "o200k_base", id="o4"),
        pytest.param("chatgpt-4o-latest", "o200k_base", id="chatgpt"),
        pytest.param("gpt-oss-120b", "o200k_base", id="gpt-oss"),
        pytest.param("gpt-4", "cl100k_base", id="gpt-4"),
        pytest.param("gpt-4-turbo-2024-04-09", "cl100k_base", id="gpt-4-turbo"),
        pytest.param("gpt-3.5-turbo", "cl100k_base", id="gpt-3.5"),
        pytest.param("text-embedding-3-large", "cl100k_base", id="an embedding model"),
        pytest.param("openai/gpt-4o", "o200k_base", id="a provider before a slash"),
        pytest.param("openrouter/openai/gpt-4o:free", "o200k_base", id="two providers and a tag"),
        pytest.param("azure/GPT-4o-2024-08-06", "o200k_base", id="capitals"),
        pytest.param("openai:gpt-4.1", "o200k_base", id="a provider before a colon"),
        pytest.param("bedrock/openai.gpt-oss-20b-1:0", "o200k_base", id="a provider before a dot"),
        pytest.param("ft:gpt-4.1-mini:team::id", "o200k_base", id="a fine-tuned model"),
        pytest.param("claude-sonnet-4-5", "estimate", id="Claude is estimated"),
        pytest.param("gemini/gemini-2.5-pro", "estimate", id="Gemini is estimated"),
        pytest.param("Qwen/Qwen3-8B", "estimate", id="Qwen is estimated"),
        pytest.param("gpt2", "estimate", id="a vocabulary we do not ship is estimated"),
        pytest.param("", "estimate", id="no model is estimated"),
        pytest.param(":/:", "estimate", id="a nonsense name is estimated"),
    ],
)
def test_a_model_gets_its_tokenizer(model: str, name: str) -> None:
    tokenizer = tokenizer_for(model)
    assert (tokenizer.name, tokenizer.exact) == (name, name != "estimate")
    assert tokenizer_for(model) is tokenizer


@BOTH
@pytest.mark.parametrize("text", TEXTS)
def test_a_short_text_is_counted_as_tiktoken_does(vocabulary: Vocabulary, text: str) -> None:
    assert BpeTokenizer(vocabulary).count(text) == slow_count(vocabulary, text)


def test_known_counts() -> None:
    assert tokenizer_for("gpt-4o").count("hello world") == 2
    assert tokenizer_for("gpt-4o").count("<|endoftext|>") > 1
    assert tokenizer_for("gpt-4").count("tiktoken is great!") == 6


@BOTH
@settings(max_examples=100, deadline=None)
@given(lines=st.lists(snippets, max_size=8), size=st.integers(16, 60))
def test_a_text_of_lines_has_as_many_tokens_as_its_pieces(
    vocabulary: Vocabulary, lines: list[str], size: int
) -> None:
    # "x\n" on every fifteen characters or fewer leaves no piece without a place to cut.
    short = [line[start : start + 12] for line in lines for start in range(0, len(line), 12)]
    text = "".join(f"{line}x\n" for line in short)
    tokenizer = BpeTokenizer(vocabulary, piece=size * 8)
    parts = list(pieces(text, size * 8))
    assert "".join(parts) == text
    assert all(len(part) <= size * 8 for part in parts)
    assert tokenizer.count(text) == slow_count(vocabulary, text)


@BOTH
@settings(max_examples=100, deadline=None)
@given(text=snippets)
def test_a_text_may_be_cut_at_every_boundary(vocabulary: Vocabulary, text: str) -> None:
    cuts = [0, *(found.start() + 1 for found in _BOUNDARY.finditer(text)), len(text)]
    counts = [slow_count(vocabulary, text[start:end]) for start, end in pairwise(cuts)]
    assert sum(counts) == slow_count(vocabulary, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [""], id="nothing"),
        pytest.param("a" * 16, ["a" * 16], id="a text that fits"),
        pytest.param("a" * 15 + " b", ["a" * 15, " b"], id="a cut between two words"),
        pytest.param("a" * 16 + " b", ["a" * 16, " b"], id="a cut at the last chance"),
        pytest.param("a" * 17 + " b", ["a" * 16, "a b"], id="a word that is too long"),
        pytest.param("." * 40, ["." * 16, "." * 16, "." * 8], id="no place to cut"),
        pytest.param("a" * 15 + "'s b", ["a" * 15 + "'", "s b"], id="no cut before an apostrophe"),
    ],
)
def test_where_a_text_is_cut(text: str, expected: list[str]) -> None:
    assert list(pieces(text, 16)) == expected


@BOTH
def test_a_long_text_has_as_many_tokens_as_its_pieces(vocabulary: Vocabulary) -> None:
    text = "".join(f"{number} {CODE.swapcase() if number % 7 else CODE}" for number in range(1200))
    assert len(text) > 3 * 65_536
    assert BpeTokenizer(vocabulary).count(text) == slow_count(vocabulary, text)


@BOTH
@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(" ", id="blanks"),
        pytest.param("\n", id="line ends"),
        pytest.param("\t", id="tabs"),
        pytest.param("\u00a0", id="blanks that do not break"),
        pytest.param("a", id="one letter"),
        pytest.param("7", id="one digit"),
        pytest.param("'", id="apostrophes"),
        pytest.param("🙂", id="emoji"),
        pytest.param("a \n1.'/🙂é\t", id="a mixture"),
        pytest.param("\ud800", id="lone surrogates"),
    ],
)
def test_a_million_hostile_characters_are_counted_in_time(
    vocabulary: Vocabulary, unit: str
) -> None:
    tokenizer = BpeTokenizer(vocabulary)
    size = 65_536 // len(unit)
    text = unit * (1_000_000 // len(unit))
    count = within(1.5, lambda: tokenizer.count(text))
    expected = slow_count(vocabulary, unit * size) * len(text) / (size * len(unit))
    assert count == pytest.approx(expected, rel=0.001)


def test_a_text_on_which_tiktoken_panics_is_estimated(capfd: pytest.CaptureFixture[str]) -> None:
    tokenizer = BpeTokenizer(O200K, piece=2_000_000)
    tokenizer._fast = None
    text = " " * 1_000_000
    with pytest.raises(BaseException, match="StackOverflow") as panic:
        slow_count(O200K, text)
    assert is_refusal(panic.value)
    assert tokenizer.count(text) == estimate(text)
    assert "panicked" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(ValueError("bad text"), True, id="a value error is a refusal"),
        pytest.param(Exception("no unknown token"), True, id="a bare exception is a refusal"),
        pytest.param(KeyboardInterrupt(), False, id="an interrupt is not"),
        pytest.param(MemoryError(), False, id="no memory is not"),
        pytest.param(TypeError("count(1)"), False, id="a mistake of ours is not"),
    ],
)
def test_what_counts_as_a_refusal(error: BaseException, expected: bool) -> None:
    assert is_refusal(error) is expected


@pytest.fixture
def tokenizer_file(tmp_path: Path) -> Path:
    """A tokenizer.json that knows two words and truncates."""
    definition = {
        "version": "1.0",
        "truncation": {
            "direction": "Right",
            "max_length": 2,
            "strategy": "LongestFirst",
            "stride": 0,
        },
        "padding": None,
        "added_tokens": [
            {
                "id": 0,
                "content": "<end>",
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
        ],
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {"<end>": 0, "one": 1, "two": 2, "<unk>": 3},
            "unk_token": "<unk>",
        },
    }
    file = tmp_path / "tokenizer.json"
    file.write_text(json.dumps(definition))
    return file


def test_a_tokenizer_file_counts_exactly(tokenizer_file: Path) -> None:
    tokenizer = tokenizer_for("gpt-4o", tokenizer_file=str(tokenizer_file))
    assert (tokenizer.name, tokenizer.exact) == ("tokenizer.json", True)
    assert tokenizer.count("one two two one") == 4
    assert tokenizer.count("one <end>") == 4
    assert tokenizer.count("") == 0
    assert tokenizer.count("\ud800") == 1


def test_a_text_that_a_tokenizer_file_refuses_is_estimated(tokenizer_file: Path) -> None:
    definition = json.loads(tokenizer_file.read_text())
    definition["model"]["unk_token"] = "<missing>"
    tokenizer_file.write_text(json.dumps(definition))
    tokenizer = tokenizer_for("", tokenizer_file=str(tokenizer_file))
    assert tokenizer.count("three words here") == estimate("three words here")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="a missing file"),
        pytest.param(b"\xff\xfe\x00", id="a binary file"),
        pytest.param(b"{not json", id="broken JSON"),
        pytest.param(b'{"name": "package"}', id="another JSON file"),
    ],
)
def test_a_wrong_tokenizer_file_is_refused_with_a_remedy(
    content: bytes | None, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(
        SettingsError, match=r"tokenizer_file='.*wrong\.json'.*tokenizer\.json that"
    ):
        tokenizer_for("", tokenizer_file=str(file))


def test_a_folder_is_no_tokenizer_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tokenizer_file"):
        tokenizer_for("", tokenizer_file=str(tmp_path))


def test_our_counts_do_not_come_from_a_download() -> None:
    code = (
        "import tiktoken; from headroom_core.tokenizers import tokenizer_for; "
        "print(tokenizer_for('gpt-4o').count('a b'), tiktoken.registry.ENCODINGS)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2 {}"
