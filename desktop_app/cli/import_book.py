"""`greyline import`: a file becomes a project, and the terminal says what came of its rows."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.engine.project import Project
from desktop_app.readers.inspect import inspect
from desktop_app.text.words import Words
from desktop_app.workspace.import_report import write_import_report
from desktop_app.workspace.opening import PROJECT_SUFFIX, import_project, read_mapping
from desktop_app.workspace.remembered import Remembered

# Rejects that the terminal shows; all of them are in the project and in rejects.csv.
_SHOWN = 10


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    command = commands.add_parser(
        "import",
        help=say("load a file into a new project"),
        description=say(
            "Load a CSV, Parquet or Excel file into a new project, and say what came of every row: rows in = rows"
            " loaded + rows rejected. What is ambiguous is not guessed: the mapping's key that settles it is named."
        ),
        epilog=examples(
            words, "greyline import tape.csv --mapping mapping.json --project tape.greyline --report report"
        ),
    )
    command.add_argument("file", metavar="FILE", type=Path, help=say("the table to load"))
    command.add_argument(
        "--project", metavar="P", type=Path, required=True, help=say("the project to make (.greyline)")
    )
    mapping = say(
        "how the file's columns become a book's, a JSON file; without it, the one confirmed last for such headings"
    )
    command.add_argument("--mapping", metavar="M", type=Path, help=mapping)
    report = say("a folder for report.csv, missing.csv and rejects.csv")
    command.add_argument("--report", metavar="DIR", type=Path, help=report)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Import the file, print the report, and remember the mapping."""
    target = _target(chosen.project)
    remembered = Remembered.of_user()
    stated = read_mapping(chosen.mapping) if chosen.mapping else None
    headings = inspect(chosen.file, stated).headings
    mapping = stated or _recalled(remembered, headings, terminal) or remembered.proposed(headings)
    with terminal.working() as watch:
        project = import_project(chosen.file, mapping, target, watch)
        try:
            files = write_import_report(project, chosen.report, terminal.words.say, watch) if chosen.report else []
        finally:
            project.close()
    if stated:
        remembered.keep(headings, stated)
    show(project, terminal)
    if files:
        names = ", ".join(path.name for path in files)
        terminal.say(message("Wrote {names} to {folder}.", names=names, folder=str(chosen.report)))
    return 0


def show(project: Project, terminal: Terminal) -> None:
    """The import report, and the first rejects."""
    report, book = project.report, project.book
    rows = {"rows": report.rows_in, "loaded": report.rows_loaded, "rejected": report.rows_rejected}
    terminal.say(message("{rows} rows: {loaded} loaded, {rejected} rejected.", **rows))
    for snapshot in book.snapshots:
        text = message("{day}: {accounts} accounts, {users} users", **snapshot.__dict__)
        terminal.say(text)
    _show_counts(report, terminal)
    for reject in report.rejects[:_SHOWN]:
        reason = terminal.words.say(reject.reason)
        terminal.say(message("Line {line} {column}: {reason}", line=reject.line, column=reject.column, reason=reason))
    if report.rows_rejected > _SHOWN:
        terminal.say(message("… and {count} more; --report writes them all.", count=report.rows_rejected - _SHOWN))
    for note in report.notes:
        terminal.say(note)
    terminal.say(message("The project is {file}.", file=str(project.path)))


def _show_counts(report: ImportReport, terminal: Terminal) -> None:
    if report.changed:
        changed = ", ".join(f"{column} {count}" for column, count in report.changed)
        terminal.say(message("Values rounded to their unit: {changed}", changed=changed))
    if report.missing:
        missing = ", ".join(f"{column} {count}" for column, count in report.missing)
        terminal.say(message("Missing values: {missing}", missing=missing))


def _target(project: Path) -> Path:
    target = project if project.suffix == PROJECT_SUFFIX else project.with_name(project.name + PROJECT_SUFFIX)
    if target.exists():
        raise BookUnusable(message("{file} is there already; name another project.", file=str(target)))
    return target


def _recalled(remembered: Remembered, headings: tuple[str, ...], terminal: Terminal) -> Mapping | None:
    found = remembered.recall(headings)
    if found:
        terminal.note(message("The mapping confirmed last for such headings is used; --mapping states another."))
    return found
