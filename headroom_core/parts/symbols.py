"""Finds the functions, types and constants in source code that a query names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from headroom_core.compressors._code.detect import sureness
from headroom_core.compressors._code.question import asked_names
from headroom_core.compressors._code.symbols import Symbol, parted, symbols
from headroom_core.parts.base import Place, Selection, within_limit
from headroom_core.segments import cut

_ALONE = re.compile(
    r"\s*+(?:the\s+)?(?:(?:async|def|class|func|function|fn|struct|enum|trait|impl|interface|type|"
    r"method|module|const|static|public|private)\s+){0,4}+"
    r"`?(?P<name>[\w$~]+(?:(?:::|->|[.#])[\w$~]+){0,9}[?!]?)`?(?:\s?\([^()\n]{0,200}\))?"
    r"(?:\s+(?:function|class|method|type|definition|implementation|body|source|code))?\s*"
)
_CALLED = re.compile(r"(?<![\w$])([\w$]{2,80}+)\(|`([\w$.:]{2,160}+)`")
_MOST_OTHERS: Final = 12


def find_symbols(original: str, query: str) -> Selection | None:
    """Return the definitions that `query` names, whole; None if it names none of several lines.

    What a line says is shown better with the lines around it.
    """
    lower = original.lower()
    names = [name for name in _named(query) if name[-1].lower() in lower]
    if not names:
        return None
    found = _matching(_defined(original), names)
    if not any(symbol.last > symbol.first for symbol in found):
        return None
    starts = [0, *accumulate(len(line) + 1 for line in original.split("\n"))]
    places = [_place(symbol, starts, found) for symbol in found]
    fitting = within_limit(range(len(places)), [place.end - place.start for place in places])
    left = [symbol for index, symbol in enumerate(found) if index not in fitting]
    notes = [_left(left), _others(original, names, found)]
    return Selection([places[index] for index in fitting], "; ".join(filter(None, notes)))


def _named(query: str) -> list[tuple[str, ...]]:
    """Return the names in a query: all of it, or those that are certainly names."""
    alone = _ALONE.fullmatch(query[:400])
    if alone:
        return [name for name in [parted(alone["name"])] if name]
    called = (first or second for first, second in _CALLED.findall(query))
    names = [*called, *(name for name, sure in asked_names(query).items() if sure)]
    return list(filter(None, map(parted, dict.fromkeys(names))))


def _defined(original: str) -> list[Symbol]:
    """Return what is defined in a source file, or in those inside other text."""
    if sureness(original):
        return symbols(original)
    found, line = [], 1
    for segment in cut(original):
        if segment.payload and sureness(segment.text, segment.file):
            found += symbols(segment.text, line, segment.file)
        line += segment.text.count("\n")
    return found


def _matching(known: Sequence[Symbol], names: Sequence[tuple[str, ...]]) -> list[Symbol]:
    """Return the symbols with these names, none inside another."""
    chosen: dict[Symbol, None] = {}
    for name in names:
        alike = [symbol for symbol in known if symbol.name[-1:] == name[-1:]]
        if not alike:
            last = name[-1].lower()
            alike = [s for s in known if s.name and s.name[-1].lower() == last]
        exact = [symbol for symbol in alike if symbol.name[-len(name) :] == name]
        chosen.update(dict.fromkeys(exact or alike))
    found: list[Symbol] = []
    for symbol in sorted(chosen, key=lambda symbol: (symbol.first, -symbol.last)):
        if not found or symbol.last > found[-1].last:
            found.append(symbol)
    return found


def _place(symbol: Symbol, starts: Sequence[int], found: Sequence[Symbol]) -> Place:
    label = ".".join(symbol.name)
    if symbol.path and len({other.path for other in found}) > 1:
        label = f"{label} in {symbol.path}"
    return Place(starts[symbol.first - 1], starts[symbol.last] - 1, label)


def _left(symbols: Sequence[Symbol]) -> str:
    said = [f"{'.'.join(s.name)} lines {s.first}-{s.last}" for s in symbols[:_MOST_OTHERS]]
    more = ", ..." if len(symbols) > len(said) else ""
    return f"{len(symbols)} more: {', '.join(said)}{more}" if symbols else ""


def _others(original: str, names: Sequence[tuple[str, ...]], found: Sequence[Symbol]) -> str:
    """Say where else the names stand."""
    wanted = re.compile("|".join(rf"(?<!\w){re.escape(name[-1])}(?!\w)" for name in names))
    inside = {line for symbol in found for line in range(symbol.first, symbol.last + 1)}
    lines = [
        str(number)
        for number, line in enumerate(original.split("\n"), 1)
        if number not in inside and wanted.search(line)
    ]
    if not lines:
        return ""
    more = ", ..." if len(lines) > _MOST_OTHERS else ""
    word = "lines" if len(lines) > 1 else "line"
    return f"named in {word} {', '.join(lines[:_MOST_OTHERS])}{more} as well"
