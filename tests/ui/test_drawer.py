"""The drawer with assumptions and stress: every field can be read, set, undone and put back."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import AssumptionHandle, StressHandle
from desktop_app.domain.scenario import GroupOdds
from desktop_app.text.language import Language
from desktop_app.text.suppositions import SUPPOSITIONS, SuppositionHandle
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.number_field import NumberField
from desktop_app.ui.supposition_row import SuppositionRow
from tests.ui.conftest import settle

LEFT = Qt.MouseButton.LeftButton
CCF = AssumptionHandle("ccf")
CAPACITY = AssumptionHandle("review_capacity")


def row(window: MainWindow, handle: SuppositionHandle = CCF) -> SuppositionRow:
    window.drawer.open("suppositions")
    return window.drawer.suppositions.rows[handle]


def field(window: MainWindow, handle: SuppositionHandle = CCF) -> NumberField:
    editor = row(window, handle).editor
    assert isinstance(editor, NumberField)
    return editor


def assumptions(window: MainWindow) -> dict[str, object]:
    return window.controller.workspace.scenario.assumptions.__dict__


def ead(window: MainWindow) -> float:
    value = window.controller.workspace.shown().readings["ead"].value
    assert value is not None
    return value


def test_opens_with_its_command_and_is_remembered(window: MainWindow, tmp_path: Path) -> None:
    window.toolbar.suppositions.trigger()
    assert window.drawer.isVisible()
    assert '"drawer": "suppositions"' in (tmp_path / "window.json").read_text(encoding="utf-8")


def test_shut_by_its_button_unchecks_the_command(qtbot: QtBot, window: MainWindow) -> None:
    window.toolbar.suppositions.trigger()
    qtbot.mouseClick(window.drawer.close_button, LEFT)
    assert not window.toolbar.suppositions.isChecked()


def test_a_number_is_written_in_its_unit_without_idle_zeros(window: MainWindow) -> None:
    assert field(window).text() == "40 %"


def test_typed_number_is_a_step_that_undo_takes_back(qtbot: QtBot, window: MainWindow) -> None:
    before = ead(window)
    field(window).setValue(55.5)
    settle(qtbot, window)
    assert assumptions(window)["ccf"] == Decimal("0.555")
    assert ead(window) > before
    assert "Credit conversion factor (CCF) to 55.5 %" in window.toolbar.undo.toolTip()
    window.toolbar.undo.trigger()
    assert field(window).text() == "40 %"


def test_changed_number_says_so_and_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    field(window).setValue(50)
    assert "changed, default 40 %" in field(window).accessibleDescription()
    qtbot.mouseClick(row(window).reset, LEFT)
    assert field(window).text() == "40 %"
    assert not row(window).reset.isVisible()


def test_choice_is_set(window: MainWindow) -> None:
    editor = row(window, AssumptionHandle("capital_method")).editor
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(1)
    editor.activated.emit(1)
    assert assumptions(window)["capital_method"] == "irb_retail"
    assert editor.currentText() == "IRB retail"


def test_a_limit_can_be_opened_and_set(qtbot: QtBot, window: MainWindow) -> None:
    limited = row(window, CAPACITY).limited
    assert limited is not None
    assert field(window, CAPACITY).text() == "no limit"
    limited.click()
    field(window, CAPACITY).setValue(2500)
    assert assumptions(window)["review_capacity"] == 2500
    limited.click()
    assert assumptions(window)["review_capacity"] is None


def test_stress_is_set(window: MainWindow) -> None:
    field(window, StressHandle("pd_odds")).setValue(1.5)
    assert window.controller.workspace.scenario.stress.pd_odds == Decimal("1.5")


def test_odds_by_group_are_read_and_taken_back(window: MainWindow) -> None:
    handle, odds = StressHandle("group_odds"), GroupOdds(column="segment", factors={"prime": 2})
    window.controller.do(lambda: window.controller.workspace.suppose(handle, odds))
    editor = row(window, handle).editor
    assert isinstance(editor, QComboBox)
    assert editor.currentText() == "Segment: prime × 2"
    row(window, handle).reset.click()
    assert window.controller.workspace.scenario.stress.group_odds is None


def test_baseline_can_only_be_read(window: MainWindow) -> None:
    window.toolbar.suppositions.trigger()
    window.tabs.bar.setCurrentIndex(0)
    assert not any(one.editor.isEnabled() for one in window.drawer.suppositions.rows.values())


def test_chinese_reaches_the_drawer(window: MainWindow) -> None:
    window.toolbar.suppositions.trigger()
    window.toolbar.language_chosen.emit(Language.CHINESE)
    assert row(window).editor.accessibleDescription() == "默认 · 0 至 100 %"


def test_every_field_is_there(window: MainWindow) -> None:
    assert window.drawer.suppositions.rows.keys() == SUPPOSITIONS.keys()


def test_a_stress_is_told_beside_the_sentence_and_copied_with_it(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.headline.stress.isVisible()
    field(window, StressHandle("pd_odds")).setValue(1.5)
    settle(qtbot, window)
    assert window.headline.stress.text() == "Under stress: Odds of default times 1.5"
    window.headline.copy_button.click()
    assert QApplication.clipboard().text().startswith("Under stress: Odds of default times 1.5 – Scenario 1 ")


def test_several_shocks_are_counted_and_listed_in_the_tip(qtbot: QtBot, window: MainWindow) -> None:
    field(window, StressHandle("pd_odds")).setValue(2)
    field(window, StressHandle("score_fall")).setValue(20)
    settle(qtbot, window)
    assert window.headline.stress.text() == "Under stress: 2 shocks"
    assert "Odds of default times 2" in window.headline.stress.toolTip()


def test_the_stress_that_is_told_opens_the_drawer(qtbot: QtBot, window: MainWindow) -> None:
    field(window, StressHandle("pd_odds")).setValue(1.5)
    settle(qtbot, window)
    window.drawer.shut()
    qtbot.mouseClick(window.headline.stress, LEFT)
    assert window.drawer.isVisible()
