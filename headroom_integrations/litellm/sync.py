"""`litellm.completion` and `litellm.responses` with everything the async calls can do.

LiteLLM gives a callback no say in a sync completion, so these run the async call on one event
loop in the background and wait for it.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextvars import ContextVar
from functools import cache
from typing import Any, Final, TypeVar

import litellm

from headroom_integrations.litellm.callback import HeadroomCallback

T = TypeVar("T")
_ours: ContextVar[bool] = ContextVar("headroom_ours", default=False)


def completion(model: str, messages: list[Any], **options: Any) -> Any:
    """Call ``litellm.completion``: shorter messages, retrievals answered, streamed or not.

    Uses the `HeadroomCallback` in ``litellm.callbacks``; without one, a default of its own that
    leaves all other calls alone.

    Args:
        model: As LiteLLM takes it.
        messages: The conversation; not changed.
        options: Every other option of ``litellm.completion``.
    """
    return _call(litellm.acompletion, model=model, messages=messages, **options)


def responses(input: str | list[Any], model: str, **options: Any) -> Any:  # noqa: A002
    """Call ``litellm.responses``: shorter input, retrievals answered, streamed or not.

    Args:
        input: The conversation; not changed.
        model: As LiteLLM takes it.
        options: Every other option of ``litellm.responses``.
    """
    return _call(litellm.aresponses, input=input, model=model, **options)


class _OnlyHere(HeadroomCallback):
    """A callback for the calls made through this module, while there is no other."""

    async def async_pre_call_deployment_hook(
        self, kwargs: dict[str, object], call_type: Any
    ) -> dict[str, Any] | None:
        if not _needed():
            return None
        return await super().async_pre_call_deployment_hook(kwargs, call_type)

    async def async_should_run_agentic_loop(
        self, response: object, *args: Any, **kwargs: Any
    ) -> tuple[bool, dict[str, Any]]:
        if not _needed():
            return False, {}
        return await super().async_should_run_agentic_loop(response, *args, **kwargs)

    def log_pre_api_call(self, model: Any, messages: Any, kwargs: Any) -> None:
        """Leave plain sync calls alone."""


class _Background:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self.loop.run_forever, name="headroom-litellm", daemon=True
        )
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("called from inside an async LiteLLM call: use litellm.acompletion")
        future = asyncio.run_coroutine_threadsafe(work, self.loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise


@cache
def _background(process: int) -> _Background:
    """Return the loop of this process: a fork inherits no threads."""
    return _Background()


@cache
def _default_callback() -> HeadroomCallback:
    return _OnlyHere()


def _needed() -> bool:
    return _ours.get() and not any(
        isinstance(callback, HeadroomCallback) and not isinstance(callback, _OnlyHere)
        for callback in litellm.callbacks
    )


_END: Final = object()


def _call(function: Callable[..., Coroutine[Any, Any, Any]], **arguments: Any) -> Any:
    if not any(isinstance(callback, HeadroomCallback) for callback in litellm.callbacks):
        litellm.callbacks.append(_default_callback())

    async def call() -> Any:
        _ours.set(True)
        return await function(**arguments)

    background = _background(os.getpid())
    response = background.run(call())
    return _streamed(background, response) if arguments.get("stream") else response


def _streamed(background: _Background, stream: AsyncIterator[Any]) -> Iterator[Any]:
    async def following() -> Any:
        return await anext(stream, _END)

    try:
        while (chunk := background.run(following())) is not _END:
            yield chunk
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            background.run(close())
