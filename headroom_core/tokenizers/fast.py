"""Counts with gigatoken where it is installed: the same numbers in a tenth of the time."""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Callable, Sized
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from headroom_core.tokenizers.hostile import is_refusal
from headroom_core.tokenizers.vocabulary import Vocabulary, tokens

_PROBE: Final = (
    "I'LL pay  $1234567.89\r\n\tfor HTTPServer's naïve données 漢字语言 🙂's <|endoftext|>/\n/x"
)
_COUNTED: Final = {"o200k_base": 35, "cl100k_base": 36}
"""What tiktoken counts in `_PROBE`."""

# What Unicode 17 added is a letter to one of them and nothing yet to the other: tiktoken counts
# where such characters are, or others that are as rare.
_NEW = re.compile(
    "[\u088f\u0c5c\u0cdc\u1acf-\u1aeb\ua7ce-\ua7d4\ua7f1\U00010000-\U0001efff\U0002b000-\U0010ffff]"
)
_ASCII: Final = bytes(range(128))


def fast_counter(vocabulary: Vocabulary) -> Callable[[str], int | None] | None:
    """Return what counts tokens, or None without a gigatoken that does what this one expects.

    It returns None for a text it does not take, and while another thread is counting.

    Raises:
        VocabularyError: If the vocabulary is missing or damaged.
    """
    if find_spec("gigatoken") is None:
        return None
    lines = [base64.b64encode(t) + b" %d\n" % rank for rank, t in enumerate(tokens(vocabulary))]
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "tokens"
            file.write_bytes(b"".join(lines))
            made = import_module("gigatoken").Tokenizer.from_tiktoken(
                file, pretokenizer=vocabulary.name.removesuffix("_base"), special_tokens={}
            )
        encode: Callable[[str], Sized] = made.encode
        # Also makes it import numpy now: no other thread may come in between.
        if len(encode(_PROBE)) != _COUNTED.get(vocabulary.name):
            return None
    except (AttributeError, ImportError, OSError, TypeError, ValueError, RuntimeError):
        return None

    def count(text: str) -> int | None:
        if _has_new(text):
            return None
        try:
            return len(encode(text))
        except BaseException as error:
            if isinstance(error, RuntimeError) or is_refusal(error):
                return None
            raise

    return count


def _has_new(text: str) -> bool:
    # The search takes longer than the count: most of most texts is ASCII, and need not be searched.
    return not text.isascii() and bool(_NEW.search(text.encode().translate(None, _ASCII).decode()))
