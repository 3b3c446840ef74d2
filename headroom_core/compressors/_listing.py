"""What a listing of files says, whatever command printed it: folders, names, what stands before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final, NamedTuple

OTHER: Final = "\n"
"""The folder of a run of lines that are no entries: no folder is called so."""

_TOKEN: Final = re.compile(r'"[^"]*"[^ ]*|\[[^\]]*\]|[^ ]+')


class Run(NamedTuple):
    """Entries that stand one below the other and are in one folder.

    Attributes:
        folder: The folder with its last slash, "" for none, `OTHER` for lines that are no entries.
        names: The names in it, or the lines.
        befores: What stands before the path in each line; empty if that is nothing, everywhere.
    """

    folder: str
    names: Sequence[str]
    befores: Sequence[str] = ()


class Frame(NamedTuple):
    """How a value before a path is set: ``[ 12K]  name`` has the frame ``("[", 4, "]  ")``."""

    opening: str
    width: int
    ending: str

    def put(self, value: str) -> str:
        """Return `value` as it stood before a path."""
        return f"{self.opening}{value.rjust(self.width)}{self.ending}"

    def take(self, before: str) -> str:
        """Return the value in `before`."""
        value = before[len(self.opening) : len(before) - len(self.ending)]
        return value.lstrip(" ") if self.width else value


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
    """

    root: str = ""
    crlf: bool = False
    listed: str | None = None
    top: bool = False
    before: str = ""
    frame: Frame = NO_FRAME
    each: bool = False
    tree: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole listing: its runs in order, folders relative to the root."""

    runs: Sequence[Run]
    style: Style = field(default_factory=Style)


def common_root(folders: Sequence[str]) -> str:
    """Return the longest folder that all `folders` are in, with its last slash, or ""."""
    low, high = min(folders, default=""), max(folders, default="")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return low[: low.rfind("/", 0, sum(1 for _ in alike)) + 1]


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
