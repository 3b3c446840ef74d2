"""Elements that repeat as a table below the markup they share; nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from headroom_core.compressors._json.notes import notes_on
from headroom_core.compressors._json.value import has_surrogates
from headroom_core.compressors._markup.outline import Node, read
from headroom_core.compressors._table.grid import Grid, described, read_grid, table_of

_VALUE = re.compile(r"(?<==\")[^\"<>{}]*(?=\")|(?<=>)(?!\s*+<)[^<>{}]++(?=</)")
_NAMED = re.compile(r"(?<![\w.:-])([\w.:-]++)=\"\Z|<([\w.:-]+)(?:\s[^<>]*)?>\s*\Z")
_HOLE: Final = "{}"
_ROWS = re.compile(r"@rows ([0-9]{1,9}) of( side by side)?:")
_CELLS: Final = "@cells "
_OPENS: Final = "\n@"
_MIN_ROWS: Final = 4
_MOST_COLUMNS: Final = 60
_WIDEST: Final = 4_000
_INDENT: Final = 200
_DEEPEST: Final = 12
NOTE: Final = (
    "markup as it is; below @rows stands the markup of each row, below @cells what belongs into "
    "its {}, row by row, commas between cells"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that are spelled alike.

    Attributes:
        start: Offset of the first.
        end: Offset behind the last.
        template: Their markup, with {} for each value.
        values: The values of each row.
        lines: Whether they are whole lines; else they touch.
    """

    start: int
    end: int
    template: str
    values: Sequence[Sequence[str]]
    lines: bool


def encode(text: str) -> tuple[str, str] | None:
    """Return `text` with tables for the elements that repeat, and how to read it."""
    if _OPENS in text or text[:1] == "@" or "\0" in text or has_surrogates(text):
        return None
    headers, pieces = _pieces(text)
    body = "\n".join(pieces)
    if not headers or decode(body) != text:
        return None
    return body, "; ".join([NOTE, *notes_on(headers, body)])


def _pieces(text: str) -> tuple[list[str], list[str]]:
    """Return the headers of the tables, and the tables with what stands between them."""
    pieces: list[str] = []
    headers: list[str] = []
    position = 0
    for run in _runs(text, read(text)):
        table = _table(run)
        if run.start < position or table is None:
            continue
        if run.start > position:
            before = text[position : run.start]
            pieces.append(before.removesuffix("\n") if run.lines else before)
        header, written = table
        headers.append(header)
        pieces.append(written)
        position = run.end
        if run.lines and position < len(text):
            position += 1
            if position == len(text):
                pieces.append("")
    if position < len(text):
        pieces.append(text[position:])
    return headers, pieces


def decode(body: str) -> str:
    """Return the text that a body made by `encode` stands for.

    Raises:
        ValueError: If it is not such a body.
    """
    lines = body.split("\n")
    at, parts = 0, []
    glued = True
    try:
        while at < len(lines):
            match = _ROWS.fullmatch(lines[at])
            if match is None:
                first = at
                while at < len(lines) and not _ROWS.fullmatch(lines[at]):
                    at += 1
                parts += [("" if glued else "\n"), "\n".join(lines[first:at])]
                glued = False
                continue
            cells = next(n for n in range(at, len(lines)) if lines[n].startswith(_CELLS))
            template = "\n".join(lines[at + 1 : cells])
            grid, at = read_grid(
                "rows", lines[cells].removeprefix(_CELLS), lines, cells + 1, int(match[1])
            )
            texts = _filled(template, grid)
            if match[2]:
                parts.append("".join(texts))
                glued = True
            else:
                parts += ["\n" if parts else "", "\n".join(texts)]
                glued = False
    except (IndexError, KeyError, RecursionError, StopIteration) as error:
        raise ValueError("not markup with tables") from error
    return "".join(parts)


def _filled(template: str, grid: Grid) -> list[str]:
    parts = template.split(_HOLE)
    if len(parts) != len(grid.columns) + 1:
        raise ValueError("not as many cells as places")
    texts = [parts[0]] * grid.count
    for column, part in zip(grid.columns, parts[1:], strict=True):
        texts = [f"{text}{cell}{part}" for text, cell in zip(texts, column, strict=True)]
    return texts


