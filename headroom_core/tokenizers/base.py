"""The interface every tokenizer implements."""

from __future__ import annotations

from typing import Protocol


class Tokenizer(Protocol):
    """Counts tokens.

    Attributes:
        name: What counts, e.g. "o200k_base" or "estimate".
        exact: Whether the count is what the model will be billed for; False for an estimate.
    """

    name: str
    exact: bool

    def count(self, text: str) -> int:
        """Return the number of tokens in `text`. Never raises, whatever the text."""
        ...
