"""Shows the text between patches under a budget: who, when and what for before all the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_FACTS = re.compile(r"commit [0-9a-f]{7,64}\b|(?:From|Author|Date|Subject|Merge|AuthorDate):? ")
_STATISTICS = re.compile(
    r" (?:\S[^|]{0,300}\| +(?:\d+|Bin)\b|(?:create|delete) mode \d{6} |(?:rename|copy) |"
    r"mode change )"
)


def show_prose(
    lines: Sequence[str], full: bool, kept: Callable[[str], bool]
) -> tuple[list[str], int]:
    """Return the lines to show, and how many are left out: in their place stands how many.

    Args:
        lines: Commit headers, messages, statistics and whatever else stands between patches.
        full: Whether messages are shown whole; if not, their first lines are.
        kept: Whether a line has to stay, whatever it is.
    """
    out: list[str] = []
    gap = hidden = 0
    subject = False
    for line in lines:
        blank = not line.strip()
        facts = bool(_FACTS.match(line))
        statistics = bool(_STATISTICS.match(line))  # every file is named where its patch was
        first = not (blank or facts or statistics or (subject and not facts))
        subject = not facts and (subject or first)
        if facts or first or kept(line) or (full and not statistics and not blank):
            _close(out, gap)
            gap = 0
            out.append(line)
        elif blank:
            if full and not gap:
                out.append(line)
        else:
            gap += 1
            hidden += 1
    _close(out, gap)
    return out, hidden


def _close(out: list[str], gap: int) -> None:
    if gap:
        out.append(f"… {gap} line{'s' * (gap > 1)} not shown")
