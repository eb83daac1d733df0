"""The window: everything on one desk, refreshed from what changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.handles import Handle, ThresholdHandle
from desktop_app.domain.problems import BookUnusable, Message, Problem, message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.accounts_page import AccountsPage
from desktop_app.ui.controller import Controller
from desktop_app.ui.desk_view import DeskView
from desktop_app.ui.drawer import WIDTH as DRAWER_WIDTH
from desktop_app.ui.drawer import Drawer
from desktop_app.ui.dwell import Dwell
from desktop_app.ui.filter_bar import FilterBar
from desktop_app.ui.goal_watch import GoalWatch
from desktop_app.ui.headline import Headline
from desktop_app.ui.help_window import HelpWindow
from desktop_app.ui.holding import Holding
from desktop_app.ui.import_files import ImportFiles
from desktop_app.ui.leaving import Leaving, open_log
from desktop_app.ui.notice import Notice
from desktop_app.ui.page import PageHost, Scene
from desktop_app.ui.pages import PageArea
from desktop_app.ui.policy_commands import PolicyCommands
from desktop_app.ui.readings_strip import ReadingsStrip
from desktop_app.ui.room import Room
from desktop_app.ui.rules_panel import RulesPanel
from desktop_app.ui.scenario_tabs import ScenarioTabs
from desktop_app.ui.selecting import Selecting
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech
from desktop_app.ui.splitters import restore_splits, splits_of, splitter
from desktop_app.ui.status import PATIENCE_MS, StatusLine
from desktop_app.ui.theme import Theme, apply_theme
from desktop_app.ui.toolbar import Toolbar
from desktop_app.ui.top_row import TopRow
from desktop_app.workspace.showing import Shown
from desktop_app.workspace.workspace import Workspace

SMALLEST = (1100, 680)
_RULES_WIDTH = 310
_FIGURES = frozenset(Part) - {Part.HISTORY, Part.LANGUAGE}


class MainWindow(QMainWindow):
    """Shows a Workspace; every change goes through the controller.

    Attributes: the panels, public so that tests can use them as the analyst does.

    Signals:
        previewed: a number is moved by the hand; the desk is about to follow.
    """

    previewed = Signal()

    def __init__(self, controller: Controller, speech: Speech, settings: SettingsFile) -> None:
        super().__init__()
        self.controller, self.speech, self._settings = controller, speech, settings
        self._dim = False
        self._previewing = False
        self.tabs, self.toolbar, self.notice = ScenarioTabs(), Toolbar(), Notice()
        self.strip, self.headline = ReadingsStrip(settings.settings.pinned), Headline()
        self.filter_bar = FilterBar()
        self.rules, self.desk = RulesPanel(), DeskView(speech.words)
        self.files = ImportFiles(self, controller, self.toolbar, speech)
        self.selecting = Selecting(self, controller, settings, speech)
        picking = self.selecting.peek_at, self.selecting.narrow
        self.pages = PageArea(PageHost(controller, self.files.ask_and_report, settings, *picking))
        self.drawer, self.status = Drawer(controller), StatusLine()
        self.alone = Holding(self)
        self.toolbar.menu.insertActions(self.toolbar.open, self.tabs.commands)
        self.toolbar.menu.insertSeparator(self.toolbar.open)
        self.toolbar.menu.insertActions(self.toolbar.promote, [self.alone.command, self.desk.loosest.command])
        self.dwell = Dwell(self)
        self.help, self.goals = HelpWindow(self), GoalWatch(self)
        self.leaving = Leaving(self, controller, self.notice, speech, settings)
        self.policy = PolicyCommands(self, controller, self.rules, self.toolbar, speech)
        # Old figures are dimmed only where the new ones take their time: during a drag they would flicker.
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._dim_old)
        self._arrange()
        self._connect_panels()
        self._connect_work()
        self._restore()
        self.retext()

    def _arrange(self) -> None:
        right = splitter("pages", Qt.Orientation.Vertical, {self.desk: 2, self.pages: 1}, [400, 215])
        Room(right, self.pages)
        sizes = [_RULES_WIDTH, 1280 - _RULES_WIDTH, DRAWER_WIDTH]
        middle = splitter("rules", Qt.Orientation.Horizontal, {self.rules: 0, right: 1, self.drawer: 0}, sizes)
        self.rules.setMinimumWidth(280)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 8, 10, 4)
        column.setSpacing(6)
        column.addWidget(TopRow(self.tabs, self.toolbar))
        column.addWidget(self.notice)
        column.addWidget(self.strip)
        column.addWidget(self.filter_bar)
        column.addWidget(self.headline)
        column.addWidget(middle, 1)
        self.setCentralWidget(self.files.over(inside))
        self.setStatusBar(self.status)
        self.setMinimumSize(*SMALLEST)

    def _connect_panels(self) -> None:
        do = self._do
        self.tabs.activated.connect(lambda tab: do(lambda desk: desk.activate(tab)))
        self.tabs.closed.connect(lambda tab: do(lambda desk: desk.close_scenario(tab)))
        self.tabs.renamed.connect(lambda tab, name: do(lambda desk: desk.rename_scenario(tab, name)))
        self.tabs.added.connect(lambda: do(Workspace.new_scenario))
        self.tabs.promoted.connect(lambda: do(Workspace.make_baseline))
        self.toolbar.promote.triggered.connect(lambda: do(Workspace.make_baseline))
        self.toolbar.undo.triggered.connect(lambda: do(Workspace.undo))
        self.toolbar.redo.triggered.connect(lambda: do(Workspace.redo))
        self.toolbar.grouped.connect(lambda column: do(lambda desk: desk.group_by(column or None)))
        self.toolbar.dated.connect(lambda day: do(lambda desk: desk.look_at_date(day)))
        self.rules.chosen.connect(self._look_at)
        self.rules.switched.connect(lambda rule, on: do(lambda desk: desk.switch_rule(rule, on)))
        self.rules.reordered.connect(lambda rule, place: do(lambda desk: desk.move_rule(rule, place)))
        for panel in (self.rules, self.desk.histogram):
            panel.moved.connect(self._preview)
            panel.returned.connect(lambda *_: self._end_preview())
        self.rules.set.connect(self._set_value)
        self.desk.histogram.released.connect(self._set_value)
        for pointing in (self.rules, self.desk.histogram.lines):
            pointing.pointed.connect(self.dwell.point)
        self.dwell.held.connect(self._hold)
        self.desk.loosest.set.connect(lambda handle, value: self._set_value(handle, value, apart=True))
        self.desk.loosest.warned.connect(lambda warning: self.notice.show_done(warning, self.words))
        self.desk.reasons.picked.connect(lambda rule: self._look_at(rule, None))
        self.filter_bar.chosen.connect(self.selecting.choose)
        self.selecting.join(self.desk, lambda chosen: self.pages.turn_to(AccountsPage).show_filter(chosen))
        self.desk.refused.connect(self._say_locked)
        self.strip.looked.connect(self._look_through)
        self.toolbar.looked.connect(self._look_through)
        self.strip.aimed.connect(lambda figure, goal: do(lambda desk: desk.set_goal(figure, goal)))
        self.headline.questioned.connect(lambda: self.drawer.open("suppositions"))
        self.alone.turned.connect(self._show_alone)
        self.goals.crossed.connect(self.status.announce)
        self.strip.pinned.connect(lambda figures: self._settings.change(pinned=figures))
        self.toolbar.drawn.connect(self.drawer.open)
        self.drawer.turned.connect(self.toolbar.show_drawer)
        self.drawer.turned.connect(lambda name: self._settings.change(drawer=name))
        self.pages.turned.connect(lambda page: self._settings.change(page=page))
        self.pages.widened.connect(self.desk.setHidden)
        for part in (*self.desk.charts, self.pages):
            part.failed.connect(self.show_problem)

    def _connect_work(self) -> None:
        controller = self.controller
        controller.changed.connect(self.refresh)
        controller.failed.connect(self.show_problem)
        controller.exported.connect(self.leaving.say_exported)
        controller.noticed.connect(lambda notice: self.notice.show_done(notice, self.words))
        for lane in controller.lanes:
            lane.started.connect(self.status.begin)
            lane.idle.connect(self._end_work)
            lane.progressed.connect(lambda _, stage, done, total: self._show_progress(stage, done, total))
        controller.interactive.started.connect(self._patience.start)
        self.status.cancelled.connect(controller.cancel)
        self.toolbar.export.triggered.connect(self.leaving.ask)
        self.toolbar.help.triggered.connect(lambda: self.help.open(self.words))
        self.toolbar.log.triggered.connect(open_log)
        self.toolbar.quit.triggered.connect(self.close)
        self.toolbar.language_chosen.connect(self._speak)
        self.toolbar.theme_chosen.connect(self._dress)
        self.speech.changed.connect(self.retext)

    def _do(self, mutation: Callable[[Workspace], Changes]) -> None:
        """Change whatever workspace is open now."""
        self.controller.do(lambda: mutation(self.controller.workspace))

    @property
    def words(self) -> Words:
        """The present language."""
        return self.speech.words

    def retext(self) -> None:
        """Write every text again, in the present language and theme."""
        words = self.words
        self.alone.command.setText(words.translate("See the baseline alone (hold B)"))
        self.toolbar.retext(words, self._settings.settings.theme)
        self.desk.set_words(words)
        self.files.retext(words)
        self.pages.retext(words)
        self.drawer.retext(words)
        self.notice.retext(words)
        if self.help.isVisible():
            self.help.retext(words)
        self.refresh(Changes(frozenset(Part)))

    def refresh(self, changes: Changes) -> None:
        """Show again what `changes` names."""
        workspace, words, parts = self.controller.workspace, self.words, changes.parts
        if Part.BOOK in parts:
            self.setWindowTitle(words.say(message("{book} – Greyline", book=workspace.book.name)))
        if parts & {Part.TABS, Part.BASELINE, Part.LANGUAGE}:
            self.tabs.show_desk(workspace.desk, words)
        if parts & {Part.GROUPING, Part.LENS, Part.BOOK, Part.LANGUAGE}:
            self.toolbar.show_book(workspace.book, workspace.view, words)
        if parts & {Part.HISTORY, Part.TABS, Part.LANGUAGE}:
            self.toolbar.show_history(workspace.undo_label, workspace.redo_label, words)
        if parts & (_FIGURES | {Part.LANGUAGE}):
            self._show_figures()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, in the bar above the figures, and show what is true again."""
        self.notice.show_problem(problem, self.words)
        self._show_figures()

    def _show_figures(self) -> None:
        # While a line is in the hand its place must not change under it.
        alone = self.alone.held and not self._previewing
        shown = self.controller.workspace.shown(alone=alone)
        if shown.fresh:
            self._dim = False
        seen = Shown(**{**shown.__dict__, "fresh": shown.fresh or not self._dim})
        words, view = self.words, self.controller.workspace.view
        scene = Scene(self.controller.workspace, seen, words, self._previewing)
        self.headline.show_headline(seen, words)
        self.rules.show_rules(seen, words, view.active_rule)
        self.desk.show_desk(seen, words, self._rule_name(shown, view.active_rule))
        for panel in (self.strip, self.filter_bar, self.pages):
            panel.show_scene(scene)
        self.selecting.mark(self.desk)
        for keeper in () if alone else (self.drawer, self.goals):
            keeper.show_scene(scene)
        self.status.show_status(shown.status, words)
        self.toolbar.promote.setEnabled(not shown.locked)

    def _rule_name(self, shown: Shown, rule: str | None) -> str:
        named = {view.rule.id: self.words.wording(view.rule.name) or view.rule.id for view in shown.rules}
        return named.get(rule or "", "")

    def _show_alone(self, alone: bool) -> None:
        self._show_figures()
        if alone:
            self.status.announce(self.words.translate("The baseline alone"))
        else:
            self.status.clearMessage()

    def _look_through(self, figure: str) -> None:
        self._settings.change(lens=figure)
        self._do(lambda desk: desk.look_through(figure or None))

    def _look_at(self, rule: str, handle: ThresholdHandle | None) -> None:
        workspace = self.controller.workspace
        view = workspace.view
        known = {one.id for one in workspace.scenario.policy.rules}
        if rule in known and (view.active_rule != rule or (handle is not None and view.handle != handle)):
            self.controller.do(lambda: workspace.look_at(rule, handle))

    def _preview(self, handle: Handle, value: Decimal) -> None:
        workspace = self.controller.workspace
        self.previewed.emit()
        if not self._previewing:
            self._previewing = True
            self._hold_still(True)
        self.controller.do(lambda: workspace.preview(handle, value))

    def _hold(self, handle: Handle | None) -> None:
        # What is in the hand is held already.
        if not self._previewing:
            self._do(lambda desk: desk.hold(handle))

    def _end_preview(self) -> None:
        if self._previewing:
            self._stop_previewing()
            self.controller.do(self.controller.workspace.end_preview)

    def _set_value(self, handle: Handle, value: Decimal, *, apart: bool = False) -> None:
        self._stop_previewing()
        self.controller.do(lambda: self.controller.workspace.set_value(handle, value, apart=apart))

    def _stop_previewing(self) -> None:
        self._previewing = False
        self._hold_still(False)

    def _hold_still(self, holding: bool) -> None:
        """Whether only numbers and heights may change, and nothing its place."""
        self.desk.hold_ranges(holding)
        for panel in (self.strip, self.headline, self.rules, self.status):
            panel.hold(holding)

    def _say_locked(self) -> None:
        self.show_problem(
            BookUnusable(message("The baseline is locked; drag the lines of a scenario, or open a new one."))
        )

    def _dim_old(self) -> None:
        if self.controller.interactive.busy:
            self._dim = True
            self._show_figures()

    def _end_work(self) -> None:
        if not any(lane.busy for lane in self.controller.lanes):
            self._patience.stop()
            self.status.end()

    def _show_progress(self, stage: Message, done: int, total: int | None) -> None:
        self.status.progress(stage, done, total, self.words)

    def _speak(self, language: Language) -> None:
        self._settings.change(language=language)
        self.controller.do(lambda: self.controller.workspace.speak(language))
        self.speech.set_language(language)

    def _dress(self, theme: Theme) -> None:
        self._settings.change(theme=theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)

    def _restore(self) -> None:
        self.resize(1280, 800)
        kept = self._settings.settings
        if kept.geometry:
            self.restoreGeometry(QByteArray.fromBase64(kept.geometry.encode()))
        if kept.lens in FIGURES:
            self.controller.workspace.look_through(kept.lens)
        restore_splits(self, dict(kept.splits))
        self.pages.turn_to_name(kept.page)
        self.drawer.open(kept.drawer)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Icons and colours follow the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            QTimer.singleShot(0, self, self.retext)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the size and how it was divided, end the work; closing never asks."""
        geometry = self.saveGeometry().toBase64().data()
        self._settings.change(geometry=bytes(geometry).decode("ascii"), splits=tuple(splits_of(self).items()))
        self.policy.opening.close()
        self.files.stop()
        self.controller.stop()
        super().closeEvent(event)
