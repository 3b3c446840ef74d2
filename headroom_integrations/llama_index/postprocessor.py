"""Shortens retrieved nodes before they are put into a prompt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Final, Literal, Self

from llama_index.core.bridge.pydantic import ConfigDict, Field, SecretStr, model_validator
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import (
    BaseNode,
    IndexNode,
    Node,
    NodeWithScore,
    QueryBundle,
    TextNode,
)
from pydantic import SkipValidation
from typing_extensions import override

from headroom_core import Headroom, Settings
from headroom_core.safety import safely
from headroom_core.settings import Mode
from headroom_integrations._shared import Summary, headroom_for, make_settings, summaries

HASHES: Final = "headroom_hashes"
TOKENS_BEFORE: Final = "headroom_tokens_before"
TOKENS_AFTER: Final = "headroom_tokens_after"
_KEYS: Final = (HASHES, TOKENS_BEFORE, TOKENS_AFTER)


class HeadroomPostprocessor(BaseNodePostprocessor):
    """Gives back the same nodes in the same order, with long texts shortened by the query.

    Nodes are copied, never changed: the index keeps its own. Ids, scores, relationships,
    metadata, images and embeddings stay. What was done is in the metadata, where neither the
    model nor an embedding sees it.

    Options that are None come from the environment (``HEADROOM_MODE`` and so on), else they are
    the defaults of `headroom_core.Settings`.

    Attributes:
        mode: "lossless", "balanced" or "aggressive".
        min_tokens: Shorter texts are left alone.
        keep: Patterns whose lines or rows always survive.
        store_url: Where the originals go. Not in `to_dict`: it may hold a password.
        scope: Whose it is. Another scope cannot fetch the originals back.
        on_error: "pass" lets a node through as it is when something goes wrong, "raise" raises.
    """

    mode: Annotated[Mode | None, SkipValidation] = None
    min_tokens: int | None = None
    keep: tuple[str, ...] | None = None
    store_url: SecretStr | None = Field(default=None, exclude=True)
    scope: str = ""
    on_error: Literal["pass", "raise"] = "pass"

    # A validation error must not print the store's password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="after")
    def _check(self) -> Self:
        headroom_for(self._settings())
        return self

    @classmethod
    @override
    def class_name(cls) -> str:
        return "HeadroomPostprocessor"

    @override
    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        # The base class runs this in a thread when it is called asynchronously.
        settings = self._settings()
        query = query_bundle.query_str if query_bundle else ""
        return safely(
            "compressing nodes",
            partial(self._shorten, headroom_for(settings), nodes, query),
            lambda _: nodes,
            strict=settings.strict,
        )

    def _shorten(
        self, headroom: Headroom, nodes: Sequence[NodeWithScore], query: str
    ) -> list[NodeWithScore]:
        messages = [{"role": "tool", "content": _text(node.node)} for node in nodes]
        result = headroom.compress(messages, query=query, scope=self.scope, apart=True)
        done = summaries(result)
        return [
            _with_text(node, result.messages[index]["content"], done[index])
            if index in done
            else node
            for index, node in enumerate(nodes)
        ]

    def _settings(self) -> Settings:
        url = self.store_url
        return make_settings(
            {
                "mode": self.mode,
                "min_tokens": self.min_tokens,
                "roles": ("tool",),
                "keep": self.keep,
                "store_url": None if url is None else url.get_secret_value(),
                "strict": True if self.on_error == "raise" else None,
            }
        )


def _text(node: BaseNode) -> str:
    """Return what may be shortened of a node, "" for one that is to be left alone."""
    if HASHES in node.metadata or (isinstance(node, IndexNode) and node.obj is not None):
        return ""
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, Node) and node.text_resource is not None:
        return node.text_resource.text or ""
    return ""


def _with_text(scored: NodeWithScore, text: str, done: Summary) -> NodeWithScore:
    """Return a copy that holds a copy of the node with another text."""
    node = scored.node
    note = {
        HASHES: list(done.keys),
        TOKENS_BEFORE: done.tokens_before,
        TOKENS_AFTER: done.tokens_after,
    }
    update: dict[str, Any] = {
        "metadata": {**node.metadata, **note},
        "excluded_llm_metadata_keys": [*node.excluded_llm_metadata_keys, *_KEYS],
        "excluded_embed_metadata_keys": [*node.excluded_embed_metadata_keys, *_KEYS],
    }
    if isinstance(node, Node) and node.text_resource is not None:
        update["text_resource"] = node.text_resource.model_copy(update={"text": text})
    else:
        update["text"] = text
    return scored.model_copy(update={"node": node.model_copy(update=update)})
