"""The page of accounts on a real book: found, filtered, sorted, explained."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSplitter
from pytestqt.qtbot import QtBot

from desktop_app.domain.accounts import OUTCOME, REASON, Order
from desktop_app.domain.filters import Filter, HasOutcome, InGroup, InRange
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.outcomes import Outcome
from desktop_app.engine.masking import code_of, masking_key
from desktop_app.text.language import Language
from desktop_app.ui.accounts_page import AccountsPage
from desktop_app.ui.main_window import MainWindow

SCORE = ThresholdHandle("low-score", "low-score.1")
BLOCKED = HasOutcome("scenario", (Outcome.BLOCKED,))


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[AccountsPage]:
    page = window.pages.turn_to(AccountsPage)
    # Room for more than the few rows that a small screen has at first.
    next(one for one in window.findChildren(QSplitter) if one.objectName() == "pages").setSizes([100, 500])
    ready(qtbot, page)
    yield page


def ready(qtbot: QtBot, page: AccountsPage) -> None:
    """Wait until what is seen is there."""
    lane = page.host.controller.browsing
    qtbot.wait_until(lambda: page.accounts.fresh and not lane.busy, timeout=20_000)


def column(page: AccountsPage, name: str) -> list[str]:
    return [page.table.text_at(place, name) for place in range(min(4, page.accounts.total))]


def test_every_account_is_there(page: AccountsPage) -> None:
    assert page.tools.count.text() == "3,000 of 3,000 accounts"
    assert column(page, "account_id") == ["000000", "000001", "000002", "000003"]


def test_fields_of_rules_are_shown_beside(page: AccountsPage) -> None:
    assert page.table.text_at(0, "score") != "…"
    assert page.table.text_at(0, "days_past_due") != "…"


def test_id_is_found_by_its_beginning(qtbot: QtBot, page: AccountsPage) -> None:
    qtbot.keyClicks(page.tools.search, "00123")
    qtbot.wait_until(lambda: page.accounts.total == 10)
    ready(qtbot, page)
    assert column(page, "account_id")[0] == "001230"
    assert page.chips.buttons[0].text() == "Id begins with 00123"


def test_whole_id_finds_one_account(qtbot: QtBot, page: AccountsPage) -> None:
    page.tools.whole.setChecked(True)
    qtbot.keyClicks(page.tools.search, "001234")
    qtbot.keyClick(page.tools.search, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: page.accounts.total == 1)


def test_nobody_found_offers_everyone(qtbot: QtBot, page: AccountsPage) -> None:
    qtbot.keyClicks(page.tools.search, "nobody")
    qtbot.wait_until(lambda: page.accounts.total == 0)
    assert not page.table.isVisible()
    qtbot.mouseClick(page.findChild(type(page._clear)), Qt.MouseButton.LeftButton)
    qtbot.wait_until(lambda: page.accounts.total == 3000)
    assert page.tools.search.text() == ""


def entry(menu: QMenu, *path: str) -> None:
    for text in path[:-1]:
        menu = next(action.menu() for action in menu.actions() if action.text() == text)
    next(action for action in menu.actions() if action.text() == path[-1]).trigger()


def test_menu_filters_by_outcome_and_group(qtbot: QtBot, page: AccountsPage) -> None:
    entry(page.tools.filter.menu(), "Outcome", "Blocked")
    entry(page.tools.filter.menu(), "Segment", "mass")
    ready(qtbot, page)
    assert set(column(page, OUTCOME)) == {"Blocked"}
    assert [chip.text() for chip in page.chips.buttons] == ["Blocked", "Segment: mass"]


def test_menu_filters_by_reason(qtbot: QtBot, page: AccountsPage) -> None:
    entry(page.tools.filter.menu(), "Reason", "late")
    ready(qtbot, page)
    assert set(column(page, REASON)) == {"late"}


def test_counts_are_those_of_the_figures(qtbot: QtBot, page: AccountsPage, window: MainWindow) -> None:
    page.show_filter(Filter((BLOCKED,)))
    ready(qtbot, page)
    assert page.accounts.total == window.controller.workspace.shown().readings["accounts_blocked"].value


def test_chip_is_taken_away(qtbot: QtBot, page: AccountsPage) -> None:
    page.show_filter(Filter((BLOCKED, InGroup("segment", ("mass",)))))
    qtbot.mouseClick(page.chips.buttons[0], Qt.MouseButton.LeftButton)
    assert [chip.text() for chip in page.chips.buttons] == ["Segment: mass"]


def test_heading_sorts_the_whole_book(qtbot: QtBot, page: AccountsPage) -> None:
    page.table.ordered.emit(Order("balance", descending=True))
    ready(qtbot, page)
    found = [Decimal(text.replace(",", "")) for text in column(page, "balance")]
    assert found == sorted(found, reverse=True)
    assert found[0] > 90_000


def test_first_account_is_explained_at_once(qtbot: QtBot, page: AccountsPage) -> None:
    assert "Account 000000" in page.trace.toPlainText()
    assert "1. low-score" in page.trace.toPlainText()


def test_other_account_is_explained_when_it_is_picked(qtbot: QtBot, page: AccountsPage) -> None:
    page.show_filter(Filter((BLOCKED,)))
    ready(qtbot, page)
    qtbot.keyClick(page.table.grid, Qt.Key.Key_Down)
    ready(qtbot, page)
    text = page.trace.toPlainText()
    assert f"Account {page.table.text_at(1, 'account_id')}" in text
    assert "Outcome: Blocked" in text
    assert "needs at least" in text


def test_policy_that_changes_decides_the_same_accounts_anew(qtbot: QtBot, page: AccountsPage) -> None:
    page.show_filter(Filter((InRange("score", Decimal(620), Decimal(630)),)))
    ready(qtbot, page)
    before = column(page, OUTCOME)
    page.host.controller.do(lambda: page.host.controller.workspace.set_value(SCORE, Decimal(700)))
    ready(qtbot, page)
    qtbot.wait_until(lambda: column(page, OUTCOME) != before)
    assert set(column(page, OUTCOME)) == {"Blocked"}
    qtbot.wait_until(lambda: "Outcome: Blocked" in page.trace.toPlainText())


def test_masked_ids_are_the_codes_of_exports(qtbot: QtBot, page: AccountsPage) -> None:
    page.tools.masking.setChecked(True)
    ready(qtbot, page)
    code = code_of("000000", masking_key(page.host.controller.workspace.project.id))
    assert code.startswith(page.table.text_at(0, "account_id"))
    assert "000000" not in page.trace.toPlainText()
    assert page.table.text_at(0, "account_id") in page.trace.toPlainText()


def test_account_is_found_by_its_code(qtbot: QtBot, page: AccountsPage) -> None:
    page.tools.masking.setChecked(True)
    code = code_of("000042", masking_key(page.host.controller.workspace.project.id))
    qtbot.keyClicks(page.tools.search, code[:12])
    qtbot.wait_until(lambda: page.accounts.total == 1)


def test_columns_are_chosen_and_remembered(qtbot: QtBot, page: AccountsPage, tmp_path: Path) -> None:
    entry(page.tools.columns.menu(), "PD")
    ready(qtbot, page)
    assert page.table.text_at(0, "pd") != "…"
    assert '"pd"' in (tmp_path / "window.json").read_text(encoding="utf-8")


def test_chinese_reaches_the_table_and_the_trace(qtbot: QtBot, page: AccountsPage, window: MainWindow) -> None:
    window.toolbar.language_chosen.emit(Language.CHINESE)
    ready(qtbot, page)
    assert page.tools.count.text() == "3,000 / 3,000 个账户"
    assert "账户 000000" in page.trace.toPlainText()


def test_sorting_can_be_given_up(qtbot: QtBot, page: AccountsPage) -> None:
    page.table.ordered.emit(Order("balance"))
    page.host.controller.cancel()
    assert not page.host.controller.browsing.busy
    page.table.ordered.emit(Order("score"))
    ready(qtbot, page)
