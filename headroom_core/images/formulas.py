"""At what size a provider reads an image, and what it charges for it, by its published rules.

- Patches and Tiles: OpenAI, "Images and vision" (Model sizing behavior; Calculating costs).
- Visual: Anthropic, "Images and vision" (Resolution and token cost) and "Working with coordinates
  and bounding boxes" (How Claude resizes and pads images).
- Crops: Google, "Image understanding" (Token calculation).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

Size: TypeAlias = tuple[int, int]
"""Width and height in pixels."""


class Formula(Protocol):
    """How one family of models reads images. Never enlarges one."""

    def read_size(self, size: Size, detail: str, *, standard: bool) -> Size:
        """Return the size at which an image is read; `size` itself if it is small enough.

        Args:
            size: The image.
            detail: What the request says: "low", "high", "original", or "" and "auto" for nothing.
            standard: Give the provider's standard resolution where the model's own is higher and
                the request does not ask for it.
        """
        ...

    def tokens(self, size: Size, detail: str) -> int:
        """Return what an image of this size costs."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an image is read.

    Attributes:
        side: The longest side in pixels.
        patches: The most patches.
    """

    side: int
    patches: int


_PATCH: Final = 32


@dataclass(frozen=True, slots=True)
class Patches:
    """OpenAI's newer models: squares of 32 pixels, times a factor.

    Attributes:
        factor: Tokens per patch.
        low: Limits with `detail` "low".
        high: Limits with `detail` "high".
        original: Limits with `detail` "original".
        auto: Limits with any other `detail`.
    """

    factor: float
    low: Limits
    high: Limits
    original: Limits
    auto: Limits

    def read_size(self, size: Size, detail: str, *, standard: bool) -> Size:
        named: Mapping[str, Limits] = {
            "low": self.low,
            "high": self.high,
            "original": self.original,
        }
        limits = named.get(detail, self.high if standard else self.auto)
        width, height = _fitted(size, limits.side)
        if _squares((width, height), _PATCH) <= limits.patches:
            return width, height
        shrink = math.sqrt(_PATCH**2 * limits.patches / (width * height))
        across, down = width * shrink / _PATCH, height * shrink / _PATCH
        shrink *= min(math.floor(across) / across, math.floor(down) / down)
        return max(1, math.floor(width * shrink)), max(1, math.floor(height * shrink))

    def tokens(self, size: Size, detail: str) -> int:
        read = self.read_size(size, detail, standard=False)
        return math.ceil(round(_squares(read, _PATCH) * self.factor, 6))


_BOX: Final = 2048
_SHORT: Final = 768
_TILE: Final = 512


@dataclass(frozen=True, slots=True)
class Tiles:
    """OpenAI's older models: a fixed price, and one per square of 512 pixels.

    Attributes:
        base: Tokens of any image; all of it with `detail` "low".
        tile: Tokens per square.
    """

    base: int
    tile: int

    def read_size(self, size: Size, detail: str, *, standard: bool) -> Size:
        if detail == "low":  # "a 512 x 512 version": whether fitted or stretched is not said
            return _short_side(size, _TILE)
        return _short_side(_fitted(size, _BOX), _SHORT)

    def tokens(self, size: Size, detail: str) -> int:
        if detail == "low":
            return self.base
        return self.base + self.tile * _squares(self.read_size(size, "", standard=False), _TILE)


_VISUAL: Final = 28
_STANDARD: Final = Limits(1568, 1568)


@dataclass(frozen=True, slots=True)
class Visual:
    """Anthropic's models: squares of 28 pixels.

    Attributes:
        limits: How much of an image is read.
    """

    limits: Limits

    def read_size(self, size: Size, detail: str, *, standard: bool) -> Size:
        limits = (
            min(self.limits, _STANDARD, key=lambda limits: limits.side) if standard else self.limits
        )
        if _fits(size, limits):
            return size
        long, ratio = max(size), max(size) / min(size)

        def sized(edge: int) -> Size:
            short = max(1, round(edge / ratio))
            return (edge, short) if size[0] >= size[1] else (short, edge)

        # The largest edge that fits: sizes only grow with it.
        edge = bisect_left(range(1, long), True, key=lambda e: not _fits(sized(e), limits))
        return sized(max(1, edge))

    def tokens(self, size: Size, detail: str) -> int:
        return _squares(self.read_size(size, detail, standard=False), _VISUAL)


_CROP: Final = 768
_SMALL: Final = 384
_CROP_TOKENS: Final = 258


@dataclass(frozen=True, slots=True)
class Crops:
    """Gemini 2: crops of two thirds of the short side, read at 768 pixels each.

    So the price depends on the shape alone, and nothing above 1152 pixels is seen.
    """

    def read_size(self, size: Size, detail: str, *, standard: bool) -> Size:
        return _short_side(size, _CROP * 3 // 2)

    def tokens(self, size: Size, detail: str) -> int:
        if max(size) <= _SMALL:
            return _CROP_TOKENS
        return _CROP_TOKENS * _squares(size, max(1, math.floor(min(size) / 1.5)))


def _squares(size: Size, side: int) -> int:
    """Return how many squares cover an image."""
    return math.ceil(size[0] / side) * math.ceil(size[1] / side)


def _fits(size: Size, limits: Limits) -> bool:
    padded = math.ceil(max(size) / _VISUAL) * _VISUAL
    return padded <= limits.side and _squares(size, _VISUAL) <= limits.patches


def _fitted(size: Size, side: int) -> Size:
    """Return `size` with its long side no longer than `side`."""
    long = max(size)
    if long <= side:
        return size
    return max(1, round(size[0] * side / long)), max(1, round(size[1] * side / long))


def _short_side(size: Size, side: int) -> Size:
    """Return `size` with its short side no longer than `side`."""
    short = min(size)
    if short <= side:
        return size
    return size[0] * side // short, size[1] * side // short
