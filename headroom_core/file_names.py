"""Finds the file that the lines above a fence say it is."""

from __future__ import annotations

import re
from typing import Final

_ABOVE: Final = 1_000
_PATH = re.compile(r"[\w.@+~/\\-]{3,300}+")
_ENDING = re.compile(r"\w\.(?:[chrRSs]|[A-Za-z]\w{1,9})\Z")
_LABEL = re.compile(
    r"\A#|:[*_ ]{0,4}\Z"
    r"|\A[^\w\n]{0,9}(?:[Ff]ile(?:name)?|[Pp]ath|[Ss]ource)\b[^\w\n]{0,9} \S{1,300}\Z"
)
_BULLETS: Final = "-*+>/0123456789.) "


def named_file(text: str, end: int) -> str:
    r"""Return the file that the lines before `end` say follows, "" if they say nothing.

    They are an opening fence or tag, and what stands above it: a heading, a path alone, or a line
    that ends in a colon.

    >>> text = "**src/app.py**\n\n```python\nSee app.py for more.\n```\n"
    >>> named_file(text, 26), named_file(text, len(text))
    ('src/app.py', '')
    """
    lines = text[max(0, end - _ABOVE) : end].rstrip("\n").split("\n")
    opening = lines[-1].lstrip()
    named = _files(opening.lstrip("`~")) if opening[:1] in ("`", "~", "<") else []
    above = next((line.strip() for line in lines[-2:-4:-1] if line.strip()), "")
    if not named and (" " not in above.lstrip(_BULLETS) or _LABEL.search(above)):
        named = _files(above)
    return named[0] if len(set(named)) == 1 else ""


def _files(line: str) -> list[str]:
    """Return the names of files in a line."""
    return [name for word in _PATH.findall(line) if _ENDING.search(name := word.rstrip(".-+"))]
