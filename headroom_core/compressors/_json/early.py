"""JSON that ends too early, because a tool cut it off: its whole values, and the rest of the text.

The rendering is that of the whole values with the open brackets closed, between a line that says
so and the rest as it is, so that the same text can be made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._json.value import STRING

_BRACKET = re.compile(rf'[^"\[\]{{}}]*+(?:{STRING}[^"\[\]{{}}]*+)*+([\[\]{{}}])', re.DOTALL)
_CLOSING: Final = {"[": "]", "{": "}"}
_MAX_REST: Final = 0.25
_LEAST: Final = 200
_FIRST_LINE = re.compile(
    r"cut off: ([0-9]{1,4}) closing brackets are added, the last ([0-9]{1,9}) lines are the rest"
)


@dataclass(frozen=True, slots=True)
class Early:
    """JSON that ends too early.

    Attributes:
        whole: Its values that are whole, as JSON or JSON Lines.
        added: How many closing brackets `whole` has at its end that the text does not have.
        rest: What follows in the text: the start of a value, and whatever a tool says about it.
    """

    whole: str
    added: int
    rest: str

    def around(self, body: str) -> str:
        """Return `body`, which stands for `whole`, as one that stands for the text."""
        lines = self.rest.count("\n") + 1
        head = (
            f"cut off: {self.added} closing brackets are added, the last {lines} lines are the rest"
        )
        return f"{head}\n{body}\n{self.rest}"


def read(text: str) -> Early | None:
    """Return what is whole in a JSON text that ends too early, None if that is not much of it.

    Takes linear time: one step per bracket.
    """
    opened: list[str] = []
    ends = [0]
    position = 0
    while match := _BRACKET.match(text, position):
        sign, position = match[1], match.end()
        if sign in _CLOSING:
            opened.append(sign)
            ends.append(0)
        elif opened and sign == _CLOSING[opened[-1]]:
            opened.pop()
            ends.pop()
            ends[-1] = position
        else:
            break
        if not opened:
            return _lines(text)
    # A list of records that is open, or what else is: the start of a record is none.
    depths = [depth for depth, end in enumerate(ends) if end]
    lists = [depth for depth in depths if opened[depth - 1] == "["]
    if not depths:
        return None
    depth = max(lists or depths)
    closing = "".join(_CLOSING[sign] for sign in reversed(opened[:depth]))
    return _much(Early(text[: ends[depth]] + closing, len(closing), text[ends[depth] :]))


def expand(body: str, read_body: Callable[[str], str]) -> str | None:
    """Return the text that a body made by `Early.around` stands for; None if it is another.

    Raises:
        ValueError: If it is cut off itself.
    """
    first, _, others = body.partition("\n")
    match = _FIRST_LINE.fullmatch(first)
    if match is None:
        return None
    lines = others.split("\n")
    count = len(lines) - int(match[2])
    if count < 1:
        raise ValueError("lines are missing")
    inner = "\n".join(lines[:count])
    whole = inner if count == 1 else read_body(inner)
    return whole[: len(whole) - int(match[1])] + "\n".join(lines[count:])


def _lines(text: str) -> Early | None:
    """Return JSON Lines without the last one."""
    end = text.rstrip("\n").rfind("\n")
    return _much(Early(text[:end], 0, text[end:])) if end > 0 else None


def _much(early: Early) -> Early | None:
    room = max(_LEAST, _MAX_REST * len(early.whole))
    return early if len(early.whole) > _LEAST and len(early.rest) <= room else None
