"""The LiteLLM callback: shortens requests on their way out and serves the model's retrievals."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from litellm.integrations.custom_logger import CustomLogger
from litellm.types.integrations.custom_logger import AgenticLoopPlan

from headroom_core import Headroom, Result, Settings, StoreError
from headroom_core.marker import is_key_of
from headroom_core.retrieval import TOOL_NAME
from headroom_core.safety import safely
from headroom_core.threads import in_thread
from headroom_integrations._shared import headroom_for
from headroom_integrations.litellm import loop
from headroom_integrations.litellm.scope import ScopeBy, caller_metadata, scope_of
from headroom_integrations.litellm.surfaces import (
    Call,
    Surface,
    offers_served_tool,
    offers_tool,
    surface_of_call,
    surface_of_response,
)

if TYPE_CHECKING:
    from litellm.litellm_core_utils.litellm_logging import Logging
    from litellm.llms.base_llm.anthropic_messages.transformation import (
        BaseAnthropicMessagesConfig,
    )
    from litellm.types.utils import CallTypes

logger = logging.getLogger("headroom")
T = TypeVar("T")

# LiteLLM turns the finished answer back into a stream when it finds this parameter, and strips
# it. Any parameter of another name would be sent to the provider.
_WAS_STREAM: Final = "_headroom_interception_converted_stream"

_client_answers: ContextVar[bool] = ContextVar("headroom_client_answers", default=False)


class HeadroomCallback(CustomLogger):
    """Put it in ``litellm.callbacks``, and messages go out shorter.

    Works for ``acompletion``, ``aresponses``, ``responses``, ``anthropic.messages``, the Router
    and the proxy, streamed or not. When something goes wrong here, the request goes out as it
    was. A plain ``litellm.completion`` gives a callback nothing to work with but the finished
    body: it is re-spelled without loss; `headroom_integrations.litellm.completion` does it all.

    Args:
        settings: How to compress; what the environment says if not given.
        headroom: An existing `Headroom` to use instead of making one from `settings`.
        scope_by: Who shares originals: the proxy's key, team, user or organisation; or a
            function from the arguments of a call to a scope.
        retrieval: "auto" offers the model the tool headroom_retrieve whenever something was left
            out, and answers its calls; "off" leaves both to the client.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        headroom: Headroom | None = None,
        scope_by: ScopeBy = "key",
        retrieval: Literal["auto", "off"] = "auto",
    ) -> None:
        super().__init__()
        self.headroom = headroom or headroom_for(settings or Settings.from_env())
        self.scope_by = scope_by
        self.retrieval = retrieval
        self._lossless = Headroom(
            replace(self.headroom.settings, mode="lossless"), store=self.headroom.store
        )
        self._warned: set[str] = set()

    @property
    def server_fulfilled_tool_names(self) -> frozenset[str]:  # type: ignore[override]
        """The tools whose calls LiteLLM keeps from the client; none if the client answers ours."""
        return frozenset() if _client_answers.get() else frozenset({TOOL_NAME})

    async def async_pre_call_deployment_hook(
        self, kwargs: dict[str, object], call_type: CallTypes | None
    ) -> dict[str, Any] | None:
        surface = surface_of_call(str(getattr(call_type, "value", call_type)))
        if surface is None or kwargs.get("background"):
            return None
        tools = kwargs.get("tools")
        _client_answers.set(offers_tool(tools) and not offers_served_tool(tools))
        return await self._in_thread(lambda: self._shortened(surface, kwargs), None)

    def log_pre_api_call(self, model: Any, messages: Any, kwargs: Any) -> None:
        """Re-spell the body of a sync completion, for which LiteLLM has no other hook."""
        body = (kwargs.get("additional_args") or {}).get("complete_input_dict")
        if kwargs.get("call_type") != "completion" or not isinstance(body, dict):
            return
        before = body.get("messages")
        if not isinstance(before, list):
            return
        result = self._lossless.compress(
            before, model=str(model), scope=scope_of(kwargs, self.scope_by)
        )
        if _differ(result.messages, before):
            body["messages"] = result.messages
            self._warn(
                "sync",
                "litellm.completion can only be re-spelled without loss: call "
                "headroom_integrations.litellm.completion, or acompletion, for the rest",
            )

    async def async_should_run_agentic_loop(
        self,
        response: object,
        model: str,
        messages: list[dict[str, Any]],
        tools: list[dict[str, Any]] | None,
        stream: bool,
        custom_llm_provider: str,
        kwargs: dict[str, Any],
    ) -> tuple[bool, dict[str, Any]]:
        surface = surface_of_response(response)
        depth, limit = loop.rounds(kwargs)
        if surface is None or not offers_served_tool(tools) or depth >= limit:
            return False, {}
        calls = surface.calls(response)
        # LiteLLM stops when it sees the same value twice: the depth makes it new each time.
        found = [{"id": c.id, "name": TOOL_NAME, "arguments": c.arguments} for c in calls]
        return bool(calls), {"tool_calls": found, "depth": depth}

    async def async_build_agentic_loop_plan(
        self,
        tools: dict[str, Any],
        model: str,
        messages: list[dict[str, Any]],
        response: object,
        anthropic_messages_provider_config: BaseAnthropicMessagesConfig | None,
        anthropic_messages_optional_request_params: dict[str, Any],
        logging_obj: Logging,
        stream: bool,
        kwargs: dict[str, Any],
    ) -> AgenticLoopPlan:
        # The name with its provider; `model` has lost it on some paths.
        details = getattr(logging_obj, "model_call_details", {})
        full_model = (details.get("agentic_loop_params") or {}).get("model") or model
        calls = [Call(call["id"], call["arguments"]) for call in tools["tool_calls"]]
        options = anthropic_messages_optional_request_params
        return await self._in_thread(
            lambda: self._plan(response, calls, full_model, messages, options, kwargs),
            AgenticLoopPlan(run_agentic_loop=False),
        )

    def _plan(
        self,
        response: object,
        calls: list[Call],
        model: str,
        messages: Any,
        options: Mapping[str, Any],
        kwargs: Mapping[str, Any],
    ) -> AgenticLoopPlan:
        surface = surface_of_response(response)
        if surface is None:
            return AgenticLoopPlan(run_agentic_loop=False)
        results = loop.answers(
            self.headroom,
            calls,
            keys=loop.visible_keys((messages, options.get("system"), options.get("instructions"))),
            scope=scope_of(kwargs, self.scope_by),
        )
        turn = surface.follow_up(response, results)
        return loop.plan(
            surface, turn, model=model, messages=messages, options=options, kwargs=kwargs
        )

    def _shortened(self, surface: Surface, kwargs: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the arguments to send, None if nothing was to be done."""
        before = kwargs.get(surface.messages)
        if not isinstance(before, list):
            if surface.messages not in kwargs:
                self._warn("positional", "pass messages by keyword: LiteLLM hides them otherwise")
            return None
        scope = scope_of(kwargs, self.scope_by)
        result = self.headroom.compress(before, model=str(kwargs.get("model") or ""), scope=scope)
        changed = self._offer(surface, {**kwargs, surface.messages: result.messages}, scope)
        if changed is None and not _differ(result.messages, before):
            return None
        if not kwargs.get("_agentic_loop_depth"):
            _report(caller_metadata(kwargs), result)
        return {**kwargs, surface.messages: result.messages} if changed is None else changed

    def _offer(self, surface: Surface, kwargs: dict[str, Any], scope: str) -> dict[str, Any] | None:
        """Return `kwargs` with the tool, None if it is not needed or not wanted."""
        tools = kwargs.get("tools")
        if self.retrieval == "off" or offers_tool(tools) or not _free(kwargs.get("tool_choice")):
            return None
        seen = (kwargs[surface.messages], kwargs.get("system"), kwargs.get("instructions"))
        if not self._any_ours(loop.visible_keys(seen), scope):
            return None
        offered = {**kwargs, "tools": [*(tools or ()), surface.served_tool()]}
        if kwargs.get("stream") and not surface.held_stream:
            offered.pop("stream_options", None)
            offered |= {"stream": False, _WAS_STREAM: True}
        return offered

    def _any_ours(self, keys: set[str], scope: str) -> bool:
        try:
            secret = self.headroom.store.secret if keys else b""
        except StoreError:
            return False
        return any(is_key_of(secret, scope, key) for key in keys)

    async def _in_thread(self, work: Callable[[], T], otherwise: T) -> T:
        """Return what `work` returns, or `otherwise` if it fails: the request goes out."""
        strict = self.headroom.settings.strict
        return await in_thread(
            partial(safely, "a LiteLLM request", work, lambda _: otherwise, strict=strict)
        )

    def _warn(self, topic: str, text: str) -> None:
        """Log a warning, once per topic."""
        if topic not in self._warned:
            self._warned.add(topic)
            logger.warning("%s", text)


def _differ(after: list[Any], before: list[Any]) -> bool:
    return any(new is not old for new, old in zip(after, before, strict=True))


def _free(tool_choice: Any) -> bool:
    """Return whether the model may choose among the tools, or call none."""
    return tool_choice in (None, "auto") or (
        isinstance(tool_choice, Mapping) and tool_choice.get("type") == "auto"
    )


def _report(metadata: MutableMapping[str, Any], result: Result) -> None:
    """Write the savings where the proxy's spend log looks for them."""
    metadata["compression_savings"] = {
        "tokens_before": result.tokens_before,
        "tokens_after": result.tokens_after,
        "tokens_saved": result.tokens_before - result.tokens_after,
        "source": "compression_interception",
    }
