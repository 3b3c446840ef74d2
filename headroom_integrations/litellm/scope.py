"""Whose a request is, read from what LiteLLM knows of its caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

ScopeBy: TypeAlias = Literal["key", "team", "user", "org"] | Callable[[Mapping[str, Any]], str]
"""Who shares originals, or a function from the arguments of a call to the scope."""

_FIELDS: Final = {
    "key": "user_api_key_hash",
    "team": "user_api_key_team_id",
    "user": "user_api_key_user_id",
    "org": "user_api_key_org_id",
}


def scope_of(kwargs: Mapping[str, Any], scope_by: ScopeBy) -> str:
    """Return the scope of a call: "" when LiteLLM knows no caller, as in a program of its own.

    The proxy writes these fields itself and drops what a client sends under their names. A
    caller without a team, say, gets the scope of the key: never one that callers share by chance.

    Args:
        kwargs: The arguments of the call, as a hook sees them.
        scope_by: Who shares originals.
    """
    if callable(scope_by):
        return scope_by(kwargs)
    known = caller_metadata(kwargs)
    for name in (scope_by, "key"):
        value = known.get(_FIELDS[name])
        if value:
            return f"{name}:{value}"
    return ""


def caller_metadata(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata dict in which the proxy put the caller; an empty one if there is none.

    It is the dict itself: what is written there reaches the proxy's own records.
    """
    inner = kwargs.get("litellm_params")
    for place in (kwargs, inner if isinstance(inner, Mapping) else {}):
        for name in ("litellm_metadata", "metadata"):
            found = place.get(name)
            if isinstance(found, dict) and _FIELDS["key"] in found:
                return found
    return {}
