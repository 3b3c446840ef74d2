"""Whole or partial retrieval of an original, and the tool a model calls for it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from headroom_core.errors import CorruptOriginalError, PartError, StoreError, UnknownKeyError
from headroom_core.parts.base import Place, Selection

TOOL_NAME: Final = "headroom_retrieve"

_DESCRIPTION: Final = (
    "Read content that was left out to save tokens. A line such as "
    "[214 of 240 rows omitted; headroom_retrieve hash=...] says what is missing and its hash. "
    "Call this only when the answer needs what is missing; prefer `query` or `lines` to the whole."
)
_PARAMETERS: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "hash": {"type": "string", "description": "The 24 hex digits behind hash= in the marker."},
        "query": {"type": "string", "description": "Only what is about this, or so named."},
        "lines": {"type": "string", "description": 'Return only these lines, such as "40-80".'},
        "rows": {"type": "string", "description": 'Only these # rows: "3,40-60".'},
        "path": {"type": "string", "description": 'Only this JSON path: "items[3].id".'},
    },
    "required": ["hash"],
}
_SHORT: Final = 100


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a key leads to: all of the original, or the part that was asked for.

    Attributes:
        key: The key.
        text: Exact characters of the original; parts that do not touch are joined by a newline.
        ranges: First and last line of each part, counted from 1.
        offsets: Start and end of each part in characters of the original.
        total_lines: Lines of the whole original.
        total_chars: Characters of the whole original.
        labels: For each part what it is, such as "items[16], row 17 of 400"; () if it is lines.
        note: What is there instead when there are no parts, or how much more there is.
    """

    key: str
    text: str
    ranges: tuple[tuple[int, int], ...]
    offsets: tuple[tuple[int, int], ...]
    total_lines: int
    total_chars: int
    labels: tuple[str, ...] = ()
    note: str = ""

    @property
    def whole(self) -> bool:
        """Whether `text` is all of the original."""
        return self.offsets == ((0, self.total_chars),)

    def __str__(self) -> str:
        """Return what a model is shown: the exact text if whole, else each part below its place."""
        if self.whole:
            return self.text
        if not self.ranges:
            return f"[{self.note}]" if self.note else self._nothing()
        parts, position = [], 0
        for index, (start, end) in enumerate(self.offsets):
            text = self.text[position : position + end - start]
            parts.append(f"[{self._place(index)}]{self._gap(text)}{text}")
            position += end - start + 1
        return "\n".join([*parts, f"[{self.note}]"] if self.note else parts)

    def _nothing(self) -> str:
        return (
            f"[nothing in the {self.total_lines} lines ({self.total_chars} characters) of "
            "the original matches; ask with other words, with lines, or for the whole]"
        )

    def _place(self, index: int) -> str:
        """Say where a part stands; of several parts with labels in few words."""
        (first, last), (start, end) = self.ranges[index], self.offsets[index]
        lines = f"lines {first}-{last}" if last > first else f"line {first}"
        if self.labels and len(self.labels) > 1:
            return self.labels[index] if self.total_lines == 1 else f"{self.labels[index]}, {lines}"
        place = f"{lines} of {self.total_lines}, characters {start}-{end}"
        return f"{self.labels[index]}, {place}" if self.labels else place

    def _gap(self, text: str) -> str:
        """What stands between a place and its text: short values stand beside their places."""
        is_short = len(self.labels) > 1 and len(text) <= _SHORT and "\n" not in text
        return " " if is_short else "\n"


