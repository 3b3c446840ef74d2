"""Finds the language of a source file: the likeliest that its text fits."""

from __future__ import annotations

from typing import Final

from headroom_core.compressors import _code_grammar
from headroom_core.compressors._code_detect import guesses
from headroom_core.compressors._code_files import Excerpt, SourceFile
from headroom_core.compressors._code_languages import LANGUAGES, language_of

_ERRORS: Final = 20
_BYTES_PER_ERROR: Final = 400


def read(part: Excerpt, query: str) -> tuple[SourceFile, str, _code_grammar.Syntax | None]:
    """Return a file in the first language that it may be in and that its text fits.

    Args:
        part: The file.
        query: What names it if `part` does not.
    """
    file = SourceFile(part, "")
    for language in guesses(part.text, part.path or query):
        found = _code_grammar.survey(file.parsed, language)
        least = _BYTES_PER_ERROR if language_of(part.path) != language else _BYTES_PER_ERROR // 2
        if found and len(found.errors) <= _ERRORS + len(file.source) // least:
            return SourceFile(part, LANGUAGES[language].style), language, found
    return file, "", None
