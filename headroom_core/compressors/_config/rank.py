"""Orders the lines of a configuration: what is asked for and what is wrong before the rest."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat
from operator import sub
from typing import Final

from headroom_core.compressors._config.kinds import Kind
from headroom_core.compressors._config.lines import Lines, matching
from headroom_core.relevance import score_units

_NAMES: Final = frozenset(("name", "id", "kind", "title", "Name", "metadata.name", "namespace"))
_INHERITED: Final = 0.75
_NAMED: Final = 1.5
_DEPTH: Final = 0.2
_RARE: Final = 0.25
_ODD: Final = 0.6
_FACT: Final = 0.6
_HEAD: Final = -3.0
_NAME: Final = 3.0
_TOLD: Final = 2.5
_OLDER: Final = 0.05
_BESIDE: Final = 2.0
_FEW: Final = 16
_ASIDE: Final = ("#", ";", "", "\r")
_CLOSING: Final = ("}", "]", ")")
_SIGNS: Final = " -\t:="
_REPEATED: Final = 0.3
_AGAIN: Final = 0.2
_COMMENT: Final = 1.5
_WRONG: Final = 4.0
_PASSING: Final = 3.0
_NOTHING: Final = -9.0
_WORDS = re.compile(r"\w{2}")
_MOST_FAULTY: Final = 3.0
_MAX_AGAIN: Final = 1_000
_AGAIN_COSTS: Final = [_REPEATED * math.log(number) for number in range(1, _MAX_AGAIN + 1)]
_WORST = re.compile(
    r"\A[ \t]*+(?:- )?(?:phase: (?!Running|Succeeded|Active|Bound|Available)\w"
    r"|status: \"?(?:False|Unknown)|ready: false|restartCount: [1-9]|exitCode: [1-9]"
    r"|reason: \w|message: \S|Ready: ++False|Restart Count: ++[1-9]|Exit Code: ++[1-9]"
    r"|Reason: ++(?!Completed)\w|Message: ++\S|Status: ++(?!Running|Succeeded|Active|Bound)\w"
    r"|State: ++(?!Running)\w|Last State: ++\w|Warning  \S|Events: )"
    r"|\A(?:  # \S{1,200} (?:must be replaced|will be destroyed|is tainted)|Plan: \d|No changes\."
    r"|Changes to Outputs:|│ \s{0,9}\S|Error: |Apply complete|[^\n]{0,300}# forces replacement)"
)


_PROGRESS = re.compile(
    r"\A[\w.\[\]\"-]{1,300}+: (?:Refreshing state|Reading|Read complete|Still \w{4,9}ing"
    r"|(?:Creat|Modify|Destroy)ing|(?:Creation|Modifications|Destruction) complete)"
)
"""What Terraform says on its way."""


def score(source: Lines, query: str, found: Sequence[Kind], *, states: bool) -> list[float]:
    """Return how much each line is worth.

    Args:
        source: The lines.
        query: What is asked for.
        found: The stanzas of one kind.
        states: Whether the lines tell of the state of something, not only of what it should be.
    """
    own = score_units(source.text, query)
    parents = source.parents
    bearers, nearest = _bearers(source)
    wrong = matching(source, _WORST) if states else []
    _credit(source, own, bearers, wrong)
    plain = _plain_worth(source)
    if any(own):
        _add_asked(source, own, bearers, plain)
    depth = [*[0] * len(own), -1]  # the last one is that of what is below nothing
    for line, parent in enumerate(parents):
        depth[line] = depth[parent] + 1
    plain = [worth - _DEPTH * deep for worth, deep in zip(plain, depth, strict=False)]
    naming = {key for key in set(source.keys) if key.strip(_SIGNS) in _NAMES}
    for line, key in enumerate(source.keys if naming else ()):
        if key in naming and bearers[line] >= 0 and nearest[line] == bearers[line]:
            plain[line] += _NAME
    _add_odd(found, plain)
    if states:
        _add_told(source, plain)
        _add_wrong(source, plain, wrong)
        for line in matching(source, _PROGRESS):
            plain[line] -= _PASSING
    return plain


def _add_asked(
    source: Lines, about: list[float], bearers: Sequence[int], worth: list[float]
) -> None:
    """Raise what has to do with the question, and what is below it."""
    share = _shares(about, bearers)
    for line, parent in enumerate(source.parents):
        if parent >= 0:
            about[line] += _INHERITED * about[parent]
        if about[line]:
            worth[line] += about[line] * share.get(bearers[line], 1.0)


def _add_odd(found: Sequence[Kind], worth: list[float]) -> None:
    """Raise the values that few stanzas have; lower the names of stanzas, which gaps give."""
    for kind in found:
        for head in () if kind.is_flat else kind.heads:
            worth[head] = min(worth[head], _HEAD)
        for column in kind.columns:
            if column is kind.naming:
                continue
            for line, odd in zip(column.lines, column.odd, strict=True):
                if odd:
                    worth[line] += _FACT * odd


def _add_told(source: Lines, worth: list[float]) -> None:
    """Raise what `kubectl describe` tells of events and conditions: the newest events most."""
    for line, text in enumerate(source.text):
        if text.rstrip() in ("Events:", "Conditions:"):
            last = source.ends[line]
            for below in range(line, last):
                worth[below] += _TOLD - _OLDER * (last - below)


def _add_wrong(source: Lines, worth: list[float], wrong: Sequence[int]) -> None:
    """Raise what is wrong, and a little what stands beside it."""
    for line in wrong:
        worth[line] += _WRONG
        around = source.parents[line]
        if around >= 0 and source.ends[around] - around <= _FEW:
            for beside in range(around, source.ends[around]):
                worth[beside] += _BESIDE


def _shares(own: Sequence[float], bearers: Sequence[int]) -> dict[int, float]:
    """Return what a match counts in each item: of many that match the first ones count most."""
    best: dict[int, float] = {}
    if not any(own):
        return best
    for bearer, worth in zip(bearers, own, strict=True):
        if worth > best.get(bearer, 0.0) and bearer >= 0:
            best[bearer] = worth
    ranked = sorted(best, key=lambda bearer: (-best[bearer], bearer))
    return {bearer: 1 / (1 + _AGAIN * place) for place, bearer in enumerate(ranked)}


def _plain_worth(source: Lines) -> list[float]:
    """Return what lines are worth whatever is asked: rare keys, odd values; comments less."""
    of_key = Counter(source.keys)
    of_line = Counter(source.text)
    key_of = dict(zip(source.text, source.keys, strict=True))
    values = Counter(key_of.values())
    total = len(source.text)
    rare = {key: _RARE * math.log(1 + total / count) for key, count in of_key.items()}
    odd = {key: count for key, count in of_key.items() if values[key] * 3 <= count}
    worth: dict[str, float] = {}
    for line, key in key_of.items():
        first = line.lstrip(" \t")[:1]
        if first in _ASIDE:
            has_words = first in ("#", ";") and _WORDS.search(line)
            worth[line] = -_COMMENT if has_words else _NOTHING
        elif key in odd:
            worth[line] = rare[key] + _ODD * math.log(odd[key] / of_line[line])
        else:
            worth[line] = rare[key]
    again = {key: chain(_AGAIN_COSTS, repeat(_AGAIN_COSTS[-1])) for key in of_key}
    costs = map(next, map(again.__getitem__, source.keys))
    return list(map(sub, map(worth.__getitem__, source.text), costs))


def top(source: Lines) -> list[int]:
    """Return the lines with the outermost keys, sections and documents."""
    return [
        line
        for line, parent in enumerate(source.parents)
        if parent < 0 and source.text[line].strip() and source.text[line][0] not in "#;-])}"
    ]


def _bearers(source: Lines) -> tuple[list[int], list[int]]:
    """Return for each line the outermost and the innermost item or section it is in, or -1."""
    text = source.text
    # The last one is that of what is below nothing. Only items of lists, documents and what
    # closes a bracket have odd levels.
    outer = [-1] * (len(text) + 1)
    inner = [*outer]
    for line, (level, parent) in enumerate(zip(source.levels, source.parents, strict=True)):
        if (level & 1 and text[line].lstrip()[:1] not in _CLOSING) or (
            not level and text[line][:1] == "["
        ):
            above = outer[parent]
            outer[line] = above if above >= 0 else line
            inner[line] = line
        else:
            outer[line] = outer[parent]
            inner[line] = inner[parent]
    return outer[:-1], inner[:-1]


def _credit(source: Lines, own: list[float], bearers: Sequence[int], wrong: Sequence[int]) -> None:
    """Give what a name is worth, or a fault, to all of the item that has it."""
    credit: dict[int, float] = {}
    for line in wrong:
        credit[bearers[line]] = min(_MOST_FAULTY, credit.get(bearers[line], 0.0) + 1)
    for line, worth in enumerate(own if any(own) else ()):
        if worth > 0 and source.keys[line].strip(_SIGNS) in _NAMES:
            credit[bearers[line]] = max(credit.get(bearers[line], 0.0), _NAMED * worth)
    credit.pop(-1, None)
    for line, worth in credit.items():
        own[line] += worth
