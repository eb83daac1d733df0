"""What the benchmark has done in a process of its own: where memory or a start is measured.

`python -m tests.benchmarks.child WHAT ARGUMENT…`; it prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.workspace.opening import import_project
from tests.benchmarks.books import mapping
from tests.benchmarks.question import Question


def load(csv: str, target: str) -> dict[str, float]:
    """Import a CSV."""
    import_project(Path(csv), mapping(), Path(target), CancelWatch()).close()
    return {}


def evaluate(project: str) -> dict[str, float]:
    """Open a project, prepare its columns and evaluate."""
    opened = Project.open(Path(project))
    started = time.perf_counter()
    question = Question.of(opened)
    prepared = time.perf_counter()
    question.evaluate(question.tightened)
    evaluated = time.perf_counter()
    opened.close()
    return {"prepare": prepared - started, "evaluate": evaluated - prepared}


WHAT: dict[str, Callable[..., dict[str, float]]] = {"load": load, "evaluate": evaluate}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(WHAT[sys.argv[1]](*sys.argv[2:])) + "\n")
