"""Shows elements as they are spelled: those that fail or are asked for, and one of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._markup.keep import kept_lines
from headroom_core.compressors._markup.outline import Node, read
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

_UNIT: Final = 1_200
_FAILING: Final = 6_000
_HEAD: Final = 700
_TAIL: Final = 300
_MISSES: Final = 40
_OVERHEAD: Final = 6
_FAILS: Final = 100.0
_ASKED: Final = 10.0
_FIRST: Final = 2.0
_SECOND: Final = 0.5
_SIGNS = re.compile(
    r"<(?:\w+:)?(?:failure|error|fault|exception|rerunFailure|flakyFailure|problem)\b"
    r"|\b(?:severity|level|status|result|outcome|success)=\"(?:error|fail\w{0,4}|critical|fatal|high"
    r"|false)\"",
    re.IGNORECASE,
)
_LONG_VALUE = re.compile(r"(?<==\")[^\"<>]{240,}+(?=\")")
_VALUES = re.compile(r"(?<!class)=\"[^\"]{0,4000}\"|>[^<>]{1,4000}<")
_SPACE = re.compile(r"(?<!\s)\s*\n\s*")


@dataclass(frozen=True, slots=True)
class _Item:
    node: Node
    parent: int
    unit: bool


class Elements:
    """A markup text, ready to be written with as many of its elements as there is room for."""

    def __init__(self, text: str, query: str, keep: re.Pattern[str] | None, *, html: bool) -> None:
        self._text = text
        self._items = list(_items(text, read(text, html=html)))
        self._units = [at for at, item in enumerate(self._items) if item.unit]
        sources = [self._source(at) for at in self._units]
        self._scores = dict(zip(self._units, _scores(sources, query), strict=True))
        self._fails = {
            at for at, source in zip(self._units, sources, strict=True) if _SIGNS.search(source)
        }
        self._kept = set(self._matching(keep)) if keep else set()
        self._rest = ""
        if keep:
            self._rest = kept_lines(text, "\n".join(map(self._source, self._kept)), keep)
        self._order = sorted(
            (at for at in self._units if self._scores[at] > 0), key=lambda at: -self._scores[at]
        )

    @property
    def count(self) -> int:
        """How many elements there are that may be left out."""
        return len(self._units)

    def write(self, room: float) -> Compressed:
        """Return the rendering with about `room` characters."""
        chosen: set[int] = set()
        spent = len(self._rest)
        for at in self._kept:
            spent += self._take(at, chosen)
        misses = 0
        for at in self._order:
            if at in chosen:
                continue
            cost = self._cost(at, chosen)
            if spent + cost > room:
                misses += 1
                if misses > _MISSES:
                    break
                continue
            spent += self._take(at, chosen)
        shown = sum(1 for at in chosen if self._items[at].unit)
        text = "\n".join(self._lines(chosen)) + self._rest
        missing = self.count - shown
        if not missing:
            return Compressed(
                text, f"long values and blanks: {_lost(self._text, text):,} characters"
            )
        return Compressed(text, f"{missing:,} of {self.count:,} elements")

    def _take(self, at: int, chosen: set[int]) -> int:
        cost = self._cost(at, chosen)
        while at >= 0 and at not in chosen:
            chosen.add(at)
            at = self._items[at].parent
        return cost

    def _cost(self, at: int, chosen: set[int]) -> int:
        cost = 0
        while at >= 0 and at not in chosen:
            item = self._items[at]
            cost += len(self._shown(at)) + _OVERHEAD
            cost += 0 if item.unit else len(item.node.name) + _OVERHEAD
            at = item.parent
        return cost

    def _source(self, at: int) -> str:
        """Return an element; of one that is shown in parts, its start tag."""
        node = self._items[at].node
        return self._text[node.start : node.end if self._items[at].unit else node.inner]

    def _matching(self, keep: re.Pattern[str]) -> Iterator[int]:
        return (at for at in range(len(self._items)) if keep.search(self._source(at)))

    def _shown(self, at: int) -> str:
        """Return an element as it is sent: whole, or both ends of what is very long."""
        if at in self._kept:
            return self._source(at)
        source = _LONG_VALUE.sub(_ends, self._source(at))
        return _cut(source, _FAILING if at in self._fails else _UNIT)

    def _lines(self, chosen: set[int]) -> Iterator[str]:
        """Yield the chosen elements inside those that hold them, and how many more there are."""
        order = sorted(chosen)
        if not order:
            return
        first = self._text[: self._items[0].node.start].strip()
        if first:
            yield _cut(first, _UNIT)
        gaps = self._gaps(chosen)
        open_items: list[int] = []
        for at in order:
            yield from self._closed(open_items, self._items[at].parent, gaps)
            indent = "  " * len(open_items)
            item = self._items[at]
            if item.unit:
                yield indent + self._shown(at)
                continue
            yield indent + self._shown(at)
            open_items.append(at)
        yield from self._closed(open_items, -1, gaps)
        if -1 in gaps:
            yield gaps[-1]

    def _gaps(self, chosen: set[int]) -> dict[int, str]:
        """Return what is missing in each of the chosen elements, by name."""
        missing = Counter(
            (item.parent, item.node.name)
            for at, item in enumerate(self._items)
            if at not in chosen and (item.parent < 0 or item.parent in chosen)
        )
        names: dict[int, list[str]] = {}
        for (parent, name), count in missing.items():
            names.setdefault(parent, []).append(f"{count:,} <{name}>")
        all_shown = ", none of them failing" if self._fails and self._fails <= chosen else ""
        return {
            parent: f"<!-- not shown: {', '.join(found[:6])}{all_shown} -->"
            for parent, found in names.items()
        }

    def _closed(self, open_items: list[int], parent: int, gaps: dict[int, str]) -> Iterator[str]:
        """Yield the ends of the open elements down to `parent`."""
        while open_items and open_items[-1] != parent:
            at = open_items.pop()
            if at in gaps:
                yield f"{'  ' * (len(open_items) + 1)}{gaps[at]}"
            node = self._items[at].node
            if node.closed:
                yield f"{'  ' * len(open_items)}</{node.name}>"


def write_elements(
    text: str, budget: Budget, query: str, *, html: bool = False
) -> Compressed | None:
    """Return the elements that matter as they are spelled; None if nothing sensible fits."""
    elements = Elements(text, query, budget.keep, html=html)
    if elements.count < 2:
        return None
    return fit(text, budget, elements.write)


def _items(text: str, root: Node) -> Iterator[_Item]:
    """Yield the elements that are shown or left out as one, and those that hold them, in order."""
    stack = [(child, -1) for child in reversed(root.children)]
    number = 0
    while stack:
        node, parent = stack.pop()
        unit = node.end - node.start <= _UNIT or not node.children or _has_text(text, node)
        yield _Item(node, parent, unit)
        if not unit:
            stack += [(child, number) for child in reversed(node.children)]
        number += 1


def _has_text(text: str, node: Node) -> bool:
    """Return whether an element is one of few children that has text of its own: a paragraph."""
    if len(node.children) > 40 or node.end - node.start > _FAILING:
        return False
    position = node.inner
    for child in node.children:
        if text[position : child.start].strip():
            return True
        position = child.end
    return False


def _scores(sources: Sequence[str], query: str) -> list[float]:
    """Return what each element is worth: it fails, it is asked for, it is the first of its kind."""
    asked = score_units(sources, query)
    # What the question has in common with every other element says nothing about any of them.
    usual = sorted(asked)[len(asked) // 2] if asked else 0.0
    asked = [max(0.0, about - usual) for about in asked]
    most = max(asked, default=0.0) or 1.0
    kinds: Counter[str] = Counter()
    scores = []
    plain = []
    for source, about in zip(sources, asked, strict=True):
        kind = _VALUES.sub("", source[:_UNIT])[:300]
        kinds[kind] += 1
        score = _ASKED * about / most + _FAILS * bool(_SIGNS.search(source))
        if kinds[kind] <= 2:
            score += _FIRST if kinds[kind] == 1 else _SECOND
        scores.append(score)
        plain.append(score <= _FIRST)
    if all(plain):
        # Nothing stands out: the room is used for the first of them.
        return [score or _SECOND / 10 for score in scores]
    return scores


def _lost(text: str, shown: str) -> int:
    return max(1, len(text) - len(shown))


def _ends(match: re.Match[str]) -> str:
    value = match[0]
    return f"{value[:80]}[…{len(value) - 110:,} characters…]{value[-30:]}"


def _cut(source: str, most: int) -> str:
    source = _SPACE.sub("\n", source) if source.count("\n") > 40 else source
    if len(source) <= most:
        return source
    head, tail = (_HEAD, _TAIL) if most <= _UNIT else (most - _UNIT, _UNIT // 2)
    left = len(source) - head - tail
    return f"{source[:head]}[…{left:,} characters…]{source[-tail:]}"
