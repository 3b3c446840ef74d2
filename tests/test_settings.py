"""The settings: every value is checked, and the environment is read in one place."""

from __future__ import annotations

import dataclasses
import random
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.errors import SettingsError
from headroom_core.settings import Settings

names = st.text("abcz_*", min_size=1, max_size=5)


def settings_with(**values: Any) -> Settings:
    """Make settings of values that need not have the right type."""
    return Settings(**values)


def test_the_defaults() -> None:
    default = Settings()
    assert (default.mode, default.min_tokens, default.retention_days) == ("balanced", 200, 30)
    assert default.roles == {"tool"}
    assert default.skip_tools == set()
    assert (default.store_url, default.tokenizer_file, default.strict) == ("", "", False)
    assert default.keep == ()
    assert default.images == "off"
    assert {"Read", "view", "cat", "read_file"} <= default.lossless_tools
    assert "open_file" not in default.lossless_tools


def test_settings_are_frozen_compared_by_value_and_made_by_name() -> None:
    assert Settings(keep=("a",)) == Settings(keep=("a",))
    assert len({Settings(), Settings(), Settings(strict=True)}) == 2
    assert dataclasses.replace(Settings(), strict=True) == Settings(strict=True)
    with pytest.raises(dataclasses.FrozenInstanceError):
        vars(Settings)["__setattr__"](Settings(), "mode", "lossless")
    with pytest.raises(TypeError):
        Settings(*["lossless"])
    with pytest.raises(TypeError, match="modes"):
        Settings.from_env({}, modes="lossless")


@pytest.mark.parametrize(
    ("name", "given_value", "expected"),
    [
        pytest.param("roles", ["tool", "user"], frozenset({"tool", "user"}), id="a list of roles"),
        pytest.param("roles", [], frozenset(), id="nobody's texts"),
        pytest.param("skip_tools", {"Bash"}, frozenset({"Bash"}), id="a set of tools"),
        pytest.param("lossless_tools", ("a", "a"), frozenset({"a"}), id="a tuple of tools"),
        pytest.param(
            "keep", ["ERROR", r"\bid=\d+"], ("ERROR", r"\bid=\d+"), id="a list of patterns"
        ),
        pytest.param(
            "keep", [r"(?i:fatal)", r"(?P<a>x)+y"], (r"(?i:fatal)", r"(?P<a>x)+y"), id="groups"
        ),
        pytest.param("store_url", "memory", "memory", id="a store in memory"),
        pytest.param("store_url", "sqlite:////s.db", "sqlite:////s.db", id="a store in a file"),
        pytest.param("retention_days", 36_500, 36_500, id="a hundred years"),
    ],
)
def test_a_value_is_taken_and_frozen(name: str, given_value: object, expected: object) -> None:
    made = getattr(settings_with(**{name: given_value}), name)
    assert made == expected
    assert type(made) is type(expected)


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        pytest.param("mode", "extreme", "choose one of lossless, balanced, aggressive", id="mode"),
        pytest.param("mode", None, "choose one of", id="no mode"),
        pytest.param("mode", ["lossless"], "choose one of", id="a list for a mode"),
        pytest.param("images", "on", "choose one of off, native, standard", id="images"),
        pytest.param("images", True, "choose one of off", id="a truth for images"),
        pytest.param("min_tokens", 0, "at least 1", id="no tokens"),
        pytest.param("min_tokens", 1.5, "a whole number", id="a fraction of a token"),
        pytest.param("min_tokens", True, "a whole number", id="a truth for a number"),
        pytest.param("min_tokens", "200", "a whole number", id="text for a number"),
        pytest.param("retention_days", 0, "from 1 to 36500", id="no days"),
        pytest.param("retention_days", 10**9, "from 1 to 36500", id="more days than a date has"),
        pytest.param("roles", "tool", r"give a list, even of one: \['tool'\]", id="text for roles"),
        pytest.param("roles", ["system"], "system messages are never compressed", id="system"),
        pytest.param("roles", ["assistant"], "assistant messages are never", id="assistant"),
        pytest.param("roles", ["function"], "choose from tool and user", id="unknown role"),
        pytest.param("roles", [["tool"]], "is not a string", id="a list in roles"),
        pytest.param("roles", None, "give a list of strings", id="no roles"),
        pytest.param("skip_tools", "Bash", "give a list", id="text for tools"),
        pytest.param("skip_tools", [" "], "blank", id="a blank tool"),
        pytest.param("lossless_tools", {"Read": 1}, "give a list of strings", id="a mapping"),
        pytest.param("keep", "ERROR", r"give a list, even of one: \['ERROR'\]", id="text for keep"),
        pytest.param("keep", ["("], "not a regular expression", id="a broken pattern"),
        pytest.param("keep", ["a", "x*"], "matches the empty string", id="a pattern of nothing"),
        pytest.param("keep", ["^"], "every line would be kept", id="the start of every line"),
        pytest.param("keep", ["(?i)x"], r"write \(\?i:\.\.\.\)", id="a flag for all patterns"),
        pytest.param("keep", [r"(a)\1"], "without references", id="a reference to a group"),
        pytest.param("keep", ["(?P<a>x)", "(?P<a>y)"], "redefinition", id="a group named twice"),
        pytest.param("keep", [b"x"], "is not a string", id="a pattern of bytes"),
        pytest.param("store_url", "store.db", "give a URL such as", id="a bare file name"),
        pytest.param("store_url", None, "give a URL such as", id="no store"),
        pytest.param("tokenizer_file", None, "path as a string", id="no tokenizer file"),
        pytest.param("strict", 1, "give True or False", id="a number for a truth"),
    ],
)
def test_a_wrong_value_is_refused_with_a_remedy(name: str, value: object, remedy: str) -> None:
    with pytest.raises(SettingsError, match=remedy) as caught:
        settings_with(**{name: value})
    assert caught.value.setting == name
    assert isinstance(caught.value, ValueError)


