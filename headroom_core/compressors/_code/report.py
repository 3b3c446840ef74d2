"""Says what was left out of source code, in the unit of the source."""

from __future__ import annotations

from collections.abc import Sequence

from headroom_core.compressors._code.skeleton import Skeleton


def told(skeletons: Sequence[Skeleton]) -> str:
    """Return what was left out of some files: "38 of 41 function bodies, 120 lines of comments"."""
    bodies = sum(skeleton.bodies for skeleton in skeletons)
    functions = sum(skeleton.functions for skeleton in skeletons)
    said = [f"{bodies:,} of {functions:,} function bodies"] if bodies else []
    counts: dict[str, int] = {}
    for skeleton in skeletons:
        for kind, lines in skeleton.lines.items():
            counts[kind] = counts.get(kind, 0) + lines
    comments = counts.get("comment", 0) + counts.get("doc", 0)
    for count, what in (
        (counts.get("unit", 0), "declarations"),
        (counts.get("data", 0), "long literals"),
        (comments, "comments"),
    ):
        if count:
            said.append(f"{count:,} lines of {what}")
    return ", ".join(said)
