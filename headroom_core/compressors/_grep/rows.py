"""The lines of search results: which file, which line, what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class SearchRow(NamedTuple):
    """One line of the output.

    Attributes:
        path: The file; "" if the output names none, as of ``grep -n word one-file``.
        number: The line number as written, with the column if there is one: "12:5". For counts,
            the count. "" if there is none.
        mark: ":" on a match, "-" on a line of context, "=" on the head of the function around
            it; "" on a line that only names its file, on a count, and on a line that is no result.
        text: What stands in the line; a line that is no result stands here whole.
    """

    path: str
    number: str
    mark: str
    text: str


Row: TypeAlias = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The whole output, line by line; in columns, because there are a thousand lines in 100 kB.

    Attributes:
        paths: The path of every line, as of a `SearchRow`.
        numbers: The numbers.
        marks: The marks.
        texts: The texts.
        form: "plain" with the path in every line, "headed" with paths above their rows, "bare"
            with numbers and no paths, "counts" with a number behind each path.
        columns: Whether all matches have a column.
        context: Whether there are lines of context.
        ending: Where lines end with CRLF, "" if nowhere or anywhere; rows are without it.
    """

    paths: Sequence[str]
    numbers: Sequence[str]
    marks: Sequence[str]
    texts: Sequence[str]
    form: str = "plain"
    columns: bool = False
    context: bool = False
    ending: str = ""

    def rows(self) -> list[SearchRow]:
        """Return one row for every line, in order."""
        each = zip(self.paths, self.numbers, self.marks, self.texts, strict=True)
        return list(map(SearchRow._make, each))

    def has_results(self) -> bool:
        """Return whether there is any match, context or count."""
        return any(self.marks) or any(self.numbers)

    def original(self, index: int) -> str:
        """Return the line that a row was read from."""
        row = self.paths[index], self.numbers[index], self.marks[index], self.texts[index]
        return original(row, self.form)


def is_result(row: SearchRow) -> bool:
    """Return whether `row` is a match, context or a count, and no other line."""
    return row.mark != "" or row.number != ""


def original(row: Row, form: str) -> str:
    """Return the line that `row` was read from."""
    path, number, mark, text = row
    if not mark:
        return f"{path}:{number}" if number else path or text
    if form != "plain":
        return f"{number}{mark}{text}"
    return f"{path}{mark}{number}{mark}{text}" if number else f"{path}{mark}{text}"


def other(line: str) -> Row:
    """Return the row of a line that is no search result."""
    return "", "", "", line


def listing_of(
    rows: Sequence[Row], form: str = "plain", columns: bool = False, context: bool = False
) -> SearchResults:
    """Return the results that have these rows, one at least."""
    paths, numbers, marks, texts = zip(*rows, strict=True)
    return SearchResults(paths, numbers, marks, texts, form, columns, context)
