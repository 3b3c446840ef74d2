"""The process that measures headroom_core: reads requests and writes answers as JSON lines."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any

from headroom_core import Headroom, HeadroomError, Result, Settings
from headroom_core.settings import Mode

_MODEL = "gpt-4o"
_WARM_UP = [
    {
        "role": "tool",
        "tool_call_id": "call_0",
        "content": json.dumps([{"id": n, "name": f"warm up {n}", "ok": True} for n in range(99)]),
    }
]


class Session:
    """A fresh `Headroom`, and what it is asked."""

    def __init__(self, mode: Mode, roles: Collection[str]) -> None:
        self._headroom = Headroom(
            Settings(mode=mode, store_url="memory", roles=frozenset(roles or ["tool"]))
        )
        self._headroom.compress(_WARM_UP, model=_MODEL)

    def close(self) -> None:
        self._headroom.close()

    def compress(self, messages: list[dict[str, Any]], fetch: bool) -> dict[str, Any]:
        started = time.process_time()
        try:
            result = self._headroom.compress(messages, model=_MODEL)
        except Exception as error:
            spent = time.process_time() - started
            return {"cpu_ms": spent * 1000, "error": f"{type(error).__name__}: {error}"}
        spent = time.process_time() - started
        return {
            "messages": result.messages,
            "cpu_ms": spent * 1000,
            "events": [asdict(event) for event in result.events],
            "fetched": dict(self._fetch(messages, result)) if fetch else {},
        }

    def _fetch(
        self, messages: list[dict[str, Any]], result: Result
    ) -> Iterator[tuple[int, str | None]]:
        for event in result.events:
            if not event.key:
                continue
            text: Any = messages
            for step in event.path:
                text = text[step]
            try:
                got = self._headroom.retrieve(event.key).text
            except HeadroomError as error:
                got = f"[{type(error).__name__}]"
            yield int(event.path[0]), None if _digest(got) == _digest(text) else got


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def main(roles: Collection[str]) -> None:
    """Answer until the input ends.

    Args:
        roles: Whose texts may be compressed; the default if empty.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    session: Session | None = None
    for line in sys.stdin:
        request = json.loads(line)
        answer: dict[str, Any] = {}
        if request["op"] == "open":
            if session:
                session.close()
            session = Session(request["mode"], roles)
        elif request["op"] == "compress" and session:
            answer = session.compress(request["messages"], request["fetch"])
        elif request["op"] == "usage":
            answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
