"""The commands of `headroom`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import IO, Any, ParamSpec

import click

from headroom_core import Headroom, HeadroomError, Result, Settings, UnknownKeyError
from headroom_core.retrieval import parse_lines
from headroom_core.settings import Mode
from headroom_integrations.cli.report import describe, savings_table

P = ParamSpec("P")

_scope = click.option("--scope", default="", help="Whose content it is.")
_store = click.option(
    "--store", "store_url", help="Where originals are kept: a SQLAlchemy URL, or memory."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="headroom-integrations")
def main() -> None:
    """Make what goes to a language model short, and keep every original."""


def _calm(command: Callable[P, None]) -> Callable[P, None]:
    """Turn errors of this package into one line and exit status 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except HeadroomError as error:
            click.echo(f"headroom: {error}", err=True)
            sys.exit(2)

    return run


@main.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--mode", type=click.Choice(["lossless", "balanced", "aggressive"]))
@click.option("--model", default="", help="Who will read it, for the token counts.")
@click.option("--query", default="", help="What you want to know: decides what stays.")
@click.option("--tool", default="", help="Name of the tool that produced the text.")
@click.option("--min-tokens", type=int, help="Leave texts shorter than this alone.")
@click.option("--messages", is_flag=True, help="FILE is a JSON list of chat messages.")
@_store
@_scope
@_calm
def compress(
    file: IO[bytes],
    mode: str | None,
    model: str,
    query: str,
    tool: str,
    min_tokens: int | None,
    messages: bool,
    store_url: str | None,
    scope: str,
) -> None:
    """Write FILE (- is standard input) shortened to standard output.

    What was done, and the key of the original, goes to standard error.
    """
    text = _decode(file.read())
    conversation = _conversation(text) if messages else _as_tool_result(text, tool)
    with _headroom(mode=mode, min_tokens=min_tokens, store_url=store_url) as headroom:
        result = headroom.compress(conversation, model=model, query=query, scope=scope)
    _write(json.dumps(result.messages) if messages else _only_text(result))
    for event in result.events:
        click.echo(describe(event), err=True)


@main.command()
@click.argument("key")
@click.option("--query", default="", help="Only the parts about this.")
@click.option("--lines", help="Only these lines, such as 40-80.")
@click.option("--rows", default="", help="Only these rows of a table or list, such as 3,40-60.")
@click.option("--path", default="", help="Only this part of JSON, such as data.items[3].spec.")
@_store
@_scope
@_calm
def retrieve(
    key: str,
    query: str,
    lines: str | None,
    rows: str,
    path: str,
    store_url: str | None,
    scope: str,
) -> None:
    """Write the original kept under KEY, byte for byte, or the part that the options name."""
    if lines is not None and parse_lines(lines) is None:
        raise click.BadParameter(f"{lines!r} is no range of lines: write 40-80, or 40")
    with _headroom(store_url=store_url) as headroom:
        try:
            found = headroom.retrieve(
                key.strip().lower().removeprefix("hash="),
                query=query,
                lines=None if lines is None else parse_lines(lines),
                rows=rows,
                path=path,
                scope=scope,
            )
        except UnknownKeyError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    _write(str(found))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@_store
@_calm
def stats(as_json: bool, store_url: str | None) -> None:
    """Show what was saved, net of what was fetched back."""
    with _headroom(store_url=store_url) as headroom:
        lines = headroom.savings()
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "compressor": line.compressor,
                        "blocks": line.blocks,
                        "tokens_before": line.tokens_before,
                        "tokens_after": line.tokens_after,
                    }
                    for line in lines
                ]
            )
        )
    else:
        savings_table(lines)


@main.command()
@click.option(
    "--mode", type=click.Choice(["lossless", "balanced", "aggressive"]), default="balanced"
)
@_calm
def demo(mode: Mode) -> None:
    """Run real commands here, send their output through LiteLLM, and fetch it back."""
    from headroom_integrations.cli.demo import run_demo

    if not run_demo(mode):
        sys.exit(1)


@contextmanager
def _headroom(**options: Any) -> Iterator[Headroom]:
    given = {name: value for name, value in options.items() if value is not None}
    headroom = Headroom(Settings.from_env(**given))
    try:
        yield headroom
    finally:
        headroom.close()


def _decode(data: bytes) -> str:
    """Return any bytes as text; `_write` gives the same bytes back."""
    return data.decode("utf-8", "surrogateescape")


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def _as_tool_result(text: str, tool: str) -> list[dict[str, Any]]:
    return [{"role": "tool", "tool_call_id": "cli", "name": tool, "content": text}]


def _conversation(text: str) -> list[dict[str, Any]]:
    try:
        messages = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(f"FILE is not JSON ({error}); leave --messages out") from None
    if not isinstance(messages, list):
        raise click.BadParameter("FILE holds no JSON list of messages; leave --messages out")
    return messages


def _only_text(result: Result) -> str:
    text: str = result.messages[0]["content"]
    return text
