"""Answers the model's calls of headroom_retrieve before the reply reaches the user."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from litellm.types.integrations.custom_logger import AgenticLoopPlan, AgenticLoopRequestPatch

from headroom_core import Headroom, UnknownKeyError
from headroom_core.marker import find_markers
from headroom_integrations.litellm.surfaces import Call, Surface

_MARKED: Final = "headroom_retrieve hash="


def visible_keys(values: Any) -> set[str]:
    """Return the keys of all markers in the texts of a request, however deep they sit."""
    return {
        marker.key for text in _texts(values) if _MARKED in text for marker in find_markers(text)
    }


def answers(
    headroom: Headroom, calls: Sequence[Call], *, keys: set[str], scope: str
) -> dict[str, str]:
    """Return the result of every call, by call id.

    Args:
        headroom: Where the originals are.
        calls: What the model asked for.
        keys: The keys that stand in this request. Any other key is unknown here.
        scope: Whose request it is.
    """
    results = {}
    for call in calls:
        arguments = _arguments(call.arguments)
        key = str(arguments.get("hash", "")).strip().lower()
        if key in keys:
            results[call.id] = headroom.answer({**arguments, "hash": key}, scope=scope)
        else:
            results[call.id] = str(UnknownKeyError(key))
    return results


def rounds(kwargs: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many follow-ups led to this response, and how many are allowed."""
    return _number(kwargs.get("_agentic_loop_depth"), 0), _number(
        kwargs.get("max_agentic_loops"), _DEFAULT_ROUNDS
    )


def plan(
    surface: Surface,
    follow_up: list[dict[str, Any]],
    *,
    model: str,
    messages: Any,
    options: Mapping[str, Any],
    kwargs: Mapping[str, Any],
) -> AgenticLoopPlan:
    """Return the order to ask the model again, with the results of its calls.

    In the last round the tools stay, because the provider's cache and the calls in the history
    need them, but the model may not call one: it has to end with words.

    Args:
        surface: The format of the response.
        follow_up: The turn and the results.
        model: The model, with its provider.
        messages: The conversation of the request.
        options: The other parameters of the request.
        kwargs: What LiteLLM keeps of the request: keys, addresses, metadata.
    """
    depth, limit = rounds(kwargs)
    patched = {name: value for name, value in options.items() if name != "max_tokens"}
    if depth + 1 >= limit:
        patched["tool_choice"] = surface.forbid_tools
    before = messages if isinstance(messages, list) else [{"role": "user", "content": messages}]
    kept = {
        name: value
        for name, value in kwargs.items()
        if name != "litellm_logging_obj" and not name.startswith("_headroom")
    }
    patch = AgenticLoopRequestPatch(
        model=model,
        messages=[*before, *follow_up],
        max_tokens=options.get("max_tokens") or kwargs.get("max_tokens"),
        optional_params=patched,
        kwargs=kept,
    )
    return AgenticLoopPlan(run_agentic_loop=True, request_patch=patch)


_DEFAULT_ROUNDS: Final = 3


def _number(value: Any, default: int) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else default


def _arguments(given: Any) -> Mapping[str, Any]:
    """A model may pass a mapping, its JSON, or just the key."""
    if isinstance(given, Mapping):
        return given
    try:
        parsed = json.loads(given)
    except (ValueError, TypeError, RecursionError):
        parsed = given
    return parsed if isinstance(parsed, Mapping) else {"hash": parsed}


def _texts(value: Any) -> Iterator[str]:
    """Yield every string in nested lists and mappings, without recursion."""
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, str):
            yield current
        elif isinstance(current, Mapping):
            pending.extend(current.values())
        elif isinstance(current, list | tuple):
            pending.extend(current)
