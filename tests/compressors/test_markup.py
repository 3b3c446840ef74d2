"""What of a page is shown: its text, its markup, or what can be clicked."""

from __future__ import annotations

import json
import re

import pytest

from headroom_core import Block, Budget
from headroom_core.compressors import default_compressors
from headroom_core.compressors._markup import parse as markup_parse
from headroom_core.compressors.markup import MarkupCompressor
from headroom_core.router import Router
from headroom_core.tokenizers.estimate import estimate
from tests.compressors import markup_inputs

MARKUP = MarkupCompressor()
PAGE = markup_inputs.article()


def shown(text, query="What is it about?", tokens=None, keep=None):
    ceiling = tokens or 100 + int(0.3 * estimate(text))
    made = MARKUP.compress(Block(text), Budget(ceiling, estimate, keep), query)
    assert estimate(made.text) <= ceiling
    assert made.omitted
    return made.text


def page(body, head=""):
    style = "<style>" + ".a{margin:1px}" * 400 + "</style>"
    return f"<!DOCTYPE html><html><head>{head}{style}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<!DOCTYPE html><html><body><p>x</p></body></html>", True, id="a page"),
        pytest.param("\ufeff\n <HTML><BODY>x", True, id="a page in capitals"),
        pytest.param("<div><p>a</p><p>b</p><p>c</p></div>", True, id="a part of a page"),
        pytest.param(markup_inputs.sitemap(), True, id="XML"),
        pytest.param(
            "<rows><a>1</a><a>2</a><a>3</a></rows>\n", True, id="XML without its first line"
        ),
        pytest.param(markup_inputs.snapshot(), True, id="a snapshot of a browser"),
        pytest.param(markup_inputs.numbered(), True, id="numbered elements"),
        pytest.param(
            "\n".join(f'uid=1_{i} button "Save {i}"' for i in range(9)),
            True,
            id="elements with uid",
        ),
        pytest.param(
            "<div className={cls}>\n  <p>a</p><p>{b}</p><p>c</p>\n</div>", False, id="a component"
        ),
        pytest.param(
            "<template>\n<div v-if='x'><p>a</p><p>b</p></div>\n</template>", False, id="a Vue file"
        ),
        pytest.param("<?php echo 1; ?><p>a</p><p>b</p><p>c</p>", False, id="PHP"),
        pytest.param(
            "<!DOCTYPE html><html>{% block x %}<p>a</p>{% endblock %}</html>",
            False,
            id="a template",
        ),
        pytest.param(
            '<p align="center"><img src="x.png"></p>\n\n# Title\n\n<b>a</b><b>b</b><b>c</b>\n',
            False,
            id="markdown that begins with a tag",
        ),
        pytest.param("<ann> hello\n<bob> hi\n" * 20, False, id="a chat"),
        pytest.param(
            "<document>\n" + "The harbour was closed for days. " * 40 + "\n</document>",
            False,
            id="a document in tags",
        ),
        pytest.param("diff --git a/x.html b/x.html\n-<p>a</p>\n+<p>b</p>\n", False, id="a diff"),
        pytest.param("- link to the docs\n- button of the coat\n" * 9, False, id="a list"),
        pytest.param('[1] Ann "On gravel"\n[2] Bob "On ferries"\n' * 9, False, id="references"),
        pytest.param("- name: x\n  text: y\n" * 9, False, id="YAML"),
    ],
)
def test_detects(text, expected):
    assert (MARKUP.detect(Block(text)) >= 0.5) is expected


