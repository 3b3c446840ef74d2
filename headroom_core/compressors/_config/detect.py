"""Tells configuration from code, logs, mail, transcripts and prose with colons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LOOK_AT: Final = 16_000
_LINES: Final = 160
_TAIL: Final = 2_000
_MOST_STAMPED: Final = 0.3
_FEWEST: Final = 3
_EARLY: Final = 16
_WORDY: Final = 8
_MOST_WORDY: Final = 0.3
_WIDTH: Final = 200
_MOST: Final = 0.9
_PLANNED: Final = "Terraform will perform the following actions:"
_LOOK_FOR_PLAN: Final = 100_000
_MOST_BLOCKS: Final = 0.75
_SURE: Final = 0.92
_LIKELY: Final = 0.4
_KEY = re.compile(
    r"(?:- ){0,4}(?:&\S{1,80} )?(?:[\w$./@*~{}<>%+-]{1,100}(?: [\w./()-]{1,40}){0,4}"
    r"|\"[^\"\n]{1,150}\"|'[^'\n]{1,150}')"
)
_BLOCK = re.compile(r"(?:^|.*\s)(?:[|>][-+0-9]{0,3}|\|\s*#.*)\s*$")
_SECTION = re.compile(r"\[\[?[\w.\-\"'/:@*+ ]{1,120}\]?\]\s*(?:[#;].*)?$")
_SETTING = re.compile(r"\s*(?:export )?[\w.\-/\"':@\[\]]{1,100}\s*=(?!=)")
_VARIABLE = re.compile(r"(?:export )?[A-Za-z_][\w.\-]{0,100}=")
_UPPER = re.compile(r"(?:export )?[A-Z_][A-Z0-9_]{1,100}=")
_NOTE = re.compile(r"\s*[#;]")
_CLOSING = re.compile(r"\s*[\]})\"']")
_CODE = re.compile(
    r"(?:.*[;{(]\s*$|\s*(?:def|class|import|from|return|if|for|while|elif|else|try|with|function"
    r"|const|let|var|public|private|func|package)\b(?!\s*[:=]))"
)
_DESCRIBED = re.compile(r"Name: {2,}\S.*\n(?:[A-Z][\w ()-]{1,40}:[^\n]*\n|[ \t]+\S[^\n]*\n){2}")
_BLOCK_HEAD = re.compile(
    r"\s{0,20}(?:(?:[-+~]|-/\+|\+/-|<=) )?(?P<known>(?:"
    r"(?:resource|data|ephemeral|check|moved|removed)\b|(?:module|variable|output|provider) \""
    r"|(?:terraform|locals|import) \{)?)[\w-]{0,40}(?: ?\"[^\"\n]{1,200}\"){0,3} ?\{$"
)
_ATTRIBUTE = re.compile(
    r"\s{0,60}(?:[-+~] )?(?:[\w.-]{1,100}|\"[^\"\n]{1,200}\"|\([^()\n]{1,99}\))\s{0,99}=\s{1,9}\S"
)
_ELEMENT = re.compile(
    r"\s{0,60}[\]})]{1,9},?$|\s{1,60}(?:[-+~] )?(?:\"[^\"\n]{0,300}\"|[\w.\[\]*]{1,99}),?$"
)
_HEADER = re.compile(r"[A-Z][\w]*(?:-[A-Z]\w*)+: |(?:From|To|Subject|Date|Received): ")
_STAMP = re.compile(r"\S{0,12}\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d")


def certainty(text: str) -> float:
    """Return how sure it is that `text` is configuration, 0 to 1."""
    start = text[:_LOOK_AT].lstrip("\ufeff\r\n")
    if start[:1] in ("{", "<", "") or "\n" not in start:
        return 0.0
    if start.startswith("Name:") and _DESCRIBED.match(start) and "\nNamespace:" in start[:600]:
        return _SURE
    lines = start.split("\n")
    if len(text) > _LOOK_AT:
        lines.pop()
    lines = [line[:_WIDTH].rstrip() for line in lines[:_LINES]]
    lines = [line for line in lines if line]
    if len(lines) < _FEWEST or _STAMP.match(lines[0]) or not _goes_on(text[-_TAIL:]):
        return 0.0
    if "\n[" in f"\n{start}" and (found := _of_sections(lines)):
        return found
    return _of_variables(lines) or _of_blocks(lines) or _of_plan(text) or _of_yaml(lines)


def _goes_on(end: str) -> bool:
    """Return whether the end of a text is no log."""
    lines = end.split("\n")[1:-1]
    return sum(1 for line in lines if _STAMP.match(line)) <= _MOST_STAMPED * len(lines)


class _Yaml:
    """Counts the lines that are keys and items, and those that are neither."""

    def __init__(self) -> None:
        self.good = self.bad = self.nested = self.words = 0
        self._block = self._last = -1
        self._opened = False

    def take(self, line: str) -> None:
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        if self._block >= 0 and indent > self._block:
            return
        self._block = -1
        if body[0] == "#" or body[:3] in ("---", "...", "%YA"):
            return
        value = _value(body)
        if value is not None:
            self._take_value(body, indent, value)
        elif indent > self._last >= 0 and not _CODE.match(line):
            self._opened = False  # a value that goes on
        elif not _CLOSING.match(line):
            self.bad += 1

    def _take_value(self, body: str, indent: int, value: str) -> None:
        self.good += 1
        below = indent > self._last or (indent == self._last and body[0] == "-")
        self.nested += self._opened and below
        self._opened = not value and body[-1] == ":"
        self.words += value.count(" ") > _WORDY
        if _BLOCK.match(value):
            self._block = indent
        ends_like_code = value[-1:] in ("{", ";", "(")
        if ends_like_code or _STAMP.match(body) or (not indent and _HEADER.match(body)):
            self.bad += 1
        self._last = indent


def _value(body: str) -> str | None:
    """Return the value in a line of YAML, "" if it has none; None if it is no line of YAML."""
    key, sign, value = body.partition(":")
    if " " in key and _CODE.match(body):
        return None
    if sign and value[:1] in ("", " ", "\t") and _KEY.fullmatch(key):
        return value.strip()
    return body[1:].strip() if body[0] == "-" and body[1:2] in ("", " ") else None


def _of_yaml(lines: Sequence[str]) -> float:
    """Keys and items whose indentation says what belongs to what."""
    seen = _Yaml()
    for number, line in enumerate(lines):
        seen.take(line)
        if number == _EARLY and seen.bad > seen.good:
            return 0.0
    if seen.bad > (1 - _MOST) * (seen.good + seen.bad) or seen.good < _FEWEST or not seen.nested:
        return 0.0
    return _SURE if seen.words <= _MOST_WORDY * seen.good else _LIKELY


def _of_sections(lines: Sequence[str]) -> float:
    """Sections in brackets, and settings in them."""
    sections = sum(1 for line in lines if _SECTION.match(line))
    if not sections:
        return 0.0
    settings = sum(1 for line in lines if _SETTING.match(line) and not _SECTION.match(line))
    notes = sum(1 for line in lines if _NOTE.match(line))
    inner = sum(1 for line in lines if line[0] in " \t\"'" or _CLOSING.match(line))
    code = sum(1 for line in lines if _CODE.match(line) and not _SETTING.match(line))
    known = sections + settings + notes
    if settings < 2 or code > 0.05 * len(lines):
        return 0.0
    return _SURE if known + min(inner, len(lines) - known) >= _MOST * len(lines) else 0.0


def _of_blocks(lines: Sequence[str]) -> float:
    """Blocks in braces with settings in them, as Terraform has and prints them."""
    heads = [head for line in lines if line[-1] == "{" and (head := _BLOCK_HEAD.match(line))]
    if not any(head["known"] for head in heads):
        return 0.0
    told = [line for line in lines if line.lstrip()[0] != "#" and line[-1] != ";"]
    known = sum(1 for line in told if _ATTRIBUTE.match(line) or _ELEMENT.match(line)) + len(heads)
    return _SURE if known >= _MOST_BLOCKS * len(told) else 0.0


def _of_plan(text: str) -> float:
    """What Terraform will do, below a line for each resource that it has looked at."""
    begun = text.find(_PLANNED, 0, _LOOK_FOR_PLAN)
    if begun < 0:
        return 0.0
    lines = text[begun : begun + _LOOK_AT].split("\n")[1 : _LINES + 1]
    return _of_blocks([line[:_WIDTH].rstrip() for line in lines if line.strip()])


def _of_variables(lines: Sequence[str]) -> float:
    """Settings of a shell: NAME=value without blanks around the sign."""
    if "=" not in lines[0] + lines[1] + lines[-1]:
        return 0.0
    lines = [line for line in lines if not _NOTE.match(line)]
    found = sum(1 for line in lines if _VARIABLE.match(line))
    if found < 4 or found < _MOST * len(lines):
        return 0.0
    # Key=value pairs in one line are a log.
    if sum(1 for line in lines if len(re.findall(r"\s\w+=", line)) > 1) > 0.1 * len(lines):
        return 0.0
    upper = sum(1 for line in lines if _UPPER.match(line))
    return _SURE if upper >= 0.8 * found else _LIKELY
