"""Search results as tools print them, and texts that look a bit like them and are none."""

from __future__ import annotations

MATCHES = "\n".join(
    f"src/app/{name}.py:{number}:        raise {error}('{name} {number}')"
    for name, error in [("user", "KeyError"), ("order", "ValueError"), ("cart", "TypeError")]
    for number in range(10, 60)
)
WITH_CONTEXT = "\n--\n".join(
    "\n".join(
        f"my-app/a-1-b.ts{':' if number == middle else '-'}{number}"
        f"{':' if number == middle else '-'}\t\tcall({number})"
        for number in range(middle - 2, middle + 3)
    )
    for middle in range(10, 200, 10)
)
HEADED = "\n\n".join(
    "\n".join([f"lib/deep/{name}.rb", *(f"{n}:    puts '{name} {n}'" for n in range(1, 15))])
    for name in ("one", "two", "three")
)
HEADED_CONTEXT = "\n\n".join(
    f"lib/{name}.rb\n3-a\n4:    puts\n5-b\n--\n9-  c\n10:  puts\n11-" for name in ("one", "two")
)
ONE_FOLDER = "".join(f"./conf/{i // 4}.yml:{i + 1}:  - item {i}\n" for i in range(40))
WINDOWS = "\r\n".join(f"C:\\src\\app {i // 6}\\x.cs:{i + 1}:\tthrow new X({i});" for i in range(30))
COLUMNS = "\n".join(f"a/{i // 5}.go:{i + 1}:{i % 3 + 4}:   err := f({i % 4})" for i in range(30))
COUNTS = "\n".join(f"src/{'ab'[i % 2]}/m{i}.c:{i // 2 % 4}" for i in range(0, 60, 2))
NO_NUMBERS = "\n".join(f"src/{i // 8}.py:import {'os' if i % 2 else 'sys'}" for i in range(40))
NO_NUMBERS_CONTEXT = "\n--\n".join(
    f"src/{i}.py-before\nsrc/{i}.py:import os\nsrc/{i}.py--" for i in range(8)
)
ONE_FILE = "\n".join(f"{i * i + 3}:    self.x{i} = {i}" for i in range(30))
ONE_FILE_CONTEXT = "\n--\n".join(
    f"{n - 1}-    def f{n}():\n{n}:        return {n}\n{n + 1}-" for n in range(10, 99, 9)
)
REVISION = "\n".join(f"v1.2~3:src/{i // 9}.c:{i + 5}:\tfree(p{i});" for i in range(40))
FUNCTIONS = "\n".join(
    f"src/a.c={i * 10}=int f{i}(void)\nsrc/a.c:{i * 10 + 4}:\treturn lock({i});"
    for i in range(1, 12)
)
COLOURED = "\n".join(
    f"\x1b[35m\x1b[Ksrc/{i // 9}.py\x1b[m\x1b[K\x1b[36m\x1b[K:\x1b[m\x1b[K\x1b[32m\x1b[K{i + 1}"
    f"\x1b[m\x1b[K\x1b[36m\x1b[K:\x1b[m\x1b[K    \x1b[01;31m\x1b[Kreturn\x1b[m\x1b[K {i}"
    for i in range(40)
)
BINARY = f"{MATCHES}\nBinary file src/app/x.so matches\ngrep: tmp: Permission denied\n"
TWO_ROOTS = "\n".join(
    f"{root}/x{i // 3}.h:{i + 1}:#define A{i} {i}"
    for root in ("/usr/include", "/opt/y/include")
    for i in range(20)
)
REPEATED = "\n".join(
    f"src/{'abcdefgh'[i % 8]}/Reader.java:{i}:      throw new IllegalStateException(message);"
    for i in sorted(range(7, 90), key=lambda i: (i % 8, i))
)

RESULTS = {
    "grep -n": MATCHES,
    "rg -C2, paths with dashes and digits": WITH_CONTEXT,
    "rg --heading": HEADED,
    "rg --heading -C1": HEADED_CONTEXT,
    "grep -rn in .": ONE_FOLDER,
    "paths of Windows, lines that end with CRLF": WINDOWS,
    "rg --column": COLUMNS,
    "rg --column --heading": "\n\n".join(
        f"lib/{n}.js\n" + "\n".join(f"{i}:{i + 2}:  x({i})" for i in range(3, 9)) for n in range(6)
    ),
    "grep -rc": COUNTS,
    "git grep in a revision": REVISION,
    "git grep -p": FUNCTIONS,
    "grep --color": COLOURED,
    "notices of binary files": BINARY,
    "two roots": TWO_ROOTS,
    "the same text in many files": REPEATED,
}
SHELL = "grep -rn x ."
ASKED = {
    "grep -r without -n": NO_NUMBERS,
    "grep -n in one file": ONE_FILE,
    "grep -n -C1 in one file": ONE_FILE_CONTEXT,
    "comments in JSDoc": "\n".join(f"src/a.js:{i}: * @param {{x}} p{i}" for i in range(9)),
}

