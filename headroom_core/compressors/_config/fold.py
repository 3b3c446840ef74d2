"""Folds stanzas of one shape: forms with rows of values, and references to earlier stanzas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from headroom_core.compressors._config import form as config_form, unfold as config_unfold
from headroom_core.compressors._config.form import Form
from headroom_core.compressors._config.lines import Lines, is_head, read

_MARKS: Final = "@%&~^"
_SIGNS: Final = "$%&?!"
_MIN_LINES: Final = 6
_MIN_USES: Final = 3
_MAX_FORM: Final = 40
_MIN_REFERENCE: Final = 4
_REFERENCE_COST: Final = 24
_MOST_CHANGED: Final = 0.6
_MAX_NAMES: Final = 10_000_000


class _Reference(NamedTuple):
    target: int
    changed: list[str]
    end: int


class _Row(NamedTuple):
    form: int
    end: int
    text: str


class _Plan:
    """What is decided about the lines of a text so far."""

    def __init__(self, source: Lines, sign: str) -> None:
        self.source = source
        self.sign = sign
        self.forms: list[Form] = []
        self.places: dict[int, _Reference | _Row] = {}
        self._taken = bytearray(len(source.text))

    def free(self, heads: Sequence[int], length: int) -> list[int]:
        """Return the stanzas of so many lines of which nothing is spoken for."""
        taken = self._taken
        found = [head for head in heads if taken.find(1, head, head + length) < 0]
        if any(later - head < length for head, later in pairwise(found)):
            return []
        return found

    def fill(self, heads: Sequence[int], length: int) -> bool:
        """Write the first lines of these stanzas as rows of a form, if that is shorter."""
        heads = self.free(heads, length) if len(heads) >= _MIN_USES and length <= _MAX_FORM else []
        if len(heads) < _MIN_USES:
            return False
        form = config_form.make(self.source, heads, length, self.sign)
        if form is None:
            return False
        for head, row in zip(heads, form.rows, strict=True):
            self._put(head, _Row(len(self.forms), head + length, row))
        self.forms.append(form)
        return True

    def refer(self, heads: Sequence[int], length: int) -> None:
        """Write these stanzas as references to the first of them where that is shorter."""
        heads = self.free(heads, length) if len(heads) > 1 and length >= _MIN_REFERENCE else []
        if len(heads) < 2:
            return
        target = heads[0]
        for head in heads[1:]:
            changed = _changes(self.source, target, head, length)
            size = sum(map(len, self.source.text[head : head + length])) + length
            cost = sum(map(len, changed)) + len(changed)
            if cost <= _MOST_CHANGED * size and size - cost > _REFERENCE_COST:
                self._put(head, _Reference(target, changed, head + length))

    def is_taken(self, line: int) -> bool:
        return self._taken[line] == 1

    def _put(self, head: int, place: _Reference | _Row) -> None:
        self.places[head] = place
        self._taken[head : place.end] = b"\x01" * (place.end - head)


def encode(text: str) -> tuple[str, str] | None:
    """Return `text` folded, and how to read that; None if nothing repeats.

    What is returned has been decoded again, and is `text`.
    """
    crlf = text.count("\r\n") == text.count("\n") > 0
    plain = text.replace("\r\n", "\n") if crlf else text
    source = read(plain)
    if len(source.text) < _MIN_LINES:
        return None
    first = {line[:1] for line in source.text}
    mark = next((mark for mark in _MARKS if mark not in first), "")
    sign = next((sign for sign in _SIGNS if not re.search(rf"\{sign}\d", plain)), "")
    if not mark or not sign:
        return None
    plan = _Plan(source, sign)
    _fold_stanzas(plan)
    if not plan.places:
        return None
    body, note = _write(plan, mark, crlf=crlf)
    try:
        return (body, note) if config_unfold.decode(body) == text else None
    except ValueError:
        return None


def _fold_stanzas(plan: _Plan) -> None:
    """Fold stanzas all of whose keys are the same, those that hold others first.

    Those that hold none are left to `_fold_starts`: others may begin as they do.
    """
    keys, ends = plan.source.keys, plan.source.ends
    heads = [line for line, end in enumerate(ends) if end - line > 1]
    groups: dict[tuple[str, ...], list[int]] = {}
    for head in _alike(plan.source, heads):
        shape = (_head_of(plan.source, head), *keys[head + 1 : ends[head]])
        groups.setdefault(shape, []).append(head)
    flat = []
    for shape, found in groups.items():
        length = len(shape)
        if all(ends[line] == line + 1 for line in range(found[0] + 1, found[0] + length)):
            flat.append((found, length))
        elif not plan.fill(found, length):
            plan.refer(found, length)
    _fold_starts(plan)
    for found, length in flat:
        plan.refer(found, length)


def _alike(source: Lines, heads: Sequence[int]) -> Iterator[int]:
    """Yield the stanzas that have the length, level and second key of another one."""
    _, keys, levels, ends, _ = source
    rough = [(levels[head], ends[head] - head, keys[head + 1]) for head in heads]
    often = Counter(rough)
    return (head for head, kind in zip(heads, rough, strict=True) if often[kind] > 1)


def _fold_starts(plan: _Plan) -> None:
    """Fold what stanzas begin with, before the first key that has something below it."""
    keys, ends = plan.source.keys, plan.source.ends
    groups: dict[tuple[str, ...], list[int]] = {}
    for line, end in enumerate(ends):
        if end - line < 2 or plan.is_taken(line):
            continue
        last = line + 1
        while last < end and ends[last] == last + 1:
            last += 1
        if last > line + 1:
            shape = (_head_of(plan.source, line), *keys[line + 1 : last])
            groups.setdefault(shape, []).append(line)
    for shape, heads in groups.items():
        plan.fill(heads, len(shape))


def _head_of(source: Lines, line: int) -> str:
    """Return the key of the line a stanza begins with, nothing if it is the stanza's own name."""
    key = source.keys[line]
    return "" if key == source.text[line] and is_head(key.lstrip()) else key


