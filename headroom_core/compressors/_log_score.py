"""Says how much each line of a log tells: what is rare, what went wrong, what stands around it."""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

HARD: Final = 4.0
"""A line with this score or more says that something failed."""

_REACH: Final = 400
_STEMS: Final = (
    "error fail fatal panic exception traceback abort cannot could unable not no denied refused "
    "reject timed timeout kill seg assert expected mismatch missing invalid warn conflict exit "
    "unhandled uncaught unresolved illegal violation incorrect broken deprecat unexpected corrupt "
    "overflow leak lost crash dump critical severe alert emerg interrupted unreachable retry "
    "unavailable drop stale expired ✖ ✗ ✘ ❌ *** err! [-]"
).split()
_FAILED: Final = re.compile(
    r"fatal|panic|traceback|segmentation|segfault|core dumped|assert(?:ion)? ?(?:error|fail)|"
    r"unhandled|uncaught|undefined (?:reference|symbol|variable|method|function)|cannot |"
    r"could ?n[o']t|unable to|no such |not found|denied|refused|fail(?:ed|ure|ures|s)?\b|"
    r"errors?\b|err!|exit(?:ed)? (?:code|status|with)[: ]+[1-9]|returned? (?:exit |a )?non-zero|"
    r"kill(?:ed)?\b|time?d? ?out\b|exception|[a-z]error\b|mismatch|corrupt|crash|[✖✗✘❌]|not ok\b|"
    r"conflict|illegal|\*\*\*|aborted|broken pipe|severe\b|critical\b|unreachable"
)
_MINOR: Final = re.compile(
    r"warn|deprecat|missing|invalid|unexpected|expected|interrupted|lost|retry|leak|overflow|"
    r"stale|expired|reject|violation|incorrect|unresolved|broken|unavailable|alert|emerg|drop|\[-\]"
)
_HARMLESS: Final = re.compile(
    r"\b(?:0|no|zero|\x01) (?:errors?|failures?|failed|fail|warnings?|problems?|issues)\b|"
    r"(?:errors?|failures?|failed|fail|skipped)\s{0,4}[:=]\s{0,4}\x01?0?\b|-w?error|"
    r"error[_-]?(?:handl|page)|errors?\.(?:py|js|rb|go|rs|c|h|o|lo|java|ts|ex|php|html)\b|"
    r"(?:\.\.\.? ?(?:ok|yes|no)|passed|[✓✔])\s{0,9}$|^\s{0,9}(?:ok|pass|[✓✔√]|checking)\b|"
    r"--(?:fail|error)|on_?error|fail_?fast|xfail|allow_fail"
)
_DIAGNOSTIC: Final = re.compile(
    r"\s{0,8}(?:\[?(?:error|warning|warn)\]?:?\s)?[\w./\\@+-]{1,200}\.\w{1,8}[:(]\d{1,7}[:,)\s]",
    re.I,
)
_END: Final = re.compile(
    r"exited with [1-9]|exit(?:ed)? (?:code|status)[: ]+[1-9]|npm ERR! code|make(?:\[\d+\])?: \*\*\*|"
    r"BUILD FAIL|returned a non-zero|FAILED \(|=+ .{0,80}\b\d+ failed"
)
_FRAME: Final = re.compile(
    r"\s{0,20}(?:at |File \"|\.\.\. \d+ more|Caused by:|from .{1,200}:\d+:in|#\d+ |goroutine |\^|[|>] |- |\+ )"
)
_GROWN: Final = 4000
_BEFORE_END: Final = 40


def score_lines(
    lines: Sequence[str], masks: Sequence[str], kin: Sequence[int], counts: Counter[str]
) -> list[float]:
    """Return how much each line tells, about 0 to 8.

    Args:
        lines: The lines.
        masks: The lines with their values taken out.
        kin: For each line how many lines have the same template.
        counts: How often each mask occurs.
    """
    told = _score_masks(counts)
    scale = math.log2(len(lines) + 1)
    scores = [
        told[masked] + 1.2 * (1 - math.log2(kin[index]) / scale) if told[masked] >= 0 else -1.0
        for index, masked in enumerate(masks)
    ]
    for index, line in enumerate(lines):
        if (
            ":" in line[:160]
            and scores[index] < HARD
            and counts[masks[index]] * 20 <= len(lines) + 160
        ):
            if _DIAGNOSTIC.match(line, 0, _REACH):
                scores[index] += 1.0
    base = list(scores)
    _raise_before_ends(lines, base, scores)
    _grow(lines, base, scores)
    return scores


def _score_masks(counts: Counter[str]) -> dict[str, float]:
    """Return the score of each distinct mask: its surprisal, and what its words say."""
    total = sum(counts.values())
    scale = math.log2(total + 1)
    masks = list(counts)
    told = {
        masked: 1.6 * (1 - math.log2(count) / scale) if masked and not masked.isspace() else -1.0
        for masked, count in counts.items()
    }
    for number in _with_stems(masks):
        masked = masks[number]
        count = counts[masked]
        words = masked[:_REACH].lower()
        failed = _FAILED.search(words)
        weight = 5.0 if failed else 2.0 if _MINOR.search(words) else 0.0
        if weight and _HARMLESS.search(words):
            weight = 1.0 if failed else 0.3
        share = 1.0 if count <= max(3, total * 0.01) else 0.6 if count < total * 0.05 else 0.3
        told[masked] += weight * share
    return told


def _with_stems(masks: Sequence[str]) -> set[int]:
    """Return the numbers of the masks in which a word of failure occurs."""
    heads = [masked[:_REACH].lower() for masked in masks]
    text = "\n".join(heads)
    starts = [0]
    for head in heads:
        starts.append(starts[-1] + len(head) + 1)
    hits = set()
    for stem in _STEMS:
        position = text.find(stem)
        while position >= 0:
            number = bisect_right(starts, position) - 1
            hits.add(number)
            position = text.find(stem, starts[number + 1])
    return hits


def _raise_before_ends(lines: Sequence[str], base: Sequence[float], scores: list[float]) -> None:
    """Raise the lines above those that say a command failed."""
    ends = [i for i, score in enumerate(base) if score >= HARD and _END.search(lines[i], 0, _REACH)]
    for end in ends[:50]:
        for index in range(max(0, end - _BEFORE_END), end):
            if lines[index]:
                scores[index] += 1.2 * (1 - (end - index) / (_BEFORE_END + 1))


def _grow(lines: Sequence[str], base: Sequence[float], scores: list[float]) -> None:
    """Raise what follows a failure until two blank lines, and the few lines before it."""
    peaks = [index for index, score in enumerate(base) if score >= HARD]
    if len(peaks) > _GROWN:
        peaks = sorted(heapq.nlargest(_GROWN, peaks, key=base.__getitem__))
    for peak in peaks:
        _grow_down(lines, base, scores, peak)
        value = base[peak] * 0.8
        for index in range(peak - 1, max(-1, peak - 4), -1):
            if base[index] >= HARD:
                break
            value *= 0.8
            if lines[index].strip():
                scores[index] = max(scores[index], value)


def _grow_down(lines: Sequence[str], base: Sequence[float], scores: list[float], peak: int) -> None:
    value, blanks = base[peak] * 0.92, 0
    for index in range(peak + 1, min(len(lines), peak + 26)):
        line = lines[index]
        if base[index] >= HARD or blanks >= 2 or value < 1.2:
            break
        if not line or line.isspace():
            blanks += 1
            value *= 0.75
            continue
        value *= 0.97 if line[0] in " \t" or _FRAME.match(line) else 0.8
        scores[index] = max(scores[index], value)
