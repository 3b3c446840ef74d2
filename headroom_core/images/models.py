"""Which formula a model counts images with."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from headroom_core.images.formulas import Crops, Formula, Limits, Patches, Tiles, Visual

_NO_PATCH_LIMIT: Final = Limits(65_535, 30_000)  # larger ones are refused, not made smaller
_ORIGINAL: Final = Limits(6000, 10_000)
_HIGH: Final = Limits(2048, 2500)
_LARGE: Final = Limits(2048, 6144)
_THUMBNAIL: Final = Limits(512, 256)
_HIGH_RESOLUTION: Final = Limits(2576, 4784)
_STANDARD_RESOLUTION: Final = Limits(1568, 1568)
_FIRST_HIGH_RESOLUTION: Final = (4, 7)


def _same(factor: float) -> Patches:
    """The models that read every image alike, whatever `detail` says."""
    return Patches(factor, _LARGE, _LARGE, _LARGE, _LARGE)


# The first pattern that is found in the name decides.
_OPENAI: Final[tuple[tuple[re.Pattern[str], Formula], ...]] = (
    (
        re.compile(r"gpt-(?:6|5\.6)(?!\d)"),
        Patches(1.2, _THUMBNAIL, _HIGH, _NO_PATCH_LIMIT, _NO_PATCH_LIMIT),
    ),
    (re.compile(r"gpt-5\.5(?!\d)"), Patches(1.2, _THUMBNAIL, _HIGH, _ORIGINAL, _ORIGINAL)),
    (re.compile(r"gpt-5\.4(?!\d)"), Patches(1.2, _LARGE, _HIGH, _ORIGINAL, _HIGH)),
    (re.compile(r"gpt-5\.[23](?!\d)|gpt-5-mini"), _same(1.2)),
    (re.compile(r"gpt-5-nano"), _same(1.5)),
    (re.compile(r"gpt-4\.1-mini"), _same(1.62)),
    (re.compile(r"gpt-4\.1-nano"), _same(2.46)),
    (re.compile(r"(?:^|[/:.])o4-mini"), _same(1.72)),
    (re.compile(r"gpt-5(?:\.1)?(?![.\d]|-codex)"), Tiles(70, 140)),
    (re.compile(r"gpt-4o-mini"), Tiles(2833, 5667)),
    (re.compile(r"gpt-4o|gpt-4\.1|gpt-4-turbo"), Tiles(85, 170)),
    (re.compile(r"(?:^|[/:.])o[13](?![.\d])"), Tiles(75, 150)),
)
_CLAUDE: Final = re.compile(r"claude-(?:[a-z]{1,20}-)?(\d{1,2})(?:[-.](\d{1,2})(?!\d))?(?!\d)")
_GEMINI: Final = re.compile(r"gemini-2(?:\.\d)?(?![.\d])")


@lru_cache(maxsize=256)
def formula_for(model: str) -> Formula | None:
    """Return how `model` reads images, None if its rules are not known.

    Args:
        model: Its name, with or without a provider: "gpt-4o", "azure/gpt-5.4-2026-03-05",
            "bedrock/eu.anthropic.claude-opus-4-7-v1:0", "openrouter/google/gemini-2.5-pro".
    """
    name = model.lower()
    if "claude" in name:
        return Visual(_claude_limits(name))
    if _GEMINI.search(name):
        return Crops()
    return next((formula for pattern, formula in _OPENAI if pattern.search(name)), None)


def _claude_limits(name: str) -> Limits:
    """A Claude without a number is a new one, or one that is read as well as a new one."""
    version = _CLAUDE.search(name)
    if version and (int(version[1]), int(version[2] or 0)) < _FIRST_HIGH_RESOLUTION:
        return _STANDARD_RESOLUTION
    return _HIGH_RESOLUTION
