"""Reads configuration as lines: how deep each one is, its key, and where what is below it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_BLANK: Final = " \t"
_COMMENTS: Final = ("# ", "; ")
_LEAF_STEP: Final = 2
_DOCUMENT: Final = -1
_BLANK_LEVEL: Final = -2
_NOTHING: Final = -1
_REPLACED: Final = ("-/+ ", "+/- ", "<= ")
_RESOURCE: Final = 2
"""How deep the resources of a plan are, which have signs of up to four letters in front."""

_DESCRIBED = re.compile(r"Name: {2,}+\S")


class Lines(NamedTuple):
    """A configuration in lines.

    Attributes:
        text: The lines.
        keys: Each line without its value; all of it where there is no value.
        levels: How deep each line is: twice its indentation, one more for an item of a list.
        ends: For each line, the first line behind it that is not below it.
        parents: For each line, the one it is below, -1 for none.
    """

    text: Sequence[str]
    keys: Sequence[str]
    levels: Sequence[int]
    ends: Sequence[int]
    parents: Sequence[int]


def read(text: str) -> Lines:
    """Return the lines of `text`; joined with line breaks they are `text`."""
    lines = text.split("\n")
    distinct = dict.fromkeys(lines)
    deeper = _LEAF_STEP if any(line[:1] == "[" for line in distinct) else 0
    level_of = {line: _level(line, deeper) for line in distinct}
    key = {line: key_of(line) for line in distinct}
    levels = list(map(level_of.__getitem__, lines))
    if not lines[-1]:
        levels[-1] = _DOCUMENT  # what ends the last line is no part of the last stanza
    return Lines(lines, list(map(key.__getitem__, lines)), levels, *_nested(levels))


def key_of(line: str) -> str:
    """Return what stands before the value of a line: indentation, dash, key and separator.

    >>> key_of("  - name: web"), key_of("port = 80"), key_of("  - a"), key_of("spec:")
    ('  - name: ', 'port =', '  - ', 'spec:')
    """
    body = line.lstrip(_BLANK)
    if body[:2] in _COMMENTS:
        return line[: len(line) - len(body) + 2]
    head, sign, _ = line.partition(": ")
    if not sign:
        head, sign, _ = line.partition("=")
    if sign:
        return head + sign
    if line[-2:] == "}:":
        return line.partition("{")[0] + "{"
    return line[: len(line) - len(body) + 2] if body[:2] == "- " else line


def matching(source: Lines, pattern: re.Pattern[str]) -> list[int]:
    """Return the lines that begin as `pattern` says; the same line is looked at once."""
    wanted = {line for line in set(source.text) if pattern.match(line)}
    return [n for n, line in enumerate(source.text) if line in wanted] if wanted else []


def is_head(body: str) -> bool:
    """Return whether a line begins a part that has a name of its own: an item, a section."""
    return body[:1] in ("-", "[") or body[-1:] in (":", "{")


def _level(line: str, deeper: int) -> int:
    """Return the level of a line, -2 of a blank one: it belongs to the line above it."""
    body = line.lstrip(_BLANK)
    if not body or body == "\r":
        return _BLANK_LEVEL
    indent = len(line) - len(body)
    if not indent:
        if _begins_document(body):
            return _DOCUMENT
        if body[0] == "[":
            return 0
    if body[0] in "-+<":
        if body.startswith(_REPLACED):
            indent = _RESOURCE
        elif body[0] == "-" and body[1:2] in (" ", "", "\r"):
            return 2 * indent + deeper + 1
    # What closes a bracket belongs to what opens it.
    return 2 * indent + deeper + (body[0] in "}])")


def _begins_document(body: str) -> bool:
    return body[:3] == "---" or (body[:5] == "Name:" and _DESCRIBED.match(body) is not None)


def _nested(levels: list[int]) -> tuple[list[int], list[int]]:
    """Return where what is below each line ends, and what each is below; level blank lines."""
    ends = [len(levels)] * len(levels)
    parents = []
    open_lines = [_NOTHING]
    open_levels = [_BLANK_LEVEL]
    below = 0
    for line, level in enumerate(levels):
        own = below if level == _BLANK_LEVEL else level
        if level == _BLANK_LEVEL:
            levels[line] = below
        else:
            below = own + 1
        if open_levels[-1] < own:
            parents.append(open_lines[-1])
            open_lines.append(line)
            open_levels.append(own)
            continue
        while open_levels[-2] >= own:
            open_levels.pop()
            ends[open_lines.pop()] = line
        # The line takes the place of the last one beside it.
        ends[open_lines[-1]] = line
        open_lines[-1] = line
        open_levels[-1] = own
        parents.append(open_lines[-2])
    return ends, parents
