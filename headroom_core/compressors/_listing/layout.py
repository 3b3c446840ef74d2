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
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from headroom_core.compressors._listing.long import (
    NO_WIDTHS,
    Columns,
    FolderBlock,
    Long,
    Row,
    usual_total,
)
from headroom_core.compressors._listing.model import SIGNS, common_root, headings, quoted

KINDS: Final = "-dl"
TOTAL: Final = "[total "
ARROW: Final = " -> "
_SIGNS: Final = ("", "x", "@", ":")

_NOTE: Final = "names behind their folder, folders inside it indented"
NOTE_LONG: Final = (
    '=size, then what differs from the first line ("-" files, "d" folders); '
    "[date] holds up to the next"
)
_NOTE_DOTS: Final = "repeated . and .. left out"

Usual: TypeAlias = Mapping[str, Sequence[str]]
"""For files, folders and links, what most of their rows say in each column."""


def encode(long: Long) -> tuple[str, str] | None:
    """Return the body and how to read it; None if it would not give all back."""
    blocks = long.blocks
    root, inner, usual = survey(blocks)
    if not long.gap or not _is_plain(blocks, inner, root):
        return None
    left = _without_dots(blocks, inner)
    if left is None:
        return None
    totals = [_total(block) for block in blocks]
    dots = any(len(one.rows) < len(other.rows) for one, other in zip(left, blocks, strict=True))
    options: dict[str, object] = dict(usual)
    options |= {"gap": long.gap} if long.gap > 1 else {}
    options |= {"bare": True} if blocks[0].folder is None else {}
    options |= {"dots": True} if dots else {}
    options |= {"wide": long.wide} if long.wide != NO_WIDTHS else {}
    body = "\n".join([_header(options, root), *_lines(left, inner, usual, totals)])
    notes = [_NOTE, *([NOTE_LONG] if usual else []), *([_NOTE_DOTS] if dots else [])]
    return body, "; ".join(notes)


def _is_plain(blocks: Sequence[FolderBlock], inner: Sequence[str], root: str) -> bool:
    """Return whether nothing in it would be read as something else."""
    rows = [row for block in blocks for row in block.rows]
    names = [row[3] for row in rows] + [name for block in blocks for name in block.names]
    said = "".join(map("".join, {row[0] for row in rows}))
    links = [row[3] for row in rows if row[0][0][0] != "d"]
    return not (
        len(set(inner)) < len(inner)
        or "./" in inner
        or "} root " in root
        or any(sign in said for sign in ',"=')
        or '"' in "\n".join([*names, *inner])
        or "/\n" in "\n".join([*links, ""])
        or (rows and any(block.names for block in blocks))
        or (len(blocks) > 1 and any(block.folder is None for block in blocks))
    )


def opening(root: str, usual: Usual) -> str:
    """Return the first line for a part of a listing: the root, and what is usual."""
    said = [_header(usual, root)] if usual else [f"root {root}"]
    return "; ".join([*said, *([NOTE_LONG] if usual else [])])


def survey(blocks: Sequence[FolderBlock]) -> tuple[str, list[str], dict[str, list[str]]]:
    """Return the root of all folders, the folders inside it, and what is usual in rows."""
    folders = ["./" if block.folder is None else f"{block.folder}/" for block in blocks]
    root = common_root(folders)
    rows = [row for block in blocks for row in block.rows]
    often: Counter[tuple[str, ...]] = Counter()
    for (columns, links), count in Counter([(row[0], ARROW in row[3]) for row in rows]).items():
        often[_kind(columns, links), *columns] += count
    usual = {}
    for kind in KINDS:
        of_kind = {told[1:]: count for told, count in often.items() if told[0] == kind}
        if of_kind:
            usual[kind] = [_most(of_kind, column) for column in range(len(_SIGNS))]
    if "d" in usual:
        sizes = [row[1] for row in rows if row[0][0][0] == "d"]
        usual["d"].append(Counter(sizes).most_common(1)[0][0])
    return root, [folder[len(root) :] for folder in folders], usual


