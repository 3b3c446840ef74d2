"""Measures skeletons of source files: ``python -m tests.bench.skeletons --files FOLDER``.

Every source file below the folder is rendered as the result of ``cat`` in a conversation without a
question. Files of less than 4 kB, of more than 200 kB and minified ones are passed over.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from headroom_core import Block, Settings, expand
from headroom_core.compressors import default_compressors
from headroom_core.compressors._code import grammar as code_grammar
from headroom_core.compressors._code.bodies import name_in
from headroom_core.compressors._code.files import Excerpt
from headroom_core.compressors._code.languages import EXTENSIONS
from headroom_core.compressors._code.read import read
from headroom_core.compressors._code.symbols import parted
from headroom_core.rendering import Renderer
from headroom_core.tokenizers import tokenizer_for

_SIZES: Final = (4_000, 200_000)
_LONG: Final = 1_000
_COLUMNS: Final = ("", "files", "cut", "tokens", "kept", "of cut", "parses", "names", "ms/100 kB")
_REPEATS: Final = 3
_MODES: Final = ("balanced", "aggressive")


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of one file.

    Attributes:
        path: The file.
        language: Its language.
        size: Its bytes.
        before: Its tokens.
        after: Tokens of the rendering.
        compressor: Who made that, "" if nobody.
        parses: Whether it fits the grammar no worse than the file.
        names: How many functions and types of several lines the file defines.
        kept: How many of their names are in the rendering.
        seconds: Processor time, the least of three runs, without counting.
        digest: SHA-256 of the rendering.
    """

    path: Path
    language: str
    size: int
    before: int
    after: int
    compressor: str
    parses: bool
    names: int
    kept: int
    seconds: float
    digest: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is kept of the files of each language."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.skeletons", description=__doc__)
    parser.add_argument("--files", type=Path, required=True, help="folder with source files")
    parser.add_argument("--mode", choices=_MODES, default=_MODES[0])
    parser.add_argument("--each", action="store_true", help="also print one line per file")
    options = parser.parse_args(arguments)
    renderer = Renderer(Settings(mode=options.mode), default_compressors())
    files = [measure(renderer, path, text) for path, text in sources(options.files)]
    console = Console(width=150)
    if options.each:
        console.print(_table(f"files, {options.mode}", [(str(f.path), [f]) for f in files]))
    languages = sorted({file.language for file in files})
    rows = [(name, [f for f in files if f.language == name]) for name in languages]
    console.print(_table(f"skeletons, {options.mode}", [*rows, ("all", files)]))
    together = hashlib.sha256("".join(file.digest for file in files).encode()).hexdigest()
    console.print(f"renderings: {together[:16]}")
    return 0


def sources(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the source files below a folder, no text twice."""
    seen = set()
    for path in sorted(folder.rglob("*.*")):
        if path.suffix[1:].lower() not in EXTENSIONS or not path.is_file():
            continue
        data = path.read_bytes()
        if not _SIZES[0] <= len(data) <= _SIZES[1] or data in seen:
            continue
        seen.add(data)
        text = data.decode("utf-8", "replace")
        if max(map(len, text.split("\n"))) <= _LONG:
            yield path, text


def measure(renderer: Renderer, path: Path, text: str) -> Measured:
    """Render one file, and judge the rendering."""
    block = Block(text, query=f"cat {path.name}")
    seconds = []
    for _ in range(_REPEATS):
        start = time.process_time()
        rendering = renderer.render(block)
        seconds.append(time.process_time() - start)
    sent = rendering.text or text
    shown = expand(sent)
    file, language, found = read(Excerpt(text, path.name), path.name)
    left = code_grammar.errors(shown.encode("utf-8", "replace"), language)
    names = set(_names(file.parsed, language)) if found else set()
    words = set(re.findall(r"[\w$~?!]+", shown))
    count = tokenizer_for("gpt-4o").count
    return Measured(
        path=path,
        language=language or EXTENSIONS[path.suffix[1:].lower()],
        size=len(text.encode()),
        before=count(text),
        after=count(sent),
        compressor=rendering.compressor,
        parses=found is None or (left is not None and len(left) <= len(found.errors)),
        names=len(names),
        kept=len(names & words),
        seconds=min(seconds),
        digest=hashlib.sha256(sent.encode("utf-8", "replace")).hexdigest(),
    )


def _names(source: bytes, language: str) -> Iterator[str]:
    """Yield the names of functions and types of several lines, those inside functions aside."""
    syntax = code_grammar.survey(source, language)
    bodies = sorted({*syntax.captures.get("body", ()), *syntax.captures.get("anon", ())})
    ends: list[int] = []
    for _, end in bodies:
        ends.append(max(end, ends[-1]) if ends else end)
    for made in code_grammar.definitions(source, language)[0]:
        before = bisect_right(bodies, (made.start, 0)) - 1
        if before >= 0 and ends[before] > made.start:
            continue
        if b"\n" in source[made.start : made.end].strip():
            yield from parted(name_in(source[slice(*made.name)]))[-1:]


def _table(title: str, rows: Sequence[tuple[str, Sequence[Measured]]]) -> Table:
    table = Table(title=title, box=box.SIMPLE_HEAD)
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name else "left")
    for name, files in rows:
        cut = [f for f in files if f.compressor == "code"]
        before, names = sum(f.before for f in files), sum(f.names for f in files)
        table.add_row(
            name,
            str(len(files)),
            str(len(cut)),
            f"{before:,}",
            f"{sum(f.after for f in files) / before:.3f}",
            f"{sum(f.after for f in cut) / max(1, sum(f.before for f in cut)):.3f}",
            f"{sum(f.parses for f in files) / len(files):.3f}",
            f"{sum(f.kept for f in files) / max(1, names):.3f}",
            f"{sum(f.seconds for f in files) * 1e8 / sum(f.size for f in files):.1f}",
        )
    return table


if __name__ == "__main__":
    raise SystemExit(main())
