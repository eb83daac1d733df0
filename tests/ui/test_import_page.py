"""A file on the import page: what the analyst sees and does until it is on the desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.actions import Block
from desktop_app.domain.conditions import Comparison, Operator
from desktop_app.domain.policy import Policy
from desktop_app.text.language import Language
from desktop_app.ui.import_page import ImportPage
from desktop_app.ui.main_window import MainWindow
from desktop_app.workspace.import_choices import ChoiceKind
from tests.ui.book import policy, rule

HEADING = "account_id,limit,bal,score,Monthly\n"
ROWS = HEADING + "".join(f"{number:05d},1000,{number % 900},{500 + number % 300},5000\n" for number in range(3_000))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test knows the mappings that another confirmed."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def page(window: MainWindow) -> Iterator[ImportPage]:
    yield window.files.page
    # What was opened meanwhile is the test's to close.
    window.files.page.stop()
    window.controller.stop()
    window.controller.workspace.close()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.wait_until(lambda: window.controller.settled, timeout=30_000)


def show(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.wait_signal(window.files.page.work.looked, timeout=30_000):
        window.files.open(path)


def choose(qtbot: QtBot, page: ImportPage, column: str, heading: str) -> None:
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        page.mapping.rows[column].source.choose(("heading", heading))


def state_day(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        page.book.as_of.setFocus()
        qtbot.keyClicks(page.book.as_of, "2026-01-31")
        qtbot.keyClick(page.book.as_of, Qt.Key.Key_Return)


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path) -> Path:
    path = tmp_path / "lender.csv"
    path.write_text(ROWS, encoding="utf-8")
    show(qtbot, window, path)
    return path


def load(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.wait_signal(page.opened, timeout=60_000):
        qtbot.mouseClick(page.load, LEFT)


def test_a_file_dropped_on_the_window_is_shown(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "lender.csv"
    path.write_text(ROWS, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    arguments = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(window.rect().center(), *arguments)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), *arguments))
    assert page.isVisible()
    assert "lender.csv" in page.title.text()


def drop(window: MainWindow, path: Path) -> str:
    """Drop a file on the window; what the window said while it was held there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    arguments = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(window.rect().center(), *arguments))
    said = window.files.sign.text() if window.files.sign.isVisible() else ""
    QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), *arguments))
    return said


