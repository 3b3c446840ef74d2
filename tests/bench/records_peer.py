"""The process that writes arrays with headroom-ai, run by file path with its own Python.

Reads requests and writes answers as JSON lines. Imports nothing of this project.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    runpy.run_path(str(Path(__file__).with_name("peer.py")))["prepare"]()
    crushers = importlib.import_module("headroom.transforms.smart_crusher")
    tables = crushers.SmartCrusher(lossless_only=True)
    samples = crushers.SmartCrusher(with_compaction=False)
    for line in sys.stdin:
        request = json.loads(line)
        crusher = tables if request["lossless"] else samples
        text = crusher.crush(request["text"]).compressed
        answers.write(json.dumps(_unquoted(text)) + "\n")
        answers.flush()


def _unquoted(text: str) -> str:
    """Return the table in a JSON string as it reads without its escapes, else the text."""
    if not text.startswith('"'):
        return text
    value: Any = json.loads(text)
    return value if isinstance(value, str) else text


if __name__ == "__main__":
    main()
