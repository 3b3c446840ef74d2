"""Every Python block in README and docs runs as it stands, top to bottom, page by page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from headroom_integrations.fake_provider import FakeProvider, retrieve_once

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """A provider, a store and a home that are gone afterwards."""
    with FakeProvider(retrieve_once) as provider:
        for name, value in {
            "OPENAI_API_KEY": "none",
            "OPENAI_BASE_URL": provider.openai_url,
            "OPENAI_API_BASE": provider.openai_url,
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "HEADROOM_STORE_URL": f"sqlite:///{tmp_path}/store.db",
            "HOME": str(tmp_path),
        }.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_code_of_a_page_runs(page, environment, tmp_path):
    blocks = BLOCK.findall(page.read_text())
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_links_between_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name)
def test_a_notebook_runs_from_top_to_bottom(path, environment, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": tmp_path}}).execute()
