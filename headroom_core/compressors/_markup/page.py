"""Writes a page as markdown within a budget: its main text, then what the question is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._markup.blocks import PageBlock, Reader
from headroom_core.compressors._markup.keep import kept_lines
from headroom_core.compressors._markup.main import sort
from headroom_core.compressors._markup.parse import parse, without_scripts
from headroom_core.compressors._markup.question import wants_links, wants_regions, words
from headroom_core.compressors._markup.scripted import scripted_text
from headroom_core.compressors._passage import rank as passage_rank
from headroom_core.compressors._passage.page import Page
from headroom_core.compressors._passage.pieces import split
from headroom_core.relevance import score_units, terms
from headroom_core.types import Budget, Compressed

_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_BREAKS = re.compile(r"(?<!\s)\s*\n\s*")
_ENTITIES: Final = (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
_SITE = re.compile(r"\]\((https?://[^/()\s]{1,200})(?=/)")
_MANY_LINKS: Final = 4
_SHELL: Final = 600
"""A page that shows so little, and has more to say in its scripts, is one that they fill."""

_UNASKED: Final = 0.02


def write_page(text: str, budget: Budget, query: str) -> Compressed | None:
    """Return the page as markdown; None if that would not be within the budget."""
    if budget.tokens is None:
        return None
    bare = without_scripts(text)
    root = parse(bare)
    if root is None:
        plain = linked = _visible(bare)
        shown = plain
    else:
        reader = Reader().read(root)
        blocks = _chosen(reader, query)
        heading = _title(reader, blocks)
        linked = heading + relative(_markdown(blocks, linked=True))
        plain = heading + _markdown(blocks, linked=False)
        if len(plain) < _SHELL and len(later := scripted_text(text)) > len(plain):
            plain = linked = f"{plain.rstrip()}\n\n{later}"
        shown = plain
    if budget.keep:
        rest = kept_lines(text, linked, budget.keep)
        plain, linked = f"{plain}{rest}", f"{linked}{rest}"
    if not plain.strip():
        return None
    missing = max(1, len(text) - len(shown))
    omitted = f"markup, scripts and navigation: {missing:,} of {len(text):,} characters"
    for markdown in (linked, plain):
        if budget.count(markdown) <= budget.tokens:
            return Compressed(markdown, omitted)
    markdown = linked if wants_links(query) else plain
    made = _part(markdown, budget, query)
    return made and Compressed(made.text, f"{omitted}; {made.omitted}" if made.omitted else omitted)


def _chosen(reader: Reader, query: str) -> list[PageBlock]:
    """Return the main text, and of the rest what only it says about the question."""
    found = sort(reader)
    if wants_regions(query):
        return list(found.blocks)
    main = [b for b, aside in zip(found.blocks, found.aside, strict=True) if not aside]
    said = "\n".join(block.text for block in main).lower()
    only_aside = [term for term in terms(words(query)) if term not in said]
    if not only_aside:
        return main
    scores = score_units([block.text for block in found.blocks], " ".join(only_aside))
    return [
        block
        for block, aside, score in zip(found.blocks, found.aside, scores, strict=True)
        if not aside or score > 0
    ]


def _title(reader: Reader, blocks: Sequence[PageBlock]) -> str:
    """Return the title of the page as a heading, unless the text has it."""
    first = next((block.text for block in blocks if block.kind == "heading"), "")
    if not reader.title or (first and first.lower() in reader.title.lower()):
        return ""
    return f"# {reader.title}\n\n"


def _markdown(blocks: Sequence[PageBlock], *, linked: bool) -> str:
    return "".join(_lines(blocks, linked=linked)).strip("\n")


def relative(markdown: str) -> str:
    """Write the links to the site that most lead to without its name, and say so."""
    sites = Counter(_SITE.findall(markdown))
    site, count = sites.most_common(1)[0] if sites else ("", 0)
    if count < _MANY_LINKS:
        return markdown
    return f"(/... is {site}/...)\n\n" + markdown.replace(f"]({site}/", "](/")


def _lines(blocks: Sequence[PageBlock], *, linked: bool) -> Iterator[str]:
    above = ""
    for block in blocks:
        text = block.linked if linked else block.text
        together = block.kind == above and above in ("item", "row")
        yield "\n" if together else "\n\n"
        if block.kind == "heading":
            text = f"{'#' * block.level} " + " ".join(block.text.split("\n"))
        elif block.kind == "item":
            indent = "  " * max(0, block.level - 1)
            text = f"{indent}- " + text.replace("\n", f"\n{indent}  ")
        elif block.kind == "code":
            text = f"```\n{text}\n```"
        yield text
        above = block.kind


def _part(markdown: str, budget: Budget, query: str) -> Compressed | None:
    """Return what fits of `markdown`: what the question is about, then what says most."""
    units = split(markdown)
    scores = passage_rank.score(markdown, units, query)
    most = max(scores, default=0.0) or 1.0
    alone = passage_rank.score_alone(markdown, units)
    scores = [score + _UNASKED * most * other for score, other in zip(scores, alone, strict=True)]
    return fit(markdown, budget, Page(markdown, units, scores, budget.keep).write)


def _visible(bare: str) -> str:
    """Return what a page shows, without any structure: for pages that cannot be parsed."""
    text = _BREAKS.sub("\n", _BLANKS.sub(" ", _TAG.sub(" ", bare)))
    for name, sign in _ENTITIES:
        text = text.replace(name, sign)
    return text.strip()
