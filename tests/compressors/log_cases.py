"""Logs for the case files, made up: a service with some trouble, and builds and tests that fail."""

from __future__ import annotations

from random import Random

from tests.compressors.log_runs import run

TRACE = """Traceback (most recent call last):
  File "/srv/shop/orders.py", line 88, in charge
    gateway.send(order)
  File "/srv/shop/gateway.py", line 31, in send
    raise TimeoutError(host)
TimeoutError: pay.example.com"""


def _service():
    random = Random(6)
    lines = []
    for i in range(240):
        stamp = f"2026-03-01 10:{i // 60:02}:{i % 60:02},{random.randrange(1000):03}"
        path = random.choice(["orders", "users", "carts"])
        lines.append(f"{stamp} INFO api GET /{path}/{random.randrange(900)} 200 {i * 7 % 90} ms")
        if i % 5 == 0:
            lines.append(f"{stamp} DEBUG pool took connection {random.randrange(20)} of 20")
        if i in (60, 61, 190):
            lines.append(f"{stamp} ERROR api order {7000 + i} could not be charged\n{TRACE}")
        if i == 120:
            lines.append(f"{stamp} INFO config read /etc/shop/shop.toml again")
        if i == 200:
            lines.append(f"{stamp} WARN pool 19 of 20 connections in use")
    return "\n".join(lines)


def _actions():
    random = Random(7)
    job = [
        "##[group]Run actions/checkout@v4",
        "##[endgroup]",
        *(f"Get:{n} http://deb.example.org/main lib{n} amd64 [{n * 7 % 90} kB]" for n in range(60)),
        *(f"Setting up lib{n}:amd64 (1.{n}) ..." for n in range(60)),
        "##[group]Run make test",
        *run("gcc and make")[0].split("\n"),
        "##[error]Process completed with exit code 2.",
        "Cleaning up orphan processes",
    ]
    return "\n".join(
        f"2026-03-01T10:{n // 60:02}:{n % 60:02}.{random.randrange(10**7):07}Z {line}"
        for n, line in enumerate(job)
    )


CASES = {
    "log/service": (_service(), "What happened to order 7061?"),
    "log/actions": (_actions(), "Why did the build fail?"),
    "log/pytest": (run("pytest")[0], "Which test fails?"),
    "log/maven": (run("maven")[0], "Why did the build fail?"),
}
