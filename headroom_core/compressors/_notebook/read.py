"""Reads a notebook: its cells in order, with what they printed."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

TEXTS: Final = ("stdout", "stderr", "result", "error")
"""The kinds of outputs that are text."""


class Output(NamedTuple):
    """What a cell printed or showed.

    Attributes:
        kind: "stdout", "stderr", "result", "error", or the MIME type of what is no text.
        text: The text; of what is no text, its characters.
    """

    kind: str
    text: str


class Cell(NamedTuple):
    """A cell.

    Attributes:
        kind: "code", "markdown" or "raw".
        run: Number of its run, "" if it has none.
        source: Its text.
        outputs: What it printed.
    """

    kind: str
    run: str
    source: str
    outputs: list[Output]


class Notebook(NamedTuple):
    """A notebook.

    Attributes:
        language: Of its code, "" if it says none.
        cells: In order.
    """

    language: str
    cells: list[Cell]


def read(text: str) -> Notebook | None:
    """Return the notebook, None if `text` is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("nbformat"), int):
        return None
    cells = value.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return None
    return Notebook(_language(value.get("metadata")), list(map(_cell, cells)))


def _language(metadata: Any) -> str:
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        found = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(found, dict) and isinstance(found.get(name), str):
            return str(found[name]).partition("\n")[0][:30]
    return ""


def _cell(value: dict[str, Any]) -> Cell:
    outputs = value.get("outputs")
    listed = outputs if isinstance(outputs, list) else []
    run = value.get("execution_count")
    return Cell(
        str(value.get("cell_type", ""))[:20].partition("\n")[0],
        str(run) if isinstance(run, int) else "",
        _text(value.get("source")),
        [found for output in listed if isinstance(output, dict) for found in _outputs(output)],
    )


def _outputs(output: dict[str, Any]) -> list[Output]:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return [Output(name, _text(output.get("text")))]
    if kind == "error":
        lines = _text(output.get("traceback")) or f"{output.get('ename')}: {output.get('evalue')}"
        return [Output("error", _plain(lines))]
    data = output.get("data")
    if not isinstance(data, dict):
        return []
    plain = _text(data.get("text/plain"))
    pictures = [
        Output(str(mime)[:60], _text(item))
        for mime, item in data.items()
        if str(mime).startswith(("image/", "video/", "audio/", "application/"))
    ]
    if plain and not (pictures and plain.startswith("<")):
        pictures.insert(0, Output("result", plain))
    elif not plain and not pictures:
        pictures = [Output(str(mime)[:60], _text(item)) for mime, item in data.items()]
    return pictures


def _text(value: Any) -> str:
    if isinstance(value, list):
        parts = [part for part in value if isinstance(part, str)]
        ends = any(part.endswith("\n") for part in parts[:-1])
        return ("" if ends or len(parts) < 2 else "\n" * _is_traceback(parts)).join(parts)
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _is_traceback(parts: list[str]) -> bool:
    return any("\x1b[" in part for part in parts)


def _plain(text: str) -> str:
    """Return `text` without the colours of a terminal."""
    pieces = text.split("\x1b[")
    return pieces[0] + "".join(piece.partition("m")[2] for piece in pieces[1:])
