"""What the first line of a rendering says about the tables below it: each device once, if used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NOTES: Final = (
    (re.compile(r"@[0-9]+ [0-9]+ [re]"), "@n is table n"),
    (re.compile(r"=(?!@)"), "key=value holds in every row that says no other"),
    (re.compile(r"\?(?:$|[,)\]}])"), "key? is mostly absent"),
    (re.compile(r":text(?:$|[=,)\]}])"), "key:text is always text"),
    (re.compile(r"[\w\"][\[{(]"), "key[a,b] has cells (a,b;a,b)"),
    (re.compile(r"=[^,=]*\*"), "* is the cell"),
    (re.compile(r"=[^,=]*<"), "<key> is the cell of key"),
    (re.compile(r"=[^,=]*\.\."), "a..b counts"),
    (re.compile(r"=@"), "@ key=value holds for the rows below it"),
    (re.compile(" from: "), "from: 2*5 3 is five rows of table 2, one of 3"),
    (re.compile("@[0-9]+ = "), "@n = is what @n stands for"),
)
"""What a device looks like in a header, and how it is explained."""

_COUNTED: Final = "#x says that the next row has x"


def notes_on(headers: Sequence[str], body: str) -> list[str]:
    """Return how to read what `headers` use, in plain words.

    Args:
        headers: The headers of the tables in `body`.
        body: The rendering.
    """
    notes = [note for sign, note in _NOTES if any(map(sign.search, headers))]
    if "\n#" in body and any(".." in header for header in headers):
        notes.append(_COUNTED)
    return notes
