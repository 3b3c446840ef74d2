"""Writes the four or more lines above the hunks of a file as one, and turns that one back."""

from __future__ import annotations

import re
from typing import Final

_INDEX = re.compile(r"index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: ([0-7]{6}))?")
_SIMILARITY = re.compile(r"similarity index (\d{1,3})%")
_HASHES = re.compile(r"([0-9a-f]{4,64})?\.\.([0-9a-f]{4,64})?")
_MADE = re.compile(r"(new|deleted)(?:, mode ([0-7]{6}))?")
_NO_PREFIX: Final = "no prefix"
_PREFIXES = re.compile(rf"([a-z]/) ([a-z]/)|{_NO_PREFIX}")
_PLAIN_MODE: Final = "100644"


def fold(head: list[str]) -> str | None:
    """Return the one line for `head`, the lines that git prints above hunks; None if it has none.

    >>> fold(["diff --git a/x.c b/x.c", "index 0d5..1f2 100644", "--- a/x.c", "+++ b/x.c"])
    >>> fold(["diff --git a/x.c b/x.c", "index 0d51..1f2e 100644", "--- a/x.c", "+++ b/x.c"])
    'diff x.c 0d51..1f2e'
    """
    folded = _modified(head) or _renamed(head) or _made_or_deleted(head)
    return folded if folded and unfold(folded) == head else None


def unfold(line: str) -> list[str] | None:
    """Return the lines for which `line` stands; None if `fold` cannot have written it."""
    rest, mode = _cut_mode(line.removeprefix("diff "))
    path, _, last = rest.rpartition(" ")
    hashes = _HASHES.fullmatch(last)
    old, new = hashes.groups() if hashes else (None, None)
    path, happened = _cut_happened(path if hashes else rest)
    if not path or path.startswith("-"):
        return None
    made = _MADE.fullmatch(happened)
    if made:
        return _unfold_made(path, made[1], made[2] or _PLAIN_MODE, old or new)
    source = path
    head = []
    signs = ("a/", "b/")
    prefixes = _PREFIXES.fullmatch(happened)
    if prefixes:
        signs = (prefixes[1] or "", prefixes[2] or "")
    elif happened:
        source, _, same = happened.removeprefix("renamed from ").rpartition(", ")
        head = [f"similarity index {same}", f"rename from {source}", f"rename to {path}"]
    if old and new:
        head += [f"index {old}..{new} {mode}", f"--- {signs[0]}{source}", f"+++ {signs[1]}{path}"]
    if not head:
        return None if happened else [f"--- a/{path}", f"+++ b/{path}"]
    return [f"diff --git {signs[0]}{source} {signs[1]}{path}", *head]


def path_of(head: list[str]) -> str:
    """Return the path of the changed file: where it is now, or was before it was deleted.

    >>> path_of(["diff --git a/x b/x", "new file mode 100644", "--- /dev/null", "+++ b/x"])
    'x'
    """
    found = {line[:4]: line[4:] for line in head if line.startswith(("--- ", "+++ "))}
    for sign in ("+++ ", "--- "):
        path = found.get(sign, "/dev/null").rstrip("\r").partition("\t")[0]
        if path != "/dev/null":
            return _bare(path)
    for line in head:
        if line.startswith(("rename to ", "copy to ")):
            return line.partition(" to ")[2].rstrip("\r")
    first = head[0].rstrip("\r")
    if first.startswith("diff --git "):
        names = first[len("diff --git ") :]
        half = names[: len(names) // 2]
        if names == f"{half} b/{half[2:]}":
            return half[2:]
        return _bare(names.rpartition(" ")[2])
    return _bare(first.rpartition(" ")[2])


def _bare(path: str) -> str:
    """Return a path without the letter that git sets before it."""
    quote = '"' if path.startswith('"') else ""
    inner = path[len(quote) :]
    return quote + inner[2:] if inner[:2] in ("a/", "b/", "i/", "w/", "c/", "o/") else path


def _modified(head: list[str]) -> str | None:
    if len(head) == 2 and head[0].startswith("--- a/"):
        return f"diff {head[0][6:]}"
    if len(head) != 4:
        return None
    index = _INDEX.fullmatch(head[1])
    if not index or not index[3]:
        return None
    old, new = head[2][4:], head[3][4:]
    if (old[:2], new[:2]) == ("a/", "b/"):
        return f"diff {new[2:]} {_hashes(index)}"
    if old == new:
        return f"diff {new} ({_NO_PREFIX}) {_hashes(index)}"
    return f"diff {new[2:]} ({old[:2]} {new[:2]}) {_hashes(index)}"


def _renamed(head: list[str]) -> str | None:
    if len(head) not in (4, 7) or not head[2].startswith("rename from "):
        return None
    same = _SIMILARITY.fullmatch(head[1])
    index = _INDEX.fullmatch(head[4]) if len(head) == 7 else None
    if not same or (len(head) == 7 and not (index and index[3])):
        return None
    source, path = head[2][12:], head[3][10:]
    hashes = f" {_hashes(index)}" if index else ""
    return f"diff {path} (renamed from {source}, {same[1]}%){hashes}"


def _made_or_deleted(head: list[str]) -> str | None:
    if len(head) != 5:
        return None
    index = _INDEX.fullmatch(head[2])
    word, _, mode = head[1].partition(" file mode ")
    if not index or word not in ("new", "deleted"):
        return None
    made = "" if mode == _PLAIN_MODE else f", mode {mode}"
    if word == "new":
        return f"diff {head[4][6:]} (new{made}) ..{index[2]}"
    return f"diff {head[3][6:]} (deleted{made}) {index[1]}.."


def _cut_mode(text: str) -> tuple[str, str]:
    rest, found, mode = text.rpartition(" mode ")
    return (rest, mode) if found and len(mode) == len(_PLAIN_MODE) else (text, _PLAIN_MODE)


def _cut_happened(text: str) -> tuple[str, str]:
    """Return the path, and what the brackets behind it say."""
    path, _, inner = text.rpartition(" (")
    return (path, inner[:-1]) if path and inner.endswith(")") else (text, "")


def _hashes(index: re.Match[str]) -> str:
    mode = "" if index[3] == _PLAIN_MODE else f" mode {index[3]}"
    return f"{index[1]}..{index[2]}{mode}"


def _unfold_made(path: str, kind: str, mode: str, content: str | None) -> list[str] | None:
    if content is None:
        return None
    zero = "0" * len(content)
    first = f"diff --git a/{path} b/{path}"
    if kind == "new":
        index = f"index {zero}..{content}"
        return [first, f"new file mode {mode}", index, "--- /dev/null", f"+++ b/{path}"]
    index = f"index {content}..{zero}"
    return [first, f"deleted file mode {mode}", index, f"--- a/{path}", "+++ /dev/null"]
