"""The Runnable for chains: `prompt | HeadroomCompressor() | model`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal, Self

from langchain_core.documents import Document
from langchain_core.messages import BaseMessage
from langchain_core.prompt_values import ChatPromptValue, StringPromptValue
from langchain_core.runnables import RunnableConfig, RunnableSerializable
from pydantic import ConfigDict, SecretStr, SkipValidation, model_validator
from typing_extensions import override

from headroom_core import Result, Settings
from headroom_core.safety import safely
from headroom_core.settings import Mode
from headroom_integrations._shared import headroom_for, make_settings
from headroom_integrations.langchain.values import Shortener


class HeadroomCompressor(RunnableSerializable[Any, Any]):
    """Gives back what it was given, with long tool results and documents shortened.

    Takes messages (also as dicts or pairs), prompt values, documents, text, and dicts that hold
    any of these. The type stays, and where nothing changed the object stays. What is left out
    can be fetched back with `HeadroomRetrieveTool`.

    Options that are None come from the environment (``HEADROOM_MODE`` and so on), else they are
    the defaults of `headroom_core.Settings`.

    Attributes:
        mode: "lossless", "balanced" or "aggressive".
        min_tokens: Shorter texts are left alone.
        roles: Whose texts in a conversation: "tool", "user". Documents and plain text count as
            "tool", a `StringPromptValue` as "user".
        skip_tools: Tools whose results are left alone.
        lossless_tools: Tools whose results are re-spelled at most, with nothing left out.
        keep: Patterns whose lines or rows always survive.
        store_url: Where the originals go. A secret: it may hold a password.
        scope: Whose it is. Another scope cannot fetch the originals back.
        keys: Names of plain strings in a dict that are to be shortened too.
        query_key: Where a dict has the question; None looks at question, query and input.
        on_error: "pass" lets a text through as it is when something goes wrong, "raise" raises.
    """

    mode: Annotated[Mode | None, SkipValidation] = None
    min_tokens: int | None = None
    roles: tuple[str, ...] | None = None
    skip_tools: tuple[str, ...] | None = None
    lossless_tools: tuple[str, ...] | None = None
    keep: tuple[str, ...] | None = None
    store_url: SecretStr | None = None
    scope: str = ""
    keys: tuple[str, ...] = ()
    query_key: str | None = None
    on_error: Literal["pass", "raise"] = "pass"

    # A validation error must not print the store's password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="after")
    def _check(self) -> Self:
        headroom_for(self._settings())
        return self

    @classmethod
    @override
    def is_lc_serializable(cls) -> bool:
        return True

    @property
    @override
    def lc_secrets(self) -> dict[str, str]:
        return {"store_url": "HEADROOM_STORE_URL"}

    @property
    @override
    def InputType(self) -> Any:
        return (
            str
            | StringPromptValue
            | ChatPromptValue
            | BaseMessage
            | list[BaseMessage]
            | Document
            | list[Document]
            | dict[str, Any]
        )

    @property
    @override
    def OutputType(self) -> Any:
        return self.InputType

    @override
    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:
        return self._call_with_config(self._invoke, input, config)

    @override
    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:
        return await self._acall_with_config(self._ainvoke, input, config)

    def _invoke(self, value: Any) -> Any:
        settings = self._settings()
        headroom = headroom_for(settings)

        def compress(messages: Sequence[Mapping[str, Any]], query: str, apart: bool) -> Result:
            return headroom.compress(messages, query=query, scope=self.scope, apart=apart)

        shortener = Shortener(compress, self.keys, self.query_key or "")
        return safely(
            "compressing in a chain",
            partial(shortener.shorten, value),
            lambda _: value,
            strict=settings.strict,
        )

    async def _ainvoke(self, value: Any) -> Any:
        return await asyncio.to_thread(self._invoke, value)

    def _settings(self) -> Settings:
        url = self.store_url
        return make_settings(
            {
                "mode": self.mode,
                "min_tokens": self.min_tokens,
                "roles": self.roles,
                "skip_tools": self.skip_tools,
                "lossless_tools": self.lossless_tools,
                "keep": self.keep,
                "store_url": None if url is None else url.get_secret_value(),
                "strict": True if self.on_error == "raise" else None,
            }
        )
