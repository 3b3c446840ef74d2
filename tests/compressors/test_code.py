"""Skeletons of source code: what stays, what goes, and that they still parse."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from headroom_core import Block, Budget
from headroom_core.compressors._code import grammar as code_grammar
from headroom_core.compressors.code import CodeCompressor, missing_grammar
from headroom_core.retrieval import parse_lines, select
from headroom_core.tokenizers.estimate import estimate
from tests.compressors.code_inputs import OTHERS, numbered
from tests.compressors.code_sources import JEST, NOUNS, SOURCES

CODE = CodeCompressor()
every_language = pytest.mark.parametrize("language", SOURCES)


def shortened(text, query="", share=0.5, **more):
    return CODE.compress(
        Block(text, query=query), Budget(int(share * estimate(text)), estimate, **more)
    )


def broken(text, language):
    return len(code_grammar.errors(text.encode("utf-8", "replace"), language))


@every_language
def test_a_file_is_taken_for_what_it_is(language):
    assert CODE.detect(Block(SOURCES[language])) > 0.9


@every_language
def test_numbered_lines_are_code_too(language):
    text = SOURCES[language]
    assert CODE.detect(Block(numbered(text))) > 0.9
    assert CODE.detect(Block(numbered(text, 120, "{}: {}"))) > 0.9
    assert CODE.detect(Block(numbered(text, 7, "{:>5}→{}"))) > 0.9


def test_a_file_with_a_fence_in_its_doc_string_is_code():
    fence = "    ```python\n    shop.load()\n    ```\n```sh\npip install shop\n```\n"
    text = SOURCES["python"].replace("More words about the shop,\n", fence)
    assert fence in text
    assert CODE.detect(Block(text)) > 0.9


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_texts_are_not_code(text):
    assert CODE.detect(Block(text)) < 0.5


@every_language
def test_bodies_go_and_signatures_stay(language):
    made = shortened(SOURCES[language], share=0.55)
    assert re.match(r"(8 of 8|8 of 9|9 of 9) function bodies", made.omitted)
    assert "step3" not in made.text
    assert "found.append" not in made.text
    for noun in NOUNS:
        assert re.search(rf"{noun}", made.text, re.IGNORECASE)
    assert broken(made.text, language) == broken(SOURCES[language], language) == 0


@every_language
@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3, 0.4, 0.7])
def test_whatever_the_budget_the_rest_parses(language, share):
    made = shortened(SOURCES[language], "What does load_cart and loadCart do?", share)
    assert made.omitted
    assert broken(made.text, language) == 0


@every_language
def test_a_function_asked_for_stays_whole(language):
    text = SOURCES[language]
    name = next(n for n in re.findall(r"\w*[Ss]tock\w*", text) if n.lower() not in NOUNS)
    made = shortened(text, f"Show me the implementation of {name}.", 0.6)
    lines = [line for line in text.split("\n") if "stock" in line.lower()]
    assert all(line in made.text for line in lines if not line.lstrip().startswith(("#", "/", "*")))
    assert " refund(key" not in made.text
    assert re.match("[678] of", made.omitted)


@every_language
@pytest.mark.parametrize("form", ["{:6}\t{}", "{}: {}", "{:>5}→{}", "{}|{}"])
def test_line_numbers_stay_true(language, form):
    text = numbered(SOURCES[language], form=form)
    made = shortened(text, share=0.6)
    assert made.omitted
    whole = set(text.split("\n"))
    shown = [line for line in made.text.split("\n") if line not in whole]
    starts = dict(enumerate(text.split("\n"), 1))
    for line in shown:
        number = int(re.match(r"\s*(\d+)", line)[1])
        own = re.sub(r"\s*(?:\.\.\.  # |/\*|[#:] |…).*", "", line, flags=re.DOTALL)
        assert starts[number].startswith(own.rstrip("{} "))


@every_language
def test_a_gap_names_the_lines_to_retrieve(language):
    text = SOURCES[language]
    notes = re.findall(r"lines (\d+-\d+)", shortened(text, share=0.55).text)
    assert len(notes) >= 8
    gone = "".join(str(select("k", text, lines=parse_lines(note))) for note in notes)
    signs = {"python": "found.append", "bash": "return 1"}
    assert gone.count(signs.get(language, "step0")) >= 8


def test_gaps_in_an_excerpt_say_both_numbers():
    text = numbered(SOURCES["java"], 120)
    made = shortened(text, share=0.6)
    shown, first, last = re.search(
        r"/\* (\d+)-\d+, to retrieve: lines (\d+)-(\d+) \*/", made.text
    ).groups()
    part = select("k", text, lines=(int(first), int(last)))
    assert part.text.lstrip().startswith(shown)


def test_every_file_of_several_is_shortened():
    text = "".join(f"==> shop.{name} <==\n{source}\n" for name, source in SOURCES.items())
    made = shortened(text, share=0.6)
    assert all(f"==> shop.{name} <==\n" in made.text for name in SOURCES)
    assert re.match(r"10\d of 1\d\d function bodies", made.omitted)


@pytest.mark.parametrize(
    "heading",
    ["// File: {}", "# {}", "--- {} ---", "=== {} ===", "File: {}", "==> {} <=="],
)
def test_headings_of_files(heading):
    names = {"src/a.py": "python", "src/b.go": "go"}
    text = "\n".join(f"{heading.format(n)}\n{SOURCES[lang]}" for n, lang in names.items())
    made = shortened(text, share=0.6)
    assert re.match("16 of 1[67] function bodies", made.omitted)
    assert all(heading.format(name) in made.text for name in names)


@pytest.mark.parametrize(
    "query",
    [
        'Traceback:\n  File "/app/shop.py", line {}, in load\nKeyError\ncat shop.py',
        "What happens in shop.py:{}?\ncat shop.py",
        "Explain line {}.",
    ],
)
def test_a_line_that_is_named_is_shown(query):
    text = SOURCES["python"]
    line = text[: text.index("for parcel in")].count("\n") + 1
    assert "for parcel in" in shortened(text, query.format(line)).text
    assert "for parcel in" not in shortened(text, query.format(1)).text


def test_lines_to_keep_survive():
    made = shortened(SOURCES["c"], share=0.2, keep=re.compile(r"step3 = s->id \+ 7"))
    assert "int step3 = s->id + 7;" in made.text


def test_what_ends_within_a_line_is_not_left_out():
    lines = "".join(f"  'and a long text for number {i}',\n" for i in range(4))
    text = "".join(f"first(\n{lines}); second(\n  {i}\n);\n" for i in range(60))
    made = shortened(f"import {{ first }} from './a.js';\n\n{text}", share=0.3)
    assert not re.search(r"\*/[ ;]*\w", made.text)


def test_without_a_budget_nothing_changes():
    for text in SOURCES.values():
        assert CODE.compress(Block(text), Budget(None, estimate)).text == text


def test_a_suite_of_tests_shows_its_cases():
    made = shortened(JEST, share=0.6)
    assert all(f"it('loads {noun}'" in made.text for noun in NOUNS)
    assert "expect(" not in made.text


def test_comments_keep_their_first_line():
    made = shortened(SOURCES["javascript"], share=0.55).text
    assert "SPDX-License-Identifier: MIT" in made
    assert "Copyright" not in made
    assert "/** Returns the cart. … */" in made


def test_what_the_user_edits_is_left_alone():
    text = SOURCES["python"]
    assert shortened(text, "Fix the bug in shop.py, please.\ncat shop.py").text == text
    assert shortened(text, "Find the bug in shop.py. How to fix it?\ncat shop.py").omitted
    made = shortened(text, "Rename `load_cart` to fetch_cart.\ncat shop.py").text
    assert "cart.title()" in made
    assert "stock.title()" not in made


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_odd_characters_come_through(ending):
    text = (SOURCES["python"] + "\n# \ud800 \x00 é 🙂\n").replace("\n", ending)
    made = shortened(text, share=0.9)
    assert made.omitted
    assert "\ud800 \x00 é 🙂" in made.text


def test_a_missing_grammar_keeps_the_text_and_can_be_told(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(code_grammar.importlib, "import_module", absent)
    code_grammar._grammar.cache_clear()
    try:
        text = SOURCES["go"]
        assert shortened(text).text == text
        assert missing_grammar(text) == "go"
    finally:
        monkeypatch.undo()
        code_grammar._grammar.cache_clear()
    assert missing_grammar(text) == ""


lines = st.sampled_from([line for text in SOURCES.values() for line in text.split("\n")])


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.lists(lines | st.text(max_size=12), max_size=120).map("\n".join),
    head=st.sampled_from([text[:900] for text in SOURCES.values()]),
    share=st.floats(0.02, 0.9),
)
def test_any_mix_of_lines(text, head, share):
    mixed = head + text
    made = shortened(mixed, "Why does load_cart fail?", share)
    assert made.omitted or made.text == mixed
    assert len(made.text) <= len(mixed)


def test_a_path_in_the_question_alone_makes_no_code():
    text = "nothing here says anything\n" * 40 + "}\n" * 5
    assert CodeCompressor().detect(Block(text, query="what about src/part0/file0.py?")) < 0.5
