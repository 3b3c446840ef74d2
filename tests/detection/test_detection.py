"""Who is sure of a text: what real tools print, and what is easily taken for something else."""

from __future__ import annotations

import pytest

from headroom_core import Block
from headroom_core.compressors import default_compressors
from headroom_core.router import Router
from tests.detection import others
from tests.detection.commands import COMMANDS
from tests.detection.logs import BUILDS, SERVICES
from tests.detection.tools import output

MADE = {
    "json": others.JSON,
    "table": others.TABLES,
    "search": others.SEARCHES,
    "listing": others.LISTINGS,
    "history": others.HISTORIES,
    "log": SERVICES | BUILDS,
    "text": others.PROSE,
    "markup": others.MARKUP,
    "code": others.CODE,
    "config": others.CONFIG,
    "blob": others.BLOBS,
    "notebook": others.NOTEBOOKS,
    "": others.NOTHING,
}
ROUTER = Router(default_compressors())


def _sure_of(text):
    """Return who is surest and may omit, "" if nobody is."""
    certainty, surest = next(ROUTER.rank(Block(text)), (0.0, None))
    return surest.name if surest and certainty >= 0.5 else ""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(kind, text, id=f"{kind or 'nothing'}: {name}")
        for kind, texts in MADE.items()
        for name, text in texts.items()
    ],
)
def test_made_up_text(kind, text):
    assert _sure_of(text) == kind


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        pytest.param(kind, command.strip(), id=f"{kind}: {command.strip()}")
        for kind, commands in COMMANDS.items()
        for command in commands.strip().splitlines()
    ],
)
def test_output_of_a_real_tool(kind, command):
    text = output(command)
    if text is None:
        pytest.skip(f"not installed: {command}")
    assert _sure_of(text) == kind


@pytest.mark.parametrize("ending", ["\r\n", "\n\n"], ids=["CRLF", "blank lines between"])
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(kind, texts[name], id=f"{kind}: {name}")
        for kind, texts in MADE.items()
        for name in list(texts)[:3]
        if kind in ("log", "search", "listing", "json") and "headings" not in name
    ],
)
def test_line_endings_change_nothing(kind, text, ending):
    assert _sure_of(text.replace("\n", ending)) == kind
