"""The LangChain plug-in inside chains: streaming, options per call, failures."""

from __future__ import annotations

import asyncio
import json
import pickle
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.load import dumps, load
from langchain_core.messages import (
    BaseMessage,
    ToolMessage,
)
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import ConfigurableField, Runnable, RunnableLambda
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ValidationError

from headroom_core.marker import find_markers
from headroom_core.retrieval import openai_tool
from headroom_integrations.langchain import HeadroomCompressor, HeadroomRetrieveTool
from tests.integrations.fakes import BrokenStore, use_store
from tests.integrations.langchain_talk import Recorder, conversation, text_of
from tests.integrations.payloads import LOG, RECORDS, SHORT


@pytest.fixture(autouse=True)
def _memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADROOM_STORE_URL", "memory")


def test_chain_invoke_batch_and_async() -> None:
    model = Recorder()
    prompt = ChatPromptTemplate.from_messages(
        [("system", "Be brief."), ("placeholder", "{history}")]
    )
    chain: Runnable[Any, str] = prompt | HeadroomCompressor() | model | StrOutputParser()
    history = conversation()[1:]
    assert chain.invoke({"history": history}) == "all is well now"
    assert chain.batch([{"history": history}, {"history": history}]) == ["all is well now"] * 2
    assert asyncio.run(chain.ainvoke({"history": history})) == "all is well now"
    assert len(model.seen) == 4
    for sent in model.seen:
        assert len(sent[-1].content) < len(RECORDS)
        assert [m.id for m in sent] == [None, "h1", "a1", "t1"]
        assert sent == model.seen[0]


def test_the_models_words_still_stream() -> None:
    def history(_: str) -> list[BaseMessage]:
        return conversation()

    chain = RunnableLambda(history) | HeadroomCompressor() | Recorder()
    assert len(list(chain.stream("x"))) > 3

    async def names() -> list[tuple[str, str]]:
        events = chain.astream_events("x", version="v2")
        return [(event["event"], event["name"]) async for event in events]

    seen = asyncio.run(names())
    assert ("on_chain_start", "HeadroomCompressor") in seen
    assert ("on_chain_end", "HeadroomCompressor") in seen
    assert sum(event == "on_chat_model_stream" for event, _ in seen) > 3


def test_retriever_documents_in_a_chain() -> None:
    def retrieve(_: str) -> list[Document]:
        return [Document(LOG), Document(SHORT)]

    def join(documents: list[Document]) -> str:
        return "\n".join(document.page_content for document in documents)

    short = (retrieve | HeadroomCompressor() | join).invoke("x")
    assert len(short) < len(LOG)
    assert short.endswith(SHORT)


def test_the_tool_gives_the_model_the_exact_original() -> None:
    message = HeadroomCompressor(mode="aggressive", scope="me").invoke(
        ToolMessage(LOG, tool_call_id="c")
    )
    key = message.response_metadata["headroom"]["hashes"][0]
    tool = HeadroomRetrieveTool(scope="me")
    assert tool.invoke({"hash": key}) == LOG
    assert asyncio.run(tool.ainvoke({"hash": key, "query": "request 26496 "})).count("\n") < 9
    assert tool.invoke({"hash": key, "lines": "2-2"}).endswith(LOG.split("\n")[1])
    call = {"type": "tool_call", "id": "c2", "name": tool.name, "args": {"hash": key}}
    answer = tool.invoke(call)
    assert (answer.content, answer.tool_call_id, answer.status) == (LOG, "c2", "success")
    assert HeadroomCompressor(mode="aggressive").invoke(answer) is answer
    assert "Nothing is kept" in HeadroomRetrieveTool(scope="you").invoke({"hash": key})
    assert "Nothing is kept" in tool.invoke({})
    assert tool.invoke({"hash": 7, "lines": None, "query": None, "extra": []})


