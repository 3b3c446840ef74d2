"""Shorter messages for everything that goes through LiteLLM: SDK, Router and proxy.

litellm.callbacks = [HeadroomCallback()]
"""

from __future__ import annotations

from headroom_integrations._shared import explain_missing

try:
    import litellm as _litellm  # noqa: F401  (only whether it can be imported)
except ModuleNotFoundError as error:
    raise explain_missing(error, {"litellm"}, "litellm", "litellm") from error

from headroom_integrations.litellm.callback import HeadroomCallback
from headroom_integrations.litellm.scope import ScopeBy
from headroom_integrations.litellm.sync import completion, responses

__all__ = ["HeadroomCallback", "ScopeBy", "completion", "responses"]