def _changes(source: Lines, target: int, head: int, length: int) -> list[str]:
    """Return the lines to put into the target, each in the place of the next with its key.

    Where the next one is another, the line that the changed one is below leads to it, or all
    lines with its key that come before.
    """
    lines, keys = source.text[head : head + length], source.keys[head : head + length]
    others = source.text[target : target + length]
    if lines == others:
        return []
    changed = [lines[0]]
    position = 1
    for place in [place for place in range(1, length) if lines[place] != others[place]]:
        key = keys[place]
        above = source.parents[head + place] - head
        leads = (
            above >= position
            and keys.index(key, position) != place
            and keys.index(keys[above], position) == above
            and key not in keys[above + 1 : place]
        )
        if leads:
            changed.append(lines[above])
            position = above + 1
        changed += [lines[same] for same in range(position, place) if keys[same] == key]
        changed.append(lines[place])
        position = place + 1
    return changed


def _write(plan: _Plan, mark: str, *, crlf: bool) -> tuple[str, str]:
    text, ends = plan.source.text, plan.source.ends
    places = plan.places
    targets = {place.target for place in places.values() if isinstance(place, _Reference)}
    labels = dict(zip(sorted(targets), _names("A"), strict=False))
    names = list(zip(plan.forms, _names("a"), strict=False))
    said: set[int] = set()
    out = [f"{mark} crlf" if crlf else mark]
    line = 0
    while line < len(text):
        place = places.get(line)
        if line in labels:
            out.append(f"{mark}{labels[line]} {ends[line] - line} lines")
        if place is None:
            out.append(text[line])
            line += 1
        elif isinstance(place, _Row):
            form, name = names[place.form]
            if place.form not in said:
                said.add(place.form)
                out.append(f"{mark}{name} {len(form.lines)} lines, {form.columns}:")
                out += form.lines
            out.append(f"{mark}{name} {place.text}" if place.text else f"{mark}{name}")
            line = place.end
        else:
            count = len(place.changed)
            out.append(f"{mark}{labels[place.target]} {f'but {count}:' if count else 'again'}")
            out += place.changed
            line = place.end
    return "\n".join(out), _note(plan, mark, plan.sign, labels)


def _names(first: str) -> Iterator[str]:
    """Yield A, B, ... Z, A1, B1, ... as many as there can be lines."""
    for number in range(_MAX_NAMES):
        yield f"{chr(ord(first) + number % 26)}{number // 26 or ''}"


def _note(plan: _Plan, mark: str, sign: str, labels: Mapping[int, str]) -> str:
    said = []
    if plan.forms:
        said.append(
            f"{mark}a with a colon is a form, the lines below it; each later {mark}a is these "
            f"lines with its values for {sign}1, {sign}2"
        )
    if labels:
        said.append(
            f"{mark}A with a number names the lines below it; {mark}A again repeats them, {mark}A "
            "but 2: repeats them with the 2 lines below it for those of the same keys"
        )
    return "; ".join(said)
