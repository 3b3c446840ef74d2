"""What the strings of a column share, and which columns can be told from others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from typing import Final

from headroom_core.compressors._json.cells import Field, in_template
from headroom_core.compressors._json.columns import Column

_MAX_COLUMNS: Final = 64
_MAX_SOURCES: Final = 4
_SAMPLE: Final = 8
_MIN_AFFIX: Final = 3
_MIN_ROWS: Final = 4
_MIN_LENGTH: Final = 4
_BREAK = re.compile(r"[/\-_.: @=+#|>]")
_SIGN = re.compile(r"[<>*]")


def factor(texts: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the template "prefix*suffix" that all `texts` share, and what stands for the star.

    None if they share nothing worth it. Prefix and suffix end at a separator, so that a reader
    (and a tokenizer) does not have to put half words together.
    """
    sample = (texts[0], texts[len(texts) // 2], texts[-1])
    prefix = _common_prefix(sample)
    if max(len(prefix), len(_common_suffix(sample))) < _MIN_AFFIX:
        return None
    if not all(map(str.startswith, texts, repeat(prefix))):
        prefix = _common_prefix(texts)
    room = min(map(len, texts)) - len(prefix)
    suffix = _common_suffix(texts, room)
    prefix = prefix if len(prefix) >= _MIN_AFFIX else ""
    suffix = suffix if len(suffix) >= _MIN_AFFIX else ""
    if not prefix + suffix or _SIGN.search(prefix + suffix):
        return None
    start, end = len(prefix), -len(suffix) or None
    return in_template(f"{prefix}*{suffix}"), [text[start:end] for text in texts]


def derive(columns: Sequence[Column], count: int) -> dict[str, tuple[str, list[int]]]:
    """Return the columns that can be told from others.

    Returns:
        For the path of such a column its template, with paths of other columns in angle
        brackets, and the rows that differ from it (few).
    """
    found: dict[str, tuple[str, list[int]]] = {}
    if count < _MIN_ROWS:
        return found
    rows = sorted({count * i // _SAMPLE for i in range(_SAMPLE)} | {count - 1})
    fields = _usable(columns, rows)
    probes = {path: _texts([column[row] for row in rows]) for path, column in fields.items()}
    used: set[str] = set()
    for path, target in fields.items():
        if path in used or not isinstance(target[0], str):
            continue
        sources = {p: probe for p, probe in probes.items() if p != path and p not in found}
        for pieces in _guesses(probes[path], sources):
            texts = {source: _texts(fields[source]) for source in pieces[1::2]}
            odd = _differences(pieces, texts, _texts(target))
            if len(odd) * 8 <= count:
                found[path] = (_written(pieces), odd)
                used.update(pieces[1::2])
                break
    return found


Pieces = list[str]
"""A template: literal, path, literal, path, ... literal."""


def _usable(columns: Sequence[Column], rows: Sequence[int]) -> dict[str, Sequence[Field]]:
    """Return the columns that are all strings or all numbers, and differ in some of `rows`."""
    return {
        column.path: column.fields
        for column in islice(columns, _MAX_COLUMNS)
        if column.is_plain
        and '"' not in column.path
        and len({column.fields[row] for row in rows}) > 1
    }


def _texts(column: Sequence[Field]) -> list[str]:
    """Return the texts of a column that is all strings or all numbers."""
    if isinstance(column[0], bytes):
        return b"\n".join(column).decode("ascii").split("\n")  # type: ignore[arg-type]
    return list(column)  # type: ignore[arg-type]


def _guesses(target: Sequence[str], sources: dict[str, list[str]]) -> list[Pieces]:
    """Return templates that hold in most of the sample, best first."""
    if sum(map(len, target)) < _MIN_LENGTH * len(target):
        return []
    near = [
        path
        for path, texts in sources.items()
        if sum(map(str.__contains__, target, texts)) * 4 >= 3 * len(target)
    ]
    near.sort(key=lambda path: -sum(map(len, sources[path])))
    good: list[tuple[int, Pieces]] = []
    for row in {0, len(target) // 2, len(target) - 1} if near else ():
        here = {path: sources[path][row] for path in near[:_MAX_SOURCES]}
        for pieces in _attempts(target[row], here):
            odd = len(_differences(pieces, sources, target))
            if odd * 4 <= len(target):
                good.append((odd, pieces))
    good.sort(key=lambda each: each[0])
    return [pieces for _, pieces in good[:3]]


def _attempts(target: str, sources: dict[str, str]) -> Iterator[Pieces]:
    """Yield ways to make one string from the texts of other columns in the same row."""
    several = [target]
    for path, text in sources.items():
        if len(text) > 2:
            several = _split(several, path, text)
        if text and text in target:
            before, _, after = target.rpartition(text)
            for pieces in (_split([target], path, text), [before, path, after]):
                if not any(map(_SIGN.search, pieces[::2])):
                    yield pieces
    if len(several) > 1 and not any(map(_SIGN.search, several[::2])):
        yield several


def _split(pieces: Pieces, path: str, text: str) -> Pieces:
    """Return `pieces` with `text` in their literals replaced by `path`."""
    found: Pieces = []
    for index, piece in enumerate(pieces):
        if index % 2:
            found.append(piece)
            continue
        for part in piece.split(text):
            found += [part, path]
        found.pop()
    return found


def _differences(pieces: Pieces, columns: dict[str, list[str]], target: Sequence[str]) -> list[int]:
    """Return the rows in which the template does not give `target`."""
    pattern = "%s".join(literal.replace("%", "%%") for literal in pieces[::2])
    made = map(pattern.__mod__, zip(*(columns[path] for path in pieces[1::2]), strict=True))
    return [row for row, (a, b) in enumerate(zip(made, target, strict=True)) if a != b]


def _written(pieces: Pieces) -> str:
    return in_template(
        "".join(f"<{piece}>" if index % 2 else piece for index, piece in enumerate(pieces))
    )


def _common_prefix(texts: Sequence[str]) -> str:
    """Return what all of `texts` begin with, to the last sign that words are parted by."""
    prefix = _common(min(texts), max(texts))
    ends = [match.end() for match in _BREAK.finditer(prefix)]
    return prefix[: ends[-1]] if ends else ""


def _common_suffix(texts: Sequence[str], room: int | None = None) -> str:
    """Return what all of `texts` end with, from the first sign that words are parted by.

    Args:
        texts: The texts.
        room: So many characters at most.
    """
    suffix = _common(texts[0][::-1], texts[-1][::-1])[::-1]
    while suffix and not all(map(str.endswith, texts, repeat(suffix))):
        suffix = suffix[1:] if len(suffix) < 16 else suffix[len(suffix) // 2 :]
    if room is not None:
        suffix = suffix[-room:] if room else ""
    at = _BREAK.search(suffix)
    return suffix[at.start() :] if at else ""


def _common(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]
