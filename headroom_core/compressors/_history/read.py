"""Reads the commits of a log, whatever its format, for showing some of them."""

from __future__ import annotations

import re
from typing import NamedTuple

_HASH = re.compile(r"[0-9a-f]{7,64}\b")
_REFS = re.compile(r" (\([^()\n]{1,500}\))")
_FACT = re.compile(r"^(Author|Date|AuthorDate|Merge): *([^\n]*)", re.MULTILINE)
_LINE = re.compile(
    r"([*|\\/_. -]{0,60}?)\b([0-9a-f]{7,12}|[0-9a-f]{40}) (\([^()\n]{1,500}\) )?(\S[^\n]*)"
)
OF_FILES = re.compile(
    r" \S[^\n|]{0,400}\| +(?:\d|Bin)| \d{1,9} files? changed|(?:\d{1,9}|-)\t(?:\d{1,9}|-)\t"
    r"| (?:create|delete|rename|copy|rewrite|mode change) "
)
"""Matches the lines about files that stand below a commit."""

_LISTED = re.compile(r"\n(?!    |\n|\Z)")
_BLANK = re.compile(r"(?:[^\S\n]*+\n)*+")
_DAY = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d?) [\d:]{8} (\d{4})|(\d{4}-\d\d-\d\d)")


class Commit(NamedTuple):
    """One commit of a log; "" for what the log does not say.

    Attributes:
        hash: As printed, whole or short.
        subject: The first line of the message.
        body: The other lines, without indentation.
        files: The list of files below it, as printed.
        author: The author's name.
        day: The day, without time and zone.
        refs: Branches and tags, in parentheses.
        parents: Short hashes of the parents, of a merge.
        source: The whole text of the commit.
    """

    hash: str
    subject: str
    body: str = ""
    files: str = ""
    author: str = ""
    day: str = ""
    refs: str = ""
    parents: str = ""
    source: str = ""


def read_log(text: str) -> tuple[str, list[Commit]]:
    """Return what stands above the commits, and the commits, of several lines each."""
    first, *others = f"\n{text}".split("\ncommit ")
    chunks: list[str] = []
    for chunk in others:
        if chunks and not _HASH.match(chunk):
            chunks[-1] += f"\ncommit {chunk}"
        else:
            chunks.append(chunk)
    return first[1:], [commit for chunk in chunks if (commit := _commit(chunk))]


def read_lines(text: str) -> list[Commit]:
    """Return the commits of a log that has one line for each, and lines about files below it.

    [] if other lines are there, too.
    """
    commits: list[Commit] = []
    parts: list[list[str]] = []
    for line in text.split("\n"):
        of_files = OF_FILES.match(line)
        match = None if of_files else _LINE.fullmatch(line)
        if match is not None:
            commits.append(Commit(match[2], match[4], refs=(match[3] or "").strip()))
            parts.append([line])
        elif not of_files and line.strip("*|\\/_. -\r"):
            return []
        elif parts and line:
            parts[-1].append(line)
        elif of_files:
            return []
    return [
        commit._replace(
            files="\n".join(filter(OF_FILES.match, part)) if len(part) > 1 else "",
            source="\n".join(part),
        )
        for commit, part in zip(commits, parts, strict=True)
    ]


def _commit(chunk: str) -> Commit | None:
    found = _HASH.match(chunk)
    if found is None:
        return None
    head, _, rest = chunk.partition("\n\n")
    refs = _REFS.match(chunk, found.end())
    facts: dict[str, str] = dict(_FACT.findall(head))
    day = facts.get("AuthorDate", facts.get("Date", "")).strip()
    when = _DAY.match(day)
    if when:
        day = when[3] or f"{when[1]} {when[2]}"
    message, listed = _message(rest.strip("\n"))
    blank = _BLANK.match(message)
    subject, _, body = message[blank.end() if blank else 0 :].partition("\n")
    return Commit(
        found[0],
        subject if subject.strip() else "",
        body.strip("\n"),
        listed.strip("\n"),
        facts.get("Author", "").partition(" <")[0],
        day,
        refs[1] if refs else "",
        facts.get("Merge", ""),
        f"commit {chunk}",
    )


def _message(text: str) -> tuple[str, str]:
    """Return the message without its indentation, and the other lines, from the first on."""
    text = f"\n{text}"
    first = _LISTED.search(text)
    said, listed = (text[: first.start()], text[first.end() :]) if first else (text, "")
    if "\n    " in listed:
        lines = listed.split("\n")
        said = "\n".join([said, *[line for line in lines if line.startswith("    ")]])
        listed = "\n".join([line for line in lines if not line.startswith("    ")])
    return said.replace("\n    ", "\n")[1:], listed
