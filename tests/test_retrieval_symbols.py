"""Functions, classes and types that are asked for by name."""

from __future__ import annotations

import re

import pytest

from headroom_core.retrieval import select
from tests.compressors.code_inputs import numbered
from tests.compressors.code_sources import NOUNS, SOURCES
from tests.test_versions import no_grammars

LINES = {
    "python": (59, 71),
    "javascript": (52, 64),
    "typescript": (53, 61),
    "tsx": (33, 41),
    "rust": (53, 66),
    "go": (53, 65),
    "java": (54, 68),
    "c": (52, 64),
    "cpp": (41, 50),
    "csharp": (43, 52),
    "ruby": (40, 49),
    "php": (42, 51),
    "bash": (46, 57),
}
every_language = pytest.mark.parametrize("language", SOURCES)


def stock(language):
    """Return the name of a function in a source, and its lines with what stands right above."""
    text = SOURCES[language]
    name = next(n for n in re.findall(r"\w*[Ss]tock\w*", text) if n.lower() not in NOUNS)
    first, last = LINES[language]
    return name, "\n".join(text.split("\n")[first - 1 : last])


@every_language
def test_a_name_gives_the_whole_function(language):
    name, whole = stock(language)
    found = select("k", SOURCES[language], name)
    assert found.text == whole
    assert found.ranges == (LINES[language],)
    assert found.labels[0].endswith(name)


@every_language
def test_the_lines_of_a_numbered_file_come_with_their_numbers(language):
    name, whole = stock(language)
    first, last = LINES[language]
    found = select("k", numbered(SOURCES[language], 120), name)
    assert found.ranges == ((first, last),)
    assert found.text == numbered(f"{whole}\n", 119 + first).removesuffix("\n")


@pytest.mark.parametrize(
    "query",
    ["load_stock", " load_stock() ", "def load_stock", "Shop.load_stock", "`load_stock`",
     "LOAD_STOCK", "the load_stock method", "load_stock(key, limit)", "Warehouse.load_stock",
     "What does load_stock return?", "where is `load_stock` in shop.py"],
)  # fmt: skip
def test_ways_to_name_a_function(query):
    assert select("k", SOURCES["python"], query).ranges == (LINES["python"],)


def test_a_type_is_given_whole_with_what_it_holds():
    text = SOURCES["python"]
    found = select("k", text, "class Shop")
    assert found.text == text[text.index("class Shop") : text.index("def _hidden")].rstrip("\n")
    assert len(select("k", text, "load_stock and load_cart of Shop").ranges) == 2


@pytest.mark.parametrize(
    ("language", "query", "first", "last"),
    [
        pytest.param("rust", "Shop", "pub struct Shop", "}", id="a struct"),
        pytest.param("typescript", "Order", "export interface Order", "}", id="an interface"),
        pytest.param("go", "type Shop", "type Shop struct", "}", id="a type"),
        pytest.param("c", "struct shop", "typedef struct", "} shop;", id="a typedef"),
        pytest.param("ruby", "module Example", "module Example", "end", id="a module"),
    ],
)
def test_types(language, query, first, last):
    parts = select("k", SOURCES[language], query).text.split("\n")
    assert parts[0].startswith(first)
    assert last in parts


def test_all_of_a_name_and_where_else_it_stands():
    text = "".join(
        f"class Shop{i}:\n    def load(self):\n        a = {i}\n        return a\n\n\n"
        for i in range(9)
    )
    text += "def main():\n    shop = Shop3()\n    return shop.load()\n"
    found = select("k", text, "load")
    assert found.labels == tuple(f"Shop{i}.load" for i in range(9))
    assert found.note == "named in line 57 as well"
    assert select("k", text, "Shop3.load").labels == ("Shop3.load",)
    assert str(select("k", text, "Shop3.load")).startswith("[Shop3.load, lines 20-22 of 58")


def test_what_does_not_fit_is_named():
    body = "        total = total + 'all that is in the shop'\n        return total\n" * 20
    shops = (f"class Shop{i}:\n    def load(self):\n{body}\n" for i in range(9))
    text = "".join(["import os\nimport shelf\n", *shops])
    found = select("k", text, "load")
    assert found.labels == tuple(f"Shop{i}.load" for i in range(8))
    assert found.note == "1 more: Shop8.load lines 348-388"


def test_files_of_one_result_and_fences_of_one_message():
    files = {"a.py": "python", "b.go": "go"}
    several = "".join(f"==> {path} <==\n{SOURCES[name]}\n" for path, name in files.items())
    fences = "".join(
        f"This is {path}:\n\n```{name}\n{SOURCES[name]}```\n" for path, name in files.items()
    )
    for text in (several, fences):
        for language in files.values():
            name, whole = stock(language)
            assert select("k", text, name).text == whole
    found = select("k", several.replace("type Shop", "type load_stock"), "load_stock")
    assert found.labels == ("Shop.load_stock in a.py", "load_stock in b.go")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param(SOURCES["python"], "found.append", id="a call"),
        pytest.param(SOURCES["python"], "LIMIT", id="a constant of one line"),
        pytest.param(SOURCES["python"], "Never more than the limit", id="words"),
        pytest.param("The shop has a stock.\n" * 30 + "load_stock(1)\n", "load_stock", id="prose"),
    ],
)
def test_other_queries_give_lines(text, query):
    found = select("k", text, query)
    assert query.lower() in found.text.lower()
    assert not found.labels


def test_without_the_grammar_a_name_gives_lines():
    text = SOURCES["go"]
    with no_grammars():
        found = select("k", text, "LoadStock")
    assert "LoadStock" in found.text
    assert not found.labels
