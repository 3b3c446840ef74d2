"""JSON that is cut under a budget, and how to read what is left of it."""

from __future__ import annotations

import json
import random
import re

from headroom_core import expand
from headroom_core.compressors.json import JsonCompressor
from headroom_core.types import Block, Budget

COMPRESSOR = JsonCompressor()


def compress(text, tokens=None, query="", keep=None, cut_tokens=None):
    """Return what the compressor makes of a text; a token is three characters."""
    keep = keep and re.compile(keep)
    budget = Budget(tokens, lambda counted: len(counted) // 3, keep, cut_tokens)
    return COMPRESSOR.compress(Block(text), budget, query)


def rows_of(count, **more):
    return [
        {"id": i, "name": f"user{i}", "state": "ok", "size": i * 37 % 101, **more}
        for i in range(count)
    ]


def shown(text):
    """Return the records that a lossy rendering of a list shows, by their number."""
    found = json.loads(expand(text)[expand(text).index("\n[") :])
    return {record["#"]: record for record in found}


def boring(count, seed=0):
    """Return rows of a service that does what it always does."""
    draw = random.Random(seed)
    return [
        {
            "at": f"2024-05-{1 + i // 1440:02d}T{i // 60 % 24:02d}:{i % 60:02d}:00Z",
            "level": draw.choice(["info", "info", "debug"]),
            "service": draw.choice(["api", "auth", "web"]),
            "ms": draw.randint(20, 90),
            "trace": f"{draw.getrandbits(48):012x}",
            "message": f"handled request {draw.randint(0, 9999)} of client {draw.randint(0, 99)}",
        }
        for i in range(count)
    ]
