"""Search results in their lossless form."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.search import SearchCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors import search_inputs as inputs
from tests.pace import within

search = SearchCompressor()


def lossless(text):
    """The lossless rendering, even if it is longer."""
    budget = Budget(None, lambda counted: not counted.startswith("[headroom search"))
    return search.compress(Block(text), budget).text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            "src/a/x.py:1:    one\nsrc/a/x.py:12:      two\nsrc/a/y.py:3:\tthree\nsrc/z.py:4:four",
            "root src/\na/x.py\n1     one\n12       two\ny.py\n3 \tthree\n./z.py\n4 four",
            id="folders are named once",
        ),
        pytest.param(
            "a.c:1:  x\na.c:2:  y\na.c:3:  z\na.c:4:    deeper\na.c:5: less",
            "root \na.c +2\n1 x\n2 y\n3 z\n4   deeper\n5: less",
            id="the usual indentation is cut; behind a colon nothing is",
        ),
        pytest.param(
            "a.c:1:\t\tx\na.c:2:\t\ty\na.c:3:\t\tz", "root \na.c +2t\n1 x\n2 y\n3 z", id="tabs are",
        ),
        pytest.param(
            "a.py:1:x\nb.py:1:x\na.py:2:x", "root \na.py\n1 x\nb.py\n1 x\na.py\n2 x",
            id="the order of files is kept",
        ),
        pytest.param(
            "a.c:1:x\na.c:3:y\na.c:7:x", "root \na.c\n1,7 x\n3 y", id="what says the same is one",
        ),
        pytest.param(
            "a.c:3:x\na.c:1:y\na.c:7:x", "root \na.c\n3 x\n1 y\n7 x", id="not if out of order",
        ),
        pytest.param("a.c:1:x\na.c:1:x", "root \na.c\n1 x\n1 x", id="nor if the number is too"),
        pytest.param("a.c:1:x\na.c:02:x", "root \na.c\n1 x\n02 x", id="nor if spelled oddly"),
        pytest.param(
            f"a/b.c:1:{'word ' * 9}\na/c.c:5:{'word ' * 9}",
            f"root a/\nb.c\n1 {'word ' * 9}\nc.c\n5=b.c:1",
            id="a long text in another file is named by its place",
        ),
        pytest.param(
            f"x/b.c:1:{'word ' * 9}\ny/b.c:5:{'word ' * 9}",
            f"root \nx/b.c\n1 {'word ' * 9}\ny/b.c\n5=x/b.c:1",
            id="with its folder if the name alone could be another",
        ),
        pytest.param(
            f"x/b.c:1:{'word ' * 9}\ny/c.c:5:{'word ' * 9}",
            f"root \nx/b.c\n1 {'word ' * 9}\ny/c.c\n5=b.c:1",
            id="without it if not",
        ),
        pytest.param(
            f"a.c:1:{'one ' * 9}\na.c:1:{'two ' * 9}\nb.c:5:{'two ' * 9}",
            f"root \na.c\n1 {'one ' * 9}\n1 {'two ' * 9}\nb.c\n5 {'two ' * 9}",
            id="nor if a place has two texts",
        ),
        pytest.param(
            "a.py:1:x\nBinary file b matches\na.py:2:y\n\n",
            "root \na.py\n1 x\n|Binary file b matches\n2 y\n\n",
            id="other lines are carried along",
        ),
        pytest.param(
            "a.py-1-x\na.py:2:y\na.py-3-\n--\na.py:9:z\n", "root \na.py\n x\n2 y\n \n--\n9 z\n",
            id="context has the number next to its neighbour's",
        ),
        pytest.param(
            "a.py-1-x\na.py:5:y\na.py-6-z", "root \na.py\n1-x\n5 y\n6-z", id="unless it has not",
        ),
        pytest.param(
            "a.c:1:  x\na.c-2-  \na.c:3:  y\na.c:4:  z", "root \na.c +2\n1 x\n2-  \n3 y\n4 z",
            id="or is blank, but not empty",
        ),
        pytest.param(
            "a.py:2:y\na.py-3-x\n--\nb.py-3-z\nb.py:4:z",
            "gaps, root \na.py\n2 y\n x\nb.py\n z\n4 z",
            id="what stands between any two files is left out",
        ),
        pytest.param(
            "a.py:2:y\na.py-3-x\nb.py-3-z\nb.py:4:z", "root \na.py\n2 y\n x\nb.py\n z\n4 z",
            id="unless it is not there",
        ),
        pytest.param(
            "a.c=1=int f()\na.c:4:x",
            "root \na.c\n1@int f()\n4 x", id="the function around a match",
        ),
        pytest.param(
            "lib/a.rb\n1:x\n\nlib/b.rb\n2:y", "headed, root lib/\na.rb\n1 x\n\nb.rb\n2 y",
            id="paths above their rows stay there",
        ),
        pytest.param(
            "a/b.c:1:2:x\na/b.c:1:9:x", "columns, root a/\nb.c\n1:2,1:9 x", id="columns",
        ),
        pytest.param("a/b.c:1:2:x\na/b.c:1:y", "root a/\nb.c\n1 2:x\n1 y", id="what is no column"),
        pytest.param(
            "3:  x\n5:  y\n9:  z\n12:q\n15:  x", "bare, root \nlines +2\n3,15 x\n5 y\n9 z\n12:q",
            id="one file, which nobody names",
        ),
        pytest.param(
            "a/x.py:one\na/x.py: two\na/y.py:three",
            "unnumbered, root a/\nx.py\n one\n  two\ny.py\n three",
            id="no numbers",
        ),
        pytest.param(
            "a/x.py:one\na/x.py-two\na/x.py--", "unnumbered, root a/\nx.py\n one\n-two\n|a/x.py--",
            id="no numbers, with context",
        ),
        pytest.param(
            "a/x.py:3\na/y.py:0\nz.py:12\n", "counts, root \na/: x.py 3, y.py\n./: z.py 12\n|",
            id="counts",
        ),
        pytest.param(
            "a/x 1.py:3\na/x, y.py:0\nb:1",
            "counts, root a/\n./: x 1.py 3\n|a/x, y.py:0\n|b:1",
            id="odd names with counts",
        ),
        pytest.param(
            "C:\\a\\x.cs:1:p\r\nC:\\b\\y.cs:2:q\r\n",
            "crlf, backslashes, root C:\\\na\\x.cs\n1 p\nb\\y.cs\n2 q\n",
            id="Windows",
        ),
        pytest.param(
            "a/x.py\r\n1:p\r\n2:q\r\n\na/y.py\r\n3:r\r\n",
            "crlf but for empty lines, headed, root a/\nx.py\n1 p\n2 q\n\ny.py\n3 r\n",
            id="CRLF in headings and matches, not between files",
        ),
        pytest.param(
            "a/x.py\r\n1:p\n2:q\n\na/y.py\r\n3:r\n",
            "crlf below headings, headed, root a/\nx.py\n1 p\n2 q\n\ny.py\n3 r\n",
            id="CRLF in headings alone",
        ),
        pytest.param("a.c:1:x\r y\na.c:2:z", "root \na.c\n1 x\r y\n2 z", id="a lone return"),
        pytest.param(
            "HEAD~2:a/x.c:1:p\nHEAD~2:a/y.c:2:q",
            "root HEAD~2:a/\nx.c\n1 p\ny.c\n2 q", id="a revision",
        ),
        pytest.param("a/1 -x.py:3:y", "root a/\n|a/1 -x.py:3:y", id="a name that reads as a row"),
        pytest.param(
            "y/a.md:1:p\ny/-b.md:3:q\nz/c.md:1:r",
            "root \ny/a.md\n1 p\n|y/-b.md:3:q\nz/c.md\n1 r",
            id="a name that would read as one",
        ),
        pytest.param("a/b.py +2.c:3:y", "root a/\nb.py +2.c\n3 y", id="a name with a plus"),
        pytest.param("a/b.py:1:  \na/b.py:2:", "root a/\nb.py\n1   \n2 ", id="blank texts"),
    ],
)  # fmt: skip
def test_lossless_body(text, body):
    assert [found.body for found in find_envelopes(lossless(text))] == [body]
    assert search.expand(body) == text


def test_the_note_names_what_is_used_and_nothing_else():
    assert "context" not in lossless(inputs.MATCHES).split("\n")[0]
    assert "lines without a number are context" in lossless(inputs.WITH_CONTEXT).split("\n")[0]
    assert '"9=a.c:3": the text of a.c:3' in lossless(inputs.REPEATED).split("\n")[0]


@pytest.mark.parametrize("text", {**inputs.RESULTS, **inputs.ASKED}.values(), ids=str)
def test_every_kind_of_results_comes_back(text):
    made = search.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    if made.text != text:
        assert search.expand(next(find_envelopes(made.text)).body) == text


@pytest.mark.parametrize(
    ("text", "share"),
    [
        pytest.param(inputs.MATCHES, 0.7, id="matches"),
        pytest.param(inputs.WITH_CONTEXT, 0.5, id="context"),
        pytest.param(inputs.COUNTS, 0.9, id="counts"),
        pytest.param(inputs.WINDOWS, 0.7, id="Windows"),
        pytest.param(inputs.REPEATED, 0.4, id="repeated"),
    ],
)
def test_lossless_saves(text, share):
    assert estimate(lossless(text)) < share * estimate(text)


@pytest.mark.skipif(not shutil.which("grep"), reason="there is no grep")
@pytest.mark.parametrize(
    "options",
    [
        *("-n", "-r", "-c", "-nC1", "-rnA2", "-nH", "-Hb", "-no", "-rL", "-nw", "-nT"),
        *("-rn --color=always", "-rnZ", "-nC1 --no-group-separator", "-n --label=x"),
    ],
)
def test_what_grep_prints_comes_back(tmp_path, options):
    for number in range(4):
        file = tmp_path / "pkg" / f"mod-{number}-x" / "a b.py"
        file.parent.mkdir(parents=True)
        file.write_text("".join(f"{' ' * (i % 3)}line = {i}\nother\n\n" for i in range(12)))
    (tmp_path / "pkg" / "blob").write_bytes(b"\x00line\x00")
    command = ["grep", *options.split(), "-r", "line", "pkg"]
    text = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout.decode()
    made = lossless(text)
    if made != text:
        assert search.expand(next(find_envelopes(made)).body) == text


names = st.sampled_from(
    [
        *("a.py", "src/b-1-c.ts", "./x/y.c", "/etc/z.conf", "1-a/2-b.md", "|a/b", "a b/c.d"),
        *("x +4", "a/b +4", "C:\\w\\x.cs", "dir/", "-", "--", "root ", "Makefile", "HEAD:a/b.c"),
        *("a/12 b", "a/12,13 b", " a/b.c", "a/ b.c", "-a/b.c", "x/b.py", "b.py", "./b.py", "a/./c"),
    ]
)
numbers = st.sampled_from(["1", "2", "3", "3:1", "3:4", "10", "007", "9999999999", "", "x", "²"])
texts = st.sampled_from(
    [
        *("x", "  y", "\tz", "", " ", "\t", "a:1:b", "-1-", "\r", "|", "\u2028", "    ", "-", "=b"),
        *("    a long text that is repeated", "  a long text that is repeated", "5:x", "a.py:1"),
    ]
)
lines = st.one_of(
    st.builds("{0}:{1}:{2}".format, names, numbers, texts),
    st.builds("{0}-{1}-{2}".format, names, numbers, texts),
    st.builds("{0}={1}={2}".format, names, numbers, texts),
    st.builds("{0}:{1}".format, numbers, texts),
    st.builds("{0}-{1}".format, numbers, texts),
    st.builds("{0}:{1}".format, names, numbers | texts),
    names,
    st.sampled_from(["--", "", " ", "|x", "[headroom search, 2 lines]", "Binary file x matches"]),
    st.text(max_size=12),
)
runs = st.builds(
    lambda path, first, marks, said: [
        f"{path}{mark}{first + i}{mark}{text}"
        for i, (mark, text) in enumerate(zip(marks, said, strict=False))
    ],
    names,
    st.integers(1, 11),
    st.text(":-", min_size=1, max_size=6),
    st.lists(texts, min_size=6, max_size=6),
)
groups = st.lists(runs | st.just(["--"]) | st.just([""]), max_size=8).map(
    lambda found: "\n".join(line for run in found for line in run)
)
forms = st.sampled_from(
    [
        "{0}:{1}:{2}".format,
        "{0}:{1}:7:{2}".format,
        lambda _, number, text: f"{number}:{text}",
        lambda path, _, text: f"{path}:{text}",
        lambda path, number, _: f"{path}:{number}",
        lambda path, number, text: f"v1:{path}:{number}:{text}",
    ]
)


@st.composite
def uniform(draw):
    """Return results of one form only."""
    form = draw(forms)
    rows = draw(st.lists(st.tuples(names, st.integers(1, 30), texts), max_size=12))
    if draw(st.booleans()):
        rows.sort()
    return draw(st.sampled_from(["\n", "\r\n"])).join(form(*row) for row in rows)


documents = st.one_of(st.lists(lines, max_size=14).map("\n".join), groups, uniform())


@hypothesis_settings(max_examples=600, deadline=None)
@given(documents)
def test_expand_gives_the_exact_text_back(text):
    made = lossless(text)
    if made != text:
        assert search.expand(next(find_envelopes(made)).body) == text


@pytest.mark.parametrize("text", inputs.SEARCH_HOSTILE.values(), ids=inputs.SEARCH_HOSTILE)
def test_hostile_text_takes_linear_time(text):
    def work():
        search.detect(Block(text))
        search.compress(Block(text), Budget(300, estimate), "where is x7?")
        search.compress(Block(text), Budget(None, estimate))

    within(0.5 + 3 * len(text) / 1e6, work)
