"""The tool with which a model fetches back what was left out."""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool
from langchain_core.tools.base import ArgsSchema
from pydantic import ConfigDict, Field, SecretStr
from typing_extensions import override

from headroom_core import Headroom
from headroom_core.retrieval import TOOL_NAME, openai_tool
from headroom_integrations._shared import headroom_for, make_settings


class HeadroomRetrieveTool(BaseTool):
    """Gives the model the original behind a marker, whole or in part. Never raises.

    Attributes:
        store_url: Where the originals are, as given to `HeadroomCompressor`.
        scope: Whose they are, as given to `HeadroomCompressor`.
    """

    name: str = TOOL_NAME
    description: str = openai_tool()["function"]["description"]
    args_schema: ArgsSchema | None = Field(
        default_factory=lambda: openai_tool()["function"]["parameters"]
    )
    store_url: SecretStr | None = None
    scope: str = ""

    model_config = ConfigDict(hide_input_in_errors=True)

    @override
    def _run(self, **arguments: Any) -> str:
        return self._headroom().answer(arguments, scope=self.scope)

    @override
    async def _arun(self, **arguments: Any) -> str:
        return await self._headroom().aanswer(arguments, scope=self.scope)

    def _headroom(self) -> Headroom:
        url = self.store_url.get_secret_value() if self.store_url is not None else None
        return headroom_for(make_settings({"store_url": url}))
