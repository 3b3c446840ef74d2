"""Source files as tools show them, and texts that look a bit like code and are none."""

from __future__ import annotations

from tests.compressors.code_sources import GO, PYTHON, RUBY, TYPESCRIPT, C


def numbered(text, first=1, form="{:6}\t{}"):
    """Return a text with line numbers, as `cat -n` and tools that view files print them."""
    lines = text.removesuffix("\n").split("\n")
    return "".join(form.format(first + i, line) + "\n" for i, line in enumerate(lines))


OTHERS = {
    "prose with a fence": "We looked at how the shop loads what it has, and it is slow.\n" * 20
    + f"\n```python\n{PYTHON[:600]}\n```\n"
    + "That is all there is to say about the matter, and we should go on.\n" * 20,
    "fences": f"```python\n{PYTHON[:900]}\n```\nwhat it calls:\n```python\n{PYTHON[900:1800]}```\n",
    "two fences": f"This is a.py:\n\n```python\n{PYTHON}```\n\nIt calls b.go:\n```go\n{GO}```\n",
    "a diff": "--- a/shop.py\n+++ b/shop.py\n@@ -1,9 +1,9 @@\n" + PYTHON.replace("\n", "\n "),
    "grep": "".join(f"src/shop.py:{i * 3}:    def load_{i}(self):\n" for i in range(60)),
    "a log": "".join(f"2026-03-01 10:00:{i % 60:02} INFO shop: loaded {i};\n" for i in range(80)),
    "JSON": '{\n  "name": "shop",\n' + "".join(f'  "k{i}": {{"a": [1]}},\n' for i in range(60)),
    "YAML": "shop:\n" + "".join(f"  - name: part{i}\n    port: {i}\n" for i in range(60)),
    "a stylesheet": "".join(f".part-{i} {{\n  color: red;\n}}\n" for i in range(60)),
    "HTML": "<!doctype html>\n" + "<div class='a'>\n<p>shop</p>\n</div>\n" * 60,
    "SQL": "".join(f"INSERT INTO parts (id) VALUES ({i});\n" for i in range(60)),
    "a Makefile": "".join(f"part{i}.o: part{i}.c\n\t$(CC) -c part{i}.c\n" for i in range(60)),
    "a traceback": 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g(x)\n'
    * 20,
    "minified": "function a(b){return b};var c=1;" * 900,
}

TYPICAL = {
    "python file": PYTHON,
    "numbered go file": numbered(GO, 120),
    "two files": f"==> a.rb <==\n{RUBY}\n==> b.c <==\n{C}",
}
HOSTILE = {
    "deep parentheses": "def f():\n    return " + "(" * 200_000,
    "deep blocks": "function f() {\n  const x = 1;\n" * 5_000,
    "unclosed comments": "import java.util.List;\n/*\n" * 20_000,
    "pipes without end": "#!/bin/bash\n" + "cat a |\n" * 30_000,
    "shifts without end": "#include <vector>\nint x = a" + " <b<a" * 40_000,
    "headings of files": "==> a.py <==\n" * 20_000,
    "paths in comments": "\n# src/a.py\n" * 20_000,
    "numbers without code": "".join(f"{i}\tx = (\n" for i in range(30_000)),
    "code with surrogates": PYTHON.replace("slow", "\ud800slow\x00") * 3,
    "code with CRLF": PYTHON.replace("\n", "\r\n") * 3,
    "unclosed strings": 'import os\n\n\ndef f(x):\n    """\n' * 9_000,
    "many functions": "def f(x):\n    a = 1\n    b = 2\n    c = 3\n    return x\n\n\n" * 8_000,
}

CASES = {
    "code/python": (PYTHON, "What does load_cart do?\ncat shop.py"),
    "code/typescript": (TYPESCRIPT * 2, "Where are prices loaded?"),
    "code/numbered": (numbered(GO * 2, 41), "What is this?\nread shop.go"),
    "code/files": (f"==> a.rb <==\n{RUBY}\n==> src/b.c <==\n{C}", "How is stock loaded in b.c?"),
}