def _most(often: Mapping[tuple[str, ...], int], column: int) -> str:
    """Return what stands in a column most often."""
    counts: Counter[str] = Counter()
    for told, count in often.items():
        counts[told[column]] += count
    return counts.most_common(1)[0][0]


def _header(options: Mapping[str, object], root: str) -> str:
    return f"ls {json.dumps(options, ensure_ascii=False, separators=(',', ':'))} root {root}"


def _total(block: FolderBlock) -> str:
    """Return the token that says the total, "" if it is the usual one."""
    if block.total == (usual_total(block.rows) if block.rows else None):
        return ""
    return f"{TOTAL}{block.total or ''}]"


class Known:
    """The rows of folders, as the listings around and inside of them say."""

    def __init__(self) -> None:
        self._outside: dict[str, Row] = {}
        self._inside: dict[str, Row] = {}

    def add(self, inner: str, rows: Sequence[Row]) -> None:
        for row in [row for row in rows if row[0][0][:1] == "d"]:
            if row[3] == ".":
                self._inside[inner] = row
            else:
                self._outside[f"{inner}{row[3]}/"] = row

    def with_dots(self, inner: str, rows: list[Row]) -> list[Row]:
        """Return `rows` with those of "." and ".." on top, if there are none and they are known."""
        own = self._outside.get(inner)
        around = self._inside.get(inner[: inner.rfind("/", 0, -1) + 1])
        if own is None or around is None or (rows and rows[0][3] == "."):
            return rows
        return [(*own[:3], "."), (*around[:3], ".."), *rows]


def _without_dots(blocks: Sequence[FolderBlock], inner: Sequence[str]) -> list[FolderBlock] | None:
    """Return the blocks without the rows of "." and ".." that can be told from others.

    None if they would be told for a block that does not have them.
    """
    known = Known()
    left = []
    lacking = False
    for block, folder in zip(blocks, inner, strict=True):
        rows = list(block.rows)
        told = len(rows) > 1 and rows[0][3] == "." and known.with_dots(folder, rows[2:]) == rows
        left.append(block._replace(rows=rows[2:]) if told else block)
        lacking = lacking or (not told and len(known.with_dots(folder, rows)) > len(rows))
        known.add(folder, rows)
    dots = any(len(one.rows) < len(other.rows) for one, other in zip(left, blocks, strict=True))
    return None if dots and lacking else left


def _kind(columns: Columns, links: bool) -> str:
    """Return which line of the usual holds for an entry: what its token looks like decides."""
    return "d" if columns[0][0] == "d" else "l" if links else "-"


def _lines(
    blocks: Sequence[FolderBlock], inner: Sequence[str], usual: Usual, totals: Sequence[str]
) -> Iterator[str]:
    date = ""
    for block, total, (depth, name) in zip(blocks, totals, headings(inner), strict=True):
        tokens = [quoted(name), *([total] if total else []), *map(quoted, block.names)]
        for row, token in zip(block.rows, items(block.rows, usual), strict=True):
            if row[2] != date:
                date = row[2]
                tokens.append(f"[{date}]")
            tokens.append(token)
        yield " " * depth + " ".join(tokens)


def items(rows: Sequence[Row], usual: Usual) -> list[str]:
    """Return the token of each entry: its name, and what its row says that is not usual."""
    names = [f"{row[3]}/" if row[0][0][0] == "d" else row[3] for row in rows]
    joined = "\n".join(names)
    if any(sign in joined for sign in SIGNS):
        names = list(map(quoted, names))
    told: dict[tuple[Columns, bool], tuple[str, str]] = {}
    tokens = []
    for shown, (columns, size, _, name) in zip(names, rows, strict=True):
        key = columns, ARROW in name
        if key not in told:
            usually = usual[_kind(*key)]
            told[key] = _differs(columns, usually), "".join(usually[len(columns) :])
        differs, usual_size = told[key]
        if size != usual_size:
            tokens.append(f"{shown}={size}{differs}")
        else:
            tokens.append(f"{shown}={differs[1:]}" if differs else shown)
    return tokens


def _differs(columns: Columns, usual: Sequence[str]) -> str:
    return "".join(
        f",{sign}{value}"
        for sign, value, told in zip(_SIGNS, columns, usual, strict=False)
        if value != told
    )
