"""Says what reads as the path of a file, and what paths have in common."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import takewhile
from typing import Final

_MAX_PATH: Final = 400
_IN_FOLDER = re.compile(
    r"(?:[A-Za-z]:)?[\w.@+~$(){}\[\]-]*+[/\\][^\x00-\x1f<>\"|*?:]*+(?<=[^\x00-\x20<>\"|*?:/\\])"
)
_NAME = re.compile(r"[\w.+-]++")
_LETTER = re.compile(r"[A-Za-z_]")
_SUFFIX = re.compile(r"[A-Za-z][\w+-]{0,11}")
_ALONE = re.compile(
    r"(?:GNUm|M|m)akefile|(?:Docker|Container|Jenkins|Vagrant|Gem|Rake|Proc|Just|Pip)file"
    r"|README|LICENSE|CHANGELOG|BUILD|WORKSPACE"
)
_ENDING = re.compile(r"[^/\\]\.([A-Za-z][\w+-]{0,11})\Z")
_NAMES: Final = ("akefile", "ockerfile", "README", "LICENSE", "CHANGELOG", "BUILD", "WORKSPACE")
_KNOWN: Final = frozenset(
    "adoc asm bash bat c cc cfg clj cljs cmake conf cpp cs css csv cxx dart el elm erl ex exs f90 "
    "fs go gradle graphql groovy h hcl hh hpp hrl hs htm html hxx ini ipynb java jl js json jsx kt "
    "kts less lisp lock log lua m md mjs ml mm nix pas patch php pl pm proto ps1 py pyi pyx r rb "
    "rs rst s sass scala scss sh sol sql svelte swift tex tf toml ts tsx txt v vb vim vue xml yaml "
    "yml zig zsh".split()
)


def is_path(text: str) -> bool:
    """Return whether `text` looks like the path of a file; dates, times and words do not."""
    if len(text) > _MAX_PATH:
        return False
    if _IN_FOLDER.fullmatch(text) or _ALONE.fullmatch(text):
        return True
    stem, _, suffix = text.rpartition(".")
    return (
        _NAME.fullmatch(stem) is not None
        and _SUFFIX.fullmatch(suffix) is not None
        and _LETTER.search(stem.rpartition(".")[2]) is not None
    )


def is_sure(path: str) -> bool:
    """Return whether `path` has a folder and an ending; no host, logger or image is called so."""
    ending = _ENDING.search(path[-20:])
    if ending is None:
        return path.endswith(_NAMES)
    return "/" in path or "\\" in path or ending[1].lower() in _KNOWN


def separator(paths: Collection[str]) -> str:
    r"""Return what stands between folders in `paths`: "/", or "\\" if there is no "/" at all."""
    if any("/" in path for path in paths) or not any("\\" in path for path in paths):
        return "/"
    return "\\"


def common_root(paths: Collection[str], between: str = "/") -> str:
    """Return the folder that all `paths` are in, with what ends it, or ""."""
    low, high = min(paths, default=""), max(paths, default="")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return low[: low.rfind(between, 0, sum(1 for _ in alike)) + 1]
