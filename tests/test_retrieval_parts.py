"""Rows, paths and records of structured originals."""

from __future__ import annotations

import json

import pytest

from headroom_core import Headroom, HeadroomError, Settings
from headroom_core.errors import PartError
from headroom_core.retrieval import answer, select

ITEMS = [{"id": i, "name": f"n{i}", "spec": {"cpu": i % 7, "tags": ["t", i]}} for i in range(40)]
DOC = {
    "meta": {"took": 3, "a.b": {"c d": 1}, "k8s.io/name": "é\n"},
    "data": {"items": ITEMS},
    "map": {f"key{i}": {"v": i} for i in range(9)},
    "numbers": [1.50, 2e3, -0, True],
}
PRETTY = json.dumps(DOC, indent=1)
MINIFIED = json.dumps(DOC, separators=(",", ":"))
LINES = "\n".join(map(json.dumps, ITEMS)) + "\n"
CSV = "id,note\r\n" + "".join(f'{i},"row ""{i}"",\nof many"\r\n' for i in range(1, 31))
TSV = "id\tname\n" + "".join(f"{i}\tn{i}\n" for i in range(1, 31))
MARKDOWN = "| id | name |\n|----|:----:|\n" + "".join(f"| {i} | n{i} |\n" for i in range(1, 31))
COLUMNS = "NAME    STATUS\n" + "".join(f"pod-{i:<3} Running\n" for i in range(1, 31))
MIXED = f"Exit code: 0\n\nThe result:\n{PRETTY}\nThat was all.\n"
LOG = "".join(f"[INFO] step {i}\n" for i in range(40))


def parts(found):
    texts, position = [], 0
    for start, end in found.offsets:
        texts.append(found.text[position : position + end - start])
        position += end - start + 1
    return texts


@pytest.mark.parametrize("text", [PRETTY, MINIFIED], ids=["pretty", "minified"])
@pytest.mark.parametrize(
    ("path", "rows", "expected"),
    [
        pytest.param("data.items[3].spec", "", [ITEMS[3]["spec"]], id="a path as we print it"),
        pytest.param("$.data.items[3].id", "", [3], id="a path of JSONPath"),
        pytest.param("$['data'][\"items\"][3]", "", [ITEMS[3]], id="keys in brackets"),
        pytest.param(".data.items[3]", "", [ITEMS[3]], id="a path of jq"),
        pytest.param("data.items.3", "", [ITEMS[3]], id="an index behind a dot"),
        pytest.param("/data/items/3/spec", "", [ITEMS[3]["spec"]], id="a JSON pointer"),
        pytest.param("/meta/k8s.io~1name", "", ["é\n"], id="a slash in a JSON pointer"),
        pytest.param("data.items[-1].id", "", [39], id="an index from the end"),
        pytest.param("data.items[*].id", "3-5", [2, 3, 4], id="one field of some rows"),
        pytest.param("data.items[].id", "2", [1], id="one field, as jq writes it"),
        pytest.param("data.items[1:3].id", "", [1, 2], id="a slice"),
        pytest.param("data.items.id", "40", [], id="rows of what is no list"),
        pytest.param('meta."a.b"."c d"', "", [1], id="quoted keys"),
        pytest.param("meta.a.b.c d", "", [1], id="keys with dots and no quotes"),
        pytest.param("meta.k8s.io/name", "", ["é\n"], id="a key with a slash"),
        pytest.param("map", "3", [{"v": 2}], id="an entry of an object"),
        pytest.param("data.items", "2,39-99", [ITEMS[1], *ITEMS[38:]], id="rows, clipped"),
        pytest.param("", "17, 3", [ITEMS[2], ITEMS[16]], id="rows of the longest list"),
        pytest.param("$", "2", [DOC["data"]], id="an entry of the document"),
        pytest.param("numbers", "", [DOC["numbers"]], id="numbers keep their spelling"),
    ],
)
def test_a_part_of_a_document(text, path, rows, expected):
    found = select("k", text, path=path, rows=rows)
    assert [json.loads(part) for part in parts(found)] == expected
    assert found.text == "\n".join(text[start:end] for start, end in found.offsets)


