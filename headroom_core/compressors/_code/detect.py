"""Tells source code from other texts, and its language, by signs in the first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from headroom_core.compressors._code.languages import language_of
from headroom_core.compressors._code.question import paths
from headroom_core.compressors._code.signs import language_sign

_LOOK_AT: Final = 16_000
_RUN: Final = 12
_RUNS: Final = 5
_LINE: Final = 160
_LONG: Final = 1_000
_SURE: Final = 0.95
_LEAST_SIGNS: Final = 3
_ALONE: Final = 4
_ONLY: Final = "only "
_RUNNERS_UP: Final = 2
_LEAST_SHARE: Final = 0.28
_FEW: Final = 0.12

_OTHER = re.compile(
    r"\s*+(?:diff --git |Index: |--- \S[^\n]{0,300}\n\+\+\+ |commit [0-9a-f]{7,40}\b|"
    r"From [0-9a-f]{40} |(?:`{3}|~{3})|"
    r"<(?:!doctype|html|\?xml|svg)|\[\s*[\[{\"\]]|\{\s*[\"}]|%YAML|---[ \t]*+\n)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^(?:`{3}|~{3})[^\n]*+\n", re.MULTILINE)
_ONE_FENCE: Final = 2
_SHEBANG = re.compile(r"#!\S{0,60}?[/ ](python|node|ruby|php|bash|sh|zsh|dash|ksh|deno|bun)\d?")
_SHELLS: Final = {
    "node": "javascript", "deno": "typescript", "bun": "typescript", "sh": "bash", "zsh": "bash",
    "dash": "bash", "ksh": "bash",
}  # fmt: skip
_NUMBER = re.compile(r"[ \t]*(\d{1,7})(?:\t|→|: ?| ?\| ?)")
_MATCH = re.compile(r"[\w./\\@+-]{1,160}[:-]\d{1,7}[:-]|\^?[0-9a-f]{7,40} ")
_DIFF: Final = ("\ndiff --git ", "\n@@ -", "\n*** ")
_CONSECUTIVE: Final = 0.6
_PLAIN = re.compile(
    r"\s{0,80}+(?:[\])}]+[,;]?$|//|/\*|\*/|\* |# |@\w|[\w.\[\]\"'*&>-]{1,60}+ ?[+*/|&.:]?= "
    r"|(?:return|break|continue|pass|else|try|yield|raise|throw)\b)"
)
_ENDS: Final = ";{}([,:)"
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


def guesses(text: str, path: str = "") -> Iterator[str]:
    """Yield the languages that a file may be in, the likeliest first, each once.

    Args:
        text: The file.
        path: Its name, or a question that has it; "" if it is not known.
    """
    likely = _look(text, path)[0]
    if likely:
        yield likely
    start = text[:_LOOK_AT]
    votes = Counter(dict(_seen(start).votes))
    others = [_hint(path)]
    for _ in range(_RUNNERS_UP):
        others.append(_by_votes(votes, start))
        for kin in _KIN.get(others[-1], (others[-1],))[:2]:
            votes.pop(kin, None)
            votes.pop(_ONLY + kin, None)
    yield from dict.fromkeys(other for other in others if other not in ("", likely))


def _look(text: str, query: str) -> tuple[str, float, int]:
    """Return the language, the share of lines that look like code, and the number of signs."""
    start = text[:_LOOK_AT]
    pieces = _FENCE.split(start) if "```" in start or "~~~" in start else ()
    if len(pieces) > _ONE_FENCE and not _look("".join(pieces[::2]), query)[0]:
        return "", 0.0, 0  # prose with fences, not a file that has some in its comments
    if not start.strip() or _OTHER.match(start[:400]) or any(sign in start for sign in _DIFF):
        return "", 0.0, 0
    lines, seen, signs = _seen(start)
    if not lines:
        return "", 0.0, 0
    votes = Counter(dict(seen))
    hint = _hint(query)
    shebang = _SHEBANG.match(start)
    if shebang:
        hint = _SHELLS.get(shebang[1], shebang[1])
        votes[hint] += _LEAST_SIGNS * _ALONE
        signs += _LEAST_SIGNS
    plain = sum(1 for line in lines if line[-1:] in _ENDS or _PLAIN.match(line))
    share = max(plain, signs) / len(lines)
    if hint and not signs and share >= _LEAST_SHARE:
        return hint, share, _LEAST_SIGNS
    known = sum(votes[kin] for kin in _KIN.get(hint, (hint,))) if hint else 0
    if votes and hint and known >= 0.3 * max(votes.values()):
        if hint == "c":
            hint = (
                _by_votes(votes, start) if votes[_ONLY + "cpp"] else hint
            )  # a header may be either
        return hint, max(share, 0.3 if share > _FEW else 0.0), signs + 2
    return _by_votes(votes, start), share, signs


class _Seen(NamedTuple):
    """What is seen in the first lines of a text: some of them, and what they are signs of."""

    lines: Sequence[str]
    votes: Sequence[tuple[str, int]]
    signs: int


@lru_cache(maxsize=4)
def _seen(start: str) -> _Seen:
    """Look at the lines once, to tell code from other texts and then to tell its language."""
    lines = _sample(start)
    votes, signs = _votes(lines)
    return _Seen(tuple(lines), tuple(votes.items()), signs)


def _hint(query: str) -> str:
    """Return the language of the last file that a question or a tool call names."""
    return next(filter(None, (language_of(path) for path in reversed(paths(query)))), "")


def _by_votes(votes: Counter[str], start: str) -> str:
    """Return the language with the most signs; of those alike the richer one, if it shows."""
    best = max((n for n in votes if not n.startswith(_ONLY)), key=votes.__getitem__, default="")
    if best in ("js", "ts"):
        if votes[_ONLY + "ts"] <= votes[_ONLY + "js"] // 8:
            return "javascript"
        return "tsx" if "/>" in start or "</" in start else "typescript"
    if best in ("c", "cpp"):
        return "cpp" if votes[_ONLY + "cpp"] else "c"
    return best


def _votes(lines: Sequence[str]) -> tuple[Counter[str], int]:
    """Return what speaks for each language, and how many lines are signs of any."""
    votes: Counter[str] = Counter()
    signs = [sign for sign in map(language_sign, lines) if sign]
    for sign in signs:
        languages = sign.split(",")
        for language in languages:
            votes[language] += _ALONE if len(languages) == 1 else 1
        if len(languages) == 1:
            votes[_ONLY + sign] += 1
    return votes, len(signs)


def _sample(start: str) -> list[str]:
    """Return some of the first lines, without numbers; [] for what no lines of code are."""
    lines = [line for line in start.split("\n") if line and not line.isspace()]
    if len(lines) > 1 and len(start) == _LOOK_AT:
        lines.pop()
    if len(lines) > _RUNS * _RUN:
        # Runs, not every tenth line: what repeats would be met at the same place each time.
        step = (len(lines) - _RUN) // (_RUNS - 1)
        lines = [line for run in range(_RUNS) for line in lines[run * step :][:_RUN]]
    if sum(len(line) for line in lines if len(line) > _LONG) > 0.5 * len(start):
        return []
    lines = [line[:_LINE].rstrip(" \r") for line in lines]
    numbered = [(line, match) for line in lines if (match := _NUMBER.match(line))]
    if len(numbered) > 0.7 * len(lines):
        numbers = [int(match[1]) for _, match in numbered]
        steps = sum(1 for one, other in pairwise(numbers) if other == one + 1)
        # Lines that a search found have gaps between their numbers.
        if steps < _CONSECUTIVE * len(numbers) - 1:
            return []
        return [line[match.end() :] for line, match in numbered]
    if sum(1 for line in lines if _MATCH.match(line)) > 0.3 * len(lines):
        return []
    return lines
