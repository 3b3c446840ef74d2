"""Says what a changed file is: code, a test, a document, or something nobody reads in a diff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from headroom_core.compressors._diff import fold as diff_fold
from headroom_core.compressors._diff.read import File

_LOCK = re.compile(
    r"(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|"
    r"Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|pixi\.lock|conda-lock\.yml|"
    r"go\.sum|go\.work\.sum|composer\.lock|Gemfile\.lock|mix\.lock|pubspec\.lock|flake\.lock|"
    r"Podfile\.lock|Package\.resolved|packages\.lock\.json|gradle\.lockfile|deno\.lock|"
    r"MODULE\.bazel\.lock|\.terraform\.lock\.hcl|Chart\.lock)$"
)
_GENERATED = re.compile(
    r"\.(?:min\.js|min\.css|bundle\.js|map|pb\.go|pb\.cc|pb\.h|g\.dart|designer\.cs)$|"
    r"_pb2(?:_grpc)?\.pyi?$|(?:^|/)(?:__generated__|generated|dist)/|\.generated\.\w{1,5}$"
)
_SNAPSHOT = re.compile(r"\.(?:snap|ambr|approved\.txt|golden)$|(?:^|/)__snapshots__/")
_VENDORED = re.compile(r"(?:^|/)(?:vendor|node_modules|third_party|third-party|bower_components)/")
_RULES: Final = (
    (_LOCK, "lock file"),
    (_SNAPSHOT, "snapshot"),
    (_GENERATED, "generated"),
    (_VENDORED, "vendored"),
)
_TEST = re.compile(
    r"(?:^|/)(?:tests?|spec|specs|__tests__|testdata|fixtures|e2e)/|"
    r"(?:^|/)(?:test_[^/]*|conftest\.py)$|[._-](?:test|tests|spec)\.\w{1,5}$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\.(?:md|rst|txt|adoc|html?|svg|po|csv)$|(?:^|/)(?:docs?|man)/|"
    r"(?:^|/)(?:CHANGELOG|CHANGES|NEWS|LICENSE|COPYING|README)[^/]*$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(r"(new|deleted) file mode|(?:rename|copy) (from [^\r]*)|new (mode \d+)")
_SETTING = re.compile(r"\.(?:json|ya?ml|toml|ini|cfg|lock|xml|conf|properties)$")


def noise_of(path: str, head: list[str]) -> str:
    """Return why the lines of a file are not worth their tokens, "" if they are.

    >>> noise_of("web/package-lock.json", [])
    'lock file'
    """
    bare = path.strip('"')
    for pattern, kind in _RULES:
        if pattern.search(bare):
            return kind
    return "deleted" if any(line.startswith("deleted file mode ") for line in head) else ""


def weight_of(path: str) -> float:
    """Return what a line of a file is worth to a reader: code before tests before documents."""
    bare = path.strip('"')
    if _DOCUMENT.search(bare):
        return 0.3
    if _TEST.search(bare):
        return 0.5
    return 0.6 if _SETTING.search(bare) else 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """A changed file, and what is said about it.

    Attributes:
        file: Its head and hunks.
        path: Where it is.
        label: The path, and what else happened to the file.
        noise: Why nobody reads its lines, "" if somebody does.
        weight: What a line of it is worth.
        added: How many lines it has won.
        removed: How many it has lost.
    """

    file: File
    path: str
    label: str
    noise: str
    weight: float
    added: int
    removed: int


def describe(file: File) -> Change:
    """Return what there is to say about a changed file."""
    path = diff_fold.path_of(file.head)
    happened = []
    for line in file.head:
        match = _HAPPENED.match(line)
        if match:
            happened.append(" ".join(filter(None, match.groups())))
        elif line.startswith("Binary files "):
            happened.append("binary")
    label = f"{path} ({', '.join(happened)})" if happened else path
    signs = [hunk.signs for hunk in file.hunks]
    added = sum(sign.count("+") for sign in signs)
    removed = sum(sign.count("-") for sign in signs)
    return Change(file, path, label, noise_of(path, file.head), weight_of(path), added, removed)
