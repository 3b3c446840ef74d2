"""Tables as programs print them from data: every style of tabulate, and the frames of pandas."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings, strategies as st
from rich import box
from rich.console import Console
from rich.table import Table
from tabulate import tabulate

from headroom_core import expand
from headroom_core.compressors.table import TableCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget

COMPRESSOR = TableCompressor()
STYLES = (
    "simple rst presto pipe github orgtbl psql pretty outline grid rounded_grid simple_grid "
    "fancy_grid heavy_outline double_outline mixed_grid"
).split()
ORDERS = [
    [number, 1000 + number, name, amount, ["paid", "paid", "open"][number % 3]]
    for number in range(60)
    for name in [["alice", "bob", "carol smith"][number * 7 % 3]]
    for amount in [None if number % 19 == 5 else round(number * 7.37 % 90, number % 3)]
]
NAMES = ["", "order", "customer", "amount", "status"]


def compress(text):
    return COMPRESSOR.compress(Block(text), Budget(None, estimate)).text


def frame(rows, names, cut=""):
    """Return a table as pandas prints it: an index without a name, all else at the right."""
    cells = [["", *names], *([str(at), *map(str, row)] for at, row in enumerate(rows))]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        row[0].ljust(widths[0])
        + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        + (cut if at == 0 else " " * len(cut))
        for at, row in enumerate(cells)
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_style_of_tabulate(style):
    text = tabulate(ORDERS, headers=NAMES, tablefmt=style)
    assert COMPRESSOR.detect(Block(text)) > 0.95
    made = compress(text)
    assert expand(made) == text
    assert estimate(made) < 0.7 * estimate(text)
    assert "order=1000..1059,customer,amount,status=paid" in made


@pytest.mark.parametrize("style", STYLES)
@given(
    rows=st.lists(
        st.tuples(
            st.floats(-1e4, 1e4).map(lambda value: round(value, 2)) | st.none(),
            st.sampled_from(["a", "b b", "-1.5", "x.y"]),
            st.integers(-5, 10**6),
        ),
        min_size=5,
        max_size=30,
    )
)
@settings(max_examples=15)
def test_whatever_is_in_it_comes_back(style, rows):
    text = tabulate(rows, headers=["value", "name", "count"], tablefmt=style)
    made = compress(f"before\n\n{text}\n\nbehind")
    assert expand(made) == f"before\n\n{text}\n\nbehind"


@pytest.mark.parametrize("style", [box.HEAVY_HEAD, box.SQUARE, box.ASCII2, box.MARKDOWN], ids=repr)
def test_a_table_of_rich(style):
    table = Table(*NAMES, box=style)
    for order in ORDERS:
        table.add_row(*map(str, order))
    console = Console(width=100, file=io.StringIO(), force_terminal=False)
    console.print(table)
    text = console.file.getvalue()
    made = compress(text)
    assert expand(made) == text
    assert "order=1000..1059,customer,amount,status=paid" in made


def test_a_frame_of_pandas():
    rows = [[order, name, amount, f"2026-01-01 {order % 24:02}:00:00"]
            for _, order, name, amount, _ in ORDERS]  # fmt: skip
    text = frame(rows, ["order", "customer", "amount", "created"])
    assert COMPRESSOR.detect(Block(text)) > 0.95
    made = compress(text)
    assert expand(made) == text
    assert '""=0..59,order=1000..1059,customer,amount,created=2026-01-01 ' in made


def test_a_wide_frame_is_a_table_for_each_of_its_parts():
    parts = [
        frame(
            [[f"{at * place % 97 / 97:.6f}" for place in range(first, first + 5)]
             for at in range(40)],
            [f"feature_{place}" for place in range(first, first + 5)],
            cut,
        )
        for first, cut in [(3, "  \\"), (8, "")]
    ]  # fmt: skip
    text = f"{parts[0]}\n\n{parts[1]}\n\n[40 rows x 10 columns]"
    made = COMPRESSOR.compress(Block(text), Budget(600, estimate, None, 1000))
    assert "of 40 rows: #," in made.text
    assert "feature_3: " in made.text
    assert "feature_12: " in made.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("  The first line is set in.\nThe second one is not, and they\n"
                     "go on like this for some time,\nuntil they end.", id="prose"),
        pytest.param("    a b\nroot x 1\nroot yy 22\nroot zzz 3\nend", id="at the left"),
    ],
)  # fmt: skip
def test_what_is_no_frame(text):
    assert compress(text * 9) == text * 9
    assert COMPRESSOR.detect(Block(text)) < 0.5
