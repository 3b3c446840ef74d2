"""Texts every compressor must survive."""

from __future__ import annotations

import json

from tests.compressors import (
    blob_inputs,
    code_inputs,
    config_inputs,
    diff_inputs,
    history_inputs,
    listing_inputs,
    markup_inputs,
    search_inputs,
)

TYPICAL = {
    "empty": "",
    "blank": "\n\n\n",
    "one word": "hello",
    "rows": json.dumps([{"id": i, "name": f"n{i}", "ok": i != 70} for i in range(200)]),
    "pretty rows": json.dumps(
        [{"id": i, "at": {"x": 1.0, "y": None}} for i in range(99)], indent=2
    ),
    "ragged rows": json.dumps([{"a": i} if i % 3 else {"b": str(i)} for i in range(99)]),
    "json lines": "\n".join(json.dumps({"id": i, "level": "info"}) for i in range(99)),
    "log": "\n".join(f"12:00:{i % 60:02d} INFO tick {i} took {i * 7 % 13} ms" for i in range(300)),
    "traceback": 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g()\n'
    "ValueError: no",
    "grep": "\n".join(f"src/a{i // 9}.py:{i}:    def f{i}(self):" for i in range(120)),
    "csv": "id,name,state,note\n" + "".join(f'{i},n{i % 9},ok,"x, {i * i}"\n' for i in range(200)),
    "markdown table": "| a | b |\n|---|---|\n"
    + "\n".join(f"| {i} | n{i % 5} |" for i in range(99)),
    "fixed columns": "NAME      READY   STATUS\n"
    + "\n".join(f"pod-{i:03d}   1/1     Running" for i in range(99)),
    "prose": "\n\n".join(f"Sentence {i} is here. It is about node {i}." for i in range(90)),
    "markdown": "# Title\n\n" + "\n".join(f"## Part {i}\n\nWords about {i}.\n" for i in range(40)),
}

HOSTILE = {
    "unicode": "naïve 🙂\u2028x\x85y\n" * 50,
    "nul": "a\x00b" * 99,
    "lone surrogates": "a\ud800b\n" * 99,
    "crlf": "a 1\r\nb 2\r\n" * 99,
    "ansi": "\x1b[31m12:00:00 ERROR x\x1b[0m\r" * 99,
    "deep json": "[" * 10_000 + "]" * 10_000,
    "deep objects": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "unclosed json": '[{"a": 1}, ' * 2_000,
    "huge integers": json.dumps([{"n": 1}] * 9).replace("1", "9" * 5_000),
    "nan": '[{"a": NaN}, {"a": Infinity}, {"a": -Infinity}]' + " " * 300,
    "duplicate keys": "[" + ",".join(['{"a": 1, "a": 2}'] * 60) + "]",
    "many keys": json.dumps({f"key{i}": i for i in range(20_000)}),
    "many small arrays": json.dumps([[{"a": 1}, {"a": 2}, {"a": 3}]] * 5_000),
    "signs in a header": json.dumps([{"k": ": [=x<, " * 50_000, "n": i} for i in range(6)]),
    "signs in a key": json.dumps([{": =" * 50_000: "x", "n": i} for i in range(6)]),
    "one string": json.dumps("x" * 500_000),
    "long line": "x" * 500_000,
    "spaces": " " * 500_000,
    "breaks": "\n" * 500_000,
    "digits": "0123456789" * 50_000,
    "colons": "a:1:" * 120_000,
    "brackets": "[headroom json, 999999999 lines]\n" * 5_000,
    "own markers": "[1 of 2 rows omitted; headroom_retrieve hash=0123456789abcdef01234567]\n" * 999,
    "distinct lines": "\n".join(f"{i:x} {i * i:x} w{i * 7919 % 10007}" for i in range(30_000)),
    "fences": "```\n" * 60_000,
    "braces": "{\n" * 100_000,
    "quotes": '"' * 300_000,
    "commas": ",\n" * 100_000,
    "cells": "a,b\n" + "," * 300_000,
    "quoted cells": '"a","b"\n' * 40_000 + '"',
    "rules": "|-|-|\n" * 60_000,
    "bars": "| a | b |\n|---|---|\n" * 15_000,
    "narrow columns": "A B C\n" + "1 2 3\n" * 60_000,
    "tags": "<output>\n" * 40_000,
    "dashes": "--\n" * 100_000,
    "dots": ". " * 200_000,
}

TYPICAL |= history_inputs.TYPICAL
HOSTILE |= history_inputs.HOSTILE
TYPICAL |= config_inputs.TYPICAL | blob_inputs.TYPICAL
HOSTILE |= config_inputs.HOSTILE | blob_inputs.HOSTILE
TYPICAL |= listing_inputs.TYPICAL
HOSTILE |= listing_inputs.HOSTILE
TYPICAL |= search_inputs.SEARCH_TYPICAL
HOSTILE |= search_inputs.SEARCH_HOSTILE
TYPICAL |= markup_inputs.TYPICAL
HOSTILE |= markup_inputs.HOSTILE
TYPICAL |= diff_inputs.TYPICAL
HOSTILE |= diff_inputs.HOSTILE
TYPICAL |= code_inputs.TYPICAL
HOSTILE |= code_inputs.HOSTILE
