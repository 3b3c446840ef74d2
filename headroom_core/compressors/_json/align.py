"""Records with their keys in one order: where something is left out, their own saves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from typing import Final

from headroom_core.compressors._json.value import Value

_CONTAINERS: Final = frozenset((dict, list))
_MAX_KEYS: Final = 400


def aligned(values: Sequence[Value]) -> list[Value]:
    """Return `values` with the keys of objects in one order, at every depth.

    >>> aligned([{"a": [], "b": []}, {"b": [], "a": []}])
    [{'a': [], 'b': []}, {'a': [], 'b': []}]
    """
    if _CONTAINERS.isdisjoint(map(type, values)):
        return list(values)
    records = [value for value in values if isinstance(value, dict)]
    lists = [value for value in values if isinstance(value, list)]
    objects = iter(_aligned_objects(records))
    flat = iter(aligned(list(chain.from_iterable(lists))))
    items = iter([list(islice(flat, len(each))) for each in lists])
    return [
        next(objects)
        if isinstance(value, dict)
        else next(items)
        if isinstance(value, list)
        else value
        for value in values
    ]


def _aligned_objects(records: Sequence[dict[str, Value]]) -> Sequence[dict[str, Value]]:
    if all(isinstance(value, dict) for record in records for value in record.values()):
        values = iter(aligned([value for record in records for value in record.values()]))
        return [{key: next(values) for key in record} for record in records]
    if len(shapes := set(map(tuple, records))) == 1:
        return _aligned_alike(records, *shapes)
    keys = _order(records)
    if len(records) > 1 and len(keys) > _MAX_KEYS:
        return records
    columns = {
        key: iter(aligned([record[key] for record in records if key in record])) for key in keys
    }
    return [{key: next(columns[key]) for key in keys if key in record} for record in records]


def _aligned_alike(
    records: Sequence[dict[str, Value]], keys: Sequence[str]
) -> Sequence[dict[str, Value]]:
    """Return records that have the same keys in the same order: only what is in them changes."""
    if len(records) > 1 and len(keys) > _MAX_KEYS:
        return records
    inner: dict[str, list[Value]] = {}
    for key in keys:
        column = [record[key] for record in records]
        if not _CONTAINERS.isdisjoint(map(type, column)):
            inner[key] = aligned(column)
    if not inner:
        return records
    changed = [dict(zip(inner, row, strict=True)) for row in zip(*inner.values(), strict=True)]
    return [record | change for record, change in zip(records, changed, strict=True)]


def _order(records: Sequence[dict[str, Value]]) -> Sequence[str]:
    """Return all keys, each behind the one that it follows where it is met first."""
    following: dict[str | None, str | None] = {None: None}
    for shape in dict.fromkeys(map(tuple, records)):
        previous: str | None = None
        for key in shape:
            if key not in following:
                following[key] = following[previous]
                following[previous] = key
            previous = key
    order: list[str] = []
    place = following[None]
    while place is not None:
        order.append(place)
        place = following[place]
    return order
