"""Loads the inputs of the benchmark and turns each into a conversation."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

Messages: TypeAlias = list[dict[str, Any]]
"""A conversation in OpenAI chat shape."""

CRITICAL: Final = frozenset(
    {
        "anomaly",
        "article_sentence",
        "changed_line",
        "critical",
        "error_first",
        "error_rare",
        "fix_commit",
        "heading",
        "rare_template",
        "signature",
    }
)
"""Kinds of needles that must stay visible although nobody asked for them."""


@dataclass(frozen=True, slots=True)
class Needle:
    """Something in an item that must stay visible or retrievable.

    Attributes:
        kind: What it is, e.g. "error_first".
        type: How it is judged: "text", "any", "row" or "grep" (see `tests.bench.needles`).
        strings: The strings it consists of.
        window: For rows: how far the others may be from the first string, in characters.
        query: The question it answers, "" if nobody asks for it.
        at: In conversations: after how many messages it is judged; None for the whole.
    """

    kind: str
    type: str
    strings: tuple[str, ...]
    window: int = 0
    query: str = ""
    at: int | None = None

    @property
    def critical(self) -> bool:
        """Whether it must stay visible although nobody asked for it."""
        return self.kind in CRITICAL


@dataclass(frozen=True, eq=False)
class Item:
    """One input of the corpus.

    Attributes:
        id: Its name.
        category: "logs", "json", "search", "code", "text", "agent" or "peer_synth".
        conversation: Whether the file holds a whole conversation instead of one tool output.
        path: The file.
        question: What the user asks, "" for conversations.
        tool: Name of the tool that produced it.
        arguments: Arguments of that tool call.
        needles: What must stay visible or retrievable.
    """

    id: str
    category: str
    conversation: bool
    path: Path
    question: str = ""
    tool: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    needles: tuple[Needle, ...] = ()

    @property
    def real(self) -> bool:
        """Whether it was found in the wild, not made by a generator."""
        return self.category != "peer_synth"

    @cached_property
    def text(self) -> str:
        """The file as text."""
        return self.path.read_bytes().decode("utf-8", "surrogateescape")

    def messages(self, question: str = "") -> Messages:
        """Return the conversation.

        Args:
            question: Asked instead of the item's own question; only for tool outputs.
        """
        if self.conversation:
            loaded: Messages = json.loads(self.text)
            return loaded
        call = {
            "id": "call_1",
            "type": "function",
            "function": {"name": self.tool, "arguments": json.dumps(self.arguments)},
        }
        return [
            {"role": "user", "content": question or self.question},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": self.text},
        ]

    def measured(self, messages: Sequence[dict[str, Any]]) -> list[str]:
        """Return the texts in `messages` that count: the tool output, or all of a conversation."""
        counted = messages if self.conversation else messages[-1:]
        return [content_text(message) for message in counted]

    def questions(self) -> dict[str, list[int]]:
        """Return the questions of its own and the indexes of the needles that answer them."""
        asked: dict[str, list[int]] = {}
        for index, needle in enumerate(self.needles):
            if needle.query and not self.conversation:
                asked.setdefault(needle.query, []).append(index)
        return asked


def load(folder: Path, categories: Collection[str] = (), ids: Collection[str] = ()) -> list[Item]:
    """Return the items of a corpus folder, in the order of its manifest.

    Args:
        folder: Holds ``MANIFEST.json``, ``needles.json`` and the files they name.
        categories: Only these; all if empty.
        ids: Only these; all if empty.
    """
    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    needles = json.loads((folder / "needles.json").read_bytes())
    return [
        _item(folder, entry, needles.get(entry["id"], []))
        for entry in manifest["items"]
        if (not categories or entry["category"] in categories) and (not ids or entry["id"] in ids)
    ]


def content_text(message: dict[str, Any]) -> str:
    """Return the text content of a message, "" if it has none."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(part.get("text") or "" for part in parts if isinstance(part, dict))


def _item(folder: Path, entry: dict[str, Any], needles: Sequence[dict[str, Any]]) -> Item:
    tool = entry["tool"] or {}
    return Item(
        id=entry["id"],
        category=entry["category"],
        conversation=entry["form"] == "conversation",
        path=folder / entry["file"],
        question=entry["question"] or "",
        tool=tool.get("name", ""),
        arguments=tool.get("arguments", {}),
        needles=tuple(
            Needle(
                kind=needle["kind"],
                type=needle["type"],
                strings=tuple(needle["all_of"]),
                window=needle.get("window", 0),
                query=needle["query"] or "",
                at=needle.get("at"),
            )
            for needle in needles
        ),
    )
