"""Parses pages with lxml, the one module that knows it; what would make that slow is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final, Protocol

_RAW = re.compile(r"<(?:!--|(script|style|svg)\b)", re.IGNORECASE)
_CLOSERS: Final = {
    name: re.compile(rf"</{name}\s{{0,99}}>", re.IGNORECASE) for name in ("script", "style", "svg")
}
_ATTRIBUTE: Final = (
    r"[\s/]++(?:[^\s/>][^\s/>=]*+(?:\s*+=\s*+"
    r"(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>\"'][^\s>]*+)?+)?+)?+"
)
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE})*+")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG_TAG: Final = 8_000
_MOST_ATTRIBUTES: Final = 2_000
_MOST: Final = 8_000_000


class Element(Protocol):
    """An element of a page, of what lxml says about it."""

    tag: object
    text: str | None
    tail: str | None

    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> Element | None: ...
    def itertext(self) -> Iterator[str]: ...


class Walk(Protocol):
    """The elements of a page, in order."""

    def __iter__(self) -> Iterator[tuple[str, Element]]: ...
    def skip_subtree(self) -> None:
        """Do not go into the element that has just begun."""


@cache
def available() -> bool:
    """Return whether lxml is installed (``pip install headroom-integrations[markup]``)."""
    try:
        import_module("lxml.etree")
    except ImportError:
        return False
    return True


def without_scripts(text: str) -> str:
    """Return `text` without its scripts, styles, drawings and comments."""
    return "".join(_outside(text))


def parse(text: str) -> Element | None:
    """Return the root of a page without scripts; None if lxml is missing or must not be given it.

    A start tag of many attributes takes lxml time that grows with their square, and what is
    nested more deeply than libxml2 goes is cut off without a word: such pages are refused.
    """
    if not available() or len(text) > _MOST:
        return None
    etree = import_module("lxml.etree")
    for tag in _TAG.finditer(text) if len(text) > _LONG_TAG else ():
        if (
            tag.end() - tag.start() > _LONG_TAG
            and len(_ATTRIBUTES.findall(tag[0])) > _MOST_ATTRIBUTES
        ):
            return None
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    source = _CONTROL.sub("\ufffd", text).encode("utf-8")
    try:
        root: Element | None = etree.fromstring(source, parser)
    except (etree.ParseError, ValueError):
        return None
    deep = any("xcessive depth" in error.message for error in parser.error_log)
    return None if deep else root


def walk(root: Element) -> Walk:
    """Return the elements of a page, each when it begins and when it ends."""
    steps: Walk = import_module("lxml.etree").iterwalk(root, events=("start", "end"))
    return steps


def _outside(text: str) -> Iterator[str]:
    """Yield what lies between raw elements and comments.

    One that is never closed hides nothing: the page would be lost behind it.
    """
    position = kept = 0
    unclosed: set[str] = set()
    while match := _RAW.search(text, position):
        name = (match[1] or "").lower()
        if name in unclosed:
            position = match.end()
            continue
        if name:
            closer = _CLOSERS[name].search(text, match.end())
            end = closer.end() if closer else -1
        else:
            end = text.find("-->", match.end() - 2) + 3 or -1
            end = end if end > 2 else -1
        if end < 0:
            unclosed.add(name)
            position = match.end()
            continue
        yield text[kept : match.start()]
        position = kept = end
    yield text[kept:]
