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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from headroom_core.compressors._listing.model import (
    NO_FRAME,
    OTHER,
    SIGNS,
    Listing,
    Run,
    Style,
    common_root,
    quoted,
)
from headroom_core.compressors._listing.tree import SLASH

_END: Final[Run] = (OTHER, [], ())
_BAD_NAMES: Final = frozenset(("", ".", "/", "./"))
_BAD_ROOT: Final = "} root "
_SELF: Final = re.compile(r" \.[ =\n]")
_WORTH_A_LINE: Final = 6
_DEEPEST_INLINE: Final = 3

_NOTE: Final = "names behind their folder, folders inside it indented"
_NOTE_LISTED: Final = "each folder also had a line of its own above its content"
_NOTE_BEFORE: Final = "[x]: x stood before each path up to the next []"
NOTE_EACH: Final = "=n: what stood before the path"
_NOTE_SELF: Final = '".": the folder itself'
_NOTE_TREE: Final = "lines of the tree left out"


def encode(listing: Listing) -> tuple[str, str] | None:
    """Return the body and how to read it; None if it would not give the listing back.

    With folders listed, that needs a line for each folder above its content. Else it is possible
    for all lists of paths, and for trees that are drawn and named as usual.
    """
    runs, style, exact = listing
    if not exact or _BAD_ROOT in style.root:
        return None
    if style.tree and not _are_plain([n for f, names, _ in runs if f != OTHER for n in names]):
        return None
    if style.listed is not None:
        left = _unlisted(runs, style)
        if left is None:
            return None
        runs = left
    merged = list(_merged(runs))
    values = style.frame.values([told for _, _, befores in merged for told in befores])
    paths = "\n".join([folder + "\n".join(names) for folder, names, _ in merged])
    quotes = any(sign in paths for sign in SIGNS)
    lines = _lines(merged, values, each=style.each, quotes=quotes)
    body = "\n".join([header(style), *lines]).replace(SLASH, "/" if style.tree else SLASH)
    return body, _note(style, body, said_before=bool(values))


def opening(style: Style) -> str:
    """Return the first line for a part of a listing: the root, and what values mean."""
    said = [f"root {style.root}"] if style.root else []
    said += [NOTE_EACH] if style.each else []
    return "; ".join(said)


def header(style: Style) -> str:
    """Return the first line of a body: the root, and what is not usual about the spelling."""
    told: dict[str, object] = {
        "crlf": style.crlf,
        "listed": style.listed,
        "top": style.top,
        "before": style.before,
        "frame": style.frame if style.frame != NO_FRAME else None,
        "each": style.each,
        "tree": style.tree,
        "cut": style.cut,
    }
    options = {
        name: value
        for name, value in told.items()
        if value or (name == "listed" and value is not None)
    }
    said = json.dumps(options, ensure_ascii=False, separators=(",", ":")) + " " if options else ""
    return f"{said}root {style.root}"


def _are_plain(names: Sequence[str]) -> bool:
    """Return whether none of the names in a tree would be read as something else."""
    text = "\n".join(["", *names])
    return not ('"' in text or "\n|" in text) and _BAD_NAMES.isdisjoint(names)


def _unlisted(runs: Sequence[Run], style: Style) -> list[Run] | None:
    """Leave out the lines of folders right above the first of their content.

    None if a folder has content and no line above it.
    """
    slash = "" if style.listed else "/"
    seen = {""}
    left: list[Run] = []
    for run, (below, _, _) in pairwise([*runs, _END]):
        folder, names, befores = run
        if folder == OTHER:
            left.append(run)
            continue
        if folder not in seen:
            return None
        paths = [f"{folder}{name}{slash}" for name in names]
        if (
            paths[-1] != below
            or below in seen
            or (befores[-1] if befores else "") != style.before
            or paths.count(below) > 1
        ):
            left.append(run)
        elif len(names) > 1:
            left.append((folder, names[:-1], befores[:-1]))
        seen.update(paths)
    return left


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Join runs of one folder, and those of one name with the folder around them."""
    names: list[str] = []
    befores: list[str] = []
    current = OTHER
    for (folder, inside, told), (below, _, _) in pairwise([*runs, _END]):
        start = 0
        if len(folder) < len(current) and f"{folder}{inside[0]}/" == current != OTHER != folder:
            names.append(".")
            befores.extend(told[:1])
            start = 1
        left = len(inside) - start
        extra = ""
        if folder != current and left:
            extra = _inside(current, folder, below) if left == 1 else ""
            if names and not extra:
                yield current, names, befores
            if not extra:
                current, names, befores = folder, [], []
        names.extend([extra + name for name in inside[start:]] if extra or start else inside)
        befores.extend(told[start:] if start else told)
    if names:
        yield current, names, befores


def _inside(current: str, folder: str, below: str) -> str:
    """Return what a name in `folder` begins with in the line of `current`; "": a new line."""
    if OTHER in (folder, current) or not folder.startswith(current) or below.startswith(folder):
        return ""
    extra = folder[len(current) :]
    return extra if extra.count("/") < _DEEPEST_INLINE else ""


def _lines(
    runs: Sequence[Run], values: Mapping[str, str], *, each: bool, quotes: bool
) -> Iterator[str]:
    stack: list[str] = []
    top = ""
    last: str | None = None
    for run, (below, _, _) in pairwise([*runs, _END]):
        folder, names, befores = run
        if folder == OTHER:
            yield from [f"|{line}" if line else "" for line in names]
            continue
        while stack and (folder == top or not folder.startswith(top)):
            stack.pop()
            top = stack[-1] if stack else ""
        enough = len(top) + _WORTH_A_LINE
        if folder[:enough] == below[:enough] and (shared := _shared(folder, below, enough)):
            yield " " * len(stack) + quoted(shared[len(top) :])
            stack.append(shared)
            top = shared
        tokens = [folder[len(top) :] or "./", *names]
        if quotes:
            tokens = list(map(quoted, tokens))
        if befores:
            tokens, last = _told(tokens, [values[told] for told in befores], last, each=each)
        yield " " * len(stack) + " ".join(tokens)
        stack += [folder] if folder else []
        top = folder


def _told(
    tokens: Sequence[str], values: Sequence[str], last: str | None, *, each: bool
) -> tuple[list[str], str | None]:
    """Return the tokens with the values of names, and the last value said in brackets."""
    heading, *names = tokens
    if each:
        return [heading, *map("{}={}".format, names, values)], last
    told = [heading]
    for name, value in zip(names, values, strict=True):
        if value != last:
            told.append(f"[{value}]")
            last = value
        told.append(name)
    return told, last


def _shared(folder: str, below: str, enough: int) -> str:
    """Return a folder around both that is worth a line of its own, "" if there is none."""
    if below.startswith(folder):
        return ""
    shared = common_root([folder, below])
    return shared if shared != below and len(shared) > enough else ""


def _note(style: Style, body: str, *, said_before: bool) -> str:
    said = [_NOTE]
    said += [_NOTE_TREE] if style.tree else []
    said += [_NOTE_LISTED] if style.listed is not None and not style.tree else []
    said += [NOTE_EACH if style.each else _NOTE_BEFORE] if said_before else []
    said += [_NOTE_SELF] if " ." in body and _SELF.search(body) else []
    return "; ".join(said)
