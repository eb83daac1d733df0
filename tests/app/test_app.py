"""Starting Greyline: which face runs, what errors look like, where the log goes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app import app
from desktop_app.domain.problems import BookUnusable, message


class Terminal:
    """Stands for the commands; keeps what it was called with."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.raised: BaseException | None = None

    def main(self, arguments: Sequence[str]) -> int:
        self.calls.append(list(arguments))
        if self.raised:
            raise self.raised
        return 7


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    hooks = sys.excepthook, threading.excepthook
    log = logging.getLogger("desktop_app")
    state = (tuple(log.handlers), log.level, log.propagate)
    yield
    sys.excepthook, threading.excepthook = hooks
    for handler in log.handlers:
        handler.close()
    log.handlers, log.level, log.propagate = [*state[0]], state[1], state[2]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr(app, "terminal_commands", lambda: terminal)
    return terminal


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--version"]) == 0
    assert capsys.readouterr().out == f"greyline {app.program_version()}\n"


def test_a_command_goes_to_the_terminal(terminal: Terminal) -> None:
    assert app.main(["simulate", "--help"]) == 7
    assert terminal.calls == [["simulate", "--help"]]


def test_without_arguments_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "has_display", lambda: True)
    monkeypatch.setattr(app, "open_window", lambda: 7)
    assert app.main([]) == 7


def test_a_file_opens_in_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path] = []
    book = tmp_path / "book.greyline"
    book.touch()
    monkeypatch.setattr(app, "has_display", lambda: True)
    monkeypatch.setattr(app, "open_window", lambda named: opened.append(named) or 7)
    assert app.main([str(book)]) == 7
    assert opened == [book]


def test_frames_are_traced_in_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[tuple[Path | None, Path]] = []
    book = tmp_path / "book.greyline"
    book.touch()
    monkeypatch.setattr(app, "has_display", lambda: True)
    monkeypatch.setattr(app, "open_window", lambda named, trace: opened.append((named, trace)) or 7)
    assert app.main([str(book), "--trace-frames", str(tmp_path / "frames.csv")]) == 7
    assert app.main(["--trace-frames", str(tmp_path / "frames.csv")]) == 7
    assert opened == [(book, tmp_path / "frames.csv"), (None, tmp_path / "frames.csv")]


def test_frames_are_not_traced_without_a_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(app, "has_display", lambda: False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert app.main(["--trace-frames", str(tmp_path / "frames.csv")]) == app.FAILED
    assert "no display" in capsys.readouterr().err


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_module: str) -> ModuleType:
        raise ImportError("libGL.so.1: cannot open shared object file", name="PySide6.QtGui")

    monkeypatch.setattr(app, "has_display", lambda: True)
    monkeypatch.setattr(app, "import_module", fail)
    assert app.main([]) == app.FAILED
    assert "libGL.so.1" in capsys.readouterr().err


def test_without_a_display_the_main_job_runs(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "has_display", lambda: False)
    assert app.main([]) == 7
    assert terminal.calls == [["demo-run", "--out", "out"]]


@pytest.mark.slow
def test_the_main_job_writes_tables_and_pictures(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(app.__file__).parents[1])}
    command = [sys.executable, "-m", "desktop_app"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert list((tmp_path / "out").glob("*.csv"))
    assert list((tmp_path / "out" / "pictures").glob("*.png"))


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_found(environment: dict[str, str], platform: str, seen: bool) -> None:
    assert app.has_display(environment, platform) is seen


def test_a_problem_is_one_line_and_a_code(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = BookUnusable(message('There is no figure "{name}".', name="x"))
    terminal.raised = problem
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert app.main(["simulate"]) == app.FAILED
    assert capsys.readouterr().err == 'There is no figure "x".\n'


def test_a_problem_is_said_in_the_language_of_the_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.raised = BookUnusable(message("Balance"))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    app.main(["simulate"])
    assert capsys.readouterr().err == "余额\n"


def test_a_problem_is_logged(terminal: Terminal) -> None:
    terminal.raised = BookUnusable(message("Balance"))
    app.main(["simulate"])
    assert "WARNING desktop_app: Balance" in app.log_file().read_text(encoding="utf-8")


def test_an_interrupt_ends_quietly(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.raised = KeyboardInterrupt()
    assert app.main(["simulate"]) == app.INTERRUPTED
    assert capsys.readouterr().err == ""


def test_a_bug_is_logged_and_named_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    app.start_log()
    app.install_last_resort()
    error = ZeroDivisionError("a bug")
    sys.excepthook(type(error), error, None)
    assert "ZeroDivisionError: a bug" in app.log_file().read_text(encoding="utf-8")
    assert "Traceback" not in capsys.readouterr().err


def test_a_bug_in_a_thread_is_logged() -> None:
    app.start_log()
    app.install_last_resort()
    thread = threading.Thread(target=[].pop)
    thread.start()
    thread.join()
    assert "pop from empty list" in app.log_file().read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_costs_only_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    assert app.main(["--version"]) == 0
