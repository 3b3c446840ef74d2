"""Finds the bodies of functions in a source text, and which of them may be left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from headroom_core.compressors._code.grammar import Span, Syntax

_LEAST_LINES: Final = 4
_MOSTLY: Final = 0.5
_HEAD: Final = 600
_NAME = re.compile(rb"[\w$~?!=<>+*/%\[\]-]+")
_C_NAME = re.compile(rb"(?:[\w~:]|operator\W{1,3})+(?=\s{0,9}\()")


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a function.

    Attributes:
        start: Where it begins, in bytes.
        end: Where it ends.
        name: Name of the function, "" if it has none.
        head: Where its name begins; `start` if it has none.
    """

    start: int
    end: int
    name: str
    head: int


@dataclass(slots=True)
class _Node:
    body: Body
    lines: int
    inner: list[_Node] = field(default_factory=list)


def find_bodies(source: bytes, found: Syntax) -> list[Body]:
    """Return all bodies of functions, in order."""
    named = found.captures.get("body", ())
    spans = sorted({*named, *found.captures.get("anon", ())})
    edges = sorted(edge for span in spans for edge in span)
    names = found.captures.get("name", ())
    starts = [start for start, _ in names]
    bodies = []
    for start, end in spans:
        last = bisect_right(starts, start) - 1
        edge = bisect_right(edges, start - 1) - 1
        after = edges[edge] if edge >= 0 else -1
        # The first name behind the last body; parameters may have names of their own.
        first = bisect_right(starts, after - 1)
        own = last if last >= first else -1
        head = names[own] if own >= 0 else (start, start)
        bodies.append(Body(start, end, name_in(source[head[0] : head[1]]), head[0]))
    return bodies


def outermost(
    bodies: Sequence[Body], lines: Callable[[Span], int], opened: Collection[Body] = ()
) -> list[Body]:
    """Return the bodies that can be left out, in order; none is inside another.

    A body that consists of functions (a test suite, a module in a closure) is shown, and they are
    left out instead. So is one around a body in `opened`, which somebody asked for.

    Args:
        bodies: All bodies, in order.
        lines: Counts the lines of a span.
        opened: Bodies that must not be inside one that is left out.
    """
    top: list[_Node] = []
    path: list[_Node] = []
    for body in bodies:
        while path and path[-1].body.end <= body.start:
            path.pop()
        node = _Node(body, lines((body.start, body.end)))
        (path[-1].inner if path else top).append(node)
        path.append(node)
    wanted = set(opened)
    return [node.body for node in _chosen(top, wanted)]


def _chosen(top: Sequence[_Node], wanted: Collection[Body]) -> list[_Node]:
    """Return the nodes that can be left out: those below `top` where these are mere containers."""
    order: list[_Node] = []
    waiting = list(top)
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += node.inner
    chosen: dict[int, list[_Node]] = {}
    holds: set[int] = set()
    for node in reversed(order):
        inner = [c for child in node.inner for c in chosen[id(child)]]
        covered = sum(child.lines for child in inner)
        if any(id(child) in holds or child.body in wanted for child in node.inner):
            holds.add(id(node))
        mostly = covered >= _MOSTLY * node.lines and (len(inner) > 1 or not node.body.name)
        if inner and (mostly or id(node) in holds):
            chosen[id(node)] = inner
        elif id(node) in holds:
            chosen[id(node)] = []
        else:
            chosen[id(node)] = [node] if node.lines >= _LEAST_LINES else []
    return sorted((c for node in top for c in chosen[id(node)]), key=lambda node: node.body.start)


def name_in(text: bytes) -> str:
    """Return the name in a declarator, "" if there is none."""
    text = text[:_HEAD]
    match = (b"(" in text and _C_NAME.search(text)) or _NAME.search(text)
    return match[0].decode("utf-8", "replace").strip() if match else ""
