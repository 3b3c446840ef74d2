"""Tables as tools print them, and texts that look a bit like tables and are none."""

from __future__ import annotations

import csv
import io


def csv_of(rows, **dialect):
    """Return rows as the csv module writes them; it breaks lines with LF here."""
    file = io.StringIO()
    csv.writer(file, **{"lineterminator": "\n", **dialect}).writerows(rows)
    return file.getvalue()


def fixed(rows, gap=3, pad_last=False):
    """Return rows in columns of fixed width, as kubectl and docker print them."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for *cells, last in rows:
        padded = [cell.ljust(width + gap) for cell, width in zip(cells, widths, strict=False)]
        lines.append("".join(padded) + (last.ljust(widths[-1]) if pad_last else last))
    return "\n".join(lines)


def dashed(rows):
    """Return rows in columns with dashes below the names and no spaces at the end, as pip's."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        " ".join(map(str.ljust, row, widths)).rstrip()
        for row in [rows[0], ["-" * width for width in widths], *rows[1:]]
    ]
    return "\n".join(lines)


def ruled(rows, rule="|", sides=None):
    """Return rows as a markdown table with padded cells."""
    widths = [max(3, *map(len, column)) for column in zip(*rows, strict=True)]
    sides = sides or ["left"] * len(widths)
    make = {"left": str.ljust, "right": str.rjust}
    lines = [
        "| "
        + " | ".join(
            make[side](cell, width) for cell, side, width in zip(row, sides, widths, strict=True)
        )
        + " |"
        for row in rows
    ]
    lines.insert(1, rule + rule.join("-" * (width + 2) for width in widths) + rule)
    return "\n".join(lines)


