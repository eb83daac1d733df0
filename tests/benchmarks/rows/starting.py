"""Row 11: from the start of the process to the first painted desk, beside the libraries with an empty plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from tests.benchmarks.processes import run
from tests.benchmarks.results import Result, ratio
from tests.benchmarks.timing import Timing

_OURS, _THEIRS = "tests.benchmarks.start_desk", "tests.benchmarks.start_plot"


def measure(rounds: int, folder: Path) -> Iterator[Result]:
    """Both programs run once untimed: the sample's project is made then, and their files are in memory."""
    found: dict[str, list[tuple[float, float]]] = {_OURS: [], _THEIRS: []}
    settled = []
    for place in range(rounds + 1):
        for module, times in found.items():
            said = run(module, timed=True, environment=_environment(folder / "user")).said
            if place:
                times.append((said["painted"], said["cpu"]))
                settled += [said["settled"]] if "settled" in said else []
    ours, theirs = (_timing(times) for times in found.values())
    result = ratio("11", None, ours, theirs, ours=ours, peer="PySide6, pyqtgraph, duckdb, an empty plot")
    yield replace(result, note=f"every figure on the desk after {1000 * median(settled):.0f} ms")


def _environment(user: Path) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(user / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    return {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false", **folders}


def _timing(times: Sequence[tuple[float, float]]) -> Timing:
    return Timing(tuple(wall for wall, _ in times), tuple(cpu for _, cpu in times))
