"""Reads listings of files: plain paths, paths behind numbers or states, trees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile
from typing import Final

from headroom_core.compressors import _listing_tree
from headroom_core.compressors._listing import (
    OTHER,
    Frame,
    Listing,
    Run,
    Style,
    common_root,
)
from headroom_core.compressors._listing_tree import SLASH

_NUMBERED: Final = re.compile(r" {0,20}\d[\d.,]{0,15}(?:[KMGTPE]i?B?)?[ \t]{1,8}(?=\S)")
_STATED: Final = re.compile(
    r"[ MADRCTU?!]{2} (?=\S)|[MADTUX]\t|[0-9a-f]{32,128} [ *]"
    r"|\t(?:(?:modified|new file|deleted|renamed|copied|typechange|both \w{1,20}"
    r"|(?:added|deleted) by \w{1,20}): {2,12})?(?=\S)"
)
_DRAWN: Final = re.compile(r"^(?:[├└]|\|-- |`-- |\+-)", re.MULTILINE)
_NO_PATHS: Final = ('"', ": ", " -> ", "\t")
_AROUND: Final = re.compile(r"[ \t(\[\])]*")
_SPLITS: Final = re.compile(r"[ =]|^$")
_NO_NAMES: Final = (".", "./", "total")
_LOOK_AT: Final = 60
_FEW: Final = 0.05
_DEEPEST: Final = 60
_MANY: Final = 0.4
_SPARE: Final = 8


def read(text: str) -> Listing | None:
    """Return the listing that `text` is; None if it is none."""
    lines = text.split("\n")
    crlf = text.count("\r\n") == len(lines) - 1 > 0
    if crlf:
        lines = text.split("\r\n")
    drawing = _listing_tree.drawing_of(text) if _DRAWN.search(text) else ()
    if drawing and SLASH in text:
        return None
    style = Style(crlf=crlf, tree=drawing)
    if drawing:
        return _with_style(_listing_tree.read(lines, drawing), replace(style, listed=""))
    befores = _befores(lines)
    if befores:
        lines = [line[len(before) :] for line, before in zip(lines, befores, strict=True)]
    folders = _folders(lines, text, befores)
    if folders.count(OTHER) > _MANY * len(lines) + _SPARE:
        return None
    style = replace(style, root=_root(folders, lines))
    runs = list(_runs(folders, lines, befores, style.root))
    return _with_style(runs, _with_listed(runs, style))


def without_listed(listing: Listing) -> Listing | None:
    """Return `listing` with every line of a folder said; None if it is so already."""
    style = listing.style
    if style.listed is None or style.tree:
        return None
    runs = [_top(style), *listing.runs] if style.top else listing.runs
    return Listing(runs, replace(style, listed=None, top=False, before=""))


def _befores(lines: Sequence[str]) -> list[str]:
    """Return what stands before the path in each line, "" for none; [] if nothing usually does."""
    start = lines[:_LOOK_AT]
    for pattern in (_NUMBERED, _STATED):
        if sum(1 for line in start if pattern.match(line)) * 2 > len(start):
            return [match[0] if match else "" for match in map(pattern.match, lines)]
    return []


def _folders(lines: Sequence[str], text: str, befores: Sequence[str]) -> list[str]:
    """Return the folder of each line, `OTHER` for lines that are no entries."""
    folders = [line[: line.rfind("/", 0, -1) + 1] if line else OTHER for line in lines]
    odd = [sign for sign in _NO_PATHS if sign in text]
    if odd:
        folders = [
            OTHER if any(sign in line for sign in odd) else folder
            for folder, line in zip(folders, lines, strict=True)
        ]
    if befores:
        folders = [
            folder if before else OTHER for folder, before in zip(folders, befores, strict=True)
        ]
    return folders


def _root(folders: Sequence[str], lines: Sequence[str]) -> str:
    """Return the folder that nearly all lines are in."""
    counts = Counter(folders)
    if counts.pop("", 0):
        bare = [line for folder, line in zip(folders, lines, strict=True) if not folder]
        names = [line for line in bare if line not in _NO_NAMES and " " not in line]
        if names or len(bare) > max(1, _FEW * len(lines)):
            return ""
    counts.pop(OTHER, 0)
    return common_root(list(counts))


def _runs(
    folders: Sequence[str], lines: Sequence[str], befores: Sequence[str], root: str
) -> Iterator[Run]:
    start = 0
    itself = root[:-1] or OTHER
    for folder, group in groupby(folders):
        end = start + sum(1 for _ in group)
        told = befores[start:end]
        inner = folder[len(root) :]
        if _is_plain(folder, inner) and folder.startswith(root):
            names = [line[len(folder) :] for line in lines[start:end]]
            if not ("." in names or "/" in names):
                yield Run(inner, names, told)
                start = end
                continue
        for line, before in zip(lines[start:end], told or [""] * (end - start), strict=True):
            if line == itself and folder != OTHER:
                yield Run("", ["."], [before] if told else ())
            else:
                yield Run(OTHER, [before + line])
        start = end


def _is_plain(folder: str, inner: str) -> bool:
    return not (
        folder == OTHER or inner.startswith(("./", "|", "/")) or folder.count("/") > _DEEPEST
    )


def _with_listed(runs: list[Run], style: Style) -> Style:
    """Return `style` with how folders are listed above their content, if they are."""
    endings = Counter(
        "/" if run.names[-1].endswith("/") else ""
        for run, below in pairwise(runs)
        if OTHER not in (run.folder, below.folder)
        and f"{run.folder}{run.names[-1].removesuffix('/')}/" == below.folder
    )
    if not endings:
        return style
    return replace(style, listed=endings.most_common(1)[0][0])


def _with_style(runs: list[Run], style: Style) -> Listing | None:
    """Return the listing, with what its values before paths have in common."""
    values = [before for run in runs if run.folder != OTHER for before in run.befores]
    above = Counter(
        run.befores[-1]
        for run, below in pairwise(runs)
        if run.befores and f"{run.folder}{run.names[-1].removesuffix('/')}/" == below.folder
    )
    if values:
        style = replace(style, frame=_frame(set(values)))
        style = replace(style, each=_is_each([style.frame.take(value) for value in values]))
    if style.listed is None:
        return Listing(runs, style)
    if above:
        style = replace(style, before=above.most_common(1)[0][0])
    if style.root and runs and runs[0] == _top(style):
        return Listing(runs[1:], replace(style, top=True))
    return Listing(runs, style)


def _top(style: Style) -> Run:
    """Return the line of the root itself."""
    if style.listed:
        return Run(OTHER, [style.before + style.root])
    return Run("", ["."], [style.before] if style.before else ())


def _frame(values: Collection[str]) -> Frame:
    """Return what all `values` begin and end with, and their width if that is the same."""
    start = _common_start(values)
    end = _common_start([value[len(start) :][::-1] for value in values])[::-1]
    inner = [value[len(start) : len(value) - len(end)] for value in values]
    widths = {len(value) for value in inner}
    padded = len(widths) == 1 and any(value.startswith(" ") for value in inner)
    padded = padded and not any(value.endswith(" ") for value in inner)
    return Frame(start, widths.pop() if padded else 0, end)


def _common_start(values: Collection[str]) -> str:
    """Return the blanks and brackets that all `values` begin with."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(values), max(values), strict=False))
    around = _AROUND.match("".join(one for one, _ in alike))
    return around[0] if around else ""


def _is_each(values: Sequence[str]) -> bool:
    """Return whether values change so often that they are better said for each name."""
    changes = sum(1 for one, other in pairwise(values) if one != other)
    return changes * 3 > len(values) * 2 and not any(_SPLITS.search(value) for value in set(values))
