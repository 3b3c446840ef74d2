"""The tool with which an agent fetches back what was left out."""

from __future__ import annotations

from typing import Any

from llama_index.core.bridge.pydantic import Field, create_model
from llama_index.core.tools import FunctionTool

from headroom_core.retrieval import TOOL_NAME, openai_tool
from headroom_integrations._shared import headroom_for, make_settings


def retrieve_tool(*, store_url: str | None = None, scope: str = "") -> FunctionTool:
    """Return the tool that gives an agent the original behind a marker, whole or in part.

    Args:
        store_url: Where the originals are, as given to `HeadroomPostprocessor`.
        scope: Whose they are, as given to `HeadroomPostprocessor`.

    Raises:
        SettingsError: If the store cannot be opened as asked.
    """
    headroom = headroom_for(make_settings({"store_url": store_url}))
    function = openai_tool()["function"]

    def fetch(**arguments: Any) -> str:
        return headroom.answer(arguments, scope=scope)

    async def afetch(**arguments: Any) -> str:
        return await headroom.aanswer(arguments, scope=scope)

    return FunctionTool.from_defaults(
        fn=fetch,
        async_fn=afetch,
        name=TOOL_NAME,
        description=function["description"],
        fn_schema=create_model(TOOL_NAME, **_fields(function["parameters"])),
    )


def _fields(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a pydantic model with the tool's parameters: all of them strings."""
    return {
        name: (
            (str, Field(description=given["description"]))
            if name in parameters["required"]
            else (str | None, Field(default=None, description=given["description"]))
        )
        for name, given in parameters["properties"].items()
    }
