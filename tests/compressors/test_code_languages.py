"""Files that more than one grammar takes, and what goes first of those without bodies."""

from __future__ import annotations

import re

import pytest

from headroom_core import Block, Budget
from headroom_core.compressors._code import grammar as code_grammar
from headroom_core.compressors._code.detect import guesses
from headroom_core.compressors._code.files import Excerpt
from headroom_core.compressors._code.read import read
from headroom_core.tokenizers.estimate import estimate
from tests.compressors.code_inputs import numbered
from tests.compressors.code_sources import NOUNS, SOURCES
from tests.compressors.test_code import CODE, shortened

FLOW = """// @flow
import type {Shelf} from './shelf';
export type Stock = {| +name: string, size: ?number |};
""" + "".join(
    f"""
export function load{noun.title()}(key: string, size: ?number): Promise<{noun.title()}> {{
  const found: Array<string> = [];
  const shelf: Shelf = open(key);
  for (const {noun} of shelf.all()) {{
    found.push({noun}.name);
  }}
  return Promise.resolve(found);
}}
"""
    for noun in NOUNS * 4
)

ENDINGS = {"ruby": "rb", "rust": "rs", "c": "c", "go": "go"}


def test_a_file_is_read_by_the_grammar_that_fits_it_best():
    made = CODE.compress(Block(FLOW, query="cat a.js"), Budget(400, estimate))
    assert re.match("32 of 32 function bodies", made.omitted)
    header = SOURCES["cpp"].replace("#include <vector>", "#include <vector.h>")
    assert shortened(header, "cat shop.h").omitted


@pytest.mark.parametrize("numbers", [False, True], ids=["", "numbered"])
@pytest.mark.parametrize(
    ("language", "comment"),
    [
        pytest.param("ruby", "=begin\nAbout the shop.\nMore of it.\n=end\n", id="a block of Ruby"),
        pytest.param(
            "rust", "/* About /* the\nshop */ and\nmore\nof it. */\n", id="one in another"
        ),
        pytest.param("c", "/* About\n * the /* shop\n * and more.\n */\n", id="an opening within"),
        pytest.param(
            "go", "// About the shop,\n// and /* more\n// of it.\n", id="one that opens none"
        ),
    ],
)
def test_what_is_left_of_a_comment_ends(language, comment, numbers):
    text = f"{comment}\n{SOURCES[language]}" * 2
    made = shortened(numbered(text) if numbers else text, f"cat shop.{ENDINGS[language]}")
    assert made.omitted
    shown = re.sub(r"^ *\d+\t", "", made.text, flags=re.MULTILINE) if numbers else made.text
    assert code_grammar.errors(shown.encode(), language) == ()


def test_what_only_the_grammar_of_php_takes_for_text_is_no_code():
    text = "".join(f"function load{n}(a b, }} ] @@ {{\n" for n in range(90))
    assert "php" in list(guesses(text))
    assert read(Excerpt(text, "a.js"), "")[1:] == ("", None)
    assert read(Excerpt(f"<?php\n{SOURCES['php']}", ""), "")[1] == "php"


def test_values_go_before_functions():
    values = "".join(f"#define SHOP_PART_{n} {n}\n" for n in range(300))
    functions = "".join(f"int shop_load_{n}(const char *key, int limit);\n" for n in range(60))
    made = shortened(f"#include <shop.h>\n{functions}{values}{functions}", share=0.6).text
    assert all(made.count(f"shop_load_{n}(") == 2 for n in range(60))
    assert "SHOP_PART_299" not in made


def test_no_large_declaration_goes_where_a_small_one_will_do():
    large = "".join(f"  run_the_shop {n} \\\n" for n in range(200))
    small = "".join(f"serve part{n} 'what is part number {n}'\n" for n in range(90))
    text = f"{SOURCES['bash']}\n{small}if true; then\n  shop \\\n{large}  end\nfi\n"
    made = shortened(text, share=0.75).text
    assert "run_the_shop 199" in made
