"""Writes ``git blame`` with one line of facts per run of lines, and turns it back.

The first line of a body says how wide the columns are. Below it::

    @12 8f3047814 Ann Lee 2015-07-02 20:24:54 +0200    line 12 and those below are of this commit
    @40 8f30478                                        the same commit again
    @41 =...                                           one whose facts are as printed
    line                                               the code itself, a line each
    ^@12 line                                          one that would read as the first kind
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

DATE: Final = (
    r"(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d|T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?"
    r"|[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d? \d\d:\d\d:\d\d \d{4}|\d{9,10}"
    r"|[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d"
    r"|\d{1,3} [a-z]{3,8}(?:, \d{1,2} [a-z]{3,8})? ago)"
)
_WHEN = re.compile(rf" ({DATE})(?: ([+-]\d{{4}}))?$")
_NUMBERED = re.compile(r"(\^?[0-9a-f]{4,64}\b[^\n]{0,400}?) ( *\d{1,7})\)(?= |$)", re.MULTILINE)
_HASH = re.compile(r"\^?[0-9a-f]{4,64}")
_RUN = re.compile(r"@(\d{1,7}) (?:(\^?[0-9a-f]{4,64})(?: ([^\n]{1,800}))?|=([^\n]{1,800}))")
_LIKE_RUN = re.compile(r"\^*@\d")
_FIRST = re.compile(r"blame (\d{1,3}) (\d{1,3}) (\d{1,3}) (\d{1,2})((?: [a-z]+){0,3})")
_SHORT: Final = 7
_MAX_FACTS: Final = 500
_NOTE: Final = (
    "git blame; @12 hash author date: line 12 and the lines below it are of this commit; a commit "
    "seen before by its first 7 digits; zone as last given for that name"
)


class BlameRow(NamedTuple):
    """One line: the facts as printed, its number, its code."""

    facts: str
    number: int
    code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the columns of a line say; "" for a column that is not there."""

    hash: str
    file: str = ""
    name: str = ""
    date: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the columns are.

    Attributes:
        file: The file, 0 without that column.
        name: The author, 0 without one.
        date: The date.
        number: The number of the line.
    """

    file: int
    name: int
    date: int
    number: int

    def print(self, facts: Facts) -> str:
        """Return the facts as git prints them."""
        text = facts.hash
        if self.file:
            text += " " + facts.file + " " * (self.file - width_of(facts.file))
        if self.date:
            pad = " " * (self.name - width_of(facts.name))
            date = f"{facts.date} {facts.zone}" if facts.zone else facts.date
            text += f" ({facts.name}{pad} {date:<{self.date}}"
        return text


def read(lines: Sequence[str]) -> tuple[list[BlameRow], int] | None:
    """Return a row for each line and the width of the numbers, None if this is no blame."""
    first = _NUMBERED.match(lines[0]) if lines else None
    if first is None:
        return None
    width = len(first[2])
    rows = []
    number = int(first[2])
    for line in lines:
        mark = f" {number:>{width}})"
        at = line.find(mark)
        if not 4 <= at <= _MAX_FACTS:
            other = _NUMBERED.match(line)  # a gap between two ranges of lines
            if other is None or len(other[2]) != width or not other[2].strip(" ").isdigit():
                return None
            number = int(other[2])
            mark, at = f" {number:>{width}})", other.start(2) - 1
            if line[at : at + len(mark)] != mark:
                return None
        rows.append(BlameRow(line[:at], number, line[at + len(mark) :]))
        number += 1
    return rows, width


def parse(printed: str) -> Facts | None:
    """Return what the columns say, None if they are none of git's."""
    label, _, rest = printed.partition(" ")
    if not _HASH.fullmatch(label):
        return None
    before, opened, inside = f" {rest}".partition(" (")
    file = before.strip(" ")
    if not opened:
        return Facts(label, file)
    inner = inside.rstrip(" ")
    when = _WHEN.search(inner)
    if when is None:
        return None
    return Facts(label, file, inner[: when.start()].rstrip(" "), when[1], when[2] or "")


def encode(text: str) -> tuple[str, str] | None:
    """Return the body and how to read it, None if `text` is no blame."""
    crlf = "\r" in text and text.count("\r\n") == text.count("\n")
    plain = text.replace("\r\n", "\n") if crlf else text
    ended = plain.endswith("\n")
    found = read((plain[:-1] if ended else plain).split("\n"))
    if found is None:
        return None
    rows, width = found
    bare = any(not row.code for row in rows)
    if any(row.code[:1] != " " or (bare and row.code == " ") for row in rows if row.code):
        return None
    columns = _columns_of([row.facts for row in rows], width)
    flags = " crlf" * crlf + " bare" * bare + " cut" * (not ended)
    opening = f"blame {columns.file} {columns.name} {columns.date} {columns.number}{flags}"
    return "\n".join([opening, *_runs(rows, columns)]), _NOTE


