"""Replays conversations turn by turn: is the past left alone, and what does caching make of it?"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

from tests.bench.corpus import Messages, content_text
from tests.bench.subject import Reply

READ: Final = 0.1
WRITE: Final = 1.25
"""What a cached token costs when it is read and when it is written, relative to a plain one."""

Count: TypeAlias = Callable[[str], int]
Compress: TypeAlias = Callable[[Messages], Reply]


@dataclass(frozen=True, slots=True)
class Turn:
    """One request of a conversation.

    Attributes:
        tokens: Tokens of each message.
        unchanged: How many messages at the start are, byte for byte, those of the last request.
    """

    tokens: tuple[int, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What a conversation cost, turn by turn.

    Attributes:
        turns: How many requests.
        changed: In how many of them a message that had been sent before was different.
        plain: Tokens of all requests.
        plain_before: The same, had the originals been sent.
        cached: Cost of all requests where cached tokens are cheaper, in plain tokens.
        cached_before: The same, had the originals been sent.
        cpu_ms: Processor time of each request, in milliseconds.
    """

    turns: int
    changed: int
    plain: float
    plain_before: float
    cached: float
    cached_before: float
    cpu_ms: tuple[float, ...]

    def asdict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)


def requests(messages: Messages) -> list[Messages]:
    """Return the requests of a conversation: all that stood before each assistant message.

    >>> [len(r) for r in requests([{"role": r} for r in ("user", "assistant", "tool")])]
    [1, 3]
    """
    ends = [index for index, m in enumerate(messages) if index and m.get("role") == "assistant"]
    if messages and messages[-1].get("role") != "assistant":
        ends.append(len(messages))
    return [messages[:end] for end in ends]


def replay(
    compress: Compress, messages: Messages, count: Count
) -> tuple[Replay, dict[int, Messages]]:
    """Send the requests of a conversation one after the other.

    Returns:
        What it cost, and by number of messages what was sent.
    """
    sent: dict[int, Messages] = {}
    before, after, cpu = [], [], []
    changed = 0
    last_in: list[str] = []
    last_out: list[str] = []
    for request in requests(messages):
        reply = compress(request)
        sent[len(request)] = reply.messages
        cpu.append(reply.cpu_ms)
        ours = [_serialised(message) for message in reply.messages]
        theirs = [_serialised(message) for message in request]
        before.append(Turn(_tokens(request, count), _same(last_in, theirs)))
        after.append(Turn(_tokens(reply.messages, count), _same(last_out, ours)))
        changed += after[-1].unchanged < len(last_out)
        last_in, last_out = theirs, ours
    result = Replay(
        turns=len(cpu),
        changed=changed,
        plain=cost(after, 1.0, 1.0),
        plain_before=cost(before, 1.0, 1.0),
        cached=cost(after),
        cached_before=cost(before),
        cpu_ms=tuple(cpu),
    )
    return result, sent


def cost(turns: Sequence[Turn], read: float = READ, write: float = WRITE) -> float:
    """Return the cost of all requests, in plain tokens.

    What is byte for byte the start of the last request is read, the rest is written. Assumes
    that every prefix was cached and none has expired.

    >>> cost([Turn((100,), 0), Turn((100, 20), 1)], read=0.1, write=1.25)
    160.0
    """
    total = 0.0
    for turn in turns:
        total += read * sum(turn.tokens[: turn.unchanged])
        total += write * sum(turn.tokens[turn.unchanged :])
    return total


def agent_run(turns: int = 50) -> Messages:
    """Return a made-up agent run: a question, then one new tool output of 20 to 40 kB a turn."""
    chance = random.Random("agent run")
    makers = (_rows, _log, _matches, _listing)
    messages: Messages = [{"role": "user", "content": "Why do some requests to checkout time out?"}]
    for turn in range(turns):
        name, text = makers[turn % len(makers)](chance, chance.randint(20_000, 40_000))
        call = {
            "id": f"call_{turn}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps({"turn": turn})},
        }
        messages.append({"role": "assistant", "content": None, "tool_calls": [call]})
        messages.append({"role": "tool", "tool_call_id": f"call_{turn}", "content": text})
    return messages


def _same(last: Sequence[str], now: Sequence[str]) -> int:
    """Return how many messages at the start are equal."""
    for index, (one, other) in enumerate(zip(last, now, strict=False)):
        if one != other:
            return index
    return min(len(last), len(now))


def _serialised(message: dict[str, Any]) -> str:
    return json.dumps(message)


def _tokens(messages: Messages, count: Count) -> tuple[int, ...]:
    """Return the tokens of each message: its text and its tool calls."""
    return tuple(
        count(content_text(m)) + (count(json.dumps(m["tool_calls"])) if m.get("tool_calls") else 0)
        for m in messages
    )


def _fill(make: Callable[[int], str], size: int) -> list[str]:
    """Return lines made one by one until they have `size` characters together."""
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(make(len(lines)))
        length += len(lines[-1]) + 1
    return lines


def _rows(chance: random.Random, size: int) -> tuple[str, str]:
    def row(number: int) -> str:
        return json.dumps(
            {
                "id": f"{chance.getrandbits(64):016x}",
                "service": chance.choice(("cart", "checkout", "search", "mail")),
                "region": "eu-west-1",
                "status": chance.choice((200, 200, 200, 200, 404, 504)),
                "duration_ms": chance.randint(1, 9000),
                "attempt": number % 3,
            }
        )

    return "query_requests", f"[{', '.join(_fill(row, size))}]"


def _log(chance: random.Random, size: int) -> tuple[str, str]:
    def line(number: int) -> str:
        second = f"2025-03-04T10:{number // 60 % 60:02}:{number % 60:02}Z"
        if chance.random() < 0.01:
            return (
                f"{second} ERROR pool exhausted after {chance.randint(1, 30)} s, waiting={number}"
            )
        peer = f"10.0.{chance.randint(0, 9)}.{chance.randint(1, 254)}"
        return (
            f"{second} INFO handled GET /cart/{chance.randint(1, 9999)} from {peer} in {number} ms"
        )

    return "get_logs", "\n".join(_fill(line, size))


def _matches(chance: random.Random, size: int) -> tuple[str, str]:
    names = ("pool", "client", "retry", "config", "server", "session")

    def match(number: int) -> str:
        path = f"src/{names[number // 40 % 6]}/{names[number // 15 % 6]}_{number // 15}.py"
        line, name = number % 15 * 17 + 3, chance.choice(names)
        return f"{path}:{line}:    raise TimeoutError({name!r}, {number})"

    return "grep", "\n".join(_fill(match, size))


def _listing(chance: random.Random, size: int) -> tuple[str, str]:
    def entry(number: int) -> str:
        return (
            f"-rw-r--r-- 1 app app {chance.randint(100, 99999):>7} Mar  4 10:{number % 60:02} "
            f"./data/part-{number // 20:03}/chunk-{chance.getrandbits(32):08x}.parquet"
        )

    return "list_files", "\n".join(_fill(entry, size))
