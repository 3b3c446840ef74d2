r"""Writes what `ls -l` and `ls -R` say folded, and turns it back.

The first line holds, for files ("-"), folders ("d") and links ("l"), what their rows say unless
they say otherwise: mode, number of links, owner, group and, for folders, size. Below it::

    src/ [total 12] [Nov 21 07:12] a.py=120 run.sh=88,-rwxr-xr-x lib/ "b -> a.py"=4
     lib/ c.py=7        a folder in that folder

A name is followed by its size and by what is not usual about it: a mode, ``x2`` links, ``@owner``,
``:group``. A date holds for the names after it. The rows of "." and ".." are left out where the
row of the folder, in the listing of the folder around it, says the same.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from headroom_core.compressors._listing import (
    common_root,
    heading,
    headings,
    quoted,
    unquoted,
)
from headroom_core.compressors._listing_long import Block, Row, spell, usual_total

_FIRST_LINE: Final = re.compile(r"ls (\{[^\n]*\}) root (.*)", re.DOTALL)
_KINDS: Final = "-dl"
_TOTAL: Final = "[total "
_ARROW: Final = " -> "

_NOTE: Final = "names behind their folder, folders inside it indented"
NOTE_LONG: Final = (
    '=size, then what differs from the first line ("-" files, "d" folders); '
    "[date] holds up to the next"
)
_NOTE_DOTS: Final = "repeated . and .. left out"

Usual = Mapping[str, Sequence[str]]


def encode(blocks: Sequence[Block], gap: int) -> tuple[str, str] | None:
    """Return the body and how to read it; None if a name or folder cannot be written so."""
    names = [row.name for block in blocks for row in block.rows]
    names += [name for block in blocks for name in block.names]
    root, inner, usual = survey(blocks)
    if len(set(inner)) < len(inner) or '"' in "\n".join([*names, *inner]) or "" in names:
        return None
    left = _without_dots(blocks, inner)
    totals = [_total(block) for block in blocks]
    dots = any(len(one.rows) < len(other.rows) for one, other in zip(left, blocks, strict=True))
    options: dict[str, object] = dict(usual)
    options |= {"gap": gap} if gap > 1 else {}
    options |= {"bare": True} if blocks[0].folder is None else {}
    options |= {"dots": True} if dots else {}
    body = "\n".join([_header(options, root), *_lines(left, inner, usual, totals)])
    notes = [_NOTE, *([NOTE_LONG] if usual else []), *([_NOTE_DOTS] if dots else [])]
    return body, "; ".join(notes)


def opening(root: str, usual: Usual) -> str:
    """Return the first line for a part of a listing: the root, and what is usual."""
    said = [_header(usual, root)] if usual else [f"root {root}"]
    return "; ".join([*said, *([NOTE_LONG] if usual else [])])


def survey(blocks: Sequence[Block]) -> tuple[str, list[str], dict[str, list[str]]]:
    """Return the root of all folders, the folders inside it, and what is usual in rows."""
    folders = ["./" if block.folder is None else f"{block.folder}/" for block in blocks]
    root = common_root(folders)
    usual = _usual([row for block in blocks for row in block.rows])
    return root, [folder[len(root) :] for folder in folders], usual


def _header(options: Mapping[str, object], root: str) -> str:
    return f"ls {json.dumps(options, ensure_ascii=False, separators=(',', ':'))} root {root}"


def _total(block: Block) -> str:
    """Return the token that says the total, "" if it is the usual one."""
    if block.total == (usual_total(block.rows) if block.rows else None):
        return ""
    return f"{_TOTAL}{block.total or ''}]"


def decode(body: str) -> str:
    """Return the exact text that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    ending = "\n" if body.endswith("\n") else ""
    first, *lines = body.removesuffix("\n").split("\n")
    match = _FIRST_LINE.fullmatch(first)
    if match is None:
        raise ValueError("the first line does not say what is usual")
    options: Any = json.loads(match[1])
    usual = {key: options[key] for key in _KINDS if key in options}
    if not all(_is_usual(key, usual[key]) for key in usual):
        raise ValueError("what is usual is a list of texts")
    gap = 2 if options.get("gap") else 1
    bare, dots = bool(options.get("bare")), bool(options.get("dots"))
    stack: list[str] = []
    blocks: list[Block] = []
    known = _Known()
    date = ""
    for line in lines:
        inner, tokens = heading(line, stack)
        total, rows, names, date = _read_items(tokens, usual, date)
        rows = known.with_dots(inner, rows) if dots else rows
        known.add(inner, rows)
        total = usual_total(rows) if total is None and rows else total
        folder = None if bare else (match[2] + inner)[:-1]
        blocks.append(Block(folder, total or None, rows, names))
    return spell(blocks, gap) + ending


