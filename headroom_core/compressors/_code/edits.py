"""Writes gaps into source code so that it still parses: what stands where something was cut."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._code.bodies import Body
from headroom_core.compressors._code.files import SourceFile
from headroom_core.compressors._code.grammar import Span

_LEAST_COMMENT: Final = 3
_LEAST_DATA: Final = 8
_LEAST_DOC: Final = 3
_REACH: Final = 1000
_CUT: Final = " …".encode()
_STRING = re.compile(rb"([A-Za-z]{0,2})(\"\"\"|''')")
_BLANK: Final = b" \t\r\n"
_EDGE: Final = b" \t\r*/#!<-;"
_NOWHERE: Final = (1 << 60, 1 << 60)
_RUBY: Final = b"=begin"
_CLOSE: Final = {b"{": b"}", b"[": b"]", b"(": b")"}


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a source text and what is shown instead, in bytes.

    Attributes:
        start: Where the part begins.
        end: Where it ends.
        text: What is shown instead.
        kind: "body", "comment", "doc", "data" or "unit".
    """

    start: int
    end: int
    text: bytes
    kind: str


def cut_bodies(file: SourceFile, bodies: Sequence[Body], docs: Sequence[Span]) -> list[Edit]:
    """Return the edits that leave out bodies of functions.

    Args:
        file: The file.
        bodies: What to leave out, none inside another.
        docs: Where doc strings are; the first line of one at the start of a body stays.
    """
    by_start = dict(docs)
    made = (_cut_body(file, body, by_start.get(body.start)) for body in bodies)
    return [edit for edit in made if edit]


def _cut_body(file: SourceFile, body: Body, doc_end: int | None) -> Edit | None:
    if file.style in ("ruby", "python"):
        return _cut_block(file, body, doc_end)
    if file.source[body.start : body.start + 1] != b"{":
        return None
    note = file.note(body.start, body.end)
    if file.style == "braces":
        return Edit(body.start, body.end, b"{ /* %s */ }" % note, "body")
    close = file.number_at(body.end - 1)
    return Edit(body.start, body.end, b"{ :  # %s\n%s}" % (note, close), "body")


def _cut_block(file: SourceFile, body: Body, doc_end: int | None) -> Edit | None:
    """Return the edit for a body without braces: whole lines below that of its head."""
    source = file.source
    line = source.rfind(b"\n", 0, body.start) + 1
    indent = source[line : body.start]
    if indent.strip() or line <= body.head:
        return None  # on the line of its head
    # Comments above the first statement belong to what is left out.
    above = source.rfind(b"\n", 0, line - 1) + 1
    while above > body.head and source[above:line].lstrip().startswith(b"#"):
        line, above = above, source.rfind(b"\n", 0, above - 1) + 1
    if file.style == "ruby":
        return Edit(line, body.end, b"%s# %s" % (indent, file.note(line, body.end)), "body")
    text, begin = indent, line
    if doc_end:
        doc = source[body.start : doc_end]
        text += first_of_doc(doc) + b"\n" + file.number_at(min(doc_end + 1, body.end)) + indent
        below = source.find(b"\n", doc_end, body.end) + 1
        begin = below if below and b"\n" not in doc else body.start
    return Edit(line, body.end, b"%s...  # %s" % (text, file.note(begin, body.end)), "body")


def first_of_doc(doc: bytes) -> bytes:
    """Return a doc string with its first line only."""
    match = _STRING.match(doc)
    if not match or b"\n" not in doc:
        return doc
    content = doc[match.end() : -3].strip(_BLANK)
    line, _, rest = content.partition(b"\n")
    line = line.rstrip(b" \t\r\\\"'")
    return match[0] + line + (_CUT if rest else b"") + match[2]


def cut_docs(file: SourceFile, docs: Sequence[Span]) -> list[Edit]:
    """Return the edits that leave the first line of each long doc string."""
    return [
        Edit(start, end, first_of_doc(file.source[start:end]), "doc")
        for start, end in docs
        if file.lines_of((start, end)) >= _LEAST_DOC
    ]


def drop_docs(docs: Sequence[Span]) -> list[Edit]:
    """Return the edits that leave out doc strings, but for the quotes of a lone one."""
    return [Edit(start, end, b'""', "doc") for start, end in docs]


