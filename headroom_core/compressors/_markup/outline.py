"""Reads where the elements of a markup text begin and end, without changing a character."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_TOKEN = re.compile(
    r"<(?:!(--|\[CDATA\[)|[!?]|(/?)([A-Za-z_][\w.:-]*+)"
    r"((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+)>)"
)
_ENDS: Final = {"--": "-->", "[CDATA[": "]]>"}
_RAW: Final = frozenset(("script", "style"))
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
_UNCLOSED: Final = 24
"""So many elements that were never closed may lie between a tag and its closing one."""


@dataclass(slots=True)
class Node:
    """An element.

    Attributes:
        name: Its name, as it is spelled.
        start: Offset of its start tag.
        inner: Offset behind its start tag.
        end: Offset behind its closing tag, or behind what it holds.
        depth: How many elements it is inside of.
        children: The elements right inside it.
        closed: Whether it has a closing tag.
    """

    name: str
    start: int
    inner: int
    end: int
    depth: int
    children: list[Node] = field(default_factory=list)
    closed: bool = False


def read(text: str, *, html: bool = False) -> Node:
    """Return the elements of `text`, inside one without a name that is all of it."""
    root = Node("", 0, 0, len(text), 0)
    stack = [root]
    position = 0
    missing: set[str] = set()
    while token := _TOKEN.search(text, position):
        position = token.end()
        special, slash, name, rest = token.groups()
        if special:
            position = _behind(text, _ENDS[special], position, missing)
        elif slash:
            _close(stack, name, token.start(), position)
        elif name:
            node = Node(name, token.start(), position, position, len(stack))
            stack[-1].children.append(node)
            lower = name.lower() if html else ""
            if lower in _RAW:
                position = _behind(text, f"</{name}>", position, missing)
                node.end, node.closed = position, True
            elif not rest.endswith("/") and lower not in _VOID:
                stack.append(node)
    for node in stack[1:]:
        node.end = len(text)
    return root


def _behind(text: str, end: str, position: int, missing: set[str]) -> int:
    """Return the offset behind the next `end`, `position` if there is none."""
    if end in missing:
        return position
    found = text.find(end, position)
    if found < 0:
        missing.add(end)
        return position
    return found + len(end)


def _close(stack: list[Node], name: str, start: int, end: int) -> None:
    for place in range(len(stack) - 1, max(0, len(stack) - 1 - _UNCLOSED), -1):
        if stack[place].name == name:
            for node in stack[place + 1 :]:
                node.end = start
            stack[place].end, stack[place].closed = end, True
            del stack[place:]
            return
