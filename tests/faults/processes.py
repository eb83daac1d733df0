"""Other processes that do something with a project, and disks that take no more."""

from __future__ import annotations

import os
import resource
import shlex
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
    process = _begun(script, *arguments)
    try:
        _wait_for_a_line(process)
        yield process
    finally:
        process.kill()
        process.communicate()


def killed_together(*scripts: tuple[object, ...]) -> None:
    """Run several scripts, each with its arguments, side by side until each said a line, then kill them."""
    processes = [_begun(*script) for script in scripts]
    try:
        for process in processes:
            _wait_for_a_line(process)
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _begun(script: object, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", dedent(str(script)), *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _wait_for_a_line(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said, process.communicate()[1]


def on_a_small_disk(folder: Path, size: str, script: str, *arguments: object, blocks: int) -> str:
    """What `script` prints, run with a disk of that size mounted on `folder` for it alone.

    Where nothing may be mounted, `folder` is an ordinary one, and no file of the script grows beyond so many blocks
    of 512 bytes.
    """
    folder.mkdir()
    run = shlex.join([sys.executable, "-c", dedent(script), *map(str, arguments)])
    mount = f"mount -t tmpfs -o size={size} none {shlex.quote(str(folder))}"
    apart = f"unshare -m sh -c {shlex.quote(f'{mount} && {run}')}"
    command = f"if unshare -m {mount} 2>&1; then exec {apart}; else ulimit -f {blocks} && {run}; fi"
    done = subprocess.run(["sh", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


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
