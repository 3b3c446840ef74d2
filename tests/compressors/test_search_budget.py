"""Search results under a budget: what the question is about comes first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.search import SearchCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors import search_inputs as inputs
from tests.compressors.search_inputs import HEADED, MATCHES, WITH_CONTEXT
from tests.compressors.test_search import documents

search = SearchCompressor()


@pytest.mark.parametrize(
    ("text", "query", "tokens", "shown", "omitted"),
    [
        pytest.param(
            MATCHES, "Where is cart 42 raised?", 200,
            [r"^src/app/cart\.py \(\+\d+\)$", r"^42:raise TypeError\('cart 42'\)$", "user"],
            r"\d+ of 150 matches", id="the match that the question names, below its path",
        ),
        pytest.param(
            MATCHES, "Where is cart 42 raised?", 40,
            [r"^src/app/cart\.py \(\+\d+\)$", r"^42:raise TypeError\('cart 42'\)$"],
            r"\d+ of 150 matches", id="even if there is room for little else",
        ),
        pytest.param(
            WITH_CONTEXT, "What about call 100?", 150,
            [r"^my-app/a-1-b\.ts", r"^100:call\(100\)$"],
            r"\d+ of 95 lines", id="with context, lines are counted",
        ),
        pytest.param(
            HEADED, "puts three 11", 90, [r"^lib/deep/three\.rb", r"^11:puts 'three 11'$"],
            r"\d+ of 42 matches", id="paths above their rows",
        ),
        pytest.param(
            inputs.MINIFIED, "wanted_thing", 600, [r"^1:….*wanted_thing\(\).*…$"],
            r"\d+ of 151 matches, parts of 1 lines", id="long lines are cut around the question",
        ),
        pytest.param(
            MATCHES + "\nsrc/app/order.py:99:def total(order):", "Where is the total of an order?",
            160, [r"^99:def total\(order\):$"], r"\d+ of 151 matches", id="definitions come first",
        ),
        pytest.param(
            "\n".join(
                f"a/x{i}.c:{i}: {'ABCDEFGHIJK'[i % 11] * 3} is defined by lock_order"
                if i % 9 == 5
                else f"a/x{i % 9}.c:{i}:  x = lock_order(n);"
                for i in range(99)
            )
            + "\nz/tests/x.c:3:int lock_order(int n) {", "Where is lock_order defined?", 60,
            [r"^3:int lock_order"], r"\d+ of 100 matches",
            id="a definition before what only speaks of one",
        ),
        pytest.param(
            "\n".join(f"src/a{i}.c:{i}:  retry_header(x{i});" for i in range(80))
            + "\nlib/http.c:7:static int parse_retry_header(struct req *r)",
            "Which function parses the headers of a retry?", 120,
            [r"^lib/http.c", r"^7:static int parse_retry_header"], r"\d+ of 81 matches",
            id="also if the question only says it in other words",
        ),
        pytest.param(
            inputs.REPEATED, "Where is it thrown?", 250, [r"^8,16,24,.*:throw new Illegal"],
            r"\d+ of 83 matches", id="what says the same in one file is one line",
        ),
        pytest.param(
            inputs.COLUMNS, "f(3)", 150, [r"^\d+:\d:err := f\(3\)$"],
            r"\d+ of 30 matches", id="columns",
        ),
        pytest.param(
            inputs.NO_NUMBERS, "Where is sys imported?", 60, [r"^ import sys$"],
            r"\d+ of 40 matches", id="no numbers",
        ),
        pytest.param(
            inputs.ONE_FILE, "What is x7?", 40, [r"^52:self.x7 = 7$"],
            r"\d+ of 30 matches", id="one file that nobody names",
        ),
        pytest.param(
            inputs.COUNTS, "What about m48?", 60,
            [r"^src/a/m48\.c:0$", r":3$", "^also in ", r"^0 in \d+ other files$"],
            r"\d+ of 30 files", id="counts: most first",
        ),
        pytest.param(
            inputs.COLOURED, "return 7", 200, [r"^8:return 7$"], r"\d+ of 40 matches", id="colours",
        ),
        pytest.param(
            "\n".join(f"a/b{i % 9}/c{i}/d.py:{i}:value_{i * i}" for i in range(300)),
            "value_4", 120,
            [r"^also in .*a/ \d+ in \d+ files$"], r"\d+ of 300 matches",
            id="files for which there is no room are counted by folder",
        ),
    ],
)  # fmt: skip
def test_ranked_by_the_question(text, query, tokens, shown, omitted):
    made = search.compress(Block(text), Budget(tokens, estimate), query)
    assert estimate(made.text) <= tokens
    assert re.fullmatch(omitted, made.omitted)
    for pattern in shown:
        assert re.search(pattern, made.text, re.MULTILINE), made.text


def test_kept_lines_are_whole_and_come_first():
    line = "src/x/last.py:7:   KEEP " + "x = 1; " * 100
    keep = re.compile("KEEP")
    made = search.compress(Block(f"{MATCHES}\n{line}"), Budget(700, estimate, keep), "cart 42")
    assert line.removeprefix("src/x/last.py:") in made.text.split("\n")


def test_kept_lines_keep_their_indentation():
    text = f"{MATCHES}\nsrc/z.py:7:x = 1\nsrc/z.py:9:    x = 1"
    made = search.compress(Block(text), Budget(200, estimate, re.compile("x = 1")), "cart 42")
    assert {"7:x = 1", "9:    x = 1"} <= set(made.text.split("\n"))


def test_kept_lines_that_do_not_fit_leave_the_text_lossless():
    made = search.compress(Block(MATCHES), Budget(100, estimate, re.compile("raise")), "cart 42")
    assert made.omitted == ""


def test_every_file_is_named_with_its_matches():
    text = "\n".join(f"pkg/m{i % 20}.py:{i}:value = {i}" for i in range(200))
    made = search.compress(Block(text), Budget(300, estimate), "value 70")
    for number in range(20):
        named = re.search(rf"m{number}\.py(?: \(\+(\d+)\)| (\d+)|\b)", made.text)
        assert named, made.text
    hidden = sum(int(a or b) for a, b in re.findall(r"\(\+(\d+)\)|\.py (\d+)", made.text))
    assert made.omitted == f"{hidden} of 200 matches"


@pytest.mark.parametrize("form", ["plain", "headed"])
def test_no_number_stands_beside_the_text_of_another(form):
    source = {f"d{i % 3}/f{i % 7}.py": {} for i in range(21)}
    for number, path in enumerate(list(source) * 9):
        source[path][number + 1] = f"call_{number * 7919 % 13}(x)"
    parts = []
    for path, rows in source.items():
        said = [f"{number}:{text}" for number, text in rows.items()]
        parts.append(
            "\n".join([path, *said] if form == "headed" else [f"{path}:{s}" for s in said])
        )
    text = ("\n\n" if form == "headed" else "\n").join(parts)
    made = search.compress(Block(text), Budget(250, estimate), "call_7")
    assert made.omitted
    path = ""
    for line in made.text.split("\n"):
        if row := re.fullmatch(r"([\d,]+):(.*)", line):
            assert all(source[path][int(number)] == row[2] for number in row[1].split(","))
        elif not line.startswith("also in "):
            path = re.sub(r" \(\+\d+\)$", "", line)


@hypothesis_settings(max_examples=200, deadline=None)
@given(documents, st.integers(1, 120), st.sampled_from(["", "where is y?", "a.py"]))
def test_kept_lines_survive_and_counts_are_true(text, tokens, query):
    keep = re.compile("[yz]$", re.MULTILINE)
    made = search.compress(Block(text), Budget(tokens, estimate, keep), query)
    if not made.omitted:
        return
    assert estimate(made.text) <= tokens
    shown = [re.sub(r" \(\+\d+\)$", "", row) for row in made.text.split("\n")]
    texts = {re.sub(r"^[\d,:]*[:=-]", "", row).strip() for row in shown} | set(shown)
    if text.count("\r") == text.count("\n") == text.count("\r\n"):
        text = text.replace("\r\n", "\n")
    for line in text.split("\n"):
        if keep.search(line):
            assert any(line.endswith(row) for row in texts if row)
    count = re.fullmatch(
        r"(\d+) of (\d+) (?:matches|lines|files).*|parts of .*|the indent.*", made.omitted
    )
    assert count
    if count[1]:
        assert 0 < int(count[1]) <= int(count[2])
