"""What the plug-ins have in common: one engine per process, and what was done to a text."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from headroom_core import Headroom, Result, Settings
from headroom_core.errors import MissingExtraError
from headroom_core.store import open_store
from headroom_core.store.base import Store

_lock: Final = threading.Lock()
_engines: Final[dict[Settings, Headroom]] = {}
_stores: Final[dict[tuple[str, int], Store]] = {}


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done to one message, document or node.

    Attributes:
        keys: Keys of the originals, in order; () if nothing was left out.
        tokens_before: Tokens of its texts.
        tokens_after: Tokens of the same texts as sent.
    """

    keys: tuple[str, ...]
    tokens_before: int
    tokens_after: int


def make_settings(options: Mapping[str, object]) -> Settings:
    """Return the settings of this process with `options` in place of what they name.

    Args:
        options: Values by the name of the setting. None stands for "as the environment says".

    Raises:
        SettingsError: If a value cannot work.
    """
    given = {name: value for name, value in options.items() if value is not None}
    return Settings.from_env(None, **given)


def headroom_for(settings: Settings) -> Headroom:
    """Return the one engine that this process has for these settings.

    Engines with the same database share one store: what one of them left out, any of them can
    give back, in memory too.

    Raises:
        SettingsError: If the store cannot be opened as asked.
    """
    with _lock:
        if settings not in _engines:
            place = (settings.store_url, settings.retention_days)
            if place not in _stores:
                _stores[place] = open_store(place[0], retention_days=place[1])
            _engines[settings] = Headroom(settings, store=_stores[place])
        return _engines[settings]


def summaries(result: Result) -> dict[int, Summary]:
    """Return what was done to the messages, by their index; untouched ones are left out."""
    found: dict[int, Summary] = {}
    touched = {e.path[0] for e in result.events if e.outcome in ("compressed", "lossless")}
    for event in result.events:
        index = event.path[0]
        if isinstance(index, int) and index in touched:
            last = found.get(index, Summary((), 0, 0))
            found[index] = Summary(
                keys=(*last.keys, event.key) if event.key else last.keys,
                tokens_before=last.tokens_before + event.tokens_before,
                tokens_after=last.tokens_after + event.tokens_after,
            )
    return found


def explain_missing(
    error: ModuleNotFoundError, modules: Collection[str], package: str, extra: str
) -> ImportError:
    """Return the error to raise when a framework could not be imported.

    Args:
        error: What the import raised.
        modules: Top-level modules of the framework; for any other module `error` itself is right.
        package: The package to install.
        extra: The extra that installs it.
    """
    name = (error.name or "").partition(".")[0]
    return MissingExtraError(package, extra) if name in modules else error
