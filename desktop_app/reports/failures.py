"""What the system says when a folder cannot be written, as one sentence with a remedy."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.problems import ExportFailed, Message, message

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def as_export_failed(out: Path) -> Iterator[None]:
    """Turn an OSError into ExportFailed about the folder `out`."""
    try:
        yield
    except OSError as error:
        raise ExportFailed(_sentence(error, out)) from error


def _sentence(error: OSError, out: Path) -> Message:
    folder = str(out)
    if error.errno in _FULL:
        return message(
            "{folder}: there is not enough room on the disk; free some, or choose another folder.", folder=folder
        )
    if error.errno in _FORBIDDEN:
        return message(
            "{folder}: may not be written to; close the files of an earlier export, or choose another folder.",
            folder=folder,
        )
    if isinstance(error, FileNotFoundError):
        return message("{file}: its folder is not there; choose another one.", file=folder)
    if isinstance(error, NotADirectoryError | FileExistsError):
        return message("{folder}: this is no folder, or lies in none; choose another one.", folder=folder)
    return message(
        "{folder}: could not be written ({reason}); choose another folder.",
        folder=folder,
        reason=error.strerror or str(error),
    )
