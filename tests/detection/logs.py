"""Logs and build output, made up but true to form: (what it is called, text)."""

from __future__ import annotations

import json
from random import Random

_random = Random(7)
_HOSTS = ["web-1", "web-2", "db-1"]
_DOING = ["opened session", "closed session", "sent reply", "read block", "checked lease"]


def _lines(count, make):
    return "\n".join(make(i) for i in range(count))


def _clock(i):
    return f"{10 + i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}"


def _do(i):
    return f"{_DOING[i * 7 % 5]} {i * 7919 % 10007} for user{i % 9}"


SERVICES = {
    "syslog": _lines(60, lambda i: f"Jan  7 {_clock(i)} {_HOSTS[i % 3]} sshd[{900 + i}]: {_do(i)}"),
    "new syslog": _lines(60, lambda i: f"2026-01-07T{_clock(i)}.{i:06}+01:00 db-1 app: {_do(i)}"),
    "python logging": _lines(60, lambda i: f"2026-01-07 {_clock(i)},{i:03} INFO app.db: {_do(i)}"),
    "log4j": _lines(
        60, lambda i: f"{_clock(i)}.{i:03} [pool-1-thread-{i % 4}] INFO  c.e.App - {_do(i)}"
    ),
    "logfmt": _lines(
        60, lambda i: f'time="2026-01-07T{_clock(i)}Z" level=info msg="{_do(i)}" n={i}'
    ),
    "logfmt without quotes": _lines(
        60, lambda i: f"ts={_clock(i)} level=warn caller=a.go:{i} n={i}"
    ),
    "klog": _lines(60, lambda i: f"I0107 {_clock(i)}.000{i:03} 1 main.go:{i}] {_do(i)}"),
    "nginx access": _lines(
        60,
        lambda i: (
            f'10.0.0.{i} - - [07/Jan/2026:{_clock(i)} +0000] "GET /item/{i} HTTP/1.1" 200 {i * 31}'
            ' "-" "curl/8.0"'
        ),
    ),
    "nginx error": _lines(
        40,
        lambda i: (
            f"2026/01/07 {_clock(i)} [error] 31#31: *{i} upstream timed out, client: 10.0.0.{i}"
        ),
    ),
    "dmesg": _lines(60, lambda i: f"[{i * 0.731:12.6f}] usb {i % 3}-1: {_do(i)}"),
    "seconds since 1970": _lines(60, lambda i: f"{1767780000 + i} {_HOSTS[i % 3]} {_do(i)}"),
    "time of day alone": _lines(60, lambda i: f"{_clock(i)} {_do(i)}"),
    "levels without times": _lines(60, lambda i: f"[{'INFO' if i % 9 else 'ERROR'}] {_do(i)}"),
    "java with traces": _lines(
        30,
        lambda i: (
            f"2026-01-07 {_clock(i)} ERROR main App - {_do(i)}\n"
            "java.lang.IllegalStateException: closed\n\tat org.example.App.run(App.java:17)\n"
            "\tat org.example.App.main(App.java:9)"
        ),
    ),
    "docker compose": _lines(
        60, lambda i: f"{_HOSTS[i % 3]}  | 2026-01-07 {_clock(i)} INFO {_do(i)}"
    ),
    "kubernetes with streams": _lines(
        60, lambda i: f"2026-01-07T{_clock(i)}.{i:09}Z stdout F {_do(i)}"
    ),
    "with JSON in the lines": _lines(
        40, lambda i: f"2026-01-07T{_clock(i)}Z INFO request {json.dumps({'id': i, 'path': '/a'})}"
    ),
    "with JSON between the lines": _lines(
        20,
        lambda i: f"2026-01-07 {_clock(i)} INFO got\n" + json.dumps({"id": i, "a": [1]}, indent=2),
    ),
    "with CRLF": _lines(60, lambda i: f"2026-01-07 {_clock(i)} INFO {_do(i)}\r"),
    "with colours": _lines(60, lambda i: f"\x1b[32m2026-01-07 {_clock(i)}\x1b[0m INFO {_do(i)}"),
    "with commas": _lines(60, lambda i: f"2026-01-07 {_clock(i)}, INFO, app, {_do(i)}, {i}, ok"),
    "with bars": _lines(60, lambda i: f"2026-01-07 {_clock(i)}|INFO|app|{_do(i)}"),
    "with code in it": _lines(
        40, lambda i: f"2026-01-07 {_clock(i)} DEBUG if (x{i} == 1) {{ return; }}"
    ),
    "taskcluster": _lines(
        60, lambda i: f"[task 2026-01-07T{_clock(i)}.{i:03}Z] {_clock(i)}     INFO - {_do(i)}"
    ),
    "actions": _lines(
        40,
        lambda i: (
            f"2026-01-07T{_clock(i)}.{i:07}Z "
            + ("##[group]Run npm test" if i % 9 == 0 else f"  {_do(i)}")
        ),
    ),
    "hdfs": _lines(
        60, lambda i: f"0801{i % 9} {i:06} {i} INFO dfs.DataNode: Received block blk_{i * 7919}"
    ),
    "a postgres server": _lines(
        40,
        lambda i: (
            f"2026-01-07 {_clock(i)}.000 UTC [{i}] LOG:  duration: {i}.5 ms  statement: SELECT {i}"
        ),
    ),
    "journal of an agent": _lines(
        40, lambda i: f"2026-01-07 {_clock(i)} | DEBUG | agent:step:{i} - {_do(i)}"
    ),
}

