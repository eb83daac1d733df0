"""`greyline inspect`: how a file would be read, and on request the same table as plain CSV."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from desktop_app.cli.options import add_mapping
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.mapping import headings_of
from desktop_app.domain.plans import ReadPlan
from desktop_app.domain.problems import Message, message
from desktop_app.readers.inspect import inspect
from desktop_app.readers.looks import looks_like
from desktop_app.text.labels import TYPE_LABELS
from desktop_app.text.words import Words
from desktop_app.workspace.canonical import convert, first_rows, rejects_beside
from desktop_app.workspace.opening import read_mapping
from desktop_app.workspace.remembered import Remembered

_PREVIEW = 5
_WIDEST_CELL = 24
_SAMPLE = 1000
_NAMED = {"\t": "tab", " ": "space", "\\": "backslash", "\0": "NUL"}


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    command = commands.add_parser(
        "inspect",
        help=say("say how a table would be read"),
        description=say(
            "Say how a CSV, Parquet or Excel file would be read: encoding, delimiter, heading, the type of each"
            " column, and what must be settled before it is loaded. Nothing is loaded."
        ),
        epilog=examples(words, "greyline inspect tape.csv", "greyline inspect tape.xlsx --out plain.csv"),
    )
    command.add_argument("file", metavar="FILE", type=Path, help=say("the table to look at"))
    add_mapping(command, words)
    out = say("write the table as plain CSV, and its rejected lines beside it")
    command.add_argument("--out", metavar="CSV", type=Path, help=out)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Show the plan, and write the table where that was asked for."""
    mapping = read_mapping(chosen.mapping) if chosen.mapping else None
    plan = inspect(chosen.file, mapping)
    mapping = mapping or Remembered.of_user().proposed(plan.headings)
    for sentence in _facts(plan):
        terminal.say(sentence)
    _show_columns(plan, {h: name for name, how in mapping.columns.items() for h in headings_of(how.value)}, terminal)
    for sentence in (*plan.notes, *plan.doubts):
        terminal.say(sentence)
    if chosen.out:
        _write(plan, chosen.out, terminal)
    return 0


def _facts(plan: ReadPlan) -> Iterator[Message]:
    yield message("Format: {format}", format=plan.format.value)
    if plan.sheet:
        yield message("Sheet: {sheet}", sheet=plan.sheet)
    dialect = plan.dialect
    if dialect is None:
        return
    if dialect.compression:
        yield message("Compression: {compression}", compression=dialect.compression)
    yield message("Encoding: {encoding}", encoding=dialect.encoding)
    yield message("Delimiter: {delimiter}", delimiter=_shown(dialect.delimiter))
    yield message("Quote: {quote}", quote=_shown(dialect.quote) or "—")
    if dialect.quote and dialect.escape not in ("", dialect.quote):
        yield message("Escape: {escape}", escape=_shown(dialect.escape))
    yield message("Heading: line {line}", line=plan.heading_line) if plan.heading_line else message("Heading: none")
    yield message("First row: line {line}", line=plan.first_data_line)
    if plan.date_order:
        yield message("Order of dates: {order}", order=plan.date_order)


def _shown(text: str) -> str:
    return " ".join(_NAMED.get(character, character) for character in text)


def _show_columns(plan: ReadPlan, mapped: dict[str, str], terminal: Terminal) -> None:
    """One line a column: its heading, type, what it is mapped to, and the first values."""
    words = terminal.words
    rows = first_rows(plan, _SAMPLE)
    names = (message("Column"), message("Type"), message("Mapped to"))
    numbers = [words.say(message("Row {number}", number=n + 1)) for n in range(min(_PREVIEW, len(rows)))]
    lines = []
    for place, heading in enumerate(plan.headings):
        cells = [row[place] for row in rows if len(row) > place]
        kind = plan.types[place] if plan.types else looks_like(cells)
        lines.append([heading, words.say(TYPE_LABELS[kind]), mapped.get(heading, ""), *map(_cut, cells[:_PREVIEW])])
    terminal.columns([*(words.say(name) for name in names), *numbers], lines)


def _cut(cell: str) -> str:
    line = "".join(character if character.isprintable() else "·" for character in cell)
    return line if len(line) <= _WIDEST_CELL else line[: _WIDEST_CELL - 1] + "…"


def _write(plan: ReadPlan, out: Path, terminal: Terminal) -> None:
    with terminal.working() as watch:
        done = convert(plan, out, terminal.words.say, watch)
    for note in done.notes:
        terminal.say(note)
    terminal.say(message("Wrote {rows} rows to {file}.", rows=done.rows, file=str(out)))
    rejects = rejects_beside(out)
    terminal.say(message("Wrote {count} rejected lines to {file}.", count=done.rejected, file=str(rejects)))
