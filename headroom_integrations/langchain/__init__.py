"""Context compression for LangChain: a Runnable that gives back what it was given, only shorter."""

from __future__ import annotations

from headroom_integrations._shared import explain_missing

try:
    from headroom_integrations.langchain.runnable import HeadroomCompressor
    from headroom_integrations.langchain.tool import HeadroomRetrieveTool
except ModuleNotFoundError as error:
    raise explain_missing(error, {"langchain_core"}, "langchain-core", "langchain") from error

__all__ = ["HeadroomCompressor", "HeadroomRetrieveTool"]