BUILDS = {
    "make": _lines(40, lambda i: f"  CC       src/part_{i}.o")
    + "\nmake: *** [Makefile:9: all] Error 2",
    "make with commands": _lines(
        30, lambda i: f"gcc -O2 -Wall -Iinclude -c -o src/a{i}.o src/a{i}.c"
    ),
    "gcc errors": _lines(
        20, lambda i: f"src/a{i}.c:{i}:5: error: 'x{i}' undeclared\n  {i} |   x{i} = 1;\n    |   ^~"
    ),
    "pip, all there already": _lines(
        30,
        lambda i: (
            f"Requirement already satisfied: part{i}>=1.{i} in /venv/lib/python3.11/site-packages "
            f"(from tool{i % 3}->shop==1.0) (1.{i}.2)"
        ),
    )
    + "\nSuccessfully installed shop-1.0",
    "cmake and ninja": _lines(
        40, lambda i: f"[{i + 1}/40] Building CXX object CMakeFiles/a.dir/p{i}.cc.o"
    ),
    "configure": _lines(40, lambda i: f"checking for lib{i}.h... {'yes' if i % 3 else 'no'}"),
    "cargo build": _lines(40, lambda i: f"   Compiling crate-{i} v0.{i}.0")
    + "\n    Finished dev in 9s",
    "cargo test": _lines(40, lambda i: f"test part::case_{i} ... ok")
    + "\ntest result: ok. 40 passed",
    "rustc": _lines(
        9, lambda i: f"error[E0425]: cannot find value `x{i}`\n --> src/a.rs:{i}:5\n  |\n{i} | x{i}"
    ),
    "go test": _lines(30, lambda i: f"=== RUN   TestCase{i}\n--- PASS: TestCase{i} (0.0{i % 9}s)"),
    "go test in short": _lines(30, lambda i: f"ok  \texample.com/shop/part{i}\t0.{i:03}s"),
    "npm": _lines(20, lambda i: f"npm WARN deprecated left-pad@{i}.0.0: use String.padStart")
    + "\nnpm ERR! code E404",
    "jest": _lines(20, lambda i: f"PASS src/part{i}.test.js\n  ✓ adds {i} (2 ms)")
    + "\nTests: 20 passed",
    "vitest": _lines(30, lambda i: f" ✓ src/part{i}.test.ts (3 tests) {i}ms"),
    "mocha": _lines(30, lambda i: f"    ✔ should handle case {i}") + "\n\n  30 passing (1s)",
    "tap": _lines(40, lambda i: f"ok {i + 1} - handles case {i}") + "\nnot ok 41 - closes",
    "maven": _lines(
        40, lambda i: f"[INFO] Downloading from central: https://repo.example.org/a/{i}.pom"
    )
    + "\n[ERROR] BUILD FAILURE",
    "gradle": _lines(30, lambda i: f"> Task :part{i}:compileJava UP-TO-DATE")
    + "\nBUILD FAILED in 3s",
    "tsc": _lines(
        20, lambda i: f"src/a{i}.ts({i},7): error TS2322: Type 'string' is not assignable."
    ),
    "tsc in colours": _lines(
        20, lambda i: f"src/a{i}.ts:{i}:7 - error TS2322: Type 'x' is not assignable."
    ),
    "eslint": _lines(
        12, lambda i: f"/home/dev/src/a{i}.js\n  {i + 1}:3  error  'x' is not defined  no-undef\n"
    ),
    "ruff": _lines(20, lambda i: f"src/a{i}.py:{i}:1: E501 Line too long ({90 + i} > 88)"),
    "mypy": _lines(
        20, lambda i: f"src/a{i}.py:{i}: error: Incompatible return value type  [return-value]"
    ),
    "docker build": _lines(
        20, lambda i: f"#{i} [{i}/20] RUN make part{i}\n#{i} 0.{i:03} done\n#{i} DONE 0.1s"
    ),
    "docker build of old": _lines(
        20, lambda i: f"Step {i}/20 : RUN make part{i}\n ---> Running in {i:012x}"
    ),
    "pip install": _lines(
        20, lambda i: f"Collecting lib{i}\n  Downloading lib{i}-1.0-py3-none-any.whl (9 kB)"
    ),
    "apt": _lines(
        20, lambda i: f"Get:{i} http://deb.example.org/ stable/main lib{i} amd64 1.{i} [9 kB]"
    ),
    "terraform": _lines(
        20, lambda i: f"aws_instance.web[{i}]: Creation complete after {i}s [id=i-{i:08x}]"
    ),
    "ansible": _lines(
        12, lambda i: f"TASK [install part {i}] {'*' * 40}\nok: [web-1]\nchanged: [web-2]\n"
    ),
    "a python traceback": "Traceback (most recent call last):\n"
    + _lines(20, lambda i: f'  File "/srv/app/part{i}.py", line {i}, in run\n    step({i})')
    + "\nValueError: too many items",
    "go panic": "panic: runtime error: index out of range\n\ngoroutine 1 [running]:\n"
    + _lines(20, lambda i: f"main.part{i}(0x{i:x})\n\t/srv/app/part{i}.go:{i} +0x1d"),
    "progress bars": "\n".join(
        f"\rDownloading {n}%\rDownloading {n + 5}%" for n in range(0, 90, 5)
    ),
    "dotnet": _lines(
        20, lambda i: f"/src/A{i}.cs({i},9): warning CS0168: The variable 'x' is never used"
    ),
    "rspec": "." * 60
    + "F\n\nFailures:\n\n  1) Basket adds\n     Failure/Error: expect(1).to eq(2)\n"
    + _lines(12, lambda i: f"     # ./spec/part{i}_spec.rb:{i}:in `block'"),
    "pylint": "************* Module shop.basket\n"
    + _lines(
        30,
        lambda i: (
            f"src/shop/basket.py:{i * 7}:{i % 5}: C0116: Missing function or method docstring "
            "(missing-function-docstring)"
        ),
    )
    + "\n\n"
    + "-" * 66
    + "\nYour code has been rated at 7.31/10 (previous run: 7.31/10, +0.00)",
    "nm": "\nbasket.o:\n"
    + _lines(
        40,
        lambda i: (
            f"{i * 64 + 4198400:016x} {'TtdB'[i % 4]} part_{i}"
            if i % 5
            else f"{' ' * 17} U puts_{i}"
        ),
    ),
    "nm of 32 bits": _lines(40, lambda i: f"{i * 64 + 4096:08x} {'TtWR'[i % 4]} part_{i}"),
    "objdump -t": "\nbasket.o:     file format elf64-x86-64\n\nSYMBOL TABLE:\n"
    + _lines(
        40,
        lambda i: f"{i * 64:016x} {'lg'[i % 2]}     {'FO'[i % 2]} .text\t{i * 9:016x} part_{i}",
    ),
    "objdump -T": "\nlibshop.so:     file format elf64-x86-64\n\nDYNAMIC SYMBOL TABLE:\n"
    + _lines(
        40, lambda i: f"{i * 64:016x} g    DF .text\t{i * 9:016x}  SHOP_1.{i % 3}    part_{i}"
    ),
    "docker build without headings": _lines(
        40, lambda i: f"#7 {i * 0.21:.3f} Get:{i} http://deb.example.org main lib{i} [{i * 7} kB]"
    ),
    "kubectl get events": "LAST SEEN   TYPE     REASON   OBJECT   MESSAGE\n"
    + _lines(
        40, lambda i: f"{i}m   {'Normal' if i % 9 else 'Warning'}   Pulled   pod/web-{i}   ok"
    ),
    "kubectl get events -A": "NAMESPACE   LAST SEEN   TYPE     REASON   OBJECT   MESSAGE\n"
    + _lines(40, lambda i: f"shop    {i}m2s (x{i} over 3h)   Normal   Pulled   pod/web-{i}   ok"),
}
