"""JSON: what tables look like, that they say the same as the source, and what a budget keeps."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core import expand
from headroom_core.compressors._json.header import read_header
from headroom_core.compressors._json.value import dump, parse
from headroom_core.compressors.json import JsonCompressor
from headroom_core.types import Block, Budget

COMPRESSOR = JsonCompressor()
HOSTILE_STRINGS = [
    *("", " ", "a b", "a,b", "a;b", "(a)", "x)", "[x", "x]", "{", "}", '"', "\\", '\\"', "a=[1"),
    *("line\nbreak", "\r", "\t", "\x00z", "\x7f", "\u2028", "é", "\ud800", "\udc00x", "😀"),
    *("1", "1.0", "-0", "1e5", "00", "null", "true", "NaN", "0..3", "0..3 step 2", "-"),
    *("@ x", "@1", "@1 3 rows: a", "@key", "@value", "@order", "~", '~"', "*", "a*b", "<a>", "%s"),
    *("?", "a?", "a:text", "=", "a=", "a.b", "#", "items/1", "items/2", "items/30"),
    "[headroom json, 2 lines]",
]
NUMBERS = ["0", "-0", "7", "1.0", "1.00", "1e0", "1E+2", "-1.5e-7", "9" * 30, "1e400", "0.1"]


def compress(text, tokens=None, query="", keep=None):
    """Return what the compressor makes of a text; a token is three characters."""
    budget = Budget(tokens, lambda counted: len(counted) // 3, keep and re.compile(keep))
    return COMPRESSOR.compress(Block(text), budget, query)


def rows_of(count, **more):
    return [
        {"id": i, "name": f"user{i}", "state": "ok", "size": i * 37 % 101, **more}
        for i in range(count)
    ]


def tokens_of(text):
    """Return what a JSON text says, number spellings and key order included; slow and obvious."""
    hooks = {
        "object_pairs_hook": lambda pairs: ("object", pairs),
        "parse_int": lambda digits: ("number", digits),
        "parse_float": lambda digits: ("number", digits),
    }
    try:
        return json.loads(text, **hooks)
    except ValueError:
        return [json.loads(line, **hooks) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            '[{"a": "x y", "b": 1}, {"a": "z", "b": 1}, {"a": "w", "b": 1}]' + " " * 120,
            "@1 3 rows: a,b=1\nx y\nz\nw",
            id="what is the same in every row stands in the header",
        ),
        pytest.param(
            json.dumps([{"n": i, "s": "up" if i != 7 else "down"} for i in range(20, 0, -1)]),
            "@1 20 rows: n,s=up\n"
            + "\n".join(f"{i},s=down" if i == 7 else str(i) for i in range(20, 0, -1)),
            id="a row says what is different about it, and which row it is",
        ),
        pytest.param(
            json.dumps([{"n": i * 2, "s": f"x{i * i}"} for i in range(21)]),
            "@1 21 rows: n=0..40 step 2,s\n"
            + "\n".join(f"#{i * 2}\nx{i * i}" if i in (10, 20) else f"x{i * i}" for i in range(21)),
            id="what only counts is said at every tenth row",
        ),
        pytest.param(
            json.dumps([{"s": "up" if i != 7 else "down", "t": "it works"} for i in range(9)]),
            "@1 9 rows: s=up,t=it works\n"
            + "\n".join(f"{i},s=down" if i == 8 else str(i) for i in range(1, 10)),
            id="a row without cells has its number",
        ),
        pytest.param(
            json.dumps([{"key": "long enough", "deep": {"x": i * i, "y": None}} for i in range(9)]),
            "@1 9 rows: key=long enough,deep.x,deep.y=null\n"
            + "\n".join(str(i * i) for i in range(9)),
            id="nested keys become dotted columns",
        ),
        pytest.param(
            json.dumps({"at": "x" * 20, "rows": [{"name": "ab"[i % 2] * i} for i in range(3, 14)]}),
            '{"at":"' + "x" * 20 + '","rows":@1}\n@1 11 rows: name\n'
            "bbb\naaaa\nbbbbb\naaaaaa\nbbbbbbb\naaaaaaaa\nbbbbbbbbb\naaaaaaaaaa\nbbbbbbbbbbb\n"
            "aaaaaaaaaaaa\nbbbbbbbbbbbbb",
            id="a document points to its tables",
        ),
        pytest.param(
            json.dumps([{"n": f"u{i * i}", "mail": f"u{i * i}@example.com"} for i in range(5)]),
            "@1 5 rows: n,mail=<n>@example.com\nu0\nu1\nu4\nu9\nu16",
            id="a column that follows from another is said once",
        ),
        pytest.param(
            json.dumps({f"k{i}": {"v": i % 2, "w": "some text"} for i in range(4)}, indent=9),
            "@1 4 entries: @key,v,w=some text\nk0,0\nk1,1\nk2,0\nk3,1",
            id="an object used as a map is a table with its keys first",
        ),
        pytest.param(
            "\n".join(f'{{"level": "info", "id": {i * i}}}' for i in range(9)) + " " * 60,
            "@1 9 lines: level=info,id\n" + "\n".join(str(i * i) for i in range(9)),
            id="JSON Lines are a table too",
        ),
    ],
)
def test_tables(text, body):
    made = compress(text)
    assert made.omitted == ""
    assert made.text.split("\n", 1)[1] == body
    assert tokens_of(expand(made.text)) == tokens_of(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"a": 1, "a": 2}]' * 9, id="not one document"),
        pytest.param("[" + '{"a": 1, "a": 2},' * 9 + "{}]", id="a key that occurs twice"),
        pytest.param('[{"a": NaN}, {"a": Infinity}, {"a": 1}]', id="numbers that JSON lacks"),
        pytest.param("\ufeff" + json.dumps(rows_of(9)), id="a byte order mark"),
        pytest.param("[" * 10_000 + "]" * 10_000, id="nesting without end"),
        pytest.param('[{"a": "\ud800"}, {"a": 1}, {"a": 1}]', id="a raw surrogate"),
        pytest.param('{"a": 1}\n{"a": 2}\n[3]', id="lines that are not all objects"),
        pytest.param('{"a":1}', id="what is short already"),
    ],
)
def test_left_alone(text):
    assert compress(text).text == text
    assert compress(text, tokens=20).text == text


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        pytest.param('\n [{"a": 1}]\n', True, id="a list of objects"),
        pytest.param('{"a": 1}', True, id="an object"),
        pytest.param('{"a": 1}\n{"a": 2}', True, id="JSON Lines"),
        pytest.param("[1, 2]", True, id="numbers"),
        pytest.param("[2024-01-01 00:00:00] started [ok]", False, id="a log line in brackets"),
        pytest.param("[INFO] started [ok]", False, id="a level in brackets"),
        pytest.param('{"a": 1} and more', False, id="words behind it"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_detect(text, sure):
    assert (COMPRESSOR.detect(Block(text)) > 0.5) is sure


def test_minified_json_needs_no_envelope():
    text = json.dumps({"a": [1.50, "x"], "b": {"c": None}}, indent=4)
    assert compress(text).text == '{"a":[1.5,"x"],"b":{"c":null}}'


strings = st.sampled_from(HOSTILE_STRINGS) | st.builds(
    str.__add__, st.sampled_from(["item/", "a,", "https://example.com/x/"]), st.text(max_size=3)
)
quoted = st.builds(json.dumps, strings)
scalars = quoted | st.sampled_from([*NUMBERS, "null", "true", "false", "{}", "[]"])


def spell_object(entries):
    return "{" + ",".join(f"{key}:{value}" for key, value in entries.items()) + "}"


def spell_list(values):
    return "[" + ",".join(values) + "]"


def records(values):
    """Return lists of records that share most of their keys, in one order or in several."""
    keys = st.lists(quoted | st.sampled_from(['"a"', '"b"', '"c"']), min_size=1, max_size=5)

    def rows(shape):
        row = st.dictionaries(st.sampled_from(shape), values, max_size=len(shape))
        fixed = st.fixed_dictionaries(dict.fromkeys(shape, values))
        column = st.lists(values, min_size=1, max_size=2).flatmap(
            lambda few: st.fixed_dictionaries(dict.fromkeys(shape, st.sampled_from(few)))
        )
        return st.lists((fixed | column | row).map(spell_object), min_size=2, max_size=12)

    return keys.flatmap(rows).map(spell_list)


documents = st.recursive(
    scalars,
    lambda inner: st.one_of(
        records(inner),
        st.lists(inner, max_size=4).map(spell_list),
        st.dictionaries(quoted, inner, max_size=6).map(spell_object),
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(text=records(documents) | documents)
def test_expanding_gives_the_same_tokens_back(text):
    text = text + " " * 4000  # so that even a poor table is shorter, and is put to the test
    made = compress(text)
    assert made.omitted == ""
    assert tokens_of(expand(made.text)) == tokens_of(text) or made.text == text


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [{"id": f"x{i * i}", "in": [{"n": 3 * i + j} for j in range(3)]} for i in range(9)],
            id="numbers that count on from one nested list to the next",
        ),
        pytest.param([{"a": f"~/home/u{i * i}"} for i in range(9)], id="a prefix with a tilde"),
        pytest.param([{"a": f'say "{i * i}", ok'} for i in range(9)], id="an affix with quotes"),
        pytest.param([{"a": "<a>*..", "b": i * i} for i in range(9)], id="a constant with signs"),
        pytest.param([{"a": [{"b": 'x"=[1'}]}] * 9, id="a string that looks like an exception"),
        pytest.param([{} for _ in range(40)], id="records without keys"),
        pytest.param([{"a": {}} if i % 2 else {} for i in range(40)], id="empty is not missing"),
    ],
)
def test_records_that_are_hard_to_write(rows):
    text = json.dumps(rows, indent=4)
    made = compress(text)
    assert len(made.text) < len(text)
    assert tokens_of(expand(made.text)) == tokens_of(text)


@settings(max_examples=60, deadline=None)
@given(text=documents)
def test_values_are_written_as_they_were_read(text):
    try:
        value = parse(text)
    except ValueError:
        return
    assert tokens_of(dump(value)) == tokens_of(text)


@settings(max_examples=60, deadline=None)
@given(text=records(documents), tokens=st.integers(0, 400), query=strings)
def test_any_budget_gives_an_answer(text, tokens, query):
    made = compress(text, tokens=tokens, query=query)
    if made.omitted:
        assert len(made.text) // 3 <= tokens
        expand(made.text)


@pytest.mark.parametrize("header", ["", "a[b", "a=(", "a,,b", 'a"', "a=~x", "@order(x)", "a)b"])
def test_what_is_no_header_is_refused(header):
    with pytest.raises(ValueError, match=r"."):
        read_header(header)
