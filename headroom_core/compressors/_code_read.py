"""Finds the language of a source file: the likeliest that its text fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from headroom_core.compressors import _code_grammar
from headroom_core.compressors._code_detect import guesses
from headroom_core.compressors._code_files import Excerpt, SourceFile
from headroom_core.compressors._code_languages import LANGUAGES, language_of

_ERRORS: Final = 20
_BYTES_PER_ERROR: Final = 400
_FEW: Final = 3
_BYTES_PER_FEW: Final = 5_000
_KIN: Final = {"javascript": "tsx", "typescript": "tsx", "tsx": "typescript", "c": "cpp"}
"""Which grammar may fit better: that of TypeScript reads Flow, a header may be C++."""


def read(part: Excerpt, query: str) -> tuple[SourceFile, str, _code_grammar.Syntax | None]:
    """Return a file in the first language that it may be in and that its text fits.

    Args:
        part: The file.
        query: What names it if `part` does not.
    """
    file = SourceFile(part, "")
    best, syntax = "", None
    for language in _likely(part, query, file):
        found = _code_grammar.survey(file.parsed, language)
        least = _BYTES_PER_ERROR if language_of(part.path) != language else _BYTES_PER_ERROR // 2
        if found is None or len(found.errors) > _ERRORS + len(file.source) // least:
            continue
        if syntax is None or len(found.errors) < len(syntax.errors):
            best, syntax = language, found
        if len(found.errors) <= _FEW + len(file.source) // _BYTES_PER_FEW or _KIN.get(best) in (
            None,
            language,
        ):
            break
    return (SourceFile(part, LANGUAGES[best].style) if syntax else file), best, syntax


def _likely(part: Excerpt, query: str, file: SourceFile) -> Iterator[str]:
    """Yield the languages to try, each once."""
    tried = set()
    for guess in guesses(part.text, part.path or query):
        for language in filter(None, (guess, _KIN.get(guess))):
            # To the grammar of PHP all that is not between its signs is text.
            if language not in tried and (language != "php" or b"<?" in file.source):
                tried.add(language)
                yield language
