"""Reads settings that stand in no section by what their names end in: all ports, all hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from headroom_core.compressors._config.kinds import Kind, column
from headroom_core.compressors._config.lines import Lines

_FEWEST: Final = 6
_MOSTLY: Final = 0.6
_NAME = re.compile(r"(?:export )?([A-Za-z_][\w.-]{1,200})\s{0,9}=\s{0,9}")


def flat_kinds(source: Lines, out: bytearray) -> Iterator[Kind]:
    """Yield the settings of each ending; nothing unless most lines are settings in no section."""
    told = [
        n for n, line in enumerate(source.text) if line.strip() and line.lstrip()[0] not in "#;"
    ]
    groups: dict[str, list[tuple[int, str, str]]] = {}
    known = 0
    for line in told:
        found = _NAME.match(source.text[line])
        if not found or source.parents[line] >= 0 or out[line]:
            continue
        known += 1
        ending = found[1].replace(".", "_").rpartition("_")[2]
        if ending.isalpha():
            value = source.text[line][found.end() :].rstrip()
            groups.setdefault(ending, []).append((line, found[1], value))
    if known < _MOSTLY * len(told):
        return
    for last, settings in groups.items():
        if len(settings) >= _FEWEST:
            lines, names, values = zip(*settings, strict=True)
            # As if all were the value of one key.
            said = column("", lines, [f": {value}" for value in values])
            yield Kind(-1, f"*{last}", lines, names, None, (said,), whole=True)
