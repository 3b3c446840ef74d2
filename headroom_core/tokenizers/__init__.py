"""Counting tokens: exactly and offline where the vocabulary is known, else as an estimate."""

from __future__ import annotations

from headroom_core.tokenizers.base import Tokenizer
from headroom_core.tokenizers.estimate import EstimateTokenizer
from headroom_core.tokenizers.models import tokenizer_for

__all__ = ["EstimateTokenizer", "Tokenizer", "tokenizer_for"]
