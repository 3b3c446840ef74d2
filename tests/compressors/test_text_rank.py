"""Which sentences of a text have most to do with a question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._passage.page import Page
from headroom_core.compressors._passage.pieces import Unit, is_talk, split
from headroom_core.compressors._passage.rank import _fades, _Hits, _spread, score, told_share
from headroom_core.compressors.text import TextCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget

compressor = TextCompressor()

FILLER = "\n\n".join(["The weather was fine. Nobody had anything to say. They went home."] * 12)
LIST = f"{FILLER}\n\nThe pump needs three parts:\n\n- a valve\n- a spring\n\n{FILLER}"
APART = f"The pump is red. The pump is big. The pump.\n\n{FILLER}\n\nRust is bad for the pump.\n"
FORMS = f"{FILLER}\n\nThe results were evaluated by Ann.\n\n{FILLER}"
SECTIONS = f"# Setup\n\n{FILLER}\n\n# Cleaning\n\nUse water. Then wait.\n\n# Parts\n\n{FILLER}"
PASSAGES = "\n\n".join(
    f"[Doc #{i}]\nOne thing is {i}. {'The pump failed.' * (i == 5)} Another is {i * 7}."
    for i in range(20)
)
TALKS = f"{FILLER}\n\nA discussion of birds.\n\n{FILLER}\n\nThe pump failed.\n"
NAMES = ("Ann Lee", "Bob")
MEETING = "\n".join(
    f"{NAMES[i % 2]}: {'The pump failed.' if i == 60 else f'I saw {i} birds.'} That is all."
    for i in range(120)
)


@pytest.mark.parametrize(
    ("text", "query", "best"),
    [
        pytest.param(LIST, "Which parts does the pump need?", "The pump needs three parts:",
            id="the sentence with the words of the question"),
        pytest.param(APART, "Does rust harm the pump?", "Rust is bad for the pump.",
            id="all words once, not one of them often"),
        pytest.param(FORMS, "What came of the evaluation?", "The results were evaluated by Ann.",
            id="another form of the word"),
        pytest.param(SECTIONS, "How is cleaning done?", "Use water.",
            id="a section whose heading answers"),
        pytest.param(TALKS, "Summarize the discussion about the pump.", "The pump failed.",
            id="not the words that say what to do"),
        pytest.param(FORMS, "Who evaluated it?\n/weather/home.txt", "The results were",
            id="not the address that a tool was called with"),
        pytest.param(APART, "What is red?\nin the pump", "The pump is red.",
            id="but what it searched for"),
    ],
)  # fmt: skip
def test_best(text, query, best):
    units = split(text)
    scores = score(text, units, query)
    found = [
        (-value, unit.start)
        for value, unit in zip(scores, units, strict=True)
        if unit.kind == "sentence"
    ]
    assert text.startswith(best, min(found)[1])


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param(MEETING, "Summarize this meeting.", id="only what is to be done"),
        pytest.param(MEETING, "What about zebras?", id="what is not there"),
        pytest.param(MEETING, "", id="nothing"),
        pytest.param("", "What is red?", id="no text"),
    ],
)
def test_nothing_is_asked_about(text, query):
    assert not any(score(text, split(text), query))


def test_what_is_near_counts_by_its_distance():
    units = split(LIST)
    scores = score(LIST, units, "Which parts does the pump need?")
    near, far = LIST.index("- a valve"), LIST.rindex("They went home.")
    by_place = {unit.start: value for unit, value in zip(units, scores, strict=True)}
    assert by_place[near] > 2 * by_place[far]


def test_another_passage_is_not_near():
    made = compressor.compress(Block(PASSAGES), Budget(400, estimate), "Why did the pump fail?")
    assert made.text == "[…]\n\n[Doc #5]\nOne thing is 5. The pump failed. Another is 35. […]"


@pytest.mark.parametrize(
    ("query", "share"),
    [
        pytest.param("Did the pump fail?", 1.0, id="all"),
        pytest.param("Was the pump's efficacy discussed?", 0.5, id="half, and what is to be done"),
        pytest.param("What about zebras?", 0.0, id="nothing"),
        pytest.param("Summarize this meeting.", 1.0, id="no question"),
    ],
)
def test_told_share(query, share):
    assert told_share(MEETING, query) == share


def test_a_transcript_may_use_more_than_what_is_written():
    budget = Budget(int(0.7 * estimate(MEETING)), estimate)
    prose = MEETING.replace(": ", " says ")
    assert is_talk(split(MEETING))
    assert not is_talk(split(prose))
    talk = compressor.compress(Block(MEETING), budget, "What did Bob say of birds?")
    written = compressor.compress(Block(prose), budget, "What did Bob say of birds?")
    assert 0.6 < estimate(talk.text) / estimate(MEETING) <= 0.7
    assert estimate(written.text) / estimate(prose) <= 0.5


def test_a_transcript_without_half_of_the_question_stays_whole():
    budget = Budget(int(0.7 * estimate(MEETING)), estimate)
    whole = compressor.compress(Block(MEETING), budget, "Was the efficacy of the pump a topic?")
    assert whole.text == MEETING
    assert compressor.compress(Block(MEETING), budget, "Did the pump fail?").omitted


def test_what_is_said_again_is_left_out_but_not_near_the_answer():
    text = f"{FILLER}\n\nThe pump fails. Call Ann.\n\n{FILLER}\n\nThe pump failed. Call Ann."
    made = compressor.compress(Block(text), Budget(250, estimate), "What if the pump fails?")
    assert made.text.count("Call Ann.") == 2
    assert made.text.count("They went home.") < 12


def test_a_gap_is_longer_than_what_it_hides():
    text = "- The pump is fine.\n- No.\n- The pump is red.\n- Nobody had anything to say there.\n"
    made = Page(text, split(text), [2.0, 0.0, 1.0, 0.0]).write(60)
    assert made.text == "- The pump is fine.\n- No.\n- The pump is red. […]"
    assert made.omitted == "1 of 4 sentences"


def _plain(hits, sizes, worth, reach):
    """Return what `hits` are worth at every unit: of all of them the nearest, faded."""
    fades = [2.718281828459045 ** (-size / reach) for size in sizes]
    worths = []
    for index in range(len(sizes)):
        best = 0.0
        for hit in hits:
            value = worth
            step = 1 if index > hit else -1
            for between in range(hit + step, index + step, step) if index != hit else ():
                value *= fades[between]
            best = max(best, value)
        worths.append(best)
    return worths


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(20, 400)), min_size=1, max_size=30))
def test_the_nearest_occurrence_counts(drawn):
    units, start = [], 0
    for number, (_, size) in enumerate(drawn):
        units.append(Unit(start, start + size, "sentence", number, 0))
        start += size
    hits = [number for number, (hit, _) in enumerate(drawn) if hit]
    near = [0.0] * len(units)
    _spread(_Hits(hits, [2.0] * len(hits), False), _fades(units), near)
    plain = _plain(hits, [size for _, size in drawn], 2.0, 500)
    for value, expected in zip(near, plain, strict=True):
        assert value == pytest.approx(expected) or (value == 0 and expected <= 0.1 + 1e-9)