def select(
    key: str,
    original: str,
    query: str = "",
    lines: tuple[int, int] | None = None,
    *,
    rows: str = "",
    path: str = "",
) -> Retrieved:
    """Return the part of `original` that was asked for; all of it if nothing was.

    Args:
        key: The key it is kept under.
        original: The whole text.
        query: Parts that contain this text, or, if none does, that have most to do with it; about
            12,000 characters at most. Of JSON whole records; of code the whole function or type
            that it names; else lines with one on either side.
        lines: First and last line, counted from 1; clipped to what there is.
        rows: Only these rows of a list, entries of an object or rows of a table, counted from 1:
            "17", "40-60", "3,17,40-60". Without `path` those of the list with the most rows.
        path: Only what stands there in a JSON original: "data.items[3].spec".

    Raises:
        PartError: If `rows` or `path` cannot be read.
    """
    breaks = [match.end() for match in re.finditer("\n", original)]
    starts = [0, *breaks]
    found = Selection([Place(0, len(original))])
    if rows.strip() or path.strip() or (query and lines is None):
        # Late: it takes as long to import as all that compresses, and is seldom asked for.
        from headroom_core.parts.selection import find

        found = find(original, query=query, rows=rows, path=path)
    elif lines is not None:
        first = min(max(lines[0], 1), len(starts))
        last = min(max(lines[1], first), len(starts))
        end = starts[last] - 1 if last < len(starts) else len(original)
        found = Selection([Place(starts[first - 1], end)])
    offsets = tuple((place.start, place.end) for place in found.places)
    return Retrieved(
        key=key,
        text="\n".join(original[start:end] for start, end in offsets),
        ranges=tuple(
            (bisect_right(starts, start), bisect_right(starts, max(start, end - 1)))
            for start, end in offsets
        ),
        offsets=offsets,
        total_lines=len(starts),
        total_chars=len(original),
        labels=tuple(place.label for place in found.places if place.label),
        note=found.note,
    )


def parse_lines(text: str) -> tuple[int, int] | None:
    """Return the line range a model wrote, None if it is none.

    >>> parse_lines("40-80"), parse_lines("7"), parse_lines("all")
    ((40, 80), (7, 7), None)
    """
    match = re.fullmatch(r"\s*L?(\d{1,9})(?:\s*(?:-|to|,|:|\.\.)\s*L?(\d{1,9}))?\s*", text)
    if not match:
        return None
    first = int(match[1])
    return first, int(match[2] or first)


def answer(arguments: Mapping[str, Any] | str, retrieve: Callable[..., Retrieved]) -> str:
    """Run one call of the tool and return the text for its result. Never raises.

    Args:
        arguments: What the model passed: a mapping, or its JSON text.
        retrieve: Called as ``retrieve(key, query=..., lines=..., rows=..., path=...)``.
    """
    given = _arguments(arguments)
    key = str(given.get("hash") or given.get("key") or "").strip().lower()
    key = key.removeprefix("hash=")
    try:
        found = retrieve(
            key,
            query=_spelled(given.get("query")),
            lines=parse_lines(_spelled(given.get("lines"))),
            rows=_spelled(given.get("rows")),
            path=_spelled(given.get("path")),
        )
    except (UnknownKeyError, CorruptOriginalError, PartError) as error:
        return str(error)
    except StoreError:
        return (
            f"The original of hash={key[:40]} cannot be read just now. Go on without it, or run "
            "the tool that produced the content once more."
        )
    return str(found)


def is_retrieve_tool(name: str | None) -> bool:
    """Return whether a tool is ours, bare or qualified by a server.

    >>> is_retrieve_tool("mcp__headroom__headroom_retrieve"), is_retrieve_tool("retrieve")
    (True, False)
    """
    return bool(name) and re.search(rf"(?:^|[_./:-]){TOOL_NAME}$", str(name)) is not None


def openai_tool() -> dict[str, Any]:
    """Return the tool definition for OpenAI chat completions."""
    function = {"name": TOOL_NAME, "description": _DESCRIPTION, "parameters": dict(_PARAMETERS)}
    return {"type": "function", "function": function}


def responses_tool() -> dict[str, Any]:
    """Return the tool definition for OpenAI Responses."""
    return {"type": "function", **openai_tool()["function"]}


def anthropic_tool() -> dict[str, Any]:
    """Return the tool definition for Anthropic messages."""
    return {"name": TOOL_NAME, "description": _DESCRIPTION, "input_schema": dict(_PARAMETERS)}


def _spelled(value: object) -> str:
    """Return an argument as text: a model may write 17, [17, 40] or null where text is due."""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None or isinstance(value, bool | dict) else str(value)


def _arguments(arguments: Mapping[str, Any] | str) -> Mapping[str, Any]:
    if isinstance(arguments, Mapping):
        return arguments
    try:
        parsed = json.loads(arguments)
    except (ValueError, TypeError, RecursionError):
        return {"hash": arguments if isinstance(arguments, str) else ""}
    return parsed if isinstance(parsed, Mapping) else {"hash": str(parsed)}
