"""Files written aside and moved into place: all of them, or none."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class _Partial:
    """A folder that is being written; path is where, folder where it will be, stale what goes from there."""

    folder: Path
    path: Path
    stale: frozenset[str]

    def move(self, undo: ExitStack) -> None:
        """Put every file into place; an OSError leaves the folder as it was once `undo` has run."""
        if not self.folder.exists():
            self.path.rename(self.folder)
            undo.callback(self.folder.rename, self.path)
            return
        names = [path.name for path in self.path.iterdir()]
        for name in names:
            if (self.folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.folder / name))
        earlier = self.path / "earlier"
        earlier.mkdir()
        replaced = [name for name in sorted({*names, *self.stale}) if (self.folder / name).exists()]
        # A file that another program holds open cannot be moved on some systems: then all go back.
        for origin, target, moving in ((self.folder, earlier, replaced), (self.path, self.folder, names)):
            for name in moving:
                (origin / name).rename(target / name)
                undo.callback((target / name).rename, origin / name)


class Aside:
    """Where files are written before they are moved; always on the disk where they will be."""

    def __init__(self) -> None:
        self._partials: dict[Path, _Partial] = {}
        self._made: list[Path] = []

    def folder(self, target: Path, stale: frozenset[str] = frozenset()) -> Path:
        """A folder to write the files of the folder `target` into; those named `stale` go from there.

        Ask for a folder before its single files. Raises OSError where nothing can be written there.
        """
        folder = target.resolve()
        if folder not in self._partials:
            self._partials[folder] = _Partial(folder, self._begin(folder), stale)
        return self._partials[folder].path

    def file(self, target: Path) -> Path:
        """Where to write what will be the file `target`."""
        return self.folder(target.resolve().parent) / target.name

    def place(self) -> None:
        """Move everything; an OSError leaves all as it was."""
        with ExitStack() as undo:
            for partial in self._partials.values():
                partial.move(undo)
            undo.pop_all()

    def remove(self) -> None:
        """Remove what was written aside."""
        for partial in self._partials.values():
            shutil.rmtree(partial.path, ignore_errors=True)

    def unmake(self) -> None:
        """Remove the folders that were made for the export, where nothing is in them."""
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()

    def _begin(self, folder: Path) -> Path:
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        # Inside a folder that is there, since that may be all its owner may write to.
        partial = (folder if folder.is_dir() else folder.parent) / f".{folder.name}.partial-{os.getpid()}"
        self._made += [parent for parent in partial.parents if not parent.exists()]
        # Left by a process that was killed and had the same number.
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        return partial


@contextmanager
def aside() -> Iterator[Aside]:
    """A place to write into; gone at the end, whatever happens. Unless `place` was reached, nothing is left."""
    partials = Aside()
    try:
        yield partials
    except BaseException:
        partials.remove()
        partials.unmake()
        raise
    partials.remove()
