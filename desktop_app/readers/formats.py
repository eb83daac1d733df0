"""Which kind of table a file is, by its first bytes: names and endings lie."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.plans import FileFormat
from desktop_app.domain.problems import ImportFailed, message

GZIP = "gzip"

_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(path: Path) -> tuple[FileFormat, str]:
    """The format and compression ("" or "gzip") of a file; ImportFailed where it is none that can be read."""
    head = _head(path)
    if not head:
        raise ImportFailed(message("{file} is empty.", file=path.name))
    if head.startswith(_PARQUET):
        return FileFormat.PARQUET, ""
    if head.startswith(_ZIP):
        return FileFormat.XLSX, ""
    if head.startswith(_GZIP):
        return FileFormat.CSV, GZIP
    if head.startswith(_OLD_OFFICE):
        text = "{file} is a workbook of the old or an encrypted kind; save it as .xlsx or .csv without a password."
        raise ImportFailed(message(text, file=path.name))
    return FileFormat.CSV, ""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except FileNotFoundError as error:
        raise ImportFailed(message("There is no file {file}.", file=str(path))) from error
    except OSError as error:
        text = "{file} cannot be read ({reason})."
        raise ImportFailed(message(text, file=str(path), reason=error.strerror or "")) from error
