"""What every test gets: an offscreen Qt, folders of its own, and a check that it leaves nothing behind."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

# Without a display Qt ends the whole process unless it is told so before it starts.
if not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same cases every time; `--hypothesis-profile=thorough` looks further.
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=60, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=3000, print_blob=True)
settings.load_profile("quick")

_OF_THE_SYSTEM = ("/proc/", "/dev/", "/sys/", "/usr/", "/lib", "/etc/", "/var/cache/", "/run/")
_FOLDERS_OF_THE_USER = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_SECONDS_TO_END = 2.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let pyproject.toml keep its Qt settings where the Qt plugin is not installed."""
    if find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "of pytest-qt, which is not installed here", "linelist")


@pytest.fixture(scope="session", autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of the session's own for everything that asks for a temporary one, child processes included."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, data, logs and caches of the session's own: no test sees the user's."""
    home = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in _FOLDERS_OF_THE_USER:
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def leaves_nothing_behind(own_temporary_folder: Path) -> Iterator[None]:
    """Fail a test that leaves a thread, a child process, an open file or a temporary file behind."""
    looks: dict[str, Callable[[], set[str]]] = {
        "threads": _threads,
        "child processes": _children,
        "open files": _open_files,
        "temporary files": lambda: {path.name for path in own_temporary_folder.iterdir()},
    }
    before = {what: look() for what, look in looks.items()}
    yield
    if any(look() - before[what] for what, look in looks.items()):
        _end_what_is_ending(before["threads"])
    left = {what: sorted(found) for what, look in looks.items() if (found := look() - before[what])}
    assert not left, f"the test left behind: {left}"


def _end_what_is_ending(known: set[str]) -> None:
    gc.collect()
    for thread in threading.enumerate():
        if _name(thread) not in known and not isinstance(thread, threading._DummyThread):
            thread.join(_SECONDS_TO_END)


def _name(thread: threading.Thread) -> str:
    return f"{thread.name} ({thread.ident})"


def _threads() -> set[str]:
    # A thread that Python did not start (Qt's, a database's) stays in the list when it is gone.
    return {_name(thread) for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _children() -> set[str]:
    numbers = [number for tasks in Path("/proc/self/task").glob("*/children") for number in _read(tasks).split()]
    commands = {number: _command(number) for number in numbers}
    # multiprocessing keeps one tracker for the life of the process.
    return {f"{number}: {command}" for number, command in commands.items() if "resource_tracker" not in command}


def _command(number: str) -> str:
    return _read(Path(f"/proc/{number}/cmdline")).replace("\0", " ").strip()


def _read(file: Path) -> str:
    """A file of /proc; empty where its thread or process ended between being listed and being read."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _open_files() -> set[str]:
    found = set()
    for link in Path("/proc/self/fd").glob("*"):
        try:
            path = str(link.readlink())
        except FileNotFoundError:
            continue
        if path.startswith("/") and not path.startswith(_OF_THE_SYSTEM):
            found.add(path)
    return found
