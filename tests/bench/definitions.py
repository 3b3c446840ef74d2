"""Measures whether a search still shows where things are defined.

``python -m tests.bench.definitions FOLDER... [--cases 72] [--lost]``: picks names that the source
files of a folder define once and use often, greps for each (plain, with context, below headings),
asks where it is defined, and checks that the defining line can be read with its path and number.
Asked once by the name and once by its words only ("the function that parses retry headers").
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headroom_core import expand
from headroom_core.compressors.search import SearchCompressor
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.bench.corpus import Needle
from tests.bench.needles import View

_KEYWORDS: Final = {
    "py": r"^[ \t]*(?:async )?(def|class) (\w+)",
    "js ts tsx jsx mjs": r"^[ \t]*(?:export )?(?:default )?(?:async )?(function|class|const) (\w+)",
    "go": r"^(func|type) (?:\([^)]*\) )?(\w+)",
    "rs": r"^[ \t]*(?:pub(?:\(\w+\))? )?(?:async )?(fn|struct|enum|trait|type|const) (\w+)",
    "java kt cs": r"^[ \t]*(?:(?:public|private|protected|static|final) )+(class|[\w<>]+) (\w+)\(",
    "c h cc cpp hpp": (
        r"^(# ?define|struct|(?:static )?(?:inline )?[A-Za-z_]\w+ ?\**) ?\b(\w+)"
        r"(?:\(| \{|$)(?!.*;)"
    ),
    "rb pl php lua sh": r"^[ \t]*(?:\w+ )*(def|class|sub|function|module) (?:self\.)?(\w+)",
}
_DEFINITIONS: Final = {
    f".{ending}": re.compile(pattern, re.MULTILINE)
    for endings, pattern in _KEYWORDS.items()
    for ending in endings.split()
}
_WORD = re.compile(r"\w+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ONE_OF_SEVERAL = re.compile(r"^(\d+(?:,\d+)+):(.*)$", re.MULTILINE)
_NO_NAMES: Final = frozenset({"inline", "size_t", "const", "static"})
_LEAST_USES: Final = 15
_MOST_USES: Final = 1500
_MIN_TOKENS: Final = 1000
_MAX_BYTES: Final = 400_000
_SHARE: Final = 0.16
_FORMS: Final = ("plain", "context", "headed")


@dataclass(frozen=True)
class Case:
    """A search and the line that it must still show.

    Attributes:
        name: What is searched.
        kind: What it is: "def", "class", ...
        form: How the results are laid out.
        text: The results.
        needle: The defining line.
    """

    name: str
    kind: str
    form: str
    text: str
    needle: Needle

    def questions(self) -> tuple[str, str]:
        """Return the question with the name and the one with its words."""
        kind = {"def": "function", "func": "function", "fn": "function"}.get(self.kind, self.kind)
        words = [part.lower() for part in _PART.findall(self.name)]
        return (
            f"Where is {self.name} defined, and how does it work?",
            f"Which {kind} is there for {' '.join([*words[:-1], words[-1] + 's'])}?",
        )


def cases(folder: Path, wanted: int) -> Iterator[Case]:
    """Yield searches for what the files of a folder define once, always the same."""
    places: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    uses: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        pattern = _DEFINITIONS.get(path.suffix)
        if pattern is None or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            continue
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r", "")
        uses.update(_WORD.findall(text))
        for match in pattern.finditer(text):
            number = text.count("\n", 0, match.start(2)) + 1
            line = text.split("\n")[number - 1].strip()
            places[match[2]].append((str(path.relative_to(folder)), number, line, match[1].strip()))
    names = [
        name
        for name, found in places.items()
        if len(found) == 1
        and name not in _NO_NAMES
        and _LEAST_USES <= uses[name] <= _MOST_USES
        and len(name) > 4
    ]
    names.sort(key=lambda name: hashlib.sha256(name.encode()).digest())
    made = 0
    for name in names:
        path, number, line, kind = places[name][0]
        form = _FORMS[made % len(_FORMS)]
        text = search(folder, name, form)
        if estimate(text) < _MIN_TOKENS or not text.count(f"{path}"):
            continue
        yield Case(name, kind, form, text, Needle("match", "grep", (line, str(number), path)))
        made += 1
        if made == wanted:
            return


def search(folder: Path, name: str, form: str) -> str:
    """Return what grep prints, for "headed" laid out as ripgrep does on a terminal."""
    options = ["-C2"] if form == "context" else []
    includes = [f"--include=*{ending}" for ending in _DEFINITIONS]
    command = ["grep", "-rnwI", *options, *includes, name, "."]
    found = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout
    text = re.sub(r"^\./", "", found.decode("utf-8", "replace"), flags=re.MULTILINE)
    if form != "headed":
        return text
    below: dict[str, list[str]] = {}
    for line in text.splitlines():
        path, _, rest = line.partition(":")
        below.setdefault(path, []).append(rest)
    return "\n\n".join("\n".join([path, *rows]) for path, rows in below.items()) + "\n"


def shown(case: Case, question: str, tokens: int) -> tuple[bool, int]:
    """Return whether the defining line can be read, and the tokens used."""
    block = Block(case.text, tool="bash", query=f"{question}\ngrep -rn {case.name} .")
    made = SearchCompressor().compress(block, Budget(tokens, estimate))
    text = _ONE_OF_SEVERAL.sub(_apart, made.text) if made.omitted else expand(made.text)
    return View(text).shows(case.needle), estimate(made.text)


def _apart(line: re.Match[str]) -> str:
    """Return one line for each number of a line that has several."""
    return "\n".join(f"{number}:{line[2]}" for number in line[1].split(","))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many defining lines are visible, by budget and question."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.definitions", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--cases", type=int, default=72)
    parser.add_argument("--lost", action="store_true", help="name what cannot be seen")
    chosen = parser.parse_args(arguments)
    share = -(-chosen.cases // len(chosen.folder))
    every = [case for folder in chosen.folder for case in cases(folder, share)]
    for label, base, rate in (("balanced", 300, 0.13), ("16 %", 0, _SHARE), ("5 %", 0, 0.05)):
        for index, asked in enumerate(("by name", "by its words")):
            visible, used, size = 0, 0, 0
            for case in every:
                question = case.questions()[index]
                before = estimate(case.text)
                seen, after = shown(case, question, base + int(rate * before))
                visible, used, size = visible + seen, used + after, size + before
                if chosen.lost and not seen:
                    print(f"  lost: {case.form} {before} {case.name}: {case.needle.strings}")
            print(f"{label:9} {asked:13} {visible} of {len(every)} visible, {used / size:.1%} kept")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
