"""Whole or partial retrieval of an original, and the tool a model calls for it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from headroom_core.errors import CorruptOriginalError, StoreError, UnknownKeyError
from headroom_core.relevance import score_units

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
        "query": {"type": "string", "description": "Return only the parts about this."},
        "lines": {"type": "string", "description": 'Return only these lines, such as "40-80".'},
    },
    "required": ["hash"],
}

_MAX_UNIT: Final = 2000
_MAX_UNITS: Final = 60
_MAX_CHARS: Final = 12_000
_CONTEXT: Final = 1


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
    """

    key: str
    text: str
    ranges: tuple[tuple[int, int], ...]
    offsets: tuple[tuple[int, int], ...]
    total_lines: int
    total_chars: int

    @property
    def whole(self) -> bool:
        """Whether `text` is all of the original."""
        return self.offsets == ((0, self.total_chars),)

    def __str__(self) -> str:
        """Return what a model is shown: the exact text if whole, else each part below its place."""
        if self.whole:
            return self.text
        if not self.ranges:
            return (
                f"[nothing in the {self.total_lines} lines ({self.total_chars} characters) of "
                "the original matches; ask with other words, with lines, or for the whole]"
            )
        parts, position = [], 0
        for (first, last), (start, end) in zip(self.ranges, self.offsets, strict=True):
            where = f"lines {first}-{last}" if last > first else f"line {first}"
            parts.append(f"[{where} of {self.total_lines}, characters {start}-{end}]")
            parts.append(self.text[position : position + end - start])
            position += end - start + 1
        return "\n".join(parts)


def select(
    key: str, original: str, query: str = "", lines: tuple[int, int] | None = None
) -> Retrieved:
    """Return the part of `original` that was asked for; all of it if nothing was.

    Args:
        key: The key it is kept under.
        original: The whole text.
        query: Parts that contain this text, or, if none does, that have most to do with it; one
            line of context on either side, about 12,000 characters at most.
        lines: First and last line, counted from 1; clipped to what there is.
    """
    breaks = [match.end() for match in re.finditer("\n", original)]
    starts = [0, *breaks]
    if lines is not None:
        first = min(max(lines[0], 1), len(starts))
        last = min(max(lines[1], first), len(starts))
        end = starts[last] - 1 if last < len(starts) else len(original)
        offsets = [(starts[first - 1], end)]
    elif query:
        offsets = _matching(original, query)
    else:
        offsets = [(0, len(original))]
    return Retrieved(
        key=key,
        text="\n".join(original[start:end] for start, end in offsets),
        ranges=tuple(
            (bisect_right(starts, start), bisect_right(starts, max(start, end - 1)))
            for start, end in offsets
        ),
        offsets=tuple(offsets),
        total_lines=len(starts),
        total_chars=len(original),
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
        retrieve: Called as ``retrieve(key, query=..., lines=...)``.
    """
    given = _arguments(arguments)
    key = str(given.get("hash") or given.get("key") or "").strip().lower()
    key = key.removeprefix("hash=")
    try:
        found = retrieve(
            key, query=str(given.get("query") or ""), lines=parse_lines(str(given.get("lines")))
        )
    except (UnknownKeyError, CorruptOriginalError) as error:
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


def _arguments(arguments: Mapping[str, Any] | str) -> Mapping[str, Any]:
    if isinstance(arguments, Mapping):
        return arguments
    try:
        parsed = json.loads(arguments)
    except (ValueError, TypeError, RecursionError):
        return {"hash": arguments if isinstance(arguments, str) else ""}
    return parsed if isinstance(parsed, Mapping) else {"hash": str(parsed)}


def _matching(original: str, query: str) -> list[tuple[int, int]]:
    """Return the places of the units that match, with context, best first until the limit."""
    units = _units(original)
    places = [0, *accumulate(len(unit) for unit in units)]
    wanted = query.lower()
    literal = [1.0 if wanted in unit.lower() else 0.0 for unit in units]
    scores = literal if any(literal) else score_units(units, query)
    best = sorted((i for i, score in enumerate(scores) if score > 0), key=lambda i: -scores[i])
    chosen: set[int] = set()
    used = 0
    for index in best[:_MAX_UNITS]:
        around = range(max(0, index - _CONTEXT), min(len(units), index + _CONTEXT + 1))
        fresh = [i for i in around if i not in chosen]
        used += sum(len(units[i]) for i in fresh)
        if chosen and used > _MAX_CHARS:
            break
        chosen.update(fresh)
    return _merge([(places[i], places[i + 1]) for i in sorted(chosen)], original)


def _units(original: str) -> Sequence[str]:
    """Cut a text into lines with their breaks, and very long lines (a minified JSON) further."""
    units: list[str] = []
    for line in original.splitlines(keepends=True) if "\n" in original else [original]:
        if len(line) <= _MAX_UNIT:
            units.append(line)
        else:
            units += re.findall(r"(?s).{200,600}?[},;.]|.{1,600}", line)
    return units


def _merge(places: list[tuple[int, int]], original: str) -> list[tuple[int, int]]:
    """Join neighbours, and leave the line break at the end of a part out."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [(start, end - (original[end - 1 : end] == "\n")) for start, end in merged]
