"""What is configuration, and what only looks like it."""

from __future__ import annotations

import pytest

from headroom_core.compressors.config import ConfigCompressor
from headroom_core.types import Block
from tests.compressors.config_inputs import CONFIGURATIONS

CONFIG = ConfigCompressor()


@pytest.mark.parametrize("name", CONFIGURATIONS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_is_configuration(name, ending):
    assert CONFIG.detect(Block(CONFIGURATIONS[name].replace("\n", ending))) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ann: hello\nBob: how are you?\nAnn: fine\n" * 20, id="a transcript"),
        pytest.param(
            "Note: we looked at it.\nThere was more: a lot.\n\n  - one thing\n  - another thing\n"
            "So it goes: on and on, as these things do in every house.\n" * 9,
            id="prose with colons",
        ),
        pytest.param("ts=10:00:01 level=info msg=ok took=3\n" * 40, id="a log of pairs"),
        pytest.param(
            "2026-01-01 10:00:00 INFO start:\n  a: 1\n  b: 2\n" * 20, id="a log with keys in it"
        ),
        pytest.param(
            "2026-01-01 10:00:00 INFO settings are these:\nroot:\n"
            + "".join(f"  key{i}:\n    value: {i}\n" for i in range(500)),
            id="a log that begins with settings",
        ),
        pytest.param("src/a.py:12:    x: int\nsrc/b.py:7:    y: str\n" * 20, id="matches of grep"),
        pytest.param(
            "HTTP/1.1 200 OK\nContent-Type: text/html\nX-Frame-Options: DENY\nServer: x\n" * 3,
            id="HTTP headers",
        ),
        pytest.param(
            "From: ann@example.com\nTo: bob@example.com\nSubject: Hello\nDate: today\n\nHi Bob,\n"
            "can you come at noon?\n" * 3,
            id="mail",
        ),
        pytest.param(
            "settings = {\n" + "".join(f'    "k{i}": {i},\n' for i in range(40)) + "}\n",
            id="a dict of Python",
        ),
        pytest.param(
            "".join(f"class A{i}:\n    x: int = {i}\n    y: str\n" for i in range(20)),
            id="classes of Python",
        ),
        pytest.param("export default {\n  a: 1,\n  b: {\n    c: 2\n  }\n};\n" * 9, id="JavaScript"),
        pytest.param("server {\n  listen 80;\n  root /srv;\n}\n" * 9, id="settings of nginx"),
        pytest.param(
            "resource limits {\n  let x = 1;\n  run(x);\n}\n" * 9, id="a resource in code"
        ),
        pytest.param(".a {\n  color: red;\n  margin: 0;\n}\n" * 20, id="CSS"),
        pytest.param("a,b,c\n1,2,3\n" * 20, id="CSV"),
        pytest.param("[1, 2]\n[3, 4]\nx = 1\n" * 20, id="lists"),
        pytest.param(
            "java.lang.Error: no\n\tat a.b.C(D.java:1)\n\tat a.b.E(F.java:2)\n" * 9,
            id="a stack trace",
        ),
        pytest.param("| a: 1 | b: 2 |\n|---|---|\n| c: 3 | d: 4 |\n" * 9, id="a table"),
        pytest.param(
            "---\ntitle: My page\n---\n\n# Heading\n\nThis is text, and it goes on.\n" * 9,
            id="Markdown with keys above it",
        ),
    ],
)  # fmt: skip
def test_is_no_configuration(text):
    assert CONFIG.detect(Block(text)) < 0.5


def test_prose_in_blocks_is_part_of_configuration():
    block = "    It says: this is long.\n    It goes on, and on; and then it stops.\n"
    text = "".join(f"part{i}:\n  description: |\n{block}  port: {i}\n" for i in range(20))
    assert CONFIG.detect(Block(text)) >= 0.9
