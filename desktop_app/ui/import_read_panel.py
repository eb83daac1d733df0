"""The left of the import page: what was found of the file, and how it is to be read, each a choice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.plans import CsvDialect, FileFormat, ReadPlan
from desktop_app.domain.problems import message
from desktop_app.text.words import Words
from desktop_app.ui.import_fields import Choice, Count, show_text
from desktop_app.ui.looks import label
from desktop_app.workspace.disk_space import shown_bytes
from desktop_app.workspace.import_doubts import NUMBER_STYLES
from desktop_app.workspace.import_draft import ImportDraft

_ENCODINGS = (("UTF-8", "utf-8"), ("GB18030", "gb18030"), ("UTF-16", "utf-16"), ("Latin-1", "latin-1"))
_DELIMITERS = (",", ";", "\t", "|", " ", ", ", "^", "~", ":")
_FLAGS = ("percent", "parentheses", "full_width", "currency_sign")


class ReadPanel(QFrame):
    """Facts and choices of reading.

    Signals:
        changed: options of `ReadOptions` as a dict; None leaves one to what is found.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title, self.facts, self.notes = label("strong"), label("small", wrap=True), label("small", wrap=True)
        self.choices = {name: Choice() for name in ("encoding", "delimiter", "quote", "sheet", "date_order", "numbers")}
        self.header_row, self.skip_footer, self.missing = Count(0, 10_000), Count(0, 10_000), QLineEdit()
        self.flags = {name: QCheckBox() for name in _FLAGS}
        self._fields: dict[str, QWidget] = {
            **{name: self.choices[name] for name in ("encoding", "delimiter", "quote", "sheet")},
            "header_row": self.header_row,
            "skip_footer": self.skip_footer,
            "date_order": self.choices["date_order"],
            "numbers": self.choices["numbers"],
            "missing": self.missing,
        }
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setVerticalSpacing(5)
        self._form_labels: dict[str, QLabel] = {}
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for part in (self.title, self.facts):
            column.addWidget(part)
        for name, one in self._fields.items():
            called = QLabel()
            called.setBuddy(one)
            self._form_labels[name] = called
            self._form.addRow(called, one)
        column.addLayout(self._form)
        for flag in self.flags.values():
            column.addWidget(flag)
        column.addWidget(self.notes)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 4, 8)
        layout.addWidget(scroll)

    def _connect(self) -> None:
        for name in ("encoding", "delimiter", "quote", "sheet", "date_order"):
            self.choices[name].chosen.connect(lambda value, name=name: self.changed.emit({name: value}))
        self.choices["numbers"].chosen.connect(self._take_numbers)
        self.header_row.chosen.connect(lambda line: self.changed.emit({"header_row": line}))
        self.skip_footer.chosen.connect(lambda count: self.changed.emit({"skip_footer": count}))
        self.missing.editingFinished.connect(self._take_missing)
        for name, flag in self.flags.items():
            flag.clicked.connect(lambda on, name=name: self.changed.emit({name: on}))

    def show_draft(self, draft: ImportDraft, words: Words) -> None:
        """Show what was found and what is stated."""
        plan = draft.plan
        self._retext(words)
        self.facts.setText(_facts(draft.path, plan, words))
        for name, one in self._fields.items():
            self._form.setRowVisible(one, _fits(name, plan))
        for flag in self.flags.values():
            flag.setVisible(plan is None or plan.format is not FileFormat.PARQUET)
        self.notes.setText("\n".join(words.say(note) for note in plan.notes) if plan else "")
        self.notes.setVisible(bool(plan and plan.notes))
        self._show_dialect(draft, plan.dialect if plan else None, words)
        self._show_rest(draft, plan, words)

    def _show_dialect(self, draft: ImportDraft, dialect: CsvDialect | None, words: Words) -> None:
        read, found = draft.read, dialect or CsvDialect()
        encodings = {code: name for name, code in _ENCODINGS}
        self._show("encoding", _ENCODINGS, read.encoding, encodings.get(found.encoding, found.encoding), words)
        delimiters = [(_named(one, words), one) for one in _DELIMITERS]
        self._show("delimiter", delimiters, read.delimiter, _named(found.delimiter, words), words)
        quotes = [('"', '"'), ("'", "'"), (words.translate("none"), "")]
        self._show("quote", quotes, read.quote, found.quote or words.translate("none"), words)

    def _show_rest(self, draft: ImportDraft, plan: ReadPlan | None, words: Words) -> None:
        read, say = draft.read, words.translate
        sheet = plan.sheet if plan else ""
        self._show("sheet", [(one, one) for one in _sheets(plan)], read.sheet, sheet, words)
        orders = {
            "dmy": say("day first"),
            "mdy": say("month first"),
            "ymd": say("year first"),
            "serial": say("serial numbers"),
        }
        found = orders.get(plan.date_order if plan else "", orders["ymd"])
        if plan and any("read.date_order" in str(doubt) for doubt in plan.doubts):
            found = say("in doubt")
        self._show("date_order", [(text, order) for order, text in orders.items()], read.date_order, found, words)
        styles = [(shown, (decimal, thousands)) for shown, decimal, thousands in NUMBER_STYLES]
        self.choices["numbers"].show_choices(styles, (read.decimal, read.thousands))
        line = plan.heading_line if plan else 1
        self.header_row.show_count(read.header_row, words.say(message("line {line} (found)", line=line)))
        footer = plan.footer if plan else 0
        self.skip_footer.show_count(read.skip_footer, words.say(message("{count} lines (found)", count=footer)))
        show_text(self.missing, "; ".join(read.missing))
        for name, flag in self.flags.items():
            with QSignalBlocker(flag):
                flag.setChecked(bool(getattr(read, name)))

    def _show(self, name: str, choices: Sequence[tuple[str, object]], stated: object, found: str, words: Words) -> None:
        as_found = (words.say(message("{value} (found)", value=found)), None)
        self.choices[name].show_choices([as_found, *choices], stated)

    def _retext(self, words: Words) -> None:
        say = words.translate
        self.title.setText(say("How the file is read"))
        texts = {
            "encoding": say("Encoding"),
            "delimiter": say("Delimiter"),
            "quote": say("Quote"),
            "sheet": say("Sheet"),
            "header_row": say("Heading in line"),
            "skip_footer": say("Totals at the end"),
            "date_order": say("Dates"),
            "numbers": say("Numbers"),
            "missing": say("Missing values"),
        }
        for name, text in texts.items():
            self._form_labels[name].setText(text)
            self._fields[name].setAccessibleName(text)
        self.header_row.setToolTip(say("The physical line of the headings; 0 where there are none"))
        self.missing.setPlaceholderText(say("such as N/A; 999"))
        self.missing.setToolTip(say("Texts that stand for a missing value, with ; between them"))
        self.flags["percent"].setText(say("12.5% is 0.125"))
        self.flags["parentheses"].setText(say("(1.00) is −1.00"))
        self.flags["full_width"].setText(say("１２ is 12"))
        self.flags["currency_sign"].setText(say("$12 is 12"))

    def _take_numbers(self, style: object) -> None:
        assert isinstance(style, tuple)
        self.changed.emit({"decimal": style[0], "thousands": style[1]})

    def _take_missing(self) -> None:
        if self.missing.isModified():
            self.missing.setModified(False)
            texts = [text.strip() for text in self.missing.text().replace("；", ";").split(";")]
            self.changed.emit({"missing": tuple(text for text in texts if text) or None})