def test_a_dropped_policy_goes_into_the_scenario_as_a_step(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "strict.json"
    path.write_text(policy(640, 30).to_json(), encoding="utf-8")
    assert drop(window, path) == "Let go to put the policy strict.json into the scenario in front"
    assert not window.files.sign.isVisible()
    assert window.controller.workspace.scenario.policy == policy(640, 30)
    assert "Undo: Open" in window.toolbar.undo.toolTip()


def test_a_file_held_over_the_window_and_taken_away_leaves_nothing(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "lender.csv"
    path.write_text(ROWS, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    arguments = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(window.rect().center(), *arguments))
    assert window.files.sign.text() == "Let go to look at lender.csv before it is loaded"
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.files.sign.isVisible()


def test_a_mapping_dropped_on_the_import_page_is_taken(
    qtbot: QtBot, window: MainWindow, page: ImportPage, shown: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "lender.mapping.json"
    page.mapping_files.save(mapping)
    with qtbot.wait_signal(page.mapping_files.opened):
        assert drop(window, mapping) == "Let go to read the table by the mapping lender.mapping.json"


def test_usual_headings_are_chosen_already(page: ImportPage, shown: Path) -> None:
    rows = page.mapping.rows
    assert [rows[name].source.value for name in ("account_id", "credit_limit", "balance")] == [
        ("heading", "account_id"),
        ("heading", "limit"),
        ("heading", "bal"),
    ]


def test_what_is_missing_must_be_settled_first(page: ImportPage, shown: Path) -> None:
    assert page.doubts.isVisible()
    assert not page.load.isEnabled()


def test_the_button_of_a_fault_leads_to_its_field(qtbot: QtBot, page: ImportPage, shown: Path) -> None:
    qtbot.mouseClick(page.doubts.buttons[0], LEFT)
    assert page.book.as_of.hasFocus()


def test_the_button_of_a_doubt_about_a_unit_states_the_factor(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "lender.csv"
    path.write_text(
        "账户号,授信额度（万元）,余额\n" + "".join(f"{n:05d},1.5,{n}\n" for n in range(30)), encoding="utf-8"
    )
    show(qtbot, window, path)
    (times, _, _) = page.doubts.buttons
    assert times.text() == "Times 10000"
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        qtbot.mouseClick(times, LEFT)
    row = page.mapping.rows["credit_limit"]
    assert (row.how.value, row.value.text()) == (ChoiceKind.SCALE, "10000")
    state_day(qtbot, page)
    assert page.preview.rows.text_at(0, 2) == "15,000"


def test_first_rows_are_shown_as_stored(qtbot: QtBot, page: ImportPage, shown: Path) -> None:
    state_day(qtbot, page)
    assert page.preview.rows.text_at(0, 2) == "1,000"
    assert page.load.isEnabled()


def test_another_heading_for_a_column(qtbot: QtBot, page: ImportPage, shown: Path) -> None:
    choose(qtbot, page, "income_monthly", "Monthly")
    assert page.draft is not None
    assert page.draft.mapping().columns["income_monthly"].value == "Monthly"


def test_a_factor(qtbot: QtBot, page: ImportPage, shown: Path) -> None:
    row = page.mapping.rows["credit_limit"]
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        row.how.choose(ChoiceKind.SCALE)
    row.value.selectAll()
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        qtbot.keyClicks(row.value, "10000")
        qtbot.keyClick(row.value, Qt.Key.Key_Return)
    state_day(qtbot, page)
    assert page.preview.rows.text_at(0, 2) == "10,000,000"


def test_a_text_being_typed_is_not_taken_away(qtbot: QtBot, page: ImportPage, shown: Path) -> None:
    field = page.book.as_of
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        page.mapping.rows["score"].source.choose(ChoiceKind.NONE)
        field.setFocus()
        qtbot.keyClicks(field, "2026-0")
    assert field.text() == "2026-0"


def test_another_way_to_read_looks_again(qtbot: QtBot, page: ImportPage, shown: Path) -> None:
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        page.reading.choices["delimiter"].choose(";")
    assert page.draft is not None
    assert len(page.draft.headings) == 1


def test_loading_puts_the_book_on_the_desk(
    qtbot: QtBot, window: MainWindow, page: ImportPage, shown: Path, tmp_path: Path
) -> None:
    state_day(qtbot, page)
    page.choose_target(tmp_path / "mine")
    load(qtbot, page)
    settle(qtbot, window)
    assert not page.isVisible()
    workspace = window.controller.workspace
    assert (workspace.book.accounts, workspace.project.path) == (3_000, tmp_path / "mine.greyline")
    assert "lender" in window.windowTitle()
    assert [window.tabs.bar.tabText(place) for place in range(2)] == ["Baseline", "Scenario 1"]


def test_desk_works_on_the_new_book(qtbot: QtBot, window: MainWindow, page: ImportPage, shown: Path) -> None:
    state_day(qtbot, page)
    load(qtbot, page)
    document = shown.with_name("policy.json")
    low = Comparison(field="score", operator=Operator.LESS, value=640)
    document.write_text(Policy(id="low", rules=(rule("low", low, Block()),)).to_json(), encoding="utf-8")
    window.files.use_policy(document, as_baseline=False)
    settle(qtbot, window)
    blocked = window.controller.workspace.shown().readings["users_blocked"]
    assert blocked.baseline == 0
    assert blocked.value is not None
    assert blocked.value > 0


def test_a_policy_becomes_the_baseline(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    document = tmp_path / "policy.json"
    document.write_text(policy(640, 30).to_json(), encoding="utf-8")
    window.files.use_policy(document, as_baseline=True)
    settle(qtbot, window)
    assert window.controller.workspace.desk.baseline.policy == policy(640, 30)
    assert window.toolbar.undo.isEnabled()


def test_cancel_stops_loading_and_keeps_the_page(
    qtbot: QtBot, window: MainWindow, page: ImportPage, shown: Path, tmp_path: Path
) -> None:
    state_day(qtbot, page)
    page.choose_target(tmp_path / "mine")
    qtbot.mouseClick(page.load, LEFT)
    qtbot.mouseClick(page.cancel, LEFT)
    assert page.isVisible()
    assert page.load.isEnabled()
    assert page.notice.isVisible()
    page.work.stop()
    assert not (tmp_path / "mine.greyline").exists()


def test_escape_goes_back_to_the_desk(qtbot: QtBot, window: MainWindow, page: ImportPage, shown: Path) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_an_unreadable_file_is_told_on_the_page(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_text("")
    with qtbot.wait_signal(page.work.failed, timeout=30_000):
        window.files.open(tmp_path / "empty.csv")
    assert page.notice.text.text() == "empty.csv is empty."
    assert not page.preview.rows_said.text()


def test_a_project_is_opened_at_once(
    qtbot: QtBot, window: MainWindow, page: ImportPage, imported: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(imported, tmp_path / "other.greyline"))
    with qtbot.wait_signal(page.opened, timeout=30_000):
        window.files.open(other)
    settle(qtbot, window)
    assert window.controller.workspace.project.path == other


def test_the_open_project_is_not_opened_again(window: MainWindow, page: ImportPage) -> None:
    before = window.controller.workspace
    window.files.open(before.project.path)
    assert window.controller.workspace is before
    assert not page.isVisible()


def test_mapping_goes_to_a_file_and_back(qtbot: QtBot, page: ImportPage, shown: Path, tmp_path: Path) -> None:
    choose(qtbot, page, "income_monthly", "Monthly")
    page.mapping_files.save(tmp_path / "mapping.json")
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        page.mapping.rows["income_monthly"].source.choose(ChoiceKind.NONE)
    with qtbot.wait_signal(page.work.looked, timeout=30_000):
        page.mapping_files.open(tmp_path / "mapping.json")
    assert page.mapping.rows["income_monthly"].source.value == ("heading", "Monthly")


def test_a_mapping_file_that_is_none_is_told(page: ImportPage, shown: Path, tmp_path: Path) -> None:
    (tmp_path / "mapping.json").write_text("[]")
    page.mapping_files.open(tmp_path / "mapping.json")
    assert page.notice.isVisible()


def test_a_mapping_that_cannot_be_kept_is_told(page: ImportPage, shown: Path, tmp_path: Path) -> None:
    page.mapping_files.save(tmp_path / "none" / "mapping.json")
    assert page.notice.isVisible()


def test_report_is_written_as_csv(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.wait_signal(window.controller.noticed, timeout=30_000):
        window.controller.write_report(tmp_path / "report")
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == [
        "missing.csv",
        "rejects.csv",
        "report.csv",
    ]


def test_every_control_has_a_name(page: ImportPage, shown: Path) -> None:
    for kind in (QComboBox, QLineEdit, QAbstractSpinBox, QAbstractButton):
        for control in page.findChildren(kind):
            if control.isVisible() and not control.objectName().startswith("qt_"):
                assert control.accessibleName() or control.property("text"), control


def test_another_language_says_everything(window: MainWindow, page: ImportPage, shown: Path) -> None:
    window.speech.set_language(Language.CHINESE)
    assert page.load.text() == "载入"
    assert not any(character.isascii() and character.isalpha() for character in page.preview.rows_said.text())
