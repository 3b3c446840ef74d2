"""The real LiteLLM proxy, configured by YAML alone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headroom_core.marker import find_markers
from headroom_integrations.fake_provider import FakeProvider, retrieve_once, retrieved_texts
from tests.integrations import litellm_talk as talk
from tests.integrations.litellm_talk import offered, said

pytestmark = pytest.mark.timeout(180)

ROUTES = {
    "chat": ("/v1/chat/completions", "gpt"),
    "responses": ("/v1/responses", "gpt"),
    "anthropic": ("/v1/messages", "claude"),
}


class Proxy:
    """A client of the proxy that a test started."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self.key = key

    def post(self, path: str, body: dict[str, Any]) -> str:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            text: str = response.read().decode()
        return text

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/liveliness", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False


@pytest.fixture(scope="module")
def upstream() -> Iterator[FakeProvider]:
    with FakeProvider(retrieve_once) as provider:
        yield provider


@pytest.fixture(scope="module")
def proxy(upstream: FakeProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    key = "sk-only-for-this-test-7f3a9c"
    config = {
        "model_list": [
            model("gpt", "openai/gpt-4o", upstream.openai_url),
            model("claude", "anthropic/claude-sonnet-4-5", upstream.anthropic_url),
        ],
        "general_settings": {"master_key": key},
        "litellm_settings": {
            "callbacks": ["headroom_integrations.litellm.proxy.proxy_handler_instance"]
        },
    }
    (folder / "config.yaml").write_text(json.dumps(config))
    port = free_port()
    environment = {
        **os.environ,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_TELEMETRY": "False",
        "HEADROOM_STORE_URL": f"sqlite:///{folder / 'store.db'}",
    }
    environment.pop("DATABASE_URL", None)
    arguments = [
        "--config",
        str(folder / "config.yaml"),
        "--port",
        str(port),
        "--host",
        "127.0.0.1",
    ]
    code = "import sys; from litellm import run_server; sys.exit(run_server())"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], env=environment, stdout=log, stderr=log
        )
    try:
        started = Proxy(f"http://127.0.0.1:{port}", key)
        wait_for(started, process, folder / "log")
        yield started
    finally:
        process.terminate()
        process.wait(30)


def model(name: str, target: str, url: str) -> dict[str, Any]:
    return {
        "model_name": name,
        "litellm_params": {"model": target, "api_base": url, "api_key": "-"},
    }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def wait_for(proxy: Proxy, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while not proxy.is_up():
        assert process.poll() is None, log.read_text()[-4000:]
        assert time.monotonic() < deadline, log.read_text()[-4000:]
        time.sleep(0.5)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("way", ROUTES)
def test_the_proxy_sends_less_and_fetches_the_original(
    way: str, stream: bool, proxy: Proxy, upstream: FakeProvider
) -> None:
    upstream.requests.clear()
    path, name = ROUTES[way]
    key = "input" if way == "responses" else "messages"
    body = {"model": name, key: talk.history(way), "tools": talk.tools(way), "stream": stream}
    answer = proxy.post(path, {**body, "max_tokens": 99} if way == "anthropic" else body)
    first, second = upstream.requests
    assert len(first.data) < 0.4 * len(talk.PAYLOAD)
    assert find_markers(said(first.body))
    assert offered(first.body)[0] == "list_requests"
    assert retrieved_texts(second.body) == [talk.PAYLOAD]
    assert talk.sha(talk.PAYLOAD) in talk.told_by(answer)
