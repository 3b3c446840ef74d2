"""Finds the templates that the lines of a log were printed from."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import not_
from typing import Final

from headroom_core.compressors._log.tree import MaskTree

VALUE: Final = "\x01"
LETTERED: Final = "\x02"
CLOCK: Final = "\x03"
AGAIN: Final = "\x04"
MARKS: Final = VALUE + LETTERED + CLOCK + AGAIN
"""Stand in a masked line for: a value; a value that opens with hex letters; the time of the line;
the hours, minutes and seconds of that time once more."""

MARK: Final = re.compile(f"([{MARKS}])")

_NO_MARKS: Final = str.maketrans(dict.fromkeys(MARKS, " "))
WORD: Final = re.compile(r"([0-9][0-9A-Za-z_.:/\-]*)")
"""A word that opens with a digit: in a log nearly always a value, and cheap to find."""

_LETTERS: Final = re.compile(r"\x01[a-f]{1,8}\b", re.ASCII)
"""Read from behind, where a search stops at values only and not at every word."""

_TIME: Final = r"\d\d:\d\d:\d\d"
_CLOCKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\d\d\d\d[-/.]\d\d[-/.]\d\d[ T]{_TIME}",
        rf"(?<!\d)\d\d[-/.]\d\d[-/.]\d\d[ T]{_TIME}",
        rf"\d\d/[A-Z][a-z]{{2}}/\d{{4}}:{_TIME}",
        r"\d\d\d\d-\d\d-\d\d-\d\d\.\d\d\.\d\d",
        rf"(?<!\d)\d{{8}}-{_TIME}",
        rf"[A-Z][a-z]{{2}} [ \d]\d {_TIME}",
        rf"(?<!\d)\d\d[-/.]\d\d[ T]{_TIME}",
        rf"(?<!\d){_TIME}(?!:)",
    )
)
_ANY_TIME: Final = re.compile(r"\d\d[:.]\d\d[:.]\d\d")
_CLOCK_REACH: Final = 96
_CHUNK: Final = 256
_SAMPLE: Final = 60
_MIN_SHARED: Final = 4


@dataclass(frozen=True, slots=True)
class Template:
    """What a group of lines has in common.

    Attributes:
        prefix: The common start of the masked lines.
        whole: Whether the lines end where the prefix ends.
        lines: Indexes of the lines, in order.
    """

    prefix: str
    whole: bool
    lines: list[int]


@dataclass(frozen=True, slots=True)
class Masked:
    """A log with its values taken out. `values` holds those of all lines, one after the other.

    Attributes:
        lines: The lines as they are.
        clocks: The time of each line as written, "" where there is none.
        masks: The lines with marks for all values. Equal ones are one object: there are few.
        values: What the marks for values stand for.
        starts: Where the values of each line start in `values`, and where the last ones end.
        form: How times are written, None if few lines have one.
    """

    lines: list[str]
    clocks: list[str]
    masks: list[str]
    values: list[str]
    starts: Sequence[int]
    form: re.Pattern[str] | None


def mask(text: str, form: re.Pattern[str] | None = None) -> Masked:
    """Take the times and values out of a log. Marks that stand in it already become blanks.

    Args:
        text: The log.
        form: How times are written, if that is known.
    """
    lines = text.split("\n")
    bare = text.translate(_NO_MARKS).split("\n") if any(m in text for m in MARKS) else lines
    form = form or _clock_form(lines)
    clocks: list[str] = []
    masks: list[str] = []
    values: list[str] = []
    once: dict[str, str] = {}
    known: dict[str, str] = {}
    for start in range(0, len(bare), _CHUNK):
        part = bare[start : start + _CHUNK]
        if form:
            part, times = _take_clocks(part, form)
            clocks += times
        pieces = WORD.split("\n".join(part))
        values += map(known.setdefault, pieces[1::2], pieces[1::2])
        found = VALUE.join(pieces[::2]).split("\n")
        masks += map(once.setdefault, found, found)
    widths = {masked: masked.count(VALUE) for masked in once}
    starts = array("L", accumulate(map(widths.__getitem__, masks), initial=0))
    return Masked(lines, clocks or [""] * len(lines), masks, values, starts, form)


def pick(masked: Masked, indexes: Sequence[int], others: Masked) -> Masked:
    """Return the lines of a log with those indexes; where one is below 0, the next of others."""
    places = iter(range(len(others.lines)))
    picked = [(masked, n) if n >= 0 else (others, next(places)) for n in indexes]
    values: list[str] = []
    starts = array("L", [0])
    for source, index in picked:
        values += source.values[source.starts[index] : source.starts[index + 1]]
        starts.append(len(values))
    return Masked(
        [source.lines[index] for source, index in picked],
        [source.clocks[index] for source, index in picked],
        [source.masks[index] for source, index in picked],
        values,
        starts,
        masked.form,
    )


def _take_clocks(lines: Sequence[str], form: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """Return the lines with marks for their times, and the times."""
    bare, clocks = [], []
    search = form.search
    for line in lines:
        match = search(line, 0, _CLOCK_REACH)
        if match is None:
            bare.append(line)
            clocks.append("")
            continue
        start, end = match.span()
        clock, rest = line[start:end], line[end:]
        if clock[-8:] in rest:
            rest = rest.replace(clock[-8:], AGAIN, 1)
        bare.append(f"{line[:start]}{CLOCK}{rest}")
        clocks.append(clock)
    return bare, clocks


def mine(masks: Sequence[str], skip: bytearray, *, least: int = 0, lead: int = 0) -> list[Template]:
    """Return templates worth having for the masked lines whose `skip` is 0, most lines first.

    Args:
        masks: The masked lines.
        skip: 1 for each line to leave out, 0 for the others.
        least: Characters that a template saves in every line at least.
        lead: Characters that the values share that lines open with: a template saves these too.

    A template is a common start of masked lines, cut behind a token, or a whole masked line. The
    starts form a tree; walking down from the root, a node becomes a template when writing its
    text once instead of in every line saves more than what its nearest template above saves.
    """
    counts = Counter(compress(masks, map(not_, skip)) if any(skip) else masks)
    texts = _LETTERS.sub(LETTERED, "\n".join(counts)[::-1])[::-1].split("\n")
    # What shares no start with any other line has no template, and none lacks it.
    start = max(least, _MIN_SHARED)
    starts = Counter([text[:start] for text in texts])
    shared = {
        masked: text
        for (masked, count), text in zip(counts.items(), texts, strict=False)
        if count > 1 or starts[text[:start]] > 1
    }
    texts = list(shared.values())
    tree = MaskTree(texts, [counts[masked] for masked in shared], least, {VALUE: lead})
    owners = dict(zip(shared, tree.owners(), strict=True))
    members: dict[int, list[int]] = {owner: [] for owner in owners.values() if owner}
    for index, owner in enumerate(map(owners.get, masks)):
        if owner and not skip[index]:
            members[owner].append(index)
    templates = [
        Template(texts[~node], whole=True, lines=lines)
        if node < 0
        else Template(tree.text(node), whole=False, lines=lines)
        for node, lines in members.items()
    ]
    return sorted(templates, key=lambda t: (-len(t.lines), t.lines[0]))


def _clock_form(lines: Sequence[str]) -> re.Pattern[str] | None:
    """Return the form of time that most of a sample of lines has, None if few have any."""
    sample = lines[:: len(lines) // _SAMPLE + 1]
    found: Counter[re.Pattern[str]] = Counter()
    for line in sample:
        if not _ANY_TIME.search(line, 0, _CLOCK_REACH):
            continue
        form = next((form for form in _CLOCKS if form.search(line, 0, _CLOCK_REACH)), None)
        if form:
            found[form] += 1
    best = max(found, key=found.__getitem__, default=None)
    return best if best and found[best] * 3 >= len(sample) else None
