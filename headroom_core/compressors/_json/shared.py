"""Parts of a document that occur several times are written once."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_PLACE = re.compile("\0([0-9]+)\0")
_MIN_LENGTH: Final = 24
_MIN_GAIN: Final = 24
_NAME: Final = 4
_LINE: Final = 9


class Shared:
    """Collects the parts of a document, and tells which of them to write once.

    While a document is written, a part is only a place in the text around it, so that equal parts
    are found whatever they hold (hash consing), and every character is looked at once.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        self._sizes: list[int] = []

    def place(self, text: str) -> str:
        """Return what stands for a part of JSON until `resolve`."""
        if len(text) < _MIN_LENGTH:
            return text
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._texts)
            self._texts.append(text)
            inner = map(int, _PLACE.findall(text)) if "\0" in text else ()
            self._sizes.append(len(text) + sum(self._sizes[each] for each in inner))
        return f"\0{number}\0"

    def resolve(self, document: str, count: int) -> tuple[str, list[str]]:
        """Return the document, and the lines "@n = ..." of what it holds several times.

        Args:
            document: A text with places.
            count: How many numbers are taken.
        """
        texts = [document, *self._texts]
        times = Counter(number for text in texts for number in _PLACE.findall(text))
        names = {
            number: f"@{count + place}"
            for place, number in enumerate(
                (number for number in times if self._gain(int(number), times[number]) > _MIN_GAIN),
                1,
            )
        }

        def put(match: re.Match[str]) -> str:
            return names.get(match[1]) or _PLACE.sub(put, self._texts[int(match[1])])

        lines = [
            f"{name} = {_PLACE.sub(put, self._texts[int(number)])}"
            for number, name in names.items()
        ]
        return _PLACE.sub(put, document), lines

    def _gain(self, number: int, times: int) -> int:
        return self._sizes[number] * (times - 1) - _NAME * times - _LINE
