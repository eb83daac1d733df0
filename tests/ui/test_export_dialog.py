"""The export from the window: what is asked, what is written, what is said."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop_app.reports.export import TABLES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.export_dialog import ExportDialog
from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> ExportDialog:
    dialog = window.leaving.ask()
    dialog.folder.setText(str(tmp_path / "out"))
    return dialog


def export(qtbot: QtBot, window: MainWindow, dialog: ExportDialog) -> None:
    with qtbot.wait_signal(window.controller.exported, timeout=30_000):
        qtbot.mouseClick(dialog.export, LEFT)


def test_everything_is_offered_with_the_grouping_of_the_desk(window: MainWindow, dialog: ExportDialog) -> None:
    assert dialog.grouping.currentData() == window.controller.workspace.view.grouping == "segment"
    assert dialog.csv.isChecked()
    assert not dialog.csv.isEnabled()
    assert dialog.accounts.text() == "Accounts, 3,000 lines"


def test_all_files_are_written_and_named(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    export(qtbot, window, dialog)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    tables = {f"{name}.csv" for name in (*TABLES, "accounts")}
    assert names == {*tables, "impact.xlsx", "report.html", "manifest.json"}
    assert window.notice.text.text() == f"{len(names - {'manifest.json'})} files were written into {tmp_path / 'out'}."


def test_only_what_is_ticked_is_written(qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path) -> None:
    for box in (dialog.workbook, dialog.report, dialog.accounts, *list(dialog.tables.values())[1:]):
        box.setChecked(False)
    export(qtbot, window, dialog)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["manifest.json", "summary.csv"]


def test_ids_leave_as_codes_where_wanted(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.codes.setChecked(True)
    export(qtbot, window, dialog)
    with (tmp_path / "out" / "accounts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(next(csv.DictReader(file))["account_id"]) == 32
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["csv"]["ids_masked"] is True


def test_another_grouping_breaks_the_files_down_and_leaves_the_desk(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.grouping.setCurrentIndex(0)
    export(qtbot, window, dialog)
    assert (tmp_path / "out" / "groups.csv").read_bytes().count(b"\n") == 1
    assert window.controller.workspace.view.grouping == "segment"


def test_the_report_holds_the_histogram_on_white(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    export(qtbot, window, dialog)
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<figcaption>Users by Score</figcaption>" in text
    assert "data:image/svg+xml;base64," in text


def test_the_folder_can_be_opened_from_the_notice(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    export(qtbot, window, dialog)
    qtbot.mouseClick(window.notice.action_button, LEFT)
    assert opened == [QUrl.fromLocalFile(str(tmp_path / "out"))]


def test_the_folder_is_remembered(qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path) -> None:
    export(qtbot, window, dialog)
    again = window.leaving.ask()
    assert again.folder.text() == str(tmp_path / "out")
    again.close()


def test_a_folder_that_cannot_be_written_is_one_sentence(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file")
    with qtbot.wait_signal(window.controller.failed, timeout=30_000):
        qtbot.mouseClick(dialog.export, LEFT)
    assert "this is no folder" in window.notice.text.text()
    assert not window.notice.action_button.isVisible()


def test_without_a_folder_nothing_can_be_exported(dialog: ExportDialog) -> None:
    dialog.folder.setText(" ")
    assert not dialog.export.isEnabled()


def test_cancelling_the_work_leaves_nothing(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path
) -> None:
    with qtbot.wait_signal(window.controller.background.idle, timeout=30_000):
        qtbot.mouseClick(dialog.export, LEFT)
        window.controller.cancel()
    window.controller.background.drain()
    assert not (tmp_path / "out").exists()
    settle(qtbot, window)


@pytest.mark.parametrize("language", list(Language))
def test_every_control_has_a_name(qtbot: QtBot, language: Language, tmp_path: Path, window: MainWindow) -> None:
    dialog = ExportDialog(Words(language), tmp_path, window)
    controls = (dialog.browse, dialog.export, dialog.cancel, dialog.csv, dialog.workbook, dialog.report, dialog.codes)
    assert all(control.text() for control in (*controls, *dialog.tables.values()))
    assert dialog.folder.accessibleName()
    assert dialog.grouping.accessibleName()
