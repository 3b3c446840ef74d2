"""The one place that catches everything: a request must go out even if we cannot shorten it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
logger = logging.getLogger("headroom")


def safely(what: str, call: Callable[[], T], fallback: Callable[[str], T], *, strict: bool) -> T:
    """Return what `call` returns; if it raises, log where and return the fallback.

    The log holds the type of the error and the places it passed, never its message: messages
    quote content.

    Args:
        what: What is being done, for the log.
        call: What may fail.
        fallback: Called with the name of the error's type.
        strict: Raise instead.
    """
    try:
        return call()
    except Exception as error:
        if strict:
            raise
        places = " < ".join(
            f"{frame.name} ({frame.filename}:{frame.lineno})"
            for frame in reversed(traceback.extract_tb(error.__traceback__)[-6:])
        )
        logger.warning("%s failed with %s in %s", what, type(error).__name__, places)
        return fallback(type(error).__name__)
