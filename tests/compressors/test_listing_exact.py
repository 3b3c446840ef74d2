"""Lists of files, however odd, come back byte for byte."""

from __future__ import annotations

from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._listing import (
    fold as listing_fold,
    layout as listing_layout,
    read as listing_read,
)
from headroom_core.compressors._listing.layout_decode import decode as laid_out
from headroom_core.compressors._listing.long import read as read_long
from headroom_core.compressors._listing.unfold import decode
from headroom_core.compressors.listing import ListingCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.listing_inputs import FIND, LONG, SIZES, STATUS, TREE

listing = ListingCompressor()
LOSSLESS = Budget(None, estimate)


def _with_folders(path):
    """Return the folders around a path, and itself."""
    ends = [end for end, sign in enumerate(path) if sign == "/"]
    return [*(path[:end] for end in ends), path]


def _drawn(trees, ending, most):
    """Return the first lines of a tree, as `tree` draws it."""
    lines = ["."]

    def draw(node, before):
        for number, (name, inside) in enumerate(node.items(), 1):
            last = number == len(node)
            mark = ending if isinstance(inside, dict) else ""
            lines.append(f"{before}{'└── ' if last else '├── '}{name}{mark}")
            if isinstance(inside, dict):
                draw(inside, before + ("    " if last else "│   "))

    for node in trees:
        draw(node if isinstance(node, dict) else {node: ""}, "")
    return "\n".join(lines[:most])


part = st.sampled_from(
    [
        "a",
        "b",
        "c.py",
        "d e",
        ".",
        "..",
        "",
        "x=y",
        "[z]",
        "|",
        '"',
        "é",
        "\r",
        "total 3",
        " ",
        "->",
        "a -> b",
        "a:",
        "12",
        "[headroom listing, 1 lines]",
        "\t",
        "\x85",
        "\ud800",
        "root",
        "./",
        "{}",
    ]
)
path = st.lists(part, min_size=1, max_size=4).map("/".join)
before = st.sampled_from(
    ["", "./", "/", " M ", "?? ", "12\t", "  3 ", "├── ", "│   └── ", "\tmodified:   ", "\t"]
)
odd_lines = st.lists(st.builds(str.__add__, before, path), min_size=1, max_size=14)
same_before = st.builds(lambda b, ps: [b + p for p in ps], before, st.lists(path, max_size=14))
rows = st.lists(
    st.builds(
        "{} {} {} me {:>4} Jan  {} 10:00 {}".format,
        st.sampled_from(["-rw-r--r--", "drwxr-xr-x", "lrwxrwxrwx", "prw-r--r--"]),
        st.integers(1, 3),
        st.sampled_from(["bo", "al"]),
        st.integers(0, 9999),
        st.integers(1, 3),
        part,
    ),
    max_size=9,
)
blocks = st.lists(
    st.builds(lambda folder, rows: "\n".join([f"{folder}:", "total 4", *rows]), path, rows),
    max_size=4,
)
listed = st.lists(path, max_size=6).map(
    lambda paths: [folder for one in paths for folder in _with_folders(one)]
)
branches = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), st.sampled_from(["", "", "[ 4] ", "[12]  "]), part),
    max_size=9,
)
drawn = branches.map(
    lambda rows: [
        f"{'│   ' * min(depth, row)}{'├── ' if more else '└── '}{before}{name}"
        for row, (depth, more, before, name) in enumerate(rows)
    ]
)
trees = st.tuples(st.recursive(part, lambda inner: st.dictionaries(part, inner, max_size=3)))
texts = st.one_of(
    listed.map("\n".join),
    drawn.map("\n".join),
    st.builds(_drawn, trees, st.sampled_from(["", "/"]), st.integers(1, 20)),
    odd_lines.map("\n".join),
    odd_lines.map("\r\n".join),
    same_before.map("\n".join),
    same_before.map(sorted).map("\n".join),
    blocks.map("\n\n".join),
    rows.map("\n".join),
)


@st.composite
def edited(draw):
    """Return some lines of what a tool prints, changed here and there."""
    lines = draw(st.sampled_from([FIND, TREE, LONG, STATUS, SIZES])).split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    lines = lines[start : start + draw(st.integers(3, 50))]
    for _ in range(draw(st.integers(0, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        line = draw(
            st.sampled_from(
                [
                    lines[other],
                    lines[number] + "/",
                    lines[number].rpartition("/")[0],
                    lines[number].replace("a", " "),
                    lines[number].replace("e", "="),
                    lines[number].replace("/", "//", 1),
                    lines[number].replace(" ", "  ", 1),
                    lines[number].replace("dev dev  ", "dev  dev "),
                    *("", "total 4", "x:", "./", ".", "|a", "a -> b/c", '"', "[x] y"),
                ]
            )
        )
        lines[number : number + draw(st.integers(0, 1))] = [line]
    return "\n".join(lines)


texts = texts | edited()


@hypothesis_settings(max_examples=600, deadline=None)
@given(texts, st.integers(1, 6))
def test_expand_gives_the_exact_text_back(text, times):
    text = "\n".join([text] * times)
    made = listing.compress(Block(text), LOSSLESS).text
    if made != text:
        assert listing.expand(next(find_envelopes(made)).body) == text


@hypothesis_settings(max_examples=1200, deadline=None)
@given(texts)
def test_what_is_folded_decodes_and_lists_of_paths_always_are(text):
    assert listing.compress(Block(text), Budget(None, len)).omitted == ""
    found = listing_read.read(text)
    if found is None:
        return
    made = listing_fold.encode(found)
    plain = listing_read.without_listed(found)
    if not found.style.tree and "} root " not in found.style.root:
        assert made or plain
    for folded in (made, listing_fold.encode(plain) if plain else None):
        assert folded is None or decode(folded[0]) == text


@hypothesis_settings(max_examples=600, deadline=None)
@given(texts)
def test_what_is_laid_out_decodes(text):
    text = text.rstrip("\n")
    found = read_long(text)
    made = listing_layout.encode(found) if found else None
    assert made is None or laid_out(made[0]) == text
