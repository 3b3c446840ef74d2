"""Turns what `ls -l` and `ls -R` say folded back into lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from headroom_core.compressors._listing.layout import ARROW, KINDS, TOTAL, Known, Usual
from headroom_core.compressors._listing.long import (
    NO_WIDTHS,
    FolderBlock,
    Long,
    Row,
    Widths,
    spell,
    usual_total,
)
from headroom_core.compressors._listing.model import heading, unquoted

_FIRST_LINE: Final = re.compile(r"ls (\{[^\n]*\}) root (.*)", re.DOTALL)
_WIDEST: Final = 400


def decode(body: str) -> str:
    """Return the exact text that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    text = body.rstrip("\n")
    first, *lines = text.split("\n")
    match = _FIRST_LINE.fullmatch(first)
    if match is None:
        raise ValueError("the first line does not say what is usual")
    options: Any = json.loads(match[1])
    usual = {key: options[key] for key in KINDS if key in options}
    if not all(_is_usual(key, usual[key]) for key in usual):
        raise ValueError("what is usual is a list of texts")
    bare, dots = bool(options.get("bare")), bool(options.get("dots"))
    stack: list[str] = []
    blocks: list[FolderBlock] = []
    known = Known()
    date = ""
    for line in lines:
        inner, tokens = heading(line, stack)
        total, rows, names, date = _read_items(tokens, usual, date)
        rows = known.with_dots(inner, rows) if dots else rows
        known.add(inner, rows)
        total = usual_total(rows) if total is None and rows else total
        folder = None if bare else (match[2] + inner)[:-1]
        blocks.append(FolderBlock(folder, total or None, rows, names))
    gap = 2 if options.get("gap") else 1
    return spell(Long(blocks, gap, _wide(options))) + body[len(text) :]


def _wide(options: Mapping[str, Any]) -> Widths:
    match options.get("wide", NO_WIDTHS):
        case [int(a), int(b), int(c), int(d), int(e)] if max(a, b, c, d, e) <= _WIDEST:
            return a, b, c, d, e
    raise ValueError("five columns have a width")


def _read_items(
    tokens: Sequence[str], usual: Usual, date: str
) -> tuple[str | None, list[Row], list[str], str]:
    total: str | None = None
    rows, names = [], []
    for token in tokens:
        if token[0] == "[" and token[-1] == "]":
            if token.startswith(TOTAL):
                total = token[len(TOTAL) : -1]
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
    kind = "d" if name.endswith("/") else "l" if ARROW in name else "-"
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
    columns = (mode, links, owner, group)
    return columns, size[0], date, name[:-1] if kind == "d" else name


def _is_usual(kind: str, value: object) -> bool:
    return isinstance(value, list) and [type(part) for part in value] == [str] * (4 + (kind == "d"))