def test_a_field_of_all_rows_needs_no_star():
    found = select("k", PRETTY, path="data.items.spec.cpu")
    assert parts(found) == [str(i % 7) for i in range(40)]
    assert str(found).startswith("[data.items[0].spec.cpu, line 15] 0\n[data.items[1].spec.cpu,")


@pytest.mark.parametrize(
    ("text", "options", "shown"),
    [
        pytest.param(
            MINIFIED,
            {"path": "data.items[16].id"},
            "[data.items[16].id, line 1 of 1, characters 949-951]\n16",
            id="a part below its place",
        ),
        pytest.param(
            LINES, {"rows": "3"}, "[[2], row 3 of 40, line 3 of 41, characters ", id="JSON Lines"
        ),
        pytest.param(LINES, {"path": "[2].id"}, "[[2].id, line 3 of 41", id="in JSON Lines"),
        pytest.param(
            CSV,
            {"rows": "2-3"},
            '[header, line 1] id,note\n[rows 2-3 of 30, lines 4-7]\n2,"row ""2"",\nof many"\r\n3,"',
            id="CSV with line breaks in its cells",
        ),
        pytest.param(
            TSV,
            {"rows": "30"},
            "[header, line 1] id\tname\n[row 30 of 30, line 31] 30\tn30",
            id="TSV",
        ),
        pytest.param(
            MARKDOWN,
            {"rows": "1,3"},
            "[header, lines 1-2]\n| id | name |\n|----|:----:|\n[row 1 of 30, line 3] | 1 | n1 |\n"
            "[row 3 of 30, line 5] | 3 | n3 |",
            id="a Markdown table",
        ),
        pytest.param(
            COLUMNS,
            {"rows": "2"},
            "[header, line 1] NAME    STATUS\n[row 2 of 30, line 3] pod-2   Running",
            id="fixed columns",
        ),
        pytest.param(
            TSV,
            {"rows": "5-25", "query": "n17"},
            "[header, line 1] id\tname\n[row 17 of 30, line 18] 17\tn17",
            id="words among rows of a table",
        ),
        pytest.param(
            MIXED, {"path": "data.items[1].id"}, "[data.items[1].id, line 26", id="in text"
        ),
        pytest.param(PRETTY, {"query": "n17"}, "[data.items[17], row 18 of 40,", id="a record"),
        pytest.param(PRETTY, {"query": '"took": 3'}, "[meta, lines 2-8 of", id="an entry"),
        pytest.param(MINIFIED, {"query": "é\n"}, "[meta, line 1 of 1", id="words that are escaped"),
        pytest.param(LINES, {"query": "n17"}, "[[17], row 18 of 40, line 18", id="a JSON line"),
        pytest.param(
            MINIFIED,
            {"query": "where is n7 with cpu?", "path": "data.items", "rows": "5-10"},
            "[data.items[7], row 8 of 40, line 1 of 1",
            id="words among rows of a path",
        ),
        pytest.param(
            '{"x": {"rows": [{"id": 1}, {"id": 2}]}}',
            {"query": '"id": 2'},
            "[x.rows[1], row 2 of 2, line 1 of 1, characters 27-36]",
            id="a record of a short document",
        ),
        pytest.param(LOG, {"query": "step 7"}, "[lines 7-9 of 41, characters", id="no JSON at all"),
    ],
)
def test_what_a_model_is_shown(text, options, shown):
    assert str(select("k", text, **options)).startswith(shown)


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        pytest.param(
            PRETTY,
            {"path": "data.itms"},
            "[data has no itms; its keys: items]",
            id="a key that is not there",
        ),
        pytest.param(
            PRETTY,
            {"path": "zz[3].a"},
            "[the document has no zz; its keys: meta, data, map, numbers]",
            id="the nearest that there is",
        ),
        pytest.param(
            PRETTY,
            {"path": "data.items.nam"},
            "[data.items[0] has no nam; its keys: id, name, spec]",
            id="a key that no row has",
        ),
        pytest.param(
            PRETTY,
            {"path": "data.items[400]"},
            "[data.items has 40 rows; row 1 is data.items[0]]",
            id="an index too high",
        ),
        pytest.param(
            PRETTY, {"rows": "41"}, "[data.items has 40 rows; row 1 is data.items[0]]", id="a row"
        ),
        pytest.param(
            PRETTY,
            {"path": "meta", "rows": "9"},
            '[meta has 3 entries: took, "a.b", "k8s.',
            id="entry",
        ),
        pytest.param(
            PRETTY,
            {"path": "meta.took.x"},
            "[meta.took is 3: there is nothing in it]",
            id="inside a number",
        ),
        pytest.param(
            '[{"a": 1}, {"b": {"d": 2}}]',
            {"path": "b.c"},
            "[[1].b has no c; its keys: d]",
            id="where the path leads furthest",
        ),
        pytest.param(TSV, {"rows": "31"}, "[the table has 30 rows below its header]", id="a table"),
        pytest.param(
            LOG,
            {"rows": "3"},
            "[the original is neither JSON nor a table: ask with lines or query]",
            id="rows of a log",
        ),
        pytest.param(
            TSV,
            {"path": "a"},
            "[the original is no JSON: ask with lines, rows or query]",
            id="a path in a table",
        ),
        pytest.param(PRETTY, {"query": "zebra"}, "[nothing in the ", id="words that do not occur"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(text, options, said):
    found = select("k", text, **options)
    assert (found.text, found.ranges) == ("", ())
    assert str(found).startswith(said)


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        pytest.param({"path": "items[?(@.id==3)]"}, "path", id="a filter"),
        pytest.param({"path": "items["}, "path", id="a bracket that stays open"),
        pytest.param({"path": "a." * 300 + "a"}, "path", id="more steps than a document has"),
        pytest.param({"path": "$..name"}, "path", id="a search through all levels"),
        pytest.param({"rows": "last"}, "rows", id="a word"),
        pytest.param({"rows": "3;x"}, "rows", id="a number and a word"),
    ],
)
def test_what_cannot_be_read_raises_and_says_how_to_write_it(options, argument):
    with pytest.raises(PartError, match="write it like") as caught:
        select("k", PRETTY, **options)
    assert isinstance(caught.value, (HeadroomError, ValueError))
    assert caught.value.argument == argument


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        pytest.param({"rows": 3}, "[data.items[2], row 3 of 40", id="a number"),
        pytest.param({"rows": [3, 5]}, "[data.items[2], row 3 of 40", id="a list of numbers"),
        pytest.param({"rows": None, "path": None}, PRETTY[:9], id="nulls"),
        pytest.param({"rows": "", "path": "", "lines": ""}, PRETTY[:9], id="empty texts"),
        pytest.param({"rows": {"a": 1}, "path": False}, PRETTY[:9], id="wrong types"),
        pytest.param({"rows": "x"}, "rows='x' cannot be read: write it like", id="bad rows"),
    ],
)
def test_a_model_is_answered_whatever_it_writes(arguments, shown):
    def retrieve(key, **options):
        return select(key, PRETTY, options.pop("query"), options.pop("lines"), **options)

    assert answer({"hash": "0" * 24, **arguments}, retrieve).startswith(shown)


