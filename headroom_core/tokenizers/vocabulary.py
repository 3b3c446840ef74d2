"""The vocabularies of OpenAI's models, packed beside this file so that nothing is downloaded."""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from headroom_core.errors import HeadroomError


class VocabularyError(HeadroomError, OSError):
    """A packed vocabulary is missing or damaged.

    Attributes:
        file: The file.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is missing or damaged: install headroom-integrations again "
            "(pip install --force-reinstall --no-deps headroom-integrations)"
        )
        self.file = file


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a byte-pair encoding is made of, and how to check it.

    Attributes:
        name: The name tiktoken knows it by.
        pattern: The regular expression that cuts a text before pairs are merged.
        size: How many tokens it has; their ranks are 0 to size - 1.
        source_sha256: SHA-256 of the file that OpenAI publishes, in hex.
        packed_sha256: SHA-256 of the unpacked contents of our file, in hex.
    """

    name: str
    pattern: str
    size: int
    source_sha256: str
    packed_sha256: str

    @property
    def file(self) -> Path:
        """Where the packed vocabulary lies."""
        return Path(__file__).with_name("data") / f"{self.name}.bin"


_UPPER: Final = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
_LOWER: Final = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_CONTRACTION: Final = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"

O200K: Final = Vocabulary(
    name="o200k_base",
    pattern="|".join(
        [
            rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+{_CONTRACTION}?",
            rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*{_CONTRACTION}?",
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        ]
    ),
    size=199_998,
    source_sha256="446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    packed_sha256="440741350e7cfa1c0f4869ce742d1b043550adbda5187adcac9e787edac6fba9",
)

CL100K: Final = Vocabulary(
    name="cl100k_base",
    pattern="|".join(
        [
            r"'(?i:[sdmt]|ll|ve|re)",
            r"[^\r\n\p{L}\p{N}]?+\p{L}++",
            r"\p{N}{1,3}+",
            r" ?[^\s\p{L}\p{N}]++[\r\n]*+",
            r"\s++$",
            r"\s*[\r\n]",
            r"\s+(?!\S)",
            r"\s",
        ]
    ),
    size=100_256,
    source_sha256="223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    packed_sha256="18288f996f452d44e0e65996176591a4b712a3eb1b42afd6f0511e735c099480",
)

VOCABULARIES: Final = (O200K, CL100K)


def load(vocabulary: Vocabulary) -> dict[bytes, int]:
    """Return the rank of every token.

    Raises:
        VocabularyError: If the packed file is missing or damaged.
    """
    return dict(zip(tokens(vocabulary), range(vocabulary.size), strict=True))


def tokens(vocabulary: Vocabulary) -> list[bytes]:
    """Return all tokens, in the order of their ranks.

    Raises:
        VocabularyError: If the packed file is missing or damaged.
    """
    try:
        unpacked = zlib.decompress(vocabulary.file.read_bytes())
    except (OSError, zlib.error) as error:
        raise VocabularyError(vocabulary.file) from error
    if hashlib.sha256(unpacked).hexdigest() != vocabulary.packed_sha256:
        raise VocabularyError(vocabulary.file)
    bounds = accumulate(unpacked[: vocabulary.size], initial=vocabulary.size)
    return [unpacked[start:end] for start, end in pairwise(bounds)]


def pack(source: bytes, vocabulary: Vocabulary) -> bytes:
    """Return what to write to `vocabulary.file`, made from the file that OpenAI publishes.

    That is, compressed: a byte for the length of every token in order of rank, then the tokens.
    zlib and not xz: a fifth larger, and unpacked in a fifth of the time.

    Raises:
        ValueError: If `source` is not the published file.
    """
    if hashlib.sha256(source).hexdigest() != vocabulary.source_sha256:
        raise ValueError(f"this is not the {vocabulary.name} that OpenAI publishes")
    tokens = [base64.b64decode(line.split()[0]) for line in source.splitlines()]
    return zlib.compress(bytes(map(len, tokens)) + b"".join(tokens), 9)