OTHERS = {
    "a single line": "a/b.py:1:x",
    "mostly something else": f"{MATCHES[:400]}\n" + "word word\n" * 90,
    "timestamps": "2025-02-13T11:46:07.700Z up\n" * 9,
    "timestamps with text behind them": "2025-02-13T11:46:07 x\n" * 9,
    "timestamps in brackets": "[task 2025-02-13T11:46:07.700Z] up\n" * 9,
    "timestamps behind a key": 'time="2021-05-24T16:37:58Z" level=info msg=x\n' * 9,
    "names of files that end in a time": (
        "nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO x\n" * 9
    ),
    "times behind a path": "/var/log/a-10:22:33 started\n" * 9,
    "times behind a path and a space": "/var/log/app 9:22:33 started\n" * 9,
    "times of day": "".join(f"10:3{i}:15 tick\n" for i in range(9)),
    "times of day alone": "".join(f"10:30:{i:02}\n" for i in range(30)),
    "a log below a path": "app/x.log\n10:22:33 a\n10:22:33 b\n10:22:34 c\n",
    "a log of some minutes below a path": "app/x.log\n"
    + "".join(f"10:{i:02}:33 a\n" for i in range(20, 40)),
    "dates": "".join(f"2025-0{i}-11 10:00 x\n" for i in range(1, 9)),
    "addresses": "http://localhost:80:x\n" * 9,
    "addresses of pages": "".join(f"https://x.org/a/{i}.html:12:x\n" for i in range(9)),
    "hosts and ports": "".join(f"db{i}.example.com:5432\n" for i in range(9)),
    "IP addresses and ports": "".join(f"10.0.0.{i}:8080\n" for i in range(9)),
    "IPv6 addresses": "".join(f"fe80:{i}:12:aa::1\n" for i in range(9)),
    "hardware addresses": "".join(f"0a:1{i}:2c:3d:4e:5f\n" for i in range(9)),
    "images and their tags": "".join(f"ghcr.io/org/app{i}:12\n" for i in range(9)),
    "emails": "".join(f"ann{i}@example.com:12:hello\n" for i in range(9)),
    "words": "ERROR:12:x\n" * 9,
    "log records": "INFO:app.core:started worker\n" * 9,
    "brackets": "{'a':1:2}\n" * 9,
    "yaml": "".join(f"key{i}: 12: x\nother: [1, 2]\n" for i in range(9)),
    "yaml with times": "".join(f"at{i}: 10:30:15\n" for i in range(9)),
    "headers of HTTP": "Content-Type: text/html\nContent-Length: 12\nDate: 10:30:15\n" * 4,
    "docker ps": (
        "CONTAINER ID   IMAGE     PORTS                    NAMES\n"
        + "".join(f"{i:012x}   redis:7   0.0.0.0:80{i:02}->80/tcp   r{i}\n" for i in range(9))
    ),
    "csv with times": "".join(f"/a/b,12:30:15,x{i}\n" for i in range(9)),
    "csv with colons": "".join(f"a.csv,{i}:30,x:{i}\n" for i in range(9)),
    "passwd": "".join(f"user{i}:x:10{i}:10{i}::/home/u{i}:/bin/sh\n" for i in range(9)),
    "PATH": "/usr/bin:/bin:/usr/local/bin\n" * 9,
    "mounts": "".join(f"./data{i}:/var/lib/data{i}\n" for i in range(9)),
    "a traceback": "Traceback (most recent call last):\n"
    + '  File "/a/b.py", line 12, in f\n    g(1)\n' * 9
    + "KeyError: 'x'\n",
    "a trace of node": "Error: x\n" + "    at f (/app/src/a.js:12:5)\n" * 9,
    "a trace of go": "main.f()\n\t/app/main.go:12 +0x1d\n" * 9,
    "a trace of Java": "\tat a.b.C.d(C.java:12)\n" * 9,
    "pytest -v": "".join(f"tests/test_a.py::test_{i} PASSED  [ {i}%]\n" for i in range(9)),
    "file": "".join(f"src/a{i}.py: Python script, ASCII text\n" for i in range(9)),
    "sums that were checked": "".join(f"src/a{i}.py: OK\n" for i in range(9)),
    "a numbered list": "".join(f"{i}: word word\n" for i in range(1, 20)),
    "durations": "".join(f"{i}:0{i}:15 lap\n" for i in range(1, 9)),
    "ls -l": "".join(f"-rw-r--r-- 1 a a 12 Jan  1 10:3{i} x{i}.py\n" for i in range(9)),
    "git blame": "".join(
        f"abc{i}def1 (Ann 2024-01-0{i} 10:00:00 +0000 {i}) x = 1\n" for i in range(1, 9)
    ),
    "a diff": "--- a/x.py\n+++ b/x.py\n@@ -1,3 +1,3 @@\n-a: 1\n+a: 2\n" * 4,
    "ripgrep's JSON": '{"type":"match","data":{"path":{"text":"a.py"},"line_number":12}}\n' * 9,
    "Windows events": "".join(f"C:\\x.log: 12:0{i}: started\n" for i in range(9)),
    "subtitles": "".join(f"{i}\n00:00:1{i},000 --> 00:00:1{i},900\nhi\n\n" for i in range(9)),
    "verses": "".join(f"John 3:{i}: text\n" for i in range(9)),
    "a long line": "x" * 100_000,
    "paths": "".join(f"src/a{i}.py\n" for i in range(40)),
}
FINDINGS = {
    "gcc": "src/a.c:7:3: error: no\n" * 9,
    "gcc with what it shows": "src/a.c:7:3: warning: unused\n    7 |   int x;\n      |  ^\n" * 9,
    "mypy": "".join(f'src/a.py:{i}: error: "x" is not defined  [name-defined]\n' for i in range(9)),
    "ruff": "".join(f"src/a.py:{i}:5: F401 [*] `os` imported but unused\n" for i in range(9)),
    "pylint": "".join(f"src/a.py:{i}:0: C0114: Missing docstring\n" for i in range(9)),
    "go vet": "".join(f"./main.go:{i}:2: x declared and not used\n" for i in range(9)),
    "javac": "".join(f"src/A.java:{i}: error: cannot find symbol\n" for i in range(9)),
    "loggers": "".join(f"app.core:{i}:started\n" for i in range(9)),
    "a log with places": "".join(f"src/a.py:{i}:INFO:started\n" for i in range(9)),
    "places alone": "".join(f"src/a{i}.py:{i + 1}\n" for i in range(9)),
}  # fmt: skip
"""What is better read as something else: search results may only spell it anew."""

