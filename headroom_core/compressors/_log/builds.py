"""Finds what belongs together in the output of builds and tests: a failure and all it says.

Every function looks at masked lines (see `_log.templates`), so that a few patterns over the
distinct ones find all places, and at what is left of them without the time, level or job that a
runner writes in front of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._log.templates import AGAIN, CLOCK, VALUE

_REACH: Final = 300
_MAX_LINES: Final = 120
_MAX_BLOCKS: Final = 5_000
_FIRST: Final = 4
_LISTED: Final = 16
_TRACEBACK: Final = "Traceback (most"
_CARET_REACH: Final = 800
_LAST: Final = 3
_MOST_TELLING: Final = 12
_MOST_EXPLAINED: Final = 40

_FRONT: Final = re.compile(
    rf"(?:[^{CLOCK}\n]{{0,60}}+{CLOCK}\S{{0,24}}(?:[ \t]|$)(?:{AGAIN}\S{{0,9}}\s{{1,5}})?"
    r"(?:(?:INFO|DEBUG|WARN(?:ING)?|ERROR) {1,5}(?:- ?)?)?)?"
    rf"(?:#{VALUE} (?:{VALUE} )?|[\w.-]{{1,40}} {{0,20}}\| )?"
    r"(?:\[[A-Z][\w .-]{2,40}\] (?=.))?"
)
_LEVEL: Final = re.compile(r"\[(?:error|info|warn|warning|debug)\][ \t]?", re.IGNORECASE)
_PLACE: Final = rf"[^{VALUE}\n]{{0,160}}{VALUE}(?:,{VALUE})?[\])]?(?:\ -|:)?"
_CROSS: Final = r"[✖✗✘✕❌\u00d7]"
_RULED: Final = "ruled"
_PARAGRAPH: Final = "paragraph"
_INDENTED: Final = "indented"
_START: Final = re.compile(
    rf"""(?x)(?P<{_RULED}>_{{2,}}\ \S.{{0,200}}\ _{{2,}}$ | (?:FAIL|ERROR):\ \S.{{0,200}}\)$ |
      ={{3,}}\ Captured | >\ \[.{{1,120}}\]\ .{{1,160}}:$ |
      (?:Tests\ in\ error|Failed\ (?:tests?|examples)|Reactor\ Summary|Results\ ?)\b.{{0,80}}:)
    | (?P<{_PARAGRAPH}>error(?:\[\w*{VALUE}?\])?:\ \S | ----\ .{{1,160}}\ stdout\ ---- |
      FAILURE:\ | \*\ What\ went\ wrong | Build\ FAILED | FAILURES!?$ | failures:$ |
      thread\ '.{{0,80}}'\ .{{0,20}}panicked\ at\ )
    | (?P<{_INDENTED}>{_PLACE}\ (?:fatal\ )?error\b |
      (?<=ERROR\]\ )\S{{1,200}}\[{VALUE},{VALUE}\] | .{{0,160}}undefined\ reference\ to |
      Traceback\ \(most | (?:[\w$]+[.:]){{0,12}}\w*(?:Error|Exception|Panic|Failure)\b(?:$|:|\ \[) |
      Exception\ in\ thread | Uncaught\ | Unhandled\ | Caused\ by:\ | goroutine\ {VALUE} |
      panic:\ | (?:fatal|internal)\ error:?\ | Error\ Message: | Stack\ Trace: |
      ●\ \S | {VALUE}\)\ \S | ---\ FAIL:\ | {_CROSS}\ ?\S | not\ ok\ {VALUE} |
      FAILED:?\ \S | FAIL:?\s+\S | Failed\ \S | {VALUE}\ {{1,8}}error\ |
      .{{1,200}}\bFAILED\b(?:\ \*\*\*|\ \[\s{{0,3}}{VALUE}%?\]|!?\s{{0,4}})$ |
      (?:g?make|ninja)(?:\[{VALUE}\])?:\ .{{0,80}}(?:\*\*\*|stopped) |
      ERROR:\ \S | fatal:\ \S | E:\ \S | npm\ (?:ERR!|error)\ \S | \#\#\[error\]\S | ::error)"""
)
_ITEM: Final = re.compile(
    rf"\s{{0,40}}(?:●|[✓✔√]|{_CROSS}|{VALUE}\)|(?:not )?ok {VALUE}|--- (?:FAIL|PASS)) ?\S"
)
_RULE: Final = re.compile(r"(?:[=_⎯━-]{5,}|={3,} .{1,160} ={3,}|_{2,} .{1,160} _{2,})$")
_GOES_ON: Final = re.compile(
    rf"[()}}]|\s{{0,40}}at |\.\.\. {VALUE}|Caused by:|Suppressed: |\^|~|\||[+-] |goroutine |"
    rf"created by |E\s|>\s|\u276f|{VALUE} ?\||The above exception|During handling|Traceback \(most|"
    r"(?:Expected|Received|Actual|expected|actual|got|note|help)\b"
)
_GOES_ON_LATER: Final = re.compile(
    r"[+-] ?\S|\s{0,2}[\[{]$|E\s|Caused by:|The above exception|During handling|Traceback \(most"
)
_TELLING: Final = re.compile(
    r"[E>] {1,8}\S|E {1,40}[+-] |\s{0,12}[+-] |\s{0,20}(?:Expected|Received|Actual|left|right)\b|"
    r"(?:[\w$]+[.:]){0,12}\w*(?:Error|Exception)\b|Caused by:|\s{0,12}error\b"
)
_EXPLAINED: Final = re.compile(r"E\s{1,200}\S")
"""How pytest opens each line of what it says of a failure."""