def test_of_a_page_the_article_is_shown():
    made = shown(PAGE)
    for word in ("The ferry is closed", "What happens next", "| North | 3 May |", "for 13 days"):
        assert word in made
    for word in ("window.data", "color:red", "cookies", "Why harbour", "Copyright", "utm_source"):
        assert word not in made


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<h2>A  b</h2><p>c\n d</p>", "## A b\n\nc d", id="headings and paragraphs"),
        pytest.param("<ul><li>a<ul><li>b</li></ul><li>c</ul>", "- a\n  - b\n- c", id="lists"),
        pytest.param("<p>a<br>b</p>", "a\nb", id="line breaks"),
        pytest.param("<pre>x = 1\n  y</pre>", "```\nx = 1\n  y\n```", id="code"),
        pytest.param("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>", id="entities"),
        pytest.param("<p>see <a href='/x?utm_source=y'>here</a>.</p>", "[here](/x)", id="links"),
        pytest.param(
            "<p>see <a href='#top'>up</a> there</p>", "see up there", id="links to itself"
        ),
        pytest.param("<p>a<b>b</b>c <i>d</i></p>", "abc d", id="words stay whole"),
        pytest.param("<p>x<p>y<div>z", "x\n\ny\n\nz", id="elements that nobody closed"),
        pytest.param(
            "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "| a | b |\n| c | d |", id="tables"
        ),
        pytest.param("<script>if (a<b) x('<p>no</p>')</script><p>y</p>", "y", id="no scripts"),
        pytest.param("<!-- <p>no</p> --><p>y</p>", "y", id="no comments"),
    ],
)
def test_markdown(body, expected):
    made = shown(page(body), tokens=900)
    assert expected in made
    assert "no" not in made


def test_lists_of_links_are_left_out_unless_there_is_little_else():
    links = "".join(f"<li><a href='/{i}'>Why it matters {i}</a></li>" for i in range(9))
    text = "".join(f"<p>It was closed for {i} days.</p>" for i in range(30))
    assert "Why" not in shown(page(f"{text}<div><ul>{links}</ul></div>"), tokens=900)
    assert "Why it matters 7" in shown(page(f"<div><ul>{links}</ul></div>"), tokens=900)


def test_many_links_to_one_site_are_relative_to_it():
    links = " ".join(f"<a href='https://a.example/p/{i}'>p{i}</a> and" for i in range(5))
    made = shown(page(f"<p>Read {links} more of it, as it is all there is to be read.</p>"))
    assert made.startswith("(/... is https://a.example/...)")
    assert "[p3](/p/3)" in made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("What is in the footer?", "desk@example.com", id="a part of the page"),
        pytest.param(
            "What does it say about copyright?", "Copyright", id="only the footer says it"
        ),
        pytest.param("What is the CSS selector of the banner?", '"cookie-banner"', id="a selector"),
        pytest.param("Which script tags are there?", "<script>", id="scripts"),
    ],
)
def test_what_is_asked_for_is_shown(query, expected):
    assert expected in shown(PAGE, query)


def test_what_is_to_be_edited_is_not_touched():
    made = MARKUP.compress(Block(PAGE), Budget(300, estimate), "Fix the html tags of the menu")
    assert made.text == PAGE
    assert not made.omitted


@pytest.mark.parametrize(
    "arguments", ['{"url": "https://a.example/css"}', "https://a.example/css/footer/copyright"]
)
def test_addresses_are_no_question(arguments):
    query = f"What happened?\n{arguments}"
    assert "Copyright" not in shown(PAGE, query)


def test_too_long_an_article_keeps_its_headings_and_what_is_asked():
    long = markup_inputs.article(300)
    made = shown(long, "What was closed for 177 days?", tokens=500)
    assert "closed for 177 days" in made
    assert "## What happens next" in made
    assert "[…]" in made


@pytest.mark.parametrize("query", ["What happens?", "Which class is used?", "the CSS selector"])
def test_what_must_be_kept_is(query):
    made = shown(PAGE + "<!-- build 7f3a -->\n", query, 2000, re.compile("build 7f3a|dataLayer"))
    assert "build 7f3a" in made
    assert "dataLayer" in made


def test_without_the_library_a_page_is_whole(monkeypatch):
    monkeypatch.setattr(markup_parse, "available", lambda: False)
    assert MARKUP.compress(Block(PAGE), Budget(300, estimate)).text == PAGE


def test_a_page_that_cannot_be_parsed_shows_its_text():
    deep = page("<div>" * 5_000 + "<p>at the bottom</p>")
    assert "at the bottom" in shown(deep)


def test_a_tag_of_thousands_of_attributes_is_not_parsed():
    tag = "<a " + " ".join(f"a{i}=1" for i in range(3_000)) + ">"
    assert markup_parse.parse(f"<p>{tag}x</a></p>") is None
    assert markup_parse.parse(f"<p><a title='{'a b ' * 3_000}'>x</a></p>") is not None