def decode(body: str) -> str:
    """Return the blame that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    first, *lines = body.split("\n")
    opening = _FIRST.fullmatch(first)
    if opening is None:
        raise ValueError("the first line does not say how wide the columns are")
    columns = Columns(*map(int, opening.groups()[:4]))
    flags = opening[5].split()
    printed = "\n".join(_print(lines, columns, "bare" in flags))
    printed += "" if "cut" in flags else "\n"
    return printed.replace("\n", "\r\n") if "crlf" in flags else printed


def _columns_of(printed: Sequence[str], number: int) -> Columns:
    """Return the widths that the first line with known facts shows."""
    for text in dict.fromkeys(printed):
        facts = parse(text)
        if facts is None:
            continue
        before, _, inside = text.partition(" (")
        file = name = date = 0
        if facts.file:
            file = width_of(before) - len(facts.hash) - 1
        if facts.date:
            when = _WHEN.search(inside.rstrip(" "))
            cut = when.start() if when else 0
            name, date = width_of(inside[:cut]), len(inside) - cut - 1
        return Columns(file, name, date, number)
    return Columns(0, 0, 0, number)


def _runs(rows: Sequence[BlameRow], columns: Columns) -> Iterator[str]:
    """Yield the code, and before each run of lines of one commit a line that says so."""
    spelled = _spelled(dict.fromkeys(row.facts for row in rows), columns)
    seen: set[str] = set()
    last, number = "", 0
    for facts, at, code in rows:
        if facts != last or at != number:
            first, again = spelled[facts]
            yield f"@{at} {again if facts in seen else first}"
            seen.add(facts)
            last = facts
        number = at + 1
        yield f"^{code[1:]}" if code[1:2] in ("@", "^") and _LIKE_RUN.match(code, 1) else code[1:]


def _spelled(printed: Iterable[str], columns: Columns) -> dict[str, tuple[str, str]]:
    """Return how facts are spelled the first time, and after that."""
    found: dict[str, tuple[str, str]] = {}
    zones: dict[str, str] = {}
    parsed = {text: parse(text) for text in printed}
    short = Counter(facts.hash.lstrip("^")[:_SHORT] for facts in parsed.values() if facts)
    for text, facts in parsed.items():
        verbatim = f"={text}"
        found[text] = verbatim, verbatim
        if facts is None or columns.print(facts) != text:
            continue
        known = dict(zones)
        first = _spell(facts, zones)
        if _read(first, columns, known) != facts or known != zones:
            zones = {name: zone for name, zone in zones.items() if name != facts.name}
            zones |= {name: zone for name, zone in known.items() if name == facts.name}
            continue
        label = facts.hash.lstrip("^")[:_SHORT]
        found[text] = first, label if short[label] == 1 else verbatim
    return found


def _spell(facts: Facts, zones: dict[str, str]) -> str:
    """Return all the facts but for the time zone that the author is known to be in."""
    parts = [facts.hash]
    if facts.file:
        parts.append(f"{facts.file} (" if facts.date else facts.file)
    if facts.date:
        parts += [facts.name, facts.date]
        if facts.zone and zones.get(facts.name) != facts.zone:
            zones[facts.name] = facts.zone
            parts.append(facts.zone)
    return " ".join(parts).replace(" ( ", " (", 1) if facts.file else " ".join(parts)


def _read(text: str, columns: Columns, zones: dict[str, str]) -> Facts:
    """Return the facts that `_spell` wrote.

    Raises:
        ValueError: If it did not.
    """
    label, _, rest = text.partition(" ")
    file = ""
    if columns.file:
        file, _, rest = rest.partition(" (")
    when = _WHEN.search(rest)
    if when is None:
        return Facts(label, file or rest)
    name = rest[: when.start()]
    if when[2]:
        zones[name] = when[2]
    return Facts(label, file, name, when[1], zones.get(name, ""))


def _print(lines: Sequence[str], columns: Columns, bare: bool) -> Iterator[str]:
    known: dict[str, str] = {}
    zones: dict[str, str] = {}
    facts, number = "", 0
    for line in lines:
        run = _RUN.fullmatch(line) if line.startswith("@") else None
        if run is None:
            if not facts:
                raise ValueError("a line of no commit")
            code = line[1:] if line.startswith("^") and _LIKE_RUN.match(line, 1) else line
            yield f"{facts} {number:>{columns.number}})" + (f" {code}" if code or not bare else "")
            number += 1
            continue
        number = int(run[1])
        if run[4] is not None:
            facts = run[4]
        elif run[3] is None and run[2] in known:
            facts = known[run[2]]
        else:
            read_ = _read(line.partition(" ")[2], columns, zones)
            facts = columns.print(read_)
            known[read_.hash.lstrip("^")[:_SHORT]] = facts


def width_of(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in ("W", "F") else 1 for char in text
    )
