"""Follows a path through a JSON text, and says what is there if it leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from headroom_core._parts_json import (
    Part,
    children,
    is_container,
    is_list,
    members,
)
from headroom_core._parts_path import Ranges, Step, chosen
from headroom_core.compressors._json_cells import name

_MAX_KEYS: Final = 30
_MAX_NAMES: Final = 1500
_INDEX = re.compile(r"-?[0-9]{1,9}")


class Resolver:
    """Follows one path; made anew for every document.

    Args:
        text: The text the document stands in.
        path: The path as written.
        steps: What it says.
    """

    def __init__(self, text: str, path: str, steps: Sequence[Step]) -> None:
        self._text = text
        self._path = path
        self._steps = steps
        self._miss: tuple[int, Part] | None = None
        self._short = ""

    def find(self, root: Part) -> list[Part]:
        """Return the parts of the document `root` that the path leads to.

        Raises:
            ValueError: If the document is not JSON.
            RecursionError: If it is nested too deeply.
        """
        return list(self._follow(root, 0))

    @property
    def note(self) -> str:
        """What is there where the path ends too early; "" if it does not."""
        if self._short or self._miss is None:
            return self._short
        at, part = self._miss
        where = part.path or "the document"
        if not is_container(self._text, part):
            return f"{where} is {self._text[part.start : part.end][:60]}: there is nothing in it"
        inner = children(self._text, part)
        if is_list(self._text, part):
            return f"{where} has {len(inner)} rows: {where}[0] is row 1"
        keys = ", ".join(name(p.key or "") for p in inner[:_MAX_KEYS])[:_MAX_NAMES]
        more = f" and {len(inner) - _MAX_KEYS} more" if len(inner) > _MAX_KEYS else ""
        if self._steps[at].ranges is not None:
            return f"{where} has {len(inner)} entries: {keys}{more}"
        return f"{where} has no {name(self._steps[at].name)}; its keys: {keys}{more}"

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
        if not is_container(self._text, part):
            return []
        ranges = self._steps[at].ranges
        if ranges is not None:
            return [(child, at + 1) for child in self._rows(part, ranges)]
        if is_list(self._text, part):
            return self._element(part, at)
        return self._entry(part, at)

    def _rows(self, part: Part, ranges: Ranges) -> list[Part]:
        rows = children(self._text, part)
        return [rows[index] for index in chosen(ranges, len(rows))]

    def _element(self, part: Part, at: int) -> list[tuple[Part, int]]:
        """A list: an index, or a key that its rows have."""
        rows, key = children(self._text, part), self._steps[at].name
        if not _INDEX.fullmatch(key):
            return [(row, at) for row in rows if is_container(self._text, row)]
        index = int(key) + (len(rows) if key[0] == "-" else 0)
        return [(rows[index], at + 1)] if 0 <= index < len(rows) else []

    def _entry(self, part: Part, at: int) -> list[tuple[Part, int]]:
        """An object: a key, or several steps that are one key with dots in it."""
        wanted = {self._steps[at].name: at + 1}
        begin = self._steps[at].start
        for following in range(at + 1, len(self._steps)):
            wanted.setdefault(self._path[begin : self._steps[following].end], following + 1)
        best: tuple[Part, int] | None = None
        for index, (key, first, start, end) in enumerate(members(self._text, part.start)):
            if key not in wanted or (best and wanted[key] >= best[1]):
                continue
            best = Part(first, start, end, part, key, index), wanted[key]
            if wanted[key] == at + 1:
                break
        if best is None and part.parent is None and self._steps[at].name == "document":
            best = part, at + 1  # what our renderings call it
        return [best] if best else []
