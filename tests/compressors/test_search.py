"""Search results, grouped by file and ranked by the question."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from headroom_core.compressors.search import SearchCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget

search = SearchCompressor()

MATCHES = "\n".join(
    f"src/app/{name}.py:{number}:        raise {error}('{name} {number}')"
    for name, error in [("user", "KeyError"), ("order", "ValueError"), ("cart", "TypeError")]
    for number in range(10, 60)
)
WITH_CONTEXT = "\n--\n".join(
    "\n".join(
        f"my-app/a-1-b.ts{':' if number == middle else '-'}{number}"
        f"{':' if number == middle else '-'}\t\tcall({number})"
        for number in range(middle - 2, middle + 3)
    )
    for middle in range(10, 200, 10)
)
HEADED = "\n\n".join(
    "\n".join([f"lib/deep/{name}.rb", *(f"{n}:    puts '{name} {n}'" for n in range(1, 15))])
    for name in ("one", "two", "three")
)
ONE_FOLDER = "".join(f"./conf/{i // 4}.yml:{i + 1}:  - item {i}\n" for i in range(40))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param(MATCHES, 0.9, 1, id="grep -n"),
        pytest.param(WITH_CONTEXT, 0.9, 1, id="rg -C2, paths with dashes and digits"),
        pytest.param(HEADED, 0.9, 1, id="rg --heading"),
        pytest.param(ONE_FOLDER, 0.9, 1, id="grep -rn in ."),
        pytest.param("C:\\a b\\c.cs:4:x\n" * 9, 0.9, 1, id="paths of Windows"),
        pytest.param(
            "src/a.c:7:3: error: no\n" * 9, 0.5, 0.7, id="compiler diagnostics, less sure"
        ),
        pytest.param("a/b.py:1:x", 0, 0, id="a single line is no listing"),
        pytest.param(f"{MATCHES[:400]}\n" + "word word\n" * 90, 0, 0, id="mostly something else"),
        pytest.param("2025-02-13T11:46:07.700Z up\n" * 9, 0, 0, id="timestamps"),
        pytest.param("[task 2025-02-13T11:46:07.700Z] up\n" * 9, 0, 0, id="timestamps in brackets"),
        pytest.param(
            "nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO x\n" * 9,
            0,
            0,
            id="names of files that end in a time",
        ),
        pytest.param("/var/log/a-10:22:33 started\n" * 9, 0, 0, id="times behind a path"),
        pytest.param(
            "app/x.log\n10:22:33 a\n10:22:33 b\n10:22:34 c\n", 0, 0, id="a log below a path"
        ),
        pytest.param("http://localhost:80:x\n" * 9, 0, 0, id="addresses"),
        pytest.param("ERROR:12:x\n" * 9, 0, 0, id="words"),
        pytest.param("{'a':1:2}\n" * 9, 0, 0, id="brackets"),
        pytest.param("x" * 100_000, 0, 0, id="a long line"),
    ],
)
def test_detect(text, low, high):
    assert low <= search.detect(Block(text)) <= high


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            "src/a/x.py:1:    one\nsrc/a/x.py:12:      two\nsrc/a/y.py:3:\tthree\nsrc/z.py:4:four",
            "root src/\na/x.py +4\n1:one\n12:  two\ny.py +1t\n3:three\n./z.py\n4:four",
            id="folders are named once, common indentation is cut",
        ),
        pytest.param(
            "a.py:1:x\nb.py:1:x\na.py:2:x", "root \na.py\n1:x\nb.py\n1:x\na.py\n2:x",
            id="the order of files is kept",
        ),
        pytest.param(
            "a.py:1:x\nBinary file b matches\na.py:2:y\n\n",
            "root \na.py\n1:x\n|Binary file b matches\n2:y\n\n",
            id="other lines are carried along",
        ),
        pytest.param(
            "a.py-1-x\na.py:2:y\n--\na.py:9:z\n", "gaps, root \na.py\n1-x\n2:y\n9:z\n",
            id="a separator that the numbers imply is left out",
        ),
        pytest.param(
            "a.py:2:y\n--\na.py:3:z", "root \na.py\n2:y\n--\n3:z",
            id="a separator that they do not imply is not",
        ),
        pytest.param(
            "lib/a.rb\n1:x\n\nlib/b.rb\n2:y", "headed, root lib/\na.rb\n1:x\n\nb.rb\n2:y",
            id="paths above their rows stay there",
        ),
        pytest.param("a/b.c:1:2:x", "root a/\nb.c\n1:2:x", id="columns stay with the text"),
        pytest.param("a/1-x.py:3:y", "root a/\n|a/1-x.py:3:y", id="a name that reads as a row"),
        pytest.param(
            "y/a.md:1:p\ny/2-b.md:3:q\nz/c.md:1:r",
            "root \ny/a.md\n1:p\n|y/2-b.md:3:q\nz/c.md\n1:r",
            id="a name that would read as one",
        ),
        pytest.param("a/b.py +2.c:3:y", "root a/\nb.py +2.c\n3:y", id="a name with a plus"),
        pytest.param("a/b.py:1:  \na/b.py:2:", "root a/\nb.py +1\n1: \n2:", id="blank texts"),
    ],
)  # fmt: skip
def test_lossless_body(text, body):
    assert [found.body for found in find_envelopes(lossless(text))] == [body]
    assert search.expand(body) == text


def lossless(text):
    """The lossless rendering, even if it is longer."""
    budget = Budget(None, lambda counted: not counted.startswith("[headroom search"))
    return search.compress(Block(text), budget).text


@pytest.mark.parametrize("text", [MATCHES, WITH_CONTEXT], ids=["matches", "matches with context"])
def test_lossless_saves_a_quarter(text):
    made = search.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    assert estimate(made.text) < 0.75 * estimate(text)
    assert search.expand(next(find_envelopes(made.text)).body) == text


@pytest.mark.parametrize(
    ("text", "query", "tokens", "shown", "omitted"),
    [
        pytest.param(
            MATCHES, "Where is cart 42 raised?", 200,
            [r"^src/app/cart\.py \(\+\d+\)$", r"^42:raise TypeError\('cart 42'\)$", "user"],
            r"\d+ of 150 matches", id="the match that the question names, below its full path",
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
            f"{MATCHES}\nsrc/app/min.js:1:{'x=1;' * 300}wanted_thing(){'y=2;' * 300}",
            "wanted_thing", 600, [r"^1:….*wanted_thing\(\).*…$"],
            r"\d+ of 151 matches, parts of 1 lines", id="long lines are cut around the question",
        ),
        pytest.param(
            MATCHES + "\nsrc/app/order.py:99:def total(order):", "Where is the total of an order?",
            160, [r"^99:def total\(order\):$"], r"\d+ of 151 matches", id="definitions come first",
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


names = st.sampled_from(
    [
        *("a.py", "src/b-1-c.ts", "./x/y.c", "/etc/z.conf", "1-a/2-b.md", "|a/b", "a b/c.d"),
        *("x +4", "a/b +4", "C:\\w\\x.cs", "dir/", "-", "--", "root ", "Makefile"),
    ]
)
numbers = st.sampled_from(["1", "2", "3", "10", "007", "9999999999", "", "x", "²"])
texts = st.sampled_from(["x", "  y", "\tz", "", " ", "\t", "a:1:b", "-1-", "\r", "|", "\u2028"])
lines = st.one_of(
    st.builds("{0}:{1}:{2}".format, names, numbers, texts),
    st.builds("{0}-{1}-{2}".format, names, numbers, texts),
    st.builds("{0}:{1}".format, numbers, texts),
    names,
    st.sampled_from(["--", "", " ", "|x", "[headroom search, 2 lines]", "Binary file x matches"]),
    st.text(max_size=12),
)
documents = st.lists(lines, max_size=14).map("\n".join)


@hypothesis_settings(max_examples=300, deadline=None)
@given(documents)
def test_expand_gives_the_exact_text_back(text):
    made = lossless(text)
    if made != text:
        assert search.expand(next(find_envelopes(made)).body) == text


@hypothesis_settings(max_examples=100, deadline=None)
@given(documents, st.integers(1, 120), st.sampled_from(["", "where is y?", "a.py"]))
def test_kept_lines_survive_and_counts_are_true(text, tokens, query):
    keep = re.compile("[yz]$", re.MULTILINE)
    made = search.compress(Block(text), Budget(tokens, estimate, keep), query)
    if not made.omitted:
        return
    assert estimate(made.text) <= tokens
    shown = [re.sub(r" \(\+\d+\)$", "", row) for row in made.text.split("\n")]
    for line in text.split("\n"):
        if keep.search(line):
            assert any(line.endswith(row) for row in shown if row)
    count = re.fullmatch(
        r"(\d+) of (\d+) (?:matches|lines).*|parts of .*|the indent.*", made.omitted
    )
    assert count
    if count[1]:
        rows = [row for row in shown if row and not row.startswith("also in ")]
        headings = [row for row in rows if not re.match(r"\d+[:-]", row) or "/" in row]
        assert 0 < int(count[1]) <= int(count[2])
        assert len(rows) >= int(count[2]) - int(count[1]) >= len(rows) - len(headings)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a.py:1:" + "x" * 1_000_000, id="one long match"),
        pytest.param("a.py:1:x\n" * 100_000, id="one line again and again"),
        pytest.param("\n".join(f"d{i}/a.py:{i}:x{i}" for i in range(40_000)), id="a file a match"),
        pytest.param("\n".join(f"a.py:{i}:x{i}" for i in range(60_000)), id="one large file"),
        pytest.param("a.py:1:x\n" + "\n" * 1_000_000, id="line breaks"),
        pytest.param("a.py:1:x\n" + "a.py-" * 200_000, id="dashes"),
        pytest.param(
            "a.py:1:x\n" + ("a-1-" * 100 + "\n") * 2_000, id="paths that may begin anywhere"
        ),
    ],
)
def test_hostile_text_takes_linear_time(text):
    start = time.process_time()
    search.detect(Block(text))
    search.compress(Block(text), Budget(300, estimate), "where is x7?")
    assert time.process_time() - start < 0.3 + 2 * len(text) / 1e6
