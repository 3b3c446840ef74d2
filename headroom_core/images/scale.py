"""Opens images and makes them smaller, with Pillow: the only module that imports it."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Final

import PIL
from PIL import (
    ExifTags,
    Image,
    JpegImagePlugin,
    WebPImagePlugin,  # noqa: F401  registers itself; the others are there
    features,
)

from headroom_core.images.formulas import Size

_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")  # JPEG finds MPO
_GREYS: Final = frozenset({"1", "L", "LA"})
_MODES: Final = _GREYS | {"P", "RGB", "RGBA"}
_MOST_PIXELS: Final = 50_000_000
"""Taking a larger image apart costs more memory than a request may."""

_QUALITY: Final = 90
_FEW_COLOURS: Final = 4096
_PALETTE: Final = 256
_MOST_SCANS: Final = 100
"""A progressive JPEG has a dozen; each takes as long as the whole image."""

_LIBRARIES: Final = ("libjpeg_turbo", "zlib", "zlib_ng", "webp")
_BROKEN: Final = (
    OSError,  # unknown formats and cut-off data among them
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first bytes of an image say.

    Attributes:
        size: Its size, (0, 0) if it is no image.
        reason: Why it must go as it is, "" if it may be scaled.
    """

    size: Size
    reason: str = ""


def basis() -> str:
    """Return what else decides the bytes that `scaled` makes: Pillow and the libraries in it."""
    parts = [f"{name} {features.version(name)}" for name in _LIBRARIES]
    return f"pillow {PIL.__version__} {' '.join(parts)}"


def look(data: bytes) -> Seen:
    """Return what kind of image `data` is, without taking it apart."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return Seen(image.size, _reason(image, data))
    except _BROKEN:
        return Seen((0, 0), "not a readable image")


def scaled(data: bytes, size: Size) -> bytes | None:
    """Return the image at another size, in its own format.

    None if it cannot be read to its end, or would not have fewer bytes. Keeps transparency, the
    colour profile and the orientation; drops all other metadata.

    Args:
        data: An image that `look` has no reason against.
        size: No larger than it is.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            made = _in_its_format(image, data, size)
    except _BROKEN:
        return None
    return made if len(made) < len(data) else None


def _reason(image: Image.Image, data: bytes) -> str:
    if image.width * image.height > _MOST_PIXELS:
        return "too many pixels"
    if image.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > _MOST_SCANS:
        return "too many scans"
    if image.format == "GIF":
        return "a GIF"
    if image.format != "MPO" and getattr(image, "is_animated", False):
        return "animated"
    if image.mode not in _MODES:
        return f"colours of the kind {image.mode}"
    return ""


def _in_its_format(image: Image.Image, data: bytes, size: Size) -> bytes:
    profile = image.info.get("icc_profile") or b""
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        exif = Image.Exif()
        if turned := image.getexif().get(ExifTags.Base.Orientation):
            exif[ExifTags.Base.Orientation] = turned
        tables, sampling = image.quantization, JpegImagePlugin.get_sampling(image)
        image.draft(image.mode, size)  # decodes no more of it than is needed
        options = {"qtables": tables, "subsampling": sampling}  # of the same quality
        return _saved(_resized(image, size), "JPEG", exif=exif, icc_profile=profile, **options)
    if image.format == "WEBP":
        lossless = b"VP8L" in data[:64]
        resized = _resized(image, size)
        return _saved(resized, "WEBP", lossless=lossless, quality=_QUALITY, icc_profile=profile)
    return _png(image, size, profile)


def _png(image: Image.Image, size: Size, profile: bytes) -> bytes:
    """A picture of text has few colours; with edges blurred into many it needs more bytes."""
    has_few_colours = image.getcolors(_FEW_COLOURS) is not None
    if not has_few_colours or image.mode in _GREYS:
        return _saved(_resized(image, size), "PNG", icc_profile=profile)
    # Without ringing around letters; the method is the one that knows transparency.
    resized = _resized(image, size, Image.Resampling.HAMMING)
    octree = Image.Quantize.FASTOCTREE
    palette = resized.quantize(_PALETTE, method=octree, dither=Image.Dither.NONE)
    return _saved(palette, "PNG", icc_profile=profile)


def _resized(
    image: Image.Image, size: Size, by: Image.Resampling = Image.Resampling.LANCZOS
) -> Image.Image:
    """Return the image at `size`, in colours that can be mixed."""
    if "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode in ("1", "P"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    return image.resize(size, by, reducing_gap=3.0)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
