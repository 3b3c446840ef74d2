"""Cuts a document or transcript into headings, labels and sentences that tile it exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

_HEADING = re.compile(r" {0,3}#{1,6}\s+\S")
_UNDERLINE = re.compile(r"([=\-~^\"'`#*+.:_])\1{2,}\s*")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\(?(?:\d{1,3}|[a-z])[.)])\s+")
_FENCE = re.compile(r"\s{0,12}(```|~~~)")
_RULE = re.compile(r"\|[ \t:|-]{2,2000}")
_LABEL = re.compile(
    r"(?:\[?(?:Document|Doc|Passage|Source|Chunk|Result|Context|Snippet|Article|Page)"
    r"[ #]{0,2}\[?#?\d{1,6}\]?:?"
    r"(?:\s?\([^()\n]{0,200}(?:\([^()\n]{0,100}\)[^()\n]{0,100}){0,3}\))?[\]:.)-]*"
    r"|\[[^\[\]\n]{1,120}\](?=\s*$)"
    r"|[-=*#]{2,80}+ ?\S[^\n]{0,120}[-=*]{2,80}+(?=\s*$)"
    r"|<[^<>\n]{1,200}>(?=\s*$))\s*"
)
_SPEAKER = re.compile(
    r"(?:[\[(][\d:., ]{3,16}[\])] ?)?"
    r"(\*{0,2}[^\W\d_][\w.'\u2019&()/ -]{0,50}?\*{0,2}):\*{0,2}(?:\s+|$)"
)
_STOP = re.compile(
    r"[.!?…\u3002\uff01\uff1f](?:(?<=[.!?…])['\"\u2019\u201d)\]*_`]{0,4}\s+"
    r"|(?<=[\u3002\uff01\uff1f])[\u3002\uff01\uff1f]*)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:[A-Z]|[A-Za-z]\.[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|cf|ca|al|Fig|Figs|Eq"
    r"|Sec|No|Nos|Vol|pp|approx|Inc|Ltd|Co|Corp|Gen|Col|Lt|Sgt|Rev|Hon|Gov|Sen|Rep)\Z"
)
_MIN_SENTENCE: Final = 16
_MAX_SENTENCE: Final = 1_000
_MIN_SPEAKER: Final = 3
_MIN_TURNS: Final = 8
_CODE_LINES: Final = 12
_UNCUT: Final = ("heading", "block", "opening", "closing", "columns")
_GOES_ON: Final = {
    "block": ("block", "opening", "columns"),
    "closing": ("block", "opening"),
}
"""What belongs to the fence or table above it."""


class Unit(NamedTuple):
    """A part of the text that is kept or left out as one.

    Attributes:
        start: Where it begins.
        end: Where it ends, blanks behind it included.
        kind: "heading", "label" (of a document), "speaker", "sentence", "block" (of code, of a
            table), "opening" or "closing" (of a fence), "columns" (the header of a table).
        group: Number of its paragraph, turn, list item, fence or table.
        section: Number of the heading or document label above it.
    """

    start: int
    end: int
    kind: str
    group: int
    section: int


class _Paragraph(NamedTuple):
    start: int
    body: int  # where its label ends
    end: int
    kind: str


def split(text: str) -> list[Unit]:
    """Return the units of `text`, in order; together they are all of it."""
    units: list[Unit] = []
    section, group, above = 0, -1, ""
    for paragraph in _paragraphs(text):
        start, body, end, kind = paragraph
        section += kind in ("heading", "labelled")
        group += above not in _GOES_ON.get(kind, ())
        above = kind
        if body > start:
            label = "label" if kind == "labelled" else "speaker"
            units.append(Unit(start, body, label, group, section))
        if kind in _UNCUT:
            units.append(Unit(start, end, kind, group, section))
            continue
        units += [
            Unit(first, last, "sentence", group, section)
            for first, last in _sentences(text, body, end)
        ]
    return units


def is_talk(units: Sequence[Unit]) -> bool:
    """Return whether most of a text is what somebody says, in turn."""
    turns = {unit.group for unit in units if unit.kind == "speaker"}
    return len(turns) >= _MIN_TURNS and 2 * sum(u.group in turns for u in units) > len(units)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    starts[-1] = len(text)
    kinds = _kinds(lines)
    first = 0
    for line in range(1, len(lines) + 1):
        if line == len(lines) or kinds[line]:
            start, end = starts[first], starts[line]
            if end > start:
                kind, length = kinds[first].partition(" ")[::2]
                body = start + int(length or 0)
                # A label on a line of its own takes the line break with it.
                body += body > start and text.startswith("\n", body)
                yield _Paragraph(start, body, end, kind)
            first = line


def _kinds(lines: Sequence[str]) -> list[str]:
    """Return, for every line that begins a paragraph, what it begins; "" for all others.

    The length of a label stands behind the kind: "labelled 23".
    """
    turns = _turns(lines)
    kinds = [""] * len(lines)
    fence, opened = "", 0
    fresh = True
    for number, line in enumerate(lines):
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            fresh = mark is not None and mark[1] == fence
            kinds[number] = "closing" if fresh else "" if opened % _CODE_LINES else "block"
            fence, opened = "" if fresh else fence, opened + 1
        elif mark:
            fence, opened = mark[1], 0
            kinds[number] = "opening"
        elif number and kinds[number - 1] == "block" and _RULE.fullmatch(line.rstrip()):
            kinds[number - 1] = "columns"
        elif not line or line.isspace():
            fresh = True
        elif number and kinds[number - 1] and _underlines(line, lines[number - 1]):
            kinds[number - 1], fresh = "heading", True
        else:
            kinds[number] = _kind(line, turns[number]) or ("prose" if fresh else "")
            fresh = kinds[number] == "heading"
    return kinds


def _kind(line: str, turn: int) -> str:
    """Return what `line` begins whatever stands above it, "" for nothing.

    Args:
        line: The line.
        turn: Where the name of its speaker ends, 0 for none.
    """
    if "#" in line[:4] and _HEADING.match(line):
        return "heading"
    if line[0] in "[<-=*#DPSCRA" and (label := _LABEL.match(line)):
        return f"labelled {label.end()}"
    if turn:
        return f"turn {turn}"
    if line[0] == "|":
        return "block"
    return "item" if not line[0].isalpha() and _ITEM.match(line) else ""


def _underlines(line: str, above: str) -> bool:
    if line[0].isalnum() or line[0] == " ":
        return False
    width = len(above.strip())
    return (
        0 < width <= len(line) + 2 and len(line) <= width + 40 and bool(_UNDERLINE.fullmatch(line))
    )


def _turns(lines: Sequence[str]) -> list[int]:
    """Return where the name ends that stands, as before several lines, before a colon; else 0."""
    matches = [_SPEAKER.match(line) if ":" in line[:80] else None for line in lines]
    names = Counter([match[1] for match in matches if match])
    return [match.end() if match and names[match[1]] >= _MIN_SPEAKER else 0 for match in matches]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _STOP.finditer(text, start, end):
        last = stop.end()
        if last >= end:
            break
        if last - first >= _MIN_SENTENCE and _is_end(text, first, stop):
            if last - first > _MAX_SENTENCE:
                yield from _pieces(text, first, last)
            else:
                yield first, last
            first = last
    if end > first:
        yield from _pieces(text, first, end)


def _is_end(text: str, first: int, stop: re.Match[str]) -> bool:
    if text[stop.end()].islower():
        return False
    return stop[0][0] != "." or not _ABBREVIATION.search(
        text, max(first, stop.start() - 8), stop.start()
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield one long sentence (a table, a list without points) in pieces."""
    while end - start > _MAX_SENTENCE:
        middle = start + _MAX_SENTENCE // 2
        cut = text.rfind("\n", middle, start + _MAX_SENTENCE) + 1
        cut = cut or text.rfind(" ", middle, start + _MAX_SENTENCE) + 1 or start + _MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end
