"""Steady hypothesis examples, and long expected outputs in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run; --hypothesis-profile explore draws new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("steady")

CASES = Path(__file__).parent / "cases"


def pytest_addoption(parser):
    parser.addoption(
        "--update-cases", action="store_true", help="write what is expected anew: read the diff"
    )


@pytest.fixture
def same_as_case(request):
    """Return a function that compares a text with the case file of that name."""

    def compare(name, text):
        path = CASES / f"{name}.txt"
        if request.config.getoption("--update-cases"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n", encoding="utf-8")
        assert path.exists(), f"no {path.name}: run pytest --update-cases and read it"
        assert f"{text}\n" == path.read_text(encoding="utf-8")

    return compare
