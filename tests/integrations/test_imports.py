"""Importing a plug-in whose framework is missing says what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("plugin", "module", "extra"),
    [("langchain", "langchain_core", "langchain"), ("llama_index", "llama_index", "llama-index")],
)
def test_a_missing_framework_is_explained(plugin: str, module: str, extra: str) -> None:
    code = (
        f"import sys; sys.modules[{module!r}] = None\n"
        f"try: import headroom_integrations.{plugin}\n"
        "except ImportError as error: print(type(error).__name__, error)"
    )
    assert _run(code).startswith("MissingExtraError")
    assert f"headroom-integrations[{extra}]" in _run(code)
