"""What is done with rules and policies from the rules panel: edited, copied, saved, put into words and SQL."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.domain.changes import Changes
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable, Message, Problem, message
from desktop_app.engine.dialects import Dialect, policy_text
from desktop_app.engine.schema import Fields
from desktop_app.text.policy_lines import policy_lines
from desktop_app.text.words import Words
from desktop_app.ui.controller import Controller
from desktop_app.ui.policy_settings import PolicySettingsDialog
from desktop_app.ui.rule_editor.opening import NAME, RuleOpening
from desktop_app.ui.rule_menu import RuleCommand
from desktop_app.ui.rules_panel import RulesPanel
from desktop_app.ui.speech import Speech
from desktop_app.ui.toolbar import Toolbar
from desktop_app.workspace.desk import LOCKED
from desktop_app.workspace.policy_files import SUFFIX, write_policy, write_scenario
from desktop_app.workspace.workspace import Workspace

# What people call the databases.
DIALECT_NAMES = {
    Dialect.DUCKDB: "DuckDB",
    Dialect.POSTGRES: "PostgreSQL",
    Dialect.SPARK: "Spark",
    Dialect.TRINO: "Trino",
    Dialect.SNOWFLAKE: "Snowflake",
    Dialect.BIGQUERY: "BigQuery",
    Dialect.HIVE: "Hive",
}


class PolicyCommands(QObject):
    """Runs the commands of the rules panel.

    Attributes: menu is that of the policy; settings, save, save_scenario, as_words and as_sql its entries; opening
    opens the rule editor.
    """

    def __init__(
        self, window: QWidget, controller: Controller, rules: RulesPanel, toolbar: Toolbar, speech: Speech
    ) -> None:
        super().__init__(window)
        self._window, self._controller, self._rules = window, controller, rules
        self._speech = speech
        self.settings, self.save, self.as_words = QAction(self), QAction(self), QAction(self)
        self.save_scenario = QAction(self)
        self.menu = QMenu(rules)
        self.as_sql = QMenu(self.menu)
        self.opening = RuleOpening(window, controller, rules, speech)
        self._fill(toolbar)
        self.settings.triggered.connect(self.ask_settings)
        self.save.setShortcuts(QKeySequence.StandardKey.SaveAs)
        self.save.triggered.connect(self.ask_and_save)
        self.save_scenario.triggered.connect(self.ask_and_save_scenario)
        self.as_words.triggered.connect(self.copy_words)
        rules.commanded.connect(self._command)
        rules.policy_button.setMenu(self.menu)
        window.addAction(self.save)
        speech.changed.connect(self.retext)
        self.retext()

    def _fill(self, toolbar: Toolbar) -> None:
        self.menu.addAction(self.settings)
        self.menu.addSeparator()
        self.menu.addActions([toolbar.open_policy, toolbar.open_baseline, self.save, self.save_scenario])
        self.menu.addSeparator()
        self.menu.addAction(self.as_words)
        self.menu.addMenu(self.as_sql)
        self.menu.addSeparator()
        self.menu.addAction(toolbar.promote)
        for dialect, name in DIALECT_NAMES.items():
            self.as_sql.addAction(name, partial(self.copy_sql, dialect))

    @property
    def words(self) -> Words:
        """The present language."""
        return self._speech.words

    @property
    def policy(self) -> Policy:
        """The policy of the tab in front."""
        return self._controller.workspace.desk.scenario.policy

    def retext(self) -> None:
        """Write every text again."""
        say = self.words.translate
        self.settings.setText(say("Settings of the policy…"))
        self.save.setText(say("Save the policy as…"))
        self.save_scenario.setText(say("Save the scenario as…"))
        self.as_words.setText(say("Copy the policy in words"))
        self.as_sql.setTitle(say("Copy the policy as SQL"))

    def ask_settings(self) -> PolicySettingsDialog | None:
        """Have the settings of the policy in front chosen; the locked baseline refuses."""
        if self._refuse():
            return None
        workspace = self._controller.workspace
        dialog = PolicySettingsDialog(self.policy, self.words, workspace.book.currency, self._window)
        dialog.chosen.connect(lambda policy: self._do(lambda desk: desk.describe_policy(policy)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def ask_and_save(self) -> None:
        """Have a file chosen, and the policy in front written there."""
        chosen = self._ask(self.words.translate("Save the policy as…"), self.policy.id)
        if chosen is not None:
            self.save_to(chosen)

    def ask_and_save_scenario(self) -> None:
        """Have a file chosen, and the scenario in front written there with what it supposes."""
        scenario = self._controller.workspace.desk.scenario
        chosen = self._ask(self.words.translate("Save the scenario as…"), self.words.wording(scenario.name))
        if chosen is not None:
            self.save_scenario_to(chosen)

    def save_to(self, path: Path) -> None:
        """Write the policy in front to a file."""
        said = message("The policy was written to {file}.", file=str(path))
        self._save(lambda: write_policy(self.policy, path), said)

    def save_scenario_to(self, path: Path) -> None:
        """Write the scenario in front to a file: policy, assumptions, stress and goals."""
        said = message("The scenario was written to {file}.", file=str(path))
        self._save(lambda: write_scenario(self._controller.workspace.desk.scenario, path), said)

    def _ask(self, title: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, f"{name}{SUFFIX}", f"JSON (*{SUFFIX})")
        path = Path(chosen)
        return (path if path.suffix else path.with_suffix(SUFFIX)) if chosen else None

    def _save(self, write: Callable[[], None], said: Message) -> None:
        try:
            write()
        except Problem as problem:
            self._controller.failed.emit(problem)
            return
        self._controller.noticed.emit(said)

    def copy_words(self) -> None:
        """Put the policy in front on the clipboard in words."""
        QGuiApplication.clipboard().setText(policy_lines(self.policy, self.words))
        self._controller.noticed.emit(message("The policy is on the clipboard in words."))

    def copy_sql(self, dialect: Dialect) -> None:
        """Put the policy in front on the clipboard as SQL."""
        fields = Fields.of(self._controller.workspace.book)
        try:
            text = policy_text(self.policy, fields, dialect)
        except Problem as problem:
            self._controller.failed.emit(problem)
            return
        QGuiApplication.clipboard().setText(text)
        left_out = sum(1 for rule in self.policy.enabled_rules if fields.missing(rule))
        said = message("The policy is on the clipboard as SQL for {database}.", database=DIALECT_NAMES[dialect])
        if left_out:
            text = "{done} Rules left out, since the book lacks their columns: {count}."
            said = message(text, done=said, count=left_out)
        self._controller.noticed.emit(said)

    def _command(self, rule: str, command: RuleCommand) -> None:
        match command:
            case RuleCommand.COPY:
                self._copy(rule)
            case RuleCommand.DELETE:
                self._delete(rule)
            case RuleCommand.EDIT:
                self.opening.edit(rule)
            case RuleCommand.RENAME:
                self.opening.edit(rule, at=NAME)
            case _:
                pass

    def _copy(self, rule: str) -> None:
        places = [one.id for one in self.policy.rules]
        if self._do(lambda desk: desk.copy_rule(rule)):
            self._go_to(self.policy.rules[places.index(rule) + 1].id)

    def _delete(self, rule: str) -> None:
        place = [one.id for one in self.policy.rules].index(rule)
        gone = self.words.wording(self.policy.rules[place].name) or rule
        if self._do(lambda desk: desk.remove_rule(rule)):
            keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
            self._controller.noticed.emit(message("{rule} was deleted; {keys} brings it back.", rule=gone, keys=keys))
            left = self.policy.rules
            if left:
                self._go_to(left[min(place, len(left) - 1)].id)

    def _go_to(self, rule: str) -> None:
        """Look at a rule, and go on from its card."""
        self._do(lambda desk: desk.look_at(rule))
        self._rules.focus_on(rule)

    def _refuse(self) -> bool:
        """Whether the baseline is in front; says so where it is."""
        if self._controller.workspace.desk.locked:
            self._controller.failed.emit(BookUnusable(LOCKED))
        return self._controller.workspace.desk.locked

    def _do(self, mutation: Callable[[Workspace], Changes]) -> bool:
        return self._controller.do(lambda: mutation(self._controller.workspace))
