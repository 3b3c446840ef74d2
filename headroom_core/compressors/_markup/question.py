"""Reads from a question whether it is about a page's text, its markup, or a part of it."""

from __future__ import annotations

import re
from typing import Final

_MARKUP = re.compile(
    r"\b(?:selectors?|css|class(?:name|list)s?|xpath|scrap(?:e[rs]?|ing)|crawler|markup|dom"
    r"|attributes?|aria|a11y|accessib\w{1,8}|data-\w+|json-ld|schema\.org|microdata|iframes?|og:\w+"
    r"|seo|stylesheets?|doctype|viewbox|xmlns|(?:html|xml|meta|div|script|style|input|anchor) tags?"
    r"|class(?:es)? (?:names?|of the|on the|does|do|is|are)|(?:html|dom|page|form|input) elements?"
    r"|id of the|ids? (?:attribute|does|do)|html(?! (?:page|file|document|article|report)))\b",
    re.IGNORECASE,
)
_READ = re.compile(r"\b(?:summar\w{1,8}|main (?:text|content|points)|article)\b", re.IGNORECASE)
_HTML_ONLY = re.compile(r"\bhtml\b", re.IGNORECASE)
_SCRIPTS = re.compile(
    r"\b(?:scripts?|javascript|json-ld|schema|microdata|stylesheets?|styles?"
    r"|css (?:rules?|files?|code))\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:meta|head|seo|og:\w+|favicon|canonical|stylesheets?|charset)\b", re.IGNORECASE
)
_EDIT = re.compile(
    r"\b(?:edit|fix|change|refactor|modify|rewrite|add|insert|remove|rename|update|replace|improve"
    r"|validate|convert|format|style|restyle|correct|patch)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\w{2,9}:/[^\s]{1,2000}|(?<!\S)[\w.~-]{0,99}/[\w.~-]{1,99}/\S{0,2000}")
_DATA = re.compile(r"[{\[]\s*\"")
_REGIONS = re.compile(
    r"\b(?:nav(?:bar|igation)?|menus?|footer|side-?bar|header|banner|cookies?|consent|links?|urls?"
    r"|buttons?|forms?|related|comments?|breadcrumbs?|logo|whole page|entire page|everything)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\b(?:links?|urls?|hrefs?|download|click|visit|open|follow|go to)\b", re.IGNORECASE
)
_ASKED: Final = 4_000


def wants_markup(query: str) -> bool:
    """Return whether the markup itself is asked for: selectors, classes, attributes."""
    said = words(query)
    if _READ.search(said):
        said = _HTML_ONLY.sub("", said)
    return bool(_MARKUP.search(said))


def wants_to_edit(query: str) -> bool:
    """Return whether the markup is to be changed, so that every character counts."""
    return wants_markup(query) and bool(_EDIT.search(words(query)))


def wants_scripts(query: str) -> bool:
    """Return whether scripts or styles are asked for."""
    return bool(_SCRIPTS.search(words(query)))


def wants_head(query: str) -> bool:
    """Return whether what a page says about itself is asked for."""
    return bool(_HEAD.search(words(query)))


def about(query: str) -> str:
    """Return a question without the words that only say that it is about markup."""
    return _MARKUP.sub(" ", query)


def wants_regions(query: str) -> bool:
    """Return whether a part is asked for that is not the main text: the menu, the footer."""
    return bool(_REGIONS.search(words(query)))


def wants_links(query: str) -> bool:
    """Return whether the targets of links are asked for."""
    return bool(_LINKS.search(words(query)))


def words(query: str) -> str:
    """Return what was said, without addresses and data: those of a tool call say anything."""
    query = query[:_ASKED]
    data = _DATA.search(query)
    return _ADDRESS.sub(" ", query[: data.start()] if data else query)
