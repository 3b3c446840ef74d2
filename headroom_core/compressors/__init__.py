"""The compressors that come with the package."""

from __future__ import annotations

from headroom_core.compressors.base import Compressor
from headroom_core.compressors.json import JsonCompressor
from headroom_core.compressors.log import LogCompressor
from headroom_core.compressors.search import SearchCompressor
from headroom_core.compressors.text import TextCompressor

__all__ = ["Compressor", "default_compressors"]


def default_compressors() -> tuple[Compressor, ...]:
    """Return one of each, in the order that decides a tie."""
    return (JsonCompressor(), SearchCompressor(), LogCompressor(), TextCompressor())
