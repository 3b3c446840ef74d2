"""Pages, XML and browser snapshots that are made up, for the tests of their compressor."""

from __future__ import annotations

from functools import cache

WORDS = "harbour lantern gravel orchard copper winter ferry signal meadow timber".split()


def article(paragraphs: int = 12) -> str:
    """Return a page of a newspaper: an article among everything else that pages have."""
    sentences = [
        f"The {WORDS[i % 10]} at the {WORDS[i * 3 % 10]} was closed for {i + 2} days. "
        f"Nobody near the {WORDS[i * 7 % 10]} had seen <em>anything</em> like it, said "
        f'<a href="https://news.example.com/people/{i}">Ann {WORDS[i % 10].title()}</a>.'
        for i in range(paragraphs)
    ]
    menu = "".join(f'<li><a href="/{w}?utm_source=menu">{w.title()}</a></li>' for w in WORDS)
    related = "".join(f'<li><a href="/r/{i}">Why {w} matters</a></li>' for i, w in enumerate(WORDS))
    style = ".a{color:red}" * 120
    script = "window.dataLayer.push({'event': 'view'});" * 80
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><title>The ferry is closed - Example News</title>\n'
        f"<style>{style}</style><script>{script}</script></head>\n<body>"
        f"<header><a href='/'>Example News</a></header><nav><ul>{menu}</ul></nav>\n"
        '<div class="cookie-banner"><p>We use cookies to make this site better.</p>'
        "<button>Accept all</button></div>\n<main><article><h1>The ferry is closed</h1>\n<p>"
        + "</p>\n<p>".join(sentences[: paragraphs // 2])
        + "</p>\n<h2>What happens next</h2>\n<p>"
        + "</p>\n<p>".join(sentences[paragraphs // 2 :])
        + "</p>\n<table><tr><th>Line</th><th>Opens</th></tr><tr><td>North</td><td>3 May</td></tr>"
        "<tr><td>South</td><td>9 May</td></tr></table></article>"
        f"<aside class='related'><h3>Related</h3><ul>{related}</ul></aside></main>\n"
        "<footer><p>Copyright Example News. Write to desk@example.com.</p></footer></body></html>\n"
    )


def sitemap(count: int = 30) -> str:
    """Return the addresses of a site, as crawlers read them."""
    urls = "".join(
        f"  <url>\n    <loc>https://example.com/{WORDS[i * 7 % 10]}/{i * 37 % 101}</loc>\n"
        f"    <lastmod>2026-0{1 + i % 9}-1{i % 7}</lastmod>\n    <priority>0.5</priority>\n"
        "  </url>\n"
        for i in range(count)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def junit(count: int = 80) -> str:
    """Return the report of a test run in which two tests failed."""
    cases = []
    for i in range(count):
        head = f'<testcase classname="tests.{WORDS[i % 10]}" name="test_{i}" time="0.0{i % 9}"'
        if i in (7, 55):
            cases.append(
                f'{head}><failure message="assert {i} == 0">def test_{i}():\n>   assert {i} == 0\n'
                f"E   assert {i} == 0\n</failure></testcase>"
            )
        else:
            cases.append(f"{head} />")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n'
        f'<testsuite name="pytest" errors="0" failures="2" tests="{count}">\n'
        + "\n".join(cases)
        + "\n</testsuite>\n</testsuites>\n"
    )


def snapshot(items: int = 40) -> str:
    """Return what a browser tool shows of a shopping cart."""
    lines = [
        "- Page URL: https://shop.example.com/cart",
        "- Page Title: Cart",
        "- generic [active] [ref=e1]:",
        '  - link "Home" [ref=e2] [cursor=pointer]:',
        "    - /url: /",
        '  - heading "Your cart" [level=1] [ref=e3]',
        "  - list [ref=e4]:",
    ]
    for i in range(items):
        n = 10 * (i + 1)
        lines += [
            f"    - listitem [ref=e{n}]:",
            f'      - img "Photo of a {WORDS[i % 10]}" [ref=e{n + 1}]',
            f"      - generic [ref=e{n + 2}]: Item {i} {WORDS[i * 3 % 10]}",
            f'      - button "Remove item {i}" [ref=e{n + 3}] [cursor=pointer]',
        ]
    return "\n".join(
        [
            *lines,
            '  - textbox "Coupon code" [ref=e900]',
            '  - button "Check out" [ref=e901] [cursor=pointer]',
        ]
    )


def numbered(items: int = 30) -> str:
    """Return a page as numbered elements, the way some agents number them."""
    rows = (f"\t[{i}]<a href=/item/{i} />\n\t\tItem {i} {WORDS[i % 10]}" for i in range(items))
    return "\n".join(["[100]<input type=text placeholder=Search />", *rows])


def drawing() -> str:
    """Return a drawing with long paths."""
    paths = (" ".join(f"L{i * k % 100} {i * 13 % 97}" for i in range(200)) for k in range(3, 9))
    shapes = "".join(f'  <path fill="#0{i}a" d="M0 {i} {p}"/>\n' for i, p in enumerate(paths))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{shapes}</svg>\n'


def made_up_xml(count: int, seed: int, odd: str) -> str:
    """Return records, the same on every machine; `odd` is in one of them."""
    rows = [f'  <row id="{i * seed}">{WORDS[i * seed % 10]}</row>' for i in range(count)]
    rows[count // 2] = f"  <row>{odd}</row>"
    return "\n".join(["<?xml version='1.0'?>", "<rows>", *rows, "</rows>"])


def made_up_page(count: int, seed: int, odd: str) -> str:
    """Return a page, the same on every machine; `odd` is one of its paragraphs."""
    paragraphs = [f"<p class=a{i % 3}>The {WORDS[i * seed % 10]} {i}.</p>" for i in range(count)]
    paragraphs[count // 2] = f"<div>{odd}"
    return "<html><body>" + "\n".join(paragraphs)


def made_up_snapshot(count: int, seed: int, odd: str) -> str:
    """Return a snapshot, the same on every machine; `odd` is one of its lines."""
    lines = [
        f'{"  " * (i * seed % 4)}- link "{WORDS[i % 10]} {i}" [ref=e{i}]' for i in range(count)
    ]
    lines[count // 2] = odd
    return "\n".join(lines)


@cache
def _bomb() -> str:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{levels}]><r>&l11;</r>' + (
        "<a>b</a>" * 400
    )


TYPICAL = {
    "article": article(),
    "sitemap": sitemap(),
    "junit": junit(),
    "browser snapshot": snapshot(),
    "numbered elements": numbered(),
    "drawing": drawing(),
}

_PAGE = "<!doctype html><body>"
_XML = "<?xml version='1.0'?><r>"
HOSTILE = {
    "deep page": _PAGE + "<div>" * 60_000 + "x",
    "deep xml": _XML + "<a>" * 60_000 + "x" + "</a>" * 60_000,
    "open formatting": _PAGE + "".join(f"<p><b id={i}>x" for i in range(20_000)),
    "many attributes": _PAGE + "<a " + " ".join(f"a{i}=1" for i in range(50_000)) + ">x</a>",
    "hidden attributes": _PAGE + "<a x='>' " + " ".join(f"a{i}" for i in range(50_000)) + ">x",
    "open comments": _PAGE + "<!--" * 100_000,
    "open scripts": _PAGE + "<script>" * 60_000,
    "open sections": _XML + "<![CDATA[" * 60_000,
    "open quotes": _XML + '<a "' * 100_000,
    "open tags": _PAGE + "<" * 400_000,
    "page with nul": _PAGE + "<p>a\x00b \ud800</p>" * 999,
    "xml with nul": _XML + "<p>a\x00b \ud800</p>\n" * 999,
    "entities that grow": _bomb(),
    "nested tables": _PAGE + "<table><tr><td>" * 20_000,
    "one row": _PAGE + "<table><tr>" + "<td>x" * 100_000,
    "equal elements": _XML + '<a b="c" d="e">x</a>\n' * 20_000,
    "own rows": _XML + "\n@rows 4 of:\n<a>{}</a>\n@cells a\n1\n2\n3\n4\n" * 200,
    "own places": _XML + "<a>{}</a>\n<a>x{}</a>\n" * 200,
    "deep snapshot": "\n".join(f'{"  " * i}- link "x" [ref=e{i}]:' for i in range(900)),
    "wide snapshot": '- button "x" [ref=e1]\n' * 30_000,
}

CASES = {
    "markup/article": (article(8), "Why is the ferry closed?"),
    "markup/selectors": (article(8), "What is the CSS selector of the table of opening dates?"),
    "markup/sitemap": (sitemap(14), "Which pages changed in March?"),
    "markup/junit": (junit(40), "Which tests failed?"),
    "markup/snapshot": (snapshot(24), "Remove item 17 and check out."),
    "markup/numbered": (numbered(24), "Open item 9."),
    "markup/drawing": (drawing(), "Which colours are used?"),
}
