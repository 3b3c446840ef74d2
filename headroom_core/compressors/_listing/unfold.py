"""Turns a folded listing back into its lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from types import NoneType
from typing import Any, Final

from headroom_core.compressors._listing.model import OTHER, Frame, Run, Style, heading, unquoted
from headroom_core.compressors._listing.tree import draw, with_target

_FIRST_LINE: Final = re.compile(r"(?:(\{[^\n]*\}) )?root (.*)", re.DOTALL)
_WIDEST: Final = 40


def decode(body: str) -> str:
    """Return the exact text that a folded listing stands for.

    Raises:
        ValueError: If `body` is no folded listing.
    """
    first, _, rest = body.partition("\n")
    match = _FIRST_LINE.fullmatch(first)
    if match is None:
        raise ValueError("the first line does not name the root")
    style = _style(match[1] or "{}", match[2])
    return spell(_runs(rest.split("\n"), style), style)


def spell(runs: Iterable[Run], style: Style) -> str:
    """Return the text that `runs` were, spelled in `style`."""
    if style.listed is not None:
        runs = _with_folders(runs, style)
    lines = draw(runs, style) if style.tree else _paths(runs, style)
    return ("\r\n" if style.crlf else "\n").join(lines)


def _paths(runs: Iterable[Run], style: Style) -> list[str]:
    lines: list[str] = []
    for folder, names, befores in runs:
        base = "" if folder == OTHER else style.root + folder
        paths = [base + name for name in names]
        if not folder and "." in names:
            # The root itself: its line has no slash.
            paths = [style.root[:-1] if name == "." else base + name for name in names]
        if befores:
            paths = [before + path for before, path in zip(befores, paths, strict=True)]
        lines += paths
    return lines


def _with_folders(runs: Iterable[Run], style: Style) -> Iterator[Run]:
    """Put in the lines of folders that stand above the first of their content."""
    ending = style.listed or ""
    befores = [style.before] if style.before else []
    slash = "" if ending else "/"
    seen = {""}
    if style.top:
        yield OTHER, [style.before + style.root[:-1] + ending], ()
    for run in runs:
        folder, names, _ = run
        start = 0
        while folder not in seen and folder != OTHER and start < len(folder):
            end = folder.index("/", start) + 1
            if folder[:end] not in seen:
                seen.add(folder[:end])
                yield folder[:start], [folder[start : end - 1] + ending], befores
            start = end
        if folder != OTHER:
            seen.update([folder + name + slash for name in names])
        if names:
            yield run


def _style(options: str, root: str) -> Style:
    said: Any = json.loads(options)
    frame, tree = said.get("frame", ["", 0, ""]), said.get("tree", [])
    listed, before = said.get("listed"), said.get("before", "")
    if not isinstance(frame, list) or [type(part) for part in frame] != [str, int, str]:
        raise ValueError("a frame is a text, a width and a text")
    if not 0 <= frame[1] <= _WIDEST:
        raise ValueError("no value is that wide")
    if not isinstance(tree, list) or [type(part) for part in tree] not in ([], [str] * 4):
        raise ValueError("a tree is drawn with four texts")
    if [type(before), type(listed)] not in ([str, str], [str, NoneType]):
        raise ValueError("folders are listed with texts")
    top, each, crlf = (bool(said.get(name)) for name in ("top", "each", "crlf"))
    cut = tuple(map(bool, said.get("cut") or ()))
    return Style(root, crlf, listed, top, before, Frame(*frame), each, tuple(tree), cut)


def _runs(lines: Sequence[str], style: Style) -> Iterator[Run]:
    stack: list[str] = []
    before = ""
    for line in lines:
        if not line or line[0] == "|":
            yield OTHER, [line[1:]], ()
            continue
        folder, tokens = heading(line, stack)
        if style.tree:
            tokens = [with_target(token) for token in tokens]
        names, befores = _read_items(tokens, style, before)
        before = befores[-1] if befores and not style.each else before
        yield from _parts((folder, names, befores), in_folders=style.listed is not None)


def _read_items(tokens: list[str], style: Style, before: str) -> tuple[list[str], list[str]]:
    """Return the names that `tokens` say, and what stood before each."""
    put = style.frame.put
    if style.each:
        pairs = [token.rpartition("=") for token in tokens]
        return [unquoted(name) for name, _, _ in pairs], [put(value) for _, _, value in pairs]
    if not before and not any(token[0] == "[" for token in tokens):
        return [unquoted(token) for token in tokens] if '"' in "".join(tokens) else tokens, []
    names, befores = [], []
    for token in tokens:
        if token[0] == "[" and token[-1] == "]":
            before = put(token[1:-1])
        else:
            names.append(unquoted(token))
            befores.append(before)
    return names, befores


def _parts(run: Run, *, in_folders: bool) -> Iterator[Run]:
    """Yield `run` as runs whose names are in their folder, not deeper, and never it itself."""
    home, inside, befores = run
    if not inside or not (in_folders or "." in inside):
        yield run
        return
    told = befores or [""] * len(inside)
    for within, group in groupby(zip(inside, told, strict=True), key=lambda pair: _home(pair[0])):
        names, told_here = zip(*group, strict=True)
        folder = home + within
        if within == "." and home:
            start = home.rfind("/", 0, -1) + 1
            folder, names = home[:start], (home[start:-1],) * len(names)
        elif within == ".":
            folder = ""
        else:
            names = tuple(name[len(within) :] for name in names)
        yield folder, names, told_here if befores else ()


def _home(name: str) -> str:
    """Return the folders in `name`; "." for the folder itself."""
    return name if name == "." else name[: name.rfind("/", 0, -1) + 1]
