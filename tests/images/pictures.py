"""Images of every kind, made here, and the parts of messages they stand in."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw

WIDE = (1700, 850)


@cache
def photo(size=WIDE, mode="RGB"):
    """Something with many colours that JPEG likes."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    noise = Image.effect_noise(size, 12)
    return Image.merge("RGB", (across, down, noise)).convert(mode)


@cache
def screen(size=WIDE, mode="RGB"):
    """Rows of small print in few colours, as on a screen."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for row in range(size[1] // 14):
        text = " ".join(str((row * 7919 + n * 104729) % 99991) for n in range(size[0] // 36))
        draw.text((8, 14 * row), text, fill=["black", "#0057b7", "#c00020"][row % 3])
    return image.convert(mode)


@cache
def clear(size=WIDE):
    """A disc on nothing."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    box = (size[0] // 4, size[1] // 4, 3 * size[0] // 4, 3 * size[1] // 4)
    ImageDraw.Draw(image).ellipse(box, fill=(200, 30, 60, 128))
    image.paste(photo((size[0] // 3, size[1] // 3)), (0, 0))
    return image


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def turned(image, orientation=6):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "where I live"
    return saved(image, "JPEG", exif=exif)


def film(kind):
    frames = [photo((900, 900)).rotate(90 * n) for n in range(3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def png_header(size):
    """A PNG that promises `size` and has no pixels."""
    start = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + start
    end = b"\0\0\0\0IEND\xaeB`\x82"
    crc = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + crc + end


def scanned_often():
    """A JPEG whose last scan comes two hundred times."""
    data = saved(photo(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + 200 * data[last:-2] + data[-2:]


def encoded(data):
    return base64.b64encode(data).decode()


def url(data, kind="png"):
    return f"data:image/{kind};base64,{encoded(data)}"


def opened(text):
    """Return the image in a data URL, or in base64 alone."""
    data = base64.b64decode(text.rpartition(",")[2])
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def chat_part(data, kind="png", **options):
    return {"type": "image_url", "image_url": {"url": url(data, kind), **options}}


def responses_part(data, kind="png", **options):
    return {"type": "input_image", "image_url": url(data, kind), **options}


def anthropic_part(data, kind="png"):
    source = {"type": "base64", "media_type": f"image/{kind}", "data": encoded(data)}
    return {"type": "image", "source": source}


def tool_result(*parts, call="call_1"):
    """A tool's answer in Anthropic's shape."""
    return {
        "role": "user",
        "content": [{"type": "tool_result", "tool_use_id": call, "content": list(parts)}],
    }


def tool_call(name, call="call_1"):
    use = {"type": "tool_use", "id": call, "name": name, "input": {}}
    return {"role": "assistant", "content": [use]}
