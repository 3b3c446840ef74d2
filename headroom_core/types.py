"""The values that flow through the core."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Message: TypeAlias = Mapping[str, Any]
"""One chat message in OpenAI or Anthropic wire format."""

Path: TypeAlias = tuple[int | str, ...]
"""Where a text sits in a message list, e.g. ``(3, "content", 0, "text")``."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text with an address in the messages.

    Attributes:
        text: The text itself.
        path: Its address in the message list, () outside one.
        role: "tool" for anything a tool produced, "user" for a pasted payload.
        tool: Name of the tool that produced the text, "" when unknown.
        query: What the user wanted to know when the block was made: the last user text
            before it and the arguments of the tool call behind it. Never anything later.
        first_line: Number of its first line in the original that a marker leads to, from 1: a
            part of a larger text says which lines it leaves out as a retrieval counts them.
    """

    text: str
    path: Path = ()
    role: str = "tool"
    tool: str = ""
    query: str = ""
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with an address in the messages.

    Attributes:
        text: The image as it stands there: a data URL, or base64 alone.
        path: Its address in the message list.
        role: "tool" for anything a tool produced, "user" for what the user pasted.
        tool: Name of the tool that produced it, "" when unknown.
        detail: How closely the request asks to look at it, "" if it does not say.
    """

    text: str
    path: Path
    role: str = "tool"
    tool: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a rendering may use, and what it must keep.

    Attributes:
        tokens: The tokens a rendering may use at most; None allows no omission at all.
        cut_tokens: The tokens that rows of data and lines of logs may use at most once some have
            to go: what is rare or wrong is worth more than what is usual. None for `tokens`.
        count: Counts tokens. An estimate that is the same on every machine and for every
            model, so that a rendering never depends on who will read it.
        keep: Lines or rows in which this pattern is found must survive; None keeps nothing.
    """

    tokens: int | None
    count: Callable[[str], int]
    keep: re.Pattern[str] | None = None
    cut_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Compressed:
    """What a compressor returns.

    Attributes:
        text: The rendering. Equal to the block's text when there is nothing to offer.
        omitted: What was left out, counted in the unit of the source: "214 of 240 rows".
            "" means nothing was: `headroom_core.expand` turns the rendering back.
        reason: Why the text is unchanged, if that can be helped; for the event, never content.
    """

    text: str
    omitted: str = ""
    reason: str = ""
