"""Measures what a fresh process pays: the import, and the first call."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Final

_IMPORT: Final = {"headroom_core": "import headroom_core", "headroom-ai": "import headroom"}
_TIMED: Final = """
import json, sys, time
{prepare}
wall, cpu = time.perf_counter(), time.process_time()
{statement}
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
"""
_FIRST: Final = {
    "headroom_core": """
from headroom_core import Headroom, Settings
Headroom(Settings(store_url={store!r})).compress(messages, model="gpt-4o")
""",
    "headroom-ai": """
from headroom import compress
compress(messages, model="gpt-4o")
""",
}
_MESSAGES: Final = """
messages = [
    {"role": "user", "content": "Which jobs failed?"},
    {"role": "assistant", "content": None, "tool_calls": [{"id": "c", "type": "function",
        "function": {"name": "list_jobs", "arguments": "{}"}}]},
    {"role": "tool", "tool_call_id": "c", "content": json.dumps(
        [{"id": n, "name": f"job {n}", "state": "failed" if n == 77 else "done"}
         for n in range(400)])},
]
"""


def startup(python: str, name: str, repeat: int = 3) -> dict[str, float]:
    """Return seconds of a fresh process, the least of `repeat`: wall clock and processor.

    Args:
        python: The Python that has it installed.
        name: "headroom_core" or "headroom-ai".
        repeat: How many processes of each kind.

    Returns:
        ``import`` and ``first`` (import, store and first call), each also as ``..._cpu``.
    """
    found: dict[str, float] = {}
    for label, statements in (("import", _IMPORT), ("first", _FIRST)):
        runs = [_run(python, name, statements[name]) for _ in range(repeat)]
        found[label] = min(wall for wall, _ in runs)
        found[f"{label}_cpu"] = min(cpu for _, cpu in runs)
    return found


def _run(python: str, name: str, statement: str) -> tuple[float, float]:
    prepare = _MESSAGES
    if name == "headroom-ai":
        script = str(Path(__file__).with_name("peer.py"))
        prepare += f"import runpy; runpy.run_path({script!r})['prepare']()"
    else:
        prepare += f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})"
    with tempfile.TemporaryDirectory() as folder:
        script = _TIMED.format(
            prepare=prepare,
            statement=statement.format(store=f"sqlite:///{folder}/store.db"),
        )
        done = subprocess.run(
            [python, "-c", script], capture_output=True, text=True, check=True, cwd=folder
        )
    wall, cpu = json.loads(done.stdout.splitlines()[-1])
    return wall, cpu
