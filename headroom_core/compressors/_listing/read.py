"""Reads listings of files: plain paths, paths behind numbers or states, trees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import compress, pairwise, takewhile
from operator import ne
from typing import Final

from headroom_core.compressors._listing import tree as listing_tree
from headroom_core.compressors._listing.model import OTHER, Frame, Listing, Run, Style, common_root
from headroom_core.compressors._listing.tree import SLASH

_NUMBERED: Final = re.compile(r"\n((?: {0,20}\d[\d.,]{0,15}(?:[KMGTPE]i?B?)?[ \t]{1,8}(?=\S))?)")
_STATED: Final = re.compile(
    r"\n((?:[ MADRCTU?!]{2} (?=\S)|[MADRCTUX]\t|[0-9a-f]{32,128} [ *]"
    r"|\t(?:(?:modified|new file|deleted|renamed|copied|typechange|both \w{1,20}"
    r"|(?:added|deleted) by \w{1,20}): {2,12})?(?=\S))?)"
)
_NO_PATHS: Final = ('"', ": ", " -> ", "\t")
_AROUND: Final = re.compile(r"[ \t(\[\])]*")
_SPLITS: Final = re.compile(r"[ =]|^$", re.MULTILINE)
_NO_NAMES: Final = (".", "./", "total")
_LOOK_AT: Final = 60
_FEW: Final = 0.05
_DEEPEST: Final = 60
_MANY: Final = 0.4
_SPARE: Final = 8


def read(text: str) -> Listing | None:
    """Return the listing that `text` is; None if it is none."""
    crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
    if crlf:
        text = text.replace("\r\n", "\n")
    drawing = listing_tree.drawing_of(text)
    if drawing:
        found = None if SLASH in text else listing_tree.read(text, drawing, crlf=crlf)
        return found and _with_style(found)
    lines, befores = _split(text)
    folders = _folders(lines, befores)
    if folders.count(OTHER) > _MANY * len(lines) + _SPARE:
        return None
    root = _root(folders, lines)
    runs = list(_runs(folders, lines, befores, root))
    listed = _listed(runs) if not set(lines).isdisjoint(_bare(folders)) else None
    return _with_style(Listing(runs, Style(root, crlf, listed)))


def without_listed(listing: Listing) -> Listing | None:
    """Return `listing` with every line of a folder said; None if it is so already."""
    style = listing.style
    if style.listed is None or style.tree:
        return None
    runs = [_top(style), *listing.runs] if style.top else listing.runs
    return Listing(runs, replace(style, listed=None, top=False, before=""))


def _split(text: str) -> tuple[list[str], list[str]]:
    """Return the lines without what stands before paths, and that; [] if nothing usually does."""
    lines = text.split("\n")
    start = "\n".join(["", *lines[:_LOOK_AT]])
    for pattern in (_NUMBERED, _STATED):
        if sum(map(bool, pattern.findall(start))) * 2 > min(len(lines), _LOOK_AT):
            parts = pattern.split(f"\n{text}")
            return parts[2::2], parts[1::2]
    return lines, []


def _folders(lines: Sequence[str], befores: Sequence[str]) -> list[str]:
    """Return the folder of each line, `OTHER` for lines that are no entries."""
    folders = [line[: line.rfind("/", 0, -1) + 1] if line else OTHER for line in lines]
    joined = "\n".join(lines)
    odd = [sign for sign in _NO_PATHS if sign in joined]
    if odd:
        folders = [
            OTHER if any(sign in line for sign in odd) else folder
            for folder, line in zip(folders, lines, strict=True)
        ]
    if "" in befores:
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
    starts = [0, *compress(range(1, len(folders)), map(ne, folders[1:], folders))]
    skip = len(root)
    for start, end in pairwise([*starts, len(folders)]):
        folder = folders[start]
        told = befores[start:end]
        if folder.startswith(root) and _is_plain(folder, skip):
            begin = len(folder)
            names = [line[begin:] for line in lines[start:end]]
            if not ("." in names or "/" in names):
                yield folder[skip:], names, told
                continue
        yield from _others(folder, lines[start:end], told, root[:-1] or OTHER)


def _is_plain(folder: str, skip: int) -> bool:
    if folder[skip : skip + 1] in "./|" and folder.startswith(("./", "|", "/"), skip):
        return False
    return folder != OTHER and folder.count("/") <= _DEEPEST


def _others(
    folder: str, lines: Sequence[str], befores: Sequence[str], itself: str
) -> Iterator[Run]:
    """Yield lines that are no entries, but for those of the root itself."""
    for line, before in zip(lines, befores or [""] * len(lines), strict=True):
        if line == itself and folder != OTHER:
            yield "", ["."], [before] if befores else ()
        else:
            yield OTHER, [before + line], ()


def _bare(folders: Sequence[str]) -> set[str]:
    """Return how folders would be written in lines of their own."""
    found = set(folders)
    return found.union([folder[:-1] for folder in found])


def _listed(runs: Sequence[Run]) -> str | None:
    """Return what folders end with in the lines above their content, None if there are none."""
    endings = Counter(
        "/" if names[-1][-1:] == "/" else ""
        for (folder, names, _), (below, _, _) in pairwise(runs)
        if len(below) > len(folder) and _opens(folder, names[-1], below)
    )
    return endings.most_common(1)[0][0] if endings else None


def _opens(folder: str, name: str, below: str) -> bool:
    """Return whether the entry is the folder `below`."""
    return folder != OTHER and f"{folder}{name.removesuffix('/')}/" == below


def _with_style(listing: Listing) -> Listing:
    """Return the listing, with what its values before paths have in common."""
    runs, style, exact = listing
    befores = [before for folder, _, told in runs if folder != OTHER for before in told]
    if befores:
        frame = _frame(set(befores))
        values = frame.values(befores)
        taken = "\n".join(values.values())
        changes = sum(map(ne, befores, befores[1:]))
        each = changes * 3 > len(befores) * 2 and not _SPLITS.search(taken)
        style = replace(style, frame=frame, each=each)
        complete = all(told for folder, _, told in runs if folder != OTHER)
        exact = exact and complete and "" not in values and "]" not in taken
    if style.listed is None:
        return Listing(runs, style, exact)
    if befores:
        above = Counter(
            told[-1]
            for (folder, names, told), (below, _, _) in pairwise(runs)
            if told and len(below) > len(folder) and _opens(folder, names[-1], below)
        )
        if above:
            style = replace(style, before=above.most_common(1)[0][0])
    if style.root and runs and runs[0] == _top(style):
        return Listing(runs[1:], replace(style, top=True), exact)
    return Listing(runs, style, exact)


def _top(style: Style) -> Run:
    """Return the line of the root itself."""
    if style.listed:
        return OTHER, [style.before + style.root], ()
    return "", ["."], [style.before] if style.before else ()


def _frame(befores: Collection[str]) -> Frame:
    """Return what all of `befores` begin and end with, and how wide what is inside always is."""
    low, high = min(befores), max(befores)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    start = _around("".join(one for one, _ in alike))
    widths = set(map(len, befores))
    end = _around(low[len(start) :][::-1])[::-1][-(min(widths) - len(start)) :]
    while end and not all(before.endswith(end) for before in befores):
        end = end[1:]
    begin = len(start)
    padded = (
        len(widths) == 1
        and any(before.startswith(" ", begin) for before in befores)
        and not any(before.endswith(f" {end}") for before in befores)
    )
    return Frame(start, widths.pop() - begin - len(end) if padded else 0, end)


def _around(text: str) -> str:
    """Return the blanks and brackets that `text` begins with."""
    found = _AROUND.match(text)
    return found[0] if found else ""
