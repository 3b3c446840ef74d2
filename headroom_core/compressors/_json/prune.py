"""A JSON document cut down to what matters: records chosen, long strings shortened, all counted."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from headroom_core.compressors._json.cut import INSIDE, Cut, shortened
from headroom_core.compressors._json.ranked import Price, Ranked, correction, ranked
from headroom_core.compressors._json.sharing import rooms, trimmed_length
from headroom_core.compressors._json.summary import fitted
from headroom_core.compressors._json.table import Table
from headroom_core.compressors._json.value import Value, dump, dump_each, quote
from headroom_core.relevance import score_units, terms

_MIN_ROWS: Final = 3
_MANY_ENTRIES: Final = 40
_MIN_STRING: Final = 80
_MIN_CONTAINER: Final = 100
_MIN_WHOLE: Final = 50
_NAMED: Final = 8
_MAX_DEPTH: Final = 8


class Pruner:
    """Cuts one document, as often as it takes to find the right size."""

    def __init__(
        self,
        value: Value,
        tables: Mapping[int, Table],
        query: str,
        keep: re.Pattern[str] | None,
        price: Price,
    ) -> None:
        """Cut `value`.

        Args:
            value: The document.
            tables: Its tables, by the id of the list or object.
            query: The question.
            keep: What must survive.
            price: Returns how many characters of the document a text takes the tokens of.
        """
        self._value = value
        self._tables = tables
        self._query = query
        self._terms = terms(query)
        self._keep = keep
        self._price = price
        self._wants = False
        self._cut = Cut()
        self._only_much = False
        # By id: the document is not changed, and lives as long as its pruner.
        self._rankings: dict[int, Ranked] = {}
        self._sizes: dict[int, int] = {}
        self._scores: dict[int, list[float]] = {}
        self._spelled: dict[int, Sequence[str]] = {}
        self._trimmed: dict[int, Sequence[int]] = {}
        self._notable: dict[int, float] = {}

    def prune(self, room: float, *, only_much: bool = False) -> tuple[Value, Cut]:
        """Return the document in about `room` characters of JSON, and what that left out.

        Args:
            room: Characters.
            only_much: Leave out records that show little, even if there is room for them.
        """
        self._only_much = only_much
        self._wants = False
        self._cut = Cut()
        return self._prune(self._value, room, "", 0), self._cut

    @property
    def wants(self) -> bool:
        """Whether more room would have shown more."""
        return self._wants

    def _prune(self, value: Value, room: float, path: str, depth: int) -> Value:
        if not value or isinstance(value, bool | bytes):
            return value
        if depth and self._size(value) <= max(room, _MIN_WHOLE):
            return value
        if isinstance(value, str):
            return self._shorten(value, room)
        if (room < _MIN_CONTAINER or depth > _MAX_DEPTH) and not (
            self._keep and self._is_kept(dump(value))
        ):
            return self._stub(value, room)
        kinds = set(map(type, value if isinstance(value, list) else value.values()))
        if isinstance(value, list):
            if kinds == {dict} and len(value) >= _MIN_ROWS:
                return self._prune_rows(value, room, path, depth)
            return self._prune_items(value, room, path, depth)
        if len(value) > _MANY_ENTRIES:
            return self._prune_entries(value, room, path, depth)
        return self._prune_record(value, room, path, depth)

    def _prune_rows(self, rows: list[Value], room: float, path: str, depth: int) -> Value:
        """Cut a list of records: some of them, with their numbers."""
        made = self._rank(rows)
        if made.whole <= room:
            return rows
        summary, inner = self._summary(made, room, path)
        if INSIDE not in path:
            # What fits tells how dense it is, and that tells what fits.
            inner /= correction(rows, made, self._fitting(made, inner, inner), self._price)
        chosen, spaces = self._choose(made, inner)
        self._count("rows", path, len(chosen), len(rows), summary)
        numbered = len(chosen) < len(rows)
        found: list[Value] = []
        for row, space in zip(chosen, spaces, strict=True):
            record = self._prune(rows[row], space, path + INSIDE, depth + 1)
            if numbered and isinstance(record, dict) and "#" not in record:
                record = {"#": b"%d" % (row + 1), **record}
            found.append(record)
        return found

    def _prune_entries(self, value: dict[str, Value], room: float, path: str, depth: int) -> Value:
        """Cut an object whose keys are data: some of its entries."""
        keys, values = list(value), list(value.values())
        made = self._rank(value)
        if made.whole <= room:
            return value
        summary, inner = self._summary(made, room, path)
        chosen, spaces = self._choose(made, inner)
        self._count("entries", path, len(chosen), len(keys), summary)
        return {
            keys[row]: self._prune(values[row], space - len(keys[row]), path + INSIDE, depth + 1)
            for row, space in zip(chosen, spaces, strict=True)
        }

    def _prune_record(self, value: dict[str, Value], room: float, path: str, depth: int) -> Value:
        """Cut an object: its parts share the room, what the question names gets more."""
        keys = list(value)
        texts, scores = self._texts(value), self._score(value)
        best = max(scores, default=0.0)
        weights = [1.0 + (8.0 * score / best if best else 0.0) for score in scores]
        found: dict[str, Value] = {}
        spaces = rooms(list(map(len, texts)), self._trimmed_lengths(value), weights, room)
        for key, space in zip(keys, spaces, strict=True):
            inner = f"{path}.{key}" if path else key
            found[key] = self._prune(value[key], space - len(key) - 4, inner, depth + 1)
        return found

    def _prune_items(self, values: list[Value], room: float, path: str, depth: int) -> Value:
        """Cut a list of anything: the first, the last, and what the question names."""
        texts, scores = self._texts(values), self._score(values)
        best = max(scores, default=0.0)
        order = sorted(range(len(values)), key=lambda i: (scores[i] < best or not best, i))
        order.insert(1, len(values) - 1)
        kept = [index for index, text in enumerate(texts) if self._is_kept(text)]
        chosen: list[int] = []
        left = room
        for index in dict.fromkeys([*kept, *order]):
            left -= min(trimmed_length(texts[index]), max(room / 4, _MIN_STRING)) + 1
            if left < 0 and len(chosen) > len(kept):
                break
            chosen.append(index)
        chosen.sort()
        some = [texts[index] for index in chosen]
        trimmed = list(map(trimmed_length, some))
        spaces = rooms(list(map(len, some)), trimmed, [1.0] * len(chosen), room)
        found: list[Value] = []
        before = -1
        for index, space in zip(chosen, spaces, strict=True):
            if index > before + 1:
                found.append(f"…{index - before - 1} more…")
            found.append(self._prune(values[index], space, path + INSIDE, depth + 1))
            before = index
        if before < len(values) - 1:
            found.append(f"…{len(values) - 1 - before} more…")
        if len(chosen) < len(values):
            self._wants = True
            self._cut.add("items", len(chosen), len(values))
        return found

    def _shorten(self, text: str, room: float) -> str:
        size = int(max(room, _MIN_STRING)) - 16
        if size >= len(text) - 16 or self._is_kept(text):
            return text
        self._cut.strings += 1
        self._wants = True
        return shortened(text, size, self._asked_at(text))

    def _asked_at(self, text: str) -> int:
        """Return where the word of the question that tells most stands in `text`, -1 if none."""
        lower = text.lower()
        found = (lower.find(term) for term in sorted(self._terms, key=len, reverse=True))
        return next((at for at in found if at >= 0), -1)

    def _stub(self, value: list[Value] | dict[str, Value], room: float) -> str:
        unit = "entries" if isinstance(value, dict) else "items"
        self._cut.add(unit, 0, len(value))
        self._wants = True
        names = ""
        if isinstance(value, dict) and room > _MIN_WHOLE:
            names = ": " + ", ".join(islice(value, _NAMED))[:_MIN_WHOLE]
        return f"…{len(value)} {unit}{names}…"

    def _is_kept(self, text: str) -> bool:
        return self._keep is not None and self._keep.search(text) is not None

    def _summary(self, made: Ranked, room: float, path: str) -> tuple[list[str], float]:
        """Return what is true of all records, and the room that is left for some of them."""
        inner = room - min(made.header, room / 3)
        if INSIDE in path:
            return [], inner
        record = sum(made.costs) / len(made.costs)
        summary = fitted(made.lines(), self._price, room, record)
        return summary, inner - self._price("\n".join(summary))

    def _choose(self, made: Ranked, room: float) -> tuple[list[int], list[float]]:
        """Return the records that fit in `room`, in order, and the characters each may have."""
        limit = max(room / 4, 120.0)
        texts = made.texts
        rows = self._fitting(made, room, limit)
        density = sum(made.costs[row] for row in rows) / sum(made.trimmed[row] for row in rows)
        weights = [made.ranking.asked[row] for row in rows]
        lengths = [len(texts[row]) for row in rows]
        spaces = rooms(lengths, [made.trimmed[row] for row in rows], weights, room / density)
        for place, row in enumerate(rows):
            if made.costs[row] <= limit and made.trimmed[row] == len(texts[row]):
                spaces[place] = math.inf
        return rows, spaces

    def _fitting(self, made: Ranked, room: float, limit: float) -> list[int]:
        """Return the records that fit in `room` if none may take more than `limit`, in order."""
        chosen = {row for row, text in enumerate(made.texts) if self._is_kept(text)}
        left = room - sum(made.costs[row] for row in chosen)
        ranking = made.ranking
        more = ranking.more if self._only_much else [*ranking.more, *ranking.rest]
        for row in (*ranking.must, *more):
            if row in chosen:
                continue
            left -= min(made.costs[row], limit)
            if left < 0 and chosen:
                self._wants = True
                break
            chosen.add(row)
        return sorted(chosen)

    def _rank(self, value: list[Value] | dict[str, Value]) -> Ranked:
        if id(value) not in self._rankings:
            parts = value.values() if isinstance(value, dict) else value
            made = ranked(
                value,
                self._texts(value),
                self._tables.get(id(value)),
                self._query,
                self._score(value),
                [self._notable.get(id(part), 0.0) for part in parts],
            )
            self._notable.update(made.ranking.notable)
            self._rankings[id(value)] = made
        return self._rankings[id(value)]

    def _size(self, value: Value) -> int:
        """Return the length of `value` as JSON."""
        if isinstance(value, str):
            return len(value) + 2
        if id(value) not in self._sizes:
            self._sizes[id(value)] = len(dump(value))
        return self._sizes[id(value)]

    def _score(self, value: list[Value] | dict[str, Value]) -> list[float]:
        """Return how much each part of `value` has to do with the question."""
        if id(value) not in self._scores:
            texts = self._texts(value)
            joined = "\n".join(texts).lower()
            asked = any(term in joined for term in self._terms)
            self._scores[id(value)] = (
                score_units(texts, self._query) if asked else [0.0] * len(texts)
            )
        return self._scores[id(value)]

    def _texts(self, value: list[Value] | dict[str, Value]) -> Sequence[str]:
        """Return each part of `value` as JSON."""
        if id(value) not in self._spelled:
            parts = list(value.values() if isinstance(value, dict) else value)
            texts = dump_each(parts)
            self._sizes.update(zip(map(id, parts), map(len, texts), strict=True))
            if isinstance(value, dict):
                texts = [f"{quote(key)}:{text}" for key, text in zip(value, texts, strict=True)]
            self._spelled[id(value)] = texts
        return self._spelled[id(value)]

    def _trimmed_lengths(self, value: dict[str, Value]) -> Sequence[int]:
        """Return the lengths of `_texts` with long strings cut."""
        if id(value) not in self._trimmed:
            self._trimmed[id(value)] = list(map(trimmed_length, self._texts(value)))
        return self._trimmed[id(value)]

    def _count(self, unit: str, path: str, shown: int, total: int, summary: Sequence[str]) -> None:
        if shown < total:
            self._cut.add(unit, shown, total)
            self._cut.note(path, shown, total, summary)
