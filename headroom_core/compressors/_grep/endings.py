"""Takes the CR of line endings out of search results, and puts it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_BREAKS = re.compile(r"\n")
_FILLED = re.compile(r"(?<=[^\n])(?=\n)")
_HEADINGS = re.compile(r"^(?![0-9]{1,9}[:=-]|\n|\Z|--\n)[^\n]*(?=\n)", re.MULTILINE)
_WAYS: Final[dict[str, Callable[[str], str]]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "crlf but for empty lines": lambda text: _FILLED.sub("\r", text),
    "crlf below headings": lambda text: _HEADINGS.sub(r"\g<0>\r", text),
}
"""Where CR stands before a line break, and how it is put there."""


def take(text: str) -> tuple[str, str]:
    """Return the text without CR and where it stood, "" if that is no rule: then all are left."""
    if "\r\n" not in text:
        return text, ""
    plain = text.replace("\r\n", "\n")
    for way, put in _WAYS.items():
        if put(plain) == text:
            return plain, way
    return text, ""


def split(body: str) -> tuple[str, str]:
    """Return a body without what says where CR stood, and that."""
    way, comma, rest = body.partition(", ")
    return (rest, way) if comma and way in _WAYS else (body, "")


def put(text: str, way: str) -> str:
    """Return `text` with CR where it stood."""
    return _WAYS[way](text) if way else text
