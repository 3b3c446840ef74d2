"""Measures tables in text: ``python -m tests.bench.tables --arrays FOLDER``.

The arrays of `tests.bench.collect` whose cells are all scalars, written as tools write them: CSV,
TSV, markdown and JSON Lines. Kept are the tokens of the lossless rendering, of those of the text.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from headroom_core import Block, Budget, expand
from headroom_core.compressors.json import JsonCompressor
from headroom_core.compressors.table import TableCompressor
from headroom_core.tokenizers import tokenizer_for
from headroom_core.tokenizers.estimate import estimate
from tests.bench._records_encodings import Rows, markdown
from tests.bench.records import geomean, load

_MIN_ROWS: Final = 20


def delimited(delimiter: str) -> Callable[[Rows], str]:
    """Return what writes records with a delimiter, as the csv module does."""

    def write(rows: Rows) -> str:
        out = io.StringIO()
        names = list(dict.fromkeys(key for row in rows for key in row))
        writer = csv.DictWriter(out, names, delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

    return write


def lines(rows: Rows) -> str:
    """Return records as JSON Lines."""
    return "\n".join(map(json.dumps, rows))


FORMATS: Final = {
    "CSV": (delimited(","), TableCompressor()),
    "TSV": (delimited("\t"), TableCompressor()),
    "markdown": (markdown, TableCompressor()),
    "JSON Lines": (lines, JsonCompressor()),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what every format of every flat array keeps."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tables", description=__doc__)
    parser.add_argument("--arrays", type=Path, required=True, help="one JSON array in each file")
    folder = parser.parse_args(arguments).arrays
    count = tokenizer_for("gpt-4o").count
    table = Table(title="kept tokens of the text, lossless", box=box.SIMPLE_HEAD)
    for name in ("array", "rows", *FORMATS):
        table.add_column(name, justify="left" if name == "array" else "right")
    shares: dict[str, list[float]] = {name: [] for name in FORMATS}
    for name, rows in load(folder):
        if len(rows) < _MIN_ROWS or any(
            isinstance(v, list | dict) for r in rows for v in r.values()
        ):
            continue
        for form, (write, compressor) in FORMATS.items():
            text = write(rows)
            made = compressor.compress(Block(text), Budget(None, estimate)).text
            if form != "JSON Lines" and expand(made) != text:
                raise SystemExit(f"{name} as {form} does not come back")
            shares[form].append(count(made) / count(text))
        table.add_row(name, str(len(rows)), *(f"{shares[form][-1]:.3f}" for form in FORMATS))
    table.add_section()
    table.add_row("geometric mean", "", *(f"{geomean(each):.3f}" for each in shares.values()))
    Console(width=120).print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
