"""Reads a parsed page as headings, paragraphs, items and rows, each with where it stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._markup.parse import Element, walk

_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark nobr "
    "q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_SKIPPED: Final = frozenset(
    "script style svg template iframe object embed canvas audio video map math datalist select "
    "textarea input img picture source track meta link base head".split()
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_REGIONS: Final = {
    "nav": "navigation", "footer": "footer", "aside": "aside", "dialog": "dialog",
    "menu": "navigation", "header": "header", "form": "form", "noscript": "noscript",
}  # fmt: skip
_ROLES: Final = {
    "navigation": "navigation", "banner": "header", "contentinfo": "footer", "dialog": "dialog",
    "complementary": "aside", "search": "form", "alertdialog": "dialog", "menu": "navigation",
    "menubar": "navigation", "tablist": "navigation",
}  # fmt: skip
_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:(cookies?|consent|gdpr|onetrust|privacy-notice)"
    r"|(nav(?:bar|igation)?|menu|breadcrumbs?|pagination|pager|toc|tabs|skip-?link)"
    r"|(footer|colophon|copyright)"
    r"|(side-?bar|widgets?|rail|related|recommend\w{0,6}|more-from|trending|popular|most-?read"
    r"|promo\w{0,5}|advert\w{0,8}|ads?|sponsor\w{0,3}|outbrain|taboola|newsletter|subscribe|signup"
    r"|share|sharing|social|toolbar|popup|modal|overlay|comments?|disqus|author-?bio|tags)"
    r")(?=$|[\s_-])",
    re.IGNORECASE,
)
_CLASS_REGIONS: Final = ("cookie banner", "navigation", "footer", "aside")
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
_MAIN: Final = frozenset(("main", "article"))
_BREAK: Final = "\x1f"
_BREAKS = re.compile(f" ?{_BREAK}[ {_BREAK}]*")
_MOST_CELL_PARTS: Final = 3
_WIDEST_ROW: Final = 1_500


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that says what it is: navigation, footer, aside, hidden, main."""

    name: str
    number: int
    sure: bool


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A heading, paragraph, list item, table row or piece of code.

    Attributes:
        kind: "heading", "text", "item", "row" or "code".
        text: What is written there, in markdown.
        linked: The same with the targets of its links.
        links: Characters that are the text of a link.
        regions: Where it stands, from outside to inside.
        level: Of a heading; how deep an item is in lists.
    """

    kind: str
    text: str
    linked: str
    links: int
    regions: tuple[Region, ...]
    level: int = 0


class _Row:
    def __init__(self) -> None:
        self.cells: list[list[PageBlock]] = []


class Reader:
    """Collects the blocks of a page; `sizes` says how much text each region has."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self.sizes: Counter[int] = Counter()
        self.title = ""
        self._parts: list[str] = []
        self._links: list[tuple[int, int, str]] = []
        self._open_links: list[tuple[int, str]] = []
        self._regions: list[Region] = []
        self._opened: list[bool] = []
        self._count = 0
        self._kinds: list[tuple[str, int]] = [("text", 0)]
        self._lists = 0
        self._rows: list[_Row] = []
        self._code = 0

    def read(self, root: Element) -> Reader:
        """Walk the page without recursion: pages can be nested deeply."""
        self.title = _title(root)
        steps = walk(root)
        skipped = None
        for event, node in steps:
            tag = node.tag
            if event == "start":
                if skipped is None:
                    if tag in _SKIPPED or not isinstance(tag, str):
                        steps.skip_subtree()
                        skipped = node
                        continue
                    self._enter(node, tag)
                continue
            if skipped is node:
                skipped = None
            elif isinstance(tag, str):
                self._leave(tag)
            if node.tail:
                self._parts.append(node.tail)
        self._flush()
        return self

    def _enter(self, node: Element, tag: str) -> None:
        if tag in _INLINE:
            if tag == "a":
                if self._links and self._links[-1][1] == len(self._parts):
                    self._parts.append(" ")  # chips stand side by side without blanks
                self._open_links.append((len(self._parts), node.get("href") or ""))
        elif tag == "br":
            self._parts.append(_BREAK)
        else:
            self._flush()
            self._enter_block(tag)
            name, sure = _region(node, tag)
            self._opened.append(bool(name))
            if name:
                self._count += 1
                self._regions.append(Region(name, self._count, sure))
        if node.text:
            self._parts.append(node.text)

    def _enter_block(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._kinds.append(("heading", _HEADINGS[tag]))
        elif tag in ("li", "dd"):
            self._kinds.append(("item", self._lists))
        elif tag in ("ul", "ol", "dl"):
            self._lists += 1
        elif tag == "pre":
            self._code += 1
        elif tag == "tr":
            self._rows.append(_Row())
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])

    def _leave(self, tag: str) -> None:
        if tag == "a" and self._open_links:
            start, target = self._open_links.pop()
            self._links.append((start, len(self._parts), target))
        elif tag == "button":
            self._parts.append(" ")
        if tag not in _INLINE and tag != "br":
            self._leave_block(tag)

    def _leave_block(self, tag: str) -> None:
        self._flush()
        if tag in _HEADINGS or tag in ("li", "dd"):
            self._kinds.pop()
        elif tag in ("ul", "ol", "dl"):
            self._lists -= 1
        elif tag == "pre":
            self._code -= 1
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())
        if self._opened.pop():
            self._regions.pop()

    def _flush(self) -> None:
        """Make what was collected a block."""
        parts, links = self._parts, self._links
        if not parts:
            return
        self._parts, self._links = [], []
        # A link that goes on in the next block is a link there as well.
        links += [(start, len(parts), target) for start, target in self._open_links]
        self._open_links = [(0, target) for _, target in self._open_links]
        whole = "".join(parts)
        if whole.isspace() or not whole:
            return
        kind, level = self._kinds[-1]
        if self._code:
            text = whole.replace(_BREAK, "\n").strip("\n")
            block = PageBlock("code", text, text, 0, tuple(self._regions), level)
        else:
            text = _clean(whole)
            linked, length = _with_links(parts, links) if links else (text, 0)
            block = PageBlock(kind, text, linked, length, tuple(self._regions), level)
        for region in block.regions:
            self.sizes[region.number] += len(text)
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(block)
        else:
            self.blocks.append(block)

    def _end_row(self, row: _Row) -> None:
        blocks = [block for cell in row.cells for block in cell]
        kinds = {block.kind for block in blocks}
        simple = (
            sum(map(bool, row.cells)) > 1
            and kinds <= {"text", "item"}
            and max(map(len, row.cells)) <= _MOST_CELL_PARTS
            and sum(len(block.text) for block in blocks) <= _WIDEST_ROW
        )
        if simple:
            blocks = [_row(row.cells)]
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1] += blocks
        else:
            self.blocks += blocks


