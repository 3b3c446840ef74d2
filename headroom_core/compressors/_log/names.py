"""Gives long identifiers that come again and again a short name where they first stand.

With "$" as the sign, ``id b9000564-fe1a-409b$a gone`` names what stands before the sign, and
every ``$a`` below stands for it.
"""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_letters, ascii_lowercase, digits
from typing import Final

from headroom_core.compressors._log.signs import names

_LONGEST: Final = 64
_LETTERS: Final = (ascii_letters + digits + "_-").encode()
_MARKED: Final = bytes(b"x "[code not in _LETTERS] for code in range(256))
"""Writes an x for each character that a long word may have, and a blank for any other."""

_LONG: Final = re.compile(b"x" * 16 + b"x*+")
_END: Final = re.compile(r"(?<![\w-])[\w-]+\Z", re.ASCII)
_NAME: Final = re.compile(r"[a-z]{1,8}(?![\w-])", re.ASCII)
_DIGIT: Final = re.compile(r"[0-9]")
_MIN_DIGITS: Final = 4
_MIN_COUNT: Final = 3
_MIN_SAVED: Final = 12


def shorten(body: str, sign: str) -> str:
    """Return `body`, in which `sign` does not occur, with long identifiers named."""
    marked = body.encode("ascii", "replace").translate(_MARKED)
    spans = [match.span() for match in _LONG.finditer(marked)]
    words = [body[start:end] for start, end in spans]
    worth = (word for word, count in Counter(words).items() if _saves(word, count))
    named = {
        word: f"{sign}{name}" for word, name in zip(worth, names(ascii_lowercase), strict=False)
    }
    met: set[str] = set()
    parts = []
    behind = 0
    for word, (_, end) in zip(words, spans, strict=True):
        if name := named.get(word):
            start = end - len(word) if word in met else end
            parts += [body[behind:start], name]
            met.add(word)
            behind = end
    return "".join([*parts, body[behind:]])


def lengthen(body: str, sign: str) -> str:
    """Return `body` with its names turned back into what they stand for.

    Raises:
        ValueError: If something that is no name, or an unknown one, follows a sign.
    """
    parts = body.split(sign)
    known: dict[str, str] = {}
    for index in range(1, len(parts)):
        match = _NAME.match(parts[index])
        named = _END.search(parts[index - 1][-_LONGEST:])
        if match and named:
            known[match[0]] = named[0]
        if not match or match[0] not in known:
            raise ValueError("not the body of a log: a name of nothing")
        parts[index] = ("" if named else known[match[0]]) + parts[index][match.end() :]
    return "".join(parts)


def _saves(word: str, count: int) -> bool:
    """Return whether a name is worth it: words with few digits are kept for the reader."""
    return (
        count >= _MIN_COUNT
        and (count - 1) * (len(word) // 2 - 3) > _MIN_SAVED
        and len(word) <= _LONGEST
        and len(_DIGIT.findall(word)) >= _MIN_DIGITS
    )
