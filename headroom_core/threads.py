"""The threads in which the async methods do their work."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")


async def in_thread(call: Callable[[], T]) -> T:
    """Return what `call` returns, made in one of the threads that compress in this process."""
    # Late: a third of the time that importing this package takes, and sync callers never need it.
    from asyncio import get_running_loop
    from contextvars import copy_context

    context = copy_context()
    return await get_running_loop().run_in_executor(_workers(os.getpid()), context.run, call)


@cache
def _workers(process: int) -> Executor:
    """Return the threads of this process that compress: a fork inherits none.

    Two, and not the dozens of `asyncio.to_thread`: compressing holds the interpreter's lock, and
    every further thread that wants it keeps the event loop waiting longer.
    """
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=2, thread_name_prefix=f"headroom-{process}")
