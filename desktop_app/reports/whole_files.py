"""A file that is written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from desktop_app.reports.failures import as_export_failed


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """A path beside `out` to write to; what is there in the end takes the place of `out`.

    An error on the way leaves `out` as it was and nothing beside it; one of the system becomes ExportFailed.
    """
    part: Path | None = None
    try:
        with as_export_failed(out):
            with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", suffix=".part", delete=False) as file:
                part = Path(file.name)
            yield part
            part.chmod(0o644)
            part.replace(out)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def write_whole(out: Path, content: bytes) -> None:
    """Write `content` to `out`; raises ExportFailed, and then `out` is as it was."""
    with whole_file(out) as part:
        part.write_bytes(content)
