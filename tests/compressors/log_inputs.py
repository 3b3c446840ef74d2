"""Logs and helpers for the tests of the log compressor."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.log import LogCompressor
from headroom_core.envelope import find_envelopes

LOG = LogCompressor()
quick = hypothesis_settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

SERVICE = "\n".join(
    f"2024-03-0{1 + i // 400} 1{i // 100 % 10}:{i // 60 % 60:02d}:{i % 60:02d},{i * 37 % 1000:03d} "
    f"INFO pool-{i % 4} Served block blk_{i * 7919} of {i * 31 % 977} to /10.0.{i % 7}.{i % 251}"
    for i in range(800)
)
BUILD = "\n".join(
    [f"  CC       src/module_{i % 17}/part{i}.o" for i in range(200)]
    + ["src/a.c:12:5: error: 'x' undeclared (first use in this function)", "   12 |     x = 1;"]
    + ["make[2]: *** [Makefile:99: a.o] Error 1", "make: *** [all] Error 2"]
)


def unfold(text: str) -> str:
    """Return `text` with the log envelopes in it turned back."""
    parts, position = [], 0
    for envelope in find_envelopes(text):
        parts += [text[position : envelope.start], LOG.expand(envelope.body)]
        position = envelope.end
    return "".join(parts) + text[position:]


def unfold_own(rendered: str, text: str) -> str:
    return text if rendered == text else unfold(rendered)


PIECES = st.sampled_from(
    [
        "A|", "|", "||", "~", "^", ";", "*", "@", "&", "&1", "&0", "B|x|y", "3|", "5-9|", "|*@& 1",
        "[headroom log, 2 lines]", "[headroom log, 2 lines: x]", "[..20]", "[9x]", '"', "\\", "\t",
        "\r", "\x00", "\x01", "\x1b[0m", "\u2028", "\x85", "\ud800", "é", " ", "  ", "1", "22",
        "0x1f", "dead1", "cafe", "10.0.0.1", "12:30:45", "12:30:46", "2024-01-02 12:30:45",
        "Jan  2 03:04:05", "2005-06-03-15.42.50", "20171223-22:15:29", "$a", "^b", "~a",
        "b9000564-fe1a-409b-b8cc", "-req_0000111122223333", "é2222333344445555", "#", "-", "_",
        "INFO", "ERROR", "done", "user", "=", ":", "/", ",", "(", "blk_-12", "a" * 50, "7" * 30,
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=9).map("".join)


@st.composite
def logs(draw):
    """Lines made of hostile pieces; some of them over and over, some with other numbers."""
    lines = draw(st.lists(LINES, min_size=1, max_size=12))
    again = draw(st.lists(st.sampled_from(lines), max_size=40))
    shift = draw(st.integers(0, 9))
    changed = [re.sub(r"\d", lambda m: str((int(m[0]) + shift) % 10), line) for line in again]
    return "\n".join(lines + draw(st.permutations(again + changed)))
