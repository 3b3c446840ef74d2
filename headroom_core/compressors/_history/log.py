"""Writes ``git log`` with one line of facts per commit.

The first line of a body says how the log was printed. Below it::

    hash (refs) merge p1 p2, date zone name <mail>     opens a commit
    ~ folder/: a.c +1 -2, b.c +3                       its files
    ^line                                              a line as printed
    line                                               of the message, which git indents by 4
"""

from __future__ import annotations

import re
from typing import Final

from headroom_core.compressors._history import files
from headroom_core.compressors._history.log_decode import NEXT, SEPARATOR, LogStyle
from headroom_core.compressors._history.people import (
    MAIL,
    NAME,
    TRAILER,
    People,
    date_style,
)

_OPENING = (
    r"\A([0-9a-f]{7,64})( \([^()\n]{1,2000}\))?((?:\ngpg: [^\n]*)*)"
    r"(?:\nMerge: ([0-9a-f]{4,64}(?: [0-9a-f]{4,64}){1,99}))?"
)
_HEADS: Final = {
    "medium": rf"\nAuthor: ({NAME}) <({MAIL})>\nDate:   ([^\n]{{1,60}})",
    "fuller": rf"\nAuthor:     ({NAME}) <({MAIL})>\nAuthorDate: ([^\n]{{1,60}})"
    rf"\nCommit:     ({NAME}) <({MAIL})>\nCommitDate: ([^\n]{{1,60}})",
    "full": rf"\nAuthor: ({NAME}) <({MAIL})>()\nCommit: ({NAME}) <({MAIL})>()",
    "short": rf"\nAuthor: ({NAME}) <({MAIL})>()",
}
_PATTERNS: Final = {style: re.compile(_OPENING + head) for style, head in _HEADS.items()}
_SPECIAL = re.compile(r"^(?:\^|~ |[0-9a-f]{7,64}(?: |$))", re.MULTILINE)
_NO_INDENT = re.compile(r"^(?!    |$)", re.MULTILINE)
_BARE = re.compile(r"\n    [^\n]*\n\n    ")
_TOTAL = re.compile(r"^ \d+ files? changed[^\n]*", re.MULTILINE)


def encode(text: str) -> tuple[str, str] | None:
    """Return the body and how to read it, None if `text` is no log."""
    crlf = "\r" in text and text.count("\r\n") == text.count("\n")
    plain = text.replace("\r\n", "\n") if crlf else text
    first, *chunks = f"\n{plain}".split("\ncommit ")
    style = _style(chunks, plain, crlf)
    if style is None:
        return None
    pattern = _PATTERNS[style.form]
    matches = [pattern.fullmatch(chunk.partition("\n\n")[0].rstrip("\n")) for chunk in chunks]
    writer = _Writer(style)
    lines = [str(style)]
    if first:
        lines.append("^" + first[1:].replace("\n", "\n^"))
    hashes = [match[1] if match else "" for match in matches]
    for chunk, match, below in zip(chunks, matches, [*hashes[1:], None], strict=True):
        said = writer.commit(chunk, match, below) if match else ""
        lines.append(said or "^commit " + chunk.replace("\n", "\n^"))
    return "\n".join(lines), writer.note()


def _style(chunks: list[str], text: str, crlf: bool) -> LogStyle | None:
    """Return how the log is printed, going by its first commit that has one of the forms."""
    for chunk in chunks[:5]:
        head = chunk.partition("\n\n")[0].rstrip("\n")
        for form, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(head):
                dates = date_style(match[7]) if match[7] else ""
                bare = "\n    \n" not in text and _BARE.search(text) is not None
                return LogStyle(form, dates, _kind(chunks), bare, crlf)
    return None


def _kind(chunks: list[str]) -> str:
    """Return what kind of list of files the commits have, "" for none."""
    for chunk in chunks:
        block = chunk.rstrip("\n").rpartition("\n\n")[2]
        if block[:4] != "    " and (kind := files.kind_of(block)):
            return kind
    return ""


def _has_trailers(message: str) -> bool:
    return "-by: " in message or "\nCc: " in message


class _Writer:
    """Writes one commit after the other."""

    def __init__(self, style: LogStyle) -> None:
        self._style = style
        self._people = People(style.dates)
        self._persons = (5, 8) if style.form in ("full", "fuller") else (5,)
        self._merges = self._files = False

    def commit(self, chunk: str, match: re.Match[str], below: str | None) -> str:
        """Return the lines of one commit, "" if they could not be turned back.

        Args:
            chunk: What stands behind "commit ", with the blank line before the next commit.
            match: Its lines of facts.
            below: The hash of the next commit, "" if that is not known, None for no such commit.
        """
        core = chunk.removesuffix("\n")
        ended = core != chunk
        if (below is not None and not ended) or core.endswith("\n"):
            return ""
        head, blank, rest = core.partition("\n\n")
        message, listed = self._parts(rest)
        said = self._message(message) if blank else ""
        people = [(match[n], match[n + 1], self._people.parse(match[n + 2])) for n in self._persons]
        if said is None or len(head) != match.end():
            return ""
        facts = ""
        for name, mail, parts in people:
            if parts is None:
                return ""
            if not facts or (name, mail, parts) != people[0]:
                facts += (SEPARATOR if facts else "") + self._people.spell(name, mail, parts)
        signed = match[3].replace("\n", "\n^")
        said = TRAILER.sub(self._people.spell_trailer, said) if _has_trailers(said) else said
        merge = self._merge(match[4], below)
        last = "\n^" if below is None and ended else ""
        return f"{match[1]}{match[2] or ''} {merge}{facts}{signed}{said}{self._list(listed)}{last}"

    def note(self) -> str:
        """Return how to read what was written."""
        said = ["git log, hash author message"]
        if self._style.dates:
            said = ["git log, hash date author message", "without a day or author: as above"]
        said.append("zone and mail as last given for that name")
        if self._merges:
            said.append('"next" is the commit below')
        if self._files:
            said.append("~ files with lines added and deleted")
        return "; ".join(said)

    def _parts(self, rest: str) -> tuple[str, str]:
        message, blank, listed = rest.rpartition("\n\n")
        return (message, listed) if blank and listed[:4] != "    " else (rest, "")

    def _message(self, message: str) -> str | None:
        """Return the message without its indentation, a line break before every line."""
        text = f"\n{message}"
        if self._style.bare:
            if _NO_INDENT.search(message) or "\n    \n" in f"{text}\n":
                return None
            flat = text.replace("\n    ", "\n")
        else:
            flat = text.replace("\n    ", "\n")
            if len(text) - len(flat) != 4 * text.count("\n"):
                return None
        return _SPECIAL.sub(r"^    \g<0>", flat)

    def _merge(self, parents: str | None, below: str | None) -> str:
        if parents is None:
            return ""
        self._merges = True
        each = parents.split(" ")
        for index, parent in enumerate(each[:2]):
            if below and below.startswith(parent) and len(each[1 - index]) == len(parent):
                each[index] = NEXT
                break
        return f"merge {' '.join(each)}, "

    def _list(self, block: str) -> str:
        """Return the lines for what stands below the message, each with a line break before."""
        if not block:
            return ""
        more = ""
        if self._style.kind == "stat" and (total := _TOTAL.search(block)):
            block, more = block[: total.end()], block[total.end() :]
        lines = files.encode(block, self._style.kind)
        if lines is None:
            return "\n^\n^" + (block + more).replace("\n", "\n^")
        self._files = True
        return "".join([f"\n~ {line}" for line in lines]) + more.replace("\n", "\n^")
