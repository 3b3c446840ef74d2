"""Reads what an application shows later: the text in the data that a page's scripts hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_SCRIPT = re.compile(r"<script\b([^<>]{0,1000}+)>", re.IGNORECASE)
_CLOSER = re.compile(r"</script", re.IGNORECASE)
_ASSIGNED = re.compile(r"=\s{0,9}(?=[\[{])|\bpush\((?=\[)")
_STREAMED = re.compile(r'"((?:[^"\\]|\\.){40,20000}+)"')
_TAG = re.compile(r"<[/!?A-Za-z][^<>]{0,2000}>")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]{2}")
_START: Final = 2_000
_SENTENCE: Final = 40
_WORDS: Final = 6
_TITLE: Final = 200
_TITLES: Final = ("headline", "title", "heading", "name")
_ASIDE: Final = frozenset(
    "id _id uid key slug href url link path icon src type locale lang class classname target rel "
    "label __typename @type @context @id".split()
)


def scripted_text(text: str) -> str:
    """Return what the data in the scripts of a page says, as markdown; "" if that is nothing.

    Titles, sentences, and of what has a title its values; each once, in the order of the data.
    """
    said: dict[str, None] = {}
    for value in _data(text):
        said.update(dict.fromkeys(_told(value)))
    return "\n\n".join(said)


def _data(text: str) -> Iterator[Any]:
    """Yield the values of scripts that are JSON, or begin by naming some."""
    decoder = json.JSONDecoder()
    position = 0
    while script := _SCRIPT.search(text, position):
        start = script.end()
        closer = _CLOSER.search(text, start)
        if closer is None:
            return
        position = closer.end()
        if "json" not in script[1].lower():
            assigned = _ASSIGNED.search(text, start, min(closer.start(), start + _START))
            if assigned is None:
                continue
            start = assigned.end()
        body = text[start : closer.start()].lstrip()
        try:
            yield decoder.raw_decode(body)[0]
        except (ValueError, RecursionError):
            continue


def _told(data: Any) -> Iterator[str]:
    waiting = [("", data)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            record = _record(value)
            if record:
                yield record
            # What a record is called has been said.
            inside = value.items() if not record else _without_titles(value)
            waiting += reversed([(str(name), inner) for name, inner in inside])
        elif isinstance(value, list):
            waiting += [(key, inner) for inner in reversed(value)]
        elif isinstance(value, str) and value:
            yield from _sentences(key, value)


def _without_titles(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, inner) for name, inner in value.items() if name not in _TITLES)


def _sentences(key: str, value: str) -> Iterator[str]:
    """Yield what a string says: a title, or sentences; nothing of an address or a token."""
    if '","' in value or "children" in value:
        for part in _STREAMED.findall(value):
            yield from _sentences("", part)
        return
    shown = _BLANKS.sub(" ", _TAG.sub(" ", value)).strip()
    if key in _TITLES[:3] and 2 < len(shown) <= _TITLE and _WORD.search(shown):
        yield f"## {shown}"
    elif len(shown) >= _SENTENCE and len(_WORD.findall(shown)) >= _WORDS and " " in shown:
        yield shown


def _record(value: dict[str, Any]) -> str:
    """Return the title and the short values of an object that has more of them than an address."""
    title = next((value[name] for name in _TITLES if isinstance(value.get(name), str)), "")
    facts = [
        f"{name}: {inner}"
        for name, inner in value.items()
        if name.lower() not in _ASIDE
        and name not in _TITLES
        and isinstance(inner, (str, int, float))
        and not isinstance(inner, bool)
        and 0 < len(str(inner)) < _SENTENCE
        and "://" not in str(inner)
    ]
    return f"- {'; '.join([title, *facts])}" if title and facts else ""
