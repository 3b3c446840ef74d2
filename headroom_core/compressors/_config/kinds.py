"""Finds stanzas of one kind (services, sections, objects) and reads them as columns of values."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import le, lt
from typing import Final

from headroom_core.compressors._config.lines import Lines
from headroom_core.compressors._json.cover import Cover, weigh
from headroom_core.compressors._json.survey import FEW, Surveyed

_FEWEST: Final = 6
_LOOK_AT: Final = 50
_BLANKS: Final = 3
_MAX_NAME: Final = 60
_SHARED: Final = 0.5
_SIGNS: Final = " -+~\t:={"
_IDLE: Final = ("", "#", ";", "}", "]", ")")
_QUOTED = re.compile(r"\"([^\"]{1,200})\"")
_NAMES: Final = ("metadata.name", "Name", "name", "id", "key", "title")
_SAME_NAMES: Final = 0.1


@dataclass(frozen=True, slots=True)
class KeyColumn:
    """What stanzas of a kind say under one key.

    Attributes:
        label: The keys that lead to it within a stanza, with dots.
        lines: The lines with that key.
        texts: What these lines say, key and all.
        counts: How often each of them occurs.
        odd: How much more each of them is worth seeing than others, 0 for most.
    """

    label: str
    lines: Sequence[int]
    texts: Sequence[str]
    counts: Counter[str]
    odd: Sequence[float]


@dataclass(frozen=True, slots=True)
class Kind:
    """Stanzas beside each other most of which have a key in common.

    Attributes:
        parent: The line they are below, -1 for none.
        what: Of what kind blocks in braces are by their first line, "" for other stanzas.
        heads: The first line of each.
        names: What each is called.
        naming: The column that this is from, if any.
        columns: What they say, in the order in which it first occurs.
        whole: Whether the columns have all lines of the stanzas but comments.
    """

    parent: int
    what: str
    heads: Sequence[int]
    names: Sequence[str]
    naming: KeyColumn | None
    columns: Sequence[KeyColumn]
    whole: bool

    @property
    def is_flat(self) -> bool:
        """Whether the stanzas are settings of one line each."""
        return len(self.columns) == 1 and self.columns[0].lines is self.heads

    def owner(self, line: int) -> int:
        """Return which of the stanzas has this line."""
        return bisect_right(self.heads, line) - 1

    def has_each_once(self, column: KeyColumn) -> bool:
        """Return whether each of the stanzas has one line of `column`."""
        lines, heads = column.lines, self.heads
        if len(lines) != len(heads):
            return False
        return all(map(le, heads, lines)) and all(map(lt, lines, heads[1:]))

    def lacking(self, column: KeyColumn) -> list[int]:
        """Return which of the stanzas have no line of `column`."""
        if self.has_each_once(column):
            return []
        return sorted(set(range(len(self.heads))) - set(map(self.owner, column.lines)))


def kinds(source: Lines, out: bytearray, first_line: int) -> list[Kind]:
    """Return the kinds of stanzas, the outermost only; without the lines that are left `out`.

    A stanza that has no name of its own is called by its line, counted from `first_line`.
    """
    groups: dict[tuple[int, str], list[int]] = {}
    for line, (end, parent) in enumerate(zip(source.ends, source.parents, strict=True)):
        if end - line > 1 and (source.text[line + 1].strip() or end - line > _BLANKS):
            groups.setdefault((parent, _what(source.text[line])), []).append(line)
    found: list[Kind] = []
    covered = -1
    for (parent, what), heads in sorted(groups.items()):
        beside = bool(found) and found[-1].parent == parent
        if len(heads) < _FEWEST or (parent < covered and not beside) or not _alike(source, heads):
            continue
        covered = max(covered, source.ends[heads[-1]])
        columns = _columns(source, heads, out)
        names, naming = _named(source, heads, columns)
        named = [
            name[:_MAX_NAME] or f"line {head + first_line}"
            for name, head in zip(names, heads, strict=True)
        ]
        whole = out.find(1, heads[0], source.ends[heads[-1]]) < 0
        found.append(Kind(parent, what, heads, named, naming, columns, whole))
    return found


def column(label: str, lines: Sequence[int], texts: Sequence[str]) -> KeyColumn:
    """Return what these lines say under one key, with what stands out of it."""
    counts = Counter(texts)
    cover = Cover(len(lines))
    if len(counts) > 1 and len(lines) >= _FEWEST:
        numbers = _numbers(texts) if len(counts) > FEW // 2 else ()
        weigh([Surveyed(label, frozenset(), texts, counts, numbers)], cover)
    return KeyColumn(label, lines, texts, counts, cover.base)


def _what(head: str) -> str:
    """Return of what kind a block is.

    >>> _what('+ resource "aws_instance" "web" {'), _what('module "shop" {'), _what("web:")
    ('+ aws_instance', 'module', '')
    """
    if head[-1:] != "{":
        return ""
    before = head[: max(0, head.rfind('"', 0, head.rfind('"')))]
    return " ".join(before.replace("resource ", "").replace('"', "").split())


def _alike(source: Lines, heads: Sequence[int]) -> bool:
    """Return whether a key stands directly below most of the heads."""
    keys, ends = source.keys, source.ends
    heads = heads[:: 1 + len(heads) // _LOOK_AT]
    seen: Counter[str] = Counter()
    for head in heads:
        below = set()
        line = head + 1
        while line < ends[head]:
            below.add(keys[line].strip(_SIGNS))
            line = ends[line]
        seen.update(below)
    seen.pop("", None)
    return max(seen.values(), default=0) >= _SHARED * len(heads)


def _columns(source: Lines, heads: Sequence[int], out: bytearray) -> list[KeyColumn]:
    """Return the values of stanzas by the keys that lead to them."""
    text, keys, _, ends, parents = source
    idle = {line for line in set(text) if line.lstrip()[:1] in _IDLE}
    steps = {key: _step(key) for key in set(keys)}
    labels = [""]
    lines: list[list[int]] = [[]]
    below: list[dict[str, int]] = [{}]
    paths = [0] * len(text)
    for head in heads:
        is_item = text[head].lstrip()[:2] == "- "
        for line in range(head if is_item else head + 1, ends[head]):
            above = paths[parents[line]] if line > head else 0
            if out[line] or text[line] in idle:
                paths[line] = above
                continue
            place, is_inner_item = steps[keys[line]]
            path = below[above].get(place)
            if path is None:
                path = below[above][place] = len(labels)
                labels.append(_below(labels[above], place))
                lines.append([])
                below.append({})
            paths[line] = above if is_inner_item else path
            lines[path].append(line)
    return [
        column(label, own, [text[line].strip(" \t-\r") for line in own])
        for label, own in zip(labels, lines, strict=True)
        if own
    ]


def _step(key: str) -> tuple[str, bool]:
    """Return a key as it stands beside the others of an item, and whether it begins one."""
    return key.replace("- ", "  ", 1), key.lstrip(" ")[:1] == "-"


def _below(label: str, key: str) -> str:
    """Return what a key is called that stands below others; an item of a list has none."""
    body = key.strip(_SIGNS)
    return ".".join(filter(None, (label, body))) or "-"


def _numbers(texts: Sequence[str]) -> Sequence[float]:
    """Return the values as numbers, none if one of them is no number."""
    try:
        numbers = [float(value_of(text).strip("\"'")) for text in texts]
    except ValueError:
        return ()
    return numbers if all(map(math.isfinite, numbers)) else ()


def _named(
    source: Lines, heads: Sequence[int], columns: Sequence[KeyColumn]
) -> tuple[list[str], KeyColumn | None]:
    """Return what each stanza is called by its first line or by a column, and that column."""
    names = [_own_name(source.text[head]) for head in heads]
    if len(set(names)) == len(names) and source.text[heads[0]].lstrip()[:2] != "- ":
        return names, None
    by_label = {column.label: column for column in columns}
    naming = None
    for label in _NAMES:
        column = by_label.get(label)
        if column is None or len(column.lines) < _SHARED * len(heads):
            continue
        naming = column
        names = [""] * len(heads)
        for line, text in zip(reversed(column.lines), reversed(column.texts), strict=True):
            names[bisect_right(heads, line) - 1] = value_of(text).strip("\"'")
        if len(set(names)) > (1 - _SAME_NAMES) * len(names):
            break
    counts = Counter(names)
    return ["" if counts[name] > 1 else name for name in names], naming


def _own_name(head: str) -> str:
    """Return what the first line of a stanza calls it."""
    quoted = _QUOTED.findall(head) if head[-1:] == "{" else ()
    return ".".join(quoted) or head.strip(" \t-:[]\"'\r")


def value_of(text: str) -> str:
    """Return what stands behind the key, all of it where there is no key.

    >>> value_of("port: 80"), value_of('name = "web"'), value_of('"80:80"')
    ('80', '"web"', '"80:80"')
    """
    _, sign, value = text.partition(": ")
    if not sign:
        _, sign, value = text.partition("=")
    return (value if sign else text).strip()
