"""What holds for the parts of every document, and how long the worst of them take."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.compressors._json.cells import name
from headroom_core.retrieval import select

keys = st.text(max_size=6) | st.sampled_from(["a", "a.b", "0", "[1]", 'q"', "\\", "é", ""])
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
documents = st.lists(values, max_size=5) | st.dictionaries(keys, values, max_size=5)


def parts(found):
    texts, position = [], 0
    for start, end in found.offsets:
        texts.append(found.text[position : position + end - start])
        position += end - start + 1
    return texts


def walk(value, path=""):
    yield path, value
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{name(key)}" if path else name(key))


@settings(max_examples=80, deadline=None)
@given(documents, st.sampled_from([None, 2]), st.booleans())
def test_every_path_leads_to_its_value(document, indent, ascii_only):
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    for path, value in walk(document):
        found = select("k", text, path=path or "$")
        assert [json.loads(part) for part in parts(found)] == [value], path
        if not found.whole:
            assert found.labels[0].split(", row ")[0] == path


@settings(max_examples=60, deadline=None)
@given(st.lists(values, min_size=1, max_size=30), st.sampled_from([None, 1]))
def test_every_row_is_the_row(rows, indent):
    found = select("k", json.dumps({"x": rows}, indent=indent), path="x", rows="1-99")
    assert [json.loads(part) for part in parts(found)] == rows


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 20_000 + "]" * 20_000, id="deep lists"),
        pytest.param('{"a":' * 20_000 + "1" + "}" * 20_000, id="deep objects"),
        pytest.param('[{"a": 1}, ' * 20_000, id="lists that stay open"),
        pytest.param('["' * 20_000, id="strings that stay open"),
        pytest.param("[" + "[],{}," * 20_000 + "0]", id="many empty parts"),
        pytest.param('"' * 20_001 + ",\n" + '",' * 20_000, id="quotes"),
    ],
)
@pytest.mark.timeout(20)
def test_hostile_originals_take_no_longer(text):
    for options in ({"rows": "3"}, {"path": "a.a.a"}, {"path": "[0][0]"}, {"query": "x y"}):
        assert select("k", text, **options).total_chars == len(text)
