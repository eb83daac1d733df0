"""Where the files that come with Greyline lie: `resources/` and `sample_data/`, in a checkout and when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
# The build puts both folders into the package; in a checkout they stand beside it.
_ROOTS = (_PACKAGE, _PACKAGE.parent)


def bundled(*parts: str) -> Path:
    """The bundled file or folder, such as `bundled("resources", "text")`; FileNotFoundError if it was not shipped."""
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is not part of this installation of Greyline; install it again.")