PEOPLE = [["id", "name", "city", "score"]] + [
    [str(i), ["Ann", "Bob", "Eve"][i * i % 3], ["Oslo", "Rome"][i % 2], str(i * 37 % 101)]
    for i in range(1, 150)
]
ODD_CELLS = [["id", "text", "more"]] + [
    [str(i), ['a "b"', "line\nbreak", "x, y", "", "plain"][i % 5], "constant words"]
    for i in range(1, 40)
]
NUMBERS = [["n", "code", "price", "flag", "empty"]] + [
    [str(i), f"{i:03d}", f"{i}.50", ["true", "false", "null", "NULL"][i % 4], ""]
    for i in range(1, 150)
]
PODS = [["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "NOMINATED NODE"]] + [
    [
        ["default", "kube-system"][i // 20],
        f"api-{i * 7919 % 9973:04d}",
        "1/1" if i != 7 else "0/1",
        "Running" if i != 7 else "CrashLoopBackOff",
        "0" if i % 9 else "3 (2d ago)",
        f"{i}d",
        "<none>",
    ]
    for i in range(40)
]
CONTAINERS = [["CONTAINER ID", "IMAGE", "CREATED", "STATUS", "PORTS", "NAMES"]] + [
    [
        f"{i * 7919 % 9973:012x}",
        ["nginx:1.25", "redis:7"][i % 2],
        "2 hours ago",
        "Up 2 hours",
        ["80/tcp", ""][i % 3 > 0],
        f"app_{i}",
    ]
    for i in range(1, 20)
]
PROCESSES = "USER         PID %CPU %MEM    VSZ   RSS STAT COMMAND\n" + "\n".join(
    f"{['root', 'www-data'][i % 2]:8} {i * 97:7d} {i % 9:4.1f} {i % 3:4.1f} {i * 999:6d} {i:5d} "
    f"{['Ss', 'R+'][i % 2]:4} {['/usr/sbin/nginx -g daemon off;', 'sleep 3'][i % 2]}"
    for i in range(60)
)
PSQL = (
    " id |  name  |   state   \n----+--------+-----------\n"
    + "\n".join(
        f" {i:>2} | {['alice', 'robert'][i % 2]:6} | {['active', 'suspended'][i % 5 == 0]}"
        for i in range(1, 60)
    )
    + "\n(59 rows)\n"
)
MYSQL_RULE = "+----+--------+\n"
MYSQL = (
    f"{MYSQL_RULE}| id | name   |\n{MYSQL_RULE}"
    + "".join(f"| {i:>2} | {['alice', 'robert'][i % 2]:6} |\n" for i in range(1, 60))
    + f"{MYSQL_RULE}59 rows in set (0.00 sec)\n"
)
BOX = (
    "┌────┬────────┐\n│ id │ name   │\n├────┼────────┤\n"
    + "".join(f"│ {i:<2} │ {['alice', 'robert'][i % 2]:6} │\n" for i in range(1, 60))
    + "└────┴────────┘"
)
OWNERS = ["", r"a\|b"]
COMPACT = "| Name | Status | Owner |\n|---|:---:|---:|\n" + "\n".join(
    f"| svc-{i} | passed | {OWNERS[i % 2]} |" for i in range(30)
).replace("|  |", "| |")
DOCUMENT = f"# Report\n\n{ruled(PEOPLE)}\n\nAnd the other:\n\n{COMPACT}\n\nThe end.\n"

PACKAGES = (
    "Desired=Unknown/Install\n| Status=Not/Inst\n|/ Err?=(none)/Reinst-required\n"
    + "\n".join(
        f"{sign:3} {name:12} {version:8} {where:12} {what}"
        for sign, name, version, where, what in [
            ("||/", "Name", "Version", "Architecture", "Description"),
            ("ii", "adduser", "3.134", "all", "add and remove users and groups"),
            *(("ii", f"lib{i * i}", f"1.{i}", "amd64", "shared library") for i in range(60)),
        ]
    ).replace("\n", f"\n+++-{'=' * 12}-{'=' * 8}-{'=' * 12}-{'=' * 31}\n", 1)
)
TABLES = {
    "packages of dpkg": PACKAGES,
    "csv": csv_of(PEOPLE),
    "csv without a last line break": csv_of(PEOPLE).removesuffix("\n"),
    "csv that breaks lines with CRLF": csv_of(PEOPLE, lineterminator="\r\n"),
    "quotes, commas and line breaks in cells": csv_of(ODD_CELLS),
    "line breaks of two kinds": csv_of(ODD_CELLS, lineterminator="\r\n"),
    "every cell in quotes": csv_of(PEOPLE, quoting=csv.QUOTE_ALL),
    "some columns in quotes": csv_of(
        [PEOPLE[0], *([int(row[0]), *row[1:3], int(row[3])] for row in PEOPLE[1:])],
        quoting=csv.QUOTE_NONNUMERIC,
    ),
    "quotes around what is not empty": csv_of(
        [["id", "note"], *([str(i), ["", "words"][i % 2]] for i in range(99))],
        quoting=csv.QUOTE_ALL,
    ).replace(',""', ","),
    "more than is looked at": csv_of([*PEOPLE, *PEOPLE[1:] * 12], lineterminator="\r\n"),
    "semicolons": csv_of(PEOPLE, delimiter=";"),
    "commas with a space": csv_of(PEOPLE).replace(",", ", "),
    "tabs": csv_of(PEOPLE, delimiter="\t"),
    "bars without a rule": csv_of(PEOPLE, delimiter="|"),
    "cells that look like numbers": csv_of(NUMBERS),
    "a first column without a name": csv_of([["", *PEOPLE[0][1:]], *PEOPLE[1:]]),
    "names that occur twice": csv_of([["id", "name", "name", "x"], *PEOPLE[1:]]),
    "unicode": csv_of([["naïve", "名前"], *([str(i), "日本 🙂 é"] for i in range(30))]),
    "times": csv_of(
        [["time", "host", "ms"]]
        + [[f"2026-03-01T10:{i:02d}:00Z", "web-1", str(i * 7 % 9)] for i in range(50)]
    ),
    "markdown, padded": ruled(PEOPLE, sides=["right", "left", "left", "right"]),
    "markdown, compact, with escaped bars": COMPACT,
    "markdown tables in a short document": DOCUMENT,
    "kubectl": fixed(PODS) + "\n",
    "two kubectl tables": fixed(PODS) + "\n\n" + fixed(PODS[:9]),
    "docker": fixed(CONTAINERS),
    "fixed columns padded to the end": fixed(PODS, pad_last=True),
    "pip": dashed(
        [["Package", "Version", "Editable project location"]]
        + [[f"package-{i}", f"{i % 3}.{i}.0", "/src/shop" * (i == 7)] for i in range(60)]
    )
    + "\n\n[notice] A new release of pip is available\n",
    "ps": PROCESSES,
    "psql": PSQL,
    "mysql": MYSQL,
    "a box": BOX,
}

CODE = """import os, sys
from itertools import chain, repeat

def add(a, b):
    return a, b

def mul(a, b):
    return a, b

print(add(1, 2), mul(3, 4))
"""
OTHERS = {
    "nothing": "",
    "prose with commas": "\n".join(
        ["Well, this is a sentence.", "Yes, another one.", "No, not again.", "So, the end."] * 9
    ),
    "a letter": "Dear Ann,\nthank you, and see you.\nBest,\nBob, your friend\n" * 9,
    "a log with commas": "\n".join(
        f"2026-03-01 10:00:{i:02d},123 INFO request {i}, took {i} ms" for i in range(50)
    ),
    "a log with one comma": "\n".join(f"10:00:{i:02d},{i} started" for i in range(50)),
    "a log with bars": "\n".join(
        f"2026-03-01 10:00:{i:02d} | INFO | app.main:run:{i} | started" for i in range(50)
    ),
    "a log with tabs": "\n".join(f"10:00:{i:02d}\tINFO\tstep {i}" for i in range(50)),
    "code": CODE * 9,
    "a list of arguments": "\n".join(f"    call_{i}(first, second, {i})," for i in range(30)),
    "SQL values": "\n".join(f"INSERT INTO t VALUES ({i}, 'a', 'b');" for i in range(30)),
    "numbers without names": csv_of([[i, i * 2, i * 3] for i in range(50)]),
    "rows without names": "\n".join(f"2026-03-{i:02d},Oslo,{i}" for i in range(1, 29)),
    "JSON": '[{"a": 1, "b": 2},\n{"a": 1, "b": 2}]',
    "JSON lines": "\n".join(f'{{"a": {i}, "b": 2}}' for i in range(30)),
    "a diff": "--- a/x.csv\n+++ b/x.csv\n@@ -1,3 +1,3 @@\n" + "-a,b\n+a,c\n" * 20,
    "ls -la": "total 48\n"
    + "\n".join(f"drwxr-xr-x  2 root root 4096 Nov  1 10:0{i} dir{i}" for i in range(9)),
    "grep": "\n".join(f"src/a{i}.py:{i}:    f(a, b)" for i in range(30)),
    "ragged csv": "a,b,c\n" + "1,2,3\n" * 20 + "1,2\n" * 3,
    "too few rows": "a,b\n1,2\n3,4\n",
    "yaml": "\n".join(f"key_{i}:\n  - a, b\n  - c" for i in range(20)),
    "a poem": "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you\n" * 5,
    "capitals": "THE END OF ALL THINGS\nIS NEAR AND YOU MAY\nNOT LIKE IT AT ALL\n" * 9,
    "a mostly written document": "\n\n".join(
        f"Paragraph {i} says a lot of words." for i in range(60)
    )
    + "\n\n"
    + ruled(PEOPLE[:5]),
    "a document with some tables": "\n\n".join(
        f"Paragraph {i} says a lot of words." for i in range(60)
    )
    + f"\n\n{ruled(PEOPLE[:60])}",
    "pairs of words": "\n".join(f"number\t{'abc'[i % 3]}" for i in range(60)),
    "a traceback": 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g(a, b)\n'
    * 9,
    "html": "<table>\n" + "<tr><td>a, b</td></tr>\n" * 30 + "</table>",
    "a ragged markdown table": "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 9 + "| 1 |\n" * 3,
    "dialogue": "\n".join(f"Ann: hello, Bob{i}\nBob: hi, Ann{i}" for i in range(20)),
    "horizontal rules": "Part\n---\nwords\n" * 20,
    "stack of imports": "\n".join(f"import a{i}, b{i}, c{i}" for i in range(20)),
    "names only": "\n".join(f"Smith, John{i}" for i in range(30)),
    "a recipe": "\n".join(f"{i} cups of flour, sifted" for i in range(2, 30)),
    "key=value": "\n".join(f"level=info, host=a, ms={i}" for i in range(30)),
    "Windows log": "\n".join(f"Information,{i},Service Control Manager" for i in range(30)),
}
