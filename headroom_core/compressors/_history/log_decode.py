"""Turns a log with one line of facts per commit back into what git printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._history import files
from headroom_core.compressors._history.people import DATE_STYLES, People

SEPARATOR: Final = "; by "
NEXT: Final = "next"

_FORMS: Final = {
    "medium": "Author: {0} <{1}>\nDate:   {2}",
    "fuller": "Author:     {0} <{1}>\nAuthorDate: {2}\nCommit:     {3} <{4}>\nCommitDate: {5}",
    "full": "Author: {0} <{1}>\nCommit: {3} <{4}>",
    "short": "Author: {0} <{1}>",
}
_SPELLED = re.compile(
    r"([0-9a-f]{7,64})( \([^()\n]{1,2000}\))? (?:merge ([0-9a-z ]{1,9999}), )?([^\n]+)"
)
_FIRST = re.compile(r"log (medium|fuller|full|short)((?: [a-z]+){0,5})")


@dataclass(frozen=True, slots=True)
class LogStyle:
    """How a log was printed: its format, its dates, its lists of files, its blank lines."""

    form: str
    dates: str = ""
    kind: str = ""
    bare: bool = False
    crlf: bool = False

    def __str__(self) -> str:
        flags = [self.dates, self.kind, "bare" * self.bare, "crlf" * self.crlf]
        return " ".join(filter(None, ["log", self.form, *flags]))


def decode(body: str) -> str:
    """Return the log that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    first, *lines = body.split("\n")
    opening = _FIRST.fullmatch(first)
    if opening is None:
        raise ValueError("the first line does not say how the log was printed")
    flags = opening[2].split()
    kind = next((flag for flag in flags if flag in files.KINDS), "")
    dates = next((flag for flag in flags if flag in DATE_STYLES), "")
    style = LogStyle(opening[1], dates, kind, "bare" in flags)
    text = "\n".join(_Reader(style, lines).read())
    return text.replace("\n", "\r\n") if "crlf" in flags else text


class _Reader:
    """Reads the lines below the first."""

    def __init__(self, style: LogStyle, lines: list[str]) -> None:
        self._style = style
        self._people = People(style.dates)
        self._lines = lines
        self._printed: list[str] = []
        self._facts = 0  # where more facts about the commit would be inserted
        self._inside = self._at_head = False

    def read(self) -> list[str]:
        """Return the lines of the log."""
        heads = [_SPELLED.fullmatch(line) for line in self._lines]
        below = iter([*[head[1] for head in heads if head][1:], ""])
        listed: list[str] = []
        for line, head in zip(self._lines, heads, strict=True):
            if line.startswith("~ "):
                listed.append(line[2:])
                continue
            self._list(listed)
            listed = []
            if head:
                self._commit(head, next(below))
            elif line.startswith("^"):
                self._as_printed(line[1:])
            else:
                self._message(line)
        self._list(listed)
        return self._printed

    def _commit(self, head: re.Match[str], below: str) -> None:
        if self._inside:
            self._printed.append("")
        who, _, second = head[4].partition(SEPARATOR)
        author = self._people.read(who)
        committer = self._people.read(second) if second else author
        self._printed.append(f"commit {head[1]}{head[2] or ''}")
        self._facts = len(self._printed)
        if head[3]:
            self._printed.append(f"Merge: {_parents(head[3], below)}")
        form = _FORMS[self._style.form]
        self._printed += form.format(*author, *committer).split("\n")
        self._inside = self._at_head = True

    def _as_printed(self, line: str) -> None:
        if self._at_head and line.startswith("gpg: "):
            self._printed.insert(self._facts, line)
            self._facts += 1
            return
        if line.startswith("commit "):
            if self._inside:
                self._printed.append("")
            self._inside = False
        elif self._at_head and line.startswith("    "):
            self._printed.append("")
        self._at_head = False
        self._printed.append(line)

    def _message(self, line: str) -> None:
        if self._at_head:
            self._printed.append("")
            self._at_head = False
        if line or not self._style.bare:
            self._printed.append("    " + self._people.read_trailer(line))
        else:
            self._printed.append("")

    def _list(self, listed: list[str]) -> None:
        if listed:
            self._printed += ["", *files.decode(listed, self._style.kind).split("\n")]
            self._at_head = False


def _parents(text: str, below: str) -> str:
    each = text.split(" ")
    if NEXT in each[:2] and len(each) > 1:
        index = each.index(NEXT)
        each[index] = below[: len(each[1 - index])]
    return " ".join(each)
