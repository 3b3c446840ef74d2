"""The packed vocabularies: the published ones, whole, or a clear refusal."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import importlib
from pathlib import Path

import pytest

from headroom_core.tokenizers.vocabulary import (
    CL100K,
    O200K,
    VOCABULARIES,
    Vocabulary,
    VocabularyError,
    load,
    pack,
)

BOTH = pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)


@BOTH
def test_the_pattern_is_that_of_tiktoken(
    vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = importlib.import_module("tiktoken_ext.openai_public")
    monkeypatch.setattr(published, "load_tiktoken_bpe", lambda *_, **__: {})
    theirs = published.ENCODING_CONSTRUCTORS[vocabulary.name]()
    assert vocabulary.pattern == theirs["pat_str"]


@BOTH
def test_the_packed_vocabulary_is_the_published_one(vocabulary: Vocabulary) -> None:
    ranks = load(vocabulary)
    lines = [base64.b64encode(token) + b" %d\n" % rank for token, rank in ranks.items()]
    published = b"".join(lines)
    assert hashlib.sha256(published).hexdigest() == vocabulary.source_sha256
    assert len(ranks) == vocabulary.size


def test_a_vocabulary_is_packed_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = [b"a", b"b", b"ab"]
    source = b"".join(base64.b64encode(t) + b" %d\n" % i for i, t in enumerate(tokens))
    small = dataclasses.replace(
        O200K,
        name="small",
        size=3,
        source_sha256=hashlib.sha256(source).hexdigest(),
        packed_sha256=hashlib.sha256(b"\1\1\2abab").hexdigest(),
    )
    monkeypatch.setattr(Vocabulary, "file", tmp_path / "small.bin")
    small.file.write_bytes(pack(source, small))
    assert load(small) == {b"a": 0, b"b": 1, b"ab": 2}
    with pytest.raises(ValueError, match="OpenAI publishes"):
        pack(source + b"\n", small)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(None, id="a missing file"),
        pytest.param(b"", id="an empty file"),
        pytest.param(b"not zlib", id="a file of something else"),
        pytest.param(O200K.file.read_bytes()[:-9], id="a file cut short"),
        pytest.param(CL100K.file.read_bytes(), id="the wrong vocabulary"),
    ],
)
def test_a_damaged_vocabulary_is_refused_with_a_remedy(
    damage: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "o200k_base.bin"
    if damage is not None:
        file.write_bytes(damage)
    monkeypatch.setattr(Vocabulary, "file", file)
    with pytest.raises(VocabularyError, match="install headroom-integrations again"):
        load(O200K)
