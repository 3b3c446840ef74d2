"""Measures how well lines are grouped by template: ``python -m tests.bench.templates FOLDER``.

The folder holds raw logs and their labels as loghub names them: ``X_2k.log`` beside either
``X_2k.log_structured.csv`` (one EventId per line) or ``X_2k.log_templates.csv`` (an EventTemplate
with ``<*>`` for each value; a line belongs to the one that fits its end with most text).
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headroom_core.compressors._log.groups import group
from headroom_core.compressors._log.templates import mask

_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Score:
    """How well lines were grouped; rates are 0 to 1.

    Attributes:
        accuracy: Lines whose group has the very lines that their label has.
        f1: Of the groups found against the labels: those with the very same lines.
        purity: Lines with the label that most of their group have.
    """

    accuracy: float
    f1: float
    purity: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each log of a folder, and the means."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.templates", description=__doc__)
    parser.add_argument("folder", type=Path)
    rows = []
    print(f"{'log':14}{'lines':>8}{'labels':>8}{'groups':>8}  accuracy    f1  purity  lines/s")
    for path in sorted(parser.parse_args(arguments).folder.glob("*.log")):
        text = path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        labels = read_labels(path, text.split("\n"))
        if labels:
            found, seconds = timed(find_groups, text)
            score = compare(labels, found)
            rows.append((score.accuracy, score.f1, score.purity, len(labels) / seconds))
            counts = f"{len(labels):8}{len(set(labels)):8}{len(set(found)):8}"
            print(f"{path.stem:14}{counts}{_written(rows[-1])}")
    if not rows:
        print("no log with labels in that folder", file=sys.stderr)
        return 2
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"{'mean':38}{_written(means)}")
    return 0


def find_groups(text: str) -> list[str]:
    """Return the group of each line of a log."""
    masks = mask(text).masks
    groups = group(masks)
    return [groups[masked] for masked in masks]


def timed(work: Callable[[str], list[str]], text: str) -> tuple[list[str], float]:
    """Return what `work` makes of `text`, and the processor seconds of the fastest of some runs."""
    seconds = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        made = work(text)
        seconds.append(time.process_time() - start)
    return made, min(seconds)


def compare(labels: Sequence[str], found: Sequence[str]) -> Score:
    """Compare the groups found with the labels, line by line."""
    pairs = Counter(zip(labels, found, strict=True))
    wanted, made = Counter(labels), Counter(found)
    exact = {
        (label, name): n for (label, name), n in pairs.items() if n == wanted[label] == made[name]
    }
    best: Counter[str] = Counter()
    for (_, name), count in pairs.items():
        best[name] = max(best[name], count)
    total = len(labels)
    f1 = 2 * len(exact) / (len(wanted) + len(made))
    return Score(sum(exact.values()) / total, f1, best.total() / total)


def read_labels(path: Path, lines: Sequence[str]) -> list[str]:
    """Return the label of each line, none if there are no labels beside the log."""
    structured = path.with_name(f"{path.name}_structured.csv")
    if structured.exists():
        labels = [row["EventId"] for row in _rows(structured)]
        return labels if len(labels) == len(lines) else []
    templates = path.with_name(f"{path.name}_templates.csv")
    return match_labels(lines, _rows(templates)) if templates.exists() else []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def match_labels(lines: Sequence[str], templates: Sequence[dict[str, str]]) -> list[str]:
    """Return the label of each line: the template with most text that fits its end."""
    known = []
    for row in sorted(templates, key=lambda row: -len(row["EventTemplate"].replace("<*>", ""))):
        pieces = [r"\s+".join(map(re.escape, p.split(" "))) for p in _cut(row["EventTemplate"])]
        known.append((re.compile(rf"(?:^|.*?[\s:\]|-]){'.*?'.join(pieces)}\s*$"), row["EventId"]))
    return [next((name for form, name in known if form.match(line)), "none") for line in lines]


def _cut(template: str) -> list[str]:
    return template.strip().split("<*>")


def _written(row: Sequence[float]) -> str:
    return f"{row[0]:10.3f}{row[1]:6.3f}{row[2]:8.3f}{row[3]:9,.0f}"


if __name__ == "__main__":
    sys.exit(main())
