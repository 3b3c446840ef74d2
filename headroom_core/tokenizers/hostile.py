"""Keeps texts that tokenizers written in Rust do not take from stopping a request."""

from __future__ import annotations

import re
from typing import Final

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Return `text` with every lone surrogate replaced by U+FFFD, as on its way to a model."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def is_refusal(error: BaseException) -> bool:
    """Say whether a Rust tokenizer raised `error` because of the text it was given.

    A panic arrives as a direct child of BaseException that cannot be imported, and the
    `tokenizers` package raises Exception itself; a KeyboardInterrupt or MemoryError is neither.
    """
    return (
        isinstance(error, ValueError)
        or type(error) is Exception
        or type(error).__name__ == "PanicException"
    )
