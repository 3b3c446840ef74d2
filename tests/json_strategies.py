"""Hostile JSON for round-trip tests: shared by a property test and by `tests.bench.fuzz`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.json_tree import Number, Pairs, Tree, read, write

Column: TypeAlias = list[Any]

_MISSING = object()
STRINGS = [
    *"@ # = * ~ ^ $ % & - + . , ; : | / \\ ' \" ` ! ? < > ( ) [ ] { } _ 0".split(),
    *"@1 @10 #4 #-1 <a> <> a..b 1..5 .. ... (x;y) (;) () [] {} a=b =a a= *a a* ** ~1 x3".split(),
    *"1 01 1.0 0.10 1e5 1E+5 -0 -1 +1 0x1 1_000 NaN Infinity null true false None".split(),
    *"@1,2 1;2 a;b a,b a:b a|b \\n \\u0041 \\ \\\\ \" \"a\" \"a b 'a' a\"b // /* ".split(),
    *"é ß \U0001d54f 日本 …".split(),
    "", " ", "  ", " a", "a ", "a b", "\n", "a\nb", "\na", "a\n", "\r", "\r\n", "\t", "a\tb",
    "\x0b", "\x00", "\x00a", "a\x00b", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff",
    "\ud800", "a\udfff",
    "[headroom json, 2 lines]", "[headroom json, 1 lines: x]\na", "\n[headroom log, 1 lines]\nb",
    "@1 3 rows: a,b", "@2 1 entries: a", "#4\n#5", "# 4", "a=1; b=2", "key=value", "1,2,3", "<<a>>",
    "a..b step 1", "0..9", "1..3 by 1", "* 3", "3*", "(a;b);(c;d)", "a" * 70, "word " * 12,
]  # fmt: skip
NUMBERS = (
    "0 1 -1 -0 7 10 42 1.0 1.00 0.1 0.10 -0.0 1e0 1E0 1e5 1E+5 1e-5 1.5e300 1e400 -1E-400 "
    "123456789012345678901234567890 -99999999999999999999 0.1234567890123456789 1000000 1.50 2.5"
).split()
_KEYS = [*"id name status at value msg meta tags url host x y z type count".split(), *STRINGS]
_PUNCTUATION = "@#=*~^$%&-+.,;:|/\\'\"`!?<>()[]{} \n\tab019é"
_TIMES = (
    "2024-02-30T00:00:00Z 2024-02-29T24:00:00Z 2016-12-31T23:59:60Z 0000-01-01T00:00:00Z "
    "2023-02-29T00:00:00Z 9999-12-31T23:59:59Z 2024-1-1T00:00:00Z 2024-01-01t00:00:00z 2024-01-01 "
    "2024-01-01T00:00Z 2024-01-01T00:00:00 2024-01-01T00:00:00.1Z 2024-01-01T00:00:00,5Z "
    "2024-01-01T00:00:00-00:00 2024-01-01T00:00:00+0530 2024-13-01T00:00:00Z 0001-01-01T00:00:00Z"
).split()


def spell(random: Random, tree: Tree) -> str:
    """Return a JSON text of a tree, or JSON Lines if it is a list of objects, spaced by chance."""
    comma, colon = random.choice([(",", ":"), (", ", ": "), (" ,\n ", " : ")])
    ascii_only = random.random() < 0.5
    if random.random() < 0.1 and _are_records(tree):
        return "\n".join(write(row, ascii_only=ascii_only) for row in tree)
    return write(tree, comma=comma, colon=colon, ascii_only=ascii_only)


def _are_records(tree: Tree) -> bool:
    if not isinstance(tree, list) or len(tree) < 3:
        return False
    return all(isinstance(row, Pairs) and row.items for row in tree)


def document(random: Random) -> Tree:
    """Return a document: records, alone or inside other things, maps, lists of values, anything."""
    kind = random.randrange(10)
    if kind < 5:
        return records(random)
    if kind == 5:
        return [random_value(random) for _ in range(random.randrange(12))]
    if kind == 6:
        return [cell for cell in _column(random, random.randrange(3, 40)) if cell is not _MISSING]
    if kind == 7:
        rows = records(random) * random.choice([1, 1, 3])
        return Pairs(tuple((f"{_key(random)}{i}", row) for i, row in enumerate(rows)))
    if kind == 8 and random.random() < 0.3:
        return _large(random)
    parts = [records(random) if random.random() < 0.6 else random_value(random) for _ in range(3)]
    if random.random() < 0.3:
        parts.append(parts[0])
    return _object(random, parts)


def _large(random: Random) -> Tree:
    """Return records that are nested deeply, have many columns, or many shapes."""
    kind, width = random.randrange(3), random.choice([40, 70, 450])
    if kind == 0:
        tree: Tree = records(random)
        for depth in range(random.randrange(8, 16)):
            tree = [tree] if depth % 2 else Pairs((("a", tree), ("b", Number("1"))))
        return tree
    if kind == 1:
        cells = {f"c{at}": _column(random, 5) for at in range(width)}
        rows = [[(key, found[row]) for key, found in cells.items()] for row in range(5)]
        return [Pairs(tuple(pair for pair in row if pair[1] is not _MISSING)) for row in rows]
    shapes = [_shape(random, 4, 0) for _ in range(width // 2)]
    return [random.choice(shapes)(random.randrange(4)) for _ in range(width)]


def records(random: Random) -> list[Tree]:
    """Return records that mostly share their keys."""
    count = random.choice([1, 3, 4, 6, 12, 24, 40])
    shapes = [_shape(random, count, 0) for _ in range(random.choice([1, 1, 1, 2, 3]))]
    return [
        random_value(random) if random.random() < 0.002 else random.choice(shapes)(row)
        for row in range(count)
    ]


def _shape(random: Random, count: int, depth: int) -> Callable[[int], Pairs]:
    """Return what makes the record of a row."""
    columns = {_key(random): _column(random, count, depth) for _ in range(random.randrange(1, 8))}
    if random.random() < 0.3 and columns:
        columns["derived"] = [
            f"https://h/{cell}" if isinstance(cell, str) else cell
            for cell in random.choice(list(columns.values()))
        ]
    shuffled = random.random() < 0.05
    extra = random.random() < 0.15

    def make(row: int) -> Pairs:
        pairs = [(key, cells[row]) for key, cells in columns.items() if cells[row] is not _MISSING]
        if shuffled:
            random.shuffle(pairs)
        if random.random() < 0.002:
            pairs += pairs[:1]
        if extra and random.random() < 0.2:
            rare = _key(random)
            if rare not in columns:
                pairs.insert(random.randrange(len(pairs) + 1), (rare, random_value(random)))
        return Pairs(tuple(pairs))

    return make


def _column(random: Random, count: int, depth: int = 0) -> Column:
    """Return the cells of one column."""
    if depth == 0 and random.random() < 0.25:
        return _nested(random, count)
    cells = random.choice(_COLUMNS)(random, count)
    if random.random() < 0.15:
        other = random.choice([_MISSING, None, "", Number("0"), Pairs(()), []])
        cells = [other if random.random() < 0.3 else cell for cell in cells]
    elif random.random() < 0.1:
        cells[random.randrange(count)] = random_value(random)
    return cells


def _nested(random: Random, count: int) -> Column:
    make = _shape(random, count, 1)
    if random.random() < 0.5:
        return [make(row) for row in range(count)]
    most = random.choice([1, 2, 4])
    return [
        [make(random.randrange(count)) for _ in range(random.randrange(most + 1))]
        for _ in range(count)
    ]


def _constant(random: Random, count: int) -> Column:
    return [random_value(random)] * count


def _few(random: Random, count: int) -> Column:
    values = [random_value(random, 1) for _ in range(random.randrange(2, 5))]
    cells = [random.choice(values) for _ in range(count)]
    return cells if random.random() < 0.5 else sorted(cells, key=repr)


def _sequence(random: Random, count: int) -> Column:
    start = random.choice([0, 1, -3, 9, 97, 995, 10**20])
    step = random.choice([0, 1, 1, 2, -1, 10, 1000])
    form = random.choice(["{}", "{}", "{:03d}", "a-{}", "{}/b", "x{}y", "{}.0", "0.{}"])
    texts = [form.format(start + step * row) for row in range(count)]
    if random.random() < 0.3:
        texts[random.randrange(count)] = str(random.randrange(100))
    numeric = all(_is_number(text) for text in texts) and random.random() < 0.7
    return [Number(text) if numeric else text for text in texts]


def _times(random: Random, count: int) -> Column:
    if random.random() < 0.1:
        return [random.choice(_TIMES) for _ in range(count)]
    start = datetime(2024, random.randrange(1, 13), 27, random.randrange(24), 58, 59)  # noqa: DTZ001
    step = random.choice([0, 1, 60, 3600, 86400, 0.001, 0.5, -1, 86400 * 31])
    form = random.choice(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y-%m-%dT%H:%M"])
    fraction = random.choice(["", "", ".%f", ".000", ".5"])
    zone = random.choice(["Z", "Z", "", "+00:00", "-00:00", "+05:30", "-0800", " UTC"])
    times = [start + timedelta(seconds=step * row) for row in range(count)]
    cells = [time.strftime(form + fraction + zone) for time in times]
    if fraction == ".%f" and random.random() < 0.5:
        cells = [time.strftime(form) + f".{time.microsecond // 1000:03d}{zone}" for time in times]
    if random.random() < 0.3:
        cells[random.randrange(count)] = random.choice(_TIMES)
    return cells


def _hostile(random: Random, count: int) -> Column:
    return [_string(random) for _ in range(count)]


def _numbers(random: Random, count: int) -> Column:
    if random.random() < 0.5:
        return [Number(random.choice(NUMBERS)) for _ in range(count)]
    digits = random.choice([0, 1, 2, 6])
    return [Number(f"{random.random() * 100:.{digits}f}") for _ in range(count)]


def _affixed(random: Random, count: int) -> Column:
    before, after = _string(random), _string(random)
    inner = [random.choice([str(row), _string(random), "ab"]) for row in range(count)]
    return [before + cell + after for cell in inner]


def _lists(random: Random, count: int) -> Column:
    values = [random_value(random, 2) for _ in range(4)]
    return [[random.choice(values) for _ in range(random.randrange(4))] for _ in range(count)]


def _hashes(random: Random, count: int) -> Column:
    return [f"{random.getrandbits(64):016x}" for _ in range(count)]


_COLUMNS: list[Callable[[Random, int], Column]] = [
    _constant, _few, _few, _sequence, _sequence, _times, _times, _hostile, _numbers,
    _numbers, _affixed, _lists, _hashes,
]  # fmt: skip


def random_value(random: Random, depth: int = 0) -> Tree:
    """Return any value, not nested deeply."""
    kind = random.randrange(12)
    if kind < 4:
        return _string(random)
    if kind < 7:
        return Number(random.choice(NUMBERS))
    if kind < 10 or depth > 1:
        return random.choice([None, True, False, "", Pairs(()), []])
    parts = [random_value(random, depth + 1) for _ in range(random.randrange(5))]
    return parts if kind == 10 else _object(random, parts)


def _string(random: Random) -> str:
    if random.random() < 0.7:
        return random.choice(STRINGS)
    return "".join(random.choice(_PUNCTUATION) for _ in range(random.randrange(1, 7)))


def _key(random: Random) -> str:
    key = random.choice(_KEYS) if random.random() < 0.6 else random.choice(_KEYS[:15])
    return f"{key}.{random.choice(_KEYS)}" if random.random() < 0.05 else key


def _object(random: Random, values: list[Tree]) -> Pairs:
    return Pairs(tuple({_key(random): value for value in values}.items()))


def _is_number(text: str) -> bool:
    try:
        return isinstance(read(text), Number)
    except ValueError:
        return False


documents = st.randoms(use_true_random=False).map(
    lambda random: spell(random, document(random))  # type: ignore[arg-type]
)
"""JSON texts, and JSON Lines, for property tests."""
