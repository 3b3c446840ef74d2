"""The main job, in the open: real output, a real LiteLLM call, and every original fetched back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.box import SIMPLE_HEAVY
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from headroom_core import BlockEvent, Headroom, Settings
from headroom_core.settings import Mode
from headroom_integrations.cli.samples import Sample, run, samples
from headroom_integrations.fake_provider import FakeProvider, retrieve_once, retrieved_texts

_MODEL: Final = "gpt-4o"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sample.

    Attributes:
        sample: What was run.
        event: What the core did with its output.
        bytes_sent: Size of the body that the provider received.
        returned: Whether the original came back with the same SHA-256.
        fetched: What the model itself fetched back, in characters; 0 if it did not.
        answer: What the model said in the end.
    """

    sample: Sample
    event: BlockEvent
    bytes_sent: int
    returned: bool
    fetched: int
    answer: str


def run_demo(mode: Mode) -> bool:
    """Run the demo and print what happened; return whether every original came back.

    Needs the extra "litellm".
    """
    console = Console()
    outcomes = []
    chosen = samples()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("starting LiteLLM", total=len(chosen) + 1)
        line = _Line(mode)
        progress.advance(task)
        with line.provider:
            for sample in chosen:
                command = " ".join(sample.command)
                progress.update(task, description=f"running {command[:60]}")
                output = run(sample)
                if output.strip():
                    progress.update(task, description=f"sending {sample.kind}")
                    outcomes.append(asyncio.run(line.send(sample, output)))
                progress.advance(task)
    _show(console, outcomes, mode)
    return bool(outcomes) and all(outcome.returned for outcome in outcomes)


class _Line:
    """The way from a tool's output to the provider: LiteLLM with the callback in between."""

    def __init__(self, mode: Mode) -> None:
        # LiteLLM would ask the network for a table of prices that nothing here needs.
        os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
        import litellm

        from headroom_integrations.litellm import HeadroomCallback

        logging.getLogger("LiteLLM").setLevel(logging.ERROR)
        self.events: list[BlockEvent] = []
        settings = Settings(mode=mode, store_url="memory")
        self.headroom = Headroom(settings, hooks=[self.events.append])
        self.provider = FakeProvider(retrieve_once)
        self._litellm = litellm
        litellm.callbacks = [HeadroomCallback(headroom=self.headroom)]

    async def send(self, sample: Sample, output: str) -> Outcome:
        """Send one conversation and fetch its original back."""
        self.events.clear()
        self.provider.requests.clear()
        messages = _conversation(sample, output)
        response = await self._litellm.acompletion(
            model=f"openai/{_MODEL}",
            api_base=self.provider.openai_url,
            api_key="none",
            messages=messages,
        )
        event = self.events[0]
        first, last = self.provider.requests[0], self.provider.requests[-1]
        fetched = retrieved_texts(last.body)
        returned = messages == _conversation(sample, output)
        if event.key:
            returned = _sha(self.headroom.retrieve(event.key).text) == _sha(output)
        return Outcome(
            sample=sample,
            event=event,
            bytes_sent=len(first.data),
            returned=returned and all(_sha(text) == _sha(output) for text in fetched),
            fetched=sum(map(len, fetched)),
            answer=str(response.choices[0].message.content),
        )


def _conversation(sample: Sample, output: str) -> list[dict[str, Any]]:
    arguments = json.dumps({"command": " ".join(sample.command)[:200]})
    function = {"name": "run_command", "arguments": arguments}
    call = {"id": "call_1", "type": "function", "function": function}
    return [
        {"role": "system", "content": "You are an agent. Answer from what the tools print."},
        {"role": "user", "content": sample.question},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": output},
    ]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _show(console: Console, outcomes: Sequence[Outcome], mode: Mode) -> None:
    table = Table(
        title=f"Tokens {_MODEL} was sent, mode {mode}", box=SIMPLE_HEAVY, padding=(0, 1, 0, 0)
    )
    table.add_column("kind", no_wrap=True)
    table.add_column("by", no_wrap=True)
    for name in ("before", "after", "saved", "ms", "sent bytes"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("SHA-256", no_wrap=True)
    for outcome in outcomes:
        event = outcome.event
        table.add_row(
            outcome.sample.kind,
            event.compressor or "-",
            f"{event.tokens_before:,}",
            f"{event.tokens_after:,}",
            f"{100 * (1 - event.tokens_after / max(1, event.tokens_before)):.1f} %",
            f"{1000 * event.seconds:.1f}",
            f"{outcome.bytes_sent:,}",
            "equal" if outcome.returned else "[red]DIFFERENT[/red]",
        )
    before = sum(outcome.event.tokens_before for outcome in outcomes)
    after = sum(outcome.event.tokens_after for outcome in outcomes)
    table.add_section()
    saved = f"{100 * (1 - after / max(1, before)):.1f} %"
    table.add_row("all", "", f"{before:,}", f"{after:,}", saved)
    console.print(table)
    for outcome in outcomes:
        if outcome.fetched:
            console.print(
                f"[bold]{outcome.sample.kind}[/bold]: the model called headroom_retrieve, was "
                f"given {outcome.fetched:,} characters and answered: {outcome.answer}",
                highlight=False,
            )
