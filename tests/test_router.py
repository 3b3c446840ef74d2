"""Who is asked what a text is, and in which order they get to compress it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, strategies as st

from headroom_core import Block
from headroom_core.router import Router

BLOCK = Block("text")


@dataclass
class Guesser:
    """Is as sure as it was told, and notes that it was asked."""

    name: str
    certainty: float
    surest: float = 1.0
    asked: list[str] = field(default_factory=list)

    def detect(self, block):
        self.asked.append(block.text)
        return self.certainty


class Unbounded:
    """Has only what a compressor must have."""

    name = "unbounded"

    def detect(self, block):
        return 0.7


tenths = st.integers(0, 10).map(lambda number: number / 10)


@given(st.lists(st.tuples(tenths, tenths).map(sorted), max_size=8))
def test_the_order_is_that_of_asking_everyone_first(pairs):
    guessers = [Guesser(str(at), low, surest=high) for at, (low, high) in enumerate(pairs)]
    everyone = sorted(guessers, key=lambda guesser: -guesser.certainty)
    expected = [(guesser.certainty, guesser) for guesser in everyone if guesser.certainty > 0]
    assert list(Router(guessers).rank(BLOCK)) == expected


@pytest.mark.parametrize(
    ("certainty", "surest", "is_asked"),
    [
        pytest.param(0.5, 0.6, False, id="one that is never so sure"),
        pytest.param(0.5, 0.8, False, id="one that comes later and would need more"),
        pytest.param(0.5, 0.9, True, id="one that might be surer"),
    ],
)
def test_who_is_asked(certainty, surest, is_asked):
    first = Guesser("first", 0.8, surest=0.8)
    other = Guesser("other", certainty, surest=surest)
    ranking = Router([first, other]).rank(BLOCK)
    assert next(ranking) == (0.8, first)
    assert bool(other.asked) is is_asked
    assert [guesser for _, guesser in ranking] == [other]
    assert len(other.asked) == 1


def test_one_that_comes_earlier_is_asked_for_a_tie():
    earlier, later = Guesser("earlier", 0.8, surest=0.8), Guesser("later", 0.8, surest=0.9)
    assert next(Router([earlier, later]).rank(BLOCK)) == (0.8, earlier)


def test_who_says_nothing_of_how_sure_it_may_be_is_asked():
    some = Unbounded()
    assert list(Router([Guesser("other", 0.9), some]).rank(BLOCK))[1] == (0.7, some)
