"""Rules of the repository that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from headroom_core.compressors import default_compressors

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for top in ("headroom_core", "headroom_integrations")
    for path in (ROOT / top).rglob("*.py")
)
every_source = pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))


@every_source
def test_a_module_is_short_and_says_what_it_is_for(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@every_source
def test_functions_are_short(path):
    long = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_tests_are_short():
    long = [
        path.name
        for path in (ROOT / "tests").rglob("*.py")
        if len(path.read_text().splitlines()) > 300
    ]
    assert long == []


def test_one_place_in_the_core_swallows_everything():
    broad = {"Exception", "BaseException", None}
    found = [
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and getattr(node.type, "id", None) in broad
        and not isinstance(node.type, ast.Tuple | ast.Attribute)
        and not isinstance(node.body[-1], ast.Raise)
        and path.is_relative_to(ROOT / "headroom_core")
    ]
    assert found == ["safety.py"]


def test_no_two_public_classes_share_a_name():
    names = [
        node.name
        for path in SOURCES
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted(set(names)) == sorted(names)


def test_every_compressor_module_is_registered():
    modules = {
        path.stem
        for path in (ROOT / "headroom_core" / "compressors").glob("*.py")
        if not path.stem.startswith("_") and path.stem != "base"
    }
    assert modules == {type(c).__module__.rsplit(".", 1)[1] for c in default_compressors()}


@pytest.mark.parametrize("package", ["headroom_core", "headroom_integrations"])
def test_importing_a_package_imports_no_framework(package):
    heavy = "litellm langchain_core llama_index sqlalchemy tiktoken torch transformers mcp rich PIL"
    code = f"import sys, {package}; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
