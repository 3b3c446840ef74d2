"""Pillow makes images of every kind smaller, and leaves alone what it must not touch."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image, JpegImagePlugin

from headroom_core.images.scale import look, scaled
from tests.images import pictures

SMALL = (800, 400)


def after(data, size=SMALL):
    made = scaled(data, size)
    assert made is not None
    assert len(made) < len(data)
    image = Image.open(io.BytesIO(made))
    image.load()
    assert image.size == size
    return image


@pytest.mark.parametrize(
    ("data", "kind", "mode"),
    [
        pytest.param(pictures.saved(pictures.photo(), "PNG"), "PNG", "RGB", id="a photo as PNG"),
        pytest.param(
            pictures.saved(pictures.photo(mode="L"), "PNG"), "PNG", "L", id="shades of grey"
        ),
        pytest.param(
            pictures.saved(pictures.photo(mode="LA"), "PNG"), "PNG", "LA", id="grey and alpha"
        ),
        pytest.param(
            pictures.saved(pictures.screen(), "PNG"), "PNG", "P", id="a screen in few colours"
        ),
        pytest.param(pictures.saved(pictures.screen(mode="P"), "PNG"), "PNG", "P", id="a palette"),
        pytest.param(pictures.saved(pictures.clear(), "PNG"), "PNG", "RGBA", id="transparency"),
        pytest.param(
            pictures.saved(pictures.photo(), "JPEG", quality=95), "JPEG", "RGB", id="JPEG"
        ),
        pytest.param(
            pictures.saved(pictures.photo(mode="L"), "JPEG"), "JPEG", "L", id="JPEG in grey"
        ),
        pytest.param(
            pictures.saved(pictures.photo(), "JPEG", progressive=True),
            "JPEG",
            "RGB",
            id="progressive JPEG",
        ),
        pytest.param(
            pictures.saved(
                pictures.photo(), "MPO", save_all=True, append_images=[pictures.photo((99, 99))]
            ),
            "JPEG",
            "RGB",
            id="the first picture of a phone's JPEG",
        ),
        pytest.param(pictures.saved(pictures.photo(), "WEBP"), "WEBP", "RGB", id="WebP"),
        pytest.param(
            pictures.saved(pictures.clear(), "WEBP", lossless=True),
            "WEBP",
            "RGBA",
            id="WebP without loss",
        ),
    ],
)
def test_an_image_keeps_its_kind(data, kind, mode):
    assert look(data).reason == ""
    image = after(data)
    assert (image.format, image.mode) == (kind, mode)


def test_the_picture_is_the_same():
    """Seen to fail with a picture turned on its head, and with one made red."""
    for source in (pictures.photo(), pictures.screen(), pictures.clear()):
        image = after(pictures.saved(source, "PNG")).convert("RGBA")
        expected = source.convert("RGBA").resize(SMALL, Image.Resampling.BOX)
        for ours, theirs in zip(image.split(), expected.split(), strict=True):
            a, b = ours.resize((20, 10)).tobytes(), theirs.resize((20, 10)).tobytes()
            assert max(abs(x - y) for x, y in zip(a, b, strict=True)) <= 20


@pytest.mark.parametrize("transparency", [0, b"\x00\x80\xff"], ids=["one colour", "a table"])
def test_a_palette_keeps_what_is_transparent(transparency):
    image = pictures.photo().quantize(64)
    data = pictures.saved(image, "PNG", transparency=transparency)
    alpha = after(data).convert("RGBA").getchannel("A")
    assert alpha.getextrema()[0] < 20
    assert alpha.getextrema()[1] > 200


def test_a_turned_photo_stays_turned_and_tells_nothing_else():
    image = after(pictures.turned(pictures.photo()))
    assert dict(image.getexif()) == {0x0112: 6}


@pytest.mark.parametrize("quality", [30, 75, 98])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_jpeg_keeps_its_quality(quality, subsampling):
    data = pictures.saved(pictures.photo(), "JPEG", quality=quality, subsampling=subsampling)
    image = after(data)
    assert image.quantization == Image.open(io.BytesIO(data)).quantization
    assert JpegImagePlugin.get_sampling(image) == subsampling


def test_the_colour_profile_stays():
    profile = b"\0" * 128 + b"made up"
    for kind in ("PNG", "JPEG", "WEBP"):
        data = pictures.saved(pictures.photo(), kind, icc_profile=profile)
        assert after(data).info["icc_profile"] == profile


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(pictures.film("GIF"), "a GIF", id="a film as GIF"),
        pytest.param(pictures.film("PNG"), "animated", id="a film as PNG"),
        pytest.param(pictures.film("WEBP"), "animated", id="a film as WebP"),
        pytest.param(
            pictures.saved(pictures.photo(mode="CMYK"), "JPEG"),
            "colours of the kind CMYK",
            id="colours for print",
        ),
        pytest.param(
            pictures.saved(Image.new("I;16", (2000, 1000), 4000), "PNG"),
            "colours of the kind I;16",
            id="16 bits of grey",
        ),
        pytest.param(pictures.png_header((8000, 8000)), "too many pixels", id="64 megapixels"),
        pytest.param(pictures.png_header((65_000, 65_000)), "not a readable image", id="a bomb"),
        pytest.param(
            pictures.png_header((10_000, 10_000)), "not a readable image", id="a smaller bomb"
        ),
        pytest.param(pictures.scanned_often(), "too many scans", id="a JPEG that takes ages"),
        pytest.param(b"", "not a readable image", id="nothing"),
        pytest.param(b"<svg/>", "not a readable image", id="a drawing"),
        pytest.param(
            pictures.saved(pictures.photo(), "TIFF"), "not a readable image", id="another format"
        ),
        pytest.param(
            pictures.saved(pictures.photo(), "PNG")[:30], "not a readable image", id="a stump"
        ),
    ],
)
def test_what_is_left_alone(data, reason):
    assert look(data).reason == reason


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("damage", ["cut off", "zeros", "noise"])
def test_damaged_data_raises_nothing(kind, damage):
    data = pictures.saved(pictures.photo(), kind)
    half = len(data) // 2
    noise = bytes(n * n % 251 for n in range(half))
    data = data[:half] + {"cut off": b"", "zeros": bytes(half), "noise": noise}[damage]
    assert look(data).reason in ("", "not a readable image")
    made = scaled(data, SMALL)
    assert made is None or len(made) < len(data)
    if damage == "cut off":
        assert made is None


def test_an_image_that_would_grow_is_left_alone():
    flat = pictures.saved(Image.new("RGB", (2000, 1000), "navy"), "PNG", optimize=True)
    fax = pictures.saved(pictures.photo(mode="1"), "PNG")
    assert len(scaled(flat, SMALL) or flat) <= len(flat)
    assert scaled(fax, SMALL) is None


PROCESS = """
import hashlib
from headroom_core.images.scale import scaled
from tests.images import pictures
made = [scaled(pictures.saved(pictures.screen(), "PNG"), (800, 400))]
made += [scaled(pictures.saved(pictures.clear(), kind), (800, 400)) for kind in ("PNG", "WEBP")]
print(hashlib.sha256(b"".join(made)).hexdigest())
"""


def test_another_process_makes_the_same_bytes():
    runs = [
        subprocess.run([sys.executable, "-c", PROCESS], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
