"""Says how sure it is that a text is a patch, with or without commits around it."""

from __future__ import annotations

import re
from typing import Final

from headroom_core.compressors._diff import normal as diff_normal, read as diff_read

_LOOK_AT: Final = 16_000
_SURE: Final = 0.95
_UNSURE: Final = 0.4
_LEAST_SHARE: Final = 0.7
_MOST_BEFORE: Final = 40
_PATCH = re.compile(
    r"^(?:diff --(?:git|cc|combined) [^\n]{1,2000}\n"
    r"(?:index |old mode |deleted file |new file |similarity |dissimilarity |--- |Binary )|"
    rf"--- [^\n]{{1,2000}}\n\+\+\+ [^\n]{{1,2000}}\n{diff_read.NUMBERS}|"
    r"\*\*\* [^\n]{1,2000}\n--- [^\n]{1,2000}\n\*{15}[^\n]{0,200}\n\*\*\* [\d,]{1,20} \*{4}\n|"
    rf"{diff_normal.COMMAND}\n[<>] )",
    re.MULTILINE,
)
_FOLDERS = re.compile(r"(?>Only in [^\n]{1,900}: [^\n]{1,900}(?:\n|$)){2,999}")
_COMMITS = re.compile(r"(?:commit|From) [0-9a-f]{7,64}\b")
_LINES = re.compile(
    r"(?:[ +\-@\\]|[!<>] |\d[\d,]{0,20}[acd]\d[\d,]{0,20}$|\*{3,15}(?: |$)|diff |index |"
    r"(?:old|new|deleted|copy|rename|similarity|dissimilarity) |"
    r"commit |Author|Date|From|Subject|Merge|Binary |Index: |={20}|Only in |\s*$)"
)


def certainty(text: str) -> float:
    """Return how sure it is that `text` is a patch, 0 to 1."""
    start = text[:_LOOK_AT]
    first = _PATCH.search(start)
    if not first:
        return _SURE if _FOLDERS.fullmatch(start) else 0.0
    before = start[: first.start()]
    if "```" in before or "~~~" in before:
        return 0.0
    commits = _COMMITS.match(start)
    if before.count("\n") > _MOST_BEFORE and not commits:
        return _UNSURE
    lines = start[first.start() :].split("\n")
    matching = sum(1 for line in lines if _LINES.match(line))
    return _SURE if commits or matching >= _LEAST_SHARE * len(lines) else _UNSURE
