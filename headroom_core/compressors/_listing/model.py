"""What a listing of files says, whatever command printed it: folders, names, what stands before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

OTHER: Final = "\n"
"""The folder of a run of lines that are no entries: no folder is called so."""

SIGNS: Final = " =["
"""Names with one of these may have to be quoted."""

_TOKEN: Final = re.compile(r'"[^"]*"[^ ]*|\[[^\]]*\]|[^ ]+')


Run: TypeAlias = tuple[str, Sequence[str], Sequence[str]]
"""Entries that stand one below the other and are in one folder.

The folder with its last slash, "" for none, `OTHER` for lines that are no entries; the names in it,
or the lines; what stands before the path in each line, nothing at all if that is so everywhere.
"""


class Frame(NamedTuple):
    """How a value before a path is set: ``[ 12K]  name`` has the frame ``("[", 4, "]  ")``."""

    opening: str
    width: int
    ending: str

    def put(self, value: str) -> str:
        """Return `value` as it stood before a path."""
        return f"{self.opening}{value.rjust(self.width)}{self.ending}"

    def values(self, befores: Iterable[str]) -> dict[str, str]:
        """Return the value in each of `befores`."""
        start, end = len(self.opening), len(self.ending)
        inner = {before: before[start : len(before) - end] for before in set(befores)}
        if self.width:
            return {before: value.lstrip(" ") for before, value in inner.items()}
        return inner


NO_FRAME: Final = Frame("", 0, "")


@dataclass(frozen=True, slots=True)
class Style:
    """How the listing is spelled: what turns entries back into lines.

    Attributes:
        root: What all paths begin with, with its last slash. It is cut from the folders.
        crlf: Whether every line but an empty last one ends with a carriage return.
        listed: What folders end with in the lines of their own that stand before the first of
            their content ("" or "/"); None if they have no such lines.
        top: Whether the root has such a line, too.
        before: What stands before the path of such folders.
        frame: What stands around a value before a path, and how wide the value is at least.
        each: Whether that value is said for each name, not only where it changes.
        tree: What a tree is drawn with: a branch, the last branch, a bar, a gap; () for paths.
        cut: For each depth of a tree, whether more was to come when it broke off; () if it did not.
    """

    root: str = ""
    crlf: bool = False
    listed: str | None = None
    top: bool = False
    before: str = ""
    frame: Frame = NO_FRAME
    each: bool = False
    tree: tuple[str, ...] = ()
    cut: tuple[bool, ...] = ()


class Listing(NamedTuple):
    """A whole listing.

    Attributes:
        runs: Its runs in order, folders relative to the root.
        style: How it is spelled.
        exact: Whether runs and style say all: a tree may be drawn in another way.
    """

    runs: Sequence[Run]
    style: Style
    exact: bool = True


def common_root(folders: Sequence[str]) -> str:
    """Return the longest folder that all `folders` are in, with its last slash, or ""."""
    low, high = min(folders, default=""), max(folders, default="")
    end = 0
    for one, other in zip(low.split("/")[:-1], high.split("/"), strict=False):
        if one != other:
            break
        end += len(one) + 1
    return low[:end]


def headings(folders: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield how deep to indent each folder, and its name inside the one it stands below."""
    stack: list[str] = []
    for folder in folders:
        while stack and (folder == stack[-1] or not folder.startswith(stack[-1])):
            stack.pop()
        yield len(stack), folder[len(stack[-1]) :] if stack else folder or "./"
        if folder:
            stack.append(folder)


def heading(line: str, stack: list[str]) -> tuple[str, list[str]]:
    """Return the folder that `line` is about and the tokens behind it.

    Args:
        line: A line of a folded listing.
        stack: The folders it may be inside of; `line` adds its own.

    Raises:
        ValueError: If the line names no folder.
    """
    bare = line.lstrip(" ")
    depth = len(line) - len(bare)
    first, *rest = split_tokens(bare) or [""]
    name = unquoted(first)
    if depth > len(stack) or not name.endswith("/"):
        raise ValueError("a line neither names a folder nor begins with a bar")
    folder = stack[depth - 1] + name if depth else name
    folder = "" if folder == "./" else folder
    stack[depth:] = [folder] if folder else []
    return folder, rest


def split_tokens(line: str) -> list[str]:
    """Return what blanks separate in `line`, but for those in quotes or brackets.

    >>> split_tokens('src/ a.py "b c.py"=12 [ M] d.py')
    ['src/', 'a.py', '"b c.py"=12', '[ M]', 'd.py']
    """
    if '"' in line or "[" in line:
        return _TOKEN.findall(line)
    return line.split(" ") if line else []


def quoted(name: str) -> str:
    """Return `name` in quotes if blanks or signs of ours would be read wrong in it."""
    return f'"{name}"' if " " in name or "=" in name or name[:1] == "[" else name


def unquoted(token: str) -> str:
    """Return the name that `token` stands for."""
    return token[1:-1] if len(token) > 1 and token[0] == token[-1] == '"' else token
