"""Writes phrases that a text repeats once, in a list above it, and a sign in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import accumulate
from typing import Final

from headroom_core import envelope
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Budget

PLAIN: Final = "§\n"
"""Stands before a text that would else read as if it had a list."""

_SIGNS: Final = "βδελμπθηφωζξψджзицчшщэюяΔΘΛΣΨΩБДЖЛЦЧЮЯЭ"
"""Letters that are one token each and are seldom met in what tools print."""

_MARKS: Final = "«→»"
_BREAKS: Final = ("\n", *_MARKS)
# Letters are spelled out: a set is looked up twice as fast as a class that knows all of Unicode.
_LETTERS: Final = "A-Za-z0-9_."
_SIGN: Final = rf"[^{_LETTERS}\s{_MARKS}]"
_PIECE = re.compile(
    rf"{_SIGN}*+[{_LETTERS}]+{_SIGN}*[^\S\n]*|\n{_SIGN}*|[^\S\n]+|{_SIGN}+[^\S\n]*|[{_MARKS}]"
)
_WORD = re.compile(r"\w+")
_LISTED = re.compile(rf"([{_SIGNS}])=([^\n]*)\n")
_OPENING = re.compile(rf"§|[{_SIGNS}]=")
_LEAST_TEXT: Final = 1_000
_LOOK_AT: Final = 7_000
_SAMPLES: Final = 36
_MOST_PIECES: Final = 24
_SHORTEST: Final = 9
_LEAST_GAIN: Final = 18
_LEAST_PART: Final = 5_000
"""In a long text a phrase has to save a token in so many characters: lists are to be short."""
_LEAST_SAVED: Final = 40
_LEAST_LEFT: Final = 0.6
"""What is left of a text when its phrases are listed: hardly ever less than this share."""

_SIGN_COST: Final = 1
_LINE_COST: Final = 4
_MOST_TRIES: Final = 240
_MOST_MISSES: Final = 12
_NEAR: Final = 0.8
_MOST_TOKENS: Final = 0.4
"""Tokens of a character in phrases that have many: what looks best has to be looked at first."""


def wrap(kind: str, body: str, note: str, budget: Budget) -> str:
    """Return `body` in the envelope of a compressor, with what it repeats written once.

    Args:
        kind: Name of the compressor.
        body: One line or more.
        note: How to read it.
        budget: What it may use. A body that is far too long for it is left as it is.
    """
    fits = budget.tokens is None or budget.count(body) * _LEAST_LEFT <= budget.tokens
    short = shorten(body, fits)
    if short[1:2] == "=" and short[0] in _SIGNS:
        said = f'"{short[0]}" stands for what is behind "{short[:2]}", and so on'
        note = f"{note}; {said}" if note else said
    return envelope.wrap(kind, short, note)


def shorten(body: str, pays: bool = True) -> str:
    r"""Return `body` with a list of phrases above it and their signs in it, if that is shorter.

    >>> calls = "\n".join(f"{n} (ctx context.Context, name string)" for n in range(40))
    >>> print(shorten(calls)[:44])
    β=(ctx context.Context, name string)
    0 β
    1 β
    """
    if _OPENING.match(body):
        return PLAIN + body
    if len(body) < _LEAST_TEXT or not pays:
        return body
    page = _Page(body)
    _choose(page, *_sample(body))
    if page.saved < _LEAST_SAVED:
        return body
    text = page.text()
    return body if _OPENING.match(text) else "".join(page.listed) + text


def restore(body: str) -> str:
    """Return what `shorten` made `body` of.

    Raises:
        ValueError: If it did not.
    """
    if body.startswith(PLAIN):
        return body.removeprefix(PLAIN)
    phrases: dict[str, str | int | None] = {}
    at = 0
    while (match := _LISTED.match(body, at)) and match[1] not in phrases:
        phrases[match[1]] = match[2]
        at = match.end()
    if _OPENING.match(body, at):
        raise ValueError(f"{body[at : at + 1]!r} stands for nothing")
    return body[at:].translate(str.maketrans(phrases)) if phrases else body


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


class _Page:
    """A text and the phrases that are listed above it so far."""

    def __init__(self, body: str) -> None:
        self.names = [*_SIGNS] if body.isascii() else [sign for sign in _SIGNS if sign not in body]
        self.listed: list[str] = []
        self.saved = 0.0
        self.least = max(_LEAST_GAIN, len(body) // _LEAST_PART)
        # Bytes are searched twice as fast as a string in which there are signs.
        self._data = body.encode("utf-8", "surrogatepass")

    def text(self) -> str:
        """Return the text, with signs in it."""
        return self._data.decode("utf-8", "surrogatepass")

    def take(self, phrase: str, size: int) -> bool:
        """List a phrase of `size` tokens if that pays; return whether it did."""
        parts = self._data.split(phrase.encode("utf-8", "surrogatepass"))
        gain = _gain(size, len(parts) - 1)
        if gain < self.least:
            return False
        name = self.names[len(self.listed)]
        self.saved += gain
        self._data = name.encode().join(parts)
        self.listed.append(f"{name}={phrase}\n")
        return True


def _choose(page: _Page, sample: str, share: float) -> None:
    """List the phrases that save most, each going by where those before it are not.

    Args:
        page: The text.
        sample: Pieces of it.
        share: What share of it they are.
    """
    heap = _candidates(sample, share, page.least)
    taken: list[str] = []
    tries, misses = _MOST_TRIES, _MOST_MISSES
    while heap and tries and misses and len(taken) < len(page.names):
        _, phrase = heappop(heap)
        if any(map(phrase.__contains__, taken)):
            continue
        tries -= 1
        times = sample.count(phrase) / share
        if _gain(len(phrase) * _MOST_TOKENS, times) < page.least:
            continue
        size = estimate(phrase)
        gain = _gain(size, times)
        if gain < page.least:
            continue
        if heap and gain < -heap[0][0] * _NEAR:  # others took a part of it
            heappush(heap, (-gain, phrase))
        elif page.take(phrase, size):
            sample = sample.replace(phrase, "\n")
            taken.append(phrase)
        else:
            misses -= 1


def _candidates(sample: str, share: float, least: float) -> list[tuple[float, str]]:
    """Return phrases that may be worth a sign as a heap, what may save most first."""
    found: dict[str, float] = {}
    for run, times in _repeated(sample, 2 if share < 0.5 else 3):
        phrase = run.rstrip()
        gain = _gain(len(phrase) * _MOST_TOKENS, times / share)
        if gain >= least and len(phrase) >= _SHORTEST:
            found[phrase] = min(-gain, found.get(phrase, 0.0))
    return sorted((rated, phrase) for phrase, rated in found.items())


def _repeated(sample: str, least: int) -> Iterator[tuple[str, int]]:
    """Yield runs of pieces, a word in the first one, and how often each is repeated.

    A run is left out if a longer one is repeated as often.
    """
    pieces = _PIECE.findall(sample)
    counts = Counter(pieces)
    often = {
        piece for piece, times in counts.items() if times >= least and not piece.startswith(_BREAKS)
    }
    worded = {*filter(_WORD.search, often)}
    shorter = {piece: counts[piece] for piece in worded}
    known = [*map(often.__contains__, pieces), *[False] * _MOST_PIECES]
    starts = [at for at, piece in enumerate(pieces) if known[at + 1] and piece in worded]
    ends = [0, *accumulate(map(len, pieces))]
    for size in range(2, _MOST_PIECES):
        runs = [sample[ends[at] : ends[at + size]] for at in starts]
        counts = Counter(runs)
        times = [*map(counts.__getitem__, runs)]
        rows = zip(starts, runs, times, [-1, *starts], [0, *times], strict=False)
        grown = [
            (at, run)
            for at, run, often_now, before, same in rows
            if often_now >= least and not (same == often_now and before == at - 1)
        ]
        found = {}
        for run, at in {run: at for at, run in grown}.items():
            found[run] = counts[run]
            part = sample[ends[at] : ends[at + size - 1]]
            if shorter.get(part) == counts[run]:
                del shorter[part]
        yield from shorter.items()
        if not found:
            return
        starts, shorter = [at for at, _ in grown if known[at + size]], found
    yield from shorter.items()
