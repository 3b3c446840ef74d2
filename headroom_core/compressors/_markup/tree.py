"""Cuts the snapshot of a page in a browser to what can be clicked, leads, or is asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._markup.detect import NODE
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

_ROLES: Final = {
    **dict.fromkeys("dialog alertdialog alert status error".split(), 9.0),
    **dict.fromkeys(
        "textbox searchbox combobox checkbox radio switch slider spinbutton input textarea select "
        "listbox".split(),
        6.0,
    ),
    **dict.fromkeys("heading h1 h2 h3 h4 rootwebarea".split(), 5.0),
    **dict.fromkeys("button tab menuitem menuitemcheckbox menuitemradio option".split(), 4.0),
    **dict.fromkeys("link a treeitem".split(), 3.0),
    **dict.fromkeys("paragraph text statictext cell gridcell row listitem".split(), 1.0),
}
_DEFAULT: Final = 0.5
_TARGET = re.compile(r"[ \t]*- /(?:url|placeholder):")
_NAMED = re.compile(r"\"[^\"]|'[^']|: \S|>[^<]|\S/?>$| [a-z-]+=\S")
_REF = re.compile(r"\[ref=[^\]]{0,20}\]|uid=\S{1,20}|^[ \t]*\*?\[\d{1,7}\]")
_ASKS_REF = re.compile(r"\b(?:e\d+|refs?|uid|\d+_\d+)\b|\[\d+\]")
_STATE = re.compile(r"\[(?:active|focused|checked|selected|invalid)\b|focused: True")
_ASKED: Final = 12.0
_BESIDE: Final = 0.35
_FADE: Final = 0.88
_LEAST: Final = 0.1
_FEW: Final = 8
_OVERHEAD: Final = 5
_MISSES: Final = 60
_WIDEST: Final = 600
_CUT: Final = 400


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int
    role: str
    parent: int


class SnapshotTree:
    """A snapshot, ready to be written with as many of its lines as there is room for."""

    def __init__(self, text: str, query: str, keep: re.Pattern[str] | None) -> None:
        self._lines = _read(text)
        self._nodes = [at for at, line in enumerate(self._lines) if line.text.strip()]
        self._scores = _scores(self._lines, query)
        found = enumerate(self._lines)
        self._kept = {at for at, line in found if keep and keep.search(line.text)}
        self._order = sorted(
            (at for at, score in enumerate(self._scores) if score > 0),
            key=lambda at: -self._scores[at],
        )

    def write(self, room: float) -> Compressed:
        """Return the rendering with about `room` characters."""
        chosen: set[int] = set()
        spent = sum(self._take(at, chosen) for at in self._kept)
        misses = 0
        for at in self._order:
            if at in chosen:
                continue
            cost = self._cost(at, chosen)
            if spent + cost > room:
                misses += 1
                if misses > _MISSES:
                    break
                continue
            spent += self._take(at, chosen)
        missing = sum(1 for at in self._nodes if at not in chosen)
        written = "\n".join(self._written(chosen))
        return Compressed(written, f"{missing:,} of {len(self._nodes):,} lines" if missing else "")

    def _take(self, at: int, chosen: set[int]) -> int:
        cost = self._cost(at, chosen)
        for place in self._with_above(at):
            chosen.add(place)
        return cost

    def _cost(self, at: int, chosen: set[int]) -> int:
        places = [place for place in self._with_above(at) if place not in chosen]
        return sum(min(_WIDEST, len(self._lines[place].text)) + _OVERHEAD for place in places)

    def _with_above(self, at: int) -> Iterator[int]:
        """Yield a line, its own text, and those above that say what it is part of."""
        yield at
        below = at + 1
        if below < len(self._lines) and self._lines[at].role:
            line = self._lines[below]
            if line.parent == at and not line.role and line.text.strip():
                yield below
        place = self._lines[at].parent
        for _ in range(64):
            if place < 0:
                return
            line = self._lines[place]
            if _NAMED.search(line.text) and line.role != "generic":
                yield place
            place = line.parent

    def _written(self, chosen: set[int]) -> Iterator[str]:
        """Yield the chosen lines, deeper ones indented, with what is missing between them."""
        depths: list[int] = []
        gap: list[int] = []
        for at in self._nodes:
            if at not in chosen:
                gap.append(at)
                continue
            if gap:
                yield self._told(gap, len(depths))
                gap = []
            line = self._lines[at]
            while depths and line.indent <= depths[-1]:
                depths.pop()
            text = line.text.strip()
            yield "  " * len(depths) + (text if at in self._kept else _cut(text))
            if line.role:
                depths.append(line.indent)
        if gap:
            yield self._told(gap, 0)

    def _told(self, gap: Sequence[int], depth: int) -> str:
        """Return what a gap hides: how many lines, and of which kind if it is large."""
        if len(gap) < _FEW:
            return f"{'  ' * depth}[… {len(gap)}]"
        roles = Counter(self._lines[at].role or "text" for at in gap)
        usable = sorted(roles, key=lambda role: -_ROLES.get(role, _DEFAULT))
        kinds = ", ".join(f"{roles[role]} {role}" for role in usable[:3])
        more = "" if len(roles) <= 3 else ", ..."
        return f"{'  ' * depth}[… {kinds}{more}]"


def _cut(text: str) -> str:
    if len(text) <= _WIDEST:
        return text
    return f"{text[:_CUT]}[…{len(text) - _CUT - 80:,} characters…]{text[-80:]}"


def write_tree(text: str, budget: Budget, query: str) -> Compressed | None:
    """Return the lines of a snapshot that matter; None if nothing sensible fits."""
    made = fit(text, budget, SnapshotTree(text, query, budget.keep).write)
    return made if made and made.omitted else None


def _read(text: str) -> list[_Line]:
    lines: list[_Line] = []
    above: list[tuple[int, int]] = []
    for at, line in enumerate(text.split("\n")):
        match = NODE.match(line)
        role = next((group for group in match.groups() if group), "") if match else ""
        if not role and line.lstrip()[:7] == "- text:":
            role = "text"
        stripped = line.lstrip(" \t")
        indent = len(line) - len(stripped)
        while above and above[-1][0] >= indent:
            above.pop()
        lines.append(_Line(line, indent, role.lower(), above[-1][1] if above else -1))
        if stripped:
            above.append((indent, at))
    return lines


def _scores(lines: Sequence[_Line], query: str) -> list[float]:
    """Return what each line is worth; the later ones of many alike are worth less."""
    texts = [line.text for line in lines]
    if not _ASKS_REF.search(query):
        texts = [_REF.sub("", text) for text in texts]
    asked = score_units(texts, query)
    most = max(asked, default=0.0) or 1.0
    alike: Counter[tuple[str, int]] = Counter()
    beside: dict[int, float] = {}
    for line, about in zip(lines, asked, strict=True):
        beside[line.parent] = max(beside.get(line.parent, 0.0), about)
    scores = []
    first = next((at for at, line in enumerate(lines) if line.role), 0)
    for at, (line, about) in enumerate(zip(lines, asked, strict=True)):
        if at < first:
            scores.append(100.0)  # what stands above the snapshot: address, title, console
            continue
        worth = 0.0
        if not _TARGET.match(line.text) and _NAMED.search(line.text):
            worth = _ROLES.get(line.role, _DEFAULT)
            kind = (line.role, line.indent)
            worth *= max(_LEAST, _FADE ** alike[kind])
            alike[kind] += 1
        worth += 3.0 * bool(_STATE.search(line.text)) + _ASKED * about / most
        if about == 0.0 and worth:
            worth += _BESIDE * _ASKED * beside[line.parent] / most
        scores.append(worth)
    return scores
