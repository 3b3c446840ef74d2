"""JSON: lists of records as tables, the rest minified; under a budget the rows that matter."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from headroom_core import envelope
from headroom_core.compressors._json import early as json_early, expand as json_expand
from headroom_core.compressors._json.budget import fit
from headroom_core.compressors._json.document import Document, render, render_lines
from headroom_core.compressors._json.notes import notes_on
from headroom_core.compressors._json.value import Value, parse
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget, Compressed

_BLANK: Final = "\ufeff \t\r\n"
_CUT_OFF: Final = 0.6
_SHORT: Final = 400
_MIN_LINES: Final = 3
_OPENING = re.compile(
    r'\{\s*["}]|\[\s*(?:\[\s*)*+(?:[{"\]]|(?:-?[0-9.]+(?:[eE][+-]?[0-9]+)?|true|false|null)\s*[,\]])'
)


class JsonCompressor:
    """Makes JSON documents and JSON Lines shorter."""

    name: ClassVar[str] = "json"
    surest: ClassVar[float] = 0.95

    def detect(self, block: Block) -> float:
        start = block.text[:_SHORT].lstrip(_BLANK)
        end = block.text[-_SHORT:].rstrip(_BLANK)
        if not _OPENING.match(start):
            return 0.0
        if end[-1:] == {"{": "}", "[": "]"}[start[0]]:
            return 0.95
        return _CUT_OFF if len(block.text) > _SHORT else 0.0

    def compress(self, block: Block, budget: Budget, query: str = "") -> Compressed:
        text = block.text
        try:
            value, is_lines, early = _read(text)
            make = render_lines if is_lines else render
            document = make(value, budget.count)
            lossless = min(text, _wrap(document, early), key=len)

            def rendered(cut: Value) -> str:
                return _wrap(render(cut, budget.count), early)

            asked = query or block.query
            made = fit(value, document.tables, asked, budget, lossless, rendered)
            return made or Compressed(lossless)
        except (ValueError, RecursionError):
            return Compressed(text)

    def expand(self, body: str) -> str:
        early = json_early.expand(body, json_expand.expand)
        return json_expand.expand(body) if early is None else early


def encode(text: str) -> str:
    """Return JSON, or JSON Lines, in the shortest spelling that loses nothing.

    The text itself if it is no JSON, or there is nothing to gain.

    >>> text = "[" + ",".join('{"square":%d,"state":"ready"}' % n**2 for n in range(3, 9)) + "]"
    >>> print(encode(text))
    [headroom json, 7 lines: JSON; @n is table n; key=value holds in every row that says no other]
    @1 6 rows: square,state=ready
    9
    16
    25
    36
    49
    64
    >>> decode(encode(text)) == text
    True
    """
    return JsonCompressor().compress(Block(text), Budget(None, estimate)).text


def decode(text: str) -> str:
    """Return the JSON, or JSON Lines, that a text made by `encode` stands for.

    Values, their types, the spelling of numbers and the order of keys are those of the source;
    white space between them is not. A text that is not such a rendering is returned as it is.

    Raises:
        ValueError: If the text is a rendering, but not a whole and valid one.
    """
    frame = next(envelope.find_envelopes(text), None)
    if frame is None or frame.kind != "json" or frame.start:
        return text
    if frame.end != len(text):
        raise ValueError("there is more than one rendering in this text: use headroom_core.expand")
    return JsonCompressor().expand(frame.body)


def _read(text: str) -> tuple[Value, bool, json_early.Early | None]:
    """Return the value of a JSON text, whether it is JSON Lines, and how it was cut off if so."""
    try:
        return *_parse(text), None
    except ValueError:
        early = json_early.read(text)
        if early is None:
            raise
        return *_parse(early.whole), early


def _parse(text: str) -> tuple[Value, bool]:
    """Return the value of a JSON text, or the list of the objects in JSON Lines, and True."""
    try:
        return parse(text), False
    except ValueError:
        lines = [line for line in text.split("\n") if line.strip(_BLANK)]
        if len(lines) < _MIN_LINES or not all(line[0] == "{" for line in lines):
            raise
    return [parse(line) for line in lines], True


def _wrap(document: Document, early: json_early.Early | None = None) -> str:
    notes = notes_on(document.headers, document.body)
    if early:
        return envelope.wrap("json", early.around(document.body), "; ".join(["JSON", *notes]))
    if not document.headers:
        return document.body
    return envelope.wrap("json", document.body, "; ".join(["JSON", *notes]))
