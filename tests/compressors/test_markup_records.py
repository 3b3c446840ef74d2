"""Repeated elements as tables, and back to the very same text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core import Block, Budget, expand
from headroom_core.compressors._markup import outline as markup_outline
from headroom_core.compressors._markup.records import decode, encode
from headroom_core.compressors.markup import MarkupCompressor
from headroom_core.tokenizers.estimate import estimate
from tests.compressors import markup_inputs

TWICE = (["7", "3", "9", "4", "1"], ["5", "8", "2", "6", "0"])


def rows(*lines):
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            rows("<r>", *(f'  <a b="{n}">{n * 7 % 5}{n}x</a>' for n in (31, 52, 13, 44)), "</r>"),
            rows("<r>", "@rows 4 of:", '  <a b="{}">{}</a>', "@cells b,a", "31,231x", "52,452x")
            + rows("", "13,113x", "44,344x", "</r>"),
            id="lines",
        ),
        pytest.param(
            "<r>"
            + "".join(f"<a><b>{w}</b></a>" for w in ("xa", "yb", "zc", "wd", "ve"))
            + "</r>\n",
            rows("<r>", "@rows 5 of side by side:", "<a><b>{}</b></a>", "@cells b")
            + rows("", "xa", "yb", "zc", "wd", "ve", "</r>", ""),
            id="elements that touch",
        ),
        pytest.param(
            "<r>" + "and".join("".join(f"<a><bc>{n}</bc></a>" for n in t) for t in TWICE) + "</r>",
            rows(
                "<r>",
                *("@rows 5 of side by side:", "<a><bc>{}</bc></a>", "@cells bc", *TWICE[0], "and"),
                *("@rows 5 of side by side:", "<a><bc>{}</bc></a>", "@cells bc", *TWICE[1], "</r>"),
            ),
            id="text between elements",
        ),
        pytest.param("<r><a>1</a><a>2</a></r>", None, id="too few"),
        pytest.param("<r>" + "<a>{}</a>\n" * 9 + "</r>", None, id="values that look like places"),
        pytest.param("@<r>" + "<a>1</a>\n" * 9 + "</r>", None, id="lines that look like ours"),
        pytest.param("<r>" + "<a>1\ud800</a>\n" * 9 + "</r>", None, id="lone surrogates"),
    ],
)
def test_encode(text, expected):
    made = encode(text)
    assert (made and made[0]) == expected
    if made:
        assert decode(made[0]) == text


@pytest.mark.parametrize("text", [markup_inputs.sitemap(), markup_inputs.junit()])
@pytest.mark.parametrize("change", ["\n", "\r\n", "", " \n\n"], ids=repr)
def test_whatever_stands_between_the_elements(text, change):
    text = text.replace("\n", change)
    made = MarkupCompressor().compress(Block(text), Budget(None, estimate))
    assert expand(made.text) == text
    if change in ("\n", "\r\n", ""):
        assert len(made.text) < 0.7 * len(text)


names = st.sampled_from(["a", "b", "x:y", "row"])
values = st.sampled_from(
    ["", "1", "007", "a b", " ", "{}", "&amp;", "@rows 4 of:", "x\ny", "#3", "é"]
)
elements = st.builds(
    lambda name, one, two, style: style.format(n=name, v=one.replace('"', ""), w=two),
    names,
    values,
    values,
    st.sampled_from(
        [
            '<{n} k="{v}"/>',
            "<{n}>{v}</{n}>",
            '<{n} k="{v}" l="{w}">{w}</{n}>',
            "<{n}><c>{v}</c>{w}</{n}>",
        ]
    ),
)
between = st.sampled_from(["\n", "", "\n  ", "\r\n", " ", "\n\n", "text\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.lists(elements, min_size=1, max_size=2), between), max_size=6), values)
def test_any_elements_come_back(parts, tail):
    text = (
        "<r>"
        + "".join("".join(each) + gap for several, gap in parts for each in [several] * 5)
        + f"</r>{tail}"
    )
    made = encode(text)
    if made:
        assert decode(made[0]) == text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/ab\"'= \n!-[]CDATA@{}", max_size=80))
def test_elements_of_any_text_lie_inside_each_other(text):
    stack = [markup_outline.read(text)]
    while stack:
        node = stack.pop()
        last = node.inner
        for child in node.children:
            assert last <= child.start < child.inner <= child.end <= node.end
            last = child.start
        stack += node.children


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("@rows 4 of:\n<a>{}</a>", id="no cells"),
        pytest.param("@rows 4 of:\n<a>{}</a>\n@cells a\n1\n2", id="too few rows"),
        pytest.param("@rows 2 of:\n<a>{}{}</a>\n@cells a\n1\n2", id="too few cells"),
    ],
)
def test_what_is_no_rendering_is_refused(body):
    with pytest.raises(ValueError, match=r"\w"):
        decode(body)
