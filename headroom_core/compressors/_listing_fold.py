"""Writes a listing folded: a line for each folder with its names, folders inside indented.

::

    root ./src/           what all paths begin with
    ./ a.py b.py          names in the root; "./" is the root itself
    app/ c.py x/d.py .    a folder in it; ``x/d.py`` is inside it, "." is the folder itself
     views/ "e f.py"      a folder in that folder; a name with blanks
    |total 8              a line that is no entry; an empty one stays empty

What stands before paths is said in brackets, ``[ M ]``, and holds for the names after it; a number
before the path stands behind the name, ``a.py=120``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from headroom_core.compressors._listing import (
    NO_FRAME,
    OTHER,
    Listing,
    Run,
    Style,
    common_root,
    quoted,
)
from headroom_core.compressors._listing_tree import SLASH

_END: Final = Run(OTHER, [])
_SIGNS: Final = re.compile(r"[ =]|^\[", re.MULTILINE)
_SELF: Final = re.compile(r" \.[ =\n]")
_WORTH_A_LINE: Final = 6
_DEEPEST_INLINE: Final = 3

_NOTE: Final = "names behind their folder, folders inside it indented"
_NOTE_LISTED: Final = "each folder also had a line of its own above its content"
_NOTE_BEFORE: Final = "[x]: x stood before each path up to the next []"
_NOTE_EACH: Final = "=n: what stood before the path"
_NOTE_SELF: Final = '".": the folder itself'
_NOTE_TREE: Final = "lines of the tree left out"


def encode(listing: Listing) -> tuple[str, str]:
    """Return the body and how to read it."""
    style = listing.style
    runs: Iterable[Run] = listing.runs
    if style.listed is not None:
        runs = _unlisted(runs, style)
    merged = list(_merged(runs))
    body = "\n".join([header(style), *_lines(merged, style)])
    return body, _note(style, body, said_before=any(run.befores for run in merged))


def opening(style: Style) -> str:
    """Return the first line for a part of a listing: the root, and what values mean."""
    said = [f"root {style.root}"] if style.root else []
    said += [_NOTE_EACH] if style.each else []
    return "; ".join(said)


def header(style: Style) -> str:
    """Return the first line of a body: the root, and what is not usual about the spelling."""
    options: dict[str, object] = {}
    if style.crlf:
        options["crlf"] = True
    if style.listed is not None:
        options["listed"] = style.listed
    if style.top:
        options["top"] = True
    if style.before:
        options["before"] = style.before
    if style.frame != NO_FRAME:
        options["frame"] = style.frame
    if style.each:
        options["each"] = True
    if style.tree:
        options["tree"] = style.tree
    said = json.dumps(options, ensure_ascii=False, separators=(",", ":")) + " " if options else ""
    return f"{said}root {style.root}"


def _unlisted(runs: Iterable[Run], style: Style) -> Iterator[Run]:
    """Leave out the lines of folders that stand right above the first of their content."""
    ending = "" if style.listed else "/"
    seen = {""}
    for run, below in pairwise([*runs, _END]):
        if OTHER in (run.folder, below.folder) or below.folder in seen:
            yield run
            continue
        seen.add(below.folder)
        same = not run.befores or run.befores[-1] == style.before
        if not (same and f"{run.folder}{run.names[-1]}{ending}" == below.folder):
            yield run
        elif len(run.names) > 1:
            yield Run(run.folder, run.names[:-1], run.befores[:-1])


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Join runs of one folder, and those of one name with the folder around them."""
    names: list[str] = []
    befores: list[str] = []
    current = OTHER
    for run, below in pairwise([*runs, _END]):
        rest = run
        if OTHER not in (run.folder, current) and f"{run.folder}{run.names[0]}/" == current:
            names.append(".")
            befores.extend(run.befores[:1])
            rest = Run(run.folder, run.names[1:], run.befores[1:])
        extra = _inside(current, rest, below.folder)
        if extra is None:
            if names:
                yield Run(current, names, befores)
            current, names, befores = rest.folder, [], []
        names.extend([extra + name for name in rest.names] if extra else rest.names)
        befores.extend(rest.befores)
    if names:
        yield Run(current, names, befores)


def _inside(current: str, run: Run, below: str) -> str | None:
    """Return what the names of `run` begin with in the line of `current`; None: a new line."""
    if run.folder == current or not run.names:
        return ""
    if (
        len(run.names) > 1
        or OTHER in (run.folder, current)
        or not run.folder.startswith(current)
        or below.startswith(run.folder)
    ):
        return None
    extra = run.folder[len(current) :]
    return extra if extra.count("/") < _DEEPEST_INLINE else None


def _lines(runs: Sequence[Run], style: Style) -> Iterator[str]:
    stack: list[str] = []
    before = ""
    for run, below in pairwise([*runs, _END]):
        if run.folder == OTHER:
            yield from [f"|{line}" if line else "" for line in run.names]
            continue
        while stack and (run.folder == stack[-1] or not run.folder.startswith(stack[-1])):
            stack.pop()
        top = stack[-1] if stack else ""
        shared = _shared(run.folder, below.folder, top)
        if shared:
            yield " " * len(stack) + quoted(shared[len(top) :])
            stack.append(shared)
            top = shared
        heading = quoted(run.folder[len(top) :] or "./")
        items = _items(run, style, before)
        before = run.befores[-1] if run.befores else before
        yield " ".join([" " * len(stack) + heading, *items])
        if run.folder:
            stack.append(run.folder)


def _shared(folder: str, below: str, top: str) -> str:
    """Return a folder around both that is worth a line of its own, "" if there is none."""
    enough = len(top) + _WORTH_A_LINE
    if folder[:enough] != below[:enough] or below.startswith(folder):
        return ""
    shared = common_root([folder, below])
    return shared if shared != below and len(shared) > enough else ""


def _items(run: Run, style: Style, before: str) -> Iterable[str]:
    names = run.names
    if style.tree:
        names = [name.replace(SLASH, "/") for name in names]
    if _SIGNS.search("\n".join(names)):
        names = [quoted(name) for name in names]
    if not run.befores:
        return names
    values = [style.frame.take(told) for told in run.befores]
    if style.each:
        return [f"{name}={value}" for name, value in zip(names, values, strict=True)]
    items = []
    last = style.frame.take(before)
    for name, value in zip(names, values, strict=True):
        if value != last:
            items.append(f"[{value}]")
            last = value
        items.append(name)
    return items


def _note(style: Style, body: str, *, said_before: bool) -> str:
    said = [_NOTE]
    said += [_NOTE_TREE] if style.tree else []
    said += [_NOTE_LISTED] if style.listed is not None and not style.tree else []
    said += [_NOTE_EACH if style.each else _NOTE_BEFORE] if said_before else []
    said += [_NOTE_SELF] if " ." in body and _SELF.search(body) else []
    return "; ".join(said)
