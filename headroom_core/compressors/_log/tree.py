"""Chooses, of the starts that masked lines share, those worth having as templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_MAX_REACH: Final = 240
_MIN_GAIN: Final = 16
_BLANKS: Final = re.compile(r"[ \t]{2,}")

_ENDS: Final = b"/|:=,([ \t"
_HIGH: Final = bytes(range(0xF5, 0xF5 + len(_ENDS)))
"""Stand for what ends a token: bytes that are in no UTF-8 text, and sort behind all that are."""

_LIFT: Final = bytes.maketrans(_ENDS, _HIGH)
_LOWER: Final = bytes.maketrans(_HIGH, _ENDS)
_OTHERS: Final = bytes(range(0xF5))


class MaskTree:
    """The starts that masked lines share, as a tree of those behind which lines part.

    Sorted, with what ends a token behind all else, lines that share a start stand together: two
    neighbours tell where a node is. Node 0 is the root, line n is the leaf ~n. Lengths are in
    characters, a run of blanks counting as one: it is one token to a model.

    Args:
        texts: The masked lines.
        counts: How many lines have each of them.
        least: Characters that a template saves in every line at least.
        leads: Characters more that lines share which open with these marks.
    """

    def __init__(
        self, texts: Sequence[str], counts: Sequence[int], least: int, leads: Mapping[str, int]
    ) -> None:
        self._texts = texts
        self._counts = counts
        self._least = least
        heads = "\n".join([text[:_MAX_REACH] for text in texts])
        lifted = heads.encode("utf-8", "surrogatepass").translate(_LIFT)
        self._keys = lifted.split(b"\n") if texts else []
        self._plain = heads.isascii()
        self._parent = [0]
        self._depth = [0]
        self._sample = [0]
        self._leaf_parent = [0] * len(texts)
        self._grow()
        self._order = sorted(range(1, len(self._depth)), key=self._depth.__getitem__)
        self._leads = leads
        self._length = [0, *(self._weigh(self.text(node)) for node in range(1, len(self._depth)))]

    @property
    def size(self) -> int:
        """How many nodes there are, the root among them."""
        return len(self._depth)

    def text(self, node: int) -> str:
        """Return the start that `node` stands for."""
        sample, length = self._sample[node], self._depth[node]
        if not self._plain:
            start = self._keys[sample][:length].translate(_LOWER)
            length = len(start.decode("utf-8", "surrogatepass"))
        return self._texts[sample][:length]

    def owners(self) -> list[int]:
        """Return for each line the node or leaf that is its template, 0 for none."""
        best = self._choose()
        owners = []
        members = [0] * len(best)
        for number, (text, count) in enumerate(zip(self._texts, self._counts, strict=True)):
            above = best[self._leaf_parent[number]]
            own = count > 1 and self._gain(self._weigh(text), above, count) > 0
            owners.append(~number if own else above)
            members[above] += 0 if own else count
        moved = self._dissolve(best, members)
        return [moved[owner] if owner >= 0 else owner for owner in owners]

    def _grow(self) -> None:
        """Find the nodes, and what each node and leaf hangs below."""
        keys, depths, parents = self._keys, self._depth, self._parent
        order = sorted(range(len(keys)), key=keys.__getitem__)
        path = [0]
        for number, depth in zip(order, _depths([keys[n] for n in order]), strict=False):
            if depth > depths[path[-1]]:
                path.append(self._add(path[-1], depth, number))
            self._leaf_parent[number] = path[-1]
            while depth < depths[path[-1]]:
                closed = path.pop()
                if depth > depths[path[-1]]:
                    path.append(self._add(path[-1], depth, number))
                    parents[closed] = path[-1]

    def _add(self, parent: int, depth: int, sample: int) -> int:
        self._parent.append(parent)
        self._depth.append(depth)
        self._sample.append(sample)
        return len(self._depth) - 1

    def _choose(self) -> list[int]:
        """Return for each node the nearest one, itself or above, that promises to save."""
        below = [0] * len(self._depth)
        for number, node in enumerate(self._leaf_parent):
            below[node] += self._counts[number]
        for node in reversed(self._order):
            below[self._parent[node]] += below[node]
        best = [0] * len(below)
        for node in self._order:
            above = best[self._parent[node]]
            best[node] = node if self._gain(self._length[node], above, below[node]) > 0 else above
        return best

    def _dissolve(self, best: Sequence[int], members: list[int]) -> list[int]:
        """Return where the lines of each node go when those that kept too few are given up."""
        moved = list(range(len(best)))
        for node in reversed(self._order):
            above = best[self._parent[node]]
            if members[node] and self._gain(self._length[node], above, members[node]) <= 0:
                moved[node] = above
                members[above] += members[node]
        for node in self._order:
            moved[node] = moved[moved[node]]
        return moved

    def _weigh(self, text: str) -> int:
        length = len(_BLANKS.sub(" ", text)) if "  " in text or "\t" in text else len(text)
        return length + self._leads.get(text[:1], 0)

    def _gain(self, length: int, above: int, count: int) -> int:
        """Return the characters saved by a template of `length` over the one above it."""
        shorter = length - self._length[above]
        if shorter < self._least:
            return 0
        return (
            (count - 1) * shorter
            - self._length[above]
            - (_MIN_GAIN if above else _MIN_GAIN + 3 * count)
        )


def _depths(keys: Sequence[bytes]) -> Iterator[int]:
    """Yield the length of the tokens that each of the sorted keys shares with the next one."""
    one, number = b"", 0
    for place, other in enumerate(keys):
        following = int.from_bytes(other, "big")
        if place:
            longer = len(other) - len(one)
            aligned = following >> 8 * max(0, longer)
            differing = aligned ^ number >> 8 * max(0, -longer)
            length = min(len(one), len(other)) - (differing.bit_length() + 7) // 8
            yield _whole_tokens(one, other, length)
        one, number = other, following
    yield 0


def _whole_tokens(one: bytes, other: bytes, length: int) -> int:
    """Return how much of their first `length` bytes, which are equal, two keys share in tokens."""
    if length == len(one) == len(other):
        return length
    start = one[:length]
    if max(one[length : length + 1], other[length : length + 1]) >= _HIGH[:1]:
        start = start.rstrip(_HIGH)
    return len(start.rstrip(_OTHERS))
