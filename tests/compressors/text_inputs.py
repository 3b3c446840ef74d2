"""Documents and transcripts as people write and hold them, made up: inputs of case files."""

from __future__ import annotations

import json
from random import Random

_NOUNS = "tank valve meter filter pipe sensor hatch ladder gauge belt".split()
_VERBS = "check rinse replace tighten label measure empty paint".split()
_WHEN = ("every week", "once a year", "before winter", "after a storm", "on Mondays")
_ALARM = (
    "A red lamp means that the water is too high. Then do this:\n\n"
    "1. Close both hatches.\n2. Call 0171 5550."
)
_WHO = ("the caretaker", "a plumber", "two people", "the night shift")


def _sentences(random: Random, count: int) -> str:
    return " ".join(
        f"{random.choice(_WHO).capitalize()} should {random.choice(_VERBS)} the "
        f"{random.choice(_NOUNS)} {random.choice(_WHEN)}."
        for _ in range(count)
    )


def _guide() -> str:
    random = Random(4)
    log = json.dumps([{"day": i, "level": 40 + i * 7 % 9, "pump": "on"} for i in range(40)])
    code = "\n\n".join(
        f"def read_{noun}(port):\n    line = port.read({i})\n    if not line:\n"
        f"        raise IOError('{noun}')\n    return int(line)"
        for i, noun in enumerate(_NOUNS)
    )
    rows = "\n".join(
        f"| {n} {i} | {i * 3 + 2} | {_WHEN[i % 5]} |" for i, n in enumerate(_NOUNS * 3)
    )
    parts = [
        f"# The pump house\n\n{_sentences(random, 6)}",
        f"## Care\n\n{_sentences(random, 12)}\n\n- {_sentences(random, 1)}\n- Be quick.",
        f"## Alarms\n\n{_sentences(random, 8)} {_ALARM}\n\n{_sentences(random, 8)}",
        f"## Spare parts\n\n| part | shelf | order |\n|------|------:|-------|\n{rows}",
        f"## Readings\n\n{_sentences(random, 4)}\n\n```json\n{log}\n```",
        f"## Scripts\n\n```python\n{code}\n```",
        f"Costs\n-----\n\n{_sentences(random, 14)} The pump cost 4,100 euros in 2019.",
    ]
    return "\n\n".join(parts) + "\n"


def _meeting() -> str:
    random = Random(5)
    names = ("Ines Roth", "Tom", "Chair")
    said = [_sentences(random, random.randint(1, 3)) for _ in range(60)]
    said[31] = "Now the lamp at the gate. It has been dark since March."
    said[32] = "We could ask the town. They own it."
    said[33] = "Yes."
    said[34] = "Then I will write to them this week, and we will see."
    return "\n".join(f"{names[i % 3]}: {words}" for i, words in enumerate(said)) + "\n"


CASES = {
    "text/guide": (_guide(), "What do I do when the red lamp is on?"),
    "text/parts": (_guide(), "Which shelf has filter 13, and what does read_filter raise?"),
    "text/meeting": (_meeting(), "What was decided about the lamp at the gate?"),
}
