"""Says which lines of a patch have to stay: those that must, and the few with a word asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from headroom_core.compressors._diff.read import File, Prose
from headroom_core.relevance import terms

_FEW: Final = 3
_CALL: Final = '{"'
_SHORTEST: Final = 4


def keeper(
    parts: Sequence[File | Prose], keep: re.Pattern[str] | None, query: str
) -> Callable[[str], bool]:
    """Return what says whether a line has to stay, wherever it stands.

    Args:
        parts: The patch.
        keep: What must stay.
        query: The question. Of a word of it that few lines have, these stay, changed or not.
    """
    asked = _asked(parts, query)
    patterns = ([keep] if keep else []) + ([re.compile(asked, re.IGNORECASE)] if asked else [])
    if not patterns:
        return keep_nothing
    return lambda line: any(pattern.search(line) for pattern in patterns)


def keep_nothing(_line: str) -> bool:
    """Return that no line has to stay."""
    return False


def _asked(parts: Sequence[File | Prose], query: str) -> str:
    """Return a pattern of the words of a question that stand in few lines of the hunks."""
    said = "\n".join(line for line in query.split("\n") if not line.startswith(_CALL))
    words = [term for term in terms(said) if len(term) >= _SHORTEST]
    if not words:
        return ""
    text = "\n".join(_lines(parts)).lower()
    return "|".join(re.escape(word) for word in words if 0 < text.count(word) <= _FEW)


def _lines(parts: Sequence[File | Prose]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, File):
            for hunk in part.hunks:
                yield from hunk.lines