def _runs(text: str, root: Node) -> list[Run]:
    """Return the runs of elements that are spelled alike, in order, outermost first."""
    stack = [root]
    runs: list[Run] = []
    while stack:
        node = stack.pop()
        if node.depth > _DEEPEST:
            continue
        for _, group in groupby(node.children, lambda child: child.name):
            siblings = list(group)
            if len(siblings) < _MIN_ROWS:
                stack += siblings
                continue
            for alike in _alike(text, siblings):
                if isinstance(alike, Run):
                    runs.append(alike)
                else:
                    stack += alike
    return sorted(runs, key=lambda run: run.start)


def _alike(text: str, siblings: Sequence[Node]) -> Iterator[Run | Sequence[Node]]:
    """Yield the runs among `siblings`, and those that are in none."""
    rows: list[tuple[int, int, bool, str]] = []
    for node in siblings:
        start, end, lines = _row(text, node)
        template = ""
        if end - start <= _WIDEST and _HOLE not in text[start:end]:
            template = _VALUE.sub(_HOLE, text[start:end])
        rows.append((start, end, lines, template))
    first = 0
    for at in range(1, len(rows) + 1):
        if at < len(rows) and _follows(rows[at - 1], rows[at]):
            continue
        template = rows[first][3]
        if at - first >= _MIN_ROWS and 0 < template.count(_HOLE) <= _MOST_COLUMNS:
            values = [_found(text[start:end]) for start, end, _, _ in rows[first:at]]
            yield Run(rows[first][0], rows[at - 1][1], template, values, rows[first][2])
        else:
            yield siblings[first:at]
        first = at


def _follows(one: tuple[int, int, bool, str], other: tuple[int, int, bool, str]) -> bool:
    """Return whether two rows are spelled alike, with nothing between them but a line break."""
    return one[2:] == other[2:] and other[0] == one[1] + one[2]


def _found(row: str) -> list[str]:
    return [match[0] for match in _VALUE.finditer(row)]


def _row(text: str, node: Node) -> tuple[int, int, bool]:
    """Return the whole lines of an element if nothing else is on them, else it and its indent."""
    start = text.rfind("\n", max(0, node.start - _INDENT), node.start) + 1
    end = text.find("\n", node.end, node.end + 3)
    end = end if end >= 0 else (len(text) if node.end >= len(text) - 2 else -1)
    begins = start > 0 or node.start == 0
    alone = begins and end >= 0 and not text[start : node.start].strip(" \t")
    if alone and not text[node.end : end].strip("\r"):
        return start, end, True
    before = text[max(0, node.start - _INDENT) : node.start]
    return node.start - len(before) + len(before.rstrip(" \t")), node.end, False


def _table(run: Run) -> tuple[str, str] | None:
    """Return the header of the table of `run` and the table; None if it is not shorter."""
    names = _names(run.template)
    columns = [list(column) for column in zip(*run.values, strict=True)]
    table = table_of(grid := Grid("rows", names, columns))
    if table is None:
        return None
    side = "" if run.lines else " side by side"
    rows = "\n".join(table.written())
    made = f"@rows {len(run.values)} of{side}:\n{run.template}\n{_CELLS}{table.header}\n{rows}"
    if len(made) >= run.end - run.start or described(grid) != "rows":
        return None
    return table.header, made


def _names(template: str) -> list[str]:
    """Return a name for each place: its attribute or its element; numbered if there are two."""
    names: list[str] = []
    before = ""
    for part in template.split(_HOLE)[:-1]:
        before = f"{before[-300:]}{part}"
        match = _NAMED.search(before, max(0, len(before) - 300))
        own = (match[1] or match[2]) if match else "text"
        number = names.count(own) + sum(1 for n in names if n.startswith(f"{own}."))
        names.append(f"{own}.{number + 1}" if number else own)
        before += "x"
    return names
