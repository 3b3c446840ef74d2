"""What tools really print, made up: the inputs of the case files, the same on every machine."""

from __future__ import annotations

import csv
import io
import json
from random import Random

from tests.compressors import (
    blob_inputs,
    code_inputs,
    config_inputs,
    diff_inputs,
    history_inputs,
    listing_inputs,
    log_cases,
    markup_inputs,
    search_inputs,
    text_inputs,
)

WORDS = "ann bob cem dai eva fay gus hal ida jon".split()


def _instances():
    random = Random(1)
    reservations = [
        {
            "ReservationId": f"r-{random.getrandbits(40):010x}",
            "OwnerId": "123456789012",
            "Instances": [
                {
                    "InstanceId": f"i-{random.getrandbits(68):017x}",
                    "InstanceType": random.choice(["t3.micro", "m5.large"]),
                    "LaunchTime": f"2026-03-{1 + i % 28:02}T08:00:00+00:00",
                    "State": {"Code": 80, "Name": "stopped"}
                    if i == 17
                    else {"Code": 16, "Name": "running"},
                    "Placement": {"AvailabilityZone": f"eu-west-1{'abc'[i % 3]}", "GroupName": ""},
                    "Tags": [{"Key": "Name", "Value": f"web-{i}"}, {"Key": "team", "Value": "a"}],
                }
            ],
        }
        for i in range(24)
    ]
    return json.dumps({"Reservations": reservations}, indent=4)


def _pods():
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "List",
            "items": [
                {
                    "metadata": {
                        "name": f"api-{i * 7919 % 9973}",
                        "namespace": "shop" if i < 12 else "search",
                        "labels": {"app": "api", "version": f"1.{i % 2}"},
                    },
                    "spec": {
                        "nodeName": f"node-{i % 4}",
                        "containers": [
                            {"name": "api", "image": f"registry.example.com/api:1.{i % 2}"},
                            {"name": "proxy", "image": "registry.example.com/proxy:3"},
                        ],
                    },
                    "status": {
                        "phase": "Running" if i != 5 else "Pending",
                        "conditions": [
                            {"type": "Ready", "status": str(i != 5)},
                            {"type": "PodScheduled", "status": "True"},
                        ],
                    },
                }
                for i in range(20)
            ],
        }
    )


def _lockfile():
    random = Random(2)
    names = [f"{a}-{b}" for a in ("left", "fast", "tiny") for b in ("pad", "glob", "uuid", "yaml")]
    packages = {
        f"node_modules/{name}": {
            "version": f"{random.randrange(9)}.{random.randrange(9)}.0",
            "resolved": f"https://registry.example.org/{name}/-/{name}.tgz",
            "integrity": f"sha512-{random.getrandbits(120):030x}==",
            **({"dev": True} if random.random() < 0.3 else {}),
            **({"dependencies": {random.choice(names): "^1.0.0"}} if random.random() < 0.5 else {}),
        }
        for name in names
    }
    return json.dumps({"name": "shop", "lockfileVersion": 3, "packages": packages}, indent=2)


def _events():
    random = Random(3)
    lines = []
    for i in range(40):
        if i % 4:
            event = {"type": "push", "actor": random.choice(WORDS), "size": random.randrange(9)}
        else:
            event = {"type": "fork", "actor": random.choice(WORDS), "forkee": {"id": i * 31}}
        lines.append(json.dumps({"at": f"2026-03-01T10:{i:02}:00Z", **event}))
    return "\n".join(lines)


def _orders():
    random = Random(4)
    orders = [
        {
            "id": 7000 + i,
            "customer": random.choice(WORDS),
            "state": random.choice(["paid", "paid", "paid", "shipped"]),
            "total": round(random.uniform(5, 90), 2),
            "note": "",
        }
        for i in range(300)
    ]
    orders[41] |= {"state": "refused", "note": "card declined"}
    orders[200]["total"] = 9999.0
    return json.dumps({"total": 300, "orders": orders})


def _metrics():
    random = Random(5)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["time", "host", "region", "cpu", "status", "message"])
    for i in range(120):
        bad = i in (30, 31, 90)
        rows.writerow(
            [
                f"2026-03-01T00:{i // 2:02}:{i % 2 * 30:02}Z",
                f"web-{i % 3}.example.com",
                "eu-west",
                95 if bad else random.randrange(10, 40),
                "critical" if bad else "ok",
                "no space left, giving up" if bad else "",
            ]
        )
    return out.getvalue()


def _markdown():
    rows = [f"| {WORDS[i % 10]}-{i} | done | {i * i % 7} |" for i in range(14)]
    return "\n".join(["| task | state | hours |", "|---|---|---|", *rows])


def _kubectl():
    rows = [("NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE")]
    rows += [
        (
            "shop" if i < 9 else "kube-system",
            f"api-{i * 7919 % 9973}",
            "0/1" if i == 4 else "1/1",
            "CrashLoopBackOff" if i == 4 else "Running",
            str(37 if i == 4 else 0),
            "12d",
        )
        for i in range(16)
    ]
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    return "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


CASES = {
    "json/instances": (_instances(), "Which instances are not running?"),
    "json/pods": (_pods(), "Is any pod not ready?"),
    "json/lockfile": (_lockfile(), "Which packages are for development only?"),
    "json/events": (_events(), "Who forked?"),
    "json/orders": (_orders(), "What happened to order 7123?"),
    "table/metrics": (_metrics(), "What went wrong?"),
    "table/markdown": (_markdown(), "How long did it take?"),
    "table/kubectl": (_kubectl(), "Which pod restarts?"),
}

CASES |= history_inputs.CASES
CASES |= config_inputs.CASES
CASES |= blob_inputs.CASES
CASES |= listing_inputs.CASES
CASES |= search_inputs.SEARCH_CASES
CASES |= log_cases.CASES
CASES |= markup_inputs.CASES
CASES |= diff_inputs.CASES
CASES |= code_inputs.CASES
CASES |= text_inputs.CASES