def test_the_tool_gives_rows_and_paths_of_structured_originals() -> None:
    rows = json.dumps([{"id": i, "name": f"n{i * 7919 % 1000}"} for i in range(900)])
    message = HeadroomCompressor(mode="aggressive").invoke(ToolMessage(rows, tool_call_id="c"))
    key = message.response_metadata["headroom"]["hashes"][0]
    tool = HeadroomRetrieveTool()
    assert tool.invoke({"hash": key, "rows": "900"}).endswith('\n{"id": 899, "name": "n181"}')
    assert asyncio.run(tool.ainvoke({"hash": key, "path": "[899].id"})).endswith("\n899")
    assert "900 rows" in tool.invoke({"hash": key, "rows": "901"})


def test_the_tool_looks_to_the_model_as_the_core_describes_it() -> None:
    assert convert_to_openai_tool(HeadroomRetrieveTool()) == openai_tool()


def test_options_can_be_changed_per_call() -> None:
    compressor = HeadroomCompressor(mode="lossless").configurable_fields(
        mode=ConfigurableField("mode"), scope=ConfigurableField("scope")
    )
    loose = compressor.invoke(LOG)
    tight = compressor.invoke(LOG, {"configurable": {"mode": "aggressive", "scope": "you"}})
    assert len(tight) < len(loose)
    assert HeadroomRetrieveTool(scope="you").invoke({"hash": find_markers(tight)[0].key}) == LOG


@pytest.mark.filterwarnings("ignore:The function `load` is in beta")
def test_it_is_pickled_and_serialised_without_the_password() -> None:
    url = "postgresql://clerk:hunter2@db.invalid/originals"
    compressor = HeadroomCompressor(mode="aggressive", keep=("x+",), store_url=url)  # type: ignore[arg-type]
    assert "hunter2" not in dumps(compressor) + repr(compressor) + str(compressor)
    assert pickle.loads(pickle.dumps(compressor)) == compressor
    again = load(
        json.loads(dumps(compressor)),
        secrets_map={"HEADROOM_STORE_URL": url},
        allowed_objects=[HeadroomCompressor],
        valid_namespaces=["headroom_integrations"],
    )
    assert again == compressor
    tool = HeadroomRetrieveTool(store_url=url)  # type: ignore[arg-type]
    assert "hunter2" not in dumps(tool) + repr(tool) + str(tool.model_dump())


def test_schemas_can_be_made() -> None:
    compressor = HeadroomCompressor()
    assert compressor.get_name() == "HeadroomCompressor"
    assert compressor.get_input_jsonschema()
    assert compressor.get_output_jsonschema()
    (ChatPromptTemplate.from_template("{x}") | compressor).get_graph()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"mode": "fast"}, "mode='fast' is not valid", id="an unknown mode"),
        pytest.param({"min_tokens": -1}, "min_tokens=-1 is not valid", id="a negative size"),
        pytest.param({"keep": ("(",)}, "is not valid", id="a broken pattern"),
        pytest.param({"roles": ("robot",)}, "roles", id="an unknown role"),
        pytest.param({"store_url": "nosuchdb://u:hunter2@h"}, "store_url", id="no such database"),
        pytest.param({"colour": "red"}, "colour", id="an unknown option"),
    ],
)
def test_what_cannot_work_is_refused_at_construction(options: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        HeadroomCompressor(**options)
    assert message in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_without_a_working_store_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    use_store(monkeypatch, "sqlite:///broken.db", BrokenStore())
    compressor = HeadroomCompressor(mode="aggressive")
    for value in (LOG, conversation(LOG), [Document(LOG)]):
        assert not find_markers(text_of(compressor.invoke(value)))
    assert "cannot be read" in HeadroomRetrieveTool().invoke({"hash": "0" * 24})


def test_on_error_says_what_happens_when_something_goes_wrong() -> None:
    class Odd(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            raise RuntimeError("odd")

    messages = [Odd(role="tool", content=LOG)]
    assert HeadroomCompressor().invoke(messages) is messages
    with pytest.raises(RuntimeError, match="odd"):
        HeadroomCompressor(on_error="raise").invoke(messages)
