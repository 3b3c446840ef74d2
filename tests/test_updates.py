"""Records that were sent before in an earlier state, and notes that were."""

from __future__ import annotations

import json

import pytest

from headroom_core import expand
from tests.talks import sent, talk

ORDER = {
    "id": "A7",
    "customer": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London"},
    "items": [{"sku": f"B-{n}", "title": f"volume {n} of the works", "price": n} for n in range(9)],
    "notes": "leave it with the neighbour on the left if nobody is at home",
    "paid": False,
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            {"paid": True},
            '{"id":"A7","paid":true}\n[3 other keys as in the last whole result above that begins: '
            '{"id": "A7",]\n[3 of 5 keys omitted; ',
            id="a record that was changed",
        ),
        pytest.param({"id": "A8"}, "", id="another record"),
        pytest.param({"more": 1}, "", id="a record with other keys"),
        pytest.param({"customer": 1, "items": [], "notes": ""}, "", id="most of it is new"),
    ],
)
def test_a_record_that_was_changed_shows_what_is_new(change, said):
    new = json.dumps({**ORDER, **change})
    hr, result, texts = sent(talk(json.dumps(ORDER), new, tool="order"))
    assert (result.events[1].compressor == "repeat") == bool(said)
    if said:
        assert texts[1].startswith(said)
        assert hr.retrieve(result.events[1].key).text == new


def test_a_record_does_not_point_to_one_that_was_shown_since():
    """The middle result is too short to be touched, but is the last that begins so."""
    old, new = json.dumps(ORDER), json.dumps({**ORDER, "paid": True})
    _, result, _ = sent(talk(old, '{"id": "A7", "state": "gone"}', new, tool="order"))
    assert [event.compressor for event in result.events[::2]] == ["json", "json"]


def test_how_to_read_a_rendering_is_said_once():
    rows = [
        json.dumps([{"id": n, "name": f"row {n}", "ok": n % k} for n in range(20)]) for k in (2, 3)
    ]
    _, _, texts = sent(talk(*rows, tool="rows"), mode="lossless")
    first, second = (text.partition("\n")[0] for text in texts)
    assert "holds in every row" in first or "@n is table n" in first
    assert second.endswith(": as above]")
    assert [json.loads(expand(text)) for text in texts] == [json.loads(row) for row in rows]