def test_an_application_shows_what_can_be_seen():
    state = '{"a": "' + "x" * 20_000 + '"}'
    text = page(f"<div>Loading the orchard</div><script>{state}</script>", "<title>App</title>")
    assert shown(text) == "# App\n\nLoading the orchard"


STORY = "The ferry to the island is closed until May, the harbour office said on Monday morning."
DATA = {"props": {"article": {"title": "No ferry", "body": [{"text": f"<p>{STORY}</p>"}]}}}
STATE = {"items": [{"title": f"Lamp {n}", "price": 40 + n, "url": f"/p/{n}"} for n in range(9)]}
STREAM = json.dumps([1, f'2:["$","p",null,{{"className":"a","children":{json.dumps(STORY)}}}]'])


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(
            f'<script id="d" type="application/json">{json.dumps(DATA)}</script>',
            f"## No ferry\n\n{STORY}",
            id="data",
        ),
        pytest.param(
            f"<script>window.__STATE__ = {json.dumps(STATE)};run()</script>",
            "- Lamp 3; price: 43",
            id="a state that is assigned",
        ),
        pytest.param(f"<script>self.__f.push({STREAM})</script>", STORY, id="parts of a stream"),
    ],
)
def test_an_application_that_shows_nothing_yet_says_what_it_will(script, expected):
    shell = page(f"<div id='app'>Loading</div>{script * 2}<script>{'x();' * 900}</script>")
    made = shown(shell)
    assert made.count(expected) == 1
    assert "x();" not in made


def test_data_of_a_page_that_says_it_is_not_shown():
    script = f'<script type="application/ld+json">{json.dumps(DATA)}</script>'
    assert STORY not in shown(page(f"<p>{'It rained on all of the islands. ' * 30}</p>{script}"))


def test_what_stands_beside_links_goes_with_them():
    links = "".join(
        f"<div><a href='/{n}'>What else there is to read, {n}</a></div><div>{n} min read</div>"
        for n in range(9)
    )
    made = shown(page(f"<div>{'It rained on all of the islands. ' * 40}</div>{links}"))
    assert "min read" not in made
    assert "What else" not in made


def test_failing_tests_are_whole_and_the_others_counted():
    made = shown(markup_inputs.junit(), "What went wrong?")
    assert made.count("E   assert") == 2
    assert "<!-- not shown: 76 <testcase>, none of them failing -->" in made


def test_long_values_are_cut_in_the_middle():
    made = shown(markup_inputs.drawing(), tokens=1200)
    assert made.count("characters…]") == 6
    assert 'fill="#05a"' in made


def test_a_snapshot_keeps_what_can_be_used_next():
    made = shown(markup_inputs.snapshot(80), "Remove item 57, then check out.", tokens=500)
    for line in (
        "- Page URL: https://shop.example.com/cart",
        '- heading "Your cart" [level=1] [ref=e3]',
        '- button "Remove item 57" [ref=e583] [cursor=pointer]',
        '- textbox "Coupon code" [ref=e900]',
        '- button "Check out" [ref=e901] [cursor=pointer]',
    ):
        assert line in made
    assert re.search(r"\[… \d+ button, \d+ ", made)


def test_a_snapshot_is_no_configuration_although_it_is_yaml():
    rows = "".join(
        f'    - listitem [ref=e{n}]:\n      - link "Lamp {n}" [ref=e1{n}] [cursor=pointer]:\n'
        f'        - /url: /p/{n}\n      - button "Add to cart" [ref=e2{n}]\n'
        for n in range(20)
    )
    head = "- Page URL: https://a.example\n- Page Snapshot:\n```yaml\n- main [ref=e1]:\n  - list:\n"
    text = f"{head}{rows}```\n"
    ranked = Router(default_compressors()).rank(Block(text))
    assert [compressor.name for _, compressor in ranked][:2] == ["markup", "config"]


def test_a_numbered_element_keeps_its_text():
    made = shown(markup_inputs.numbered(60), "Open the item 41", tokens=200)
    assert "[41]<a href=/item/41 />\n" in made
    assert "Item 41" in made
