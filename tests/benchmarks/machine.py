"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = ("duckdb", "numpy", "pandas", "polars", "numba", "pycreditools", "PySide6_Essentials", "pyqtgraph")


@dataclass(frozen=True)
class Machine:
    """One machine at one time.

    Attributes: memory is in bytes; load is how many processes wanted a processor in the minute before; libraries
    are names with versions.
    """

    processor: str
    cores: int
    memory: int
    system: str
    python: str
    load: float
    libraries: tuple[str, ...]

    @classmethod
    def here(cls) -> Machine:
        """This machine, now."""
        pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return cls(
            _processor(),
            len(os.sched_getaffinity(0)),
            pages,
            f"{platform.system()} {platform.release()}",
            platform.python_version(),
            os.getloadavg()[0],
            tuple(_libraries()),
        )

    def __str__(self) -> str:
        """One line."""
        memory = f"{self.memory / 2**30:.0f} GiB"
        parts = (self.processor, f"{self.cores} cores", memory, self.system, f"Python {self.python}", *self.libraries)
        return f"{', '.join(parts)}; load at the start {self.load:.1f}"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _libraries() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
