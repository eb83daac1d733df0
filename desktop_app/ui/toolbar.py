"""The row of commands: undo, redo, as-of date, grouping, export, more; each also has its shortcut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop_app.domain.book import Book
from desktop_app.domain.problems import Message, message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.labels import column_label
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.figure_picker import FigurePicker
from desktop_app.ui.icons import icon
from desktop_app.ui.theme import Theme
from desktop_app.workspace.desk import View

_LENS_WIDTH = 130
THEME_LABELS: dict[Theme, Message] = {
    Theme.SYSTEM: message("As the system"),
    Theme.LIGHT: message("Light"),
    Theme.DARK: message("Dark"),
}


class Toolbar(QWidget):
    """Commands of the window; it keeps no state but which entries are ticked.

    Signals:
        grouped: name of a column, or "".
        dated: date, another snapshot.
        drawn: name of the panel that is to be open in the drawer, "" for none.
        looked: id of the figure that every chart is to show, "" for none.
        language_chosen: Language; theme_chosen: Theme.
    """

    grouped = Signal(str)
    dated = Signal(object)
    looked = Signal(str)
    drawn = Signal(str)
    language_chosen = Signal(object)
    theme_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.undo, self.redo = QAction(self), QAction(self)
        self.export, self.promote, self.log = QAction(self), QAction(self), QAction(self)
        self.open, self.open_policy, self.open_baseline = QAction(self), QAction(self), QAction(self)
        self.open.setShortcuts(QKeySequence.StandardKey.Open)
        self.help, self.quit = QAction(self), QAction(self)
        self.quit.setShortcut(QKeySequence("Ctrl+Q"))
        self.help.setShortcuts(QKeySequence.StandardKey.HelpContents)
        self.undo.setShortcuts(QKeySequence.StandardKey.Undo)
        self.redo.setShortcuts(QKeySequence.StandardKey.Redo)
        self.export.setShortcut(QKeySequence("Ctrl+E"))
        self.changes, self.suppositions = QAction(self, checkable=True), QAction(self, checkable=True)
        self.changes.setShortcut(QKeySequence("Ctrl+K"))
        self.suppositions.setShortcut(QKeySequence("Ctrl+J"))
        self._drawers = {"changes": self.changes, "suppositions": self.suppositions}
        for name, action in self._drawers.items():
            action.triggered.connect(lambda is_open, name=name: self.drawn.emit(name if is_open else ""))
        self._as_of_label, self.as_of = QLabel(), QComboBox()
        self._as_of_label.setBuddy(self.as_of)
        self.as_of.activated.connect(lambda place: self.dated.emit(self.as_of.itemData(place)))
        self._grouping_label, self.grouping = QLabel(), QComboBox()
        self._grouping_label.setBuddy(self.grouping)
        self.grouping.activated.connect(lambda place: self.grouped.emit(str(self.grouping.itemData(place) or "")))
        self.lens = QAction(self)
        self.lens.setShortcut(QKeySequence("Ctrl+L"))
        self.lens.triggered.connect(self.pick_lens)
        self._lens_label = QLabel()
        self._lens, self._words = "", Words(Language.ENGLISH)
        self._buttons = {
            name: QToolButton() for name in ("open", "undo", "redo", "lens", "export", *self._drawers, "more")
        }
        self.menu = QMenu(self)
        self._languages, self._themes = QMenu(self.menu), QMenu(self.menu)
        self._language_actions = self._choices(self._languages, Language, self.language_chosen.emit)
        self._theme_actions = self._choices(self._themes, Theme, self.theme_chosen.emit)
        self._arrange()

    def _arrange(self) -> None:
        for name, action in self._shown_actions():
            self._buttons[name].setDefaultAction(action)
            self.addAction(action)
        self._buttons["lens"].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.menu.addActions([self.open, self.open_policy, self.open_baseline])
        self.menu.addSeparator()
        self.menu.addActions([self.promote])
        self.menu.addSeparator()
        self.menu.addMenu(self._languages)
        self.menu.addMenu(self._themes)
        self.menu.addSeparator()
        self.menu.addAction(self.help)
        self.menu.addAction(self.log)
        self.menu.addSeparator()
        self.menu.addAction(self.quit)
        self.addActions([self.help, self.quit])
        more = self._buttons["more"]
        more.setMenu(self.menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name in ("open", "undo", "redo"):
            row.addWidget(self._buttons[name])
        for part in (self._as_of_label, self.as_of, self._grouping_label, self.grouping):
            row.addSpacing(4)
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self._lens_label)
        for name in ("lens", "export", *self._drawers, "more"):
            row.addWidget(self._buttons[name])

    def _shown_actions(self) -> tuple[tuple[str, QAction], ...]:
        """The actions that have a button, by the names of their icons."""
        return (
            ("open", self.open),
            ("undo", self.undo),
            ("redo", self.redo),
            ("lens", self.lens),
            ("export", self.export),
            *self._drawers.items(),
        )

    def _choices(
        self, menu: QMenu, values: type[Language] | type[Theme], choose: Callable[[object], None]
    ) -> dict[Language | Theme, QAction]:
        group = QActionGroup(self)
        actions: dict[Language | Theme, QAction] = {}
        for value in values:
            action = menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, chosen=value: choose(chosen))
            group.addAction(action)
            actions[value] = action
        return actions

    def show_drawer(self, name: str) -> None:
        """Tick the command of the panel that is open, if any is."""
        for panel, action in self._drawers.items():
            action.setChecked(panel == name)

    def show_history(self, undo: Message | None, redo: Message | None, words: Words) -> None:
        """What undo and redo would do; greyed where there is nothing."""
        for action, label, name in (
            (self.undo, undo, message("Undo: {step}", step=undo or "")),
            (self.redo, redo, message("Redo: {step}", step=redo or "")),
        ):
            action.setEnabled(label is not None)
            shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{words.say(name)} ({shortcut})" if label else shortcut)

    def pick_lens(self) -> FigurePicker:
        """Have the figure chosen that every chart shows."""
        picker = FigurePicker(self._words, self._lens, message("Users"), self)
        picker.picked.connect(self.looked)
        picker.open_under(self._buttons["lens"])
        return picker

    def show_book(self, book: Book, view: View, words: Words) -> None:
        """The snapshots, which columns can be grouped by, the lens."""
        self._lens, self._words, grouping = view.lens or "", words, view.grouping
        figure = words.translate(FIGURES[view.lens].name) if view.lens else words.say(message("Users"))
        room = self._buttons["lens"].fontMetrics()
        self.lens.setIconText(room.elidedText(figure, Qt.TextElideMode.ElideRight, _LENS_WIDTH))
        shortcut = self.lens.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.lens.setToolTip(f"{words.say(message('Every chart shows: {figure}', figure=figure))} ({shortcut})")
        days = [snapshot.day for snapshot in book.snapshots]
        with QSignalBlocker(self.as_of):
            self.as_of.clear()
            for day in sorted(days, reverse=True):
                self.as_of.addItem(words.date(day), day)
            self.as_of.setCurrentIndex(sorted(days, reverse=True).index(book.as_of))
        self.as_of.setEnabled(len(days) > 1)
        only = words.translate("The book has one date.") if len(days) == 1 else ""
        self.as_of.setToolTip(words.wording(book.as_of_note) or only)
        with QSignalBlocker(self.grouping):
            self.grouping.clear()
            self.grouping.addItem(words.translate("No grouping"), None)
            for column in book.groupings():
                self.grouping.addItem(words.say(column_label(column.name)), column.name)
            self.grouping.setCurrentIndex(max(self.grouping.findData(grouping), 0) if grouping else 0)

    def retext(self, words: Words, theme: Theme) -> None:
        """All texts and icons; the ticks of language and theme."""
        say = words.translate
        texts = (
            (self.open, say("Open…")),
            (self.open_policy, say("Open a policy in this scenario…")),
            (self.open_baseline, say("Open a policy as the baseline…")),
            (self.undo, say("Undo")),
            (self.redo, say("Redo")),
            (self.export, say("Export…")),
            (self.lens, say("Every chart shows…")),
            (self.changes, say("What changed")),
            (self.suppositions, say("Assumptions and stress")),
            (self.promote, say("Make this scenario the baseline")),
            (self.help, say("Help")),
            (self.log, say("Open the folder of the log")),
            (self.quit, say("Quit")),
        )
        for action, text in texts:
            action.setText(text)
        self.export.setToolTip(say("Write this scenario as CSV files, an Excel workbook and a report (Ctrl+E)"))
        self.changes.setToolTip(say("What changed since the baseline, edit by edit (Ctrl+K)"))
        self.suppositions.setToolTip(say("Assumptions and stress of this scenario (Ctrl+J)"))
        shortcut = self.open.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.open.setToolTip(f"{say('Open a table or a project, or drop it on the window')} ({shortcut})")
        for name, action in self._shown_actions():
            action.setIcon(icon(name, self.palette()))
        self._buttons["more"].setIcon(icon("more", self.palette()))
        more = self._buttons["more"]
        more.setToolTip(say("More"))
        more.setAccessibleName(say("More"))
        self._as_of_label.setText(say("As of"))
        self.as_of.setAccessibleName(say("As of"))
        self._grouping_label.setText(say("Group by"))
        self._lens_label.setText(say("Charts show"))
        self.grouping.setAccessibleName(say("Group by"))
        self._languages.setTitle(
            f"{say('Language')} / Language" if say("Language") != "Language" else "Language / 语言"
        )
        self._themes.setTitle(say("Theme"))
        for value, action in self._language_actions.items():
            action.setText(value.own_name if isinstance(value, Language) else "")
            action.setChecked(value == words.language)
        for value, action in self._theme_actions.items():
            action.setText(words.say(THEME_LABELS[Theme(value)]))
            action.setChecked(value == theme)
