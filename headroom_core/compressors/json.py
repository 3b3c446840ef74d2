"""JSON: lists of records as tables, the rest minified; under a budget the rows that matter."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors import _json_document
from headroom_core.compressors._json_value import Value, dump, parse
from headroom_core.types import Block, Budget, Compressed

_NOTE: Final = (
    "JSON; @n is table n; a column key=value holds in every row that says no other; * is the cell"
)
_BLANK: Final = "\ufeff \t\r\n"
_MIN_LINES: Final = 3
_OPENING = re.compile(
    r'\{\s*["}]|\[\s*(?:[\[{"\]]|(?:-?[0-9.]+(?:[eE][+-]?[0-9]+)?|true|false|null)\s*[,\]])'
)


class JsonCompressor:
    """Makes JSON documents and JSON Lines shorter."""

    name: ClassVar[str] = "json"

    def detect(self, block: Block) -> float:
        start = block.text[:400].lstrip(_BLANK)
        end = block.text[-400:].rstrip(_BLANK)
        if not _OPENING.match(start):
            return 0.0
        return 0.95 if end[-1:] == {"{": "}", "[": "]"}[start[0]] else 0.0

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        try:
            value = parse(text)
            return Compressed(_lossless(value, text))
        except RecursionError:
            return Compressed(text)
        except ValueError:
            pass
        return Compressed(text)

    def expand(self, body: str) -> str:
        return _json_document.expand(body)


def _lossless(value: Value, text: str) -> str:
    body = _json_document.render(value)
    rendered = dump(value) if body is None else envelope.wrap("json", body, _NOTE)
    return rendered if len(rendered) < len(text) else text
