"""A provider that runs on this machine, so that a demo or a test can see what a model would.

It speaks OpenAI Chat Completions and Responses and Anthropic Messages, whole or streamed, answers
from a script, and keeps the exact bytes of every request:

    with FakeProvider(retrieve_once) as provider:
        litellm.completion(model="openai/any", api_base=provider.openai_url, api_key="-", ...)
        provider.requests[0].data
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from headroom_core.marker import find_markers
from headroom_core.retrieval import is_retrieve_tool
from headroom_integrations import fake_wire
from headroom_integrations.fake_wire import Reply, ToolCall

__all__ = [
    "FakeProvider",
    "Recorded",
    "Reply",
    "Script",
    "ToolCall",
    "plain",
    "retrieve_always",
    "retrieve_once",
    "retrieved_texts",
]

Script: TypeAlias = Callable[[Mapping[str, Any]], Reply]
"""Gives the reply to a request body. Runs in the thread of the request."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request, as it arrived.

    Attributes:
        path: The path, without the query string.
        data: The exact bytes of the body.
    """

    path: str
    data: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The body, parsed anew on every access."""
        body: dict[str, Any] = json.loads(self.data)
        return body

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The conversation: ``messages``, or ``input`` of the Responses API."""
        body = self.body
        messages: list[dict[str, Any]] = body.get("messages") or body.get("input") or []
        return messages


class FakeProvider:
    """A provider on a free local port, from ``with`` to the end of the block.

    Attributes:
        requests: What has arrived, in order. Clear it to start over.
        respond: The script; may be replaced at any time.
    """

    def __init__(self, respond: Script | None = None) -> None:
        self.requests: list[Recorded] = []
        self.respond: Script = respond or plain
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="fake-provider", daemon=True
        )

    @property
    def anthropic_url(self) -> str:
        """What an Anthropic client takes as its base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def openai_url(self) -> str:
        """What an OpenAI client takes as its base URL."""
        return f"{self.anthropic_url}/v1"

    def __enter__(self) -> Self:
        """Start to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop to listen and free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def plain(body: Mapping[str, Any]) -> Reply:
    """Answer with a short text, whatever is asked."""
    return Reply("This is a plain answer.")


def retrieve_once(body: Mapping[str, Any]) -> Reply:
    """Fetch the first original that a marker names, then tell its length and SHA-256.

    A plain answer if there is no marker or the tool is not offered.
    """
    texts = retrieved_texts(body)
    return _told(texts) if texts else _fetch(body) or plain(body)


def retrieve_always(body: Mapping[str, Any]) -> Reply:
    """Fetch the first original again and again, for as long as the tool may be called."""
    return _fetch(body) or _told(retrieved_texts(body))


def retrieved_texts(body: Mapping[str, Any]) -> list[str]:
    """Return what calls of headroom_retrieve brought back in this conversation, in order."""
    texts: list[str] = []
    calls: set[str] = set()
    for part in _parts(body):
        function = part.get("function")
        name = function.get("name") if isinstance(function, Mapping) else part.get("name")
        if isinstance(name, str) and is_retrieve_tool(name):
            calls.add(str(part.get("call_id") or part.get("id")))
        answered = part.get("tool_call_id") or part.get("tool_use_id") or part.get("call_id")
        if answered in calls and name is None:
            texts.append(_text(part["output"] if "output" in part else part.get("content")))
    return texts


def _told(texts: list[str]) -> Reply:
    if not texts:
        return Reply("Nothing was fetched.")
    digest = hashlib.sha256(texts[-1].encode("utf-8", "surrogatepass")).hexdigest()
    return Reply(f"I was given {len(texts[-1])} characters, SHA-256 {digest}.")


def _fetch(body: Mapping[str, Any]) -> Reply | None:
    choice = body.get("tool_choice")
    if choice == "none" or (isinstance(choice, Mapping) and choice.get("type") == "none"):
        return None
    offered = [tool.get("function", tool).get("name") for tool in body.get("tools") or ()]
    tool = next((name for name in offered if is_retrieve_tool(name or "")), None)
    for part in _parts(body):
        for value in (part.get("content"), part.get("output"), part.get("text")):
            for marker in find_markers(_text(value)) if tool else ():
                return Reply("Let me look.", (ToolCall(str(tool), {"hash": marker.key}),))
    return None


def _parts(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield messages, their tool calls and their content blocks, in order."""
    messages = body.get("messages") or body.get("input")
    for message in messages if isinstance(messages, list) else ():
        yield message
        yield from message.get("tool_calls") or ()
        content = message.get("content")
        if isinstance(content, list):
            yield from (part for part in content if isinstance(part, Mapping))


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(_text(part.get("text", "")) for part in content if isinstance(part, Mapping))
    return content if isinstance(content, str) else ""


_SHAPES: Final = {
    "/chat/completions": fake_wire.chat_completion,
    "/responses": fake_wire.response,
    "/messages": fake_wire.message,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, provider: FakeProvider) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.provider = provider


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        path = self.path.partition("?")[0]
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        shape = _SHAPES.get(path.removeprefix("/v1"))
        if shape is None:
            self._send(404, {"error": {"type": "not_found", "message": f"no route {path}"}})
            return
        request = Recorded(path, data)
        self.server.provider.requests.append(request)
        body = request.body
        reply = self.server.provider.respond(body)
        if reply.status != 200:
            self._send(reply.status, {"error": {"type": "api_error", "message": reply.text}})
            return
        whole, events = shape(body, reply)
        if body.get("stream"):
            self._stream(events)
        else:
            self._send(200, whole)

    def _send(self, status: int, value: Mapping[str, Any]) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, events: Iterator[str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for event in events:
            data = event.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Write nothing."""