ONE_LONG = "x = 1;" * 500
MINIFIED = f"{MATCHES}\nsrc/app/min.js:1:{ONE_LONG}wanted_thing(){ONE_LONG}"

SEARCH_TYPICAL = {
    f"search: {name}": text for name, text in {**RESULTS, **ASKED, **OTHERS, **FINDINGS}.items()
}
SEARCH_HOSTILE = {
    "a match and dashes": "a.py:1:x\n" + "a.py-" * 100_000,
    "paths that may begin anywhere": "a.py:1:x\n" + ("a-1-" * 100 + "\n") * 2_000,
    "one match again and again": "a.py:1:x\n" * 60_000,
    "a file for every match": "\n".join(f"d{i}/a.py:{i}:x{i}" for i in range(30_000)),
    "matches in many lines of one file": "a.py:" + "\na.py:".join(
        f"{i}:the same text as in any other line" for i in range(20_000)
    ),
    "counts": "\n".join(f"d{i % 99}/a{i}.py:{i % 3}" for i in range(30_000)),
    "revisions": "v1:a.py:1:x\n" * 30_000,
    "folders": "\n".join("a/" * 100 + f"{i}.py:1:x" for i in range(2_000)),
    "words like types": "a.c:1:" + "int " * 100_000 + "\na.c:2:" + "a*" * 100_000 + "{",
}  # fmt: skip
SEARCH_CASES = {
    "search/context": (WITH_CONTEXT, "What about call 100?\nrg -C2 call"),
    "search/repeated": (REPEATED, "Where does the reader throw?\ngrep -rn throw src"),
    "search/columns": (COLUMNS, "Where is f(3) called?\nrg --column err"),
    "search/counts": (COUNTS, "Which file has most?\ngrep -rc x src"),
    "search/onefile": (ONE_FILE_CONTEXT, "What does f37 return?\ngrep -n -C1 return a.py"),
}
