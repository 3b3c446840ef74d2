"""Takes out of a log what only a terminal needs: colours, overwritten progress, bells."""

from __future__ import annotations

import operator
import re
from typing import Final

_SIGNS: Final = ("\x1b", "\r", "\b", "\x07")
_SEQUENCE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[PX^_][^\x1b\n]*\x1b\\"
    r"|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])|\x07"
)
_BARE_COLOUR: Final = re.compile(r"\[(?:\d{1,3}(?:;\d{1,3}){0,4})?m(?!\])")
_OVERWRITTEN: Final = re.compile(r"\r[^\r\n]")
_ERASED: Final = re.compile(r"(\x08+)")
_TOLD: Final = re.compile(
    r"error|fail|fatal|exception|panic|traceback|abort|denied|refused|warn|timed out|cannot|killed",
    re.IGNORECASE,
)
_PROGRESS: Final = re.compile(r"[\W\d_]+")


def strip_noise(text: str) -> tuple[str, int]:
    r"""Return `text` as a terminal would show it, and how many of its lines that changes.

    Colours and other escape sequences are gone, backspaces have done their work, and of a line
    that overwrote itself with carriage returns only the last state is left, and those that tell
    of a failure. Line ends of any kind stay, and so does the number of lines: line 20 is still
    line 20.

    >>> strip_noise("\x1b[32mok\x1b[0m\n10%\r20%\rdone\r\n")
    ('ok\ndone\r\n', 2)
    """
    if not any(sign in text for sign in _SIGNS) and "[0m" not in text:
        return text, 0
    clean = _SEQUENCE.sub("", text)
    if "[0m" in clean:
        clean = _BARE_COLOUR.sub("", clean)
    overwritten = "\n" in clean and _OVERWRITTEN.search(clean) is not None
    if overwritten or "\b" in clean:
        clean = "\n".join(_settle(line, overwritten) for line in clean.split("\n"))
    if clean == text:
        return text, 0
    return clean, sum(map(operator.ne, text.split("\n"), clean.split("\n")))


def _settle(line: str, overwritten: bool) -> str:
    """Return what is left of a line that was written more than once."""
    if "\b" in line:
        line = _erase(line)
    if not overwritten or "\r" not in line:
        return line
    shown = line.rstrip("\r")
    if "\r" not in shown:
        return line
    states = [state for state in shown.split("\r") if state.strip()]
    told = {_PROGRESS.sub(" ", state): state for state in states[:-1] if _TOLD.search(state)}
    last = "".join(states[-1:])
    told.pop(_PROGRESS.sub(" ", last), None)
    return "\r".join([*told.values(), last]) + line[len(shown) :]


def _erase(line: str) -> str:
    """Return `line` without its backspaces and the characters that they go over."""
    parts = _ERASED.split(line)
    lengths = list(map(len, parts))
    lengths[1::2] = [0] * len(lengths[1::2])
    left = [0]
    for place in range(1, len(parts), 2):
        count = len(parts[place])
        while left and count:
            gone = min(count, lengths[left[-1]])
            lengths[left[-1]] -= gone
            count -= gone
            if not lengths[left[-1]]:
                left.pop()
        left.append(place + 1)
    return "".join(part[:length] for part, length in zip(parts, lengths, strict=True))
