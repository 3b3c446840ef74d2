"""Finds what a line of source code defines, in any of the usual languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_WORDS: Final = (
    "export|default|declare|public|private|protected|internal|static|final|abstract|async|unsafe"
    "|virtual|inline|override|sealed|extern|open|data|case|partial|suspend|local|cdef|cpdef"
)
_KINDS: Final = (
    "def|class|func|function|fn|fun|impl|struct|enum|interface|trait|type|module|namespace|const"
    "|let|var|val|typedef|record|object|protocol|sub|defp|defmodule|defmacro|union|message|service"
    "|rpc|procedure|macro_rules!|#[ ]{0,4}define"
)
_KEYWORD = re.compile(
    rf"\s*+(?:(?:{_WORDS}|pub(?:\([a-z ]{{1,40}}\))?)\s++){{0,6}}+(?:(?:{_KINDS})\*?\s++){{1,2}}+"
    r"(?:\([^()]{0,80}\)\s*+)?([\w$.]++)"
)
# A type and a name with parentheses behind it, of C, C++, Java and C#; not a declaration.
_TYPED = re.compile(
    r"\s*+(?!(?:return|else|throw|new|await|yield|delete|case|goto|elif|if|while|for|in|not|and|or"
    r"|assert|raise|import|from|print|with|echo|use|require|except|lambda)\b)"
    r"(?:[\w:<>,.\[\]?]{1,80}+[ \t*&]++(?!\()){1,6}+([A-Za-z_~][\w:~]{0,80}+) ?\("
)
# At the start of a line: a variable, or a member that is made outside of its class.
_ASSIGNED = re.compile(r"([A-Za-z_$][\w$.]{0,120}+) ?(?::[^=\n]{0,80}+)?=(?![=>])")
# A method of JavaScript, a function of the shell.
_BARE = re.compile(
    r"\s*+(?:(?:static|async|get|set)\s++){0,3}+(?!(?:if|for|while|switch|catch|function)\b)"
    r"([#\w$]{1,120}+) ?\("
)


def names(texts: Sequence[str]) -> list[str]:
    """Return what each line defines, "" for a line that defines nothing."""
    return [_name(text) for text in texts]


def _name(text: str) -> str:
    match = _KEYWORD.match(text)
    if match:
        return match[1]
    end = text[-3:].rstrip()[-1:]
    if end == "{":
        match = _TYPED.match(text) or _BARE.match(text)
        return match[1] if match else ""
    if not text or text[0] in " \t#/*-'\"":
        return ""
    if end not in ";:" and "(" in text:
        match = _TYPED.match(text)
        if match:
            return match[1]
    match = _ASSIGNED.match(text)
    return match[1] if match else ""
