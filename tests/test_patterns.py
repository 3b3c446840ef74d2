"""No regular expression of the project takes more than linear time, whatever the text."""

from __future__ import annotations

import ast
import importlib
import math
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pace import pace
from tests.pumps import pumps, wholes

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path
    for top in ("headroom_core", "headroom_integrations")
    for path in (ROOT / top).rglob("*.py")
)
METHODS = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
AT_START = {"match", "fullmatch"}
LENGTHS = {"_log.detect.": 200, "_shape.": 300, "_markup.records._NAMED.": 300}
"""What sees no more than so many characters at a time: the code that uses it cuts before."""
SECONDS_PER_MB = 0.5
SIZES = (10_000, 100_000, 1_000_000)
NOISE = 0.005
GROWTH = 3.0  # twice the text: 2 if linear, 4 if quadratic; busy machines err by half


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        for item in value.items():
            yield from _patterns(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _patterns(item)


def _inline(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield (method, pattern) of calls such as ``re.sub("...", text)``."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", "") == "re"
            and node.func.attr in METHODS
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.func.attr, node.args[0].value


def _used(tree: ast.Module) -> dict[str, set[str]]:
    """Return the methods called on each name of a module; "" where it goes out of sight."""
    uses: dict[str, set[str]] = {}
    seen = set()
    takes = {
        node.name: [arg.arg for arg in node.args.args]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    handed = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS | {"pattern"}:
            seen.add(node.value)
            name = getattr(node.value, "id", getattr(node.value, "attr", ""))
            uses.setdefault(name, set()).update({node.attr} & METHODS)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in takes:
            for arg, name in zip(node.args, takes[node.func.id], strict=False):
                handed.append((arg, name))
                seen.add(arg)
    for arg, name in handed:
        if isinstance(arg, ast.Name):
            uses.setdefault(arg.id, set()).update(uses.get(name, {""}))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in seen:
            uses.setdefault(node.id, set()).add("")
    return uses


def _collect() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Return all patterns by name, and whether each is only tried at the start of a text."""
    trees = {path: ast.parse(path.read_text()) for path in MODULES}
    uses = {path: _used(tree) for path, tree in trees.items()}
    found = {}
    for path, tree in trees.items():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for number, (method, text) in enumerate(_inline(tree)):
            found[f"{module}:{number}"] = (re.compile(text), method in AT_START)
        for name, value in vars(importlib.import_module(module)).items():
            where = [path] if name.startswith("_") else MODULES
            methods = set().union(*(uses[file].get(name, ()) for file in where))
            for number, pattern in enumerate(_patterns(value)):
                found[f"{module}.{name}.{number}"] = (pattern, methods <= AT_START)
    return found


PATTERNS = _collect()


def _seconds(pattern: re.Pattern[str], at_start: bool, pieces: list[str]) -> float:
    start = time.process_time()
    for piece in pieces:
        if at_start:
            pattern.match(piece)
            pattern.fullmatch(piece)
        else:
            for _ in pattern.finditer(piece):
                pass
    return time.process_time() - start


def _best(
    pattern: re.Pattern[str], at_start: bool, pieces: list[str], enough: float = 0.0
) -> float:
    """Return the least of several times, the first that is no more than `enough`."""
    best = math.inf
    for _ in range(3):
        best = min(best, _seconds(pattern, at_start, pieces) / pace())
        if best <= enough:
            break
    return best


@pytest.mark.parametrize("name", PATTERNS)
def test_takes_linear_time(name):
    pattern, at_start = PATTERNS[name]
    length = next((most for part, most in LENGTHS.items() if part in name), SIZES[-1])
    waiting = pumps(pattern)
    for size, kept in zip(SIZES, (12, 4, 4), strict=True):
        allowed = NOISE + SECONDS_PER_MB * size / 1e6
        times = {}
        for pump in waiting:
            before, again, after = pump
            text = f"{before}{again * (min(size, length) // len(again))}{after}"
            pieces = [text] * max(1, size // len(text))
            seconds = _seconds(pattern, at_start, pieces)
            if seconds > allowed:
                seconds = _best(pattern, at_start, pieces, allowed)
            most = allowed
            if seconds > allowed and size > SIZES[0]:
                # A busy machine: what counts is that half of it takes half of the time.
                half = pieces[: len(pieces) // 2] or [text[: len(text) // 2]]
                most = min(2 * allowed, GROWTH * _best(pattern, at_start, half))
            assert seconds <= most, f"{pattern.pattern!r} on {pump}: {seconds:.3f} s at {size}"
            times[pump] = seconds
        waiting = sorted(times, key=times.__getitem__)[-kept:]
        if size == SIZES[0]:
            waiting += [pump for pump in wholes(pattern) if pump not in waiting]
