"""Counts with any model's own tokenizer.json."""

from __future__ import annotations

from pathlib import Path

from headroom_core.errors import MissingExtraError, SettingsError
from headroom_core.tokenizers.estimate import estimate
from headroom_core.tokenizers.hostile import is_refusal, without_surrogates

_REMEDY = "give the path of the tokenizer.json that comes with the model"


class HuggingFaceTokenizer:
    """Counts with a Hugging Face tokenizer.json; special tokens count as ordinary text.

    Args:
        file: Path of the tokenizer.json.

    Raises:
        MissingExtraError: If the `tokenizers` package is not installed.
        SettingsError: If there is no such file, or it is no tokenizer.json.
    """

    exact: bool = True

    def __init__(self, file: str) -> None:
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtraError("tokenizers", "ml") from error
        try:
            definition = Path(file).expanduser().read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise SettingsError("tokenizer_file", file, f"{_REMEDY} ({error})") from error
        try:
            self._tokenizer = Tokenizer.from_str(definition)
        except Exception as error:
            raise SettingsError("tokenizer_file", file, f"{_REMEDY} ({error})") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True
        self.name: str = Path(file).name

    def count(self, text: str) -> int:
        """Return the number of tokens in `text`. Never raises, whatever the text."""
        try:
            return len(
                self._tokenizer.encode(without_surrogates(text), add_special_tokens=False).ids
            )
        except BaseException as error:
            if is_refusal(error):
                return estimate(text)
            raise
