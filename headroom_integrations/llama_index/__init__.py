"""Context compression for LlamaIndex: a node postprocessor that shortens what was retrieved."""

from __future__ import annotations

from headroom_integrations._shared import explain_missing

try:
    from headroom_integrations.llama_index.postprocessor import HeadroomPostprocessor
    from headroom_integrations.llama_index.tool import retrieve_tool
except ModuleNotFoundError as error:
    raise explain_missing(error, {"llama_index"}, "llama-index-core", "llama-index") from error

__all__ = ["HeadroomPostprocessor", "retrieve_tool"]
