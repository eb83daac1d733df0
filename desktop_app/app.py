"""Starts Greyline: the log, the last resort for errors, and which of window and terminal runs."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Protocol, cast

from platformdirs import user_data_path, user_log_path

from desktop_app.domain.problems import Message, Problem, message
from desktop_app.text.language import Language
from desktop_app.text.version import program_version
from desktop_app.text.words import Words

LOG_BYTES = 1_000_000
LOGS_KEPT = 3
FAILED = 1
INTERRUPTED = 130
TRACE = "--trace-frames"

_log = logging.getLogger("desktop_app")


class Program(Protocol):
    """What `ui.program` offers."""

    def run(self, folder: Path, named: Path | None = None, *, trace: Path | None = None) -> int:
        """Show the window until it is closed; returns the exit code."""


class Pictures(Protocol):
    """What `ui.pictures` offers."""

    def take_sample_pictures(self, folder: Path, words: Words) -> list[Path]:
        """Write pictures of the window with the sample's real answers."""


class Commands(Protocol):
    """What `cli.commands` offers."""

    def main(self, arguments: Sequence[str]) -> int:
        """Run one command; returns the exit code."""


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


def open_window(named: Path | None = None, trace: Path | None = None) -> int:
    """Open the window, on the sample book unless a project is named; a table named is looked at for import.

    `trace` is a CSV file for the times of the session's frames. WindowUnavailable where one of Qt's system libraries is
    missing.
    """
    program = cast(Program, _window_module("desktop_app.ui.program"))
    return program.run(user_data_path("greyline", appauthor=False), named, trace=trace)


def terminal_commands() -> Commands:
    """The commands, loaded only where one is given: the window is painted before numbers are needed."""
    return cast(Commands, import_module("desktop_app.cli.commands"))


def run_main_job(out: Path) -> int:
    """What the window shows first, for a machine without a display: the sample's impact, its files, its pictures."""
    code = terminal_commands().main(["demo-run", "--out", str(out)])
    if code == 0:
        folder = out / "pictures"
        pictures = cast(Pictures, _window_module("desktop_app.ui.pictures"))
        words = Words(Language.of_terminal())
        taken = len(pictures.take_sample_pictures(folder, words))
        said = message("Wrote {count} pictures of the window to {folder}.", count=taken, folder=str(folder))
        sys.stdout.write(f"{words.say(said)}\n")
    return code


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"greyline {program_version()}\n")
        return 0
    if TRACE in arguments[:-1]:
        return _run_traced(arguments)
    named = _file_named(arguments)
    if named is not None and has_display():
        return open_window(named)
    if arguments:
        return terminal_commands().main(arguments)
    return open_window() if has_display() else run_main_job(Path("out"))


def _run_traced(arguments: list[str]) -> int:
    """The window with its frames recorded, also on a platform that nobody sees."""
    place = arguments.index(TRACE)
    rest = arguments[:place] + arguments[place + 2 :]
    named = _file_named(rest)
    if rest and named is None:
        return terminal_commands().main(arguments)
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise WindowUnavailable(message("The window cannot open: there is no display."))
    return open_window(named, Path(arguments[place + 1]).absolute())


def _file_named(arguments: list[str]) -> Path | None:
    """The file that is the only argument, as when it is opened from a folder; a command's name never is one."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return None
    named = Path(arguments[0])
    return named.absolute() if named.suffix and named.is_file() else None


def _window_module(name: str) -> ModuleType:
    # Loaded only when a window is wanted: the terminal works where Qt's libraries are missing.
    try:
        return import_module(name)
    except ImportError as error:
        if (error.name or "").startswith("desktop_app"):
            raise
        raise WindowUnavailable(
            message(
                "The window cannot open ({reason}); install the missing library, or use a command in the terminal.",
                reason=str(error),
            )
        ) from error


def _say(*sentences: Message) -> None:
    words = Words(Language.of_terminal())
    sys.stderr.write("".join(f"{words.say(sentence)}\n" for sentence in sentences))


def _last_resort(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("Unexpected error", exc_info=(kind, error, trace))
    _say(message("Greyline met an unexpected error and could not go on; {file} has the details.", file=str(log_file())))


def _last_resort_of_thread(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None:
        _last_resort(failure.exc_type, failure.exc_value, failure.exc_traceback)
