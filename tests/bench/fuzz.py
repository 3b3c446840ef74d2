"""Looks for JSON that does not survive our lossless rendering: ``python -m tests.bench.fuzz``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from headroom_core import expand
from headroom_core.compressors.json import JsonCompressor
from headroom_core.types import Block, Budget
from tests.json_strategies import document, spell
from tests.json_tree import Number, Pairs, Tree, read, same, write

_SHOWN: Final = 6
_QUESTION: Final = "why did a-1 fail with 42 or 1.50 after 2024-03-27, alpha, paid, null or @1?"
_MOST_STEPS: Final = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Try so many documents; print how many failed, and small ones that do."""
    options = _options(arguments)
    tables, failures = 0, Counter[str]()
    report = options.keep.open("w", encoding="utf-8") if options.keep else None
    for number in range(options.seed, options.seed + options.examples):
        random = Random(number)
        text = spell(random, document(random))
        tables += rendered(text).startswith("[headroom ")
        if not (problem := failure(text, random.random())):
            continue
        failures[problem] += 1
        if failures[problem] <= max(1, _SHOWN // len(failures)):
            small = smallest(text, problem)
            story = f"--- seed {number}: {problem}\n{small}\n{_shown(small)}\n"
            print(story, flush=True)
            if report:
                report.write(story)
                report.flush()
    summary = f"{options.examples} examples, {tables} with a table, {failures.total()} failed"
    print(summary, dict(failures) or "")
    if report:
        report.write(summary + "\n")
        report.close()
    return 1 if failures else 0


def rendered(text: str, tokens: int | None = None, query: str = "") -> str:
    """Return the rendering of a text, "" if it leaves something out."""
    budget = Budget(tokens, lambda part: len(part) // 3)
    made = JsonCompressor().compress(Block(text), budget, query)
    return "" if made.omitted else made.text


def failure(text: str, chance: float = 1.0) -> str:
    """Return what goes wrong with a text, "" if nothing does.

    Args:
        text: JSON, or JSON Lines.
        chance: Where 0.7 or more, only the lossless rendering is looked at, not one within limits.
    """
    try:
        if not _says(text, expand(rendered(text))):
            return "expands to something else"
    except Exception as error:
        return f"lossless: {type(error).__name__}: {str(error)[:60]}"
    if chance > 0.7:
        return ""
    try:
        for share in (2, 8, 30):
            short = rendered(text, len(text) // 3 // share, _QUESTION)
            if short and not _says(text, expand(short)):
                return f"within 1/{share}: omits nothing, expands to something else"
    except Exception as error:
        return f"within a limit: {type(error).__name__}: {str(error)[:60]}"
    return ""


def _says(text: str, other: str) -> bool:
    """Return whether both are the same JSON, or the same JSON line by line."""
    if text == other:
        return True
    try:
        return same(read(text), read(other))
    except ValueError:
        lines = [line.split("\n") for line in (text, other)]
        return len(lines[0]) == len(lines[1]) and all(
            same(read(one), read(two)) for one, two in zip(*lines, strict=True)
        )


def smallest(text: str, problem: str) -> str:
    """Return the smallest text that a greedy search finds with the same problem."""
    try:
        tree, put = read(text), write
    except ValueError:
        tree = [read(line) for line in text.split("\n")]
        put = _lines
    if failure(put(tree), 0.0) != problem:
        return text
    steps, found = 0, True
    while found:
        found = False
        for candidate in simpler(tree):
            steps += 1
            if steps > _MOST_STEPS:
                return put(tree)
            if _fails(put, candidate, problem):
                tree, found = candidate, True
                break
    return put(tree)


def _fails(put: object, tree: Tree, problem: str) -> bool:
    assert callable(put)
    return failure(put(tree), 0.0) == problem


def _lines(tree: Tree) -> str:
    return "\n".join(map(write, tree))


def simpler(tree: Tree) -> Iterator[Tree]:
    """Yield trees with a part left out, and trees with a part that is simpler."""
    if isinstance(tree, list):
        yield from map(list, _shorter(tree))
        for index, part in enumerate(tree):
            for other in simpler(part):
                yield [*tree[:index], other, *tree[index + 1 :]]
    elif isinstance(tree, Pairs):
        yield from (Pairs(tuple(items)) for items in _shorter(tree.items))
        for index, (key, part) in enumerate(tree.items):
            for other in simpler(part):
                items = (*tree.items[:index], (key, other), *tree.items[index + 1 :])
                yield Pairs(items)
    elif isinstance(tree, Number):
        if len(tree.spelling) > 1:
            yield Number("1")
    elif isinstance(tree, str) and len(tree) > 1:
        yield "a"
        yield from (part for part in _shorter(tree) if part)


def _shorter(items: Any) -> Iterator[Any]:
    """Yield `items` without its halves, quarters, ..., single ones."""
    size = len(items)
    while size:
        for start in range(0, len(items), size):
            yield items[:start] + items[start + size :]
        size //= 2


def _shown(text: str) -> str:
    try:
        sent = rendered(text)
        return f"sent:\n{sent}\nexpands to:\n{expand(sent)}"
    except Exception as error:
        return f"raises {type(error).__name__}: {error}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=20_000, help="how many documents")
    parser.add_argument("--seed", type=int, default=0, help="number of the first document")
    parser.add_argument("--keep", type=Path, help="also write the failures here")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
