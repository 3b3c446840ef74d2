"""Writes phrases that a text repeats once, in a list above it, and a sign in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Final

from headroom_core import envelope
from headroom_core.tokenizers.estimate import estimate

SIGN: Final = "§"
NOTE: Final = '"§a" stands for what is behind "§a=", and so on'
_NAMES: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BREAKS: Final = "\n«→»"
_PIECE = re.compile(
    rf"(?:(?<=[ \t])[^\w\s.{_BREAKS}]+)?[\w.]+[^\w\s.{_BREAKS}]*[^\S\n]*|"
    rf"[^\w\s.{_BREAKS}]+[^\S\n]*|[^\S\n]+|[{_BREAKS}]"
)
_WORD = re.compile(r"\w+")
_CODE = re.compile(rf"{SIGN}(.?)", re.DOTALL)
_LEAST_TEXT: Final = 1_000
_LOOK_AT: Final = 24_000
_SAMPLES: Final = 64
_MOST_PIECES: Final = 24
_SHORTEST: Final = 9
_LEAST_GAIN: Final = 18
_LEAST_PART: Final = 5_000
"""In a long text a phrase has to save a token in so many characters: lists are to be short."""
_LEAST_SAVED: Final = 40
_SIGN_COST: Final = 2
_LINE_COST: Final = 4
_MOST_TRIES: Final = 600
_MOST_LISTED: Final = 40
_NEAR: Final = 0.8
_MOST_TOKENS: Final = 0.4
"""Tokens of a character in phrases that have many: what looks best has to be looked at first."""


def wrap(kind: str, body: str, note: str) -> str:
    """Return `body` in the envelope of a compressor, with what it repeats written once.

    Args:
        kind: Name of the compressor.
        body: One line or more.
        note: How to read it.
    """
    short = shorten(body)
    if short.startswith(f"{SIGN}a="):
        note = f"{note}; {NOTE}" if note else NOTE
    return envelope.wrap(kind, short, note)


def shorten(body: str) -> str:
    r"""Return `body` with a list of phrases above it and their signs in it, if that is shorter.

    >>> calls = "\n".join(f"{n} (ctx context.Context, name string)" for n in range(40))
    >>> print(shorten(calls)[:47])
    §a=(ctx context.Context, name string)
    0 §a
    1 §a
    """
    if SIGN in body or len(body) < _LEAST_TEXT:
        return f"{SIGN}\n{body}" if body.startswith(SIGN) else body
    sample, share = _sample(body)
    least = max(_LEAST_GAIN, len(body) // _LEAST_PART)
    heap = _candidates(sample, share)
    listed: list[str] = []
    taken: set[str] = set()
    saved = 0.0
    short = body
    tries = _MOST_TRIES
    while heap and tries and len(listed) < _MOST_LISTED:
        tries -= 1
        _, phrase, times = heappop(heap)
        if not taken.isdisjoint(_WORD.findall(phrase)):
            times = sample.count(phrase) / share
            if _gain(len(phrase) * _MOST_TOKENS, times) < least:
                continue
        size = estimate(phrase)
        gain = _gain(size, times)
        if gain < least:
            continue
        if heap and gain < -heap[0][0] * _NEAR:  # others took a part of it
            heappush(heap, (-gain, phrase, times))
            continue
        name = SIGN + _NAMES[len(listed)]
        replaced = short.replace(phrase, name)
        gain = _gain(size, (len(short) - len(replaced)) / (len(phrase) - len(name)))
        if gain >= least:
            saved += gain
            short = replaced
            sample = sample.replace(phrase, name)
            listed.append(f"{name}={phrase}\n")
            taken.update(_WORD.findall(phrase))
    return "".join(listed) + short if saved >= _LEAST_SAVED else body


def restore(body: str) -> str:
    """Return what `shorten` made `body` of.

    Raises:
        ValueError: If it did not.
    """
    if not body.startswith(SIGN):
        return body
    if body.startswith(f"{SIGN}\n"):
        return body[2:]
    phrases: dict[str, str] = {}
    at = 0
    for name in _NAMES:
        end = body.find("\n", at)
        if end < 0 or not body.startswith(f"{SIGN}{name}=", at):
            break
        phrases[name] = body[at + 3 : end]
        at = end + 1
    try:
        return _CODE.sub(lambda match: phrases[match[1]], body[at:])
    except KeyError as error:
        raise ValueError(f"{SIGN}{error.args[0]} stands for nothing") from None


def _gain(size: float, times: float) -> float:
    """Return how many tokens are saved if a phrase of `size` tokens is written once."""
    return times * (size - _SIGN_COST) - size - _LINE_COST


def _sample(body: str) -> tuple[str, float]:
    """Return pieces from all over a text, and what share of it they are."""
    if len(body) <= _LOOK_AT:
        return body, 1.0
    size = _LOOK_AT // _SAMPLES
    step = (len(body) - size) / (_SAMPLES - 1)
    starts = [int(number * step) for number in range(_SAMPLES)]
    return "\n".join([body[start : start + size] for start in starts]), _LOOK_AT / len(body)


def _candidates(sample: str, share: float) -> list[tuple[float, str, float]]:
    """Return phrases that may be worth a sign as a heap, what may save most first."""
    found: dict[str, tuple[float, str, float]] = {}
    least = 2 if share < 0.5 else 3
    for run, times in _repeated(_PIECE.findall(sample), least):
        phrase = run.rstrip()
        gain = _gain(len(phrase) * _MOST_TOKENS, times / share)
        if gain >= _LEAST_GAIN and len(phrase) >= _SHORTEST:
            rated = -gain, phrase, times / share
            found[phrase] = min(rated, found.get(phrase, rated))
    return sorted(found.values())


def _repeated(pieces: list[str], least: int) -> Iterator[tuple[str, int]]:
    """Yield runs of pieces, a word in the first one, and how often each is repeated.

    A run is left out if a longer one is repeated as often.
    """
    counts = Counter(pieces)
    often = {piece for piece, times in counts.items() if times >= least}
    often.difference_update(_BREAKS)
    known = {at for at, piece in enumerate(pieces) if piece in often}
    worded = {*filter(_WORD.search, often)}
    starts = [at for at, piece in enumerate(pieces) if piece in worded]
    shorter = {piece: counts[piece] for piece in worded}
    for size in range(2, _MOST_PIECES):
        starts = [at for at in starts if at + size - 1 in known]
        runs = ["".join(pieces[at : at + size]) for at in starts]
        counts = Counter(runs)
        found: dict[str, int] = {}
        grown = []
        before, same = -1, 0
        for at, run, times in zip(starts, runs, map(counts.__getitem__, runs), strict=True):
            if times >= least and not (before == at - 1 and same == times):
                grown.append(at)
                if run not in found:
                    found[run] = times
                    part = "".join(pieces[at : at + size - 1])
                    if shorter.get(part) == times:
                        del shorter[part]
            before, same = at, times
        yield from shorter.items()
        if not found:
            return
        starts, shorter = grown, found
    yield from shorter.items()
