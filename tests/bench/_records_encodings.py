"""Other ways to write an array of records, to measure ours against."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

Rows = Sequence[Mapping[str, Any]]


def plain(rows: Rows) -> str:
    """Return what most tools send: `json.dumps` with its defaults."""
    return json.dumps(rows)


def minified(rows: Rows) -> str:
    """Return JSON without a space to spare, and no escapes beyond ASCII."""
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def comma_separated(rows: Rows) -> str:
    """Return CSV with a dotted column per nested key. Types, null and missing are lost."""
    columns, flat = _flattened(rows)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in flat)
    return file.getvalue()


def markdown(rows: Rows) -> str:
    """Return a markdown table with the same columns and the same losses as the CSV."""
    columns, flat = _flattened(rows)
    lines = [columns, ["---"] * len(columns)]
    lines += [[row.get(column, "") for column in columns] for row in flat]
    return "\n".join(f"| {' | '.join(map(_on_one_line, line))} |" for line in lines)


def toon() -> Callable[[Rows], str] | None:
    """Return the encoder of TOON, None if ``toon-format`` is not installed.

    It changes the spelling of numbers (1.0 becomes 1).
    """
    try:
        encode: Callable[[Rows], str] = importlib.import_module("toon_format").encode
    except ImportError:
        return None
    return encode


ENCODINGS: Final[Mapping[str, Callable[[Rows], str]]] = {
    "json.dumps": plain,
    "minified": minified,
    "CSV": comma_separated,
    "markdown": markdown,
}


def _flattened(rows: Rows) -> tuple[list[str], list[dict[str, str]]]:
    flat = [dict(_cells("", row)) for row in rows]
    return list(dict.fromkeys(column for row in flat for column in row)), flat


def _cells(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _cells(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, str):
        yield path, value
    else:
        yield path, "" if value is None else minified(value)


def _on_one_line(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", "<br>")
