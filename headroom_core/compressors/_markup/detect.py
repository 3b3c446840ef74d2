"""Tells pages, XML and browser snapshots from sources that only contain tags."""

from __future__ import annotations

import re
from typing import Final

_LOOK_AT: Final = 16_384
_MIN_TAGS: Final = 6
_MIN_MARKUP: Final = 0.15
_MIN_NODES: Final = 6
_LINES: Final = 200
_SURE: Final = 0.94
"""A snapshot is also YAML: whoever reads that must be less sure."""


_PAGE = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_XML = re.compile(
    r"<\?xml\s|<(?:svg|rss|feed|urlset|sitemapindex|testsuites?|project)\b", re.IGNORECASE
)
_FIRST_TAG = re.compile(r"<([A-Za-z][\w.:-]{0,60})(?=[\s/>])")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,2000})?>")
_RAW = re.compile(r"<(script|style)\b[^>]{0,500}>[^<]{0,16384}", re.IGNORECASE)
_CODE = re.compile(r"<code\b[^<>]{0,200}>[^<]{0,4000}", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"\{%|<%|<\?(?:php\b|=)|\{\{[^{}]{0,200}\}\}[^{}]{0,9000}\{\{"
    r"|\s(?:v-(?:if|for|bind|model|on)\b|@click|:key|\*ng\w{2,9}|\(click\)|wire:\w)[^<>=]{0,20}="
)
_TEMPLATE_SIGNS: Final = (
    "{%", "<%", "<?php", "<?=", "{{", " v-", "@click", " :key", "*ng", "(click)", "wire:"
)  # fmt: skip
_COMPONENT = re.compile(r"\bclassName=|=\{[^\"'}]{0,80}[\n}]|\{/\*|=>")
_SOURCE = re.compile(r"<(?:template|script|style|[A-Z]\w{0,40}\.\w)\b")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|~~~|[-*] \[[^\]\n]{1,99}\]\(|\[!\[)", re.MULTILINE)
_HTML_NAMES: Final = frozenset(
    "a abbr address article aside b blockquote body br button center cite code col dd details div "
    "dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i "
    "iframe img input label legend li link main mark meta nav ol optgroup option p path picture "
    "pre s script section select small source span strong style sub summary sup svg table tbody "
    "td textarea tfoot th thead time title tr u ul use video".split()
)
NODE = re.compile(
    r"[ \t]*(?:[-*] )?\*?(?:\[[\w-]{1,12}\] ?(?=<?[A-Za-z])<?([A-Za-z]\w*)"
    r"|uid=\S{1,20} ([A-Za-z]\w*)"
    r"|(?<=- )'?([a-z]\w{2,20})"
    r"(?= \"| \[(?:ref|level|active|checked|disabled|expanded|selected)|:$|$))"
)
_TREE_SIGNS: Final = (
    "[ref=", "uid=", "]<", '- link "', '- button "', '- heading "', "] link ", "] button ",
    "] RootWebArea ", "] StaticText ",
)  # fmt: skip
_EVIDENCE = re.compile(
    r"\[ref=|uid=\S{1,20} [A-Za-z]|^[ \t]*\*?\[\d{1,6}\] ?<[a-z]"
    r"|^[ \t]*(?:\[\d{1,6}\]|-) (?:RootWebArea|StaticText|button|link|heading|textbox|img|image"
    r"|checkbox|combobox|menuitem|tab|searchbox|radio) ['\"]",
    re.MULTILINE,
)


def kind_of(text: str) -> tuple[str, float]:
    """Return "page", "xml", "tree" or "" and how sure that is."""
    start = text[:_LOOK_AT].lstrip("\ufeff \t\r\n")
    if start[:1] != "<":
        return _tree(start)
    if _PAGE.match(start):
        return ("page", 0.95) if not _is_template(start) else ("", 0.0)
    first = _FIRST_TAG.match(start)
    if first is None and not _XML.match(start):
        return "", 0.0
    if _SOURCE.match(start) or _is_template(start) or _COMPONENT.search(_RAW.sub("", start)):
        return "", 0.0
    if first is None or _XML.match(start):
        return "xml", 0.95
    return _fragment(text, start, first[1])


def _is_template(start: str) -> bool:
    """Return whether a program fills `start` in before it is a page."""
    if not any(sign in start for sign in _TEMPLATE_SIGNS):
        return False
    bare = _CODE.sub("", _RAW.sub("", start))
    return _TEMPLATE.search(bare) is not None


def _fragment(text: str, start: str, root: str) -> tuple[str, float]:
    tags = list(_TAG.finditer(start))
    closing = sum(1 for tag in tags if tag[1])
    markup = sum(tag.end() - tag.start() for tag in tags)
    if len(tags) < _MIN_TAGS or closing * 4 < len(tags) or markup < _MIN_MARKUP * len(start):
        return "", 0.0
    if _MARKDOWN.search(start):
        return "", 0.0
    known = sum(1 for tag in tags if tag[2].lower() in _HTML_NAMES)
    if known >= 0.9 * len(tags):
        return "page", 0.8
    if text[-400:].rstrip().endswith(f"</{root}>"):
        return "xml", 0.85
    return "", 0.0


def _tree(start: str) -> tuple[str, float]:
    if not any(sign in start for sign in _TREE_SIGNS) or not _EVIDENCE.search(start):
        return "", 0.0
    lines = [line for line in start.split("\n") if line and not line.isspace()][:_LINES]
    nodes = sum(1 for line in lines if NODE.match(line))
    if nodes >= _MIN_NODES and nodes >= 0.5 * len(lines):
        evidence = len(_EVIDENCE.findall(start))
        return "tree", _SURE if evidence >= _MIN_NODES else 0.3
    return "", 0.0
