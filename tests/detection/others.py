"""Data, search results, listings, prose and code, made up but true to form."""

from __future__ import annotations

import csv
import io
import json

WORDS = "ann bob cem dai eva fay gus hal ida jon".split()


def _lines(count, make):
    return "\n".join(make(i) for i in range(count))


def _csv(sign, quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    rows = csv.writer(out, delimiter=sign, lineterminator="\n", quoting=quoting)
    rows.writerow(["id", "name", "state", "when"])
    rows.writerows(
        [i, WORDS[i % 10], "ok, done" if i % 9 else "no", f"2026-01-{i:02}"] for i in range(1, 30)
    )
    return out.getvalue()


ROWS = [{"id": i, "name": WORDS[i % 10], "ok": i % 9 > 0, "at": {"x": i * 1.5}} for i in range(40)]
JSON = {
    "rows": json.dumps(ROWS),
    "pretty rows": json.dumps(ROWS, indent=2),
    "a document": json.dumps({"total": 40, "items": ROWS, "next": None}),
    "lines": "\n".join(map(json.dumps, ROWS)),
    "lines of a log": _lines(
        40, lambda i: json.dumps({"time": f"10:00:{i:02}", "level": "info", "n": i})
    ),
    "a lockfile": json.dumps(
        {"packages": {f"node_modules/a{i}": {"version": f"1.{i}.0"} for i in range(40)}}, indent=2
    ),
    "matches of rg --json": _lines(
        40, lambda i: json.dumps({"type": "match", "data": {"line_number": i}})
    ),
    "numbers": json.dumps(list(range(500))),
    "strings": json.dumps([f"src/part{i}.py:12: error" for i in range(60)]),
    "a map": json.dumps({f"host-{i}": {"up": True, "load": i / 7} for i in range(40)}),
    "with a log in it": json.dumps({"stdout": "2026-01-07 10:00:00 INFO a\n" * 40, "code": 1}),
    "with blanks before it": "\n\n  " + json.dumps(ROWS),
}
TABLES = {
    "csv": _csv(","),
    "csv with all quoted": _csv(",", csv.QUOTE_ALL),
    "tsv": _csv("\t"),
    "csv with semicolons": _csv(";"),
    "csv of times": "time,host,level,message\n"
    + _lines(40, lambda i: f"2026-01-07T10:00:{i:02}Z,web-1,INFO,started {i}"),
    "csv of paths": "file,line,text\n" + _lines(40, lambda i: f"src/a{i}.py,{i},def f{i}"),
    "markdown": "| name | age |\n|---|---|\n" + _lines(20, lambda i: f"| {WORDS[i % 10]} | {i} |"),
    "markdown between words": "Here it is:\n\n| name | age |\n|------|-----|\n"
    + _lines(20, lambda i: f"| {WORDS[i % 10]}-{i} | {i} |")
    + "\n\nThat is all.",
    "psql": " id | name \n----+------\n"
    + _lines(30, lambda i: f"{i:3} | {WORDS[i % 10]}")
    + "\n(30 rows)",
    "mysql": "+----+------+\n| id | name |\n+----+------+\n"
    + _lines(30, lambda i: f"| {i:2} | {WORDS[i % 10]:4} |")
    + "\n+----+------+",
    "kubectl": "NAME         READY   STATUS    RESTARTS   AGE\n"
    + _lines(30, lambda i: f"api-{i:07}  1/1     Running   0          {i}d"),
    "docker ps": "CONTAINER ID   IMAGE     STATUS       PORTS                  NAMES\n"
    + _lines(
        20, lambda i: f"{i:012x}   web:1     Up 3 hours   0.0.0.0:80{i:02}->80/tcp   web-{i:05}"
    ),
    "ports": "State   Recv-Q  Send-Q  Local Address:Port\n"
    + _lines(20, lambda i: f"LISTEN  0       128     127.0.0.1:{8000 + i}"),
}
SEARCHES = {
    "ripgrep": _lines(40, lambda i: f"src/part{i // 5}.py:{i * 3 + 1}:    total(prices, {i})"),
    "ripgrep with columns": _lines(
        40, lambda i: f"src/part{i // 5}.rs:{i * 3 + 1}:9:    total({i});"
    ),
    "ripgrep under headings": "\n\n".join(
        f"src/part{n}.py\n" + _lines(6, lambda i: f"{i * 9 + 1}:    total({i})") for n in range(8)
    ),
    "on windows": _lines(40, lambda i: f"C:\\src\\part{i // 5}.cs:{i * 3 + 1}:    Total({i});"),
    "of JSON": _lines(40, lambda i: f'data/part{i // 5}.json:{i * 3 + 1}:  "total": {i},'),
    "of logs": _lines(
        40, lambda i: f"logs/web-{i // 9}.log:{i * 3 + 1}:2026-01-07 10:00:{i:02} ERROR failed {i}"
    ),
    "of errors in code": _lines(
        40, lambda i: f'src/part{i // 5}.go:{i * 3 + 1}:\treturn fmt.Errorf("no error {i}")'
    ),
    "of csv": _lines(40, lambda i: f"data/part{i // 5}.csv:{i * 3 + 1}:{i},ann,ok,1.5"),
    "with CRLF": _lines(40, lambda i: f"src/part{i // 5}.py:{i * 3 + 1}:    total(prices, {i})\r"),
    "with context": "\n--\n".join(
        f"src/a{n}.py-{n + 1}-def f():\nsrc/a{n}.py:{n + 2}:    total()\nsrc/a{n}.py-{n + 3}-"
        for n in range(20)
    ),
}
LISTINGS = {
    "tree": ".\n"
    + _lines(12, lambda i: f"├── part{i}\n│   ├── a{i}.py\n│   └── b{i}.py")
    + "\n\n12 directories, 24 files",
    "tree in ASCII": ".\n" + _lines(12, lambda i: f"|-- part{i}\n|   |-- a{i}.py\n|   `-- b{i}.py"),
    "absolute paths": _lines(60, lambda i: f"/usr/share/doc/lib{i % 7}/part{i}/copyright"),
    "windows paths": _lines(60, lambda i: f"C:\\src\\shop\\part{i % 7}\\file{i}.cs"),
    "find errors": "find: './root': Permission denied\n"
    + _lines(60, lambda i: f"./src/part{i % 7}/file{i}.txt"),
    "sizes": _lines(60, lambda i: f"{i * 4}\t./src/part{i % 7}/file{i}.txt"),
    "counts": _lines(60, lambda i: f"  {i * 4:4} src/part{i % 7}/file{i}.txt") + "\n  7080 total",
    "ls -l": "total 99\n"
    + _lines(
        40, lambda i: f"-rw-r--r-- 1 dev staff {i * 977:6} Jan {i % 28 + 1:2} 10:{i:02} file{i}.txt"
    ),
}
HISTORIES = {
    "merges": _lines(
        20,
        lambda i: (
            f"commit {i:040x}\nMerge: {i:07x} {i + 1:07x}\n"
            f"Author: Ann <a@example.com>\nDate:   Wed Jan 7 10:{i:02}:00 2026 +0100\n\n"
            f"    Merge branch 'case-{i}'\n"
        ),
    ),
    "blame of old lines": _lines(
        40,
        lambda i: (
            f"{'^' if i % 2 else ''}{i // 9:08x} "
            f"(Ann Example 2026-01-07 10:00:00 +0100 {i + 1:2}) x = {i}"
        ),
    ),
}
PROSE = {
    "subtitles": "\n".join(
        f"{i}\n00:00:{i:02},000 --> 00:00:{i:02},900\nWhat was that?\n" for i in range(40)
    ),
    "bullets": _lines(30, lambda i: f"- fix {i}\n  * and add {i}"),
    "an article": "\n\n".join(
        f"The house at number {i} was built by the people of the town, and is as old as they."
        for i in range(30)
    ),
    "a guide in markdown": "# Guide\n\n"
    + "\n\n".join(
        f"## Step {i}\n\nTake the part that is in the box and put it on the table. "
        "Then wait for it to dry."
        for i in range(20)
    ),
    "with fences": "# Guide\n\n"
    + "\n\n".join(
        f"This is how you do the thing that was asked for in part {i}:\n\n```sh\nmake part{i}\n```"
        for i in range(20)
    ),
    "a talk": _lines(
        40,
        lambda i: (
            f"{'Ann' if i % 2 else 'Bob'}: I think that we should go to the place and look at it."
        ),
    ),
    "with times in it": "\n\n".join(
        f"At 10:{i:02} he said that the door was closed, and at 11:{i:02} it was open to all."
        for i in range(30)
    ),
    "a manual with names in angle brackets": "DUMP(1)\n\nOPTIONS\n"
    + "\n\n".join(
        f"       --part{i} <name>\n           Writes the part of that name, as it was at the"
        "\n           time when it was read, with all that is below it and has not been left out"
        "\n           by an option. The part is in the file that the option says it is in."
        for i in range(60)
    ),
    "german": "\n\n".join(
        f"Das Haus mit der Nummer {i} wurde von den Leuten der Stadt gebaut und ist so alt wie sie."
        for i in range(30)
    ),
}
MARKUP = {
    "html": "<!doctype html>\n<html><body>\n"
    + _lines(30, lambda i: f'<div class="p"><a href="/p/{i}">Part {i}</a></div>')
    + "\n</body></html>",
    "xml": '<?xml version="1.0"?>\n<parts>\n'
    + _lines(30, lambda i: f'  <part id="{i}"><name>part {i}</name></part>')
    + "\n</parts>",
}
CODE = {
    "python": "import os\n\n\n"
    + "\n\n".join(
        f"def part_{i}(x: int) -> int:\n    if x > {i}:\n        return x\n    return {i}"
        for i in range(20)
    ),
    "javascript": _lines(
        30, lambda i: f"export function part{i}(x) {{\n  const y = x + {i};\n  return y;\n}}\n"
    ),
    "typescript": _lines(
        30, lambda i: f"interface Part{i} {{\n  id: number;\n  name?: string;\n}}\n"
    ),
    "go": "package main\n\n"
    + _lines(30, lambda i: f"func part{i}(x int) (int, error) {{\n\treturn x + {i}, nil\n}}\n"),
    "rust": _lines(30, lambda i: f"pub fn part{i}(x: u32) -> u32 {{\n    x + {i}\n}}\n"),
    "c with log calls": _lines(
        30,
        lambda i: (
            f'static int part{i}(void) {{\n    log_error("ERROR: failed {i}");\n'
            "    return -1;\n}\n"
        ),
    ),
    "java": _lines(
        30, lambda i: f"    public int part{i}(int x) {{\n        return x + {i};\n    }}\n"
    ),
}
CONFIG = {
    "yaml": "parts:\n"
    + _lines(30, lambda i: f"  - name: part{i}\n    port: {8000 + i}\n    enabled: true"),
    "a kubernetes manifest": "---\n".join(
        f"apiVersion: v1\nkind: Service\nmetadata:\n  name: part{i}\n"
        "spec:\n  ports:\n    - port: 80\n"
        for i in range(12)
    ),
    "toml": _lines(30, lambda i: f'[part.{i}]\nname = "part{i}"\nlimit = {i}\n'),
    "ini": _lines(30, lambda i: f"[part{i}]\nname = part{i}\nlimit = {i}\n"),
    "settings of a shell": _lines(40, lambda i: f"PART_{i}_URL=https://example.com/part/{i}"),
}
BLOBS = {
    "base64": _lines(30, lambda i: f"{i:02}" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo" * 2),
    "a hex dump": _lines(
        30, lambda i: f'{i * 16:08x}: 0011 2233 4455 6677 8899 aabb ccdd eeff  .."3DUfw........'
    ),
    "a key": "-----BEGIN CERTIFICATE-----\n"
    + "MIIBszCCAVmgAwIBAgIUQ\n" * 30
    + "-----END CERTIFICATE-----",
}
NOTEBOOKS = {
    "a notebook": json.dumps(
        {"cells": [{"cell_type": "code", "source": ["x = 1\n"]}] * 20, "nbformat": 4}, indent=1
    ),
}
NOTHING = {
    "prose with a diff in it": "We looked at the change that was made, and it is in this text.\n"
    * 12
    + "\n```diff\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n```\n"
    + "It was not what we had in mind, and so we will have to do it again in a while.\n" * 12,
    "sql": _lines(30, lambda i: f"INSERT INTO parts (id, name) VALUES ({i}, 'part {i}');"),
    "css": _lines(30, lambda i: f".part-{i} {{\n  color: #00{i:02}ff;\n  margin: {i}px;\n}}\n"),
    "a dockerfile": "FROM debian:13\n"
    + _lines(20, lambda i: f"RUN make part{i} \\\n && rm -rf /tmp/part{i}"),
    "a makefile": _lines(20, lambda i: f"part{i}.o: part{i}.c part{i}.h\n\t$(CC) -c part{i}.c\n"),
    "requirements": _lines(30, lambda i: f"lib{i}==1.{i}.0"),
}
