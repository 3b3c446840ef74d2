"""Measures arrays of records: ``python -m tests.bench.records --arrays FOLDER``."""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from headroom_core.compressors.json import JsonCompressor
from headroom_core.tokenizers import EstimateTokenizer, tokenizer_for
from headroom_core.types import Block, Budget
from tests.bench._records_encodings import ENCODINGS, Rows, minified, plain, toon
from tests.bench._records_lossy import lossy_table
from tests.bench._records_speed import speed

_OURS: Final = "ours"
_PEER: Final = "headroom-ai"


class Peer:
    """A process that runs `records_peer.py` with another Python."""

    def __init__(self, python: str) -> None:
        self._process = subprocess.Popen(
            [python, str(Path(__file__).with_name("records_peer.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()

    def write(self, text: str, *, lossless: bool) -> str:
        """Return what it makes of a JSON text: its table, or a part of the records."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"text": text, "lossless": lossless}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{_PEER} stopped with exit code {self._process.wait()}")
        text_sent: str = json.loads(line)
        return text_sent


def ours(rows: Rows) -> str:
    """Return our lossless rendering."""
    budget = Budget(None, EstimateTokenizer().count)
    return JsonCompressor().compress(Block(plain(rows)), budget).text


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print what was asked for."""
    options = _options(arguments)
    arrays = dict(load(options.arrays))
    if not arrays:
        print("no JSON array in that folder", file=sys.stderr)
        return 2
    console = Console(width=None if sys.stdout.isatty() else 170)
    count = tokenizer_for("gpt-4o").count
    if options.speed:
        console.print("\n".join(speed(arrays, count, options.rows)), highlight=False)
        return 0
    with Peer(options.peer) if options.peer else nullcontext() as peer:
        if not options.lossy:
            console.print(lossless_table(arrays, peer))
        theirs = (lambda text: peer.write(text, lossless=False)) if peer else None
        console.print(lossy_table(arrays, theirs, count))
    return 0


def load(folder: Path) -> Iterator[tuple[str, Rows]]:
    """Yield the name and the records of every array in a folder, in order."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def lossless_table(arrays: Mapping[str, Rows], peer: Peer | None) -> Table:
    """Return the tokens of every array in every spelling, as shares of `json.dumps`."""
    encodings = _encodings(peer)
    count = tokenizer_for("gpt-4o").count
    table = Table(title="kept tokens of json.dumps, lossless", box=box.SIMPLE_HEAD)
    table.add_column("array")
    for name in ("rows", "tokens", *list(encodings)[1:], "ours/minified"):
        table.add_column(name, justify="right")
    shares: dict[str, list[float]] = {name: [] for name in encodings}
    for array, rows in arrays.items():
        tokens = {name: count(encode(rows)) for name, encode in encodings.items()}
        for name, size in tokens.items():
            shares[name].append(size / tokens["json.dumps"])
        table.add_row(array, str(len(rows)), str(tokens["json.dumps"]), *_last(shares))
    means = {name: [geomean(values)] for name, values in shares.items()}
    table.add_row("geometric mean", "", "", *_last(means))
    return table


def geomean(values: Sequence[float]) -> float:
    """Return the geometric mean."""
    return math.exp(sum(map(math.log, values)) / len(values))


def _encodings(peer: Peer | None) -> dict[str, Callable[[Rows], str]]:
    encodings = dict(ENCODINGS)
    if encode := toon():
        encodings["TOON"] = encode
    if peer:
        encodings[_PEER] = lambda rows: min(
            (peer.write(plain(rows), lossless=True), minified(rows)), key=len
        )
    return encodings | {_OURS: ours}


def _last(shares: Mapping[str, Sequence[float]]) -> list[str]:
    cells = [f"{values[-1]:.3f}" for name, values in shares.items() if name != "json.dumps"]
    return [*cells, f"{shares[_OURS][-1] / shares['minified'][-1]:.3f}"]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.records", description=__doc__)
    add = parser.add_argument
    add("--arrays", type=Path, required=True, help="one JSON array per file")
    add("--lossy", action="store_true", help="only what is visible when rows are left out")
    add("--speed", action="store_true", help="only the processor time of the lossless rendering")
    add("--rows", type=int, default=100_000, help="length of the made-up array that is timed")
    add("--peer", metavar="PYTHON", help="a Python that has headroom-ai installed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
