"""Finds where functions, types and constants are defined in a tool result, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from headroom_core.compressors._code.bodies import name_in
from headroom_core.compressors._code.files import Excerpt, SourceFile, cut
from headroom_core.compressors._code.grammar import Definition, Span, definitions
from headroom_core.compressors._code.read import read

_PARTS = re.compile(r"::|->|[.#]")
_SUFFIX = re.compile(r"[<\[(].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name and where it is defined.

    Attributes:
        name: With what it is in: ("Shop", "load_cart").
        first: Its first line, counted from 1: that of comments and attributes right above.
        last: Its last line.
        path: The file, "" if that is not said.
    """

    name: tuple[str, ...]
    first: int
    last: int
    path: str = ""


def symbols(text: str, line: int = 1, path: str = "") -> list[Symbol]:
    """Return what the source files in a result define, in order.

    Args:
        text: The result. What is no code, or in a language without grammar, defines nothing.
        line: Number of its first line.
        path: The file where the result does not say it.
    """
    parts = [replace(p, path=p.path or path) for p in cut(text, line) if not p.heading]
    return [symbol for part in parts for symbol in _defined(part)]


def parted(name: str) -> tuple[str, ...]:
    """Return the parts of a qualified name.

    >>> parted("shop::Cart.load"), parted("Shelf<T>")
    (('shop', 'Cart', 'load'), ('Shelf',))
    """
    return tuple(filter(None, _PARTS.split(_SUFFIX.sub("", name))))


def _defined(part: Excerpt) -> Iterator[Symbol]:
    file, language, syntax = read(part, part.path)
    if syntax is None:
        return
    found, above = definitions(file.parsed, language)
    begun = dict(_alone(file, above))
    outer: list[tuple[int, tuple[str, ...]]] = []
    for made in found:
        own = parted(name_in(file.source[slice(*made.name)]))
        while outer and outer[-1][0] < made.end:
            outer.pop()
        name = (*(outer[-1][1] if outer else ()), *own)
        outer.append((made.end, name))
        first, last = _rows(file, made)
        while first - 1 in begun:
            first = begun[first - 1]
        yield Symbol(name, part.line + first, part.line + last, part.path)


def _rows(file: SourceFile, made: Definition) -> tuple[int, int]:
    end = len(file.source[: made.end].rstrip(b"\n")) if made.end > made.start else made.end
    return file.row(made.start), file.row(max(made.start, end - 1))


def _alone(file: SourceFile, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield last and first row of what begins its line: it may belong to what stands below."""
    for start, end in spans:
        line = file.source.rfind(b"\n", 0, start) + 1
        if not file.source[line:start].strip():
            yield file.row(max(start, end - 1)), file.row(start)
