"""Counts the tokens of OpenAI's models exactly, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import tiktoken

from headroom_core.tokenizers.estimate import estimate
from headroom_core.tokenizers.fast import fast_counter
from headroom_core.tokenizers.hostile import is_refusal, without_surrogates
from headroom_core.tokenizers.vocabulary import Vocabulary, load

# After a letter or digit, an ASCII character that is neither (nor an apostrophe: "it's") begins
# a new match in every pattern we ship, and no pattern looks back or, at a letter, ahead. So a
# text cut there has as many tokens as its parts. The last ones are Chinese punctuation.
_BOUNDARY: Final = re.compile(r"[^\W_](?:[^\w'\x80-\U0010FFFF]|[\u3001\u3002\uFF0C\uFF01\uFF1F])")

_PIECE: Final = 65_536


class BpeTokenizer:
    """Counts with a byte-pair vocabulary; special tokens in a text count as ordinary text.

    Args:
        vocabulary: What to count with.
        piece: The most characters given to tiktoken at once: it panics on some long runs of
            blanks. Longer texts are cut where it changes no count, or, if there is no such
            place in a piece's last eighth, anywhere, which adds a token at most now and then.

    Raises:
        VocabularyError: If the vocabulary is missing or damaged.
    """

    exact: bool = True

    def __init__(self, vocabulary: Vocabulary, *, piece: int = _PIECE) -> None:
        self.name: str = vocabulary.name
        self._piece = piece
        self._vocabulary = vocabulary
        self._fast = _fast_counter(vocabulary)
        if self._fast is None:
            encoding_of(vocabulary)

    def count(self, text: str) -> int:
        """Return the number of tokens in `text`. Never raises, whatever the text."""
        return sum(map(self._count, pieces(without_surrogates(text), self._piece)))

    def _count(self, piece: str) -> int:
        if self._fast is not None and (tokens := self._fast(piece)) is not None:
            return tokens
        try:
            return len(encoding_of(self._vocabulary).encode_ordinary(piece))
        except BaseException as error:
            if is_refusal(error):
                return estimate(piece)
            raise


def pieces(text: str, size: int) -> Iterator[str]:
    """Yield `text` in pieces of at most `size` characters, cut where no token can be."""
    start = 0
    while len(text) - start > size:
        found = _BOUNDARY.search(text, start + size - size // 8 - 1, start + size + 1)
        end = found.start() + 1 if found else start + size
        yield text[start:end]
        start = end
    yield text[start:]


@cache
def encoding_of(vocabulary: Vocabulary) -> tiktoken.Encoding:
    """Return what tiktoken counts with.

    Raises:
        VocabularyError: If the vocabulary is missing or damaged.
    """
    ranks = load(vocabulary)
    encoding = tiktoken.Encoding(
        vocabulary.name, pat_str=vocabulary.pattern, mergeable_ranks=ranks, special_tokens={}
    )
    # Counting never looks here again, and it is a third of what the encoding takes.
    ranks.clear()
    return encoding


_fast_counter = cache(fast_counter)