def test_a_password_is_never_shown() -> None:
    assert "hunter2" not in repr(Settings(store_url="postgresql://me:hunter2@host/db"))
    with pytest.raises(SettingsError) as caught:
        Settings(store_url="me:hunter2@host/db")
    assert "hunter2" not in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"HEADROOM_STORE_URI": "postgresql://me:hunter2@host/db"})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("mode", " lossless ", "lossless", id="mode"),
        pytest.param("images", "native", "native", id="images"),
        pytest.param("min_tokens", "50", 50, id="min_tokens"),
        pytest.param("roles", "tool, user", {"tool", "user"}, id="roles"),
        pytest.param("skip_tools", "Bash,mcp__*,", {"Bash", "mcp__*"}, id="skip_tools"),
        pytest.param("lossless_tools", ",", set(), id="the empty set of lossless_tools"),
        pytest.param("keep", "a, \n\nid=\\d+\n", ("a, ", "id=\\d+"), id="keep"),
        pytest.param("store_url", "memory", "memory", id="store_url"),
        pytest.param("retention_days", "7", 7, id="retention_days"),
        pytest.param("tokenizer_file", "/t.json", "/t.json", id="tokenizer_file"),
        pytest.param("strict", "Yes", True, id="strict"),
        pytest.param("strict", "0", False, id="not strict"),
        pytest.param("min_tokens", " ", 200, id="a blank counts as not set"),
    ],
)
def test_the_environment_is_read(name: str, text: str, expected: object) -> None:
    made = Settings.from_env({f"HEADROOM_{name.upper()}": text})
    assert getattr(made, name) == expected
    assert made == settings_with(**{name: expected})


@pytest.mark.parametrize(
    "variable",
    [
        pytest.param("HEADROOM_PORT", id="a name that is no setting"),
        pytest.param("HEADROOM_MODEL", id="a name that only looks like a setting"),
        pytest.param("HEADROOM_IMAGE", id="the image of a container"),
        pytest.param("MODE", id="a name without the prefix"),
    ],
)
def test_other_variables_are_ignored(variable: str) -> None:
    assert Settings.from_env({variable: "extreme"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        pytest.param("HEADROOM_MODE", "Fast", "mode='Fast'", id="mode"),
        pytest.param("HEADROOM_MIN_TOKENS", "many", "min_tokens='many'", id="min_tokens"),
        pytest.param("HEADROOM_RETENTION_DAYS", "-1", "retention_days=-1", id="retention_days"),
        pytest.param("HEADROOM_STRICT", "maybe", "strict='maybe'", id="strict"),
        pytest.param("HEADROOM_ROLES", "system", "never compressed", id="roles"),
        pytest.param("HEADROOM_ROLE", "user", "did you mean HEADROOM_ROLES", id="a missing letter"),
        pytest.param(
            "HEADROOM_MIN_TOKEN", "9", "did you mean HEADROOM_MIN_TOKENS", id="a singular"
        ),
        pytest.param("HEADROOM_SKIPTOOLS", "a", "did you mean HEADROOM_SKIP_TOOLS", id="one word"),
        pytest.param("HEADROOM_STORE_URI", "x", "did you mean HEADROOM_STORE_URL", id="a synonym"),
    ],
)
def test_a_wrong_environment_is_refused(variable: str, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.from_env({variable: text})


def test_an_override_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADROOM_MODE", "lossless")
    monkeypatch.setenv("HEADROOM_MIN_TOKENS", "many")
    made = Settings.from_env(min_tokens=9)
    assert (made.mode, made.min_tokens) == ("lossless", 9)


@settings(max_examples=50, deadline=None)
@given(tools=st.lists(names, max_size=5), chance=st.randoms(use_true_random=False))
def test_the_fingerprint_does_not_depend_on_order(tools: list[str], chance: random.Random) -> None:
    shuffled = list(tools)
    chance.shuffle(shuffled)
    first = settings_with(skip_tools=tools, lossless_tools=tools)
    second = settings_with(skip_tools=shuffled, lossless_tools=shuffled)
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        pytest.param(Settings(mode="lossless"), True, id="the mode changes renderings"),
        pytest.param(Settings(min_tokens=201), True, id="so do min_tokens"),
        pytest.param(Settings(roles=frozenset({"user"})), True, id="roles"),
        pytest.param(Settings(skip_tools=frozenset({"a"})), True, id="skip_tools"),
        pytest.param(Settings(lossless_tools=frozenset({"a"})), True, id="lossless_tools"),
        pytest.param(Settings(keep=("a",)), True, id="and keep"),
        pytest.param(Settings(images="native"), True, id="and images"),
        pytest.param(Settings(store_url="memory"), False, id="the store does not"),
        pytest.param(Settings(retention_days=1), False, id="nor the retention"),
        pytest.param(Settings(tokenizer_file="t"), False, id="nor who counts"),
        pytest.param(Settings(strict=True), False, id="nor strictness"),
    ],
)
def test_the_fingerprint_changes_with_renderings_only(changed: Settings, differs: bool) -> None:
    assert (changed.fingerprint != Settings().fingerprint) is differs


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    script = "from headroom_core.settings import Settings; print(Settings().fingerprint)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == Settings().fingerprint
