"""Follows a path through a JSON text, and says what is there if it leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from headroom_core.compressors._json.cells import name
from headroom_core.parts.path import Ranges, Step, chosen
from headroom_core.parts.scan import find_entry
from headroom_core.parts.tree import UNKNOWN, Part, Tree

_MAX_KEYS: Final = 30
_MAX_NAMES: Final = 1500
_MAX_VALUE: Final = 60
_DOCUMENT: Final = "document"
"""What our renderings call a document that is one list."""

_INDEX = re.compile(r"-?[0-9]{1,9}")


class Resolver:
    """Follows one path; made anew for every document.

    Args:
        tree: The document.
        path: The path as written.
        steps: What it says.
    """

    def __init__(self, tree: Tree, path: str, steps: Sequence[Step]) -> None:
        self._tree = tree
        self._path = path
        self._steps = steps
        self._miss: tuple[int, Part] | None = None

    def find(self, start: Part) -> list[Part]:
        """Return the parts that the path leads to from `start`.

        Raises:
            ValueError: If the document is not JSON.
        """
        return [self._tree.closed(part) for part in self._follow(start, 0)]

    def note(self) -> str:
        """Return what is there where the path ends too early; "" if it does not."""
        if self._miss is None:
            return ""
        at, part = self._miss
        where = part.path or "the document"
        if not self._tree.is_container(part):
            part = self._tree.closed(part)
            value = self._tree.text[part.start : part.end][:_MAX_VALUE]
            return f"{where} is {value}: there is nothing in it"
        total = self._tree.size(part)
        if self._tree.is_list(part):
            return f"{where} has {total} rows; row 1 is {part.path}[0]"
        shown = self._tree.children(part, range(min(total, _MAX_KEYS)))
        keys = ", ".join(name(entry.key or "") for entry in shown)[:_MAX_NAMES]
        keys += f" and {total - _MAX_KEYS} more" if total > _MAX_KEYS else ""
        if self._steps[at].ranges is not None:
            return f"{where} has {total} entries: {keys}"
        return f"{where} has no {name(self._steps[at].name)}; its keys: {keys}"

    def _follow(self, part: Part, at: int) -> Iterator[Part]:
        if at == len(self._steps):
            yield part
            return
        inner = self._next(part, at)
        if not inner and (self._miss is None or at > self._miss[0]):
            self._miss = (at, part)
        for child, following in inner:
            yield from self._follow(child, following)

    def _next(self, part: Part, at: int) -> list[tuple[Part, int]]:
        """Return the parts of `part` that step `at` names, and which step comes next."""
        if not self._tree.is_container(part):
            return []
        ranges = self._steps[at].ranges
        if ranges is not None:
            return [(child, at + 1) for child in self._rows(part, ranges)]
        if self._tree.is_list(part):
            return self._element(part, at)
        return self._entry(part, at)

    def _rows(self, part: Part, ranges: Ranges) -> list[Part]:
        return self._tree.children(part, chosen(ranges, self._tree.size(part)))

    def _element(self, part: Part, at: int) -> list[tuple[Part, int]]:
        """A list: an index, or a key that its rows have."""
        key, total = self._steps[at].name, self._tree.size(part)
        if not _INDEX.fullmatch(key):
            rows = self._tree.containers(part)
            return [(row, at) for row in rows if not self._tree.is_list(row)]
        index = int(key) + (total if key[0] == "-" else 0)
        positions = [index] if 0 <= index < total else []
        return [(row, at + 1) for row in self._tree.children(part, positions)]

    def _entry(self, part: Part, at: int) -> list[tuple[Part, int]]:
        """An object: a key, or several steps that are one key with dots in it."""
        wanted = {self._steps[at].name: 1}
        begin = self._steps[at].start
        for count, step in enumerate(self._steps[at + 1 :], 2):
            wanted.setdefault(self._path[begin : step.end], count)
        found = find_entry(self._tree.text, part.start, wanted)
        if found is not None:
            key, first, start = found
            return [(Part(first, start, UNKNOWN, part, key), at + wanted[key])]
        if part.parent is None and self._steps[at].name == _DOCUMENT:
            return [(part, at + 1)]
        return []
