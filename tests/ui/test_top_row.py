"""The scenarios' names can be read, however many there are."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.top_row import TopRow
from tests.ui.conftest import settle


class Part(QWidget):
    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, 20)


def test_few_tabs_stand_beside_the_commands(window: MainWindow) -> None:
    row = window.findChild(TopRow)
    assert row is not None
    assert not row.apart


def test_many_tabs_have_a_row_of_their_own_with_whole_names(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(5):
        window.tabs.add_button.click()
    settle(qtbot, window)
    row, bar = window.findChild(TopRow), window.tabs.bar
    assert row is not None
    qtbot.wait_until(lambda: row.apart)
    needed = [bar.fontMetrics().horizontalAdvance(bar.tabText(place)) for place in range(bar.count())]
    assert all(bar.tabRect(place).width() > width for place, width in enumerate(needed))


def test_they_come_back_once_there_is_room(qtbot: QtBot) -> None:
    row = TopRow(Part(), Part())
    qtbot.addWidget(row)
    row.show()
    for width, apart in ((500, True), (700, False)):
        row.resize(width, 60)
        qtbot.wait_until(lambda apart=apart: row.apart is apart)
