from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from headroom_core import find_envelopes
from headroom_core.envelope import wrap

body = st.text(st.characters(exclude_characters="\n"), max_size=20)


@given(st.lists(body, min_size=1, max_size=5).map("\n".join), body, body)
def test_what_was_wrapped_is_found(inner, before, after):
    text = f"x{before}\n{wrap('log', inner, 'how to read it')}\ny{after}"
    assert [(e.kind, e.body) for e in find_envelopes(text)][-1:] == [("log", inner)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[headroom log, 3 lines]\na\nb", id="fewer lines than it says"),
        pytest.param("x [headroom log, 1 lines]\na", id="not at the start of a line"),
        pytest.param("[headroom LOG, 1 lines]\na", id="a kind nobody has"),
        pytest.param("[headroom log, 1 lines]", id="no body"),
    ],
)
def test_what_only_looks_like_one_is_not_found(text):
    assert list(find_envelopes(text)) == []


def test_a_header_inside_a_body_belongs_to_the_body():
    inner = wrap("log", "a")
    assert [e.body for e in find_envelopes(wrap("json", inner))] == [inner]
