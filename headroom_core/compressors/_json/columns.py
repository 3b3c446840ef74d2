"""Records as columns: nested objects become dotted columns, and the order of keys is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final, TypeGuard

from headroom_core.compressors._json.cells import MISSING, Field, Missing, name
from headroom_core.compressors._json.value import Value

MAX_COLUMNS: Final = 400
_MAX_DEPTH: Final = 8
_BLOCK: Final = 512
_OBJECTS: Final = frozenset((dict, Missing))


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        path: The keys that lead to it, as a header spells them.
        fields: Its value in every row.
        remark: What the header says behind the path.
        kinds: The types of its values.
    """

    path: str
    fields: Sequence[Field]
    remark: str = ""
    kinds: frozenset[type] = frozenset()

    def __post_init__(self) -> None:
        if not self.kinds:
            object.__setattr__(self, "kinds", frozenset(map(type, self.fields)))

    @property
    def is_plain(self) -> bool:
        """Whether all its values are strings, or all are numbers."""
        return self.kinds == {str} or self.kinds == {bytes}

    @property
    def missing(self) -> int:
        """The number of rows without a value."""
        return self.fields.count(MISSING) if Missing in self.kinds else 0


def columns_of(records: Sequence[dict[str, Value]]) -> list[Column] | None:
    """Return the columns of `records`, or None if their keys are too many.

    The columns stand in the order of the keys. Where no order holds in every record, a column
    "@order(...)" is added: between its brackets the other orders that occur, as numbers of
    columns; in its cells the number of the order of that row, from 1, or nothing.
    """
    found: list[Column] = []
    orderly = _collect(records, range(len(records)), len(records), "", found)
    if orderly is None or len(found) > MAX_COLUMNS:
        return None
    return found if orderly else [*found, _orders(records, found)]


def _key_order(records: Sequence[dict[str, Value]]) -> tuple[list[str], bool] | None:
    """Return all keys in one order, and whether it holds in every record; None for too many."""
    shapes = list(dict.fromkeys(map(tuple, records)))
    # Each key leads to the next, None to the first: inserting into a list takes too long.
    following: dict[str | None, str | None] = {}
    for shape in shapes:
        previous: str | None = None
        for key in shape:
            if key not in following:
                following[key] = following.get(previous)
                following[previous] = key
            previous = key
        if len(following) > MAX_COLUMNS:
            return None
    place: dict[str, int] = {}
    following_key = following.get(None)
    while following_key is not None:
        place[following_key] = len(place)
        following_key = following[following_key]
    return list(place), all(_rises([place[key] for key in shape]) for shape in shapes)


def _rises(places: Sequence[int]) -> bool:
    return all(map(int.__lt__, places, places[1:]))


def _orders(records: Sequence[dict[str, Value]], columns: Sequence[Column]) -> Column:
    """Return the column that says in which order each record has its keys."""
    place = {column.path: index for index, column in enumerate(columns)}
    flat = not any("." in column.path for column in columns)
    known: dict[tuple[str, ...], tuple[int, ...]] = {}
    codes: dict[tuple[int, ...], bytes] = {}
    fields: list[Field] = []
    for record in records:
        shape = tuple(record)
        order = known.get(shape)
        if order is None:
            order = tuple(_leaves(record, "", place))
            if flat:
                known[shape] = order
        if _rises(order):
            fields.append(MISSING)
        else:
            fields.append(codes.setdefault(order, b"%d" % (len(codes) + 1)))
    listed = "/".join(" ".join(map(str, order)) for order in codes)
    return Column("@order", fields, f"({listed})")


def _leaves(record: dict[str, Value], prefix: str, place: dict[str, int]) -> Iterator[int]:
    for key, value in record.items():
        path = prefix + name(key)
        if path in place:
            yield place[path]
        elif isinstance(value, dict):
            yield from _leaves(value, path + ".", place)


def all_records(fields: Sequence[Field]) -> TypeGuard[Sequence[dict[str, Value]]]:
    """Return whether all of `fields` are objects."""
    return set(map(type, fields)) == {dict}


def _collect(
    records: Sequence[dict[str, Value]],
    rows: Sequence[int],
    count: int,
    prefix: str,
    found: list[Column],
) -> bool | None:
    """Add the columns of `records`, which stand in `rows` of `count` rows, to `found`.

    Returns:
        Whether they stand in the order of the keys of every record; None for too many.
    """
    columns = _by_key(records)
    if columns is None or len(found) + len(columns[0]) > MAX_COLUMNS:
        return None
    values, orderly = columns
    for key, fields in values.items():
        path = prefix + name(key)
        kinds = frozenset(map(type, fields))
        if kinds <= _OBJECTS and prefix.count(".") < _MAX_DEPTH:
            inner, where = _present(fields, rows)
            before = len(found)
            ordered = None
            if _is_uniform(inner, count):
                ordered = _collect(inner, where, count, path + ".", found)
            if ordered is not None:
                orderly = orderly and ordered
                continue
            del found[before:]
        if len(fields) == count:
            found.append(Column(path, fields, "", kinds))
        else:
            found.append(Column(path, _spread(fields, rows, count)))
    return orderly


def _by_key(records: Sequence[dict[str, Value]]) -> tuple[dict[str, list[Field]], bool] | None:
    """Return the values of each key, and whether every record has its keys in this order.

    None for too many keys.
    """
    if (alike := _alike(records)) is not None:
        return alike, True
    keys = _key_order(records)
    if keys is None:
        return None
    order, orderly = keys
    missing = repeat(MISSING)
    return {key: list(map(dict.get, records, repeat(key), missing)) for key in order}, orderly


def _alike(records: Sequence[dict[str, Value]]) -> dict[str, list[Field]] | None:
    """Return the values of each key of records that have the same keys in the same order."""
    keys = tuple(records[0]) if records else ()
    columns: dict[str, list[Field]] = {key: [] for key in keys}
    # Records that were just looked at are still in the cache of the processor.
    for start in range(0, len(records), _BLOCK):
        block = records[start : start + _BLOCK]
        if set(map(tuple, block)) != {keys}:
            return None
        fields = list(chain.from_iterable(map(dict.values, block)))
        for at, key in enumerate(keys):
            columns[key] += fields[at :: len(keys)]
    return columns


def _present(
    fields: Sequence[Field], rows: Sequence[int]
) -> tuple[Sequence[dict[str, Value]], Sequence[int]]:
    """Return the objects among `fields`, the others of which are missing, and their rows."""
    if all_records(fields):
        return fields, rows
    pairs = [(f, row) for f, row in zip(fields, rows, strict=True) if isinstance(f, dict)]
    return [f for f, _ in pairs], [row for _, row in pairs]


def _is_uniform(records: Sequence[dict[str, Value]], count: int) -> bool:
    """Return whether the keys of `records` are columns rather than data."""
    entries = sum(map(len, records))
    if 2 * len(records) < count or not all(records):
        return False
    keys = len(set(chain.from_iterable(records)))
    return 2 * entries >= keys * len(records)


def _spread(fields: Sequence[Field], rows: Sequence[int], count: int) -> Sequence[Field]:
    spread: list[Field] = [MISSING] * count
    for row, field in zip(rows, fields, strict=True):
        spread[row] = field
    return spread
