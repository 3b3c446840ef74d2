"""Blobs and notebooks, made up: the same on every machine."""

from __future__ import annotations

import base64
import json
from random import Random

_RANDOM = Random(29)
PNG = b"\x89PNG\r\n\x1a\n" + _RANDOM.randbytes(4_000)
SHORT = b"\x7fELF" + _RANDOM.randbytes(300) + b"configuration of the loader" + bytes(120)
BASE64 = base64.b64encode(PNG).decode()
HEX = PNG.hex()
WRAPPED = base64.encodebytes(PNG).decode()
DATA_URL = f"# Title\n\nBefore.\n\n![x](data:image/png;base64,{BASE64})\n\nAfter it.\n"
LOGGED = f"10:00:00 INFO start\n10:00:01 DEBUG body={BASE64}\n10:00:02 ERROR failed\n"


def pem(count=3):
    """Return certificates one after the other."""
    return "".join(
        f"# Authority {n}\n-----BEGIN CERTIFICATE-----\n"
        + base64.encodebytes(b"\x30\x82" + Random(n).randbytes(900)).decode()
        + "-----END CERTIFICATE-----\n"
        for n in range(count)
    )


def _text(row):
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)


def _rows(data):
    return [(offset, data[offset : offset + 16]) for offset in range(0, len(data), 16)]


def xxd(data=SHORT):
    """Return what `xxd` prints."""
    lines = []
    for offset, row in _rows(data):
        digits = row.hex()
        groups = " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
        lines.append(f"{offset:08x}: {groups:<39}  {_text(row)}")
    return "\n".join(lines) + "\n"


def hexdump(data=SHORT):
    """Return what `hexdump -C` prints, without folding equal rows."""
    lines = []
    for offset, row in _rows(data):
        left, right = row[:8].hex(" "), row[8:].hex(" ")
        lines.append(f"{offset:08x}  {left:<23}  {right:<23}  |{_text(row)}|")
    return "\n".join([*lines, f"{len(data):08x}", ""])


def octal(data=SHORT):
    """Return what `od` prints."""
    return "".join(
        f"{offset:07o} "
        + " ".join(
            f"{int.from_bytes(row[place : place + 2], 'little'):06o}"
            for place in range(0, len(row), 2)
        )
        + "\n"
        for offset, row in _rows(data)
    )


def script(count=150):
    """Return a minified script of one line."""
    return (
        "!function(){"
        + "".join(
            f"function f{n}(a,b){{var c=a+b;return c>{n}?c:{{k{n}:b}}}};" for n in range(count)
        )
        + "}();\n//# sourceMappingURL=a.min.js.map\n"
    )


def styles(count=150):
    """Return minified styles of one line."""
    return "".join(f".c{n}>a{{color:#00{n:03};margin:0 {n}px}}" for n in range(count)) + "\n"


def source_map(count=12):
    """Return the source map of a script."""
    return json.dumps(
        {
            "version": 3,
            "file": "a.min.js",
            "sources": [f"src/part{n}.ts" for n in range(count)],
            "sourcesContent": [f"export const x{n} = {n};\n" * 40 for n in range(count)],
            "names": [f"x{n}" for n in range(90)],
            "mappings": "AAAA;AACA,SAAS," * 500,
        }
    )


def notebook(count=10):
    """Return a notebook with text, code, prints, pictures and a failure."""
    cells = []
    for n in range(count):
        cells.append(
            {
                "cell_type": "markdown",
                "metadata": {},
                "source": [f"## Step {n}\n", "\n", "Words.\n"],
            }
        )
        outputs = [
            {
                "output_type": "stream",
                "name": "stdout",
                "text": [f"row {row} of step {n}\n" for row in range(40)],
            }
        ]
        if n == 3:
            outputs.append(
                {
                    "output_type": "display_data",
                    "data": {"image/png": BASE64, "text/plain": ["<Figure size 640x480>"]},
                    "metadata": {},
                }
            )
        if n == 6:
            outputs = [
                {
                    "output_type": "error",
                    "ename": "ZeroDivisionError",
                    "evalue": "division by zero",
                    "traceback": [
                        "\x1b[0;31mTraceback\x1b[0m",
                        "\x1b[0;31mZeroDivisionError\x1b[0m: division by zero",
                    ],
                }
            ]
        cells.append(
            {
                "cell_type": "code",
                "execution_count": n + 1,
                "metadata": {"collapsed": True},
                "source": [f"def step_{n}(x):\n", f"    return x * {n}\n", f"step_{n}(2)"],
                "outputs": outputs,
            }
        )
    metadata = {"kernelspec": {"language": "python", "name": "python3"}}
    return json.dumps(
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


BLOBS = {
    "base64": BASE64,
    "wrapped base64": WRAPPED,
    "hex": HEX,
    "keys": pem(),
    "xxd": xxd(PNG),
    "hexdump": hexdump(PNG),
    "od": octal(PNG),
    "a data URL": DATA_URL,
    "a logged body": LOGGED,
    "a script": script(),
    "styles": styles(),
    "a source map": source_map(),
    "bytes": PNG.decode("utf-8", "replace"),
}
TYPICAL = {f"blob: {name}": text for name, text in BLOBS.items()} | {"notebook": notebook()}
HOSTILE = {
    "blob: letters": "aB3" * 150_000,
    "blob: nearly a run": ("aB3" * 66 + "x ") * 2_000,
    "blob: lines of a run": ("aB3d" * 18 + "\n") * 6_000,
    "blob: beginnings": "-----BEGIN CERTIFICATE-----\n" * 15_000,
    "blob: ends": "-----END CERTIFICATE-----\n" * 15_000,
    "blob: beginnings and spaces": ("-----BEGIN X-----\n" + " " * 300 + "\n") * 1_500,
    "blob: offsets": "00000000: \n" * 40_000,
    "blob: pairs": "00 " * 150_000,
    "blob: rows": "00000000  00 11 22 33 44 55 66 77\n" * 12_000,
    "blob: stars": "*\n" * 150_000,
    "blob: nearly long lines": ("(a,b);" * 240 + "\n") * 300,
    "blob: a long line of code": "f(a){return b};" * 30_000,
    "blob: many data URLs": f"![x](data:image/png;base64,{BASE64[:240]})\n" * 1_500,
    "blob: noise": "\x00\x01\ufffd" * 150_000,
    "notebook: cells": json.dumps({"cells": [{}] * 20_000, "nbformat": 4}),
    "notebook: odd cells": json.dumps(
        {
            "cells": [{"cell_type": "code", "outputs": [{"data": 1}], "source": 7}] * 9_000,
            "nbformat": 4,
        }
    ),
    "notebook: unclosed": '{"cells": [{"cell_type": "code"}, ' * 9_000 + '"nbformat": 4}',
    "source map: unclosed": '{"version":3,"sources":[],"mappings":"' * 9_000 + '"}',
}
CASES = {
    "blob/keys": (pem(12), "Which authority is it?"),
    "blob/dump": (hexdump(SHORT * 6), "Where is the configuration?"),
    "blob/script": (script(), "What does f77 return?"),
    "notebook/steps": (notebook(), "What does step_4 do?"),
}
