"""Tells what was compressed before from text that only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from headroom_core import notes
from headroom_core.envelope import find_envelopes
from headroom_core.marker import find_markers
from headroom_core.rendering import Renderer
from headroom_core.types import Block

_END: Final = 1_000


def is_marked(text: str, is_key: Callable[[str], bool]) -> bool:
    """Return whether `text` ends with a marker of ours: that is where markers are put.

    One that stands elsewhere is quoted: in a transcript that a tool reads, say.

    Args:
        text: The text.
        is_key: Whether a key is ours.
    """
    return any(is_key(marker.key) for marker in find_markers(text[-_END:]))


def is_rendering(block: Block, renderer: Renderer) -> bool:
    """Return whether a block is a lossless rendering: hardly more than one, or made anew the same.

    Anybody can write such a rendering down as an example. A page that has one is a page.
    """
    text = block.text
    first = next(find_envelopes(text), None)
    original = text if first is None else renderer.expand(text)
    if first is None or original == text:
        return False
    if first.start == 0 and len(text) - first.end < min(_END, first.end):
        return True
    made = renderer.render(replace(block, text=original)).text
    return made is not None and notes.brief(made) == notes.brief(text)
