"""Says how much each line of a log tells: what is rare, what went wrong, what stands around it."""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate
from typing import AnyStr, Final

from headroom_core.compressors._log.templates import VALUE, Masked

HARD: Final = 4.0
"""A line with this score or more says that something failed."""

_SOME: Final = "\x02"
_NONE: Final = "\x03"
TOLD: Final = _SOME + _NONE
"""Marks at the end of a kind of line that counts errors: whether there are some, or none."""
_REACH: Final = 400
_CHUNK: Final = 1000
_STEMS: Final = (
    b"error|fail|fatal|panic|exception|traceback|abort|cannot|could|unable|denied|refused|reject|"
    b"timed|timeout|kill|segf|segm|assert|expected|mismatch|missing|invalid|warn|conflict|exit|"
    b"unhandled|uncaught|unresolved|undefined|illegal|violation|incorrect|broken|deprecat|corrupt|"
    b"overflow|leak|lost|crash|critical|severe|alert|emerg|interrupted|unreachable|retry|"
    b"unavailable|dropped|stale|expired|returned|problem|issue|skipped|goroutine|captured|summary|"
    b"results"
).split(b"|")
"""What words begin with, or have in them, where something may have failed."""

_PHRASES: Final = {
    "not found": b"found",
    "not ok": b"ok",
    "no such": b"such",
    "time out": b"out",
    "core dump": b"dump",
    "err!": b"err",
    "caused by": b"caused",
    "stack trace": b"trace",
    "went wrong": b"went",
    "stdout ----": b"stdout",
} | dict.fromkeys("***|[-]|__ |> [|e: |\x01) |✖|✗|✘|❌|✕|\u00d7|●".split("|"), b"")
"""What else may tell of a failure, with a part of a word that is in it."""

_LETTERS: Final = bytes(c if 97 <= c <= 122 or c == 10 else 32 for c in range(256))
"""Leaves of a text the words made of small letters, and its lines."""

_FAILED: Final = re.compile(
    r"fatal|panic|traceback|segmentation|segfault|core dumped|assert(?:ion)? ?(?:error|fail)|"
    r"unhandled|uncaught|undefined (?:reference|symbol|variable|method|function)|cannot |"
    r"could ?n[o']t|unable to|no such |not found|denied|refused|fail(?:ed|ures?|s|ing)?\b|"
    r"errors?\b|err!|exit(?:ed)? (?:code|status|with)[: ]{1,4}\x01|returned? (?:exit |a )?non-zero|"
    r"kill(?:ed)?\b|time?d? ?out\b|exception|mismatch|corrupt|crash|✖|✗|✘|❌|not ok\b|"
    r"conflict|illegal|\*\*\*|aborted|broken pipe|severe\b|critical\b|unreachable"
)
"""Each choice begins with a letter or sign: a search passes over all other characters at once."""

_MINOR: Final = re.compile(
    r"warn|deprecat|missing|invalid|unexpected|expected|interrupted|lost|retry|leak|overflow|"
    r"stale|expired|reject|violation|incorrect|unresolved|broken|unavailable|alert|emerg|dropped|\[-\]"
)
_WELL: Final = re.compile(r"\s{0,9}(?:ok|pass|[✓✔√]|checking)\b")
_WELL_END: Final = re.compile(r"(?:\.\.\.? ?(?:ok|yes|no)|passed|[✓✔])\s{0,9}$")
_END_REACH: Final = 24
_NONE_OF: Final = re.compile(
    r"\b(?:no|zero) (?:errors?|failures?|failed|fail|warnings?|problems?|issues)\b"
)
_NAMED: Final = (
    re.compile(
        r"error(?:(?<=-error)|(?<=-werror)|(?<=onerror)|(?<=on_error)|[_-]?(?:handl|page)|"
        r"s?\.(?:py|js|rb|go|rs|c|h|o|lo|java|ts|ex|php|html)\b)"
    ),
    re.compile(r"fail(?:(?<=--fail)|(?<=xfail)|(?<=allow_fail)|_?fast)"),
)
"""Options, files and functions that are named for failures."""

_COUNT_BEFORE: Final = re.compile(
    rf"{VALUE} (?:errors?|failures?|failed|fail|failing|warnings?|problems?|issues)\b"
)
_COUNT_BEHIND: Final = re.compile(
    rf"(?:errors?|failures?|failed|fail|warnings?|skipped)\s{{0,4}}[:=]\s{{0,4}}{VALUE}|"
    rf"exit(?:ed)? (?:code|status|with)[: ]{{1,4}}{VALUE}"
)
_DIGITS: Final = "0123456789"
_DIAGNOSTIC: Final = re.compile(
    r"\s{0,8}(?:\[?(?:error|warning|warn)\]?:?\s)?[\w./\\@+\x01-]{1,200}\.\w{1,8}[:(]\x01",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"exit(?:ed)? (?:code|status|with)[: ]{1,4}\x01|npm (?:ERR!|error) code|BUILD FAIL|"
    r"make(?:\[\x01\])?: \*\*\*|returned a non-zero|FAILED \(|\x01 failed\b"
)
_FRAME: Final = re.compile(
    r"\s{0,20}(?:at |File \"|\.\.\. \d+ more|Caused by:|from .{1,200}:\d+:in|#\d+ |goroutine |"
    r"\^|[|>] |- |\+ )"
)
_COMMON: Final = 0.6
_GROWN: Final = 4000
_BEFORE_END: Final = 40


