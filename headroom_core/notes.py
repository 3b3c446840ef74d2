"""Says how to read a rendering once per conversation: what was said above is not said again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from headroom_core.envelope import find_envelopes

_AS_ABOVE: Final = "as above"

Clause = tuple[str, str]
"""A part of the note of an envelope, with the compressor that wrote it."""


def told(text: str) -> set[Clause]:
    r"""Return what the notes in a text say.

    >>> sorted(told("[headroom json, 1 lines: JSON; @n is table n]\n[]"))
    [('json', '@n is table n'), ('json', 'JSON')]
    """
    return {
        (kind, clause) for _, _, kind, note in _notes(text) for clause in note.split("; ") if clause
    }


def brief(text: str, known: Collection[Clause] | None = None) -> str:
    r"""Return `text` with its notes cut to what they say that is new.

    Args:
        text: Anything with renderings in it.
        known: What has been said; None for all there is to say.

    >>> known = told("[headroom log, 1 lines: a line each; in order]\na")
    >>> brief("[headroom log, 1 lines: a line each; in order; new]\na", known)
    '[headroom log, 1 lines: as above; new]\na'
    """
    pieces: list[str] = []
    position = 0
    for start, end, kind, note in _notes(text):
        clauses = note.split("; ")
        new = [c for c in clauses if known is not None and (kind, c) not in known]
        short = "; ".join([_AS_ABOVE, *new])
        if len(short) < len(note) or known is None:
            pieces += text[position:start], short
            position = end
    return "".join([*pieces, text[position:]])


def _notes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield where the notes in a text stand, who wrote them, and what they say."""
    for envelope in find_envelopes(text):
        end = text.index("\n", envelope.start) - 1
        start = text.find(": ", envelope.start, end) + 2
        if start > 1:
            yield start, end, envelope.kind, text[start:end]
