"""Tells source code from other texts, and its language, by signs in the first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from headroom_core.compressors._code_languages import language_of
from headroom_core.compressors._code_question import paths
from headroom_core.compressors._code_signs import language_sign

_LOOK_AT: Final = 16_000
_LINES: Final = 60
_LINE: Final = 160
_LONG: Final = 1_000
_SURE: Final = 0.95
_LEAST_SIGNS: Final = 3
_LEAST_SHARE: Final = 0.28
_FEW: Final = 0.12

_OTHER = re.compile(
    r"\s*(?:diff --git |Index: |--- \S+[^\n]*\n\+\+\+ |commit [0-9a-f]{7,40}\b|From [0-9a-f]{40} |"
    r"<(?:!doctype|html|\?xml|svg)|\[\s*[\[{\"\]]|\{\s*[\"}]|%YAML|---\s*\n)",
    re.IGNORECASE,
)
_SHEBANG = re.compile(r"#!\S{0,60}?[/ ](python|node|ruby|php|bash|sh|zsh|dash|ksh|deno|bun)\d?")
_SHELLS: Final = {
    "node": "javascript", "deno": "typescript", "bun": "typescript", "sh": "bash", "zsh": "bash",
    "dash": "bash", "ksh": "bash",
}  # fmt: skip
_NUMBER = re.compile(r"[ \t]*\d{1,7}(?:\t|→|: ?| ?\| ?)")
_MATCH = re.compile(r"[\w./\\@+-]{1,160}[:-]\d{1,7}[:-]")
_PLAIN = re.compile(
    r"""(?x)\s{0,80}(?: .*[;{}]\s*$ | [\])}]+[,;]?$ | //|/\*|\*/|\*\ |\#\  | .*\)\s*:?$ |
    .*[(\[,]$ | @\w[\w.]*(?:\(.*\))?$ |
    (?:return|break|continue|pass|else|try|yield|raise|throw)\b | [\w.\[\]\"'*&>-]{1,60}\ ?[+*/|&.:-]?=\ .* | .*:$ )"""
)
_PROSE = re.compile(r"[A-Z][a-z]*(?: [\w',-]+){6,}[.:,]?$")
_NAMES: Final = {"ts": "typescript", "js": "javascript"}
_KIN: Final = {
    "typescript": ("ts", "js"),
    "tsx": ("ts", "js"),
    "javascript": ("js", "ts"),
    "cpp": ("cpp", "c", "csharp"),
    "c": ("c", "cpp"),
    "csharp": ("csharp", "java", "cpp"),
    "java": ("java", "csharp", "cpp"),
}
"""Languages that look alike: the signs of which count for which."""


def sureness(text: str, query: str = "") -> float:
    """Return how sure it is that `text` is source code, 0 to 1."""
    language, share, signs = _look(text, query)
    if not language:
        return 0.0
    return _SURE if signs >= _LEAST_SIGNS and share >= _LEAST_SHARE else 0.0


def guesses(text: str, path: str = "") -> list[str]:
    """Return the languages that a file may be in, the likeliest first.

    Args:
        text: The file.
        path: Its name, or a question that has it; "" if it is not known.
    """
    likely = _look(text, path)[0]
    by_name, by_signs = _hint(path), _look(text, "")[0]
    return [name for name in dict.fromkeys((likely, by_name, by_signs)) if name]


def _look(text: str, query: str) -> tuple[str, float, int]:
    """Return the language, the share of lines that look like code, and the number of signs."""
    start = text[:_LOOK_AT]
    if not start.strip() or _OTHER.match(start[:400]):
        return "", 0.0, 0
    lines = _sample(start)
    if not lines:
        return "", 0.0, 0
    votes = _votes(lines)
    hint = _hint(query)
    shebang = _SHEBANG.match(start)
    if shebang:
        hint = _SHELLS.get(shebang[1], shebang[1])
        votes[hint] += _LEAST_SIGNS
    plain = sum(1 for line in lines if _PLAIN.match(line))
    share = max(plain, sum(votes.values())) / len(lines)
    hinted = sum(votes[kin] for kin in _KIN.get(hint, (hint,)))
    total = sum(votes.values())
    if hint and not total and share >= _LEAST_SHARE:
        return hint, share, _LEAST_SIGNS
    if hint and hinted >= max(1, 0.3 * total):
        if hint == "c":
            hint = _by_votes(votes, start) if votes["cpp"] else hint  # a header may be either
        return hint, max(share, 0.3 if share > _FEW else 0.0), hinted + 2
    return _by_votes(votes, start), share, total


def _hint(query: str) -> str:
    """Return the language of the last file that a question or a tool call names."""
    return next(filter(None, (language_of(path) for path in reversed(paths(query)))), "")


def _by_votes(votes: Counter[str], start: str) -> str:
    """Return the language with the most signs; of those alike the richer one."""
    if not votes:
        return ""
    merged = Counter(votes)
    merged["js"] += votes["ts"]
    merged["c"] += votes["cpp"]
    best, _ = merged.most_common(1)[0]
    if best in ("js", "ts"):
        return _script(votes, start)
    if best in ("c", "cpp"):
        return "cpp" if votes["cpp"] * 8 >= votes["c"] else "c"
    return best


def _script(votes: Counter[str], start: str) -> str:
    if votes["ts"] * 6 < votes["js"]:
        return "javascript"
    return "tsx" if "/>" in start or "</" in start else "typescript"


def _votes(lines: Sequence[str]) -> Counter[str]:
    return Counter(filter(None, map(language_sign, lines)))


def _sample(start: str) -> list[str]:
    """Return some of the first lines, without numbers; [] for what no lines of code are."""
    lines = [line for line in start.split("\n") if line and not line.isspace()]
    if len(lines) > 1 and len(start) == _LOOK_AT:
        lines.pop()
    if sum(len(line) for line in lines if len(line) > _LONG) > 0.5 * len(start):
        return []
    lines = [line[:_LINE].rstrip() for line in lines[:: 1 + len(lines) // _LINES]]
    numbered = [_NUMBER.match(line) for line in lines]
    if sum(map(bool, numbered)) > 0.7 * len(lines):
        return [line[match.end() :] for line, match in zip(lines, numbered, strict=True) if match]
    if sum(1 for line in lines if _MATCH.match(line)) > 0.3 * len(lines):
        return []
    return lines
