"""The compressors that come with the package."""

from __future__ import annotations

from functools import cache

from headroom_core.compressors.base import Compressor

__all__ = ["Compressor", "default_compressors"]


@cache
def default_compressors() -> tuple[Compressor, ...]:
    """Return one of each, in the order that decides a tie."""
    # Late: their patterns take as long to compile as all the rest of the package to import.
    from headroom_core.compressors.blob import BlobCompressor
    from headroom_core.compressors.code import CodeCompressor
    from headroom_core.compressors.config import ConfigCompressor
    from headroom_core.compressors.diff import DiffCompressor
    from headroom_core.compressors.history import HistoryCompressor
    from headroom_core.compressors.json import JsonCompressor
    from headroom_core.compressors.listing import ListingCompressor
    from headroom_core.compressors.log import LogCompressor
    from headroom_core.compressors.markup import MarkupCompressor
    from headroom_core.compressors.notebook import NotebookCompressor
    from headroom_core.compressors.numbered import NumberedCompressor
    from headroom_core.compressors.search import SearchCompressor
    from headroom_core.compressors.table import TableCompressor
    from headroom_core.compressors.text import TextCompressor

    others: tuple[Compressor, ...] = (
        JsonCompressor(),
        ListingCompressor(),
        DiffCompressor(),
        TableCompressor(),
        SearchCompressor(),
        HistoryCompressor(),
        CodeCompressor(),
        LogCompressor(),
        MarkupCompressor(),
        ConfigCompressor(),
        NotebookCompressor(),
        BlobCompressor(),
        NumberedCompressor(),
    )
    return (*others, TextCompressor(others))
