"""Blobs: both ends, what they are, their digest, and the lines around them untouched."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.blob import BlobCompressor
from headroom_core.compressors.diff import DiffCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.blob_inputs import (
    BASE64,
    BLOBS,
    DATA_URL,
    HEX,
    LOGGED,
    PNG,
    SHORT,
    WRAPPED,
    hexdump,
    octal,
    pem,
    script,
    source_map,
    styles,
    xxd,
)
from tests.compressors.config_inputs import CONFIGURATIONS
from tests.detection.others import JSON, LISTINGS, PROSE, TABLES

BLOB = BlobCompressor()
LOSSLESS = Budget(None, estimate)


def cut(text, tokens=300, query="", keep=None):
    return BLOB.compress(Block(text), Budget(tokens, estimate, keep), query)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            BASE64,
            f"{BASE64[:32]}[... {len(BASE64) - 44:,} of {len(BASE64):,} characters left out; "
            f"base64 of PNG image, 4,008 bytes; sha256 {digest(BASE64)} ...]{BASE64[-12:]}",
            id="base64 tells what it is of",
        ),
        pytest.param(
            HEX,
            f"{HEX[:32]}[... {len(HEX) - 44:,} of {len(HEX):,} characters left out; "
            f"hex of PNG image, 4,008 bytes; sha256 {digest(HEX)} ...]{HEX[-12:]}",
            id="hex tells what it is of",
        ),
        pytest.param(
            DATA_URL,
            f"# Title\n\nBefore.\n\n![x](data:image/png;base64,{BASE64[:32]}[... "
            f"{len(BASE64) - 44:,} of {len(BASE64):,} characters left out; base64 of image/png, "
            f"4,008 bytes; sha256 {digest(BASE64)} ...]{BASE64[-12:]})\n\nAfter it.\n",
            id="the lines around a data URL stay as they are",
        ),
    ],
)
def test_whole_renderings(text, expected):
    assert cut(text).text == expected


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        pytest.param(WRAPPED, "", [f"^{re.escape(WRAPPED[:76])}$", "base64 of PNG image"],
                     id="wrapped base64 keeps its first line"),
        pytest.param(pem(), "", ["^# Authority 2$", "PEM of CERTIFICATE, 902 bytes",
                     "^-----END CERTIFICATE-----$"], id="keys keep their label"),
        pytest.param(xxd(PNG), "", ["^00000000: 8950 4e47 ", "hex dump of PNG image, 4,000 bytes",
                     "^00000fa0: "], id="a dump of xxd keeps its first and last rows"),
        pytest.param(hexdump(PNG), "", ["hex dump of PNG image, 4,008 bytes", "^00000fa8$"],
                     id="a dump of hexdump"),
        pytest.param(octal(PNG), "", ["hex dump, 4,000 bytes"], id="a dump of od, in octal"),
        pytest.param(hexdump(SHORT * 9), "the loader", [r"\|.*loader.*\|$"],
                     id="rows of a dump that are asked for"),
        pytest.param(script(), "what does f77 return?", [r"^!function\(\)\{function f0\(",
                     r"function f77\(a,b\)\{var c", "minified JavaScript"],
                     id="minified code keeps what is asked for"),
        pytest.param(styles(), "", ["minified CSS"], id="minified styles"),
        pytest.param(source_map(), "", [r'"src/part11\.ts"\]', "7,500 characters left out",
                     "90 entries left out"], id="a source map keeps the names of its files"),
        pytest.param(LOGGED, "", ["^10:00:00 INFO start\n", "\n10:00:02 ERROR failed$"],
                     id="a log with one body in it"),
        pytest.param(BLOBS["bytes"], "", ["bytes read as text"], id="bytes read as text"),
    ],
)  # fmt: skip
def test_what_is_shown(text, query, shown):
    made = cut(text, 600, query)
    assert re.match(r"[\d,]+ of [\d,]+ characters$", made.omitted)
    assert estimate(made.text) <= 600
    for pattern in shown:
        assert re.search(pattern, made.text, re.MULTILINE), made.text


def test_many_blobs_that_do_not_fit_leave_gaps_with_the_numbers_of_lines():
    text = pem(40)
    made = cut(text, 300, "authority 33")
    total = text.count("\n") + 1
    gaps = [tuple(map(int, gap)) for gap in re.findall(r"lines (\d+)-(\d+) left out", made.text)]
    hidden = sum(last - first + 1 for first, last in gaps)
    assert estimate(made.text) <= 300
    assert made.omitted == f"{hidden:,} of {total:,} lines"
    assert "# Authority 33\n" in made.text
    lines = text.split("\n")
    assert lines[gaps[0][1]] in made.text


def test_what_must_be_kept_survives():
    keep = re.compile("Authority 2[0-9]|loader")
    assert len(re.findall("Authority 2[0-9]\n", cut(pem(40), 900, "", keep).text)) == 10
    dump = hexdump(SHORT * 9)
    kept = [line for line in dump.split("\n") if "loader" in line]
    made = cut(dump, 900, "", keep).text
    assert all(line in made for line in kept)


@pytest.mark.parametrize("name", BLOBS)
def test_is_a_blob(name):
    assert BLOB.detect(Block(BLOBS[name])) > 0.95


@pytest.mark.parametrize(
    "text",
    [
        *[pytest.param(text, id=name) for name, text in {**JSON, **PROSE, **TABLES}.items()],
        *[pytest.param(text, id=f"list: {name}") for name, text in LISTINGS.items()],
        *[pytest.param(text, id=f"config: {name}") for name, text in CONFIGURATIONS.items()],
    ],
)
def test_is_no_blob(text):
    assert BLOB.detect(Block(text)) == 0


def test_a_patch_of_pictures_is_a_patch():
    patch = (
        "commit 5d41402abc4b2a76b9719d911017c592ae2f0001\nAuthor: A <a@b.c>\n\n    Add one\n\n"
        "diff --git a/x.txt b/x.txt\nindex 0d51..1f2e 100644\n--- a/x.txt\n+++ b/x.txt\n"
        f"@@ -1 +1 @@\n-{BASE64[::-1]}\n+{BASE64}\n"
    )
    for text in (patch, patch[patch.index("diff --git") :], patch[patch.index("@@") :]):
        assert BLOB.detect(Block(text)) == 0.9
    assert DiffCompressor().detect(Block(patch)) > 0.9


@pytest.mark.parametrize("dump", [xxd, hexdump])
def test_a_dump_without_what_it_says_twice_comes_back(dump):
    text = dump(SHORT * 4)
    made = BLOB.compress(Block(text), LOSSLESS)
    assert made.omitted == ""
    assert expand(made.text, {"blob": BLOB}) == text
    assert estimate(made.text) < 0.7 * estimate(text)
    assert "configuration" in made.text.replace("\n", "") or "nfigura" in made.text


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.binary(min_size=150, max_size=400),
    st.sampled_from([xxd, hexdump]),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["*", "", "=x", "00", "x: y"]))),
)
def test_dumps_with_other_lines_in_them_come_back(data, dump, others):
    lines = dump(data).split("\n")
    for place, other in others:
        lines.insert(place, other)
    text = "\n".join(lines)
    made = BLOB.compress(Block(text), Budget(None, lambda counted: not counted.startswith("[he")))
    assert expand(made.text, {"blob": BLOB}) == text


@pytest.mark.parametrize("wrong", ["", "dump\n00", "xxd\nnot a row"], ids=repr)
def test_nonsense_is_a_value_error(wrong):
    with pytest.raises(ValueError, match="no"):
        BLOB.expand(wrong)
