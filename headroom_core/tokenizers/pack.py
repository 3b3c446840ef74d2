"""Makes the packed vocabularies: `python -m headroom_core.tokenizers.pack FOLDER`.

FOLDER holds the files that OpenAI publishes, named as there: o200k_base.tiktoken and
cl100k_base.tiktoken, from https://openaipublic.blob.core.windows.net/encodings/. They never
change, so this runs again only for a new vocabulary.
"""

from __future__ import annotations

import sys
from pathlib import Path

from headroom_core.tokenizers.vocabulary import VOCABULARIES, pack


def main(folder: Path) -> None:
    """Pack every vocabulary found in `folder` and write it beside this file."""
    for vocabulary in VOCABULARIES:
        source = (folder / f"{vocabulary.name}.tiktoken").read_bytes()
        vocabulary.file.parent.mkdir(exist_ok=True)
        vocabulary.file.write_bytes(pack(source, vocabulary))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
