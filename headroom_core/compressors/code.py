"""Source code: what a file declares, and the functions that the question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from headroom_core.compressors._code import grammar as code_grammar
from headroom_core.compressors._code.detect import guesses, sureness
from headroom_core.compressors._code.files import Excerpt, cut
from headroom_core.compressors._code.question import asks_to_edit, paths
from headroom_core.compressors._code.rank import Question
from headroom_core.compressors._code.read import read
from headroom_core.compressors._code.report import told
from headroom_core.compressors._code.skeleton import Outline, Skeleton
from headroom_core.types import Block, Budget, Compressed

__all__ = ["CodeCompressor", "asks_to_edit", "missing_grammar"]

_LEAST: Final = 400
_DATA: Final = 0.05
"""What has no functions, and of which so little would be left, is one large value and no code."""

_ADVICE: Final = "grammar for {} is not installed: pip install 'headroom-integrations[code]'"


def missing_grammar(text: str, query: str = "") -> str:
    """Return the language of `text` if it is code whose grammar is not installed, else "".

    Such code is kept whole. The grammars come with the extra "code".
    """
    if sureness(text, query) == 0:
        return ""
    language = next(iter(guesses(text, query)), "")
    return language if code_grammar.is_missing(language) else ""


class CodeCompressor:
    """Shows signatures, types and what was asked for; bodies of functions are left out."""

    name: ClassVar[str] = "code"
    packages: ClassVar[Sequence[str]] = code_grammar.PACKAGES
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        return sureness(block.text, block.query)

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        unchanged = Compressed(text)
        if budget.tokens is None:
            return unchanged
        size = budget.count(text)
        if size <= budget.tokens:
            return unchanged
        asked = query or block.query
        parts = cut(text, block.first_line)
        made = [_shortened(part, asked, budget, size, len(parts)) for part in parts]
        found = [skeleton for skeleton in made if skeleton]
        if not found:
            return Compressed(text, reason=_reason(parts, asked))
        shown = "".join(
            skeleton.text if skeleton else _as_it_was(part)
            for part, skeleton in zip(parts, made, strict=True)
        )
        return Compressed(shown, told(found)) if len(shown) < len(text) else unchanged

    def expand(self, body: str) -> str:
        raise ValueError("code has no lossless rendering")


def _shortened(part: Excerpt, query: str, budget: Budget, size: int, count: int) -> Skeleton | None:
    """Return a file within its share of the budget; None if it stays as it is."""
    if part.heading or len(part.text) < _LEAST or budget.tokens is None:
        return None
    path = part.path or (paths(query) or [""])[-1]
    part = replace(part, path=path)
    if asks_to_edit(query, path):
        return None
    file, language, found = read(part, query)
    if found is None:
        return None
    own = size if count == 1 and not part.prefixes else budget.count(part.text)
    share = 1.0 if count == 1 else min(1.0, own / size)
    most = max(budget.tokens, budget.cut_tokens or 0)
    question = Question(query, path, budget.keep)
    outline = Outline(file, language, found, question, budget, own)
    made = outline.write(int(share * budget.tokens), int(share * most))
    if made and not made.functions and len(made.text) < _DATA * len(part.text):
        return None
    return made


def _reason(parts: Sequence[Excerpt], query: str) -> str:
    """Return which grammar is not installed that one of these files is written in, or ""."""
    files = (part for part in parts if not part.heading and len(part.text) >= _LEAST)
    missing = (missing_grammar(part.text, part.path or query) for part in files)
    language = next(filter(None, missing), "")
    return _ADVICE.format(language) if language else ""


def _as_it_was(part: Excerpt) -> str:
    if not part.prefixes:
        return part.text
    lines: Sequence[str] = part.text.split("\n")
    prefixes = [*part.prefixes, *[""] * (len(lines) - len(part.prefixes))]
    return "\n".join(map("".join, zip(prefixes, lines, strict=True)))
