"""The LlamaIndex plug-in, with LlamaIndex's own indexes, query engines and nodes."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from llama_index.core import MockEmbedding, SummaryIndex, VectorStoreIndex
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import CompletionResponse, MockLLM
from llama_index.core.schema import (
    BaseNode,
    Document,
    ImageNode,
    IndexNode,
    MediaResource,
    MetadataMode,
    Node,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from pydantic import ValidationError

from headroom_core.marker import find_markers
from headroom_core.retrieval import TOOL_NAME, openai_tool
from headroom_integrations.llama_index import HeadroomPostprocessor, retrieve_tool
from tests.integrations.fakes import BrokenStore, use_store
from tests.integrations.payloads import LOG, QUESTION, RECORDS, SHORT, WANTED


@pytest.fixture(autouse=True)
def _memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADROOM_STORE_URL", "memory")


class Recorder(MockLLM):
    """Answers with what it was asked, and remembers it."""

    _prompts: list[str] = PrivateAttr(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        return self._prompts

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        self._prompts.append(prompt)
        return CompletionResponse(text="fine")

    async def acomplete(self, prompt: str, *args: Any, **kwargs: Any) -> CompletionResponse:
        return self.complete(prompt)


def corpus() -> list[TextNode]:
    return [
        TextNode(id_="log", text=LOG, metadata={"file": "app.log"}, embedding=[0.1] * 4),
        TextNode(id_="short", text=SHORT, embedding=[0.1] * 4),
        TextNode(id_="rows", text=RECORDS, embedding=[0.1] * 4),
    ]


def shorten(*nodes: BaseNode, query: str = "", **options: Any) -> list[BaseNode]:
    """Run the nodes through a postprocessor, sync and async, and check that both agree."""
    scored = [NodeWithScore(node=node, score=0.5) for node in nodes]
    before = pickle.dumps(scored)
    processor = HeadroomPostprocessor(**options)
    bundle = QueryBundle(query) if query else None
    done = processor.postprocess_nodes(scored, query_bundle=bundle)
    assert asyncio.run(processor.apostprocess_nodes(scored, query_bundle=bundle)) == done
    assert pickle.dumps(scored) == before, "the index keeps its own nodes"
    assert [item.score for item in done] == [0.5] * len(nodes)
    assert processor.postprocess_nodes(done, query_bundle=bundle) == done, "twice is once"
    return [item.node for item in done]


def summary_index() -> Any:
    return SummaryIndex(corpus())


def vector_index() -> Any:
    return VectorStoreIndex(corpus(), embed_model=MockEmbedding(embed_dim=4))


@pytest.mark.parametrize("make_index", [summary_index, vector_index])
def test_query_engine_sends_less_and_keeps_its_corpus(make_index: Callable[[], Any]) -> None:
    index = make_index()
    before = {key: node.to_dict() for key, node in index.docstore.docs.items()}
    plain, llm = Recorder(max_tokens=None), Recorder(max_tokens=None)
    index.as_query_engine(llm=plain, similarity_top_k=3).query(QUESTION)
    engine = index.as_query_engine(
        llm=llm, similarity_top_k=3, node_postprocessors=[HeadroomPostprocessor(mode="aggressive")]
    )
    answer = engine.query(QUESTION)
    first = list(llm.prompts)
    assert sum(map(len, first)) < sum(map(len, plain.prompts)) / 2
    assert any(WANTED in prompt for prompt in first)
    assert not any("headroom_tokens" in prompt for prompt in first)
    assert {node.node_id for node in answer.source_nodes} <= {"log", "short", "rows"}
    asyncio.run(engine.aquery(QUESTION))
    assert llm.prompts == first * 2
    assert {key: node.to_dict() for key, node in index.docstore.docs.items()} == before


def test_a_node_keeps_all_but_its_text() -> None:
    node = TextNode(
        id_="n",
        text=LOG,
        metadata={"file": "app.log"},
        excluded_llm_metadata_keys=["file"],
        embedding=[0.25, 0.5],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id="doc")},
        start_char_idx=3,
        end_char_idx=9,
    )
    (new,) = shorten(node, mode="aggressive")
    assert isinstance(new, TextNode)
    note = {key: new.metadata[key] for key in new.metadata if key.startswith("headroom_")}
    assert note["headroom_tokens_after"] < note["headroom_tokens_before"]
    assert note["headroom_hashes"] == [marker.key for marker in find_markers(new.text)]
    same = {"text", "metadata", "excluded_llm_metadata_keys", "excluded_embed_metadata_keys"}
    assert new.model_dump(exclude=same) == node.model_dump(exclude=same)
    for mode in (MetadataMode.LLM, MetadataMode.EMBED):
        assert "headroom_tokens" not in new.get_content(mode)
    assert new.metadata["file"] == "app.log"


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(TextNode(text=LOG), id="a text node"),
        pytest.param(Document(text=LOG, doc_id="d"), id="a document"),
        pytest.param(
            Node(
                text_resource=MediaResource(text=LOG, embeddings={"dense": [0.5]}),
                image_resource=MediaResource(data=b"aW1hZ2U=", mimetype="image/png"),
            ),
            id="a multimodal node",
        ),
        pytest.param(ImageNode(text=LOG, image="aW1hZ2U="), id="the text of an image node"),
        pytest.param(IndexNode(text=LOG, index_id="i"), id="an index node"),
    ],
)
def test_nodes_of_every_kind_are_shortened(node: BaseNode) -> None:
    (new,) = shorten(node)
    assert type(new) is type(node)
    assert len(new.get_content()) < len(LOG)
    assert new.node_id == node.node_id
    if isinstance(new, ImageNode):
        assert new.image == "aW1hZ2U="
    if isinstance(new, Node) and isinstance(node, Node):
        assert new.image_resource is node.image_resource
        assert new.text_resource is not None
        assert new.text_resource.embeddings == node.text_resource.embeddings  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(TextNode(text=SHORT), id="short text"),
        pytest.param(TextNode(text=""), id="no text"),
        pytest.param(
            TextNode(text=LOG, metadata={"headroom_hashes": []}),
            id="a node that another process has shortened",
        ),
        pytest.param(
            Node(image_resource=MediaResource(data=b"aW1hZ2U=")), id="an image without text"
        ),
        pytest.param(
            IndexNode(text=LOG, index_id="i", obj=TextNode(text="x")),
            id="an index node that stands for something else",
        ),
    ],
)
def test_what_must_not_change_is_the_same_node(node: BaseNode) -> None:
    assert shorten(node)[0] is node


def test_the_query_decides_what_stays() -> None:
    (without,) = shorten(TextNode(text=LOG), mode="aggressive")
    (with_query,) = shorten(TextNode(text=LOG), mode="aggressive", query=QUESTION)
    assert WANTED in LOG
    assert WANTED not in without.get_content()
    assert WANTED in with_query.get_content()


@pytest.mark.parametrize("mode", ["lossless", "balanced"])
def test_a_node_can_be_read_without_the_others(mode: str) -> None:
    texts = [RECORDS, RECORDS, LOG, f"{LOG}\nand one line more", RECORDS.replace("1", "2")]
    alone = [shorten(TextNode(text=text), mode=mode)[0].get_content() for text in texts]
    together = shorten(*(TextNode(text=text) for text in texts), mode=mode)
    assert [node.get_content() for node in together] == alone


def test_the_tool_gives_an_agent_the_exact_original() -> None:
    (new,) = shorten(TextNode(text=LOG), mode="aggressive", scope="me")
    key = new.metadata["headroom_hashes"][0]
    tool = retrieve_tool(scope="me")
    assert tool.metadata.name == TOOL_NAME
    assert tool.call(hash=key).content == LOG
    assert asyncio.run(tool.acall(hash=key, query=WANTED)).content.count("\n") < 9
    assert tool.call(hash=key, query=None, lines="2-2").content.endswith(LOG.split("\n")[1])
    assert "Nothing is kept" in retrieve_tool(scope="you").call(hash=key).content
    assert "Nothing is kept" in tool.call().content


def test_the_tool_gives_rows_and_paths_of_structured_originals() -> None:
    rows = json.dumps([{"id": i, "name": f"n{i * 7919 % 1000}"} for i in range(900)])
    (new,) = shorten(TextNode(text=rows), mode="aggressive")
    key = new.metadata["headroom_hashes"][0]
    tool = retrieve_tool()
    assert tool.call(hash=key, rows="900").content.endswith('\n{"id": 899, "name": "n181"}')
    assert asyncio.run(tool.acall(hash=key, path="[899].id")).content.endswith("\n899")
    assert "900 rows" in tool.call(hash=key, rows="901", path=None).content


def test_the_tool_looks_to_the_model_as_the_core_describes_it() -> None:
    ours = retrieve_tool().metadata.to_openai_tool()["function"]
    core = openai_tool()["function"]
    assert ours["name"] == core["name"]
    assert ours["description"] == core["description"]
    assert list(ours["parameters"]["properties"]) == list(core["parameters"]["properties"])
    assert ours["parameters"]["required"] == core["parameters"]["required"]
    for name, given in core["parameters"]["properties"].items():
        assert ours["parameters"]["properties"][name]["description"] == given["description"]


def test_it_is_pickled_and_serialised_without_the_password() -> None:
    processor = HeadroomPostprocessor(
        mode="aggressive",
        keep=("x+",),
        store_url="postgresql://clerk:hunter2@db.invalid/originals",  # type: ignore[arg-type]
    )
    plain = processor.to_dict()
    assert "hunter2" not in json.dumps(plain) + repr(processor) + str(processor)
    assert plain["class_name"] == "HeadroomPostprocessor"
    assert (plain["mode"], list(plain["keep"])) == ("aggressive", ["x+"])
    assert HeadroomPostprocessor.from_dict(plain).mode == "aggressive"
    again = pickle.loads(pickle.dumps(processor))
    assert again.store_url == processor.store_url


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"mode": "fast"}, "mode='fast' is not valid", id="an unknown mode"),
        pytest.param({"min_tokens": -1}, "min_tokens=-1 is not valid", id="a negative size"),
        pytest.param({"keep": ("(",)}, "is not valid", id="a broken pattern"),
        pytest.param({"store_url": "nosuchdb://u:hunter2@h"}, "store_url", id="no such database"),
        pytest.param({"colour": "red"}, "colour", id="an unknown option"),
    ],
)
def test_what_cannot_work_is_refused_at_construction(options: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        HeadroomPostprocessor(**options)
    assert message in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_without_a_working_store_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    use_store(monkeypatch, "sqlite:///broken.db", BrokenStore())
    (new,) = shorten(TextNode(text=LOG), mode="aggressive")
    assert not find_markers(new.get_content())
    assert "cannot be read" in retrieve_tool().call(hash="0" * 24).content
