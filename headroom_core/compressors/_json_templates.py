"""What the strings of a column share, and which columns can be told from others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from headroom_core.compressors._json_cells import in_template
from headroom_core.compressors._json_columns import Column

_MAX_COLUMNS: Final = 64
_MAX_SOURCES: Final = 4
_SAMPLE: Final = 8
_MIN_AFFIX: Final = 3
_BREAK = re.compile(r"[/\-_.: @=+#|>]")
_SIGN = re.compile(r"[<>*]")


def factor(texts: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the template "prefix*suffix" that all `texts` share, and what stands for the star.

    None if they share nothing worth it. Prefix and suffix end at a separator, so that a reader
    (and a tokenizer) does not have to put half words together.
    """
    low, high = min(texts), max(texts)
    prefix = _until_break(_common(low, high))
    shortest = min(map(len, texts)) - len(prefix)
    if low == high:
        return None
    suffix = _common_suffix(texts)[-shortest:] if shortest else ""
    at = _BREAK.search(suffix)
    suffix = suffix[at.start() :] if at else ""
    prefix = prefix if len(prefix) >= _MIN_AFFIX else ""
    suffix = suffix if len(suffix) >= _MIN_AFFIX else ""
    if not prefix + suffix or _SIGN.search(prefix + suffix):
        return None
    end = -len(suffix) or None
    return in_template(f"{prefix}*{suffix}"), [text[len(prefix) : end] for text in texts]


def derive(columns: Sequence[Column], count: int) -> dict[str, tuple[str, list[int]]]:
    """Return the columns that can be told from others.

    Returns:
        For the path of such a column its template, with paths of other columns in angle
        brackets, and the rows that differ from it (few).
    """
    found: dict[str, tuple[str, list[int]]] = {}
    if count < 4:
        return found
    rows = sorted({count * i // _SAMPLE for i in range(_SAMPLE)} | {count - 1})
    sources: dict[str, list[str]] = {}
    probes: dict[str, list[str]] = {}
    for column in islice(columns, _MAX_COLUMNS):
        if set(map(type, column.fields)) not in ({str}, {bytes}):
            continue
        probe = [_text(column.fields[row]) for row in rows]
        if len(set(probe)) > 1 and '"' not in column.path:
            sources[column.path] = [_text(each) for each in column.fields]
            probes[column.path] = probe
    used: set[str] = set()
    for column in islice(columns, _MAX_COLUMNS):
        if column.path not in probes or column.path in used or type(column.fields[0]) is not str:
            continue
        others = {p: t for p, t in probes.items() if p != column.path and p not in found}
        for pieces in _guesses(probes[column.path], others):
            odd = _differences(pieces, sources, sources[column.path])
            if len(odd) * 8 <= count:
                found[column.path] = (_written(pieces), odd)
                used.update(pieces[1::2])
                break
    return found


Pieces = list[str]
"""A template: literal, path, literal, path, ... literal."""


def _guesses(target: Sequence[str], others: dict[str, list[str]]) -> list[Pieces]:
    """Return templates that hold in most of the sample, best first."""
    if sum(map(len, target)) < 4 * len(target):
        return []
    near = [
        path
        for path, texts in others.items()
        if sum(map(str.__contains__, target, texts)) * 4 >= 3 * len(target)
    ]
    near.sort(key=lambda path: -sum(map(len, others[path])))
    attempts: list[Pieces] = []
    for row in (0, len(target) // 2, len(target) - 1):
        several = [target[row]]
        for path in near[:_MAX_SOURCES]:
            if len(others[path][row]) > 2:
                several = _split(several, path, others[path][row])
        attempts.append(several)
        for path in near[:_MAX_SOURCES]:
            if not others[path][row]:
                continue
            attempts.append(_split([target[row]], path, others[path][row]))
            before, _, after = target[row].rpartition(others[path][row])
            attempts.append([before, path, after])
    good = []
    for pieces in attempts:
        if len(pieces) > 1 and pieces not in good and not any(map(_SIGN.search, pieces[::2])):
            odd = _differences(pieces, others, target)
            if len(odd) * 4 <= len(target):
                good.append(pieces)
    return sorted(good, key=lambda pieces: len(_differences(pieces, others, target)))[:3]


def _split(pieces: Pieces, path: str, text: str) -> Pieces:
    """Return `pieces` with `text` in their literals replaced by `path`."""
    if not text:
        return pieces
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


def _text(field: object) -> str:
    return field.decode("ascii") if isinstance(field, bytes) else str(field)


def _common(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def _common_suffix(texts: Sequence[str]) -> str:
    suffix = _common(texts[0][::-1], texts[-1][::-1])[::-1]
    while suffix and not all(map(str.endswith, texts, [suffix] * len(texts))):
        suffix = suffix[1:] if len(suffix) < 16 else suffix[len(suffix) // 2 :]
    return suffix


def _until_break(prefix: str) -> str:
    ends = [match.end() for match in _BREAK.finditer(prefix)]
    return prefix[: ends[-1]] if ends else ""
