"""Writes a notebook as text: cells with their numbers, outputs shortened by their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._blob.find import Blob
from headroom_core.compressors._blob.note import note
from headroom_core.compressors._fit import fit
from headroom_core.compressors._notebook.read import TEXTS, Cell, Notebook, Output
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

_HEAD: Final = 6
_TAIL: Final = 6
_WIDTH: Final = 300
_BRIEF: Final = 100
_ERROR: Final = 3.0
_HEADING: Final = 0.5
_EARLY: Final = 0.2
_SHARE: Final = 0.3
_ERROR_LINES: Final = 60
_GAP: Final = 40
_ENOUGH: Final = 0.5
_MAX_ASKED: Final = 5
_SHARE_ASKED: Final = 0.6
_CODED: Final = ("image/", "audio/", "video/")


class _Written(NamedTuple):
    """A cell as it is written.

    Attributes:
        full: All of it, outputs shortened.
        brief: One line.
        hidden: Lines of its outputs that `full` does not show.
    """

    full: str
    brief: str
    hidden: int


def render(book: Notebook, budget: Budget, query: str) -> Compressed | None:
    """Return what fits of a notebook, None if nothing does."""
    page = _Page(book, budget, query)
    return fit("\n".join(cell.source for cell in book.cells) or "x", budget, page.write)


class _Page:
    """A notebook, each cell written in full and in brief."""

    def __init__(self, book: Notebook, budget: Budget, query: str) -> None:
        self._book = book
        self._keep = budget.keep
        self._cells = [self._written(number, cell) for number, cell in enumerate(book.cells)]
        texts = [cell.source + "".join(_searchable(cell)) for cell in book.cells]
        scores = score_units(texts, query)
        enough = max(scores, default=0) * _ENOUGH
        asked = [place for place, score in enumerate(scores) if score and score >= enough]
        self._asked = sorted(asked, key=lambda place: (-scores[place], place))[:_MAX_ASKED]
        self._worth = [
            score + self._own_worth(cell, place / len(texts))
            for place, (score, cell) in enumerate(zip(scores, book.cells, strict=True))
        ]

    def write(self, room: float) -> Compressed | None:
        """Return a page of about so many characters."""
        cells = self._cells
        order = sorted(range(len(cells)), key=lambda place: (-self._worth[place], place))
        named = {place for place, cell in enumerate(cells) if self._must(cell.full)}
        room -= sum(len(cells[place].full) for place in named)
        for place in self._asked:
            if place not in named and len(cells[place].full) <= room * _SHARE_ASKED:
                named.add(place)
                room -= len(cells[place].full) + _GAP
        full = set(named)
        for place in order:
            if place not in named and len(cells[place].brief) < room - _GAP:
                named.add(place)
                room -= len(cells[place].brief) + 1
        for place in order:
            more = len(cells[place].full) - len(cells[place].brief)
            if place in named and place not in full and more <= room:
                full.add(place)
                room -= max(0, more)
        if not named:
            return None
        language = f" in {self._book.language}" if self._book.language else ""
        title = f"[notebook{language}, {len(cells)} cells; metadata left out]"
        page = "\n".join([title, *self._shown_cells(named, full)])
        return Compressed(page, self._omitted(full))

    def _shown_cells(self, named: set[int], full: set[int]) -> Iterator[str]:
        position = 0
        for place in [*sorted(named), len(self._cells)]:
            if place > position:
                last = f" to cells[{place - 1}]" if place > position + 1 else ""
                yield f"[... cells[{position}]{last} left out ...]"
            if place < len(self._cells):
                yield self._cells[place].full if place in full else self._cells[place].brief
            position = place + 1

    def _omitted(self, full: set[int]) -> str:
        cells = self._cells
        brief = sum(1 for n, cell in enumerate(cells) if n not in full and cell.full != cell.brief)
        hidden = sum(cells[place].hidden for place in full)
        said = [f"{brief} of {len(cells)} cells"] if brief else []
        said += [f"{hidden} lines of outputs"] if hidden else []
        return ", ".join(said) or "1 part: the metadata"

    def _must(self, text: str) -> bool:
        return self._keep is not None and self._keep.search(text) is not None

    def _own_worth(self, cell: Cell, place: float) -> float:
        failed = any(output.kind == "error" for output in cell.outputs)
        heading = cell.kind == "markdown" and cell.source.startswith("#")
        return _ERROR * failed + _HEADING * heading + _EARLY * (1 - place) + _SHARE * place**4

    def _written(self, number: int, cell: Cell) -> _Written:
        title = f"## cells[{number}] {cell.kind}{f', run {cell.run}' if cell.run else ''}"
        first = cell.source.strip("\n").partition("\n")[0][:_BRIEF]
        lines = cell.source.count("\n") + 1
        brief = f"{title}, {lines} lines: {first}" if cell.source else f"{title}, empty"
        pieces = [title, *(self._fenced(cell) if cell.source else ())]
        hidden = 0
        for output in cell.outputs:
            text, left = self._shown(output)
            hidden += left
            pieces.append(text)
            if output.kind == "error":
                brief += f"\nerror: {output.text.strip().rpartition(chr(10))[2][:_WIDTH]}"
        full = "\n".join(pieces)
        return _Written(full, brief if len(brief) < len(full) else full, hidden)

    def _fenced(self, cell: Cell) -> list[str]:
        if cell.kind != "code":
            return [cell.source.rstrip("\n")]
        mark = "```"
        while mark in cell.source:
            mark += "`"
        return [f"{mark}{self._book.language}", cell.source, mark]

    def _shown(self, output: Output) -> tuple[str, int]:
        """Return an output as it is shown, and how many lines of it are not."""
        text = output.text.strip("\n")
        if output.kind not in TEXTS:
            if output.kind.startswith(_CODED) and output.kind != "image/svg+xml":
                packed = text.replace("\n", "")
                blob = Blob(0, len(packed), "base64", output.kind)
                return f"output: {note(packed, blob, len(packed))}", 1
            return f"output: {output.kind}, {len(text):,} characters", text.count("\n") + 1
        lines = text.split("\n")
        kept = list(self._lines(lines, _ERROR_LINES if output.kind == "error" else _HEAD + _TAIL))
        hidden = len(lines) - sum(1 for line, _ in kept if line >= 0)
        return "\n".join([f"output ({output.kind}):", *(line for _, line in kept)]), hidden

    def _lines(self, lines: Sequence[str], most: int) -> Iterator[tuple[int, str]]:
        """Yield the first and last lines, those to keep, and what is between them."""
        last = -1
        for number, line in enumerate(lines):
            edge = number < most // 2 or number >= len(lines) - most // 2
            if not edge and not self._must(line):
                continue
            if number > last + 1:
                yield -1, f"[... {number - last - 1} lines ...]"
            last = number
            if len(line) > _WIDTH and not self._must(line):
                yield number, f"{line[:_WIDTH]} [... {len(line) - _WIDTH} characters ...]"
            else:
                yield number, line


def _searchable(cell: Cell) -> Iterator[str]:
    for output in cell.outputs:
        if output.kind in TEXTS:
            yield "\n" + output.text[:4_000]
