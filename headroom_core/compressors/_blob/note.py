"""Says what a blob is: its kind, its size, its digest."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Final

from headroom_core.compressors._blob.find import Blob

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"BM", "BMP image"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x7fELF", "ELF binary"),
    (b"\x00asm", "WASM module"),
    (b"MZ", "Windows binary"),
    (b"\xca\xfe\xba\xbe", "Java class"),
    (b"wOFF", "WOFF font"),
    (b"wOF2", "WOFF2 font"),
    (b"\x00\x01\x00\x00", "TrueType font"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"SQLite format 3", "SQLite database"),
    (b"<svg", "SVG"),
    (b"<?xml", "XML"),
    (b'{"', "JSON"),
    (b"0\x82", "DER (x509)"),
)
_BREAKS: Final = dict.fromkeys(map(ord, " \t\r\n"))
_DUMPED = re.compile(r"[0-9a-f]{6,8}:? {1,9}+((?:[0-9a-f]{2,4} {1,2}){1,16}+)")
_START: Final = 128


def note(text: str, blob: Blob, left_out: int) -> str:
    """Return what to say in the place of `left_out` characters of a blob."""
    whole = text[blob.start : blob.end]
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    said = [
        f"{left_out:,} of {len(whole):,} characters left out",
        *_facts(whole, blob, is_token=text[blob.end : blob.end + 1] == "."),
    ]
    return f"[... {'; '.join(said)}; sha256 {digest} ...]"


def _facts(whole: str, blob: Blob, *, is_token: bool) -> list[str]:
    if blob.kind == "code":
        return [f"minified {blob.label}"]
    if blob.kind == "binary":
        return ["bytes read as text"]
    start, size = _decoded(whole, blob.kind)
    kind = blob.label or next((name for magic, name in _MAGIC if start.startswith(magic)), "")
    if is_token and whole.startswith("eyJ"):
        kind = "JSON Web Token"
    named = {"pem": "PEM", "dump": "hex dump"}.get(blob.kind, blob.kind)
    said = f"{named} of {kind}" if kind else named
    return [f"{said}, {size:,} bytes" if size else said]


def _decoded(whole: str, kind: str) -> tuple[bytes, int]:
    """Return the first bytes that `whole` stands for, and how many they are; 0 if unknown."""
    if kind == "dump":
        first = _DUMPED.match(whole)
        rows = whole.strip("\n").split("\n")
        digits = "".join(first[1].split()) if first else ""
        base = 8 if rows[1].replace(":", " ").split(maxsplit=1)[0].endswith("20") else 16
        return _unhex(digits), _offset(rows[-1], base) - _offset(rows[0], base)
    if kind == "pem":
        whole = whole.partition("-----\n")[2].rpartition("-----END")[0]
        whole = whole.rpartition("\n\n")[2] if ":" in whole else whole
    packed = whole.translate(_BREAKS)
    if kind == "hex":
        return _unhex(packed[:_START]), len(packed) // 2
    digits = packed.rstrip("=")
    try:
        start = base64.b64decode(digits[:_START].replace("-", "+").replace("_", "/"))
    except (binascii.Error, ValueError):
        start = b""
    return start, len(digits) * 3 // 4


def _unhex(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _offset(row: str, base: int) -> int:
    try:
        return int(row.replace(":", " ").split(maxsplit=1)[0], base)
    except (ValueError, IndexError):
        return 0
