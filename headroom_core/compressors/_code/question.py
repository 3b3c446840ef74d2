"""Reads a question about code: names, line numbers, and what the user wants to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from headroom_core.compressors._code.languages import language_of

_MOST: Final = 8_000
_TOKEN = re.compile(r"[\w./\\@+-]{2,300}+")
_NOT_IN_NAMES: Final = ".-+@"
_WORD = re.compile(r"[A-Za-z_$][\w$]*+")
_AT = re.compile(
    r"(?:\b(?:lines?|L)[ :#]?|(?<=[\w)]):|#L|\(line )(\d{1,7})(?:\s?(?:-|to)\s?L?(\d{1,7}))?",
)
_LINE_OF = re.compile(r"(?:\", line |:|\(|, line |#L)(\d{1,7}+)")
_EDIT = re.compile(
    r"\b(?:edit|change|fix|refactor|rename|modify|update|rewrite|replace|add|remove|delete|insert|"
    r"implement|patch|move|extend|convert|migrate|append|adapt|simplify|correct)(?:ing)?\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:how|why|where|what|which|when|who|should|could i|do not|don't|without|explain|describe|"
    r"before|after)\b[^.?!\n]{0,80}$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[?!\n]|\.\s")
_REACH: Final = 160
_MOST_LINES: Final = 2_000
_EDIT_TOOLS = re.compile(
    r"\b(?:str_replace|apply_patch|edit_file|write_file|replace_in_file|insert_line|search_replace)\b"
)
_SELDOM = re.compile(r"[a-z]_[a-z]|^_|[a-z][A-Z]|\d")


def asks_to_edit(query: str, path: str = "") -> bool:
    r"""Return whether the user wants a file edited, rather than to know something about it.

    Args:
        query: The user's words, and the arguments of the tool call behind the text.
        path: The file in question; "" for any file that the words after an edit verb name and
            the arguments name again.

    >>> asks_to_edit("Rename the option in src/app.py.\ncat src/app.py", "src/app.py")
    True
    >>> asks_to_edit("Find the bug in src/app.py. How would you fix it?", "src/app.py")
    False
    """
    query = query[:_MOST]
    base = _base(path)
    if _EDIT_TOOLS.search(query) and (not base or base in query):
        return True
    files = {_base(path) for reach in _edited(query) for path in paths(reach)}
    if base:
        return base in files
    named = [_base(path) for path in paths(query)]
    return any(named.count(file) > 1 for file in files)


def edited_names(query: str) -> frozenset[str]:
    """Return the functions and classes that the user wants edited.

    >>> sorted(edited_names("Fix the bug in parse_header() of the reader"))
    ['parse_header']
    """
    found = set()
    for reach in _edited(query[:_MOST]):
        text = words(reach)
        for match in _WORD.finditer(text):
            called = text.startswith("()", match.end()) or text[match.start() - 1] in "`."
            if called or _SELDOM.search(match[0]):
                found.add(match[0])
    return frozenset(found)


def paths(query: str) -> list[str]:
    """Return the source files that a question or a tool call names, in order."""
    return [
        query[start:end] for start, end in _files(query[-_MOST:], offset=max(0, len(query) - _MOST))
    ]


def words(query: str) -> str:
    """Return the question without the names of files: their words are in every part of a file."""
    query = query[:_MOST]
    pieces, position = [], 0
    for start, end in _files(query):
        pieces.append(query[position:start])
        position = end
    return " ".join([*pieces, query[position:]])


def asked_names(query: str) -> dict[str, bool]:
    """Return the words that may be names of functions; True for those that are nothing else."""
    return {word: bool(_SELDOM.search(word)) for word in _WORD.findall(words(query))}


def asked_lines(query: str, path: str) -> set[int]:
    """Return the line numbers that a question or a traceback names in a file.

    Args:
        query: The question.
        path: The file; "" if it is not known, so that any number may be meant.
    """
    query = query[:_MOST]
    found: set[int] = set()
    base = _base(path)
    pieces, position = [], 0
    for start, end in _files(query):
        at = _LINE_OF.match(query, end)
        pieces.append(query[position:start])
        position = at.end() if at else end
        if at and base in ("", _base(query[start:end])):
            found.add(int(at[1]))
    for match in _AT.finditer(" ".join([*pieces, query[position:]])):
        first = int(match[1])
        found.update(range(first, min(int(match[2] or first), first + _MOST_LINES) + 1))
    return found


def _edited(query: str) -> Iterator[str]:
    """Yield what follows each edit verb that is not part of a question about how or where."""
    for verb in _EDIT.finditer(query):
        if _ASKING.search(query[max(0, verb.start() - _REACH) : verb.start()]):
            continue
        reach = query[verb.end() : verb.end() + _REACH]
        stop = _STOP.search(reach)
        yield reach[: stop.start()] if stop else reach


def _files(text: str, offset: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where the names of source files are in a text, moved by `offset`."""
    for match in _TOKEN.finditer(text):
        name = match[0].rstrip(_NOT_IN_NAMES)
        if language_of(name) and name[-3:] != "...":
            yield match.start() + offset, match.start() + len(name) + offset


def _base(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]
