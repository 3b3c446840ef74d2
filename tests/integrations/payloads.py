"""Long texts as tools produce them, for the tests of the plug-ins."""

from __future__ import annotations

import json

RECORDS = json.dumps(
    [
        {
            "id": number,
            "name": f"order-{number * 7919 % 1000}",
            "state": "failed" if number == 137 else "shipped",
            "total": round(number * 17.31 % 400, 2),
            "note": f"parcel {number * 104729 % 9973} left the warehouse at dock {number % 7}",
        }
        for number in range(300)
    ]
)
"""300 rows, one of them unlike the others."""

LOG = "\n".join(
    f"2024-05-01T10:{number // 60 % 60:02d}:{number % 60:02d} "
    + (
        "ERROR payment gateway timed out for order-77"
        if number == 400
        else f"INFO worker-{number % 5} did request {number * 7919 % 100003} in {number % 90} ms"
    )
    for number in range(800)
)
"""800 lines, one of them an error."""

SHORT = "all 3 checks passed"

QUESTION = "what about request 26496?"
WANTED = "request 26496 "
"""In one line of the log, which nothing else makes worth keeping."""
