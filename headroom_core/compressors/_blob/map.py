"""Source maps: which files they are of; the mappings are numbers for machines."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from headroom_core.types import Budget

_START = re.compile(r"\s*\{")
_LOOK_AT: Final = 4_000
_MAX_LIST: Final = 400


def looks_like_map(text: str) -> bool:
    """Return whether `text` begins and ends as a source map does."""
    start, end = text[:_LOOK_AT], text[-_LOOK_AT:]
    both = start + end
    return (
        _START.match(start) is not None
        and end.rstrip()[-1:] == "}"
        and '"version"' in both
        and '"mappings"' in text
        and '"sources"' in both
    )


def render(text: str, budget: Budget) -> tuple[str, str] | None:
    """Return what a source map says about files, and what is left out; None if it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("sources"), list):
        return None
    if not isinstance(value.get("mappings"), str):
        return None
    kept: dict[str, Any] = {}
    left = 0
    for key, item in value.items():
        if key in ("mappings", "sourcesContent", "names"):
            size = len(item) if isinstance(item, str | list) else 0
            unit = "characters" if isinstance(item, str) else "entries"
            kept[key] = f"[... {size:,} {unit} left out ...]"
            left += 1
        else:
            kept[key] = item
    page = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    sources = value["sources"]
    while budget.tokens is not None and budget.count(page) > budget.tokens and len(sources) > 4:
        sources = sources[: len(sources) // 2]
        more = len(value["sources"]) - len(sources)
        kept["sources"] = [*sources, f"[... {more:,} more ...]"]
        page = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return page, f"{len(text) - len(page):,} of {len(text):,} characters"
