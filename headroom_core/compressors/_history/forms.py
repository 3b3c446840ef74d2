"""Turns other forms of logs and blames into the usual ones, for showing some of their commits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from headroom_core.compressors._history import porcelain

_LOOK_AT: Final = 4_000
_GRAPHED = re.compile(
    r"^[|\\/_. ]{0,60}\*[|\\/_. -]{1,60}commit (?=[0-9a-f]{7,64}\b)", re.MULTILINE
)
_BELOW = re.compile(r"^([*|\\/_. -]{1,120})(?:Author|Merge|Commit): ", re.MULTILINE)
_SIGNS_ONLY = re.compile(r"^(?! {4})[*|\\/_. -]+$", re.MULTILINE)
_RAW = re.compile(
    r"^tree [0-9a-f]{40,64}\n((?:parent [0-9a-f]{40,64}\n){0,99})"
    r"author ([^\n]{0,300}) (\d{1,10}) ([+-])(\d\d)(\d\d)\ncommitter [^\n]{1,400}",
    re.MULTILINE,
)
_ANNOTATED = re.compile(
    r"^(\^?[0-9a-f]{7,64})\t\( {0,60}+([^\t\n]{1,200})\t([^\t\n]{1,60})\t {0,9}+(\d{1,7})\)",
    re.MULTILINE,
)


class Usual(NamedTuple):
    """A log or blame in its usual form.

    Attributes:
        text: The text.
        left: What the other form says beside, and how often.
    """

    text: str
    left: str


def usual(text: str) -> Usual | None:
    """Return `text` as `git log` or `git blame` would have printed it, None if they have."""
    start = text[:_LOOK_AT]
    if _GRAPHED.match(text):
        return Usual(_without_graph(text), f"the graph of {len(_GRAPHED.findall(text))} commits")
    if start.startswith("commit ") and _RAW.search(start):
        plain, count = _RAW.subn(_as_facts, text)
        return Usual(plain, f"trees, parents and committers of {count} commits")
    if blame := porcelain.usual(text):
        return Usual(blame[0], f"mails, subjects and former places of {blame[1]} commits")
    if _ANNOTATED.match(text):
        return Usual(_ANNOTATED.sub(r"\1 (\2 \3 \4) ", text), "")
    return None


def _without_graph(text: str) -> str:
    """Return a log without the signs of the graph, which are as wide in all lines of a commit."""
    chunks = []
    for chunk in _GRAPHED.split(text)[1:]:
        first, _, rest = chunk.partition("\n")
        below = _BELOW.match(rest)
        if below:
            rest = re.sub(rf"^[*|\\/_. -]{{0,{len(below[1])}}}", "", rest, flags=re.MULTILINE)
        chunks.append(f"commit {first}\n{_SIGNS_ONLY.sub('', rest)}")
    return "".join(chunks)


def _as_facts(head: re.Match[str]) -> str:
    """Return the lines of `git log` for what a commit is made of."""
    parents, author, seconds, sign, hours, minutes = head.groups()
    away = timedelta(hours=int(hours), minutes=int(minutes))
    when = datetime.fromtimestamp(int(seconds), UTC) + (away if sign == "+" else -away)
    each = [line[7:14] for line in parents.split("\n") if line]
    merge = f"Merge: {' '.join(each)}\n" if len(each) > 1 else ""
    return f"{merge}Author: {author}\nDate:   {when:%Y-%m-%d}"
