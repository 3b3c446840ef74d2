"""`git blame -p` and `--line-porcelain`: a line of facts per run of lines, and all of it back."""

from __future__ import annotations

import re

import pytest

from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.history_inputs import HISTORY, printed

ONE = "1" * 40
TWO = "1" * 39 + "2"
FACTS = (
    "author Ann Lee\nauthor-mail <ann@x.org>\nauthor-time 1700000000\nauthor-tz +0100\n"
    "committer Ann Lee\ncommitter-mail <ann@x.org>\ncommitter-time 1700000000\n"
    "committer-tz +0100\nsummary Begin\nfilename a.c\n"
)
OTHER = FACTS.replace("Ann Lee", "Bob; 1 +0100").replace("a.c", "b.c")
HASH = re.compile(r"\b[0-9a-f]{7,9}\b")
FORMS = {
    "git blame -p": ("blame", "-p", "src/a/reader.py"),
    "git blame --line-porcelain": ("blame", "--line-porcelain", "src/a/reader.py"),
}


def _lossless(text):
    made = HISTORY.compress(Block(text), Budget(None, estimate))
    assert made.omitted == ""
    assert expand(made.text, {HISTORY.name: HISTORY}) == text
    return made.text


@pytest.mark.parametrize("form", FORMS)
def test_found_and_much_shorter(form):
    text = printed(*FORMS[form])
    assert HISTORY.detect(Block(text)) >= 0.9
    assert estimate(_lossless(text)) < 0.5 * estimate(text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("end", [1, 40, 100, 700])
def test_what_is_cut_off_comes_back(form, end):
    text = printed(*FORMS[form])[:-end]
    assert estimate(_lossless(text)) < 0.6 * estimate(text)


@pytest.mark.parametrize("form", FORMS)
def test_a_page_is_that_of_the_usual_blame(form):
    text = printed(*FORMS[form])
    usual = printed("blame", "src/a/reader.py")
    budget = Budget(int(0.4 * estimate(usual)), estimate)
    made = HISTORY.compress(Block(text), budget, "Who wrote read?")
    shown = HISTORY.compress(Block(usual), budget, "Who wrote read?").text
    assert HASH.sub("", made.text) == HASH.sub("", shown)
    assert re.search(r"mails, subjects and former places of \d+ commits$", made.omitted)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"{ONE} 1 1 2\n{FACTS}\t@1 x\n{ONE} 2 2\n\t^y\n{TWO} 7 3 1\n{OTHER}\t=z\n"
            f"{ONE} 3 4 1\n\t\n",
            id="code that reads as facts, hashes and names alike",
        ),
        pytest.param(
            f"{ONE} 1 1 9\n{FACTS}\tx\n{ONE} 2 2\n\ty\n{ONE} 3 3\n\tz\n", id="a part of a run"
        ),
        pytest.param(
            f"{ONE} 1 1\n{FACTS}\tx\n{ONE} 2 2\n{FACTS}\ty\n{ONE} 3 3\n\tz\n", id="no sizes"
        ),
        pytest.param(
            "".join(
                f"{str(n) * 40} {n} {n} 1\n{FACTS}previous {ONE} old.c\nboundary\n\tx{n}\n"
                for n in range(1, 9)
            ),
            id="facts in another order",
        ),
        pytest.param(f"{ONE} 1 1 3\n\tx\n{ONE} 2 2\n\ty\n{ONE} 3 3\n\tz\n", id="no facts at all"),
    ],
)
def test_odd_ones_come_back(text):
    _lossless(text)


def test_kept_lines_survive():
    text = printed(*FORMS["git blame -p"])
    keep = re.compile(r"^summary ", re.MULTILINE)
    made = HISTORY.compress(Block(text), Budget(100, estimate, keep))
    assert made.omitted == ""
