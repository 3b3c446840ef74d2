"""Context compression: long content goes in, short content comes out, and nothing is lost."""

from headroom_core.envelope import find_envelopes
from headroom_core.errors import (
    CorruptOriginalError,
    HeadroomError,
    MissingExtraError,
    PartError,
    SettingsError,
    StoreError,
    UnknownKeyError,
)
from headroom_core.events import BlockEvent
from headroom_core.expansion import expand
from headroom_core.marker import Marker
from headroom_core.pipeline import Headroom, Result, compress, default_headroom
from headroom_core.retrieval import Retrieved
from headroom_core.settings import Settings
from headroom_core.types import Block, Budget, Compressed

__all__ = [
    "Block",
    "BlockEvent",
    "Budget",
    "Compressed",
    "CorruptOriginalError",
    "Headroom",
    "HeadroomError",
    "Marker",
    "MissingExtraError",
    "PartError",
    "Result",
    "Retrieved",
    "Settings",
    "SettingsError",
    "StoreError",
    "UnknownKeyError",
    "compress",
    "default_headroom",
    "expand",
    "find_envelopes",
]
