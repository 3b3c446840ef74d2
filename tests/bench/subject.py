"""Talks to a process that compresses, so that its time and memory are its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.bench.corpus import Messages


@dataclass(frozen=True)
class Reply:
    """What came back for one conversation.

    Attributes:
        messages: What would be sent.
        cpu_ms: Processor time of the call, in milliseconds.
        events: One per block that was looked at: path, compressor, tokens, outcome, ...
        fetched: By index of the message: the original that its key led to, None if the text that
            came back has the same SHA-256 as the one that went in (it is not sent twice).
        expanded: By index of the message: the text with lossless renderings turned back, where
            the process does that itself.
        error: What it raised, "" if nothing. The messages are then those that went in.
    """

    messages: Messages
    cpu_ms: float
    events: list[dict[str, Any]] = field(default_factory=list)
    fetched: dict[int, str | None] = field(default_factory=dict)
    expanded: dict[int, str] = field(default_factory=dict)
    error: str = ""


class Subject:
    """A process that compresses what it is given, in JSON lines.

    Args:
        command: How to start it.
        name: What it is called in the report.
    """

    def __init__(self, command: Sequence[str], name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=Path(__file__).parents[2],
        )

    def __enter__(self) -> Subject:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def open(self, mode: str) -> None:
        """Start afresh, with nothing remembered, in this mode."""
        self._ask(op="open", mode=mode)

    def compress(self, messages: Messages, *, fetch: bool = False) -> Reply:
        """Return what would be sent instead of `messages`.

        Args:
            messages: The conversation.
            fetch: Whether to fetch the originals back afterwards, outside of the time measured.
        """
        answer = self._ask(op="compress", messages=messages, fetch=fetch)
        return Reply(
            messages=answer.get("messages", messages),
            cpu_ms=answer["cpu_ms"],
            events=answer.get("events", []),
            fetched={int(index): text for index, text in answer.get("fetched", {}).items()},
            expanded={int(index): text for index, text in answer.get("expanded", {}).items()},
            error=answer.get("error", ""),
        )

    def peak_mb(self) -> float:
        """Return the peak resident memory of the process so far, in MB."""
        return float(self._ask(op="usage")["peak_mb"])

    def _ask(self, **request: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} stopped with exit code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer
