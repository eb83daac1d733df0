"""Starts Greyline: the log, the last resort for errors, and which of window and terminal runs."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Protocol, cast

from platformdirs import user_log_path

from desktop_app.domain.problems import Message, Problem, message
from desktop_app.text.language import Language
from desktop_app.text.words import Words

LOG_BYTES = 1_000_000
LOGS_KEPT = 3
FAILED = 1
INTERRUPTED = 130

_log = logging.getLogger("desktop_app")


class Face(Protocol):
    """What a module that talks to the user offers."""

    def main(self, arguments: Sequence[str]) -> int:
        """Run until done; returns the exit code."""


class WindowUnavailable(Problem):
    """Qt, or a system library that it needs, is not installed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Greyline and return its exit code.

    With arguments: a command in the terminal. Without: the window, or where there is no display the main job.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    start_log()
    install_last_resort()
    try:
        return _run(given)
    except Problem as problem:
        _log.warning("%s", problem)
        _say(problem.message, *problem.details)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def log_file() -> Path:
    """Where the log is, whether or not it could be written."""
    return user_log_path("greyline", appauthor=False) / "greyline.log"


def start_log() -> None:
    """Write the log to a file that rotates; without one where the folder cannot be written."""
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    # Starting again, as tests do, replaces the handler of the last start.
    for old in tuple(_log.handlers):
        _log.removeHandler(old)
        old.close()
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def install_last_resort() -> None:
    """Have bugs end in the log, with one sentence instead of a traceback on the screen."""
    sys.excepthook = _last_resort
    threading.excepthook = _last_resort_of_thread


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window could be seen."""
    if environment.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def program_version() -> str:
    """The version that is installed; "0" in a checkout that is not."""
    try:
        return version("greyline-credit")
    except PackageNotFoundError:
        return "0"


def words_of_terminal(environment: Mapping[str, str] = os.environ) -> Words:
    """The terminal's language, by its locale."""
    return Words(Language.preferred(*(environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))))


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"greyline {program_version()}\n")
        return 0
    if arguments:
        return _face("desktop_app.cli.commands").main(arguments)
    return open_window() if has_display() else run_main_job()


def open_window() -> int:
    """The window; WindowUnavailable where one of Qt's system libraries is missing."""
    try:
        window = _face("desktop_app.ui.start")
    except ImportError as error:
        if (error.name or "").startswith("desktop_app"):
            raise
        raise WindowUnavailable(
            message(
                "The window cannot open ({reason}); install the missing library, or use a command in the terminal.",
                reason=str(error),
            )
        ) from error
    return window.main([])


def run_main_job() -> int:
    """What the window shows first, for a machine without a display: the sample's impact into `out/`."""
    return _face("desktop_app.cli.commands").main(["demo-run", "--out", "out"])


def _face(module: str) -> Face:
    # Only the face that runs is loaded: the terminal works where Qt's libraries are missing.
    return cast(Face, import_module(module))


def _say(*sentences: Message) -> None:
    words = words_of_terminal()
    sys.stderr.write("".join(f"{words.say(sentence)}\n" for sentence in sentences))


def _last_resort(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("Unexpected error", exc_info=(kind, error, trace))
    _say(message("Greyline met an unexpected error and could not go on; {file} has the details.", file=str(log_file())))


def _last_resort_of_thread(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None:
        _last_resort(failure.exc_type, failure.exc_value, failure.exc_traceback)
