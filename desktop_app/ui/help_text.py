"""The help as one page: every figure with its formula, the columns, the keys, the commands, the settings."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from desktop_app.domain.columns import STANDARD_COLUMNS
from desktop_app.domain.problems import Message, message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import Figure
from desktop_app.text.labels import (
    COLUMN_LABELS,
    KIND_LABELS,
    RECORDED_HELP,
    TYPE_LABELS,
    UNIT_LABELS,
    column_label,
)
from desktop_app.text.suppositions import SUPPOSITIONS, supposition_label
from desktop_app.text.words import Words
from desktop_app.ui.help_pages import RISK, TRADE_OFF
from desktop_app.ui.help_rules import EDITOR, RULES

# Keys as they are written on the keyboard, with what they do.
KEYS: tuple[tuple[str, Message], ...] = (
    ("F1", message("Help beside the figures; on a figure, its own explanation")),
    ("Ctrl+O", message("Open a table or a project")),
    ("Ctrl+Z", message("Undo")),
    ("Ctrl+Shift+Z", message("Redo")),
    ("Ctrl+E", message("Write the tables of the scenario into a folder")),
    ("Ctrl+T", message("New scenario: a copy of the baseline")),
    ("Ctrl+W", message("Close the scenario in front; undo brings it back")),
    ("Ctrl+Tab Ctrl+Shift+Tab", message("Go to the next scenario, or to the one before")),
    ("Alt+1, Alt+2, …", message("Bring a page under the desk to the front")),
    ("Ctrl+Q", message("Quit; everything is kept")),
    ("Ctrl+J", message("Open or shut the drawer with assumptions and stress")),
    ("Ctrl+K", message("Open or shut the drawer with what changed since the baseline")),
    ("Tab", message("Go to the next part of the window")),
    ("← →", message("Move the line of the histogram that has the focus; with Shift in fine steps")),
    ("← →", message("Read the curve under the histogram position by position, while it has the focus")),
    ("Ctrl+G", message("Set the line to the loosest value that keeps every goal")),
    ("Ctrl+L", message("Choose the figure that every chart shows")),
    ("↑ ↓", message("Choose another line, another bar or another row")),
    ("Enter", message("Type a number for the line; pick a bar; have every chart show a pinned figure")),
    ("Esc", message("Put a line back where it was")),
    ("B", message("Held down: see the baseline alone; also in the menu More")),
    ("Alt+↑ Alt+↓", message("Move a rule up or down")),
    ("Space", message("Switch a rule on or off")),
    ("Enter", message("On a rule: edit it")),
    ("Ctrl+Enter", message("In the rule editor: put the rule into its scenario")),
    ("F2", message("Rename a rule, or the scenario whose tab has the focus")),
    ("Ctrl+D", message("Duplicate a rule")),
    ("Del", message("Delete a rule; undo brings it back")),
    ("Ctrl+Shift+S", message("Save the policy of the scenario as a file")),
    ("Ctrl+C", message("Copy the selected rows of a table")),
    ("Ctrl+F", message("Find an account by its id; in the help, a word")),
    ("Home End", message("Go to the first or the last account")),
    ("Ctrl+Click Ctrl+Enter", message("Look only at a bar of the chart or a group; again to look at everything")),
    ("Enter", message("On a group of the table: peek at five of its accounts, as by a double click")),
    ("F11", message("Give the page under the desk the room of the charts above, or take it back")),
    ("← ↑ → ↓ Enter", message("In the trade-off: go from cell to cell or along the frontier; adopt both thresholds")),
    ("Alt+← Alt+→", message("Go back to what was looked at before, and forward again")),
)

# The commands of the terminal; `greyline COMMAND --help` lists the options of each.
COMMANDS: dict[str, Message] = {
    "inspect": message("Look at a file before it is loaded: format, columns, proposals, doubts"),
    "import": message("Load a file into a project, with a report of what was rejected"),
    "simulate": message("Count a policy on a whole book and write its tables, an Excel workbook, a report"),
    "risk": message("Look at a scenario's risk, or by how much the odds of default must rise until a figure gives way"),
    "figures": message("List the figures with their formulas"),
    "explain": message("Say in words what a policy does, or why an account is hit"),
    "policy": message("Check a policy, or say what differs between two"),
    "project": message("Check, compact or restore a project"),
    "generate": message("Write a made-up book of any size"),
    "demo-run": message("Count the sample book and write its tables"),
    "--trace-frames": message("Open the window and write the time of each frame of a drag to a CSV file"),
}

# What the window remembers from one day to the next, by its key in the settings file.
REMEMBERED: dict[str, Message] = {
    "language": message("Language: English or Chinese; menu More"),
    "theme": message("Theme: light, dark or as the system; menu More"),
    "geometry": message("Size and place of the window"),
    "splits": message("How the window is divided"),
    "page": message("The page under the desk that is in front"),
    "drawer": message("The panel that is open in the drawer at the right: what changed, or assumptions"),
    "pinned": message("The six pinned figures; the menu of each pins another"),
    "lens": message("The figure that every chart shows; click a pinned figure to choose it, again to leave it"),
    "account_columns": message("The columns of the table of accounts; Columns above it chooses others"),
    "masked": message("Whether codes stand in place of ids; Mask ids above the accounts"),
    "compared": message("The figures of the page Compare; + beside them adds one, Delete takes one away"),
    "export_folder": message("The folder of the last export"),
}


def help_html(words: Words) -> str:
    """The whole page in one language; every figure has its id as an anchor."""
    say = words.say
    parts = (
        _heading(say(message("Figures"))),
        *(_figure(figure, words) for figure in FIGURES.values()),
        _heading(say(message("Columns of a book"))),
        _table(_columns(words)),
        _heading(say(message("Rules and policies"))),
        _table((say(name), say(text)) for name, text in RULES),
        _heading(say(message("The rule editor"))),
        _table((say(name), say(text)) for name, text in EDITOR),
        _heading(say(message("Trade-off"))),
        _table((say(name), say(text)) for name, text in TRADE_OFF),
        _heading(say(message("Risk and stress"))),
        _table((say(name), say(text)) for name, text in RISK),
        _heading(say(message("Recorded actions"))),
        f"<p>{escape(words.say(RECORDED_HELP))}</p>",
        _heading(say(message("Keys"))),
        _table((key, say(text)) for key, text in KEYS),
        _heading(say(message("Commands in a terminal"))),
        _table((f"greyline {name}", say(text)) for name, text in COMMANDS.items()),
        _heading(say(message("Settings"))),
        _table(_suppositions(words)),
        _table((name, say(text)) for name, text in REMEMBERED.items()),
    )
    return "\n".join(parts)


def _figure(figure: Figure, words: Words) -> str:
    say = words.translate
    facts = f"{words.say(UNIT_LABELS[figure.unit])} · {words.say(KIND_LABELS[figure.kind])} · {figure.id}"
    rows = (
        (words.say(message("Formula")), say(figure.formula)),
        (words.say(message("Source")), say(figure.source)),
    )
    return (
        f'<a name="{figure.id}"></a><h3>{escape(say(figure.name))}</h3><p>{escape(facts)}</p>'
        f"<p>{escape(say(figure.help))}</p>{_table(rows)}"
    )


def _columns(words: Words) -> Iterable[tuple[str, str]]:
    for column in STANDARD_COLUMNS:
        required = f" · {words.say(message('required'))}" if column.required else ""
        label = words.say(column_label(column.name)) if column.name in COLUMN_LABELS else column.name
        yield column.name, f"{label} · {words.say(TYPE_LABELS[column.type])}{required}"


def _suppositions(words: Words) -> Iterable[tuple[str, str]]:
    for handle, supposition in SUPPOSITIONS.items():
        yield handle.name, f"{words.say(supposition_label(handle))} · {words.say(supposition.help)}"


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td><b>{escape(name)}</b>&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>" for name, text in rows
    )
    return f"<table cellspacing='3'>{cells}</table>"
