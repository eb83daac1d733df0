"""The import page over the desk: how a file will be read, what its columns become, what will be refused, then load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.problems import Message, Problem, message
from desktop_app.text.words import Words
from desktop_app.ui.import_book_panel import BookPanel
from desktop_app.ui.import_doubts_panel import DoubtsPanel
from desktop_app.ui.import_mapping_files import MappingFiles
from desktop_app.ui.import_mapping_panel import MappingPanel
from desktop_app.ui.import_preview_panel import PreviewPanel
from desktop_app.ui.import_read_panel import ReadPanel
from desktop_app.ui.import_work import ImportWork
from desktop_app.ui.looks import label
from desktop_app.ui.notice import Notice
from desktop_app.workspace.import_choices import ColumnChoice
from desktop_app.workspace.import_draft import ImportDraft, free_target
from desktop_app.workspace.import_pace import Pace
from desktop_app.workspace.opening import PROJECT_SUFFIX
from desktop_app.workspace.remembered import Remembered

_STEPS = 1000


class ImportPage(QWidget):
    """Shows an ImportDraft and has it loaded.

    Attributes: draft is what is shown, None before the first file.

    Signals:
        opened: the Project that was loaded or opened; whoever takes it closes it.
        closed: the analyst goes back to the desk.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, words: Words, remembered: Remembered | None = None, folder: Path | None = None) -> None:
        super().__init__()
        self._words = words
        self._folder = folder or user_data_path("greyline", appauthor=False)
        self.draft: ImportDraft | None = None
        self._target: Path | None = None
        self._pace = Pace(0)
        self._loading = False
        self.work = ImportWork(remembered or Remembered.of_user(), self)
        self.title, self.notice, self.doubts = label("headline"), Notice(), DoubtsPanel()
        self.reading, self.book = ReadPanel(), BookPanel()
        self.mapping, self.preview = MappingPanel(), PreviewPanel()
        self.mapping_files = MappingFiles(words)
        self.cancel, self.load = QPushButton(), QPushButton()
        self.progress, self.bar = QLabel(), QProgressBar()
        self._panels = QSplitter(Qt.Orientation.Horizontal)
        self._arrange()
        self._connect()
        self.retext(words)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        for part in (self.mapping_files, self.cancel, self.load):
            top.addWidget(part)
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.reading)
        left.addWidget(self.book)
        left.setChildrenCollapsible(False)
        left.setSizes([390, 250])
        for panel in (left, self.mapping, self.preview):
            self._panels.addWidget(panel)
        self._panels.setChildrenCollapsible(False)
        self._panels.setSizes([280, 490, 500])
        self._panels.setStretchFactor(2, 1)
        bottom = QHBoxLayout()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(220)
        self.bar.setMaximumHeight(10)
        bottom.addWidget(self.bar)
        bottom.addWidget(self.progress, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 4)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.doubts)
        column.addWidget(self._panels, 1)
        column.addLayout(bottom)
        self.load.setProperty("role", "primary")

    def _connect(self) -> None:
        self.reading.changed.connect(self._read_otherwise)
        self.doubts.answered.connect(self._read_otherwise)
        self.doubts.mapped.connect(self._map_otherwise)
        self.doubts.wanted.connect(self._go_to)
        self.mapping.changed.connect(self._map_otherwise)
        self.book.changed.connect(self._change)
        self.book.target_wanted.connect(self._ask_target)
        self.load.clicked.connect(self.begin_loading)
        self.cancel.clicked.connect(self.give_up)
        self.mapping_files.opened.connect(self._take_mapping)
        self.mapping_files.failed.connect(lambda problem: self.notice.show_problem(problem, self._words))
        self.mapping_files.told.connect(lambda sentence: self.notice.show_done(sentence, self._words))
        self.work.looked.connect(self._take)
        self.work.opened.connect(self._pass_on)
        self.work.failed.connect(self._fail)
        self.work.progressed.connect(self._show_progress)
        self.work.busy.connect(self._show_busy)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.give_up)
        self._show_busy(False)

    @property
    def loaded(self) -> bool:
        """Whether what is shown is a table, not a project that was only opened."""
        return self.draft is not None and self.draft.plan is not None

    def show_file(self, path: Path) -> None:
        """Begin with a file: a table is looked at, a project opened."""
        self.work.cancel()
        self.notice.hide()
        self.draft = ImportDraft.begin(path)
        self._target = free_target(self._folder, path)
        self._loading = path.suffix == PROJECT_SUFFIX
        self._show()
        if self._loading:
            self.work.open(path)
        else:
            self.work.look(self.draft)

    def begin_loading(self) -> None:
        """Load the file as it is shown."""
        if self.draft is None or self._target is None or not self.draft.ready or self._loading:
            return
        self.notice.hide()
        self._loading = True
        self._pace = Pace(self.draft.sample.rows_expected if self.draft.sample else 0)
        self.work.load(self.draft, self._target)
        self._show_state()

    def give_up(self) -> None:
        """Stop loading; where nothing is being loaded, go back to the desk."""
        was_loading, self._loading = self._loading, False
        self.work.cancel()
        if was_loading and self.draft is not None and self.loaded:
            self.notice.show_done(message("The import was cancelled; nothing was loaded."), self._words)
            if not self.draft.looked:
                self.work.look(self.draft)
            self._show_state()
        else:
            self.closed.emit()

    def choose_target(self, target: Path) -> None:
        """Have the project made at another place."""
        self._target = target if target.suffix == PROJECT_SUFFIX else target.with_name(target.name + PROJECT_SUFFIX)
        self._show()

    def retext(self, words: Words) -> None:
        """Write every text again."""
        self._words = words
        say = words.translate
        self.mapping_files.retext(words)
        self.load.setText(say("Load"))
        self.bar.setAccessibleName(say("Progress"))
        self.notice.retext(words)
        self._show()

    def stop(self) -> None:
        """End the work; the page is not used again."""
        # A field that loses the focus as the window closes must not begin anew.
        self.draft = None
        self.work.stop()

    def _show(self) -> None:
        words, draft = self._words, self.draft
        if draft is not None:
            self.title.setText(words.say(message("Import {file}", file=draft.path.name)))
            self.doubts.show_draft(draft, words)
            if draft.plan is None:
                self.doubts.hide()
            self.reading.show_draft(draft, words)
            self.mapping.show_draft(draft, words)
            self.book.show_draft(draft, self._target, words)
            self.preview.show_draft(draft, words)
        self._show_state()

    def _show_state(self) -> None:
        say = self._words.translate
        draft = self.draft
        loaded = self.loaded
        self._panels.setEnabled(loaded and not self._loading)
        self.doubts.setEnabled(not self._loading)
        self.mapping_files.show_draft(draft)
        self.mapping_files.setEnabled(loaded and not self._loading)
        self.load.setEnabled(draft is not None and draft.ready and not self._loading)
        going = self._loading and loaded
        self.cancel.setText(say("Cancel the import") if going else say("Back to the desk"))

    def _take(self, draft: object) -> None:
        assert isinstance(draft, ImportDraft)
        self.draft = draft
        self._show()

    def _pass_on(self, project: object) -> None:
        self._loading = False
        self.opened.emit(project)
        self._show_state()

    def _fail(self, problem: object) -> None:
        assert isinstance(problem, Problem)
        self._loading = False
        self.notice.show_problem(problem, self._words)
        self._show_state()

    def _show_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.progress.setText(self._words.translate("Looking at the file…") if busy and not self._loading else "")

    def _show_progress(self, stage: Message, done: int, total: int | None) -> None:
        if not self._loading:
            return
        self.progress.setText(self._words.say(self._pace.told(stage, done, total)))
        self.bar.setRange(0, _STEPS if total else 0)
        if total:
            self.bar.setValue(min(done * _STEPS // total, _STEPS))

    def _take_mapping(self, mapping: Mapping) -> None:
        if self.draft is not None:
            self._look(self.draft.with_mapping(mapping))

    def _read_otherwise(self, options: dict[str, Any]) -> None:
        if self.draft is None:
            return
        try:
            draft = self.draft.with_read(**options)
        except Problem as problem:
            self.notice.show_problem(problem, self._words)
            return
        self._look(draft)

    def _map_otherwise(self, name: str, choice: ColumnChoice) -> None:
        if self.draft is not None:
            self._look(self.draft.with_choice(name, choice))

    def _change(self, values: dict[str, Any]) -> None:
        if self.draft is not None and any(getattr(self.draft, name) != value for name, value in values.items()):
            self._look(self.draft.changed(**values))

    def _look(self, draft: ImportDraft) -> None:
        self.draft = draft
        self._show()
        self.work.look(draft)

    def _go_to(self, place: str) -> None:
        if place in self.mapping.rows:
            self.mapping.focus_on(place)
        else:
            self.book.focus_on(place)

    def _ask_target(self) -> None:
        say = self._words.translate
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("Where the project is kept"), str(self._target), f"Greyline (*{PROJECT_SUFFIX})"
        )
        if chosen:
            self.choose_target(Path(chosen))
