"""Logs with a graph, raw logs, subjects with files and annotations: shown as the usual ones are."""

from __future__ import annotations

import re

import pytest

from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.history_inputs import HISTORY, printed

FORMS = {
    "git log --graph": ("log", "--no-color", "--graph"),
    "git log --graph --stat": ("log", "--no-color", "--graph", "--stat"),
    "git log --format=raw": ("log", "--no-color", "--format=raw"),
    "git log --oneline --stat": ("log", "--no-color", "--oneline", "--stat"),
    "git log --oneline --numstat": ("log", "--no-color", "--oneline", "--numstat"),
    "git annotate": ("annotate", "src/a/reader.py"),
}
LOGS = [form for form in FORMS if form != "git annotate"]


def _cut(text, share, query="", keep=None):
    budget = Budget(int(share * estimate(text)), estimate, keep)
    return HISTORY.compress(Block(text), budget, query)


@pytest.mark.parametrize("form", FORMS)
def test_found(form):
    assert HISTORY.detect(Block(printed(*FORMS[form]))) >= 0.9


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_left_out_without_a_limit(form):
    text = printed(*FORMS[form])
    made = HISTORY.compress(Block(text), Budget(None, estimate))
    assert (made.text, made.omitted) == (text, "")


@pytest.mark.parametrize("form", LOGS)
def test_every_commit_is_told_with_its_subject(form):
    made = _cut(printed(*FORMS[form]), 0.5)
    subjects = printed("log", "--no-color", "--format=%h %s").splitlines()
    assert made.text.splitlines()[0].startswith(f"{len(subjects)} commits, hashes shortened")
    assert len(re.findall(r"(?m)^[0-9a-f]{7}\b", made.text)) >= 0.8 * len(subjects)
    assert f"of {len(subjects)} commits" in made.omitted


@pytest.mark.parametrize("form", ["git log --graph", "git log --format=raw"])
def test_told_as_of_a_usual_log(form):
    usual = HISTORY.compress(Block(printed("log", "--no-color")), Budget(700, estimate)).text
    made = HISTORY.compress(Block(printed(*FORMS[form])), Budget(700, estimate))
    subject = re.compile(r"(?m)^[0-9a-f]{7} [^\n(]*")
    assert set(subject.findall(usual)) == set(subject.findall(made.text))


def test_what_is_only_in_the_other_form_is_counted():
    assert "the graph of 28 commits" in _cut(printed(*FORMS["git log --graph"]), 0.3).omitted
    made = _cut(printed(*FORMS["git log --format=raw"]), 0.3)
    assert "trees, parents and committers of 28 commits" in made.omitted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("keep", ["bob", "reader", r"^\| ", "^tree "])
def test_kept_lines_survive(form, keep):
    text = printed(*FORMS[form])
    wanted = re.compile(keep)
    made = _cut(text, 0.3, keep=wanted)
    count = sum(1 for line in text.split("\n") if wanted.search(line))
    assert sum(len(wanted.findall(line)) > 0 for line in made.text.split("\n")) >= min(count, 1)


def test_lines_of_an_annotation_keep_their_numbers():
    text = printed(*FORMS["git annotate"])
    made = _cut(text, 0.5, "call(20)")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "call(20)" in row)
    assert f"@{line} " in made.text or "call(20)" in made.text
    assert "of 40 lines" in made.omitted


def test_the_signs_of_a_graph_are_told_from_those_of_a_message():
    made = _cut(printed(*FORMS["git log --graph"]), 0.6, "Write the table")
    assert "|---|" in made.text
    assert "| Author" not in made.text
