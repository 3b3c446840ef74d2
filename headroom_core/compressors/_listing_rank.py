"""Which entries of a listing say most: those asked for, then shallow and unusual ones."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from headroom_core.compressors._listing import OTHER
from headroom_core.compressors._listing_entries import Entry
from headroom_core.relevance import score_units

_TELLING: Final = re.compile(
    r"(?:readme|licen[cs]e|copying|changelog|contributing|makefile|dockerfile|cmakelists"
    r"|package\.json|pyproject|setup\.|cargo\.toml|go\.mod|pom\.xml|build\.|main\.|index\."
    r"|__main__|docker-compose|\.env|requirements|gemfile|justfile|config\b|settings\b)",
    re.IGNORECASE,
)
_TELLING_BONUS: Final = 1.2
_LARGEST: Final = 5
_LARGEST_BONUS: Final = 1.5
_RARITY_WEIGHT: Final = 0.4
_DEPTH_WEIGHT: Final = 0.35
_AGAIN_WEIGHT: Final = 0.5
_ASKED_SHARE: Final = 0.55


def extension(name: str) -> str:
    """Return the last extension of `name` with its dot, "" if it has none."""
    start = name.rfind(".")
    return name[start:] if start > 0 and name[start + 1 : start + 2].isalpha() else ""


def rank(entries: Sequence[Entry], kinds: Sequence[str], query: str) -> tuple[list[int], list[int]]:
    """Return the indexes of the entries that the question names, and of the others, best first.

    Args:
        entries: All entries.
        kinds: The extension of each.
        query: The question.
    """
    indexes = [index for index, entry in enumerate(entries) if entry.folder != OTHER]
    asked = score_units([entries[i].folder + entries[i].name for i in indexes], query)
    most = max(asked, default=0.0)
    worth_of = _worth(entries, indexes, [kinds[index] for index in indexes])
    strong, weak = [], []
    for index, score, worth in zip(indexes, asked, worth_of, strict=True):
        if score and score >= _ASKED_SHARE * most:
            strong.append((-score, index))
        else:
            weak.append((-score - worth, index))
    return [index for _, index in sorted(strong)], [index for _, index in sorted(weak)]


def _worth(entries: Sequence[Entry], indexes: Sequence[int], kinds: Sequence[str]) -> list[float]:
    """Return how unusual each entry is: another one of its kind in its folder is less so."""
    rarity = _rarity(kinds)
    value_rarity = _rarity([entries[index].value for index in indexes])
    sizes = sorted((entries[index].size for index in indexes), reverse=True)
    usual = sizes[_LARGEST] if len(sizes) > _LARGEST else 0
    again: Counter[tuple[str, str]] = Counter()
    worth = []
    for index, kind in zip(indexes, kinds, strict=True):
        entry = entries[index]
        before = again[entry.folder, kind]
        again[entry.folder, kind] = before + 1
        score = rarity[kind] + value_rarity[entry.value]
        score -= _DEPTH_WEIGHT * entry.folder.count("/") + _AGAIN_WEIGHT * math.log1p(before)
        if _TELLING.match(entry.name):
            score += _TELLING_BONUS
        if entry.size > usual:
            score += _LARGEST_BONUS
        worth.append(score)
    return worth


def _rarity(values: Sequence[str]) -> dict[str, float]:
    return {
        value: _RARITY_WEIGHT * math.log(len(values) / often)
        for value, often in Counter(values).items()
    }
