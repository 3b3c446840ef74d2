"""Chooses the tokenizer of a model."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from headroom_core.tokenizers.base import Tokenizer
from headroom_core.tokenizers.estimate import EstimateTokenizer
from headroom_core.tokenizers.vocabulary import CL100K, O200K, Vocabulary

# o200k_harmony differs from o200k_base in its special tokens only.
_VOCABULARIES: Final = {
    "o200k_base": O200K,
    "o200k_harmony": O200K,
    "cl100k_base": CL100K,
}
_ESTIMATE: Final = EstimateTokenizer()


@lru_cache(maxsize=256)
def tokenizer_for(model: str, *, tokenizer_file: str = "") -> Tokenizer:
    """Return what counts the tokens of `model`: exactly, or as a labelled estimate.

    Args:
        model: The model's name, with or without its provider: "gpt-4o", "azure/gpt-4o-2024-08-06",
            "openai:gpt-5". The models of OpenAI are counted exactly. All others get the
            estimate, unscaled: how their tokenizers differ from OpenAI's is not published.
        tokenizer_file: Path of a Hugging Face tokenizer.json that counts instead, whatever the
            model; "" for none.

    Raises:
        MissingExtraError: If `tokenizer_file` is given and `tokenizers` is not installed.
        SettingsError: If `tokenizer_file` cannot be read.
        VocabularyError: If the vocabulary of `model` is missing or damaged.
    """
    if tokenizer_file:
        return _from_file(tokenizer_file)
    vocabulary = _vocabulary(model)
    if vocabulary is None:
        return _ESTIMATE
    from headroom_core.tokenizers.bpe import BpeTokenizer

    return BpeTokenizer(vocabulary)


def _vocabulary(model: str) -> Vocabulary | None:
    """Find what `model` counts with, None if that is not known.

    Of "router/provider/name:free", "provider:name" and "ft:name:team::id" only the name counts.
    """
    if not model:
        return None
    from tiktoken.model import encoding_name_for_model

    for name in model.lower().rpartition("/")[2].split(":"):
        try:
            encoding = encoding_name_for_model(name.removeprefix("openai."))
        except KeyError:
            continue
        return _VOCABULARIES.get(encoding)
    return None


@lru_cache(maxsize=16)
def _from_file(file: str) -> Tokenizer:
    from headroom_core.tokenizers.huggingface import HuggingFaceTokenizer

    return HuggingFaceTokenizer(file)
