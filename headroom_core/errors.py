"""Every error this package raises on purpose."""

from __future__ import annotations


class HeadroomError(Exception):
    """The base of all errors of this package."""


class SettingsError(HeadroomError, ValueError):
    """A setting has a value that cannot work.

    Attributes:
        setting: Name of the setting.
        value: The value given.
        remedy: What to do.
    """

    def __init__(self, setting: str, value: object, remedy: str) -> None:
        super().__init__(f"{setting}={value!r} is not valid: {remedy}")
        self.setting = setting
        self.value = value
        self.remedy = remedy


class StoreError(HeadroomError, OSError):
    """The store cannot be read or written now. Carries no content."""


class CorruptOriginalError(StoreError):
    """The bytes of a stored original no longer match their SHA-256.

    Attributes:
        key: The key of the original.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"the original of {key} is damaged in the store and was not returned")
        self.key = key


class UnknownKeyError(HeadroomError, KeyError):
    """No original is kept under this key: never stored, expired, or of another scope.

    Attributes:
        key: The key that was asked for.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return (
            f"Nothing is kept under hash={self.key[:40]}: it expired, or it never existed. Asking "
            "again gives the same answer; run the tool that produced the content once more."
        )


class PartError(HeadroomError, ValueError):
    """A part of an original was asked for in words that cannot be read.

    Attributes:
        argument: Which argument: "path" or "rows".
        value: What it said.
        remedy: What to do.
    """

    def __init__(self, argument: str, value: str, remedy: str) -> None:
        super().__init__(f"{argument}={value[:80]!r} cannot be read: {remedy}")
        self.argument = argument
        self.value = value
        self.remedy = remedy


class MissingExtraError(HeadroomError, ImportError):
    """An optional package is needed for this.

    Attributes:
        package: The package that is missing.
        extra: The extra of headroom-integrations that installs it.
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"{package} is not installed: pip install 'headroom-integrations[{extra}]'"
        )
        self.package = package
        self.extra = extra
