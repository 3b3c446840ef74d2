"""The one object that says how to behave, and the only reader of the environment."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, get_args

from headroom_core.errors import SettingsError

Mode = Literal["lossless", "balanced", "aggressive"]
Images = Literal["off", "native", "standard"]

# What coding agents call the tools whose results they edit by exact text.
FILE_READERS: Final = frozenset(
    {
        "Read",  # Claude Code
        "NotebookRead",
        "View",
        "view",  # Copilot, Crush
        "cat",
        "fs_read",  # Amazon Q, Kiro
        "read",  # opencode, pi
        "readFile",
        "read_file",  # Cline, Codex, Cursor, Gemini CLI, VS Code
        "read_files",
        "read_many_files",
        "read_multiple_files",  # MCP's filesystem server
        "read_text_file",
        "str_replace_based_edit_tool",  # Anthropic's text editor
        "str_replace_editor",  # OpenHands, SWE-agent
        "text_editor",  # goose
        "view_file",  # Windsurf
        "*__read_file",  # the same behind an MCP server's name
        "*__read_multiple_files",
        "*__read_text_file",
    }
)

# In place of a value that may hold a password.
_HIDDEN: Final = "(not shown)"

_PREFIX: Final = "HEADROOM_"
_MOST_DAYS: Final = 36_500
_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"0", "false", "no", "off"})
# Close to a setting, but as likely the name of something else.
_NO_TYPOS: Final = frozenset({"IMAGE", "MODEL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to behave. Every default is meant to stay.

    Attributes:
        mode: "lossless" omits nothing, "balanced" omits what nobody asked about, "aggressive"
            omits more.
        min_tokens: Shorter blocks are left alone; 1 or more.
        roles: Whose texts may be compressed: "tool", "user" for payloads pasted by the user.
        skip_tools: Shell-style patterns of tools whose results are never touched.
        lossless_tools: Shell-style patterns of tools from whose results nothing is omitted.
        keep: Regular expressions. A line or row in which one is found always survives.
        images: "native" makes images no larger than the model reads them, "standard" no larger than
            the provider's standard resolution, "off" leaves them alone. Needs Pillow.
        store_url: Where originals are kept: a SQLAlchemy URL, "memory", or "" for a SQLite file
            in the user's data directory.
        retention_days: How long an original is kept after it was last sent; 1 or more.
        tokenizer_file: Path of a Hugging Face tokenizer.json for exact counts; "" for none.
        strict: Raise instead of passing a block through: for tests.

    Lists are taken for sets and tuples, and frozen.

    Raises:
        SettingsError: If a value cannot work.
    """

    mode: Mode = "balanced"
    min_tokens: int = 200
    roles: frozenset[str] = frozenset({"tool"})
    skip_tools: frozenset[str] = frozenset()
    lossless_tools: frozenset[str] = FILE_READERS
    keep: tuple[str, ...] = ()
    images: Images = "off"
    store_url: str = field(default="", repr=False)
    retention_days: int = 30
    tokenizer_file: str = ""
    strict: bool = False

    def __post_init__(self) -> None:
        _check_choice("mode", self.mode, get_args(Mode))
        _check_choice("images", self.images, get_args(Images))
        _check_number("min_tokens", self.min_tokens, None)
        _check_number("retention_days", self.retention_days, _MOST_DAYS)
        for name in ("roles", "skip_tools", "lossless_tools"):
            object.__setattr__(self, name, frozenset(_strings(name, getattr(self, name))))
        object.__setattr__(self, "keep", tuple(_strings("keep", self.keep)))
        _check_roles(self.roles)
        _check_keep(self.keep)
        _check_store_url(self.store_url)
        if not isinstance(self.tokenizer_file, str):
            raise SettingsError("tokenizer_file", self.tokenizer_file, "give the path as a string")
        if not isinstance(self.strict, bool):
            raise SettingsError("strict", self.strict, "give True or False")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
        """Return settings from variables such as HEADROOM_MODE; a blank one counts as not set.

        Sets are separated by commas ("," alone is the empty set), patterns to keep by line ends.

        Args:
            environ: The variables; those of this process if not given.
            overrides: Values by the name of the setting, in place of what the environment says.

        Raises:
            SettingsError: If a value cannot work, or a variable looks like a misspelt setting.
        """
        variables = os.environ if environ is None else environ
        names = [setting.name for setting in fields(cls)]
        _check_spelling(variables, [_PREFIX + name.upper() for name in names])
        values: dict[str, Any] = dict(overrides)
        for name in names:
            raw = variables.get(_PREFIX + name.upper(), "")
            if raw.strip() and name not in values:
                values[name] = _parsed(name, raw)
        return cls(**values)

    @property
    def fingerprint(self) -> str:
        """A short hash of what decides how a block is rendered: the same in every process."""
        parts = [
            self.mode,
            self.min_tokens,
            sorted(self.roles),
            sorted(self.skip_tools),
            sorted(self.lossless_tools),
            self.keep,
            self.images,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SettingsError(name, value, f"choose one of {', '.join(choices)}")


def _check_number(name: str, value: object, most: int | None) -> None:
    if type(value) is not int or value < 1 or (most is not None and value > most):
        limit = "at least 1" if most is None else f"from 1 to {most}"
        raise SettingsError(name, value, f"give a whole number, {limit}")


def _strings(name: str, value: object) -> Collection[str]:
    """Return `value` if it is a set or a list of strings that are not blank."""
    if isinstance(value, str):
        raise SettingsError(name, value, f"give a list, even of one: [{value!r}]")
    if not isinstance(value, frozenset | set | list | tuple):
        raise SettingsError(name, value, "give a list of strings")
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise SettingsError(name, value, f"{item!r} in it is not a string, or blank")
    return value


def _check_roles(roles: frozenset[str]) -> None:
    for role in sorted(roles - {"tool", "user"}):
        remedy = "choose from tool and user"
        if role in {"system", "developer", "assistant"}:
            remedy = f"{role} messages are never compressed; {remedy}"
        raise SettingsError("roles", sorted(roles), remedy)


def _check_keep(patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        # All are joined into one expression: numbers of groups and flags would not survive.
        if re.search(r"\\[1-9]|\(\?P=|\(\?\(", pattern):
            raise SettingsError("keep", pattern, "write it without references to groups")
        if _compiled(pattern).search(""):
            raise SettingsError(
                "keep", pattern, "it matches the empty string, so every line would be kept"
            )
    if patterns:
        _compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(f"(?:{pattern})", re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        remedy = f"not a regular expression ({error})"
        if "global flags" in str(error):
            remedy = "write (?i:...) instead of (?i)..."
        raise SettingsError("keep", pattern, remedy) from error


def _check_store_url(url: object) -> None:
    if not isinstance(url, str) or (url not in {"", "memory"} and "://" not in url):
        raise SettingsError(
            "store_url",
            _HIDDEN,
            'give a URL such as "sqlite:////path/to/store.db" or "postgresql://user@host/name", '
            '"memory", or "" for the default',
        )


def _check_spelling(variables: Mapping[str, str], known: list[str]) -> None:
    """Refuse a variable that is almost, but not quite, that of a setting."""
    for variable in sorted(variables):
        name = variable.removeprefix(_PREFIX)
        if name == variable or variable in known or name in _NO_TYPOS:
            continue
        close = difflib.get_close_matches(name, [other[len(_PREFIX) :] for other in known], 1, 0.8)
        if close:
            raise SettingsError(variable, _HIDDEN, f"did you mean {_PREFIX}{close[0]}?")


def _parsed(name: str, raw: str) -> object:
    """Return the value that the text of an environment variable stands for."""
    if name in {"min_tokens", "retention_days"}:
        return _number(raw)
    if name in {"roles", "skip_tools", "lossless_tools"}:
        return frozenset(item.strip() for item in raw.split(",") if item.strip())
    if name == "keep":
        return tuple(line for line in raw.splitlines() if line.strip())
    if name == "strict":
        return _truth(raw)
    return raw.strip()


def _number(raw: str) -> object:
    try:
        return int(raw)
    except ValueError:
        return raw


def _truth(raw: str) -> object:
    word = raw.strip().lower()
    return word in _YES if word in _YES | _NO else raw