def _title(root: Element) -> str:
    found = root.find(".//title")
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _region(node: Element, tag: str) -> tuple[str, bool]:
    """Return the region that `node` opens and whether that is sure; "" if it opens none."""
    role = node.get("role")
    name = _REGIONS.get(tag) or (_ROLES.get(role) if role else None)
    if name:
        return name, name in ("navigation", "footer", "dialog")
    if tag in _MAIN or role == "main":
        return "main", True
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return "hidden", False
    if _HIDDEN.search(node.get("style") or ""):
        return "hidden", False
    if tag in ("body", "html"):
        return "", False
    match = _CLASSES.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    if match is None or match.lastindex is None:
        return "", False
    return _CLASS_REGIONS[match.lastindex - 1], False


def _clean(text: str) -> str:
    """Return `text` with single blanks, and line breaks only where the page has some."""
    text = " ".join(text.replace(_BREAK, f" {_BREAK} ").split(" ")) if _BREAK in text else text
    parts = text.split(_BREAK)
    return "\n".join(filter(None, (" ".join(part.split()) for part in parts)))


def _with_links(parts: list[str], links: list[tuple[int, int, str]]) -> tuple[str, int]:
    """Return the text with the targets of its links, and how many characters are links."""
    length = 0
    spelled = list(parts)
    for start, end, target in links:
        inside = _clean("".join(parts[start:end]))
        length += len(inside)
        short = shorten(target)
        if not inside or not short or "\n" in inside:
            continue
        blank = " " if parts[start][:1].isspace() else ""
        spelled[start:end] = [""] * (end - start)
        spelled[start] = f"{blank}[{inside}]({short})"
    return _clean("".join(spelled)), length


def shorten(target: str) -> str:
    """Return a link without what only counts visitors; "" for those that lead nowhere else."""
    target = target.strip()
    if target.startswith(("#", "javascript:", "data:", "about:")) or " " in target:
        return ""
    path, _, query = target.partition("?")
    if query and ("utm_" in query or len(query) > 60):
        return path
    return target.partition("#")[0] if len(target) > 60 else target


def _row(cells: list[list[PageBlock]]) -> PageBlock:
    blocks = [block for cell in cells for block in cell]
    text, linked = (
        " | ".join(
            " ".join(getattr(block, name) for block in cell).replace("\n", " ") for cell in cells
        )
        for name in ("text", "linked")
    )
    return PageBlock(
        "row", f"| {text} |", f"| {linked} |", sum(b.links for b in blocks), blocks[0].regions
    )
