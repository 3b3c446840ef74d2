from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, strategies as st

from headroom_core.marker import Marker, find_markers, is_key_of, make_key

SECRET = b"s" * 32
DIGEST = hashlib.sha256(b"text").digest()


def test_a_key_is_24_hex_digits_and_depends_on_secret_scope_and_bytes():
    key = make_key(SECRET, "a", DIGEST)
    assert len(key) == 24
    assert int(key, 16)
    others = [
        make_key(b"t" * 32, "a", DIGEST),
        make_key(SECRET, "b", DIGEST),
        make_key(SECRET, "a", hashlib.sha256(b"other").digest()),
    ]
    assert len({key, *others}) == 4


@given(st.text(max_size=9), st.text(max_size=9), st.binary(min_size=32, max_size=32))
def test_a_key_is_known_by_its_own_secret_and_scope_only(mine, other, digest):
    key = make_key(SECRET, mine, digest)
    assert is_key_of(SECRET, mine, key)
    if mine != other:
        assert not is_key_of(SECRET, other, key)


@given(st.text(max_size=30))
def test_no_text_is_a_key_by_accident(text):
    assert not is_key_of(SECRET, "", text)


def test_a_marker_is_found_again_in_any_text():
    marker = Marker(make_key(SECRET, "", DIGEST), "1,204 of 2,000 lines, 3 strings cut")
    assert find_markers(f"before\n{marker}\nafter {marker}") == [marker, marker]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[3 rows omitted; headroom_retrieve hash=0123]", id="a short key"),
        pytest.param(
            "[[3] omitted; headroom_retrieve hash=" + "0" * 24 + "]", id="brackets inside"
        ),
        pytest.param("[3 rows omitted; headroom_retrieve hash=" + "G" * 24 + "]", id="not hex"),
        pytest.param("[" * 50_000, id="brackets and nothing else"),
    ],
)
def test_what_only_looks_like_a_marker_is_not_found(text):
    assert find_markers(text) == []
