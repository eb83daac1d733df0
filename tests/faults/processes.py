"""Other processes that do something with a project, and disks that take no more."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

CHECKOUT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8"}


@contextmanager
def started(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process that runs `script` until it says a line; killed at the end with kill -9."""
    command = [sys.executable, "-c", dedent(script), *map(str, arguments)]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said, process.communicate()[1]
        yield process
    finally:
        process.kill()
        process.communicate()


def killed(script: str, *arguments: object) -> None:
    """Run `script` until it says a line, then kill it."""
    with started(script, *arguments):
        pass


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """No file of this process, nor of one that it starts, grows beyond `size` bytes, as on a disk that is full."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