def _facts(path: Path, plan: ReadPlan | None, words: Words) -> str:
    facts = [path.name]
    if path.exists():
        facts.append(shown_bytes(path.stat().st_size))
    if plan is not None:
        facts.append(plan.format.value.upper())
        facts.append(words.say(message("{count} columns", count=len(plan.headings))))
        if plan.dialect is not None and plan.dialect.compression:
            facts.append(plan.dialect.compression)
    return " · ".join(facts)


def _fits(name: str, plan: ReadPlan | None) -> bool:
    """Whether a choice means anything for that kind of file."""
    if plan is None:
        return False
    match name:
        case "encoding" | "delimiter" | "quote":
            return plan.format is FileFormat.CSV
        case "sheet":
            return plan.format is FileFormat.XLSX
        case _:
            return plan.format is not FileFormat.PARQUET


def _sheets(plan: ReadPlan | None) -> list[str]:
    """The sheets that the plan's doubt names, else the one that is read."""
    for doubt in plan.doubts if plan else ():
        names = dict(doubt.values).get("names")
        if names:
            return str(names).split(", ")
    return [plan.sheet] if plan and plan.sheet else []


def _named(delimiter: str, words: Words) -> str:
    names = {"\t": words.translate("tab"), " ": words.translate("space")}
    return names.get(delimiter, delimiter if delimiter.strip() == delimiter else f"{delimiter.strip()} + " + names[" "])
