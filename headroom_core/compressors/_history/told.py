"""What a page may tell of each commit of a log, and how much it matters."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._history import files
from headroom_core.compressors._history.read import Commit
from headroom_core.compressors._history.stat import read_stat
from headroom_core.relevance import score_units

_WORDS: Final = (
    "fix bug crash leak revert secur vulnerab deprecat remov drop break regress hang overflow "
    "corrupt fail error prevent wrong incorrect invalid"
).split()
_WEIGHTY = re.compile(rf"\bcve-|race\b|{'|'.join(_WORDS)}", re.IGNORECASE)
WEIGHT: Final = 3.0
KEPT: Final = math.inf
MAX_SUBJECT: Final = 300
_SHORT: Final = 7
_LONGEST: Final = 12
_ASKED: Final = 0.5
_TOP_FILES: Final = 4


class Told(NamedTuple):
    """What is told of one commit.

    Attributes:
        subject: The line with its hash.
        kept: Lines that must be shown.
        score: How much the commit matters.
    """

    subject: str
    kept: str
    score: float


def tell(commits: Sequence[Commit], keep: re.Pattern[str] | None, query: str) -> list[Told]:
    """Return what may be told of each commit."""
    digits = _digits(commits)
    scores = _scores(commits, query)
    return [_told(c, score, digits, keep) for c, score in zip(commits, scores, strict=True)]


def _digits(commits: Sequence[Commit]) -> int:
    """Return how many digits tell all hashes apart."""
    for digits in range(_SHORT, _LONGEST):
        if len({commit.hash[:digits] for commit in commits}) == len({c.hash for c in commits}):
            return digits
    return _LONGEST


def _scores(commits: Sequence[Commit], query: str) -> list[float]:
    subjects = score_units([commit.subject for commit in commits], query)
    bodies = score_units([f"{c.body[:2000]} {c.author} {c.hash}" for c in commits], query)
    return [
        subject + _ASKED * body + (WEIGHT if _is_weighty(commit.subject) else 0.0)
        for commit, subject, body in zip(commits, subjects, bodies, strict=True)
    ]


def _is_weighty(subject: str) -> bool:
    # The pattern takes 20 times as long as its words do.
    lower = subject.lower()
    if subject.isascii() and "cve-" not in lower and "race" not in lower:
        return any(map(lower.__contains__, _WORDS))
    return _WEIGHTY.search(subject) is not None


def _told(commit: Commit, score: float, digits: int, keep: re.Pattern[str] | None) -> Told:
    refs = f"{commit.refs} " if commit.refs else ""
    subject = commit.subject
    if len(subject) > MAX_SUBJECT:
        subject = f"{subject[:MAX_SUBJECT]}…"
    kept = ""
    if keep is not None and keep.search(commit.source):
        lines = [line for line in commit.source.split("\n") if keep.search(line)]
        kept = "\n".join(line.removeprefix("    ") for line in lines)
        score = KEPT
    return Told(f"{commit.hash[:digits]} {refs}{subject}", kept, score)


def body_of(commit: Commit) -> str:
    """Return the body of the message and a summary of the files."""
    return "\n".join(filter(None, (commit.body, _summary(commit.files))))


def _summary(block: str) -> str:
    stat = read_stat(block) if block else None
    if stat is None:
        lines = block.split("\n") if block else []
        more = len(lines) - _TOP_FILES
        shown = ", ".join(" ".join(line.split()) for line in lines[:_TOP_FILES])
        return f"~ {shown}{f', {more} more' if more > 0 else ''}" if shown else ""
    top = sorted(stat.changes, key=lambda change: -(change.added + change.deleted))[:_TOP_FILES]
    names = ", ".join(change.path for change in top)
    count = len(stat.changes)
    others = f", {count - len(top)} more" if count > len(top) else ""
    return f"~ {files.note_of(stat.added, stat.deleted)} in {names}{others}"
