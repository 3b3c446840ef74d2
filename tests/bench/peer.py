"""The process that measures headroom-ai, run by file path with the Python it is installed in.

Speaks the protocol of `tests.bench.ours`. Imports nothing of this project.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import logging
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_MODEL = "gpt-4o"
_KEYS = re.compile(r"<<ccr:([0-9a-f]{12,24})|hash=([0-9a-f]{12,24})")


def prepare() -> None:
    """Let it run offline, with exact token counts, and keep its files in a temporary folder."""
    os.environ["HEADROOM_OFFLINE"] = "1"
    os.environ["HOME"] = os.environ["HEADROOM_HOME"] = tempfile.mkdtemp(prefix="headroom-peer-")
    litellm = importlib.util.find_spec("litellm")
    if litellm and litellm.origin:
        vocabulary = Path(litellm.origin).parent / "litellm_core_utils" / "tokenizers"
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(vocabulary))
    logging.disable(logging.CRITICAL)


class Session:
    """One mode: "default", or "agent", its lossless mode."""

    def __init__(self, mode: str) -> None:
        self._options = {} if mode == "default" else {"mode": mode}
        self._headroom: Any = importlib.import_module("headroom")
        warm_up = json.dumps([{"id": n, "name": f"warm up {n}"} for n in range(99)])
        self.compress([{"role": "tool", "tool_call_id": "c", "content": warm_up}], fetch=False)

    def compress(self, messages: list[dict[str, Any]], fetch: bool) -> dict[str, Any]:
        started = time.process_time()
        try:
            result = self._headroom.compress(messages, model=_MODEL, **self._options)
        except Exception as error:
            spent = time.process_time() - started
            return {"cpu_ms": spent * 1000, "error": f"{type(error).__name__}: {error}"}
        spent = time.process_time() - started
        answer: dict[str, Any] = {"messages": result.messages, "cpu_ms": spent * 1000}
        if len(result.messages) == len(messages):
            changed = [
                (index, before["content"], after["content"])
                for index, (before, after) in enumerate(zip(messages, result.messages, strict=True))
                if before.get("content") != after.get("content")
                and isinstance(after.get("content"), str)
            ]
            answer["expanded"] = dict(
                filter(None, (self._expand(i, sent) for i, _, sent in changed))
            )
            answer["events"] = [
                {"path": [i], "compressor": self._who(result, i)} for i, *_ in changed
            ]
            if fetch:
                answer["fetched"] = {i: self._fetch(text, sent) for i, text, sent in changed}
        return answer

    def _who(self, result: Any, index: int) -> str:
        return ",".join(t for t in result.transforms_applied if "protected" not in t)[:60]

    def _expand(self, index: int, sent: str) -> tuple[int, str] | None:
        try:
            rows = self._headroom.expand_compacted(sent)
        except Exception:
            return None
        return None if rows is None else (index, json.dumps(rows, ensure_ascii=False))

    def _fetch(self, text: str, sent: str) -> str | None:
        """Return what its keys lead to, one below the other; None if one is the exact text."""
        store = importlib.import_module("headroom.cache.compression_store").get_compression_store()
        found = []
        for match in _KEYS.finditer(sent):
            entry = store.retrieve(match[1] or match[2])
            if entry is not None:
                original = entry.original_content
                found.append(original if isinstance(original, str) else json.dumps(original))
        if any(_digest(original) == _digest(text) for original in found):
            return None
        return "\n".join(found)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    prepare()
    session: Session | None = None
    for line in sys.stdin:
        request = json.loads(line)
        answer: dict[str, Any] = {}
        if request["op"] == "open":
            session = Session(request["mode"])
        elif request["op"] == "compress" and session:
            answer = session.compress(request["messages"], request["fetch"])
        elif request["op"] == "usage":
            answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
