"""What few stanzas of a configuration have is visible within a budget, and what is said is true."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from headroom_core.compressors.config import ConfigCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget

CONFIG = ConfigCompressor()
WORDS = "payment parcel basket depot carrier invoice".split()
BALANCED, AGGRESSIVE = (300, 0.13), (150, 0.05)
SAID = re.compile(r" *# of (\d+): ([\w.-]+): (.*)")
TIMES = re.compile(r"(?:^|, )([^,()]+) \((\d+) times\)")
WHERE = re.compile(r"(?:^|, )([^,()]+) \(([^()]*)\)")


def compose(odd):
    """Return services of which single ones say something else."""
    random = Random(3)
    lines = ["services:"]
    for i in range(40):
        lines += [
            f"  {random.choice(WORDS)}-{i}:",
            f"    image: registry.example.com/shop:2.{random.randrange(9)}.{i}",
            f"    restart: {odd.get((i, 'restart'), 'always')}",
            "    environment:",
            f"      LEVEL: {odd.get((i, 'LEVEL'), 'info')}",
            f"      WORKERS: {odd.get((i, 'WORKERS'), '4')}",
            f"    mem: {odd.get((i, 'mem'), '512m')}",
        ]
        lines += [
            f"    {key}: {value}" for (at, key), value in odd.items() if (at, key) == (i, "x")
        ]
    return "\n".join([*lines, ""])


def sections(odd):
    """Return sections of which single ones say something else."""
    return "\n".join(
        f"[worker.{i}]\nhost = 10.0.0.{i}\nport = {odd.get((i, 'port'), 9000 + i)}\n"
        f"restart = {odd.get((i, 'restart'), 'always')}\nmem = {odd.get((i, 'mem'), '512m')}\n"
        for i in range(40)
    )


def objects(odd):
    """Return objects as kubectl prints them, of which single ones say something else."""
    items = "".join(
        f"- apiVersion: v1\n  kind: Pod\n  metadata:\n    labels:\n      app: web\n"
        f"    name: web-{i}\n  spec:\n    containers:\n    - image: example.com/web:1\n"
        f"      name: web\n    nodeName: node-{odd.get((i, 'node'), i % 3)}\n"
        f"    priorityClassName: {odd.get((i, 'class'), 'usual')}\n  status:\n"
        f"    containerStatuses:\n    - restartCount: {odd.get((i, 'restarts'), 0)}\n"
        for i in range(40)
    )
    return f"apiVersion: v1\nitems:\n{items}kind: List\n"


def documents(odd):
    """Return separate manifests of which single ones say something else."""
    return "".join(
        f"---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {WORDS[i % 6]}-{i}\nspec:\n"
        f"  type: {odd.get((i, 'type'), 'ClusterIP')}\n  ports:\n"
        f"    - port: {80 + i}\n      targetPort: {odd.get((i, 'target'), 8080)}\n"
        for i in range(40)
    )


def view(text, mode, query="What is here?"):
    base, share = mode
    made = CONFIG.compress(Block(text), Budget(int(base + share * estimate(text)), estimate), query)
    return made.text + expand(made.text, {"config": CONFIG})


@pytest.mark.parametrize(
    ("write", "odd"),
    [
        pytest.param(
            compose, {(23, "restart"): "never", (31, "LEVEL"): "tracing", (7, "WORKERS"): "6461",
            (12, "mem"): "64g", (35, "x"): "privileged"}, id="services",
        ),
        pytest.param(
            sections, {(17, "port"): "99991", (23, "restart"): "never", (5, "mem"): "64g"},
            id="sections, a number far from the others",
        ),
        pytest.param(
            objects, {(20, "node"): "gpu9", (8, "class"): "urgent", (33, "restarts"): "4141"},
            id="objects of a cluster",
        ),
        pytest.param(
            documents, {(9, "type"): "LoadBalancer", (30, "target"): "31337"}, id="documents",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", [BALANCED, AGGRESSIVE], ids=["balanced", "aggressive"])
def test_what_one_of_forty_has_is_visible(write, odd, mode):
    shown = view(write(odd), mode)
    assert [value for value in odd.values() if value not in shown] == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("Which service logs at tracing LEVEL?", "LEVEL: tracing", id="a value"),
        pytest.param("What is the mem of carrier-12?", "mem: 77m", id="a stanza"),
    ],
)
def test_what_is_asked_for_comes_as_it_stands(query, wanted):
    text = compose({(31, "LEVEL"): "tracing", (12, "mem"): "77m", (5, "restart"): "never"})
    named = re.sub(r"  \w+-12:", "  carrier-12:", text)
    shown = view(named, AGGRESSIVE, query)
    assert f" {wanted}\n" in shown
    assert "never" in shown


@pytest.mark.parametrize("share", [0.1, 0.2, 0.4])
def test_names_that_count_up_are_a_range(share):
    text = sections({(20, "restart"): "never"})
    made = CONFIG.compress(Block(text), Budget(int(share * estimate(text)), estimate))
    assert re.search(r"worker\.\d+\.\.worker\.\d+", made.text)


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["always", "never", "on-failure"]),
            st.sampled_from(["512m", "64g", "1g"]),
            st.booleans(),
        ),
        min_size=8,
        max_size=40,
    ),
    st.integers(60, 500),
)
def test_what_a_summary_says_is_true(services, tokens):
    text = "services:\n" + "".join(
        f"  web-{i}:\n    image: web\n    restart: {restart}\n"
        + (f"    mem: {mem}\n" if has_mem else "")
        for i, (restart, mem, has_mem) in enumerate(services)
    )
    truth = {
        "restart": {f"web-{i}": restart for i, (restart, _, _) in enumerate(services)},
        "mem": {f"web-{i}": mem for i, (_, mem, has_mem) in enumerate(services) if has_mem},
    }
    made = CONFIG.compress(Block(text), Budget(tokens, estimate))
    for said in filter(None, map(SAID.fullmatch, made.text.split("\n") if made.omitted else ())):
        count, key, parts = said.groups()
        assert int(count) == len(services)
        values = truth[key]
        counts = Counter(values.values())
        for value, times in TIMES.findall(parts):
            assert value == "others" or counts[value] == int(times)
        for value, names in WHERE.findall(parts):
            where = set(names.split(", "))
            if value == "none":
                assert where == {f"web-{i}" for i in range(len(services))} - set(values)
            elif not names.endswith(" times"):
                assert where == {name for name, own in values.items() if own == value}
