"""Results that were sent before, or nearly."""

from __future__ import annotations

import inspect
import json
import re
import textwrap
import time

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core import Headroom, Settings, expand
from headroom_core.repeats import changed, read
from headroom_core.updates import updated
from tests.talks import sent, talk

FILE = "\n".join(
    f"{n:6}\t{line}" for n, line in enumerate(inspect.getsource(textwrap).split("\n")[:150], 1)
)
EDITED = FILE.replace("    40\t", "    40\t# ").replace("   120\t", "   120\t# ")


def _numbered(lines, first=1, sign="\t", width=6):
    return "\n".join(f"{n:{width}}{sign}{line}" for n, line in enumerate(lines, first))


SOURCE = inspect.getsource(textwrap).split("\n")
PLAIN = "\n".join(SOURCE[:150])
VARIED = " ".join(str(n * 7919 % 1009) for n in range(150))
VIEW = f"view of lines 1-150 above that begins: {FILE.split(chr(10))[0].strip()}"


@pytest.mark.parametrize(
    ("results", "compressors", "said"),
    [
        pytest.param(
            [FILE, FILE, FILE],
            ["numbered", "repeat", "repeat"],
            f"[the same as the last whole {VIEW}]",
            id="what stands above",
        ),
        pytest.param(
            [FILE, EDITED],
            ["numbered", "repeat"],
            f"[lines 1-39 as in the last whole {VIEW}]\n    40\t# ",
            id="what stands above but for an edit",
        ),
        pytest.param(
            [FILE, EDITED, EDITED],
            ["numbered", "repeat", "repeat"],
            f"[lines 1-39 as in the last whole {VIEW}]\n    40\t# ",
            id="what a pointer stands for",
        ),
        pytest.param(
            [EDITED, "x" * 2000, FILE], ["numbered", "", "repeat"], "as there]", id="others between"
        ),
        pytest.param(
            [FILE, "Edited:\n" + _numbered(["# new", *SOURCE[40:80]], 40)],
            ["numbered", "repeat"],
            f"Edited:\n    40\t# new\n[lines 41-80 as in the last whole {VIEW}]",
            id="a snippet that begins in another way",
        ),
        pytest.param(
            [FILE, _numbered([*SOURCE[:20], "# new", *SOURCE[20:150]])],
            ["numbered", "repeat"],
            "    21\t# new\n[lines 22-151 as 21-150 there]",
            id="lines that moved",
        ),
        pytest.param(
            [_numbered(SOURCE[:80]), _numbered(SOURCE[80:160], 81), _numbered(SOURCE[40:120], 41)],
            ["numbered", "numbered", "repeat"],
            "[lines 41-80 as in the last whole view of lines 1-80 above that begins",
            id="a window between two others",
        ),
        pytest.param(
            [FILE, "\n".join(SOURCE[20:90])],
            ["numbered", "repeat"],
            f"[lines 21-90 without numbers as in the last whole {VIEW}]",
            id="lines without numbers",
        ),
        pytest.param(
            [PLAIN, "\n".join([*SOURCE[20:90], "# new"])],
            ["", "repeat"],
            f"[lines 21-90 as in the last whole result of 150 lines above that begins: {SOURCE[0]}]"
            "\n# new",
            id="lines of a result without numbers",
        ),
        pytest.param(
            [f"{PLAIN}\n{VARIED}", f"first\n{VARIED}\nlast"],
            ["", "repeat"],
            "first\n[line 151 as in the last whole result of 151 lines above that begins:",
            id="one long line",
        ),
        pytest.param(
            [
                _numbered(SOURCE[:60]),
                _numbered([SOURCE[0], *SOURCE[120:61:-1]]),
                _numbered(SOURCE[20:60], 21),
            ],
            ["numbered", "numbered", "numbered"],
            "",
            id="what stands in a view that another one has taken the place of",
        ),
        pytest.param([FILE, FILE[::-1]], ["numbered", ""], "", id="what has other lines"),
        pytest.param([FILE, FILE[:60]], ["numbered", ""], "", id="what is short"),
        pytest.param(
            [FILE, _numbered(SOURCE[:150], sign=":")],
            ["numbered", "numbered"],
            "",
            id="numbers that are written in another way",
        ),
        pytest.param(
            [PLAIN, f"[lines 1-9 as there]\n{PLAIN}"], ["", ""], "", id="what looks like a pointer"
        ),
    ],
)
def test_a_file_that_is_read_again_points_above(results, compressors, said):
    hr, result, texts = sent(talk(*results), lossless_tools=["read"], min_tokens=100)
    assert [event.compressor for event in result.events] == compressors
    for event, text, original in zip(result.events, texts, results, strict=True):
        if event.compressor == "repeat":
            assert hr.retrieve(event.key).text == original
            assert len(text) < 0.6 * len(original)
        else:
            assert expand(text) == original
    assert said in texts[-1]


ERRORS = [f"ERROR:\nNothing was replaced in {name}.py: {VARIED}" for name in "ab"]


