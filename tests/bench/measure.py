"""Measures one subject in one mode: every item, every question, every conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from headroom_core import expand
from headroom_core.tokenizers import tokenizer_for
from tests.bench.conversations import agent_run, replay
from tests.bench.corpus import Item, Needle, content_text
from tests.bench.needles import View
from tests.bench.subject import Reply, Subject


@dataclass(frozen=True)
class Measured:
    """What was found out about one item in one mode. Needles are given by their index.

    Attributes:
        id: The item.
        category: Its category.
        bytes: Size of what was compressed.
        tokens_before: Exact o200k tokens of it.
        tokens_after: Exact o200k tokens of what is sent instead.
        cpu_ms: Processor time of the call, nothing remembered from before.
        compressors: Who handled its blocks, with how many each.
        seen: Needles nobody asks about, by whether they are visible.
        answered: Needles with a question, by whether they are visible when it is asked.
        retrievable: Needles that are visible once every changed block is fetched back.
        blocks: How many blocks were changed.
        exact: How many of them came back byte for byte.
        replay: Turn by turn, for conversations.
        error: What was raised, "" if nothing.
    """

    id: str
    category: str
    bytes: int
    tokens_before: int
    tokens_after: int
    cpu_ms: float
    compressors: dict[str, int] = field(default_factory=dict)
    seen: dict[int, bool] = field(default_factory=dict)
    answered: dict[int, bool] = field(default_factory=dict)
    retrievable: int = 0
    blocks: int = 0
    exact: int = 0
    replay: dict[str, Any] | None = None
    error: str = ""


def measure(
    subject: Subject, mode: str, items: Sequence[Item], tick: Callable[[str], None]
) -> list[Measured]:
    """Return what one subject does to the items in one mode; `tick` is called after each."""
    measured = []
    for item in items:
        measured.append(_measure(subject, mode, item))
        tick(item.id)
    return measured


def measure_agent_run(subject: Subject, mode: str, turns: int = 50) -> dict[str, Any]:
    """Return how a made-up agent run fares (see `conversations.agent_run`)."""
    subject.open(mode)
    return replay(subject.compress, agent_run(turns), count)[0].asdict()


@lru_cache(maxsize=50_000)
def count(text: str) -> int:
    """Return the exact number of o200k tokens in `text`."""
    tokenizer = tokenizer_for("gpt-4o")
    if not tokenizer.exact:
        raise RuntimeError("the benchmark needs exact counts, and there are only estimates")
    return tokenizer.count(text)


def _measure(subject: Subject, mode: str, item: Item) -> Measured:
    messages = item.messages()
    subject.open(mode)
    reply = subject.compress(messages, fetch=True)
    before, after = item.measured(messages), item.measured(reply.messages)
    changed = [
        index
        for index, message in enumerate(messages)
        if index < len(reply.messages)
        and content_text(message) != content_text(reply.messages[index])
    ]
    whole = _Sent(after, _expansions(item, reply))
    early: dict[int, _Sent] = {}
    turns = None
    if item.conversation:
        subject.open(mode)
        result, requests = replay(subject.compress, messages, count)
        turns = result.asdict()
        for at in {needle.at for needle in item.needles if needle.at is not None}:
            texts = [content_text(m) for m in requests.get(at, reply.messages[:at])]
            early[at] = _Sent(texts, {})
    exact = [index for index in changed if reply.fetched.get(index, "") is None]
    return Measured(
        id=item.id,
        category=item.category,
        bytes=sum(len(text.encode("utf-8", "surrogatepass")) for text in before),
        tokens_before=sum(map(count, before)),
        tokens_after=sum(map(count, after)),
        cpu_ms=reply.cpu_ms,
        compressors=_compressors(reply.events),
        seen={
            index: early.get(needle.at or 0, whole).shows(needle, item)
            for index, needle in enumerate(item.needles)
            if not needle.query
        },
        answered=dict(_answers(subject, mode, item)),
        retrievable=_retrievable(item, reply, changed),
        blocks=len(changed),
        exact=len(exact),
        replay=turns,
        error=reply.error,
    )


def _answers(subject: Subject, mode: str, item: Item) -> Iterator[tuple[int, bool]]:
    """Yield, for each needle with a question, whether it is visible when that is asked."""
    for query, indexes in item.questions().items():
        subject.open(mode)
        reply = subject.compress(item.messages(query))
        sent = _Sent(item.measured(reply.messages), _expansions(item, reply))
        for index in indexes:
            yield index, sent.shows(item.needles[index], item)


def _retrievable(item: Item, reply: Reply, changed: Iterable[int]) -> int:
    """Return how many needles can be read once every changed block was fetched back.

    What comes back is less than the block for some: then what was sent counts too.
    """
    messages = item.messages()
    texts = [content_text(message) for message in reply.messages]
    for index in changed:
        fetched = reply.fetched.get(index, "")
        if fetched is None:
            texts[index] = content_text(messages[index])
        else:
            texts[index] = f"{_expand(texts[index])}\n{fetched}"
    if not item.conversation:
        texts = texts[-1:]
    restored = _Sent(texts, {})
    return sum(restored.shows(needle, item) for needle in item.needles)


class _Sent:
    """The texts of a request as the model sees them, and as they read when expanded."""

    def __init__(self, texts: Sequence[str], expansions: dict[int, str]) -> None:
        self._view = View("\n".join(texts))
        self._texts = texts
        self._expansions = expansions
        self._expanded: View | None = None

    def shows(self, needle: Needle, item: Item) -> bool:
        """Return whether `needle` can be read in the texts or in their expansion."""
        loose = needle in _loose(item)
        if self._view.shows(needle, loose=loose):
            return True
        expansion = self._expansion
        return expansion is not self._view and expansion.shows(needle, loose=loose)

    @property
    def _expansion(self) -> View:
        if self._expanded is None:
            texts = (
                self._expansions[index] if index in self._expansions else _expand(text)
                for index, text in enumerate(self._texts)
            )
            text = "\n".join(texts)
            self._expanded = self._view if text == self._view.text else View(text)
        return self._expanded


@lru_cache(maxsize=1)
def _loose(item: Item) -> frozenset[Needle]:
    """Return the needles that the original itself has only in other white space or markup."""
    view = View("\n".join(item.measured(item.messages())))
    return frozenset(needle for needle in item.needles if not view.shows(needle))


@lru_cache(maxsize=200)
def _expand(text: str) -> str:
    return expand(text)


def _expansions(item: Item, reply: Reply) -> dict[int, str]:
    """Return the expansions that the subject made itself, by index of the measured text."""
    shift = 0 if item.conversation else len(reply.messages) - 1
    return {index - shift: text for index, text in reply.expanded.items()}


def _compressors(events: Sequence[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for event in events:
        if event.get("outcome") != "kept" or event.get("reason") != "short":
            name = event.get("compressor") or event.get("reason") or "nobody"
            found[name] = found.get(name, 0) + 1
    return found
