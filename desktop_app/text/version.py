"""Which version of Greyline this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version that is installed; "0" in a checkout that is not."""
    try:
        return version("greyline-credit")
    except PackageNotFoundError:
        return "0"
