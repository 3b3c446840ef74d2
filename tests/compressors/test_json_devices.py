"""JSON: each device of the lossless spelling, and what it does with hostile input."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.compressors._json.expand import expand
from headroom_core.compressors._json.progressions import progression_of, read_progression
from headroom_core.compressors.json import JsonCompressor, decode, encode
from headroom_core.types import Block, Budget
from tests.compressors.test_json import NUMBERS, scalars, spell_list, spell_object, tokens_of
from tests.pace import within


def body_of(value):
    """Return what stands below the first line of a rendering."""
    text = value if isinstance(value, str) else json.dumps(value)
    made = JsonCompressor().compress(Block(text), Budget(None, len)).text
    assert tokens_of(decode(made)) == tokens_of(text)
    return made.partition("\n")[2]


def rows(*columns):
    """Return records with columns a, b, c ..."""
    return [dict(zip("abc", row, strict=False)) for row in zip(*columns, strict=True)]


DAY = datetime.fromisoformat("2024-02-28")
MINUTES = [f"2024-02-28T23:{minute:02}:00Z" for minute in range(50, 60)]


@pytest.mark.parametrize(
    ("value", "body"),
    [
        pytest.param(
            rows(["north"] * 6 + ["south"] * 6, [f"v{i * i}" for i in range(12)]),
            "@1 12 rows: a=@,b\n@ a=north\nv0\nv1\nv4\nv9\nv16\nv25\n"
            "@ a=south\nv36\nv49\nv64\nv81\nv100\nv121",
            id="runs of a value are said once, before their rows",
        ),
        pytest.param(
            rows(MINUTES, [f"v{i * i}" for i in range(10)]),
            "@1 10 rows: a=2024-02-28T23:50:00Z..2024-02-28T23:59:00Z step 60s,b\n"
            + "\n".join(f"v{i * i}" for i in range(10)),
            id="times in even steps are told by first, last and step",
        ),
        pytest.param(
            [*rows(MINUTES[:4] * 3), *[{"x": i, "y": f"w{i}", "z": None} for i in range(9)]],
            "@1 21 rows from: 2*12 3*9\n@2 12 rows: a=2024-02-28T23:*:00Z\n"
            + "50\n51\n52\n53\n" * 3
            + "@3 9 rows: x=0..8,y,z=null\n"
            + "\n".join(f"w{i}" for i in range(9)),
            id="records of two kinds are two tables",
        ),
        pytest.param(list(range(0, 700, 7)), "@1 100 items: @value=0..693 step 7", id="a range"),
        pytest.param(
            {"up": [True] * 40 + [False] * 30},
            '{"up":@1}\n@1 2 runs: @value,@times\ntrue,40\nfalse,30',
            id="runs of equal items",
        ),
        pytest.param(
            [f"https://example.com/users/{i * i}" for i in range(8)],
            "@1 8 items: @value=https://example.com/users/*\n"
            + "\n".join(str(i * i) for i in range(8)),
            id="items that begin alike",
        ),
        pytest.param(
            {"a": {"currency": "EUR", "amount": None, "note": "none" * 30}, "b": [1], "c": 2}
            | {"d": {"currency": "EUR", "amount": None, "note": "none" * 30}, "e": 3},
            '{"a":@1,"b":[1],"c":2,"d":@1,"e":3}\n'
            '@1 = {"currency":"EUR","amount":null,"note":"' + "none" * 30 + '"}',
            id="equal parts of a document are written once",
        ),
        pytest.param(
            "\n".join(
                json.dumps({"level": "info", "n": i} if i % 3 else {"error": f"e{i}", "at": i})
                for i in range(12)
            ),
            "@1 12 lines from: 2 3*2 2 3*2 2 3*2 2 3*2\n"
            "@2 4 rows: error,at=0..9 step 3\ne0\ne3\ne6\ne9\n"
            "@3 8 rows: level=info,n\n1\n2\n4\n5\n7\n8\n10\n11",
            id="JSON Lines of two kinds",
        ),
    ],
)
def test_devices(value, body):
    assert body_of(value) == body


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(["2024-02-30", "2024-03-01", "2024-03-02", "2024-03-03"], id="no such day"),
        pytest.param(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-05"], id="a gap"),
        pytest.param(["2024-01-01"] * 4, id="no step"),
        pytest.param(
            ["2024-01-01T00:00:00Z", "2024-01-01T00:00:01Z", "2024-01-01T00:00:02+00:00"] * 2,
            id="another zone",
        ),
        pytest.param(["2024-1-1", "2024-1-2", "2024-1-3", "2024-1-4"], id="another spelling"),
        pytest.param(["9999-12-30", "9999-12-31", "x", "y"], id="the end of time"),
        pytest.param([b"1", b"2", b"3"], id="too few"),
        pytest.param([b"1", b"2", b"3.0", b"4"], id="a fraction"),
        pytest.param([b"01", b"2", b"3", b"4"], id="another spelling of a number"),
    ],
)
def test_no_progression(fields):
    assert progression_of(fields) is None


@settings(max_examples=60, deadline=None)
@given(
    start=st.datetimes(DAY - timedelta(days=40_000), DAY + timedelta(days=40_000)),
    step=st.timedeltas(timedelta(days=-400), timedelta(days=400)).filter(bool),
    separator=st.sampled_from("T "),
    precision=st.sampled_from(["minutes", "seconds", "milliseconds", "microseconds"]),
    zone=st.sampled_from(["", "Z", "+05:30"]),
    count=st.integers(4, 25),
)
def test_a_progression_of_times_is_read_back(start, step, separator, precision, zone, count):
    times = [start + step * i for i in range(count)]
    fields = [time.isoformat(separator, precision) + zone for time in times]
    if (found := progression_of(fields)) is not None:
        read = read_progression(str(found))
        assert read is not None
        assert [read.at(i) for i in range(count)] == fields
    elif not (start.microsecond or step.microseconds):
        assert precision == "minutes"


columns = st.one_of(
    st.tuples(st.integers(-9, 9), st.integers(-3, 3)).map(
        lambda ab: [str(ab[0] + ab[1] * i) for i in range(24)]
    ),
    st.integers(1, 9000).map(
        lambda step: [f'"{(DAY + timedelta(seconds=step * i)).isoformat()}Z"' for i in range(24)]
    ),
    st.lists(st.tuples(scalars, st.integers(1, 9)), min_size=24, max_size=24).map(
        lambda runs: [value for value, times in runs for _ in range(times)][:24]
    ),
    st.lists(scalars, min_size=2, max_size=3).flatmap(
        lambda few: st.lists(st.sampled_from(few), min_size=24, max_size=24)
    ),
    st.lists(st.sampled_from(NUMBERS), min_size=24, max_size=24),
)
kinds = st.lists(
    st.dictionaries(st.sampled_from(['"a"', '"b"', '"c.d"', '"@value"']), columns, min_size=1),
    min_size=1,
    max_size=3,
).flatmap(
    lambda shapes: st.lists(
        st.tuples(st.sampled_from(shapes), st.integers(0, 23)), min_size=3, max_size=30
    )
)


@settings(max_examples=100, deadline=None)
@given(picked=kinds, lines=st.booleans())
def test_records_of_several_kinds_come_back(picked, lines):
    records = [
        spell_object({key: column[row] for key, column in shape.items()}) for shape, row in picked
    ]
    text = "\n".join(records) if lines else spell_list(records)
    assert tokens_of(decode(encode(text + " " * 3000))) == tokens_of(text)


@settings(max_examples=100, deadline=None)
@given(column=columns, more=st.lists(scalars, max_size=3))
def test_items_come_back(column, more):
    text = spell_list([*column, *more])
    assert tokens_of(decode(encode(text))) == tokens_of(text)


@settings(max_examples=60, deadline=None)
@given(
    part=st.recursive(scalars, lambda inner: st.lists(inner, max_size=5).map(spell_list)),
    others=st.lists(scalars, min_size=1, max_size=4),
)
def test_equal_parts_come_back(part, others):
    text = spell_list([value for other in others for value in (part, other, spell_list([part]))])
    assert tokens_of(decode(encode(text + " " * 500))) == tokens_of(text)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("@1 999999999 items: @value=0..999999998", id="a range without end"),
        pytest.param("@1 1 runs: @value,@times\nx,999999999999", id="a run without end"),
        pytest.param(
            '["@"]'.replace('"@"', "@1")
            + "".join(f"\n@{i} = [{','.join([f'@{i + 1}'] * 99)}]" for i in range(1, 12))
            + '\n@12 = "x"',
            id="parts of parts of parts",
        ),
        pytest.param("[@1]\n@1 = [@1]", id="a part of itself"),
        pytest.param("[@1]\n@1 3 rows from: 2*3", id="rows of a table that is not there"),
        pytest.param("@1 12 rows: a=@,b\n@ a=x\n1", id="a table that is cut off"),
        pytest.param("@1 2 rows: a=@\n@ b\n1\n2", id="a group that says nothing"),
    ],
)
def test_what_stands_for_too_much_or_for_nothing_is_refused(body):
    def work():
        with pytest.raises(ValueError, match=r"."):
            expand(body)

    within(2, work)


def test_decode_refuses_a_cut_rendering():
    text = encode(json.dumps([{"n": i * i, "state": "ready"} for i in range(40)]))
    assert decode(text.partition("\n")[0]) == text.partition("\n")[0]
    with pytest.raises(ValueError, match="more than one"):
        decode(f"{text}\nand more")
