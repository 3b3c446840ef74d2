"""Configuration within a budget: what is asked for and wrong first, true counts, visible gaps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.config import ConfigCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.config_inputs import (
    CONFIGURATIONS,
    compose,
    described,
    documents,
    openapi,
    pods,
)
from tests.compressors.settings_inputs import (
    applied,
    environment,
    plan,
    state,
    terraform,
)

CONFIG = ConfigCompressor()
GAP = re.compile(r"^[ \t]*# lines? (\d+)(?:-(\d+))?(?:: .*)?$")

NOTE = re.compile(r"[ \t]*# (?:left out, in lines|met|of \d+(?: [^:]{1,80})?): ")


def cut(text, tokens, query="", keep=None):
    return CONFIG.compress(Block(text), Budget(tokens, estimate, keep), query)


@pytest.mark.parametrize(
    ("text", "tokens", "query", "shown", "hidden"),
    [
        pytest.param(
            pods(24), 1500, "", ["restartCount: 41", "reason: CrashLoopBackOff",
            'status: "False"', "reason: ContainersNotReady"], ["managedFields:", "uid: "],
            id="what is wrong stands, bookkeeping does not",
        ),
        pytest.param(
            pods(24), 1500, "", [r"^# left out, in lines: \d+ of managedFields; ",
            "dnsPolicy: ClusterFirst, ", "# met: Initialized True, Ready True$"], [],
            id="what the rules leave out is named with its count",
        ),
        pytest.param(
            pods(24), 1500, "which uid has the mail pod?", [r"uid: [0-9a-f]{16}$"], [],
            id="what is asked for is left out by no rule",
        ),
        pytest.param(
            compose(40), 400, "What port does search-27 use?", ["  search-27:", '- "8027:80"',
            "^networks:", r"# lines .*: .*cart-1"], ['"8028:80"'],
            id="the stanza that is asked for, whole, and the names of others",
        ),
        pytest.param(
            openapi(40), 300, "How do I read web 17?", ["  /web/17:", "operationId: readWeb17"],
            ["readMail14"], id="a path of an API",
        ),
        pytest.param(
            documents(40), 300, "", ["^---", "^kind: Service"], [],
            id="documents keep their marks",
        ),
        pytest.param(
            described(), 400, "", ["Warning  BackOff    4m", "Exit Code:    137",
            "Restart Count:  41", "^Conditions:", r"# lines \d+-\d+: (?:CART_|Environment)"],
            ["containerd://"], id="the newest events of what is described, and its state",
        ),
        pytest.param(
            terraform(40), 700, "Which rules are open to all?",
            [r'^# of 40 aws_instance: instance_type: "t3.medium" \(39 times\), "x2.*" \(search_3',
            r'cidr_blocks: \["10.0.0.0/8"\] \(39 times\), \["0.0.0.0/0"\] \(web_5\)$',
            r'^  cidr_blocks = \["0.0.0.0/0"\]$'], [],
            id="resources by type, each with the values that few have",
        ),
        pytest.param(
            plan(40), 400, "", [r"# of 40 \+ aws_instance: instance_type: .*\(web_4\)$",
            "^  # aws_db_instance.main must be replaced$", "# forces replacement$",
            "^Plan: 41 to add, 0 to change, 1 to destroy"], [],
            id="what a plan destroys, and what it adds that is unlike the rest",
        ),
        pytest.param(
            applied(40), 500, "Why did it fail?", ["^│ Error: .*VcpuLimitExceeded$",
            r"^│   with aws_instance\.web_7,$", "^Plan: 41 to add", "must be replaced$"],
            ["old_7:"], id="why a plan could not be carried out",
        ),
        pytest.param(
            state(40), 500, "", [r'instance_state: "running" \(39 times\), "stopped" \(web_6\)$'],
            [], id="the state of resources",
        ),
        pytest.param(
            environment(300), 400, "", ["^ODD_LOG_LEVEL=trace$",
            r"^# of 100 \*LEVEL: info \(99 times\), trace \(ODD_LOG_LEVEL\)$",
            "^# of 100 [*]REGION: all have: eu-west-1$"], [],
            id="settings in no section, by what their names end in",
        ),
        pytest.param(
            environment(300), 400, "What is CART_1_LOG_LEVEL and STOCK_70_LOG_LEVEL?",
            ["^STOCK_70_LOG_LEVEL=info$"], [],
            id="the setting that is asked for",
        ),
        pytest.param(
            "a:\n  long: " + "x" * 9_000 + "\n" + "some_key: some value\n" * 200, 700, "long",
            [r"  long: x{392} \[\.\.\. 8408 characters \.\.\.\] x{200}$"], [],
            id="a long line keeps both ends",
        ),
    ],
)  # fmt: skip
def test_within_a_budget(text, tokens, query, shown, hidden):
    made = cut(text, tokens, query)
    assert made.omitted
    assert estimate(made.text) <= tokens
    for pattern in shown:
        assert re.search(pattern, made.text, re.MULTILINE), made.text
    for words in hidden:
        assert words not in made.text


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_gaps_are_where_they_say_and_counts_are_true(name):
    text = CONFIGURATIONS[name]
    lines = text.split("\n")
    made = cut(text, 60 + estimate(text) // 5, "search")
    assert made.omitted
    position = shown = 0
    for line in expand(made.text, {"config": CONFIG}).split("\n"):
        if gap := GAP.match(line):
            first, last = int(gap[1]) - 1, int(gap[2] or gap[1])
            assert position <= first < last <= len(lines)
            position = last
        elif not NOTE.match(line):
            position = lines.index(line, position) + 1
            shown += 1
    left = int(re.match(r"(\d+) of (\d+) lines", made.omitted)[1])
    assert left + shown == len(lines)


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(list(CONFIGURATIONS.values())),
    st.integers(0, 700),
    st.sampled_from(["", "what about cart?", "port 8007 timeout"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_kept_lines_survive_any_budget(text, tokens, query, ending):
    keep = re.compile(r"8007|BackOff|uid: .*7$", re.MULTILINE)
    made = cut(text.replace("\n", ending), tokens, query, keep)
    if not made.omitted:
        return
    assert estimate(made.text) <= tokens
    for line in text.split("\n"):
        if keep.search(line):
            assert line in made.text