@pytest.mark.parametrize(
    ("results", "pointers"),
    [
        pytest.param([ERRORS[0], ERRORS[0]], [1], id="alone"),
        pytest.param([ERRORS[0], ERRORS[1], ERRORS[0]], [2], id="what begins alike is told apart"),
        pytest.param(
            [FILE, EDITED[:-9] + "\n" * 9, EDITED, FILE], [1, 2, 3], id="a pointer is not whole"
        ),
        pytest.param(
            [f"{'=' * 150}\n{mark} {VARIED}" for mark in "aba"],
            [],
            id="the last one that begins so is another",
        ),
        pytest.param(
            [f"{'=' * 150}\n{VARIED}", f"{'=' * 150}\nok", f"{'=' * 150}\n{VARIED}"],
            [],
            id="also if it is too short to be touched",
        ),
    ],
)
def test_a_pointer_means_the_last_result_that_begins_so(results, pointers):
    _, result, _ = sent(talk(*results), lossless_tools=["read"])
    found = [n for n, event in enumerate(result.events) if event.compressor == "repeat"]
    assert found == pointers


def test_lossless_mode_points_nowhere():
    _, _, texts = sent(talk(FILE, FILE), mode="lossless", lossless_tools=["read"])
    assert texts[0] == texts[1]
    assert expand(texts[0]) == FILE


def test_an_exact_reader_does_not_point_to_what_was_cut():
    log = "\n".join(f"10:00:{n % 60:02} INFO tick {n * 7919 % 1009}" for n in range(900))
    messages = [*talk(log, tool="bash"), *talk(log)]
    _, result, texts = sent(messages, lossless_tools=["read"])
    assert result.events[0].outcome == "compressed"
    assert result.events[1].compressor != "repeat"
    assert texts[0] != texts[1]


def test_what_a_person_wrote_is_not_pointed_to():
    text = f"```\n{FILE}\n```"
    messages = [{"role": "user", "content": text}, {"role": "user", "content": text}]
    hr = Headroom(Settings(store_url="memory", roles=["user", "tool"]))
    sent = hr.compress(messages).messages
    assert "result above" not in str(sent)


lines = st.lists(st.sampled_from([*"abcdefgh", "[lines 1-4 as there]", "", "\r"]), max_size=40)
copies = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=6)
POINTER = re.compile(
    r"\[lines (\d+)-(\d+) as (?:(\d+)-(\d+) )?"
    r"(?:there|in the last whole (.*) above that begins.*)\]"
)


@hypothesis_settings(max_examples=300, deadline=None)
@given(lines, copies, st.sampled_from([None, 1, 1000]), st.integers(0, 50))
def test_runs_and_what_is_between_make_the_text(tail, copied, first, second):
    """Written down by hand: a pointer is looked up in the page that it names."""
    pages = [[f"line {n}" for n in range(100)] + tail, [f"page {n}" for n in range(150)]]
    text = [line for n, more in copied for line in [*pages[n % 2][n : n + 4 + more], "new"]]
    numbers = [n if first else 1 for n in (first, second, first)]
    texts = [
        _numbered(page, start, ":", 1) if first else "\n".join(page)
        for page, start in zip([*pages, text], numbers, strict=True)
    ]
    found = changed(texts[2], [read(page) for page in texts[:2]])
    if found is None:
        return
    places = {read(page).place[0]: number for number, page in enumerate(texts[:2])}
    whole: list[str] = []
    shown = last = 0
    for line in found.text.split("\n"):
        run = POINTER.fullmatch(line)
        if run is None:
            whole.append(line)
            shown += 1
            continue
        last = places[run[5]] if run[5] else last
        start, end = int(run[3] or run[1]), int(run[4] or run[2])
        copied_lines = pages[last][start - numbers[last] : end + 1 - numbers[last]]
        assert int(run[2]) - int(run[1]) == end - start == len(copied_lines) - 1
        whole += [f"{int(run[1]) + k}:{x}" if first else x for k, x in enumerate(copied_lines)]
    assert "\n".join(whole) == texts[2]
    assert found.omitted == f"{len(text) - shown:,} of {len(text):,} lines"


MANY = range(40_000)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(f"line {n}" for n in MANY), id="lines of one kind"),
        pytest.param("the same line\n" * 40_000, id="one line"),
        pytest.param("\n".join(f"{n}\tx" for n in MANY), id="numbers"),
        pytest.param(
            "\n".join(f"{n:>{1 + n // 9 % 2}}: x" for n in MANY), id="numbers padded anew"
        ),
        pytest.param("\n".join(f"{n + n // 3}:x" for n in MANY), id="numbers with gaps"),
        pytest.param(json.dumps({"id": 1} | {f"k{n}": n for n in MANY}), id="many keys"),
        pytest.param('{"id": 1, "k": ' + "[" * 40_000, id="deep"),
    ],
)
def test_hostile_text_takes_linear_time(text):
    start = time.process_time()
    middle = len(text) // 2
    changed(f"{text[:middle]}\n{text[middle:]}", [read(text)])
    updated(text.replace("9", "8"), text)
    assert time.process_time() - start < 1 + 4 * len(text) / 1e6