class _Known:
    """The rows of folders, as the listings around and inside of them say."""

    def __init__(self) -> None:
        self._outside: dict[str, Row] = {}
        self._inside: dict[str, Row] = {}

    def add(self, inner: str, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.name == ".":
                self._inside[inner] = row
            elif row.mode[:1] == "d":
                self._outside[f"{inner}{row.name}/"] = row

    def with_dots(self, inner: str, rows: list[Row]) -> list[Row]:
        """Return `rows` with those of "." and ".." on top, if there are none and they are known."""
        own = self._outside.get(inner)
        around = self._inside.get(inner[: inner.rfind("/", 0, -1) + 1])
        if own is None or around is None or (rows and rows[0].name == "."):
            return rows
        return [own._replace(name="."), around._replace(name=".."), *rows]


def _without_dots(blocks: Sequence[Block], inner: Sequence[str]) -> list[Block]:
    """Return the blocks without the rows of "." and ".." that can be told from others."""
    known = _Known()
    left = []
    for block, folder in zip(blocks, inner, strict=True):
        rows = list(block.rows)
        told = len(rows) > 1 and known.with_dots(folder, rows[2:]) == rows
        left.append(block._replace(rows=rows[2:]) if told else block)
        known.add(folder, rows)
    return left


def _usual(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Return, for files, folders and links, what most of their rows say in each column."""
    usual = {}
    for kind in _KINDS:
        of_kind = [row for row in rows if _kind(row.mode, row.name) == kind]
        columns = (0, 1, 2, 3, 4) if kind == "d" else (0, 1, 2, 3)
        if of_kind:
            usual[kind] = [
                Counter(row[column] for row in of_kind).most_common(1)[0][0] for column in columns
            ]
    return usual


def _kind(mode: str, name: str) -> str:
    """Return which line of the usual holds for an entry: what its token looks like decides."""
    return "d" if mode[0] == "d" else "l" if _ARROW in name else "-"


def _lines(
    blocks: Sequence[Block], inner: Sequence[str], usual: Usual, totals: Sequence[str]
) -> Iterator[str]:
    date = ""
    for block, total, (depth, name) in zip(blocks, totals, headings(inner), strict=True):
        tokens = [quoted(name), *([total] if total else []), *map(quoted, block.names)]
        for row in block.rows:
            if row.date != date:
                tokens.append(f"[{row.date}]")
                date = row.date
            tokens.append(item(row, usual))
        yield " " * depth + " ".join(tokens)


def item(row: Row, usual: Usual) -> str:
    """Return the token of an entry: its name, and what its row says that is not usual."""
    kind = _kind(row.mode, row.name)
    signs = ("", "x", "@", ":")
    said = [
        sign + value
        for sign, value, told in zip(signs, row, usual[kind], strict=False)
        if value != told
    ]
    if kind != "d" or row.size != usual[kind][4]:
        said.insert(0, row.size)
    name = quoted(f"{row.name}/" if kind == "d" else row.name)
    return f"{name}={','.join(said)}" if said else name


def _read_items(
    tokens: Sequence[str], usual: Usual, date: str
) -> tuple[str | None, list[Row], list[str], str]:
    total: str | None = None
    rows, names = [], []
    for token in tokens:
        if token[0] == "[" and token[-1] == "]":
            if token.startswith(_TOTAL):
                total = token[len(_TOTAL) : -1]
            else:
                date = token[1:-1]
        elif usual:
            rows.append(_row(token, usual, date))
        else:
            names.append(unquoted(token))
    return total, rows, names, date


def _row(token: str, usual: Usual, date: str) -> Row:
    name, _, value = ("", "", "") if token[-1] == '"' else token.rpartition("=")
    name = unquoted(name or token)
    said = value.split(",") if value and name != token else []
    kind = "d" if name.endswith("/") else "l" if _ARROW in name else "-"
    mode, links, owner, group, *size = usual.get(kind, ["", "", "", "", ""])
    size = size or [""]
    for part in said:
        if part[:1].isdigit():
            size = [part]
        elif part[:1] == "x":
            links = part[1:]
        elif part[:1] == "@":
            owner = part[1:]
        elif part[:1] == ":":
            group = part[1:]
        else:
            mode = part
    return Row(mode, links, owner, group, size[0], date, name[:-1] if kind == "d" else name)


def _is_usual(kind: str, value: object) -> bool:
    return isinstance(value, list) and [type(part) for part in value] == [str] * (4 + (kind == "d"))
