"""Runs files that test JSON parsers through compression: ``... conformance FOLDER``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from headroom_core import Headroom, Result, Settings, expand
from headroom_core.compressors.json import JsonCompressor
from headroom_core.settings import Mode
from headroom_core.types import Block, Budget
from tests.tokens import same_text

MODES: Final[tuple[Mode, ...]] = ("lossless", "balanced", "aggressive")
_ROWS: Final = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many texts were tried, and those that raised or came out different."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.conformance", description=__doc__)
    parser.add_argument("folder", type=Path, help="test_parsing of JSONTestSuite")
    files = sorted(parser.parse_args(arguments).folder.glob("*.json"))
    if not files:
        print("no JSON file in that folder", file=sys.stderr)
        return 2
    texts, found = 0, Counter[str]()
    for path in files:
        for text in readings(path.read_bytes()):
            for shape, written in shapes(text).items():
                texts += 1
                for problem in problems(written):
                    found[problem.partition(":")[0]] += 1
                    print(f"{path.name}, {shape}: {problem}")
    print(
        f"{len(files)} files, {texts} texts: {found['exception']} exceptions, "
        f"{found['change']} changes with neither marker nor proof"
    )
    return 1 if found else 0


def readings(content: bytes) -> list[str]:
    """Return a file as the texts that it may arrive as."""
    kinds = (("utf-8", "surrogateescape"), ("utf-8", "replace"), ("latin-1", "strict"))
    return list(dict.fromkeys(content.decode(*kind) for kind in kinds))


def shapes(text: str) -> dict[str, str]:
    """Return a value alone and as rows, as a list and in JSON Lines."""
    if len(text) > 5_000:
        return {"alone": text}
    records = [f'{{"id": {row}, "value": {text}}}' for row in range(_ROWS)]
    return {
        "alone": text,
        "as rows": f"[{', '.join([text] * _ROWS)}]",
        "as cells": f"[{', '.join(records)}]",
        "in lines": "\n".join(records),
    }


def problems(text: str) -> Iterator[str]:
    """Yield what goes wrong with a text: "exception: ..." or "change: ..."."""
    try:
        if wrong := compressed_alone(text):
            yield f"change: {wrong}"
    except Exception as error:
        yield f"exception: compressor: {type(error).__name__}: {error}"
    for mode in MODES:
        try:
            if wrong := in_a_tool_result(text, mode):
                yield f"change: {mode}: {wrong}"
        except Exception as error:
            yield f"exception: {mode}: {type(error).__name__}: {error}"


def compressed_alone(text: str) -> str:
    """Return what the compressor does wrong by itself, lossless and within limits."""
    compressor = JsonCompressor()
    compressor.detect(Block(text))
    for tokens in (None, 400, 40):
        made = compressor.compress(Block(text), Budget(tokens, lambda part: len(part) // 3))
        if tokens is None and made.omitted:
            return "omits without a limit"
        if not made.omitted and not same_text(text, expand(made.text)):
            return f"omits nothing within {tokens}, and expands to something else"
    return ""


def in_a_tool_result(text: str, mode: Mode) -> str:
    """Return what is wrong with a request that holds the text as the result of a tool."""
    call = {"id": "c", "type": "function", "function": {"name": "load", "arguments": "{}"}}
    messages = [
        {"role": "user", "content": "Is there an error?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": text},
    ]
    settings = Settings(store_url="memory", mode=mode, min_tokens=1)
    with closing(Headroom(settings)) as headroom:
        return _judged(headroom, headroom.compress(messages, model="gpt-4o"), text)


def _judged(headroom: Headroom, result: Result, text: str) -> str:
    sent = result.messages[2]["content"]
    if failed := [event.reason for event in result.events if event.outcome == "failed"]:
        raise ValueError(f"swallowed: {failed[0]}")
    if sent == text:
        return ""
    if result.markers:
        exact = headroom.retrieve(result.markers[0].key).text == text
        return "" if exact else "the marker leads to something else"
    return "" if same_text(text, expand(sent)) else "no marker, and expands to something else"


if __name__ == "__main__":
    sys.exit(main())