def test_a_kept_original_gives_its_rows_to_its_scope_alone():
    hr = Headroom(Settings(store_url="memory", mode="aggressive"))
    text = json.dumps([{"id": i, "name": f"n{i * 7919 % 1000}"} for i in range(900)])
    (marker,) = hr.compress([{"role": "tool", "content": text}], scope="mine").markers
    found = hr.retrieve(marker.key, rows="900", path="$", scope="mine")
    assert json.loads(found.text) == {"id": 899, "name": "n181"}
    asked = {"hash": marker.key, "path": "[899].id"}
    assert hr.answer(asked, scope="mine").endswith("\n899")
    assert "Nothing is kept" in hr.answer(asked, scope="theirs")


def test_a_search_says_how_much_more_there_is():
    text = json.dumps([{"id": i, "text": "same " * 150} for i in range(100)])
    found = select("k", text, "same")
    assert 9_000 < len(found.text) < 13_000
    assert str(found).endswith("\n[85 more match; ask for them with other words, rows or path]")


def test_a_long_text_in_json_is_searched_in_pieces():
    log = "".join(f"line {i} of the log\n" for i in range(9_000))
    found = select("k", json.dumps({"code": 0, "log": log}), "line 4321 ")
    assert "line 4321 of" in found.text
    assert len(found.text) < 1_000
    assert found.labels == ("log",)
