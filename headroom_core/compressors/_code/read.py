"""Finds the language of a source file: the likeliest that its text fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from headroom_core.compressors._code import grammar as code_grammar
from headroom_core.compressors._code.detect import guesses
from headroom_core.compressors._code.files import Excerpt, SourceFile
from headroom_core.compressors._code.languages import LANGUAGES, language_of

_ERRORS: Final = 20
_BYTES_PER_ERROR: Final = 400
_KIN: Final = {"javascript": "tsx", "typescript": "tsx", "tsx": "typescript", "c": "cpp"}
"""Which grammar may fit better: that of TypeScript reads Flow, a header may be C++."""

_FAMILIES: Final = (frozenset({"c", "cpp"}), frozenset({"javascript", "typescript", "tsx"}))
"""A file that is called by the name of one of these is in no other language."""


def read(part: Excerpt, query: str) -> tuple[SourceFile, str, code_grammar.Syntax | None]:
    """Return a file in the first language that it may be in and that its text fits.

    Args:
        part: The file.
        query: What names it if `part` does not.
    """
    file = SourceFile(part, "")
    best, syntax = "", None
    for language in _likely(part, query, file):
        found = code_grammar.survey(file.parsed, language)
        least = _BYTES_PER_ERROR if language_of(part.path) != language else _BYTES_PER_ERROR // 2
        most = _ERRORS + len(file.source) // least
        if found is None or len(found.errors) > most:
            continue
        if syntax is None or len(found.errors) < len(syntax.errors):
            best, syntax = language, found
        if len(found.errors) <= most // 2 or _KIN.get(best) in (None, language):
            break
    return (file.in_style(LANGUAGES[best].style) if syntax else file), best, syntax


def _likely(part: Excerpt, query: str, file: SourceFile) -> Iterator[str]:
    """Yield the languages to try, each once."""
    named = language_of(part.path)
    family = next((kin for kin in _FAMILIES if named in kin), LANGUAGES.keys())
    tried: set[str] = set()
    for guess in guesses(part.text, part.path or query):
        for language in filter(None, (guess, _KIN.get(guess))):
            # To the grammar of PHP all that is not between its signs is text; what that of C++
            # does not read, that of C does even less.
            refused = (language == "php" and b"<?" not in file.source) or (
                language == "c" and "cpp" in tried
            )
            if language in family and not refused and language not in tried:
                tried.add(language)
                yield language
