"""Tells which versions of optional packages are installed: renderings depend on them."""

from __future__ import annotations

from functools import cache


@cache
def installed(package: str) -> str:
    """Return the version of a package, "" if it is not installed.

    Asked once per process, as a module is imported once.
    """
    # Late: it brings the parser of e-mails, a third of the time that the package takes to import.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""
