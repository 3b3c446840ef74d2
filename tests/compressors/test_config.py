"""Configuration without loss: what is folded, what is left alone, and that all of it comes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors._config import fold as config_fold, unfold as config_unfold
from headroom_core.compressors.config import ConfigCompressor
from headroom_core.envelope import find_envelopes
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.config_inputs import CONFIGURATIONS

CONFIG = ConfigCompressor()
LOSSLESS = Budget(None, estimate)
REST = "  image: registry.example.com/a/base\n  ports: [80, 443]\n  restart: unless-stopped\n"
ALWAYS = Budget(None, lambda counted: not counted.startswith("[headroom config"))


def body(text, budget=ALWAYS):
    """Return the lines of the rendering below its header, "" if there is none."""
    made = CONFIG.compress(Block(text), budget)
    assert made.omitted == ""
    assert expand(made.text, {"config": CONFIG}) == text
    return next((envelope.body for envelope in find_envelopes(made.text)), "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "hosts:\n"
            + "".join(f"  - name: w-{n}\n    port: 80{n}0\n    tier: front\n" for n in range(1, 7)),
            "@\nhosts:\n@a 3 lines, $1 | $2:\n  - name: $1\n    port: $2\n    tier: front\n"
            + "".join(f"@a w-{n} | 80{n}0\n" for n in range(1, 7)),
            id="items with the same keys are rows of a form",
        ),
        pytest.param(
            "services:\n"
            + "".join(f"  {n}:\n    image: {n}\n    restart: always\n" for n in "abcde"),
            "@\nservices:\n@a 3 lines, $1:\n  $1:\n    image: $1\n    restart: always\n"
            "@a a\n@a b\n@a c\n@a d\n@a e\n",
            id="a key that is a name is a value, and equal values share a blank",
        ),
        pytest.param(
            "".join(f'[[x]]\nurl = "https://example.com/{n}"\nkind = "file"\n' for n in "pqrs"),
            '@\n@a 3 lines, $1:\n[[x]]\nurl = "https://example.com/$1"\nkind = "file"\n'
            "@a p\n@a q\n@a r\n@a s\n",
            id="what all values begin with stands in the form",
        ),
        pytest.param(
            "".join(
                f'[{n}]\nname = "{n}"\nversion = "1.0.0"\nedition = "2021"\n'
                + (f'needs = [\n "p{n - 1}",\n]\n' if n == 2 else "")
                for n in (1, 2, 3, 4)
            ),
            '@\n@a 4 lines, $1:\n[$1]\nname = "$1"\nversion = "1.0.0"\nedition = "2021"\n'
            '@a 1\n@a 2\nneeds = [\n "p1",\n]\n@a 3\n@a 4\n',
            id="what stanzas begin with is folded, the rest stays behind its row",
        ),
        pytest.param(
            "one:\n  image: shared/base\n  ports: [80, 443]\n  tier: front\n  mode: fast\nxyz: 1\n"
            "two:\n  image: shared/base\n  ports: [80, 443]\n  tier: back\n  mode: fast\n",
            "@\n@A 5 lines\none:\n  image: shared/base\n  ports: [80, 443]\n  tier: front\n"
            "  mode: fast\nxyz: 1\n@A but 2:\ntwo:\n  tier: back\n",
            id="a stanza that is nearly like an earlier one is a reference",
        ),
        pytest.param(
            "one:\n" + "".join(f"  {n}:\n    image: shared/{n}/b\n" for n in "abcd") + "x: 1\n"
            "two:\n"
            + "".join(f"  {n}:\n    image: shared/{'z' if n == 'c' else n}/b\n" for n in "abcd")
            + "x: 2\n",
            "@\n@A 9 lines\none:\n"
            + "".join(f"  {n}:\n    image: shared/{n}/b\n" for n in "abcd")
            + "x: 1\n@A but 3:\ntwo:\n  c:\n    image: shared/z/b\nx: 2\n",
            id="the line above leads to one of several with the same key",
        ),
        pytest.param(
            "".join(
                f"{name}:\n  hosts:\n  - first.example.com\n  - second.{name}.org\n"
                f"  - third.example.com\n  - fourth.{name}.org\n{REST}"
                for name in ("one", "two")
            ),
            "@\n@A 9 lines\none:\n  hosts:\n  - first.example.com\n  - second.one.org\n"
            f"  - third.example.com\n  - fourth.one.org\n{REST}@A but 5:\ntwo:\n"
            "  - first.example.com\n  - second.two.org\n  - third.example.com\n"
            "  - fourth.two.org\n",
            id="items without keys count from the first one",
        ),
        pytest.param(
            "one:\n  - image: shared/base\n    ports: [80, 443]\n    tier: front\nx: 1\n"
            "one:\n  - image: shared/base\n    ports: [80, 443]\n    tier: front\n",
            "@\n@A 4 lines\none:\n  - image: shared/base\n    ports: [80, 443]\n    tier: front\n"
            "x: 1\n@A again\n",
            id="a stanza that is just like an earlier one",
        ),
        pytest.param(
            "@x: 1\n" + "".join(f"- cost: ${n}\n  currency: dollars\n" for n in range(10, 14)),
            "%\n@x: 1\n%a 2 lines, %1:\n- cost: $%1\n  currency: dollars\n"
            "%a 10\n%a 11\n%a 12\n%a 13\n",
            id="marks that the text uses are left to it",
        ),
        pytest.param(
            "".join(f"- a | b, {n}: x, y\t{n}\n  b: x | {n}, {n}\tz\n" for n in range(9)),
            "",
            id="values that hold all delimiters are left alone",
        ),
    ],
)  # fmt: skip
def test_what_is_folded(text, expected):
    made = body(text)
    assert made == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: 1\nb: 2\nc: 3\n", id="nothing repeats"),
        pytest.param("services:\n  - a\n  - b\n", id="a short list"),
        pytest.param("key: |\n  one\n  two\n  three\n  four\n  five\n", id="a block of text"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_left_alone(text):
    assert CONFIG.compress(Block(text), LOSSLESS).text == text


@pytest.mark.parametrize("name", CONFIGURATIONS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_real_forms_come_back(name, ending):
    text = CONFIGURATIONS[name].replace("\n", ending)
    made = CONFIG.compress(Block(text), LOSSLESS).text
    assert expand(made, {"config": CONFIG}) == text
    assert (estimate(made) < estimate(text)) == (name not in ("variables", "environment"))


_LINES = st.sampled_from(
    "- name: a|- name: b|value: 1|value: 2|key:|a=1|b = 2|[x]|[[y]]|---|@|@a|@A 3 lines|@A again"
    '|@a 2 lines, $1:|$1|%1|x, y||  |# c|- - a|text: \\|| |\t|é|\r|k:{"a"}:|- x|Name:   z|\x85'
    "|\u2028|~|^|&|x: {|}:|]|[headroom config, 3 lines]".split("|")
)
_STANZAS = st.lists(st.tuples(st.sampled_from(["", "  ", "    "]), _LINES), min_size=1, max_size=6)


@st.composite
def repetitive(draw):
    """Return a text of stanzas that come again, some of them changed."""
    stanzas = draw(st.lists(_STANZAS, min_size=1, max_size=3))
    lines = []
    for _ in range(draw(st.integers(1, 8))):
        stanza = [indent + line for indent, line in draw(st.sampled_from(stanzas))]
        if draw(st.booleans()):
            stanza[draw(st.integers(0, len(stanza) - 1))] += draw(
                st.sampled_from(["x", "1", " | ", ", ", "$1"])
            )
        lines += stanza
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@hypothesis_settings(max_examples=600, deadline=None)
@given(repetitive())
def test_the_encoder_makes_no_mistake_that_its_own_check_hides(text):
    assert expand(CONFIG.compress(Block(text), ALWAYS).text, {"config": CONFIG}) == text
    decode = config_unfold.decode
    try:
        config_unfold.decode = lambda _: text
        folded = config_fold.encode(text)
    finally:
        config_unfold.decode = decode
    assert folded is None or decode(folded[0]) == text


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("", id="nothing"),
        pytest.param("no mark\na: 1", id="no mark"),
        pytest.param("@\n@a 1 lines, $1:\nk: $2\n@a x", id="a blank that no column fills"),
        pytest.param("@\n@b x", id="a form that was never defined"),
        pytest.param("@\n@A again", id="a name that was never given"),
        pytest.param(
            "@\n@A 2 lines\na: 1\nb: 2\n@A but 2:\na: 1\nz: 3", id="a key that is not there"
        ),
        pytest.param("@\n@a 1 lines, $1 | $2:\nk: $1 $2\n@a x", id="too few values"),
        pytest.param("@\n@?", id="no directive"),
    ],
)
def test_nonsense_is_a_value_error(wrong):
    with pytest.raises(ValueError, match=r"no|cannot|values|not in"):
        CONFIG.expand(wrong)


def test_repetition_cannot_be_used_to_fill_the_memory():
    bomb = "@\n@A 1 lines\n" + "x" * 100_000 + "\n@A again" * 20_000
    with pytest.raises(ValueError, match="too long"):
        CONFIG.expand(bomb)
