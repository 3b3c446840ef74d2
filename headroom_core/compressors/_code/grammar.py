"""Parses source code: the only module that knows tree-sitter, and it works without it."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from headroom_core.compressors._code.definitions import DEFINITIONS
from headroom_core.compressors._code.languages import LANGUAGES

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query

_log = logging.getLogger("headroom")
_MOST_BYTES: Final = 2_000_000
_MOST_DEPTH: Final = 100
_LEAST_UNMATCHED: Final = 300
_LONGEST_LINE: Final = 10_000
_LONGEST_STRETCH: Final = 10_000
_UNCLOSED: Final = 50
_STEPS: Final = 200
_STEPS_PER_BYTE: Final = 0.015
_ERRORS: Final = "(ERROR) @error (MISSING) @error"
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"()[]{}"))
_BREAKS: Final = (b"\n",)
_PAUSES: Final = (b";", b",", b"{", b"}", b"\n\n", b"\n\r\n")

PACKAGES: Final = ("tree-sitter", *sorted({known.package for known in LANGUAGES.values()}))
"""What is installed for this module to work: the parser, and a grammar for each language."""

Span = tuple[int, int]
"""Where something begins and ends, in bytes."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What defines a name: a function, a type, a constant.

    Attributes:
        start: Where it begins, in bytes.
        end: Where it ends.
        name: Where its name stands; in C with what is declared of it.
    """

    start: int
    end: int
    name: Span


@dataclass(frozen=True, slots=True)
class _Grammar:
    language: Language
    parts: Query
    errors: Query


class Syntax:
    """What is in a source text, each in order; looked for when it is needed."""

    def __init__(self, grammar: _Grammar, root: Node) -> None:
        self._grammar = grammar
        self._root = root

    @cached_property
    def errors(self) -> Sequence[Span]:
        """Where the text does not fit the grammar."""
        return _errors(self._grammar, self._root)

    @cached_property
    def captures(self) -> dict[str, Sequence[Span]]:
        """Spans by what they are (see `languages.Language.query`)."""
        return {name: _spans(nodes) for name, nodes in self._nodes.items()}

    @cached_property
    def _nodes(self) -> dict[str, list[Node]]:
        return _found(self._grammar.parts, self._root)

    def units(self) -> Sequence[Span]:
        """Return what stands at the top of the file or in a class."""
        holders = [self._root, *self._nodes.get("holder", ())]
        found = (unit for holder in holders for unit in holder.named_children)
        return _spans(unit for unit in found if not unit.is_error)


def is_missing(language: str) -> bool:
    """Return whether the grammar of a language is not installed, or none is known for it."""
    return _grammar(language) is None


def survey(source: bytes, language: str) -> Syntax | None:
    """Return what is in `source`; None if it cannot be parsed, or only at too great a cost."""
    grammar = _grammar(language)
    root = _parse(source, grammar) if grammar else None
    if grammar is None or root is None:
        return None
    return Syntax(grammar, root)


def definitions(source: bytes, language: str) -> tuple[Sequence[Definition], Sequence[Span]]:
    """Return what `source` defines, in order, and what may stand above: attributes, comments."""
    grammar = _grammar(language)
    query = _definitions(language)
    root = _parse(source, grammar) if grammar else None
    if grammar is None or query is None or root is None:
        return (), ()
    from tree_sitter import QueryCursor

    found: dict[int, Definition] = {}
    above = list(_spans(_found(grammar.parts, root).get("comment", ())))
    for _, nodes in QueryCursor(query).matches(root):
        above += [(node.start_byte, node.end_byte) for node in nodes.get("above", ())]
        for name, whole in zip(nodes.get("name", ()), nodes.get("definition", ()), strict=False):
            made = Definition(whole.start_byte, whole.end_byte, (name.start_byte, name.end_byte))
            known = found.get(name.start_byte, made)
            # What is decorated or exported is found twice.
            found[name.start_byte] = max(made, known, key=lambda d: d.end - d.start)
    order = sorted(found.values(), key=lambda made: (made.start, -made.end))
    return order, sorted(above)


def errors(source: bytes, language: str) -> Sequence[Span] | None:
    """Return where `source` does not fit the grammar; None if it cannot be parsed."""
    grammar = _grammar(language)
    root = _parse(source, grammar) if grammar else None
    return None if grammar is None or root is None else _errors(grammar, root)


@cache
def _grammar(name: str) -> _Grammar | None:
    known = LANGUAGES.get(name)
    if known is None:
        return None
    try:
        tree_sitter = importlib.import_module("tree_sitter")
        module = importlib.import_module(known.package)
        language = tree_sitter.Language(getattr(module, known.function)())
        return _Grammar(
            language,
            tree_sitter.Query(language, known.query),
            tree_sitter.Query(language, _ERRORS),
        )
    except (ImportError, AttributeError, ValueError) as error:
        # A grammar of another version may lack a kind of node: as good as none.
        _log.info("no grammar for %s, its files are kept whole: %s", name, error)
        return None


@cache
def _definitions(name: str) -> Query | None:
    grammar = _grammar(name)
    if grammar is None:
        return None
    from tree_sitter import Query

    try:
        return Query(grammar.language, DEFINITIONS[name])
    except ValueError as error:
        _log.info("names in %s cannot be found: %s", name, error)
        return None


def _parse(source: bytes, grammar: _Grammar) -> Node | None:
    """Return the root of the tree; None for what no person or generator wrote.

    Some hostile texts take a parser quadratic time and memory, so that it must be kept from them:
    what nests or runs on without end is refused before, what takes too many steps on the way.
    """
    if len(source) > _MOST_BYTES or _runs_on(source) or _nests(source):
        return None
    from tree_sitter import Parser

    steps = _STEPS + int(len(source) * _STEPS_PER_BYTE)

    def is_too_much(_offset: int, _has_error: bool) -> bool:
        nonlocal steps
        steps -= 1
        return steps < 0

    try:
        return (
            Parser(grammar.language)
            .parse(lambda offset, _: source[offset:], progress_callback=is_too_much)
            .root_node
        )
    except ValueError:
        return None


def _found(query: Query, root: Node) -> dict[str, list[Node]]:
    from tree_sitter import QueryCursor

    return QueryCursor(query).captures(root)


def _spans(nodes: Iterable[Node]) -> Sequence[Span]:
    return sorted([(node.start_byte, node.end_byte) for node in nodes])


def _errors(grammar: _Grammar, root: Node) -> Sequence[Span]:
    return _spans(_found(grammar.errors, root).get("error", ())) if root.has_error else ()


def _runs_on(source: bytes) -> bool:
    """Return whether a line, an expression or a comment is longer than any in code."""
    if source.count(b"/*") - source.count(b"//*") > source.count(b"*/") + _UNCLOSED:
        return True
    return _is_far(source, _BREAKS, _LONGEST_LINE) or _is_far(source, _PAUSES, _LONGEST_STRETCH)


def _is_far(source: bytes, signs: Sequence[bytes], most: int) -> bool:
    """Return whether there are more than `most` bytes somewhere without any of the signs."""
    position = 0
    while len(source) - position > most:
        last = max(source.rfind(sign, position, position + most + 1) for sign in signs)
        if last < 0:
            return True
        position = last + 1
    return False


def _nests(source: bytes) -> bool:
    """Return whether brackets are nested deeper than in code."""
    brackets = source.translate(None, _NO_BRACKETS)
    for _ in range(_MOST_DEPTH):
        inner = brackets.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if len(inner) == len(brackets):
            break
        brackets = inner
    # Those in strings and comments need not match.
    return len(brackets) > _LEAST_UNMATCHED + len(source) // 200