_LIST: Final = re.compile(r".{0,24}\b(?:Failed (?:tests?|examples)|in error|Summary|failures)\b")
_CARET: Final = re.compile(r"\s{0,400}[\^~][\s^~]{0,400}$")


@dataclass(frozen=True, slots=True)
class Failure:
    """Lines that tell of one failure.

    Attributes:
        start: Index of the first line.
        end: Index behind the last.
        core: Indexes of the lines that tell most of it, the most important first.
        again: Whether the same was said before, but for values.
    """

    start: int
    end: int
    core: tuple[int, ...]
    again: bool


def contents(kinds: Iterable[str]) -> dict[str, str]:
    """Return each masked line without what its runner writes in front of it."""
    match = _FRONT.match
    return {
        kind: kind[found.end() :] if (found := match(kind)) else kind
        for kind in dict.fromkeys(kinds)
    }


def find_failures(
    kinds: Sequence[str], content: Mapping[str, str], suspects: Iterable[str]
) -> list[Failure]:
    """Return the failures in a log, in order; no two share a line.

    Args:
        kinds: The masked lines.
        content: What each of them is without its front.
        suspects: Those in which there is a word of failure.
    """
    hows = {kind: how for kind in suspects if (how := _how(content[kind]))}
    if not hows:
        return []
    failures: list[Failure] = []
    seen: set[tuple[str, ...]] = set()
    said: set[str] = set()
    free = 0
    for start, kind in enumerate(kinds):
        if start < free or kind not in hows:
            continue
        free = _end(kinds, content, start, hows[kind])
        lines = [content[kinds[index]] for index in range(start, free)]
        what = tuple(lines)
        core = tuple(start + offset for offset in _core(lines))
        failures.append(Failure(start, free, core, what in seen))
        seen.add(what)
        again = _again((content[kinds[index]] for index in range(free, len(kinds))), said)
        if again:
            failures.append(Failure(free, free + again, (), again=True))
            free += again
        said.update(line[1:].strip() for line in lines if _EXPLAINED.match(line))
        if len(failures) == _MAX_BLOCKS:
            break
    return failures


def _how(text: str) -> str:
    """Return how to find the end of what begins with this line, "" if it begins nothing."""
    plain = text[:_REACH].lstrip(" \t")
    level = _LEVEL.match(plain)
    found = _START.match(plain, level.end() if level else 0)
    return (found.lastgroup or "") if found else ""


def _end(kinds: Sequence[str], content: Mapping[str, str], start: int, how: str) -> int:
    """Return the index behind the last line of what begins at `start`."""
    lines = (content[kinds[i]] for i in range(start + 1, min(len(kinds), start + _MAX_LINES)))
    first = content[kinds[start]]
    if how == _RULED:
        return start + 1 + _ruled(lines)
    if how == _PARAGRAPH:
        return start + 1 + _paragraph(lines)
    plain = first.lstrip(" \t")
    if plain.startswith("FAIL"):
        return start + 1
    return start + 1 + _indented(lines, _depth(first) + (plain[0] != VALUE), first)


def _ruled(lines: Iterator[str]) -> int:
    """Return how many lines stand before the next ruler; one right at the start is no end."""
    count = blanks = 0
    for line in lines:
        if count and _RULE.match(line[:_REACH]):
            break
        blanks = 0 if line.strip() else blanks + 1
        if blanks > 2:
            break
        count += 1
    return count - blanks


def _paragraph(lines: Iterator[str]) -> int:
    """Return how many lines stand before a blank one, and behind it if they are indented."""
    count = blanks = 0
    for line in lines:
        if not line.strip():
            blanks += 1
            if blanks > 1:
                break
        elif blanks and not line[0].isspace():
            break
        else:
            count += 1 + blanks
            blanks = 0
    return count


def _indented(lines: Iterator[str], least: int, first: str) -> int:
    """Return how many lines go on with what the first one began: deeper ones, and frames.

    One line of another kind may follow: the last of a Python traceback, or the line of code that
    a caret in the next one points into.
    """
    count = blanks = 0
    last = first.startswith(_TRACEBACK)
    held = False
    for line in lines:
        if not line.strip():
            blanks += 1
            if blanks > 2:
                break
            continue
        goes_on = _depth(line) >= least or (_GOES_ON_LATER if blanks else _GOES_ON).match(line)
        if _ITEM.match(line) or (held and not _CARET.match(line[:_CARET_REACH])):
            break
        if not goes_on and not last:
            if held or (count and not blanks):
                break
            held = True
            continue
        last = line.startswith(_TRACEBACK) or (last and bool(goes_on))
        count += 1 + blanks + held
        blanks, held = 0, False
    return count


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _again(lines: Iterator[str], said: Set[str]) -> int:
    """Return how many lines say once more what was said of failures before."""
    count = blanks = 0
    for line in lines if said else ():
        text = line.strip()
        if text and text not in said:
            break
        blanks = 0 if text else blanks + 1
        count += 1
    return count - blanks


def _core(lines: Sequence[str]) -> Iterable[int]:
    """Return the numbers of the lines that tell most: the first, what went wrong, the last."""
    if len(lines) == 1:
        return (0,)
    told = [number for number, line in enumerate(lines) if line.strip()]
    telling = [n for n in told if _TELLING.match(lines[n][:_REACH])][:_MOST_TELLING]
    explained = [n for n in told if _EXPLAINED.match(lines[n])][:_MOST_EXPLAINED]
    first = _LISTED if _LIST.match(lines[0][:_REACH]) else _FIRST
    last = reversed(told[-_LAST:])
    return dict.fromkeys([*told[:1], *telling, *last, *explained, *told[1:first]])