def tell_counts(masked: Masked, kinds: list[str], suspects: Set[str]) -> list[str]:
    """Return `kinds`, with a mark on those of lines that count errors: whether there are any.

    "0 errors" and "3 errors" are one kind of line, and very different news.
    """
    counting = {
        kind: places
        for kind in suspects
        if VALUE in kind and (places := _counting(kind[:_REACH].lower()))
    }
    if not counting:
        return kinds
    values, starts = masked.values, masked.starts
    told = list(kinds)
    for index in [index for index, kind in enumerate(kinds) if kind in counting]:
        start = starts[index]
        counts = [
            count.strip("0")
            for place, behind in counting[kinds[index]]
            if (count := _count(values[start + place], behind))
        ]
        told[index] += "" if not counts else _SOME if any(counts) else _NONE
    return told


def _counting(kind: str) -> list[tuple[int, bool]]:
    """Return which values in a kind of line, in small letters, count errors.

    And of each whether it stands behind the word.
    """
    found = [(match.start(), False) for match in _COUNT_BEFORE.finditer(kind)]
    if ":" in kind or "=" in kind or "exit" in kind:
        found += [(match.start(), True) for match in _COUNT_BEHIND.finditer(kind)]
    return [
        (kind.count(VALUE, 0, kind.index(VALUE, start)), behind)
        for start, behind in found
        if not start or not _is_word(kind[start - 1])
    ]


def _count(value: str, behind: bool) -> str:
    """Return the number that a value begins or ends with, "" if it is part of a longer word."""
    rest = value.lstrip(_DIGITS) if behind else value.rstrip(_DIGITS)
    if rest and _is_word(rest[0 if behind else -1]):
        return ""
    return value[: len(value) - len(rest)] if behind else value[len(rest) :]


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def find_suspects(kinds: Sequence[str]) -> set[str]:
    """Return those of the masked lines in which there is a word of failure."""
    hits: set[str] = set()
    for start in range(0, len(kinds), _CHUNK):
        part = kinds[start : start + _CHUNK]
        text = "\n".join([kind[:_REACH] for kind in part]).lower()
        letters = text.encode("ascii", "replace").translate(_LETTERS)
        words = b" ".join({*letters.split()})
        starts = [0, *accumulate(len(line) + 1 for line in letters.split(b"\n"))]
        stems = [stem for stem in _STEMS if stem in words]
        phrases = [phrase for phrase, word in _PHRASES.items() if word in words]
        for numbers in (_lines_with(letters, stems, starts), _lines_with(text, phrases, starts)):
            hits.update(map(part.__getitem__, numbers))
    return hits


def _lines_with(text: AnyStr, parts: Iterable[AnyStr], starts: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the lines of `text` in which there is one of the parts."""
    for part in parts:
        position = text.find(part)
        while position >= 0:
            number = bisect_right(starts, position) - 1
            yield number
            position = text.find(part, starts[number + 1])


def score_lines(
    lines: Sequence[str],
    kinds: Sequence[str],
    counts: Mapping[str, int],
    relatives: Mapping[str, int],
    suspects: Set[str],
) -> list[float]:
    """Return how much each line tells, about 0 to 8; below 0 for a blank one.

    Args:
        lines: The lines.
        kinds: The lines with their values taken out.
        counts: How often each kind occurs.
        relatives: How many lines are of each kind, or of one much like it.
        suspects: The kinds in which there is a word of failure.
    """
    scale = math.log2(len(lines) + 1)
    told = _score_kinds(counts, suspects)
    for kind, score in told.items():
        if score >= 0:
            told[kind] = score + 1.2 * (1 - math.log2(relatives[kind]) / scale)
        if score < HARD and counts[kind] * 20 <= len(lines) + 160 and _DIAGNOSTIC.match(kind):
            told[kind] += 1.0
    scores = [told[kind] for kind in kinds]
    base = list(scores)
    ends = {kind for kind in suspects if told[kind] >= HARD and _END.search(kind, 0, _REACH)}
    _raise_before_ends(lines, [i for i, kind in enumerate(kinds) if kind in ends], scores)
    _grow(lines, base, scores)
    return scores


def _score_kinds(counts: Mapping[str, int], suspects: Set[str]) -> dict[str, float]:
    """Return the score of each kind of line: its surprisal, and what its words say."""
    total = sum(counts.values())
    scale = math.log2(total + 1)
    told = {
        kind: 1.6 * (1 - math.log2(count) / scale) if kind and not kind.isspace() else -1.0
        for kind, count in counts.items()
    }
    for kind, count in counts.items():
        if kind not in suspects:
            continue
        words = kind[:_REACH].lower()
        failed = _FAILED.search(words)
        weight = 5.0 if failed else 2.0 if _MINOR.search(words) else 0.0
        if weight and (kind.endswith(_NONE) or _is_harmless(words)):
            weight = 1.0 if failed else 0.3
        told[kind] += weight * (1.0 if count <= max(3, total * 0.01) else _COMMON)
    return told


def _is_harmless(words: str) -> bool:
    """Return whether a line with a word of failure, in small letters, tells of none."""
    return bool(
        _WELL.match(words)
        or _WELL_END.search(words[-_END_REACH:])
        or any(pattern.search(words) for pattern in _NAMED)
        or (("no " in words or "zero " in words) and _NONE_OF.search(words))
    )


def _raise_before_ends(lines: Sequence[str], ends: Sequence[int], scores: list[float]) -> None:
    """Raise the lines above those that say a command failed."""
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
    value, blanks = base[peak] * 0.8, 0
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