def cut_comments(file: SourceFile, blocks: Sequence[Span], *, whole: bool) -> list[Edit]:
    """Return the edits that leave the first line of each long comment, or nothing if `whole`.

    Args:
        file: The file.
        blocks: What `comment_blocks` found.
        whole: Whether short comments go as well, and nothing of any of them is left.
    """
    edits = []
    for start, end in blocks:
        lines = file.lines_of((start, end - (file.source[end - 1 : end] == b"\n")))
        if start == 0 and file.source.startswith((b"#!", b"<?")):
            continue
        if lines < _LEAST_COMMENT and not whole:
            continue
        if whole:
            line = file.source.rfind(b"\n", 0, start) + 1
            after = file.source.find(b"\n", end - 1)
            after = after if after >= 0 else len(file.source) - 1
            edits.append(Edit(line, after + 1, b"", "comment"))
        else:
            edits.append(Edit(start, end, _first_of_comment(file, start, end), "comment"))
    return edits


def outside(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans that do not begin inside any of the others; both in order."""
    rest = iter(others)
    start, end = next(rest, _NOWHERE)
    for span in spans:
        while end <= span[0]:
            start, end = next(rest, _NOWHERE)
        if span[0] < start:
            yield span


def belongs(file: SourceFile, end: int, heads: Sequence[int]) -> bool:
    """Return whether what ends there stands right above one of the functions with these heads."""
    return any(
        0 <= head - end <= _REACH and b"\n\n" not in file.source[end:head].replace(b"\r", b"")
        for head in heads
    )


def comment_blocks(file: SourceFile, comments: Iterable[Span]) -> Iterator[Span]:
    """Yield the comments that stand alone on their lines, neighbours of one kind together."""
    source = file.source
    begun = end = -1
    for start, stop in comments:
        if start < end:
            continue
        line = source.rfind(b"\n", 0, start) + 1
        after = source.find(b"\n", stop - 1)
        rest = source[stop : after if after >= 0 else len(source)]
        if source[line:start].strip() or (rest.strip() and source[stop - 1 : stop] != b"\n"):
            continue
        if begun >= 0:
            between = source[end:start]
            if (
                not between.strip()
                and between.count(b"\n") <= 1
                and source[start : start + 2] != b"/*"
            ):
                end = stop
                continue
            yield begun, end
        begun, end = start, stop
    if begun >= 0:
        yield begun, end


def _first_of_comment(file: SourceFile, start: int, end: int) -> bytes:
    """Return the first line of a comment that says something; that of a licence names it."""
    text = file.source[start:end]
    ending = b"\n" if text.endswith(b"\n") else b""
    lines = text.rstrip(_BLANK).split(b"\n")
    told = [line for line in lines if line.strip(_EDGE) and line.rstrip() != _RUBY]
    said = next((line for line in told if b"SPDX-" in line), told[0] if told else lines[0])
    is_block = text.startswith(b"/*")
    row = lines.index(said)
    if text.startswith(_RUBY):
        return b"# " + (b"" if file.part.prefixes else said.strip()) + _CUT + ending
    opening = b"/**" if text.startswith(b"/**") else b"/*"
    if file.part.prefixes and row:
        # Beside a number stands its own line.
        number = file.number_at(start + len(b"\n".join(lines[:row])) + 1)
        opening = lines[0].rstrip() + b"\n" + number
        return opening + said.rstrip().removesuffix(b"*/") + _CUT + b" */" * is_block + ending
    if is_block:
        said = said.strip().removesuffix(b"*/").strip(_EDGE).replace(b"/*", b"")
        return opening + b" " + said + _CUT + b" */" + ending
    return (said.strip() if row else said.rstrip()) + _CUT + ending


def cut_data(file: SourceFile, data: Sequence[Span], bodies: Sequence[Body]) -> list[Edit]:
    """Return the edits that leave out long literals that hold no function."""
    starts = [body.start for body in bodies]
    edits: list[Edit] = []
    for start, end in data:
        if edits and start < edits[-1].end:
            continue
        after = bisect_right(starts, start)
        holds = after < len(starts) and starts[after] < end
        opening = file.source[start : start + 1]
        close = _CLOSE.get(opening)
        if holds or not close or file.source[end - 1 : end] != close:
            continue
        if file.lines_of((start, end)) >= _LEAST_DATA:
            gap = file.gap(file.note(start, end), end - 1)
            edits.append(Edit(start, end, opening + gap + close, "data"))
    return edits
