"""Turns lossless renderings back into what they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from headroom_core.compressors import default_compressors
from headroom_core.compressors.base import Compressor
from headroom_core.envelope import find_envelopes


def expand(text: str, compressors: Mapping[str, Compressor] | None = None) -> str:
    """Return `text` with every lossless rendering in it turned back.

    The proof that a rendering without marker lost nothing: `expand(sent)` is the original text,
    or, for JSON, the same JSON tokens. What is not a rendering stays as it is.

    Args:
        text: Anything; a message that was sent, say.
        compressors: By name; the registered ones if not given.
    """
    known = compressors if compressors is not None else {c.name: c for c in default_compressors()}
    pieces: list[str] = []
    position = 0
    for envelope in find_envelopes(text):
        compressor = known.get(envelope.kind)
        if compressor is None:
            continue
        try:
            original = compressor.expand(envelope.body)
        except ValueError:
            continue
        pieces += text[position : envelope.start], original
        position = envelope.end
    return "".join([*pieces, text[position:]])
